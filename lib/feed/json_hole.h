/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The lists of a cube's cells, which are nearly all of its document, are read where they stand.
 * Only what is around them becomes a tree, with a hole for each list: the list of one text that no
 * document writes.  All of the document is checked before the first cell is given away. */

#include <jansson.h>

#include "feed/source.h"

enum { FEED_HOLES_MAX = 16 };

/* Which members are lists of cells. */
struct feed_hole_rules {
	const char *names[2]; /* of the members; NULL: there is no second */
	bool is_at_records;   /* they are in the object at `records`, or, when that is empty, at the
			       * top or in a member of the top; else they are at the top */
	bool has_rows; /* a list of anything; else a list of texts, numbers and words, or such
			* an object whose names are whole numbers, each more than the last */
};

struct feed_hole {
	struct span bytes; /* in the document, with its brackets */
	bool is_object;
	size_t count; /* of values */
	size_t last;  /* the name of an object's last value, or its place in a list */
};

struct feed_holes {
	struct feed_hole items[FEED_HOLES_MAX];
	size_t count;
};

/* A way over the values of one hole. */
struct feed_hole_cursor {
	const char *at;
	bool is_object;
	bool is_begun;
	size_t offset;	   /* of the value at hand: its place, or its name in an object */
	struct span value; /* its JSON */
};

/* The hole that this value of the tree stands for, or NULL. */
const struct feed_hole *feed_hole_find(const struct feed_holes *holes, const json_t *value);

/* In front of the first value. */
struct feed_hole_cursor feed_hole_begin(const struct feed_hole *hole);

/* Go to the next value; false behind the last one. */
bool feed_hole_next(struct feed_hole_cursor *cursor);

/* Go forward to the value with this offset; false when there is none. */
bool feed_hole_seek(struct feed_hole_cursor *cursor, size_t offset);

/* The value at hand as a tree of its own, for the caller to json_decref(); NULL without memory. */
MUST_CHECK json_t *feed_hole_value(const struct feed_hole_cursor *cursor);

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
