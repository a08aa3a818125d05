/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/rrd/dress.h"

#include <inttypes.h>
#include <string.h>

#include "base/number.h"
#include "base/unicode.h"
#include "daemon/rrd/legend.h"
#include "daemon/rrd/look.h"

enum { TITLE_POINTS = 13, TITLE_SMALL_POINTS = 10, TITLE_MARGIN_PIXELS = 16 };

static void add_number(struct words *words, const char *option, double value)
{
	char buffer[NUMBER_BYTES];
	words_add(words, "--%s=%s", option, number_print(value, buffer));
}

static bool fits(const struct rrd_graph *graph, struct span title, int points)
{
	return unicode_width(title) <=
	       look_bold_columns(graph->width - TITLE_MARGIN_PIXELS, points);
}

/* As large as fits on one line; when the smallest does not, on several lines. */
static void add_title(const struct rrd_graph *graph, struct words *words)
{
	struct span rest = span_of(graph->title == NULL ? "" : graph->title);
	int points = TITLE_POINTS;
	while (points > TITLE_SMALL_POINTS && !fits(graph, rest, points))
		points--;
	AUTO_TEXT struct text title = text_with_limit(LOOK_TEXT_BYTES);
	int columns = look_bold_columns(graph->width - TITLE_MARGIN_PIXELS, points);
	/* librrd reads the markup of each line for itself. */
	while (rest.len > 0) {
		text_add_string(&title, "<b>");
		look_escape(&title, look_cut_line(&rest, columns));
		text_add_string(&title, rest.len > 0 ? "</b>\n" : "</b>");
	}
	if (graph->subtitle != NULL) {
		text_add_string(&title, title.len > 0 ? "\n<small>" : "<small>");
		look_escape(&title, span_of(graph->subtitle));
		text_add_string(&title, "</small>");
	}
	words_add(words, "--font=TITLE:%d:" LOOK_FONT, points);
	words_add(words, "--title=%s", title.failed ? "" : title.data);
}

static void add_unit(const struct rrd_graph *graph, struct words *words)
{
	if (graph->unit == NULL)
		return;
	AUTO_TEXT struct text unit = text_with_limit(LOOK_TEXT_BYTES);
	look_escape(&unit, span_of(graph->unit));
	words_add(words, "--vertical-label=%s", unit.failed ? "" : unit.data);
}

static const char *const fixed[] = {
	"--full-size-mode",
	"--slope-mode",
	"--no-gridfit",
	"--disable-rrdtool-tag",
	"--pango-markup",
	"--rigid",
	"--units-exponent=0",
	"--font=DEFAULT:9:" LOOK_FONT,
	"--font=LEGEND:9:" LOOK_FONT,
	"--font=AXIS:9:" LOOK_FONT,
	"--font=UNIT:9:" LOOK_FONT,
	"--color=BACK#FFFFFF",
	"--color=CANVAS#FFFFFF",
	"--color=SHADEA#FFFFFF",
	"--color=SHADEB#FFFFFF",
	"--color=GRID#00000014",
	"--color=MGRID#00000030",
	"--color=FRAME#00000000",
	"--color=ARROW#00000000",
	"--color=AXIS#404040",
	"--color=FONT" LOOK_TEXT,
};

static void add_axes(const struct drawing *drawing, struct words *words)
{
	const struct rrd_graph *graph = drawing->graph;
	struct rrd_scale scale = rrd_scale_choose(graph);
	char half[NUMBER_BYTES];
	add_number(words, "lower-limit", scale.low);
	add_number(words, "upper-limit", scale.high);
	words_add(words, "--y-grid=%s:2", number_print(scale.step / 2, half));
	words_add(words, "--left-axis-format=%%.%dlf", scale.decimals);
	words_add(words, "--x-grid=%s", rrd_span_grid(graph, drawing->span));
	words_add(words, "--start=%" PRId64, drawing->columns.start_s);
	words_add(words, "--end=%" PRId64,
		  drawing->columns.start_s +
			  (int64_t)drawing->columns.count * drawing->columns.step_s);
}

static void add_options(const struct drawing *drawing, struct words *words)
{
	const struct rrd_graph *graph = drawing->graph;
	words_add(words, "graph");
	words_add(words, "-");
	words_add(words, "--imgformat=%s", graph->picture == RRD_SVG ? "SVG" : "PNG");
	words_add(words, "--width=%d", graph->width);
	words_add(words, "--height=%d", graph->height);
	add_number(words, "zoom", graph->zoom);
	for (size_t i = 0; i < COUNT_OF(fixed); i++)
		words_add(words, "%s", fixed[i]);
	add_title(graph, words);
	add_unit(graph, words);
	add_axes(drawing, words);
}

/* Rules in the middle of the due period and where breaks begin. */
static void add_rules(const struct rrd_graph *graph, struct words *words)
{
	if (graph->has_due)
		words_add(words, "VRULE:%" PRId64 LOOK_DUE "::dashes=1,3",
			  rrd_graph_middle_s(graph, graph->due));
	for (size_t i = 0; i < graph->break_count; i++)
		words_add(words, "VRULE:%" PRId64 LOOK_BREAK "::dashes=5,4",
			  rrd_graph_start_s(graph, graph->breaks[i]));
}

static void add_curve(const struct drawing *drawing, int number, struct words *words)
{
	const struct rrd_curve *curve = &drawing->curves[number];
	const char *colour = look_publisher_colour(curve->which);
	double size = rrd_marker_size(drawing->graph, &drawing->columns);
	char width[NUMBER_BYTES];
	switch (curve->kind) {
	case RRD_CURVE_BAND_LOW:
		words_add(words, "AREA:c%d", number);
		break;
	case RRD_CURVE_BAND_HIGH:
		words_add(words, "CDEF:band=c%d,c%d,-", number, number - 1);
		words_add(words, "AREA:band" LOOK_BAND "::STACK");
		break;
	case RRD_CURVE_TARGET:
		words_add(words, "LINE1.6:c%d" LOOK_TARGET, number);
		break;
	case RRD_CURVE_PATH:
		words_add(words, "LINE1.2:c%d" LOOK_PATH "::dashes=2,3", number);
		break;
	case RRD_CURVE_PROJECTION:
		words_add(words, "LINE2:c%d" LOOK_PROJECTION "::dashes=7,4", number);
		break;
	case RRD_CURVE_LINE:
		words_add(words, "LINE1.8:c%d%s", number, colour);
		break;
	case RRD_CURVE_EARLIER:
		words_add(words, "LINE5:c%d" LOOK_EARLIER, number);
		words_add(words, "LINE2.5:c%d#FFFFFF", number);
		break;
	case RRD_CURVE_MARKER:
		words_add(words, "LINE%s:c%d%s", number_print(size, width), number, colour);
		break;
	case RRD_CURVE_HOLLOW:
		words_add(words, "LINE%s:c%d#FFFFFF", number_print(size - 3, width), number);
		break;
	}
}

void dress_drawing(const struct drawing *drawing, struct words *words)
{
	AUTO_TEXT struct text path = text_with_limit(LOOK_TEXT_BYTES);
	look_escape_path(&path, drawing->scratch);
	add_options(drawing, words);
	for (int i = 0; i < drawing->curve_count; i++)
		words_add(words, "DEF:c%d=%s:c%d:LAST", i, path.failed ? "" : path.data, i);
	words_add(words, "TEXTALIGN:left");
	add_rules(drawing->graph, words);
	for (int i = 0; i < drawing->curve_count; i++)
		add_curve(drawing, i, words);
	legend_add(drawing->graph, drawing->span.is_cut, words);
}
