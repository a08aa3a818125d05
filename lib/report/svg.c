/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/svg.h"

#include <math.h>

#include "base/number.h"
#include "base/unicode.h"
#include "report/xml.h"

/* Units of the drawing; the place of the plot within it. */
enum {
	WIDTH = 640,
	HEIGHT = 250,
	LEFT = 52,
	RIGHT = 616,
	TOP = 22,
	BOTTOM = 190,
	LEGEND = 236,
	TICK_LABEL = 206,
	CHARACTER = 7,	 /* of a label, about */
	X_LABELS = 8,	 /* at most about so many */
	Y_TICKS = 4,	 /* about so many steps */
	LABEL_ABOVE = 8, /* between a point and its number */
	LEGEND_KEY = 22, /* room of a shape in the legend */
	LEGEND_GAP = 14,
};

struct drawing {
	const struct svg_chart *chart;
	struct text *out;
	int32_t first, last; /* of the x axis */
	double low, high, step;
};

static void widen(struct drawing *drawing, int32_t index, double value)
{
	drawing->first = index < drawing->first ? index : drawing->first;
	drawing->last = index > drawing->last ? index : drawing->last;
	drawing->low = value < drawing->low ? value : drawing->low;
	drawing->high = value > drawing->high ? value : drawing->high;
}

static void widen_by_aims(struct drawing *drawing)
{
	const struct svg_chart *chart = drawing->chart;
	for (size_t i = 0; i < chart->path_count; i++)
		widen(drawing, chart->path[i].index, chart->path[i].value);
	for (size_t i = 0; i < chart->level_count; i++) {
		widen(drawing, chart->levels[i].from, chart->levels[i].value);
		widen(drawing, chart->levels[i].to, chart->levels[i].value);
	}
	if (!chart->has_projection)
		return;
	widen(drawing, chart->from.index, chart->from.value);
	widen(drawing, chart->to.index, chart->to.value);
	if (chart->has_band) {
		widen(drawing, chart->to.index, chart->band_low);
		widen(drawing, chart->to.index, chart->band_high);
	}
}

/* 1, 2 or 5 times a power of ten, for about so many steps. */
static double nice_step(double range)
{
	double raw = range / Y_TICKS;
	double power = pow(10, floor(log10(raw)));
	double lead = raw / power;
	double nice = lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10;
	return nice * power;
}

static void choose_axis(struct drawing *drawing)
{
	const struct svg_chart *chart = drawing->chart;
	if (drawing->high - drawing->low <= 0) {
		double room = fabs(drawing->high) > 0 ? fabs(drawing->high) / 10 : 1;
		drawing->low -= room;
		drawing->high += room;
	}
	drawing->step = nice_step(drawing->high - drawing->low);
	drawing->low = floor(drawing->low / drawing->step - 0.1) * drawing->step;
	drawing->high = ceil(drawing->high / drawing->step + 0.1) * drawing->step;
	if (chart->has_bounds && drawing->low < chart->bound_low)
		drawing->low = chart->bound_low;
	if (chart->has_bounds && drawing->high > chart->bound_high)
		drawing->high = chart->bound_high;
	if (drawing->first == drawing->last) {
		drawing->first--;
		drawing->last++;
	}
}

static double x_of(const struct drawing *drawing, int32_t index)
{
	double share = ((double)index - drawing->first) / ((double)drawing->last - drawing->first);
	return LEFT + 10 + share * (RIGHT - LEFT - 20);
}

/* What lies outside of the axis is drawn at its edge. */
static double y_of(const struct drawing *drawing, double value)
{
	double share = (value - drawing->low) / (drawing->high - drawing->low);
	return BOTTOM - fmin(fmax(share, 0), 1) * (BOTTOM - TOP);
}

static void add_number(struct text *out, double value)
{
	char number[NUMBER_BYTES];
	text_add_string(out, number_print(round(value * 10) / 10, number));
}

/* ' name="12.3"' */
static void add_place(struct text *out, const char *name, double value)
{
	text_addf(out, " %s=\"", name);
	add_number(out, value);
	text_add_char(out, '"');
}

