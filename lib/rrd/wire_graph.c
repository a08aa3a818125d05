/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rrd/wire_graph.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#include "base/unicode.h"

/* Texts of which there is one, and those of which there are several. */
struct text_key {
	const char *name;
	size_t offset, max;
};

#define GRAPH(member) offsetof(struct rrd_graph, member)

static const struct text_key text_keys[] = {
	{"title", GRAPH(title), 1},
	{"subtitle", GRAPH(subtitle), 1},
	{"unit", GRAPH(unit), 1},
	{"note", GRAPH(notes), RRD_NOTES_MAX},
	{"publisher", GRAPH(publishers), RRD_PUBLISHERS_MAX},
	{"word-value", GRAPH(words.value), 1},
	{"word-estimate", GRAPH(words.estimate), 1},
	{"word-earlier", GRAPH(words.earlier), 1},
	{"word-break", GRAPH(words.break_), 1},
	{"word-path", GRAPH(words.path), 1},
	{"word-projection", GRAPH(words.projection), 1},
	{"word-band", GRAPH(words.band), 1},
	{"word-due", GRAPH(words.due), 1},
	{"word-left-out", GRAPH(words.left_out), 1},
	{"word-no-value", GRAPH(words.no_value), 1},
};

static bool check_text(const char *key, struct span text, struct error *err)
{
	size_t at;
	if (text.len > RRD_TEXT_MAX)
		return error_set(err, ERROR_LIMIT, "%s is longer than %d bytes", key, RRD_TEXT_MAX);
	if (!unicode_valid(text, &at))
		return error_set(err, ERROR_INPUT, "%s is not UTF-8 at byte %zu", key, at + 1);
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.start[i] < ' ' || text.start[i] == 0x7f)
			return error_set(err, ERROR_INPUT, "%s has a control character at byte %zu",
					 key, i + 1);
	return true;
}

static bool write_texts(struct text *out, const struct rrd_graph *graph, struct error *err)
{
	for (size_t i = 0; i < COUNT_OF(text_keys); i++) {
		const struct text_key *key = &text_keys[i];
		for (size_t k = 0; k < key->max; k++) {
			const char *text;
			memcpy(&text, (const char *)graph + key->offset + k * sizeof text,
			       sizeof text);
			if (text == NULL)
				continue;
			if (!check_text(key->name, span_of(text), err))
				return false;
			text_addf(out, "%s=%s\n", key->name, text);
		}
	}
	return true;
}

static void write_number(struct text *out, const char *before, double value)
{
	char buffer[NUMBER_BYTES];
	text_addf(out, "%s%s", before, number_print(value, buffer));
}

static void write_pair(struct text *out, const char *key, double low, double high)
{
	text_add_string(out, key);
	write_number(out, "=", low);
	write_number(out, " ", high);
	text_add_char(out, '\n');
}

static void write_vertex(struct text *out, const char *before, struct rrd_vertex vertex)
{
	text_addf(out, "%s%" PRId32, before, vertex.index);
	write_number(out, " ", vertex.value);
}

static void write_projection(struct text *out, const struct rrd_projection *projection)
{
	if (!projection->is_set)
		return;
	write_vertex(out, "projection=", projection->from);
	write_vertex(out, " ", projection->to);
	text_add_char(out, '\n');
	if (projection->has_band)
		write_pair(out, "band", projection->low, projection->high);
}

static bool write_targets(struct text *out, const struct rrd_graph *graph, struct error *err)
{
	for (size_t i = 0; i < graph->target_count; i++) {
		const struct rrd_target *target = &graph->targets[i];
		const char *text = target->text == NULL ? "" : target->text;
		if (!check_text("target", span_of(text), err))
			return false;
		write_number(out, "target=", target->value);
		text_addf(out, " %" PRId32 " %" PRId32 " %s\n", target->from, target->to, text);
	}
	return true;
}

static void write_points(struct text *out, const struct rrd_graph *graph)
{
	for (size_t i = 0; i < graph->point_count; i++) {
		const struct rrd_point *point = &graph->points[i];
		write_vertex(out, "point=", (struct rrd_vertex){point->index, point->value});
		text_addf(out, " %c %d\n", point->is_estimate ? 'E' : 'A', point->publisher);
	}
}

