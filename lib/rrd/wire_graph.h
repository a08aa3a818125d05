/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The lines KEY=VALUE that describe a picture on the wire. */

#include "rrd/wire.h"

/* One line for everything that is set. */
MUST_CHECK bool rrd_wire_write_graph_lines(struct text *out, const struct rrd_graph *graph,
					   struct error *err);

/* Read one line (NUL-terminated, changed while reading, borrowed by the graph) into the request. */
MUST_CHECK bool rrd_wire_read_graph_line(char *line, struct rrd_request *request,
					 struct error *err);
