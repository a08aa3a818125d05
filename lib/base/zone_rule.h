/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The POSIX TZ rule at the end of a TZif file, the inside of base/zone.h. */

#include "base/text.h"
#include "base/zone.h"

enum zone_day_kind {
	ZONE_DAY_MONTH_WEEK, /* Mm.w.d */
	ZONE_DAY_JULIAN,     /* Jn: 1..365, 29 February is not counted */
	ZONE_DAY_ZERO_BASED, /* n: 0..365 */
};

/* When in a year the offset changes. */
struct zone_change {
	enum zone_day_kind kind;
	int month, week, weekday; /* Sunday is 0; week 5 is the last */
	int day;
	int32_t second; /* of that day by the clock before the change, -167 to 167 hours */
};

/* All zeros: UTC. */
struct zone_rule {
	int32_t standard_s, summer_s; /* to add to UTC */
	bool has_summer;
	struct zone_change begins, ends; /* of summer time */
};

/* Read "CET-1CEST,M3.5.0,M10.5.0/3".  *ret only on success. */
MUST_CHECK bool zone_rule_parse(struct span text, struct zone_rule *ret);

/* Seconds to add to UTC at this instant. */
int32_t zone_rule_offset_s(const struct zone_rule *rule, int64_t at);
