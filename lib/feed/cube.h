/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What formats have in common whose records are cells of a cube: a code for each dimension, and
 * beside them a value, a status and more.  Fields are names:
 *   geo         the code of the dimension `geo`
 *   geo@label   what the document calls it
 *   OBS_STATUS  an attribute, where the format has such; OBS_STATUS@label is its name
 *   @area       the code of the dimension that the document calls geographic
 *   @period     the same for time
 *   @others     the codes of all dimensions that the fields area and period do not name, in the
 *               document's order, separated by '/'
 *   @value @status @unit @updated
 *   @multiplier the power of ten in which a JSON-stat category says that its values are */

#include <jansson.h>

#include "feed/source.h"

enum { FEED_CUBE_DIMS_MAX = 64, FEED_CUBE_EXTRAS_MAX = 64 };

/* For struct feed_format: the names above. */
extern const char *const feed_cube_fields[FEED_SLOTS];
/* How offices with JSON-stat and PX-Web write periods, where that can be nothing else. */
extern const char *const feed_cube_patterns[];

/* Which dimension has a role: its index, or one of these. */
enum { FEED_CUBE_NONE = -1, FEED_CUBE_SEVERAL = -2 };

struct feed_cube {
	struct span ids[FEED_CUBE_DIMS_MAX]; /* borrowed */
	size_t count;
	struct span extras[FEED_CUBE_EXTRAS_MAX]; /* names of attributes */
	size_t extra_count;
	int area, time;
	bool is_named[FEED_CUBE_DIMS_MAX]; /* by the fields area and period */
};

/* One cell; what is not there is empty or NULL. */
struct feed_cube_record {
	struct feed_cells cells; /* .read is feed_cube_read */
	const struct feed_cube *cube;
	struct span codes[FEED_CUBE_DIMS_MAX];
	const json_t *labels[FEED_CUBE_DIMS_MAX];
	const json_t *extras[FEED_CUBE_EXTRAS_MAX];
	const json_t *extra_labels[FEED_CUBE_EXTRAS_MAX];
	const json_t *value, *status, *unit, *updated, *multiplier;
};

/* Add a dimension, an attribute.  FEED_CAUSE_LIMIT beyond the ceilings above. */
MUST_CHECK bool feed_cube_add(struct feed_source *source, struct feed_cube *cube, struct span id,
			      struct error *err);
MUST_CHECK bool feed_cube_add_extra(struct feed_source *source, struct feed_cube *cube,
				    struct span id, struct error *err);

/* Note that the dimension has the role (&cube->area or &cube->time). */
void feed_cube_set_role(int *role, size_t dim);

/* Find what the plan's fields name.  FEED_CAUSE_SHAPE when something is not there. */
MUST_CHECK bool feed_cube_bind(struct feed_source *source, struct feed_cube *cube,
			       struct error *err);

/* See struct feed_cells. */
MUST_CHECK bool feed_cube_read(const struct feed_cells *cells, const struct feed_piece *piece,
			       struct text *scratch, struct feed_cell *ret, struct error *err);