struct segment {
	double x1, y1, x2, y2;
};

static void add_segment(struct text *out, const char *look, const struct segment *segment)
{
	text_addf(out, "<path class=\"%s\" d=\"M", look);
	add_number(out, segment->x1);
	text_add_char(out, ' ');
	add_number(out, segment->y1);
	text_add_char(out, 'L');
	add_number(out, segment->x2);
	text_add_char(out, ' ');
	add_number(out, segment->y2);
	text_add_string(out, "\"/>\n");
}

enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

static void add_label(struct text *out, double x, double y, enum anchor anchor, const char *label)
{
	static const char *const anchors[] = {"start", "middle", "end"};
	text_add_string(out, "<text");
	add_place(out, "x", x);
	add_place(out, "y", y);
	if (anchor != ANCHOR_START)
		text_addf(out, " text-anchor=\"%s\"", anchors[anchor]);
	text_add_char(out, '>');
	xml_add_string(out, label);
	text_add_string(out, "</text>\n");
}

static void add_style(struct text *out)
{
	text_add_string(
		out,
		"<style>.eg text{font:13px sans-serif;fill:#222}.eg .t{font-weight:bold}"
		".eg path{fill:none;stroke-width:1}.eg .grid{stroke:#ddd}.eg .axis{stroke:#555}"
		".eg .line{stroke:#0b4f8a;stroke-width:2}.eg .way{stroke:#444;stroke-dasharray:6 4}"
		".eg .goal{stroke:#8a1c1c;stroke-width:2}"
		".eg .next{stroke:#0b4f8a;stroke-dasharray:1.5 3;stroke-width:2}"
		".eg .band{fill:#dce8f2}.eg .break{stroke:#555;stroke-dasharray:2 2}"
		".eg circle{fill:#0b4f8a;stroke:#0b4f8a;stroke-width:1.5}.eg .e{fill:#fff}"
		".eg .stone{fill:#fff;stroke:#444}</style>\n");
}

static void add_head(const struct drawing *drawing)
{
	const struct svg_chart *chart = drawing->chart;
	struct text *out = drawing->out;
	text_addf(out,
		  "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"eg\" role=\"img\" "
		  "viewBox=\"0 0 %d %d\" aria-labelledby=\"%s-t %s-d\">\n<title id=\"%s-t\">",
		  WIDTH, HEIGHT, chart->id, chart->id, chart->id);
	xml_add_string(out, chart->title);
	text_addf(out, "</title>\n<desc id=\"%s-d\">", chart->id);
	xml_add_string(out, chart->description);
	text_add_string(out, "</desc>\n");
	add_style(out);
}

static void add_value_axis(const struct drawing *drawing)
{
	struct text *out = drawing->out;
	double first = ceil(drawing->low / drawing->step - 1e-9) * drawing->step;
	int steps = (int)floor((drawing->high - first) / drawing->step + 1e-9);
	for (int i = 0; i <= steps; i++) {
		double at = first + i * drawing->step;
		AUTO_TEXT struct text label = text_with_limit(SVG_CHART_BYTES);
		double y = y_of(drawing, at);
		const struct segment line = {LEFT, y, RIGHT, y};
		/* Products of steps have noise. */
		double shown = number_round15(round(at / drawing->step) * drawing->step);
		add_segment(out, "grid", &line);
		drawing->chart->label_value(drawing->chart->self, shown, &label);
		add_label(out, LEFT - 6, y + 4, ANCHOR_END, text_part(&label, out));
	}
	add_label(out, 4, TOP - 8, ANCHOR_START, drawing->chart->unit);
}

static void add_time_axis(const struct drawing *drawing)
{
	struct text *out = drawing->out;
	int32_t range = drawing->last - drawing->first;
	int32_t every = range / X_LABELS + 1;
	const struct segment line = {LEFT, BOTTOM, RIGHT, BOTTOM};
	add_segment(out, "axis", &line);
	for (int32_t at = drawing->last; at >= drawing->first; at -= every) {
		AUTO_TEXT struct text label = text_with_limit(SVG_CHART_BYTES);
		double x = x_of(drawing, at);
		const struct segment tick = {x, BOTTOM, x, BOTTOM + 4};
		add_segment(out, "axis", &tick);
		drawing->chart->label_index(drawing->chart->self, at, &label);
		add_label(out, x, TICK_LABEL, ANCHOR_MIDDLE, text_part(&label, out));
	}
}

