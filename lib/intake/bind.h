/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* From a record's texts to ids: which indicator, breakdown and area it is about. */

#include "config/config.h"
#include "feed/feed.h"
#include "intake/intake.h"

struct bound {
	const struct indicator *indicator;
	const struct area *area;
	char breakdown[BREAKDOWN_BYTES];
	struct observation obs; /* series and load are 0 */
};

enum bind_result {
	BIND_DONE,
	BIND_IGNORED, /* the feed says that such records are not wanted */
	BIND_REFUSED, /* `why` says why */
	BIND_NO_MEMORY,
};

/* Bind one record of the feed.  `why` has room for FEED_WHY_BYTES.  What is refused for its value,
 * unit or time is still about a series and period of ours: then *ret has these; otherwise ret->area
 * is NULL. */
enum bind_result bind_record(const struct intake *intake, const struct config_feed *feed,
			     const struct feed_record *record, struct bound *ret,
			     char why[FEED_WHY_BYTES]);
