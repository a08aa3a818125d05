/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What client and worker say to each other.  A request is lines and ends with a line ".":
 *
 *	put SERIES FREQUENCY FIRST COUNT	and COUNT lines, a number or U
 *	get SERIES FREQUENCY
 *	graph png|svg				and lines KEY=VALUE
 *
 * The answer is "ok BYTES" LF and so many bytes, or "error TEXT" LF.  The bytes of put are the
 * count of rows left out, of get "FIRST COUNT" and COUNT lines, of graph the picture.  */

#include "rrd/graph.h"
#include "rrd/rows.h"

enum {
	RRD_LINE_MAX_BYTES = 512,
	RRD_REQUEST_MAX_BYTES = 8 << 20, /* 120 000 rows of up to 25 bytes, or any picture */
	RRD_ANSWER_LINE_BYTES = ERROR_TEXT_BYTES + 16,
};

enum rrd_verb { RRD_PUT, RRD_GET, RRD_GRAPH };

/* A request as the worker reads it.  The graph's texts are borrowed from the bytes that were read,
 * its points from `points`. */
struct rrd_request {
	enum rrd_verb verb;
	int64_t series;
	const struct rrd_layout *layout;
	struct rrd_rows rows; /* of put */
	struct rrd_graph graph;
	struct rrd_point *points;
	size_t point_room;
};

#define AUTO_RRD_REQUEST AUTO(rrd_request_done)

/* Free the rows and points. */
void rrd_request_done(struct rrd_request *request);

/* Write a request with its last line ".".  Fails on a text or count over its ceiling, and on a
 * text that is not one line of UTF-8. */
MUST_CHECK bool rrd_wire_write_put(struct text *out, int64_t series, enum frequency frequency,
				   const struct rrd_rows *rows, struct error *err);
MUST_CHECK bool rrd_wire_write_get(struct text *out, int64_t series, enum frequency frequency,
				   struct error *err);
MUST_CHECK bool rrd_wire_write_graph(struct text *out, const struct rrd_graph *graph,
				     struct error *err);

/* Read a request without its last line ".".  `bytes` is NUL-terminated, changed while reading, and
 * must live as long as *ret.  The message names the line. */
MUST_CHECK bool rrd_wire_read(char *bytes, struct rrd_request *ret, struct error *err);

/* Rows as put and get write them: one line each.  Read exactly `count` of them from *rest. */
void rrd_wire_write_rows(struct text *out, const struct rrd_rows *rows);
MUST_CHECK bool rrd_wire_read_rows(struct span *rest, int32_t first, size_t count,
				   struct rrd_rows *ret, struct error *err);
