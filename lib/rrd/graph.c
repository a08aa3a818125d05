/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rrd/graph.h"

#include <inttypes.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/number.h"
#include "rrd/layout.h"

enum { DAY_S = 86400 };

struct bound {
	const char *name;
	double value, min, max;
};

/* 0 stands for the default. */
static bool check_sizes(const struct rrd_graph *graph, struct error *err)
{
	const struct bound bounds[] = {
		{"width", graph->width, RRD_WIDTH_MIN, RRD_WIDTH_MAX},
		{"height", graph->height, RRD_HEIGHT_MIN, RRD_HEIGHT_MAX},
		{"zoom", graph->zoom, 1, RRD_ZOOM_MAX},
	};
	char text[NUMBER_BYTES], low[NUMBER_BYTES], high[NUMBER_BYTES];
	for (size_t i = 0; i < COUNT_OF(bounds); i++) {
		const struct bound *bound = &bounds[i];
		if (fpclassify(bound->value) == FP_ZERO ||
		    (bound->value >= bound->min && bound->value <= bound->max))
			continue;
		return error_set(err, ERROR_INPUT, "%s '%s' is not within %s..%s", bound->name,
				 number_print(bound->value, text), number_print(bound->min, low),
				 number_print(bound->max, high));
	}
	return true;
}

static bool check_counts(const struct rrd_graph *graph, struct error *err)
{
	const struct bound counts[] = {
		{"points", (double)graph->point_count, 0, RRD_POINTS_MAX},
		{"earlier values", (double)graph->earlier_count, 0, RRD_EARLIER_MAX},
		{"breaks", (double)graph->break_count, 0, RRD_BREAKS_MAX},
		{"targets", (double)graph->target_count, 0, RRD_TARGETS_MAX},
		{"path vertices", (double)graph->path_count, 0, RRD_PATH_MAX},
	};
	for (size_t i = 0; i < COUNT_OF(counts); i++)
		if (counts[i].value > counts[i].max)
			return error_set(err, ERROR_LIMIT, "a picture has at most %d %s",
					 (int)counts[i].max, counts[i].name);
	if (graph->path_count == 1)
		return error_set(err, ERROR_INPUT, "a path has two vertices or more");
	if (graph->point_count + graph->target_count == 0)
		return error_set(err, ERROR_INPUT, "there is neither a value nor a target to draw");
	return true;
}

/* Twice the periods from 1970 to 2100, on either side: years 1710 to 2230. */
static bool check_index(const struct rrd_layout *layout, const char *what, int32_t index,
			struct error *err)
{
	if (index < -2 * layout->last || index > 2 * layout->last)
		return error_set(err, ERROR_INPUT,
				 "%s: period %" PRId32 " is not within years 1710 to 2230", what,
				 index);
	return true;
}

static bool check_vertex(const struct rrd_layout *layout, const char *what,
			 struct rrd_vertex vertex, struct error *err)
{
	if (!isfinite(vertex.value))
		return error_set(err, ERROR_INPUT, "%s has a value that is not finite", what);
	return check_index(layout, what, vertex.index, err);
}

static bool check_points(const struct rrd_graph *graph, const struct rrd_layout *layout,
			 struct error *err)
{
	for (size_t i = 0; i < graph->point_count; i++) {
		const struct rrd_point *point = &graph->points[i];
		struct rrd_vertex vertex = {point->index, point->value};
		if (!check_vertex(layout, "point", vertex, err))
			return false;
		if (point->publisher < 0 || point->publisher >= RRD_PUBLISHERS_MAX)
			return error_set(err, ERROR_LIMIT, "publisher %d is not within 0..%d",
					 point->publisher, RRD_PUBLISHERS_MAX - 1);
		if (i > 0 && point->index <= graph->points[i - 1].index)
			return error_set(err, ERROR_INPUT,
					 "points are not in ascending order of their periods");
	}
	for (size_t i = 0; i < graph->earlier_count; i++)
		if (!check_vertex(layout, "earlier", graph->earlier[i], err))
			return false;
	return true;
}

