/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One record that was cut out of a document: the members that the plan reads, as they are written.
 * Texts and numbers are read where they stand; whatever needs a tree gets a small one. */

#include <jansson.h>

#include "feed/json_walk.h"
#include "feed/json_want.h"
#include "feed/source.h"

enum { FEED_CUT_BYTES = 1 << 20 }; /* of a record that is cut out */

/* Where the member stands in the record's bytes. */
struct feed_cut_part {
	enum feed_walk_kind kind; /* FEED_WALK_NONE: it is not there */
	bool has_escapes;
	size_t start, len;
};

struct feed_cut {
	struct feed_cells cells; /* first */
	struct feed_source *source;
	struct feed_wants wants;
	struct text bytes;
	struct feed_cut_part *parts; /* by slot */
	unsigned char *kinds; /* by want: FEED_WALK_OBJECT or _ARRAY where something is in it */
	size_t index;	      /* of the record in its list */
	const json_t *top;    /* see feed_cut_set_top */
	struct text tree;
	const struct feed_piece
		*known; /* the first piece that is read at the top, and what it is */
	const json_t *known_value;
};

/* A cut for records of this source; *ret_able: false when its plan's pointers are unusual.  The cut
 * is zeroed by the caller. */
MUST_CHECK bool feed_cut_init(struct feed_cut *cut, struct feed_source *source, bool *ret_able,
			      struct error *err);

/* Frees what it holds. */
void feed_cut_done(struct feed_cut *cut);

/* The document as far as the plan reads something at its top; borrowed. */
void feed_cut_set_top(struct feed_cut *cut, const json_t *top);

/* Forget the last record. */
void feed_cut_clear(struct feed_cut *cut);

/* Offer the record. */
MUST_CHECK bool feed_cut_offer(struct feed_cut *cut, struct error *err);
