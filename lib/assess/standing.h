/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which value stands for each reporting period of a series. */

#include "obs/catalogue.h"

enum { STANDING_VINTAGES_MAX = 1000000 };

/* Which rows count: known (or, by_receipt, received) on or before `day`. */
struct as_of {
	int32_t day;
	bool by_receipt;
};

struct standing_point {
	struct period reporting; /* of the indicator's frequency */
	const struct observation
		*row;  /* borrowed from the rows handed in; row->period is what was observed */
	bool stand_in; /* a part of the period stands for it */
	bool usable;   /* status A, P, E with a value: methods may use it */
	bool computed; /* from members, see total.h: row has no seq and no source */
	double time;   /* period_time of reporting */
};

struct standing {
	struct standing_point *points; /* ascending by reporting period, one each */
	size_t count;
};

#define AUTO_STANDING AUTO(standing_done)

/* What there is to choose from: the vintages of ONE series, in any order. */
struct standing_input {
	const struct indicator *indicator;
	const struct observation *rows;
	size_t count;
	const int32_t *received_days; /* of each row, put in zone by the caller; may be NULL when
					 !as_of.by_receipt */
	struct as_of as_of;
};

/* Rows after `as_of` do not count.  For each period and source the row in force is the latest
 * known, then the highest seq; one that withdraws removes it.  Then: what methods may use before a
 * forecast, a forecast before "missing"; whole period before part; source rank; latest known;
 * highest seq.
 *
 * A part of a period stands for it only where the indicator's basis is `end` (any date in it) or
 * `mean` (from its first day, stand_in_months or more of whole months); a sum never.  Periods that
 * are longer than a reporting period or reach over its edge stand for none.
 *
 * The points borrow the rows.  ERROR_LIMIT beyond STANDING_VINTAGES_MAX rows. */
MUST_CHECK bool standing_build(const struct standing_input *input, struct standing *ret,
			       struct error *err);
/* Free the points and make it empty again. */
void standing_done(struct standing *standing);

/* The index of the last point that methods may use; standing->count when there is none. */
size_t standing_last_usable(const struct standing *standing);
