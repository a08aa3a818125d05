/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A document that looks different from the last good one is held back: it stays in the archive,
 * nothing is taken from it, and somebody is told what changed.  A later one that looks right, or
 * somebody who accepts it, ends that. */

#include "intake/failure.h"
#include "intake/shape.h"
#include "ledger/feed_state.h"

/* The word in feed_state.cause, and the outcome in the log of fetches. */
#define HOLD_CAUSE "held"

/* The documents of a run that has been read to its end. */
struct hold_case {
	const struct intake *intake;
	const struct config_feed *feed;
	struct sha256 document, section, settings;
	const struct feed_look *look;
	int64_t received; /* unix seconds */
};

/* Has it to be held back?  `why` then says what changed. */
MUST_CHECK bool hold_is_needed(const struct hold_case *subject, bool *ret,
			       char why[FEED_HELD_WHY_BYTES], struct error *err);

/* Hold it back, in the caller's transaction: *state becomes what was remembered before, with
 * `cause`, `error` and the times and validators of this run.  *ret_fetch is the line in the log of
 * fetches; 0 when this very document is held back already. */
MUST_CHECK bool hold_back(const struct hold_case *subject, const struct feed_got *got,
			  const char *why, struct feed_state *state, int64_t *ret_fetch,
			  struct error *err);

/* What a feed's state says while a document is held back. */
void hold_note_state(const char *why, struct feed_state *state);

/* It was taken in: from now on others are compared with it, and nothing is held back. */
MUST_CHECK bool hold_note_good(const struct hold_case *subject, struct error *err);

/* The same of what was held back and is accepted, with an event that says by whom. */
MUST_CHECK bool hold_note_accepted(const struct hold_case *subject, struct error *err);

/* The last good document came again: nothing is held back any more.  In a transaction of its own.
 */
MUST_CHECK bool hold_end(const struct intake *intake, const char *feed, struct error *err);

/* How the feed is asked for, as a hash: documents of another request are not compared, and not read
 * again in place of one. */
MUST_CHECK bool hold_request(const struct config_feed *feed, struct sha256 *ret, struct error *err);
