/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rrd/wire.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "rrd/wire_graph.h"

void rrd_request_done(struct rrd_request *request)
{
	rrd_rows_done(&request->rows);
	free(request->points);
	request->points = NULL;
	request->graph.points = NULL;
}

static bool check_series(int64_t series, enum frequency frequency, struct error *err)
{
	if (series < 1)
		return error_set(err, ERROR_INPUT, "series id '%" PRId64 "' is not 1 or more",
				 series);
	if (rrd_layout_find(frequency) == NULL)
		return error_set(err, ERROR_INPUT,
				 "only years, halves, quarters, months, weeks and days have RRD "
				 "files");
	return true;
}

void rrd_wire_write_rows(struct text *out, const struct rrd_rows *rows)
{
	char buffer[NUMBER_BYTES];
	for (size_t i = 0; i < rows->count; i++)
		text_addf(out, "%s\n",
			  isnan(rows->values[i]) ? "U" : number_print(rows->values[i], buffer));
}

bool rrd_wire_write_put(struct text *out, int64_t series, enum frequency frequency,
			const struct rrd_rows *rows, struct error *err)
{
	if (!check_series(series, frequency, err))
		return false;
	if (rows->count > RRD_ROWS_MAX)
		return error_set(err, ERROR_LIMIT, "%zu rows are more than a series may have (%d)",
				 rows->count, RRD_ROWS_MAX);
	for (size_t i = 0; i < rows->count; i++)
		if (isinf(rows->values[i]))
			return error_set(err, ERROR_INPUT, "row %zu is not a finite number", i + 1);
	text_addf(out, "put %" PRId64 " %c %" PRId32 " %zu\n", series, (char)frequency, rows->first,
		  rows->count);
	rrd_wire_write_rows(out, rows);
	text_add_string(out, ".\n");
	return text_ok(out, "request to the RRD worker", err);
}

bool rrd_wire_write_get(struct text *out, int64_t series, enum frequency frequency,
			struct error *err)
{
	if (!check_series(series, frequency, err))
		return false;
	text_addf(out, "get %" PRId64 " %c\n.\n", series, (char)frequency);
	return text_ok(out, "request to the RRD worker", err);
}

bool rrd_wire_write_graph(struct text *out, const struct rrd_graph *graph, struct error *err)
{
	text_add_string(out, graph->picture == RRD_SVG ? "graph svg\n" : "graph png\n");
	if (!rrd_wire_write_graph_lines(out, graph, err))
		return false;
	text_add_string(out, ".\n");
	return text_ok(out, "request to the RRD worker", err);
}

bool rrd_wire_read_rows(struct span *rest, int32_t first, size_t count, struct rrd_rows *ret,
			struct error *err)
{
	AUTO_RRD_ROWS struct rrd_rows rows = {0};
	if (!rrd_rows_init(&rows, first, count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct number number = {.value = (double)NAN};
		struct span line = span_cut(rest, '\n');
		if (!span_is(line, "U") && !number_read_json(line, &number, err))
			return error_within(err, "row %zu", i + 1);
		rows.values[i] = number.value;
	}
	*ret = rows;
	rows = (struct rrd_rows){0};
	return true;
}

/* The words that follow the verb on a first line. */
struct head {
	struct span words[4];
	size_t count;
};

static struct head split(struct span line)
{
	struct head head = {0};
	while (line.start != NULL && head.count < COUNT_OF(head.words))
		head.words[head.count++] = span_cut(&line, ' ');
	if (line.start != NULL)
		head.count++;
	return head;
}

static bool read_series(const struct head *head, struct rrd_request *request, struct error *err)
{
	if (!number_read_integer(head->words[0], 1, INT64_MAX, &request->series, err))
		return error_within(err, "series id");
	struct span code = head->words[1];
	request->layout = code.len == 1 ? rrd_layout_find((enum frequency)code.start[0]) : NULL;
	if (request->layout == NULL)
		return error_set(err, ERROR_INPUT, "frequency '%.*s' is not A, S, Q, M, W or D",
				 SPAN_ARGS(code));
	return true;
}

static bool read_end(struct span rest, struct error *err)
{
	if (rest.start != NULL && rest.len > 0)
		return error_set(err, ERROR_INPUT, "there are more lines than the request needs");
	return true;
}

static bool read_put(const struct head *head, char *lines, struct rrd_request *request,
		     struct error *err)
{
	int64_t first, count;
	struct span rest = span_of(lines);
	if (!read_series(head, request, err))
		return false;
	if (!number_read_integer(head->words[2], INT32_MIN / 2, INT32_MAX / 2, &first, err))
		return error_within(err, "first period");
	if (!number_read_integer(head->words[3], 0, RRD_ROWS_MAX, &count, err))
		return error_within(err, "count of rows");
	return rrd_wire_read_rows(&rest, (int32_t)first, (size_t)count, &request->rows, err) &&
	       read_end(rest, err);
}

static bool read_get(const struct head *head, char *lines, struct rrd_request *request,
		     struct error *err)
{
	return read_series(head, request, err) && read_end(span_of(lines), err);
}

/* End the first line with a NUL; what follows it. */
static char *end_line(char *line)
{
	char *end = line + strcspn(line, "\n");
	if (*end == '\n')
		*end++ = '\0';
	return end;
}

static bool read_graph(const struct head *head, char *lines, struct rrd_request *request,
		       struct error *err)
{
	if (!span_is(head->words[0], "png") && !span_is(head->words[0], "svg"))
		return error_set(err, ERROR_INPUT, "picture '%.*s' is neither png nor svg",
				 SPAN_ARGS(head->words[0]));
	request->graph.picture = span_is(head->words[0], "svg") ? RRD_SVG : RRD_PNG;
	char *line = lines;
	for (int number = 2; *line != '\0'; number++) {
		char *next = end_line(line);
		if (!rrd_wire_read_graph_line(line, request, err))
			return error_at(err, number, 1);
		line = next;
	}
	return rrd_graph_check(&request->graph, err);
}

struct verb {
	const char *name;
	size_t words;
	bool (*read)(const struct head *head, char *lines, struct rrd_request *request,
		     struct error *err);
};

/* In the order of enum rrd_verb. */
static const struct verb verbs[] = {
	[RRD_PUT] = {"put", 4, read_put},
	[RRD_GET] = {"get", 2, read_get},
	[RRD_GRAPH] = {"graph", 1, read_graph},
};

bool rrd_wire_read(char *bytes, struct rrd_request *ret, struct error *err)
{
	char *lines = end_line(bytes);
	struct span line = span_of(bytes);
	struct span name = span_cut(&line, ' ');
	struct head head = split(line);
	for (size_t i = 0; i < COUNT_OF(verbs); i++) {
		if (!span_is(name, verbs[i].name))
			continue;
		if (head.count != verbs[i].words)
			return error_set(err, ERROR_INPUT, "'%s' is followed by %zu words, not %zu",
					 verbs[i].name, verbs[i].words, head.count);
		AUTO_RRD_REQUEST struct rrd_request request = {.verb = (enum rrd_verb)i};
		if (!verbs[i].read(&head, lines, &request, err))
			return false;
		*ret = request;
		request = (struct rrd_request){0};
		return true;
	}
	return error_set(err, ERROR_INPUT, "request '%.*s' is not put, get or graph",
			 (int)(name.len < 40 ? name.len : 40), name.start);
}
