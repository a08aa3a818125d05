/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rrd/axis.h"

#include <math.h>

enum { HOUR_S = 3600, DAY_S = 86400, YEAR_S = 31557600 };

/* Pixels above, below and beside the plot, roughly; and between two grid lines. */
enum { FRAME_HEIGHT = 150, FRAME_WIDTH = 90, LINE_GAP = 42 };

double rrd_graph_bounded(const struct rrd_graph *graph, double value)
{
	if (!graph->has_bounds)
		return value;
	return fmin(fmax(value, graph->bound_low), graph->bound_high);
}

/* -- y ------------------------------------------------------------------------------------------*/

struct extent {
	double min, max;
};

static void include(struct extent *extent, double value)
{
	extent->min = fmin(extent->min, value);
	extent->max = fmax(extent->max, value);
}

static struct extent content(const struct rrd_graph *graph)
{
	struct extent extent = {(double)INFINITY, -(double)INFINITY};
	for (size_t i = 0; i < graph->point_count; i++)
		include(&extent, graph->points[i].value);
	for (size_t i = 0; i < graph->earlier_count; i++)
		include(&extent, graph->earlier[i].value);
	for (size_t i = 0; i < graph->target_count; i++)
		include(&extent, graph->targets[i].value);
	for (size_t i = 0; i < graph->path_count; i++)
		include(&extent, graph->path[i].value);
	const struct rrd_projection *projection = &graph->projection;
	if (projection->is_set) {
		include(&extent, rrd_graph_bounded(graph, projection->from.value));
		include(&extent, rrd_graph_bounded(graph, projection->to.value));
	}
	if (projection->is_set && projection->has_band) {
		include(&extent, rrd_graph_bounded(graph, projection->low));
		include(&extent, rrd_graph_bounded(graph, projection->high));
	}
	return extent;
}

/* The smallest of 1, 2 and 5 times a power of ten that is not below `rough`. */
static double round_step(double rough)
{
	static const double nice[] = {1, 2, 5};
	double power = pow(10, floor(log10(rough)));
	for (size_t i = 0; i < COUNT_OF(nice); i++)
		if (nice[i] * power >= rough * (1 - 1e-9))
			return nice[i] * power;
	return 10 * power;
}

static double choose_step(const struct rrd_graph *graph, double range)
{
	int lines = (graph->height - FRAME_HEIGHT) / LINE_GAP;
	return round_step(range / (lines < 3 ? 3 : lines));
}

/* Out to the next grid line, and a bit beyond it when something lies on it. */
static struct rrd_scale widen(const struct rrd_graph *graph, struct extent extent)
{
	const double near = 0.12, beyond = 0.3;
	double step = choose_step(graph, extent.max - extent.min);
	double low = floor(extent.min / step) * step, high = ceil(extent.max / step) * step;
	if (extent.min - low < near * step)
		low -= beyond * step;
	if (high - extent.max < near * step)
		high += beyond * step;
	if (extent.min >= 0 && low < 0)
		low = 0;
	if (graph->has_bounds && extent.min >= graph->bound_low)
		low = fmax(low, graph->bound_low - beyond * step);
	if (graph->has_bounds && extent.max <= graph->bound_high)
		high = fmin(high, graph->bound_high + beyond * step);
	return (struct rrd_scale){low, high, step, 0};
}

struct rrd_scale rrd_scale_choose(const struct rrd_graph *graph)
{
	struct rrd_scale scale;
	if (graph->has_range) {
		scale = (struct rrd_scale){graph->low, graph->high, 0, 0};
		scale.step = choose_step(graph, scale.high - scale.low);
	} else {
		struct extent extent = content(graph);
		double size = fmax(fabs(extent.min), fabs(extent.max));
		if (extent.max - extent.min < size * 1e-6 || size <= 0) {
			double margin = size > 0 ? size / 20 : 1;
			extent.min = rrd_graph_bounded(graph, extent.min - margin);
			extent.max = rrd_graph_bounded(graph, extent.max + margin);
		} else if (extent.min > 0 && extent.min < extent.max / 3) {
			extent.min = 0;
		}
		scale = widen(graph, extent);
	}
	scale.decimals = scale.step < 1 ? (int)ceil(-log10(scale.step) - 1e-9) : 0;
	return scale;
}

/* -- x ------------------------------------------------------------------------------------------*/

struct indices {
	int64_t first, last;
};

static void reach(struct indices *indices, int32_t index)
{
	if (index < indices->first)
		indices->first = index;
	if (index > indices->last)
		indices->last = index;
}

