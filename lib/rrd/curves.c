/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rrd/curves.h"

#include <math.h>

enum { MARKER_DENSE_PIXELS = 6, MARKER_SMALL_PIXELS = 11 };

struct rrd_columns rrd_columns_over(struct rrd_span span, int count)
{
	/* Two columns to spare, because the start is moved to a multiple of the step. */
	int64_t length = span.to_s - span.from_s, used = count - 2;
	int64_t step = (length + used - 1) / used;
	int64_t slack = step * count - length;
	int64_t start = (span.from_s - slack / 2) / step * step;
	if (start < RRD_FIRST_DRAWN_S)
		start = (RRD_FIRST_DRAWN_S + step - 1) / step * step;
	return (struct rrd_columns){start, (int32_t)step, count};
}

static int column_at(const struct rrd_columns *columns, int64_t at_s)
{
	int64_t from_start = at_s - columns->start_s;
	return from_start < 0 ? -1 : (int)(from_start / columns->step_s);
}

/* A curve that is being filled. */
struct pen {
	const struct rrd_graph *graph;
	const struct rrd_columns *columns;
	double *out;
	int stride;
	bool is_bounded;
};

static void put(const struct pen *pen, int column, double value)
{
	if (column < 0 || column >= pen->columns->count)
		return;
	pen->out[column * pen->stride] =
		pen->is_bounded ? rrd_graph_bounded(pen->graph, value) : value;
}

/* A place in the picture. */
struct place {
	int64_t at_s;
	double value;
};

static struct place place_of(const struct pen *pen, struct rrd_vertex vertex)
{
	return (struct place){rrd_graph_middle_s(pen->graph, vertex.index), vertex.value};
}

/* Both ends are put exactly where they are, so that lines meet their markers. */
static void draw(const struct pen *pen, struct place a, struct place b)
{
	int from = column_at(pen->columns, a.at_s), to = column_at(pen->columns, b.at_s);
	int first = from < 0 ? 0 : from;
	int last = to < pen->columns->count ? to : pen->columns->count - 1;
	int64_t from_s = a.at_s - pen->columns->start_s, to_s = b.at_s - pen->columns->start_s;
	double step = pen->columns->step_s;
	double left = (double)from_s / step - 0.5, right = (double)to_s / step - 0.5;
	for (int i = first; i <= last; i++) {
		double part = right > left ? (i - left) / (right - left) : 1;
		part = i == from ? 0 : i == to ? 1 : fmin(fmax(part, 0), 1);
		put(pen, i, a.value + (b.value - a.value) * part);
	}
}

static void fill_band_low(const struct pen *pen, int which)
{
	(void)which;
	const struct rrd_projection *projection = &pen->graph->projection;
	struct rrd_vertex to = {projection->to.index, projection->low};
	draw(pen, place_of(pen, projection->from), place_of(pen, to));
}

static void fill_band_high(const struct pen *pen, int which)
{
	(void)which;
	const struct rrd_projection *projection = &pen->graph->projection;
	struct rrd_vertex to = {projection->to.index, projection->high};
	draw(pen, place_of(pen, projection->from), place_of(pen, to));
}

static void fill_target(const struct pen *pen, int which)
{
	const struct rrd_target *target = &pen->graph->targets[which];
	struct place from = {rrd_graph_start_s(pen->graph, target->from), target->value};
	struct place to = {rrd_graph_start_s(pen->graph, target->to + 1), target->value};
	draw(pen, from, to);
}

static void fill_path(const struct pen *pen, int which)
{
	(void)which;
	for (size_t i = 1; i < pen->graph->path_count; i++)
		draw(pen, place_of(pen, pen->graph->path[i - 1]),
		     place_of(pen, pen->graph->path[i]));
}

static void fill_projection(const struct pen *pen, int which)
{
	(void)which;
	draw(pen, place_of(pen, pen->graph->projection.from),
	     place_of(pen, pen->graph->projection.to));
}

static bool is_broken(const struct rrd_graph *graph, int32_t from, int32_t to)
{
	for (size_t i = 0; i < graph->break_count; i++)
		if (graph->breaks[i] > from && graph->breaks[i] <= to)
			return true;
	return false;
}

/* Do values i - 1 and i belong to neighbouring periods with no break between them? */
static bool joins(const struct rrd_graph *graph, size_t i)
{
	if (i == 0 || i >= graph->point_count)
		return false;
	const struct rrd_point *a = &graph->points[i - 1], *b = &graph->points[i];
	return b->index == a->index + 1 && !is_broken(graph, a->index, b->index);
}

static struct place place_of_point(const struct pen *pen, const struct rrd_point *point)
{
	return place_of(pen, (struct rrd_vertex){point->index, point->value});
}

static void fill_line(const struct pen *pen, int which)
{
	const struct rrd_point *points = pen->graph->points;
	for (size_t i = 1; i < pen->graph->point_count; i++)
		if (points[i].publisher == which && joins(pen->graph, i))
			draw(pen, place_of_point(pen, &points[i - 1]),
			     place_of_point(pen, &points[i]));
}

