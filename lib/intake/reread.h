/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Documents that are taken in out of the archive instead of from the network: one that was held
 * back and is accepted, and the last good one of a feed that is read differently now. */

#include "intake/document.h"

/* Take in the documents that are held back of this feed, as they came, on the actor's word; the
 * event "accept" says what was different.  ERROR_NOT_FOUND when nothing is held back, or they are
 * no longer in the archive; ERROR_INPUT when the feed's settings cannot read them. */
MUST_CHECK bool reread_accept(const struct intake *intake, const char *feed,
			      struct feed_intake_counts *ret, struct error *err);
