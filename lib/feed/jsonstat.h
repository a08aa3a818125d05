/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The parts of a JSON-stat data set, found and checked. */

#include "feed/cube.h"
#include "feed/json_hole.h"

struct feed_jsonstat_dim {
	struct span *codes; /* by position, `size` of them */
	size_t size;
	const json_t *labels, *units; /* by code; may be NULL */
};

struct feed_jsonstat {
	const json_t *dataset;
	struct span path; /* pointer to the data set */
	struct feed_cube cube;
	struct feed_jsonstat_dim dims[FEED_CUBE_DIMS_MAX]; /* cube.count of them */
	size_t cells;					   /* product of all sizes */
	const json_t *values;				   /* a list or an object */
	const json_t *status;				  /* a text, a list or an object; or NULL */
	const struct feed_hole *value_hole, *status_hole; /* what `values` and `status` stand for */
	struct text names; /* where `path` is kept when it was found */
};

#define AUTO_FEED_JSONSTAT AUTO(feed_jsonstat_done)

/* Find the data set and take it apart. *jsonstat is zeroed by the caller and borrows from `top` and
 * `holes`. */
MUST_CHECK bool feed_jsonstat_open(struct feed_source *source, const json_t *top,
				   const struct feed_holes *holes, struct feed_jsonstat *jsonstat,
				   struct error *err);

/* Frees the codes. */
void feed_jsonstat_done(struct feed_jsonstat *jsonstat);
