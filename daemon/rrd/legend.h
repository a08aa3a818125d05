/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The lines of text below the plot. */

#include "daemon/rrd/librrd.h"
#include "rrd/graph.h"

/* Add the legend of everything that is drawn, and the notes.  is_cut: values before 1980 are
 * missing. */
void legend_add(const struct rrd_graph *graph, bool is_cut, struct words *words);
