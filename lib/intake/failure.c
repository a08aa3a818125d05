/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/failure.h"

#include "ledger/fetch_log.h"

bool feed_failure_put(const struct intake *intake, const struct feed_got *got,
		      const struct feed_state *state, int64_t *ret_fetch, struct error *err)
{
	struct ledger *ledger = intake->apply.ledger;
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
	return fetch_append(ledger, &row, ret_fetch, err) && feed_state_put(ledger, state, err);
}
