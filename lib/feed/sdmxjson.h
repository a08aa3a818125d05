/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The structure of an SDMX-JSON message: its dimensions and attributes, where each has its place in
 * a key or a list. */

#include "feed/cube.h"

enum feed_sdmx_level {
	FEED_SDMX_DATASET,
	FEED_SDMX_SERIES,
	FEED_SDMX_OBSERVATION,
	FEED_SDMX_LEVELS
};

/* What stands at the positions of one level. */
struct feed_sdmx_places {
	const json_t *values[FEED_CUBE_DIMS_MAX]; /* of the component at this position */
	size_t targets[FEED_CUBE_DIMS_MAX];	  /* its dimension or extra in the cube */
	size_t count;
};

struct feed_sdmx {
	const json_t *datasets; /* a list */
	const char *path;	/* pointer to it */
	const json_t *only;	/* the data set that is meant; NULL: all */
	struct feed_cube cube;
	struct feed_sdmx_places dims[FEED_SDMX_LEVELS];
	struct feed_sdmx_places attributes[FEED_SDMX_LEVELS];
	struct feed_sdmx_places groups;	  /* attributes of groups of dimensions */
	struct feed_sdmx_places measures; /* of an observation, without the first */
	size_t status, unit;		  /* extras; beyond the last one: there is none */
	size_t unit_dim;		  /* the dimension UNIT_MEASURE, the same */
};

/* Find and check them. *sdmx is zeroed by the caller and borrows from `top`. */
MUST_CHECK bool feed_sdmx_open(struct feed_source *source, const json_t *top,
			       struct feed_sdmx *sdmx, struct error *err);

/* Is the data set to be read? */
bool feed_sdmx_is_meant(const struct feed_sdmx *sdmx, const json_t *dataset);

/* The text by which a value of a dimension or attribute goes: its id, else its value, its start or
 * its name; NULL when there is none. */
const json_t *feed_sdmx_code(const json_t *value);
