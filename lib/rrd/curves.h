/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A picture as curves over its columns.  librrd draws what a file says about each column of pixels,
 * and a row a year would come out as stairs; so each line, marker and band is computed here for
 * every column and given to librrd as a file of its own with one row a column. */

#include "rrd/axis.h"

enum { RRD_COLUMNS_MAX = RRD_WIDTH_MAX };

/* One row for each column: column i covers [start_s + i * step_s, start_s + (i + 1) * step_s). */
struct rrd_columns {
	int64_t start_s;
	int32_t step_s;
	int count;
};

/* At least three columns that cover the span; start_s is a multiple of step_s. */
struct rrd_columns rrd_columns_over(struct rrd_span span, int count);

/* In the order in which they are drawn, later ones above earlier ones. */
enum rrd_curve_kind {
	RRD_CURVE_BAND_LOW,  /* lower edge of the band */
	RRD_CURVE_BAND_HIGH, /* upper edge */
	RRD_CURVE_TARGET,    /* of targets[which] */
	RRD_CURVE_PATH,
	RRD_CURVE_PROJECTION,
	RRD_CURVE_LINE,	   /* between neighbouring values, the later one of publishers[which] */
	RRD_CURVE_EARLIER, /* one column for each revised value, as it was first */
	RRD_CURVE_MARKER,  /* one column for a value of publishers[which] */
	RRD_CURVE_HOLLOW,  /* one column for each estimate */
};

enum { RRD_CURVES_MAX = 6 + RRD_TARGETS_MAX + 2 * RRD_PUBLISHERS_MAX };

struct rrd_curve {
	enum rrd_curve_kind kind;
	int which;
};

/* The curves that this picture has, in drawing order.  Returns how many. */
int rrd_curves_list(const struct rrd_graph *graph, struct rrd_curve ret[RRD_CURVES_MAX]);

/* One curve over the columns: out[i * stride] for column i, NAN where it is not drawn. */
void rrd_curve_fill(const struct rrd_graph *graph, struct rrd_curve curve,
		    const struct rrd_columns *columns, double *out, int stride);

/* The diameter of markers in pixels, by how far apart values stand.  Under 6 pixels only estimates
 * and values without a neighbour have one. */
double rrd_marker_size(const struct rrd_graph *graph, const struct rrd_columns *columns);
