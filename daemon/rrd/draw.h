/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The picture of a series, drawn by librrd from a scratch RRD that holds its curves, in a private
 * temporary directory that lives as long as the drawing. */

#include "base/text.h"
#include "rrd/graph.h"

/* Put the picture into `out`, which is empty.  `graph` has passed rrd_graph_check and has its
 * defaults. */
MUST_CHECK bool draw_graph(const struct rrd_graph *graph, struct text *out, struct error *err);
