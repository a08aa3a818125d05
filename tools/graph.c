/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/graph.h"

#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "base/number.h"
#include "generated/paths.h"
#include "query/graph.h"
#include "rrd/client.h"
#include "tools/answer.h"
#include "tools/output.h"

static bool read_pixels(const struct session *session, enum option_id option, int min, int max,
			int *ret, struct error *err)
{
	int64_t pixels;
	const char *written = session_option(session, option);
	if (written == NULL)
		return true;
	if (!number_read_integer(span_of(written), min, max, &pixels, err))
		return error_within(err, "--%s", option_row(option)->name);
	*ret = (int)pixels;
	return true;
}

static bool read_zoom(const struct session *session, double *ret, struct error *err)
{
	struct number zoom;
	const char *written = session_option(session, OPTION_ZOOM);
	if (written == NULL)
		return true;
	if (!number_read(span_of(written), &zoom, err))
		return error_within(err, "--zoom");
	*ret = zoom.value;
	return true;
}

static bool read_picture(const char *path, enum rrd_picture *ret, struct error *err)
{
	static const struct {
		const char *ending;
		enum rrd_picture picture;
	} pictures[] = {{".png", RRD_PNG}, {".svg", RRD_SVG}};
	size_t len = strlen(path);
	for (size_t i = 0; i < COUNT_OF(pictures); i++) {
		size_t ending = strlen(pictures[i].ending);
		if (len > ending && strcmp(path + len - ending, pictures[i].ending) == 0) {
			*ret = pictures[i].picture;
			return true;
		}
	}
	return error_set(err, ERROR_INPUT, "-o '%s' ends neither in .png nor in .svg", path);
}

/* The worker: as configured, else as installed, else beside the program. */
static const char *find_worker(const struct session *session, char buffer[PATH_MAX])
{
	static const char installed[] = PATH_LIBEXEC "/envgap-rrd";
	if (session->config->worker != NULL)
		return session->config->worker;
	ssize_t len = readlink("/proc/self/exe", buffer, PATH_MAX - 1);
	if (len <= 0 || access(installed, X_OK) == 0)
		return installed;
	buffer[len] = '\0';
	char *name = strrchr(buffer, '/') + 1;
	(void)snprintf(name, PATH_MAX - (size_t)(name - buffer), "envgap-rrd");
	return access(buffer, X_OK) == 0 ? buffer : installed;
}

static bool draw(const struct session *session, const struct rrd_graph *graph, struct text *out,
		 struct error *err)
{
	char path[PATH_MAX];
	AUTO_RRD_CLIENT struct rrd_client *client = NULL;
	const struct rrd_client_options options = {.program = find_worker(session, path),
						   .clock = &session->clock};
	return rrd_client_open(&options, &client, err) && rrd_client_graph(client, graph, out, err);
}

static bool make(struct session *session, const char *path, struct text *out, struct error *err)
{
	AUTO_ANSWER struct answer answer = {0};
	AUTO_QUERY_GRAPH struct query_graph graph = {0};
	struct query_series series;
	const struct query_written written = {
		.indicator = session_argument(session, 0),
		.area = session_argument(session, 1),
		.breakdown = session_option(session, OPTION_BREAKDOWN),
	};
	if (!answer_open(session, &answer, err) ||
	    !query_find_series(&answer.query, &written, &series, err) ||
	    !query_graph(&answer.query, &series, session_option(session, OPTION_TARGET), &graph,
			 err))
		return false;
	return read_picture(path, &graph.graph.picture, err) &&
	       read_pixels(session, OPTION_WIDTH, RRD_WIDTH_MIN, RRD_WIDTH_MAX, &graph.graph.width,
			   err) &&
	       read_pixels(session, OPTION_HEIGHT, RRD_HEIGHT_MIN, RRD_HEIGHT_MAX,
			   &graph.graph.height, err) &&
	       read_zoom(session, &graph.graph.zoom, err) && draw(session, &graph.graph, out, err);
}

bool graph_run(struct session *session, struct error *err)
{
	enum rrd_picture picture;
	AUTO_TEXT struct text out = text_with_limit(RRD_PICTURE_MAX_BYTES);
	const char *path = session_option(session, OPTION_OUTPUT);
	if (path == NULL)
		return error_set(err, ERROR_INPUT, "graph: -o FILE.png or FILE.svg is missing");
	return read_picture(path, &picture, err) && make(session, path, &out, err) &&
	       output_write(path, text_span(&out), err);
}
