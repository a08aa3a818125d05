/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* From what the groups of a period pattern found to the period. */

#include <stddef.h>

#include "feed/mapping.h"
#include "obs/period.h"

/* What was found; 0 where there was nothing. */
struct feed_period_parts {
	int year, month, quarter, half, week, day;
	int next_year, next_yy, to_year, to_yy, to_next_year, to_next_yy;
	int to_month, to_quarter, to_half, to_day;
	int year_day;			/* 1 to 366 */
	int64_t epoch_s;		/* seconds since 1970 */
	const struct key_texts *months; /* before: what they are called */
};

#define FEED_PERIOD_PART(part) (1u << (offsetof(struct feed_period_parts, part) / sizeof(int)))

/* Which groups a pattern has. */
struct feed_period_kinds {
	unsigned parts;		 /* FEED_PERIOD_PART of each */
	bool is_split, is_range; /* of years; both: a range of split years */
	bool is_epoch;
};

/* A short year as people mean it: 1970 to 2069. */
int feed_period_century(int yy);

/* Whole years with this month as their first, both included. */
MUST_CHECK bool feed_period_years(int first, int last, int month, struct period *ret,
				  struct error *err);

/* A day becomes the period that `dates` says; others stay. */
struct period feed_period_widen(const struct feed_periods *settings, struct period period);

/* The period that the parts stand for.  ERROR_INPUT says what is impossible about them. */
MUST_CHECK bool feed_period_of_parts(const struct feed_period_kinds *kinds,
				     const struct feed_periods *settings,
				     const struct feed_period_parts *parts, struct period *ret,
				     struct error *err);
