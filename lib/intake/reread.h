/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Documents that are taken in out of the archive instead of from the network: one that was held
 * back and is accepted, and the last good one of a feed that is read differently now. */

#include "intake/document.h"
#include "ledger/feed_document.h"

/* Take in the documents that are held back of this feed, as they came, on the actor's word; the
 * event "accept" says what was different.  ERROR_NOT_FOUND when nothing is held back, or they are
 * no longer in the archive; ERROR_INPUT when the feed's settings cannot read them. */
MUST_CHECK bool reread_accept(const struct intake *intake, const char *feed,
			      struct feed_intake_counts *ret, struct error *err);

/* Is the feed read differently than when its last good document came, and asked for in the same
 * way? */
MUST_CHECK bool reread_is_due(const struct intake *intake, const struct config_feed *feed,
			      const struct feed_good *good, bool *ret, struct error *err);

struct reread_order {
	const struct intake *intake;
	const struct config_feed *feed;
	const struct catalogue *catalogue; /* with which it was read before; NULL: the present one
					    */
};

/* Read the last good document of the feed again with its present settings, as one load of kind
 * "replay": what they read differently is corrected, what only the settings of before gave is
 * withdrawn, with the known days of the rows that are corrected.  What others put over rows of the
 * feed stays, and so do rows from documents before the last one.  ERROR_NOT_FOUND when there is no
 * such document; ERROR_INPUT when the settings cannot read it: then nothing changes. */
MUST_CHECK bool reread_replay(const struct reread_order *order, struct feed_intake_counts *ret,
			      struct error *err);
