/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the axes of a picture span, and where their grid lines and labels go. */

#include "rrd/graph.h"

/* 1980-01-01: librrd refuses to draw what begins before. */
enum { RRD_FIRST_DRAWN_S = 315532800 };

/* The y axis: grid lines at multiples of `step`, labels with so many decimals. */
struct rrd_scale {
	double low, high, step;
	int decimals;
};

/* The range that shows everything there is with a little room, from 0 if that is near; or the range
 * that was asked for. */
struct rrd_scale rrd_scale_choose(const struct rrd_graph *graph);

/* The x axis in unix seconds: whole periods from the first to the last thing shown, but nothing
 * before 1980, which librrd does not draw. */
struct rrd_span {
	int64_t from_s, to_s;
	bool is_cut; /* something lies before 1980 */
};

/* ERROR_INPUT when everything lies before 1980. */
MUST_CHECK bool rrd_span_choose(const struct rrd_graph *graph, struct rrd_span *ret,
				struct error *err);

/* Lines and labels of the x axis in librrd's words (--x-grid), as many labels as fit beside each
 * other; forms that read the same in every language.  Static storage. */
const char *rrd_span_grid(const struct rrd_graph *graph, struct rrd_span span);

/* A value moved to the nearer bound when it lies beyond one. */
double rrd_graph_bounded(const struct rrd_graph *graph, double value);
