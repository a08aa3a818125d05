/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the documents of a run look like, noted while they are read, and how that differs from what
 * the last good ones looked like. */

#include "config/config.h"
#include "feed/feed.h"
#include "ledger/feed_document.h"

struct shape {
	struct feed_look look;
	size_t units_len;
	size_t next_unit; /* where the next series probably stands: they come in turns */
	bool has_many_units;
	char unread[FEED_UNREAD_BYTES]; /* of the last document, see feed/feed.h */
};

/* Note one record, and what a document said beside its records. */
void shape_note_record(struct shape *shape, const struct feed_record *record);
void shape_note_page(struct shape *shape, const struct feed_page *page);

/* The fields that the mapping names, that may be missing, and that no record had: perhaps a slip.
 * None of cubes, whose cells have no members.  Returns how many. */
size_t shape_unseen(const struct shape *shape, const struct feed_mapping *mapping,
		    enum feed_slot ret[FEED_SLOTS]);

struct shape_question {
	const struct config_feed *feed;
	const struct feed_look *before, *now;
	bool is_same_mapping; /* otherwise what is mapped and its units cannot be compared */
};

/* Is it so different that somebody should look at it?  `why` then says in which ways, as `hold` of
 * the feed has it. */
bool shape_differs(const struct shape_question *question, char why[FEED_HELD_WHY_BYTES]);