/* A move or a line to a place. */
static void add_step(struct text *out, char letter, double x, double y)
{
	text_add_char(out, letter);
	add_number(out, x);
	text_add_char(out, ' ');
	add_number(out, y);
}

static void add_outlook(const struct drawing *drawing)
{
	const struct svg_chart *chart = drawing->chart;
	struct text *out = drawing->out;
	if (!chart->has_projection)
		return;
	double x1 = x_of(drawing, chart->from.index), x2 = x_of(drawing, chart->to.index);
	double y1 = y_of(drawing, chart->from.value);
	if (chart->has_band) {
		text_add_string(out, "<path class=\"band\" d=\"");
		add_step(out, 'M', x1, y1);
		add_step(out, 'L', x2, y_of(drawing, chart->band_high));
		add_step(out, 'L', x2, y_of(drawing, chart->band_low));
		text_add_string(out, "Z\"/>\n");
	}
	const struct segment line = {x1, y1, x2, y_of(drawing, chart->to.value)};
	add_segment(out, "next", &line);
}

static void add_aims(const struct drawing *drawing)
{
	const struct svg_chart *chart = drawing->chart;
	struct text *out = drawing->out;
	for (size_t i = 0; i < chart->level_count; i++) {
		const struct svg_level *level = &chart->levels[i];
		double y = y_of(drawing, level->value);
		const struct segment line = {x_of(drawing, level->from), y,
					     x_of(drawing, level->to), y};
		add_segment(out, "goal", &line);
	}
	if (chart->path_count < 2)
		return;
	text_add_string(out, "<path class=\"way\" d=\"");
	for (size_t i = 0; i < chart->path_count; i++)
		add_step(out, i == 0 ? 'M' : 'L', x_of(drawing, chart->path[i].index),
			 y_of(drawing, chart->path[i].value));
	text_add_string(out, "\"/>\n");
	for (size_t i = 1; i + 1 < chart->path_count; i++) {
		text_add_string(out, "<path class=\"stone\" d=\"");
		add_step(out, 'M', x_of(drawing, chart->path[i].index),
			 y_of(drawing, chart->path[i].value) - 4);
		text_add_string(out, "l4 4-4 4-4-4Z\"/>\n");
	}
}

/* One line for each run of points that join; a dashed upright where they do not. */
static void add_curve(const struct drawing *drawing)
{
	const struct svg_chart *chart = drawing->chart;
	struct text *out = drawing->out;
	text_add_string(out, "<path class=\"line\" d=\"");
	for (size_t i = 0; i < chart->point_count; i++) {
		const struct svg_point *point = &chart->points[i];
		add_step(out, i == 0 || point->is_after_break ? 'M' : 'L',
			 x_of(drawing, point->index), y_of(drawing, point->value));
	}
	text_add_string(out, "\"/>\n");
	for (size_t i = 1; i < chart->point_count; i++) {
		double x = (x_of(drawing, chart->points[i].index) +
			    x_of(drawing, chart->points[i - 1].index)) /
			   2;
		const struct segment line = {x, TOP, x, BOTTOM};
		if (chart->points[i].is_after_break)
			add_segment(out, "break", &line);
	}
}

static void add_circle(struct text *out, double x, double y, bool is_hollow)
{
	text_addf(out, "<circle%s", is_hollow ? " class=\"e\"" : "");
	add_place(out, "cx", x);
	add_place(out, "cy", y);
	text_add_string(out, " r=\"3.5\"/>\n");
}

