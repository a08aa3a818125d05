/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What can only be said of the records of a whole run: which version of a value is the newest,
 * which period is, and what two series make together.  A mapping that wants none of this costs
 * nothing: records go straight on. */

#include "feed/keep.h"
#include "feed/run.h"

struct feed_pick {
	const struct feed_mapping *mapping;
	struct feed_sink to;
	struct feed_keep kept;
	bool is_needed;
};

struct feed_pick_counts {
	size_t made;	 /* ratios handed on */
	size_t refused;	 /* ratios that cannot be made */
	size_t consumed; /* records that were not handed on */
};

#define AUTO_FEED_PICK AUTO(feed_pick_done)

/* Begin: whatever feed_pick_sink() takes goes to `to`, at once or at the end.  Mapping and `to`'s
 * self outlive it. */
void feed_pick_begin(struct feed_pick *pick, const struct feed_mapping *mapping,
		     const struct feed_sink *to);

/* The sink for the documents of the run; borrows the pick, which must not move. */
struct feed_sink feed_pick_sink(struct feed_pick *pick);

/* All documents are there: hand on what was kept, in the order in which it came. */
MUST_CHECK bool feed_pick_end(struct feed_pick *pick, struct feed_pick_counts *ret,
			      struct error *err);

/* Count them in the run, as if its documents had held what was handed on. */
void feed_pick_count(const struct feed_pick_counts *counts, struct feed_run *run);

/* Frees what was kept. */
void feed_pick_done(struct feed_pick *pick);
