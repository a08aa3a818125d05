/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The words that tell librrd how a picture looks: size, fonts, colours, axes, what is drawn from
 * which curve, and the legend.  librrd's own legend knows only filled squares, so the legend is
 * written as text with signs that look like what they stand for. */

#include "daemon/rrd/librrd.h"
#include "rrd/curves.h"

/* A picture on its way. */
struct drawing {
	const struct rrd_graph *graph;
	struct rrd_span span;
	struct rrd_columns columns;
	struct rrd_curve curves[RRD_CURVES_MAX];
	int curve_count;
	const char *scratch; /* path of the RRD whose data source cN is curves[N] */
};

/* Add every word that librrd needs for it. */
void dress_drawing(const struct drawing *drawing, struct words *words);