static bool check_lines(const struct rrd_graph *graph, const struct rrd_layout *layout,
			struct error *err)
{
	for (size_t i = 0; i < graph->target_count; i++) {
		const struct rrd_target *target = &graph->targets[i];
		struct rrd_vertex from = {target->from, target->value};
		if (!check_vertex(layout, "target", from, err) ||
		    !check_index(layout, "target", target->to, err))
			return false;
	}
	for (size_t i = 0; i < graph->path_count; i++) {
		if (!check_vertex(layout, "path", graph->path[i], err))
			return false;
		if (i > 0 && graph->path[i].index <= graph->path[i - 1].index)
			return error_set(err, ERROR_INPUT, "path is not in ascending order");
	}
	for (size_t i = 0; i < graph->break_count; i++)
		if (!check_index(layout, "break", graph->breaks[i], err))
			return false;
	return true;
}

static bool check_projection(const struct rrd_projection *projection,
			     const struct rrd_layout *layout, struct error *err)
{
	if (!projection->is_set)
		return true;
	if (projection->from.index >= projection->to.index)
		return error_set(err, ERROR_INPUT, "projection does not go forward");
	if (projection->has_band && !(isfinite(projection->low) && isfinite(projection->high) &&
				      projection->low <= projection->high))
		return error_set(err, ERROR_INPUT, "band does not go from low to high");
	return check_vertex(layout, "projection", projection->from, err) &&
	       check_vertex(layout, "projection", projection->to, err);
}

static bool check_range(const char *what, double low, double high, struct error *err)
{
	if (!isfinite(low) || !isfinite(high) || !(low < high))
		return error_set(err, ERROR_INPUT, "%s does not go from low to high", what);
	return true;
}

bool rrd_graph_check(const struct rrd_graph *graph, struct error *err)
{
	const struct rrd_layout *layout = rrd_layout_find(graph->frequency);
	if (layout == NULL)
		return error_set(err, ERROR_INPUT,
				 "frequency of a picture is not year, half, quarter, month, week "
				 "or day");
	if (graph->has_range && !check_range("range", graph->low, graph->high, err))
		return false;
	if (graph->has_bounds && !check_range("bounds", graph->bound_low, graph->bound_high, err))
		return false;
	if (graph->has_due && !check_index(layout, "due", graph->due, err))
		return false;
	return check_sizes(graph, err) && check_counts(graph, err) &&
	       check_points(graph, layout, err) && check_lines(graph, layout, err) &&
	       check_projection(&graph->projection, layout, err);
}

struct word {
	size_t offset;
	const char *english;
};

static const struct word words[] = {
	{offsetof(struct rrd_words, value), "reported value"},
	{offsetof(struct rrd_words, estimate), "estimate"},
	{offsetof(struct rrd_words, break_), "break in the series"},
	{offsetof(struct rrd_words, earlier), "first published, later revised"},
	{offsetof(struct rrd_words, path), "path to the target"},
	{offsetof(struct rrd_words, projection), "projection"},
	{offsetof(struct rrd_words, band), "90 % prediction interval"},
	{offsetof(struct rrd_words, due), "due"},
	{offsetof(struct rrd_words, left_out), "values before 1980 are not drawn"},
	{offsetof(struct rrd_words, no_value), "no value has been reported"},
};

void rrd_graph_set_defaults(struct rrd_graph *graph)
{
	if (graph->width == 0)
		graph->width = 800;
	if (graph->height == 0)
		graph->height = 400;
	if (fpclassify(graph->zoom) == FP_ZERO)
		graph->zoom = 1;
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		char *place = (char *)&graph->words + words[i].offset;
		const char *given;
		memcpy(&given, place, sizeof given);
		if (given == NULL)
			memcpy(place, &words[i].english, sizeof words[i].english);
	}
}

int64_t rrd_graph_middle_s(const struct rrd_graph *graph, int32_t index)
{
	struct period period = period_at_index(graph->frequency, index);
	return ((int64_t)period.from + period.to) * (DAY_S / 2);
}

int64_t rrd_graph_start_s(const struct rrd_graph *graph, int32_t index)
{
	return (int64_t)period_at_index(graph->frequency, index).from * DAY_S;
}
