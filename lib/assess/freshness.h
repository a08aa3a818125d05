/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How old is what a series has? */

#include "assess/standing.h"

enum freshness {
	FRESH,		   /* the period after the last reported one has not ended */
	FRESHNESS_DUE,	   /* it has ended, its release lag runs */
	FRESHNESS_OVERDUE, /* the lag has passed */
	FRESHNESS_NONE,	   /* nothing usable was ever reported */
};

/* Freshness of a series on a day: by its last usable reporting period, its frequency and its
 * release lag.  *ret_overdue_periods: how many whole periods beyond the last one ought to be in, 0
 * unless overdue. */
enum freshness assess_freshness(const struct indicator *indicator, const struct standing *standing,
				int32_t today, int *ret_overdue_periods);

/* The same by the first day of that period; DAY_NONE: there is none. */
enum freshness freshness_since(const struct indicator *indicator, int32_t last_from, int32_t today,
			       int *ret_overdue_periods);

/* "fresh", "due", "overdue", "none". */
const char *freshness_name(enum freshness freshness);