bool rrd_wire_write_graph_lines(struct text *out, const struct rrd_graph *graph, struct error *err)
{
	if (!rrd_graph_check(graph, err) || !write_texts(out, graph, err) ||
	    !write_targets(out, graph, err))
		return false;
	text_addf(out, "frequency=%c\nwidth=%d\nheight=%d\n", (char)graph->frequency, graph->width,
		  graph->height);
	write_number(out, "zoom=", graph->zoom);
	text_add_char(out, '\n');
	if (graph->has_range)
		write_pair(out, "range", graph->low, graph->high);
	if (graph->has_bounds)
		write_pair(out, "bounds", graph->bound_low, graph->bound_high);
	if (graph->has_due)
		text_addf(out, "due=%" PRId32 "\n", graph->due);
	for (size_t i = 0; i < graph->break_count; i++)
		text_addf(out, "break=%" PRId32 "\n", graph->breaks[i]);
	for (size_t i = 0; i < graph->earlier_count; i++) {
		write_vertex(out, "earlier=", graph->earlier[i]);
		text_add_char(out, '\n');
	}
	for (size_t i = 0; i < graph->path_count; i++) {
		write_vertex(out, "path=", graph->path[i]);
		text_add_char(out, '\n');
	}
	write_projection(out, &graph->projection);
	write_points(out, graph);
	return true;
}

/* -- reading ------------------------------------------------------------------------------------*/

static bool take_index(struct span *rest, int32_t *ret, struct error *err)
{
	int64_t index;
	if (!number_read_integer(span_cut(rest, ' '), INT32_MIN / 2, INT32_MAX / 2, &index, err))
		return error_within(err, "period");
	*ret = (int32_t)index;
	return true;
}

static bool take_number(struct span *rest, double *ret, struct error *err)
{
	struct number number;
	if (!number_read_json(span_cut(rest, ' '), &number, err))
		return false;
	*ret = number.value;
	return true;
}

static bool take_vertex(struct span *rest, struct rrd_vertex *ret, struct error *err)
{
	return take_index(rest, &ret->index, err) && take_number(rest, &ret->value, err);
}

static bool take_end(const struct span *rest, struct error *err)
{
	if (rest->start != NULL)
		return error_set(err, ERROR_INPUT, "'%.*s' is too much", SPAN_ARGS(*rest));
	return true;
}

static bool take_room(size_t count, size_t max, struct error *err)
{
	if (count >= max)
		return error_set(err, ERROR_LIMIT, "more than %zu of them", max);
	return true;
}

static bool take_size(struct span *rest, int *ret, struct error *err)
{
	int64_t size;
	if (!number_read_integer(span_cut(rest, ' '), 0, 100000, &size, err))
		return false;
	*ret = (int)size;
	return true;
}

static bool read_width(struct span *rest, struct rrd_request *request, struct error *err)
{
	return take_size(rest, &request->graph.width, err);
}

static bool read_height(struct span *rest, struct rrd_request *request, struct error *err)
{
	return take_size(rest, &request->graph.height, err);
}

static bool read_zoom(struct span *rest, struct rrd_request *request, struct error *err)
{
	return take_number(rest, &request->graph.zoom, err);
}

static bool read_frequency(struct span *rest, struct rrd_request *request, struct error *err)
{
	struct span code = span_cut(rest, ' ');
	if (code.len != 1)
		return error_set(err, ERROR_INPUT, "'%.*s' is not A, S, Q, M, W or D",
				 SPAN_ARGS(code));
	request->graph.frequency = (enum frequency)code.start[0];
	return true;
}

static bool read_range(struct span *rest, struct rrd_request *request, struct error *err)
{
	struct rrd_graph *graph = &request->graph;
	graph->has_range = true;
	return take_number(rest, &graph->low, err) && take_number(rest, &graph->high, err);
}

static bool read_bounds(struct span *rest, struct rrd_request *request, struct error *err)
{
	struct rrd_graph *graph = &request->graph;
	graph->has_bounds = true;
	return take_number(rest, &graph->bound_low, err) &&
	       take_number(rest, &graph->bound_high, err);
}

static bool read_due(struct span *rest, struct rrd_request *request, struct error *err)
{
	request->graph.has_due = true;
	return take_index(rest, &request->graph.due, err);
}

static bool read_break(struct span *rest, struct rrd_request *request, struct error *err)
{
	struct rrd_graph *graph = &request->graph;
	return take_room(graph->break_count, RRD_BREAKS_MAX, err) &&
	       take_index(rest, &graph->breaks[graph->break_count++], err);
}

static bool read_path(struct span *rest, struct rrd_request *request, struct error *err)
{
	struct rrd_graph *graph = &request->graph;
	return take_room(graph->path_count, RRD_PATH_MAX, err) &&
	       take_vertex(rest, &graph->path[graph->path_count++], err);
}