static struct indices shown(const struct rrd_graph *graph)
{
	struct indices indices = {INT64_MAX, INT64_MIN};
	if (graph->point_count > 0) {
		reach(&indices, graph->points[0].index);
		reach(&indices, graph->points[graph->point_count - 1].index);
	}
	for (size_t i = 0; i < graph->path_count; i++)
		reach(&indices, graph->path[i].index);
	for (size_t i = 0; i < graph->target_count; i++) {
		reach(&indices, graph->targets[i].to);
		if (graph->point_count == 0)
			reach(&indices, graph->targets[i].from);
	}
	if (graph->projection.is_set) {
		reach(&indices, graph->projection.from.index);
		reach(&indices, graph->projection.to.index);
	}
	if (graph->has_due)
		reach(&indices, graph->due);
	return indices;
}

bool rrd_span_choose(const struct rrd_graph *graph, struct rrd_span *ret, struct error *err)
{
	struct indices indices = shown(graph);
	int64_t margin = indices.first == indices.last ? 2 : 0;
	struct rrd_span span = {rrd_graph_start_s(graph, (int32_t)(indices.first - margin)),
				rrd_graph_start_s(graph, (int32_t)(indices.last + 1 + margin)),
				false};
	span.is_cut = rrd_graph_middle_s(graph, (int32_t)indices.first) < RRD_FIRST_DRAWN_S;
	if (span.from_s < RRD_FIRST_DRAWN_S)
		span.from_s = RRD_FIRST_DRAWN_S;
	if (span.to_s <= RRD_FIRST_DRAWN_S + HOUR_S)
		return error_set(err, ERROR_INPUT,
				 "everything lies before 1980; such years cannot be drawn");
	*ret = span;
	return true;
}

struct grid {
	enum frequency finest; /* for points this far apart, and those closer together */
	int64_t every_s;
	int label_pixels;
	const char *words;
};

enum { MONTH_S = YEAR_S / 12, WEEK_S = 7 * DAY_S };

/* From close to far.  Words: UNIT:COUNT of thin lines, of thick lines, of labels, seconds that a
 * label is centred in, its form. */
static const struct grid grids[] = {
	{FREQUENCY_DAY, DAY_S, 46, "DAY:1:DAY:1:DAY:1:86400:%d/%m"},
	{FREQUENCY_WEEK, WEEK_S, 84, "DAY:1:WEEK:1:WEEK:1:0:%d/%m/%Y"},
	{FREQUENCY_MONTH, MONTH_S, 64, "MONTH:1:MONTH:1:MONTH:1:2629800:%m/%Y"},
	{FREQUENCY_QUARTER, 3 * MONTH_S, 64, "MONTH:1:MONTH:3:MONTH:3:2629800:%m/%Y"},
	{FREQUENCY_HALF, 6 * MONTH_S, 64, "MONTH:3:MONTH:6:MONTH:6:2629800:%m/%Y"},
	{FREQUENCY_HALF, YEAR_S, 46, "MONTH:3:YEAR:1:YEAR:1:31557600:%Y"},
	{FREQUENCY_YEAR, YEAR_S, 46, "YEAR:1:YEAR:1:YEAR:1:31557600:%Y"},
	{FREQUENCY_YEAR, 2 * YEAR_S, 46, "YEAR:1:YEAR:2:YEAR:2:31557600:%Y"},
	{FREQUENCY_YEAR, 5 * YEAR_S, 46, "YEAR:1:YEAR:5:YEAR:5:31557600:%Y"},
	{FREQUENCY_YEAR, 10 * (int64_t)YEAR_S, 46, "YEAR:2:YEAR:10:YEAR:10:31557600:%Y"},
	{FREQUENCY_YEAR, 20 * (int64_t)YEAR_S, 46, "YEAR:5:YEAR:20:YEAR:20:31557600:%Y"},
};

/* Longer periods have a later place. */
static int rank(enum frequency frequency)
{
	static const char order[] = {'D', 'W', 'M', 'Q', 'S', 'A'};
	for (int i = 0; i < (int)sizeof order; i++)
		if (order[i] == (char)frequency)
			return i;
	return 0;
}

const char *rrd_span_grid(const struct rrd_graph *graph, struct rrd_span span)
{
	int64_t room = graph->width - FRAME_WIDTH;
	for (size_t i = 0; i < COUNT_OF(grids); i++) {
		const struct grid *grid = &grids[i];
		if (rank(grid->finest) < rank(graph->frequency))
			continue;
		if ((span.to_s - span.from_s) / grid->every_s * grid->label_pixels <= room)
			return grid->words;
	}
	return grids[COUNT_OF(grids) - 1].words;
}
