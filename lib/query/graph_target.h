/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The target in a picture. */

#include "query/graph.h"

/* What the picture is made from. */
struct graph_scene {
	const struct query *query;
	const struct query_series *asked;
	const struct judged_series *series;
};

/* Level, path, projection and due period of the target with this id; NULL: of the one in force that
 * is due last.  Nothing when there is none. */
MUST_CHECK bool graph_add_target(const struct graph_scene *scene, const char *id,
				 struct query_graph *ret, struct error *err);

/* Keep a text until the picture is done; returns it.  Failure is sticky. */
const char *query_graph_keep(struct query_graph *graph, struct text *text);