static double spacing(const struct rrd_graph *graph, const struct rrd_columns *columns)
{
	int64_t period_s = rrd_graph_start_s(graph, 1) - rrd_graph_start_s(graph, 0);
	return (double)period_s / columns->step_s;
}

/* Two columns: librrd draws nothing where a line has only one. */
static void mark_at(const struct pen *pen, struct rrd_vertex vertex)
{
	int column = column_at(pen->columns, rrd_graph_middle_s(pen->graph, vertex.index));
	if (column < 0)
		return;
	put(pen, column, vertex.value);
	put(pen, column > 0 ? column - 1 : 1, vertex.value);
}

static void mark(const struct pen *pen, const struct rrd_point *point)
{
	mark_at(pen, (struct rrd_vertex){point->index, point->value});
}

static void fill_earlier(const struct pen *pen, int which)
{
	(void)which;
	for (size_t i = 0; i < pen->graph->earlier_count; i++)
		mark_at(pen, pen->graph->earlier[i]);
}

static void fill_marker(const struct pen *pen, int which)
{
	const struct rrd_graph *graph = pen->graph;
	bool dense = spacing(graph, pen->columns) < MARKER_DENSE_PIXELS;
	for (size_t i = 0; i < graph->point_count; i++) {
		const struct rrd_point *point = &graph->points[i];
		bool alone = !joins(graph, i) && !joins(graph, i + 1);
		if (point->publisher == which && (!dense || alone || point->is_estimate))
			mark(pen, point);
	}
}

static void fill_hollow(const struct pen *pen, int which)
{
	(void)which;
	for (size_t i = 0; i < pen->graph->point_count; i++) {
		const struct rrd_point *point = &pen->graph->points[i];
		if (point->is_estimate)
			mark(pen, point);
	}
}

struct filler {
	void (*fill)(const struct pen *pen, int which);
	bool is_bounded;
};

static const struct filler fillers[] = {
	[RRD_CURVE_BAND_LOW] = {fill_band_low, true},
	[RRD_CURVE_BAND_HIGH] = {fill_band_high, true},
	[RRD_CURVE_TARGET] = {fill_target, false},
	[RRD_CURVE_PATH] = {fill_path, false},
	[RRD_CURVE_PROJECTION] = {fill_projection, true},
	[RRD_CURVE_LINE] = {fill_line, false},
	[RRD_CURVE_EARLIER] = {fill_earlier, false},
	[RRD_CURVE_MARKER] = {fill_marker, false},
	[RRD_CURVE_HOLLOW] = {fill_hollow, false},
};

void rrd_curve_fill(const struct rrd_graph *graph, struct rrd_curve curve,
		    const struct rrd_columns *columns, double *out, int stride)
{
	const struct filler *filler = &fillers[curve.kind];
	struct pen pen = {graph, columns, out, stride, filler->is_bounded};
	for (int i = 0; i < columns->count; i++)
		out[i * stride] = (double)NAN;
	filler->fill(&pen, curve.which);
}

double rrd_marker_size(const struct rrd_graph *graph, const struct rrd_columns *columns)
{
	return spacing(graph, columns) < MARKER_SMALL_PIXELS ? 5 : 8;
}

static int count_of(const struct rrd_graph *graph, enum rrd_curve_kind kind)
{
	int publishers = 0, estimates = 0;
	for (size_t i = 0; i < graph->point_count; i++) {
		if (graph->points[i].publisher >= publishers)
			publishers = graph->points[i].publisher + 1;
		estimates += graph->points[i].is_estimate;
	}
	const struct rrd_projection *projection = &graph->projection;
	const int counts[] = {
		[RRD_CURVE_BAND_LOW] = projection->is_set && projection->has_band,
		[RRD_CURVE_BAND_HIGH] = projection->is_set && projection->has_band,
		[RRD_CURVE_TARGET] = (int)graph->target_count,
		[RRD_CURVE_PATH] = graph->path_count > 1,
		[RRD_CURVE_PROJECTION] = projection->is_set,
		[RRD_CURVE_LINE] = publishers,
		[RRD_CURVE_EARLIER] = graph->earlier_count > 0,
		[RRD_CURVE_MARKER] = publishers,
		[RRD_CURVE_HOLLOW] = estimates > 0,
	};
	return counts[kind];
}

int rrd_curves_list(const struct rrd_graph *graph, struct rrd_curve ret[RRD_CURVES_MAX])
{
	int count = 0;
	for (int kind = RRD_CURVE_BAND_LOW; kind <= RRD_CURVE_HOLLOW; kind++) {
		int of_kind = count_of(graph, (enum rrd_curve_kind)kind);
		for (int which = 0; which < of_kind; which++)
			ret[count++] = (struct rrd_curve){(enum rrd_curve_kind)kind, which};
	}
	return count;
}
