/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The lists of a cube's cells, which are nearly all of its document, are read where they stand.
 * Only what is around them becomes a tree, with a hole for each list: the list of one text that no
 * document writes.  All of the document is checked before the first cell is given away. */

#include <jansson.h>

#include "feed/json_cursor.h"
#include "feed/source.h"

enum { FEED_HOLES_MAX = 16 };

/* Which members are lists of cells. */
struct feed_hole_rules {
	const char *names[2]; /* of the members; NULL: there is no second */
	/* Pointers to the objects that they are in, "*" for any member or place; all NULL: at the
	 * top. */
	const char *places[2];
	bool is_at_records; /* instead of that: in the object at `records`, or, when that is empty,
			     * at the top or in a member of the top */
	bool has_rows;	    /* a list of anything; else a list of texts, numbers and words, or such
			     * an object whose names are whole numbers, each more than the last */
	bool has_names;	    /* instead of that: an object of anything */
};

struct feed_holes {
	struct feed_hole items[FEED_HOLES_MAX];
	size_t count;
};

/* The hole that this value of the tree stands for, or NULL. */
const struct feed_hole *feed_hole_find(const struct feed_holes *holes, const json_t *value);

/* What a format makes of a document before it offers the first cell.  It may be called twice. */
struct feed_hole_opener {
	MUST_CHECK bool (*open)(void *self, json_t *top, const struct feed_holes *holes,
				struct error *err);
	void *self;
};

/* Make a tree with holes and open it.  Where that cannot be done, or the format finds something
 * wrong, it is done with a tree of all of the document, so that every message is about that.
 * *ret_top is for the caller to json_decref(), also on failure. */
MUST_CHECK bool feed_hole_open(struct feed_source *source, const struct feed_hole_rules *rules,
			       const struct feed_hole_opener *opener, struct feed_holes *holes,
			       json_t **ret_top, struct error *err);
