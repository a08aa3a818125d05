/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How the documents of a run were got, and what is kept of a run that failed. */

#include "intake/intake.h"
#include "ledger/feed_state.h"

/* How the documents were got, for the log of fetches. */
struct feed_got {
	const char *url; /* as shown: keys unfilled */
	int http_status;
	int64_t bytes, duration_ms;
};

/* The run failed, before or while it was read: keep `state` and a line in the log of fetches, whose
 * number is *ret_fetch; in the caller's transaction. */
MUST_CHECK bool feed_failure_put(const struct intake *intake, const struct feed_got *got,
				 const struct feed_state *state, int64_t *ret_fetch,
				 struct error *err);
