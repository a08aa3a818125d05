/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/rrd/draw.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"
#include "daemon/rrd/dress.h"
#include "daemon/rrd/librrd.h"
#include "daemon/rrd/look.h"

enum { PATH_BYTES = 512, FRAME_WIDTH_GUESS = 90 };

/* A private directory with one file in it, both gone at the end. */
struct scratch {
	char directory[PATH_BYTES], path[PATH_BYTES + 16];
};

static bool scratch_init(struct scratch *scratch, struct error *err)
{
	const char *above = getenv("TMPDIR");
	if (above == NULL || above[0] != '/')
		above = "/tmp";
	struct scratch made;
	int len = snprintf(made.directory, sizeof made.directory, "%s/envgap-rrd-XXXXXX", above);
	if (len < 0 || len >= (int)sizeof made.directory)
		return error_set(err, ERROR_LIMIT, "TMPDIR is longer than %d bytes", PATH_BYTES);
	if (mkdtemp(made.directory) == NULL)
		return error_errno(err, "make a directory '%s'", made.directory);
	(void)snprintf(made.path, sizeof made.path, "%s/curves.rrd", made.directory);
	*scratch = made;
	return true;
}

static void scratch_done(struct scratch *scratch)
{
	if (scratch->directory[0] == '\0')
		return;
	(void)unlink(scratch->path);
	(void)rmdir(scratch->directory);
}

static double *compute(const struct drawing *drawing, struct error *err)
{
	size_t columns = (size_t)drawing->columns.count, curves = (size_t)drawing->curve_count;
	double *values = calloc(columns * curves, sizeof *values);
	if (values == NULL) {
		(void)error_memory(err);
		return NULL;
	}
	for (int i = 0; i < drawing->curve_count; i++)
		rrd_curve_fill(drawing->graph, drawing->curves[i], &drawing->columns, values + i,
			       drawing->curve_count);
	return values;
}

static void add_row(struct words *rows, int64_t at_s, const double *values, int count)
{
	char number[NUMBER_BYTES];
	AUTO_TEXT struct text row = text_with_limit(WORDS_MAX_BYTES);
	text_addf(&row, "%" PRId64, at_s);
	for (int i = 0; i < count; i++)
		text_addf(&row, ":%s", isnan(values[i]) ? "U" : number_print(values[i], number));
	words_add(rows, "%s", row.failed ? "" : row.data);
}

/* The curves as an RRD with a data source each and a row a column. */
static bool write_curves(const struct drawing *drawing, struct error *err)
{
	const struct rrd_columns *columns = &drawing->columns;
	AUTO_FREE double *values = compute(drawing, err);
	if (values == NULL)
		return false;
	AUTO_WORDS struct words shape = words_new();
	for (int i = 0; i < drawing->curve_count; i++)
		words_add(&shape, "DS:c%d:GAUGE:%" PRId32 ":U:U", i, columns->step_s);
	words_add(&shape, "RRA:LAST:0:1:%d", columns->count);
	AUTO_WORDS struct words rows = words_new();
	for (int i = 0; i < columns->count; i++)
		add_row(&rows, columns->start_s + ((int64_t)i + 1) * columns->step_s,
			values + (ptrdiff_t)i * drawing->curve_count, drawing->curve_count);
	return librrd_create(drawing->scratch, columns->start_s, columns->step_s, &shape, err) &&
	       librrd_update(drawing->scratch, &rows, err);
}

static bool render(struct drawing *drawing, int width, struct text *out, struct librrd_picture *ret,
		   struct error *err)
{
	AUTO_WORDS struct words words = words_new();
	drawing->columns = rrd_columns_over(drawing->span, width);
	if (!write_curves(drawing, err))
		return error_within(err, "scratch file '%s'", drawing->scratch);
	dress_drawing(drawing, &words);
	return librrd_graph(&words, out, ret, err);
}

/* Give an SVG a title that a screen reader says: librrd's letters are shapes. */
static bool add_svg_title(const struct rrd_graph *graph, struct text *svg, struct error *err)
{
	const char *start = strstr(svg->data, "<svg");
	const char *end = start == NULL ? NULL : strchr(start, '>');
	if (end == NULL || graph->title == NULL)
		return true;
	size_t head = (size_t)(end - svg->data) + 1;
	AUTO_TEXT struct text titled = text_with_limit(RRD_PICTURE_MAX_BYTES);
	text_add(&titled, svg->data, head);
	text_add_string(&titled, "<title>");
	look_escape(&titled, span_of(graph->title));
	text_add_string(&titled, "</title>");
	text_add(&titled, svg->data + head, svg->len - head);
	if (!text_ok(&titled, "picture", err))
		return false;
	text_done(svg);
	*svg = titled;
	titled = (struct text){0};
	return true;
}

/* Only librrd knows how wide the plot will be beside its labels, and one row of curves has to be
 * one column of pixels: if the guess was wrong, once more. */
static bool draw(struct drawing *drawing, struct text *out, struct error *err)
{
	struct librrd_picture picture = {0};
	int guess = drawing->graph->width - FRAME_WIDTH_GUESS;
	if (!render(drawing, guess, out, &picture, err))
		return false;
	if (picture.plot_width == guess || picture.plot_width < 1)
		return true;
	text_clear(out);
	return render(drawing, picture.plot_width, out, &picture, err);
}

bool draw_graph(const struct rrd_graph *graph, struct text *out, struct error *err)
{
	struct scratch scratch __attribute__((cleanup(scratch_done))) = {0};
	struct drawing drawing = {.graph = graph};
	if (!rrd_span_choose(graph, &drawing.span, err) || !scratch_init(&scratch, err))
		return false;
	drawing.scratch = scratch.path;
	drawing.curve_count = rrd_curves_list(graph, drawing.curves);
	return draw(&drawing, out, err) &&
	       (graph->picture != RRD_SVG || add_svg_title(graph, out, err));
}
