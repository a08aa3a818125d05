/* SPDX-License-Identifier: GPL-3.0-or-later */

/* envgap-rrd [STATE]: the worker that writes RRD files and draws graphs. */

#include <errno.h>
#include <inttypes.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/rrd/draw.h"
#include "daemon/rrd/file.h"
#include "rrd/wire.h"

struct worker {
	const char *state_dir; /* NULL: pictures only */
	bool is_alone;
	FILE *in, *out;
};

static bool need_state(const struct worker *worker, struct error *err)
{
	if (worker->state_dir == NULL)
		return error_set(err, ERROR_INPUT,
				 "the worker was started without a state directory");
	return true;
}

static bool serve_put(struct worker *worker, const struct rrd_request *request, struct text *out,
		      struct error *err)
{
	size_t left_out;
	if (!need_state(worker, err))
		return false;
	if (!worker->is_alone && !file_claim(worker->state_dir, err))
		return false;
	worker->is_alone = true;
	if (!file_put(worker->state_dir, request->series, request->layout, &request->rows,
		      &left_out, err))
		return false;
	text_addf(out, "%zu\n", left_out);
	return text_ok(out, "answer", err);
}

static bool serve_get(struct worker *worker, const struct rrd_request *request, struct text *out,
		      struct error *err)
{
	AUTO_RRD_ROWS struct rrd_rows rows = {0};
	if (!need_state(worker, err) ||
	    !file_get(worker->state_dir, request->series, request->layout, &rows, err))
		return false;
	struct rrd_rows trimmed = rrd_rows_trimmed(&rows);
	text_addf(out, "%" PRId32 " %zu\n", trimmed.first, trimmed.count);
	rrd_wire_write_rows(out, &trimmed);
	return text_ok(out, "answer", err);
}

static bool serve_graph(struct worker *worker, const struct rrd_request *request, struct text *out,
			struct error *err)
{
	(void)worker;
	struct rrd_graph graph = request->graph;
	rrd_graph_set_defaults(&graph);
	return draw_graph(&graph, out, err);
}

typedef bool serve_fn(struct worker *worker, const struct rrd_request *request, struct text *out,
		      struct error *err);

static bool serve(struct worker *worker, char *bytes, struct text *out, struct error *err)
{
	static serve_fn *const servers[] = {
		[RRD_PUT] = serve_put,
		[RRD_GET] = serve_get,
		[RRD_GRAPH] = serve_graph,
	};
	AUTO_RRD_REQUEST struct rrd_request request = {0};
	return rrd_wire_read(bytes, &request, err) &&
	       servers[request.verb](worker, &request, out, err);
}

/* One line of at most RRD_LINE_MAX_BYTES; a longer one is read to its end and marked. */
static bool read_line(FILE *in, char *line, size_t size, bool *ret_too_long)
{
	if (fgets(line, (int)size, in) == NULL)
		return false;
	for (int c; strchr(line, '\n') == NULL && (c = fgetc(in)) != EOF;) {
		*ret_too_long = true;
		if (c == '\n')
			break;
	}
	return true;
}

/* The lines of a request; what is too long is read to its end all the same, so that the next
 * request begins where it begins.  False at the end of input. */
static bool read_request(FILE *in, struct text *request, bool *ret_line_too_long)
{
	char line[RRD_LINE_MAX_BYTES + 2];
	while (read_line(in, line, sizeof line, ret_line_too_long)) {
		if (strcmp(line, ".\n") == 0)
			return true;
		text_add_string(request, line);
	}
	return false;
}

static void answer(struct worker *worker, bool done, const struct text *out,
		   const struct error *err)
{
	if (done) {
		(void)fprintf(worker->out, "ok %zu\n", out->len);
		(void)fwrite(out->data, 1, out->len, worker->out);
	} else if (err->line > 0) {
		(void)fprintf(worker->out, "error line %d: %s\n", err->line, err->text);
	} else {
		(void)fprintf(worker->out, "error %s\n", err->text);
	}
}

/* False when there is no more to do. */
static bool serve_next(struct worker *worker)
{
	struct error err = {0};
	bool line_too_long = false;
	AUTO_TEXT struct text request = text_with_limit(RRD_REQUEST_MAX_BYTES);
	AUTO_TEXT struct text out = text_with_limit(RRD_PICTURE_MAX_BYTES);
	if (!read_request(worker->in, &request, &line_too_long))
		return false;
	if (request.len == 0)
		text_add_string(&request, "\n");
	bool done = false;
	if (line_too_long)
		(void)error_set(&err, ERROR_LIMIT, "a line is longer than %d bytes",
				RRD_LINE_MAX_BYTES);
	else if (text_ok(&request, "request", &err))
		done = serve(worker, request.data, &out, &err);
	for (char *c = err.text; *c != '\0'; c++)
		if (*c == '\n')
			*c = ' ';
	answer(worker, done, &out, &err);
	return fflush(worker->out) == 0;
}

/* Whatever a library prints on stdout must not come between answers. */
static FILE *take_stdout(void)
{
	int fd = dup(STDOUT_FILENO);
	if (fd < 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
		return NULL;
	return fdopen(fd, "w");
}

/* Periods are drawn and counted in UTC, numbers have a point, nobody redirects librrd. */
static bool settle(void)
{
	(void)umask(0027);
	if (setenv("TZ", "UTC", 1) != 0 || unsetenv("RRDCACHED_ADDRESS") != 0)
		return false;
	/* Text is UTF-8 where the machine has it; numbers stay as in C. */
	if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
		(void)setlocale(LC_CTYPE, "C");
	return signal(SIGPIPE, SIG_IGN) != SIG_ERR;
}

int main(int argc, char **argv)
{
	if (argc > 2 || (argc == 2 && argv[1][0] != '/')) {
		(void)fputs("envgap-rrd: usage: envgap-rrd [STATE], an absolute path; it is "
			    "started by envgapd and envgap, see envgap-rrd(8)\n",
			    stderr);
		return 2;
	}
	struct worker worker = {
		.state_dir = argc == 2 ? argv[1] : NULL, .in = stdin, .out = take_stdout()};
	if (worker.out == NULL || !settle()) {
		(void)fprintf(stderr, "envgap-rrd: start: %s\n", strerror(errno));
		return 3;
	}
	while (serve_next(&worker))
		;
	return fclose(worker.out) == 0 ? 0 : 3;
}
