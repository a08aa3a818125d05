/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One document while it is read: what every format's reader works with. */

#include "feed/plan.h"

enum { FEED_SCRATCH_BYTES = 64 << 10 };

struct feed_source {
	struct feed_plan *plan;
	struct span document; /* without byte order mark and padding */
	const struct feed_sink *sink;
	struct feed_page *page;
	bool wants_tree;   /* of the whole document, whatever it is */
	bool is_deleted;   /* the record at hand */
	struct text place; /* where it stands, while that is printed */
	struct text scratch[FEED_SLOTS + FEED_DIMS_MAX]; /* texts of the record at hand */
};

/* Fail the document: say why in page->cause, unless that is said already, and in err.  Always
 * false. */
bool feed_fail(struct feed_source *source, enum feed_cause cause, struct error *err,
	       const char *fmt, ...) PRINTF_LIKE(4, 5);

/* Give page->cause to a failure that err has already.  Always false. */
bool feed_fail_as(struct feed_source *source, enum feed_cause cause);

/* Read one record and hand it to the sink: taken, refused with its reason, or passed over by a
 * filter.  false only when the document fails. */
MUST_CHECK bool feed_record_offer(struct feed_source *source, const struct feed_cells *cells,
				  struct error *err);

/* Count a record that is not wanted. */
MUST_CHECK bool feed_record_pass(struct feed_source *source, struct error *err);

/* The same for one that the source deletes: passed over, or a missing value, as the mapping says.
 */
MUST_CHECK bool feed_record_delete(struct feed_source *source, const struct feed_cells *cells,
				   struct error *err);

/* Refuse it for a reason outside its fields. */
MUST_CHECK bool feed_record_refuse(struct feed_source *source, const struct feed_cells *cells,
				   const char *why, struct error *err);

/* Frees the scratch texts; the rest is borrowed. */
void feed_source_done(struct feed_source *source);

#define AUTO_FEED_SOURCE AUTO(feed_source_done)
