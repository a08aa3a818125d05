/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The records of a run that were refused, with their places and reasons. */

#include "feed/feed.h"
#include "intake/intake.h"
#include "ledger/stage.h"

enum { FEED_REFUSALS_KEPT = 10000 }; /* of one run; the rest is only counted */

struct refusals {
	struct feed_refusal *items;
	size_t count, room;
};

/* Free what it holds. */
void refusals_done(struct refusals *refusals);

/* Keep one; beyond FEED_REFUSALS_KEPT it is passed over. */
MUST_CHECK bool refusals_keep(struct refusals *refusals, const struct feed_refusal *refusal,
			      struct error *err);

/* Keep a record that could be read and is not wanted as it is. */
MUST_CHECK bool refusals_keep_record(struct refusals *refusals, const struct feed_record *record,
				     const char *why, struct error *err);

/* Keep a row whose key is there twice. */
MUST_CHECK bool refusals_keep_duplicate(struct refusals *refusals,
					const struct stage_duplicate *duplicate, struct error *err);

/* Put them into the ledger, for this line of the log of fetches; in the caller's transaction. */
MUST_CHECK bool refusals_append(const struct refusals *refusals, const struct intake *intake,
				const char *feed, int64_t fetch, struct error *err);
