/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: one total of one period, from the figures that were gathered. */

#include "judge/gather.h"
#include "obs/origin.h"

/* How the total of one period is made, and of whom. */
struct making {
	const struct gathering *gathering;
	struct total_rule rule;
	bool is_origin; /* of the areas that went into it, not of members */
	struct origin origin;
	size_t at_period;
	int32_t day;	     /* the last of the period */
	int32_t members_day; /* the day whose members count: later than `day` before the group began
			      */
};

/* Can there be a total of this period (its place), and of whom? */
bool making_begin(const struct gathering *gathering, size_t at_period, struct making *ret);

/* Make it; `shares` (may be NULL) has room for twice all areas.  How many areas have a figure. */
size_t making_finish(const struct making *making, struct total_shares *shares, struct total *ret);
