/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/failure.h"

#include "ledger/fetch_log.h"

bool feed_failure_note(const struct intake *intake, const struct feed_got *got,
		       const struct feed_state *state, int64_t *ret_fetch, struct error *err)
{
	struct ledger *ledger = intake->apply.ledger;
	int64_t id = 0;
	const struct fetch_row row = {
		.at = intake->apply.now,
		.feed = state->feed,
		.outcome = "failed",
		.cause = state->cause,
		.text = state->error,
		.url = got->url,
		.http_status = got->http_status,
		.bytes = got->bytes,
		.duration_ms = got->duration_ms,
	};
	bool done = ledger_begin(ledger, err) && fetch_append(ledger, &row, &id, err) &&
		    feed_state_put(ledger, state, err) && ledger_commit(ledger, err);
	if (!done) {
		ledger_rollback(ledger);
		return false;
	}
	*ret_fetch = id;
	return true;
}
