/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A picture of one series and the target that it is held against, as the worker draws it. */

#include "query/query.h"
#include "rrd/graph.h"

enum { QUERY_GRAPH_TEXTS_MAX = 32 };

/* The picture with the memory that its texts and points live in. */
struct query_graph {
	struct rrd_graph graph; /* the caller may set picture, width, height and zoom */
	struct rrd_point *points;
	char *texts[QUERY_GRAPH_TEXTS_MAX];
	size_t text_count;
	bool failed; /* no memory for a text */
};

#define AUTO_QUERY_GRAPH AUTO(query_graph_done)
/* Free what it owns. */
void query_graph_done(struct query_graph *graph);

/* Fill it: the usable values with their publishers, breaks, the target in force that is due last
 * (an act's before a reference; or the one with the id `target`), its path where it has a baseline,
 * the projection while it is open, and below the latest value with its publisher and date.  Words
 * and names are in the question's language.  ERROR_NOT_FOUND when there is nothing to draw. */
MUST_CHECK bool query_graph(const struct query *query, const struct query_series *series,
			    const char *target, struct query_graph *ret, struct error *err);
