/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/schedule.h"

#include "fetch/backoff.h"

enum { MS = 1000, BACKOFF_BASE_S = 60, BACKOFF_JITTER_PERCENT = 20 };

int64_t schedule_after_success(const struct config_feed *feed, int64_t now)
{
	int64_t spread_ms = backoff_spread_ms((int64_t)feed->jitter_s * MS,
					      backoff_seed(feed->id, (uint64_t)now));
	return now + feed->every_s + spread_ms / MS;
}

int64_t schedule_after_failure(const struct config_feed *feed, int failures, int64_t retry_after_s,
			       int64_t now)
{
	const struct backoff_rule rule = {
		.base_ms =
			(int64_t)(feed->every_s < BACKOFF_BASE_S ? feed->every_s : BACKOFF_BASE_S) *
			MS,
		.cap_ms = (int64_t)feed->retry_cap_s * MS,
		.jitter_percent = BACKOFF_JITTER_PERCENT,
	};
	int64_t wait_ms = backoff_wait_ms(&rule, failures, retry_after_s * MS,
					  backoff_seed(feed->id, (uint64_t)failures));
	return now + (wait_ms + MS - 1) / MS;
}

int64_t schedule_resume(const struct config_feed *feed, const struct feed_state *state, int64_t now)
{
	if (state->last_try == 0 || state->last_try > now)
		return now;
	int64_t latest = state->last_try + feed->every_s + feed->jitter_s;
	int64_t longest =
		feed->retry_cap_s > feed->every_s ? state->last_try + feed->retry_cap_s : latest;
	int64_t bound = state->failures > 0 ? longest : latest;
	return state->next_due < bound ? state->next_due : bound;
}
