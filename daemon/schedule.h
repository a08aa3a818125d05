/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* When a feed is polled next.  Times are unix seconds, handed in. */

#include "base/zone.h"
#include "config/config.h"
#include "ledger/feed_state.h"

/* After a success at `now`: one interval on, moved within the feed's jitter.  On days of release
 * the interval is that of release, and the first of them that comes before is not missed.  The zone
 * says when days begin; it is looked at only with days of release. */
int64_t schedule_after_success(const struct config_feed *feed, const struct zone *zone,
			       int64_t now);

/* After `failures` in a row: back-off within the feed's cap, and not before the host wants
 * (retry_after_s, 0: nothing said; at most FETCH_RETRY_AFTER_MAX_S). */
int64_t schedule_after_failure(const struct config_feed *feed, int failures, int64_t retry_after_s,
			       int64_t now);

/* At start or after a reload: what was planned, but never later than the interval in force asks
 * for (after failures, than the cap or a host may), and at once for a feed that was never polled or
 * whose plan lies impossibly far ahead (the clock jumped). */
int64_t schedule_resume(const struct config_feed *feed, const struct zone *zone,
			const struct feed_state *state, int64_t now);