/* The first and the last point carry their numbers. */
static void add_points(const struct drawing *drawing)
{
	const struct svg_chart *chart = drawing->chart;
	for (size_t i = 0; i < chart->point_count; i++) {
		const struct svg_point *point = &chart->points[i];
		AUTO_TEXT struct text label = text_with_limit(SVG_CHART_BYTES);
		double x = x_of(drawing, point->index), y = y_of(drawing, point->value);
		add_circle(drawing->out, x, y, point->is_estimate);
		if (i > 0 && i + 1 < chart->point_count)
			continue;
		chart->label_value(chart->self, point->value, &label);
		/* Below where the line comes from above. */
		bool is_below = i > 0 && chart->points[i - 1].value > point->value;
		add_label(drawing->out, x, is_below ? y + LABEL_ABOVE + 8 : y - LABEL_ABOVE,
			  ANCHOR_MIDDLE, text_part(&label, drawing->out));
	}
}

/* A shape with its word; moves *x behind it. */
static void add_key(const struct drawing *drawing, const char *look, const char *word, double *x)
{
	struct text *out = drawing->out;
	const struct segment line = {*x, LEGEND - 4, *x + LEGEND_KEY - 4, LEGEND - 4};
	if (word == NULL)
		return;
	add_segment(out, look, &line);
	add_label(out, *x + LEGEND_KEY, LEGEND, ANCHOR_START, word);
	*x += LEGEND_KEY + LEGEND_GAP + CHARACTER * unicode_width(span_of(word));
}

static bool has_estimate(const struct svg_chart *chart)
{
	for (size_t i = 0; i < chart->point_count; i++)
		if (chart->points[i].is_estimate)
			return true;
	return false;
}

static void add_point_key(const struct drawing *drawing, bool is_hollow, const char *word,
			  double *x)
{
	if (word == NULL)
		return;
	add_circle(drawing->out, *x + 8, LEGEND - 4, is_hollow);
	add_label(drawing->out, *x + 18, LEGEND, ANCHOR_START, word);
	*x += LEGEND_KEY + LEGEND_GAP + CHARACTER * unicode_width(span_of(word));
}

static bool has_break(const struct svg_chart *chart)
{
	for (size_t i = 1; i < chart->point_count; i++)
		if (chart->points[i].is_after_break)
			return true;
	return false;
}

static void add_legend(const struct drawing *drawing)
{
	const struct svg_chart *chart = drawing->chart;
	const struct svg_words *words = &chart->words;
	double x = LEFT - 36;
	if (chart->point_count > 0)
		add_point_key(drawing, false, words->value, &x);
	if (has_estimate(chart))
		add_point_key(drawing, true, words->estimate, &x);
	add_key(drawing, "goal", chart->level_count > 0 ? words->target : NULL, &x);
	add_key(drawing, "way", chart->path_count > 1 ? words->path : NULL, &x);
	add_key(drawing, "next", chart->has_projection ? words->projection : NULL, &x);
	add_key(drawing, "break", has_break(chart) ? words->break_ : NULL, &x);
}

static void measure(struct drawing *drawing)
{
	const struct svg_chart *chart = drawing->chart;
	for (size_t i = 0; i < chart->point_count; i++)
		widen(drawing, chart->points[i].index, chart->points[i].value);
	widen_by_aims(drawing);
	choose_axis(drawing);
}

bool svg_chart_write(const struct svg_chart *chart, struct text *out, struct error *err)
{
	struct drawing drawing = {
		.chart = chart,
		.out = out,
		.first = INT32_MAX,
		.last = INT32_MIN,
		.low = HUGE_VAL,
		.high = -HUGE_VAL,
	};
	if (chart->point_count > SVG_POINTS_MAX)
		return error_set(err, ERROR_LIMIT, "a chart of more than %d values",
				 SVG_POINTS_MAX);
	if (chart->point_count + chart->level_count == 0)
		return error_set(err, ERROR_INPUT, "a chart needs a value or a level");
	measure(&drawing);
	add_head(&drawing);
	add_value_axis(&drawing);
	add_time_axis(&drawing);
	add_outlook(&drawing);
	add_aims(&drawing);
	add_curve(&drawing);
	add_points(&drawing);
	add_legend(&drawing);
	text_add_string(out, "</svg>\n");
	return text_ok(out, "a chart", err);
}
