/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/schedule.h"

#include "config/release.h"
#include "fetch/backoff.h"
#include "fetch/fetch.h"

enum { MS = 1000, BACKOFF_BASE_S = 60, BACKOFF_JITTER_PERCENT = 20, DAY_S = 86400 };

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t midnight_of(const struct zone *zone, int32_t day)
{
	int64_t at = (int64_t)day * DAY_S;
	return at - zone_offset_s(zone, at - zone_offset_s(zone, at));
}

/* One interval on without jitter, or the beginning of a release before that. */
static int64_t next_time(const struct config_feed *feed, const struct zone *zone, int64_t now)
{
	int64_t due = now + feed->every_s;
	if (feed->release.count == 0)
		return due;
	int32_t today = zone_day(zone, now);
	if (release_has(&feed->release, today))
		return now + feed->release_every_s;
	for (int32_t day = today + 1; midnight_of(zone, day) < due; day++)
		if (release_has(&feed->release, day))
			return midnight_of(zone, day);
	return due;
}

int64_t schedule_after_success(const struct config_feed *feed, const struct zone *zone, int64_t now)
{
	int64_t spread_ms = backoff_spread_ms((int64_t)feed->jitter_s * MS,
					      backoff_seed(feed->id, (uint64_t)now));
	return next_time(feed, zone, now) + spread_ms / MS;
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

int64_t schedule_resume(const struct config_feed *feed, const struct zone *zone,
			const struct feed_state *state, int64_t now)
{
	if (state->last_try == 0 || state->last_try > now)
		return now;
	int64_t bound = next_time(feed, zone, state->last_try) + feed->jitter_s;
	if (state->failures > 0) {
		bound = later(bound, state->last_try + feed->retry_cap_s);
		bound = later(bound, state->last_try + FETCH_RETRY_AFTER_MAX_S);
	}
	return state->next_due < bound ? state->next_due : bound;
}
