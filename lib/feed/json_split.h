/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Reads a document that is a list of records with little around it while it comes, in memory that
 * does not follow its size.  Records are cut out and offered one by one; what stands around the
 * list is kept as a document of its own, whose list is empty. */

#include "feed/source.h"

enum { FEED_SPLIT_AROUND_BYTES = 256 << 10 };

enum feed_split_answer {
	FEED_SPLIT_ON,
	FEED_SPLIT_UNUSUAL, /* a tree of the whole document is needed */
	FEED_SPLIT_AGAIN,   /* the same once more: what the records need stands behind them */
	FEED_SPLIT_FAILED,
};

struct feed_split;

#define AUTO_FEED_SPLIT AUTO(feed_split_free)

/* For one document.  *ret stays NULL when the plan cannot be read in this way. */
MUST_CHECK bool feed_split_new(struct feed_source *source, struct feed_split **ret,
			       struct error *err);

/* Frees *slot, which may be NULL, and makes it NULL. */
void feed_split_free(struct feed_split **slot);

/* The next bytes.  After another answer than FEED_SPLIT_ON nothing more is pushed. */
MUST_CHECK enum feed_split_answer feed_split_push(struct feed_split *split, struct span piece,
						  struct error *err);

/* The end.  FEED_SPLIT_ON: the document was read. */
MUST_CHECK enum feed_split_answer feed_split_end(struct feed_split *split, struct error *err);
