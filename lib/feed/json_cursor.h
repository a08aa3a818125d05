/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A way over the values of a list or object that is JSON in memory, found whole by a walk. */

#include <jansson.h>

#include "base/text.h"

struct feed_hole {
	struct span bytes; /* in the document, with its brackets */
	bool is_object;
	bool has_names; /* of any kind; else the names of an object are whole numbers */
	size_t count;	/* of values */
	size_t last;	/* the name of an object's last value, or its place in a list */
};

struct feed_hole_cursor {
	const char *at;
	bool is_object;
	bool has_names;
	bool is_begun;
	size_t offset;	   /* of the value at hand: its place, or its name when that is a number */
	struct span name;  /* in an object */
	struct span value; /* its JSON */
};

/* In front of the first value. */
struct feed_hole_cursor feed_hole_begin(const struct feed_hole *hole);

/* Go to the next value; false behind the last one. */
bool feed_hole_next(struct feed_hole_cursor *cursor);

/* Go forward to the value with this offset; false when there is none. */
bool feed_hole_seek(struct feed_hole_cursor *cursor, size_t offset);

/* The value at hand as a tree of its own, for the caller to json_decref(); NULL without memory. */
MUST_CHECK json_t *feed_hole_value(const struct feed_hole_cursor *cursor);

/* Is no name in it twice?  Takes five bytes of memory for each; false also when there
 * are none. */
MUST_CHECK bool feed_hole_names_once(const struct feed_hole *hole);
