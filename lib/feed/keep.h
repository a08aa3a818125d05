/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Records of a run that are kept until all of it is there, texts and all. */

#include "feed/feed.h"

enum {
	FEED_KEPT_MAX = 500000,		 /* records */
	FEED_KEPT_MAX_BYTES = 256 << 20, /* of their texts */
};

struct feed_kept {
	struct span area, series, period_text, value, status, unit, published, version, place;
	struct span *dims;
	size_t dim_count;
	struct period period;
	struct span divided_by; /* of a ratio: what stood there for the denominator */
	bool is_missing, is_break, has_parts;
	struct number number;
	double numerator, denominator;
	enum obs_status status_parsed;
	enum obs_qualifier qualifier;
	size_t order; /* in which they came */
	bool is_gone; /* it is not handed on */
};

struct feed_chunk;

struct feed_keep {
	struct feed_kept **items;
	size_t count, room;
	struct feed_chunk *chunks;
	size_t bytes;
};

/* Add a copy.  ERROR_LIMIT beyond the ceilings above. */
MUST_CHECK bool feed_keep_add(struct feed_keep *keep, const struct feed_record *record,
			      struct error *err);

/* Add one that was made of others: its texts are borrowed from theirs, and its value becomes "A /
 * B" where it was divided. */
MUST_CHECK bool feed_keep_make(struct feed_keep *keep, const struct feed_kept *made,
			       struct error *err);

/* As a sink takes it; borrows from what is kept. */
void feed_kept_record(const struct feed_kept *kept, struct feed_record *ret);

/* Order by area and dimensions; by these and the period; by series and these. */
int feed_kept_compare_area(const struct feed_kept *a, const struct feed_kept *b);
int feed_kept_compare_place(const struct feed_kept *a, const struct feed_kept *b);
int feed_kept_compare_key(const struct feed_kept *a, const struct feed_kept *b);

/* Order of texts by their bytes. */
int feed_kept_compare_text(struct span a, struct span b);

/* Frees everything. */
void feed_keep_done(struct feed_keep *keep);