static bool read_earlier(struct span *rest, struct rrd_request *request, struct error *err)
{
	struct rrd_graph *graph = &request->graph;
	return take_room(graph->earlier_count, RRD_EARLIER_MAX, err) &&
	       take_vertex(rest, &graph->earlier[graph->earlier_count++], err);
}

static bool read_projection(struct span *rest, struct rrd_request *request, struct error *err)
{
	struct rrd_projection *projection = &request->graph.projection;
	projection->is_set = true;
	return take_vertex(rest, &projection->from, err) && take_vertex(rest, &projection->to, err);
}

static bool read_band(struct span *rest, struct rrd_request *request, struct error *err)
{
	struct rrd_projection *projection = &request->graph.projection;
	projection->has_band = true;
	return take_number(rest, &projection->low, err) &&
	       take_number(rest, &projection->high, err);
}

static bool read_target(struct span *rest, struct rrd_request *request, struct error *err)
{
	struct rrd_graph *graph = &request->graph;
	if (!take_room(graph->target_count, RRD_TARGETS_MAX, err))
		return false;
	struct rrd_target *target = &graph->targets[graph->target_count++];
	if (!take_number(rest, &target->value, err) || !take_index(rest, &target->from, err) ||
	    !take_index(rest, &target->to, err) || !check_text("target", *rest, err))
		return false;
	target->text = rest->start;
	*rest = (struct span){0};
	return true;
}

static bool read_point(struct span *rest, struct rrd_request *request, struct error *err)
{
	struct rrd_point point;
	int64_t publisher;
	if (!take_index(rest, &point.index, err) || !take_number(rest, &point.value, err))
		return false;
	struct span status = span_cut(rest, ' ');
	if (!span_is(status, "A") && !span_is(status, "E"))
		return error_set(err, ERROR_INPUT, "status '%.*s' is neither A nor E",
				 SPAN_ARGS(status));
	point.is_estimate = span_is(status, "E");
	if (!number_read_integer(span_cut(rest, ' '), 0, RRD_PUBLISHERS_MAX - 1, &publisher, err))
		return error_within(err, "publisher");
	point.publisher = (int)publisher;
	if (!array_grow(&request->points, &request->point_room, request->graph.point_count,
			sizeof point, RRD_POINTS_MAX, "points of a picture", err))
		return false;
	request->points[request->graph.point_count++] = point;
	request->graph.points = request->points;
	return true;
}

struct line_key {
	const char *name;
	bool (*read)(struct span *rest, struct rrd_request *request, struct error *err);
};

static const struct line_key line_keys[] = {
	{"point", read_point},	   {"break", read_break},
	{"target", read_target},   {"path", read_path},
	{"earlier", read_earlier}, {"projection", read_projection},
	{"band", read_band},	   {"due", read_due},
	{"range", read_range},	   {"bounds", read_bounds},
	{"width", read_width},	   {"height", read_height},
	{"zoom", read_zoom},	   {"frequency", read_frequency},
};

/* The first free place of a text; NULL when all are taken. */
static const char **free_place(const struct text_key *key, struct rrd_graph *graph)
{
	const char **places = (const char **)(void *)((char *)graph + key->offset);
	for (size_t i = 0; i < key->max; i++)
		if (places[i] == NULL)
			return &places[i];
	return NULL;
}

static bool read_text(const struct text_key *key, const char *text, struct rrd_graph *graph,
		      struct error *err)
{
	const char **place = free_place(key, graph);
	if (place == NULL)
		return error_set(err, ERROR_LIMIT, "more than %zu of %s", key->max, key->name);
	if (!check_text(key->name, span_of(text), err))
		return false;
	*place = text;
	return true;
}

bool rrd_wire_read_graph_line(char *line, struct rrd_request *request, struct error *err)
{
	struct span rest = span_of(line);
	if (rest.len > RRD_LINE_MAX_BYTES)
		return error_set(err, ERROR_LIMIT, "line is longer than %d bytes",
				 RRD_LINE_MAX_BYTES);
	struct span key = span_cut(&rest, '=');
	for (size_t i = 0; rest.start != NULL && i < COUNT_OF(text_keys); i++)
		if (span_is(key, text_keys[i].name))
			return read_text(&text_keys[i], rest.start, &request->graph, err);
	for (size_t i = 0; rest.start != NULL && i < COUNT_OF(line_keys); i++)
		if (span_is(key, line_keys[i].name))
			return (line_keys[i].read(&rest, request, err) && take_end(&rest, err)) ||
			       error_within(err, "%s", line_keys[i].name);
	return error_set(err, ERROR_INPUT, "'%.*s' is not a known KEY=VALUE",
			 (int)(key.len < 40 ? key.len : 40), key.start);
}
