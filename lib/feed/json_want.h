/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which members of a record a plan reads: its pointers as a tree of names. */

#include "feed/plan.h"

enum {
	FEED_WANTS_MAX = 4096,	   /* names in the tree */
	FEED_WANT_INDEX_MAX = 255, /* of an element of an array */
	FEED_WANT_NONE = -1,
};

struct feed_want {
	struct span name; /* of the member, borrowed from the plan; a number for an element, too */
	long index;	  /* the same as a number, or FEED_WANT_NONE */
	long child, next; /* the first below and the next beside it, or FEED_WANT_NONE */
	long slot;	  /* the number of the pointer that ends here, or FEED_WANT_NONE */
};

struct feed_wants {
	struct feed_want *items; /* 0 is the record */
	size_t count, room;
	size_t slots;  /* pointers, each once */
	bool is_plain; /* no pointer goes on behind another */
};

/* Collect the pointers of a plan, and number them: piece->column of a FEED_PIECE_POINTER becomes
 * its slot.  With `expand` the list and what is beside it in the outermost record are wanted.
 * *ret_able: false when the tree cannot hold them.  The wants are zeroed by the caller. */
MUST_CHECK bool feed_wants_collect(struct feed_wants *wants, struct feed_plan *plan, bool *ret_able,
				   struct error *err);

/* The member of this name or the element with this number below a want, or FEED_WANT_NONE. */
long feed_wants_member(const struct feed_wants *wants, long at, struct span name);
long feed_wants_element(const struct feed_wants *wants, long at, size_t index);

/* Frees the tree. */
void feed_wants_done(struct feed_wants *wants);

/* Does one pointer lead to the other, or into it? */
bool feed_pointers_meet(struct span a, struct span b);
