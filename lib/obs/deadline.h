/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* By when something is owed for a period, as rules say it.
 *
 *   before WHEN            strictly: the day before WHEN is the last one that is in time
 *   by WHEN                WHEN itself is still in time
 *   from WHEN to WHEN      within a window, both days included
 *   in YEAR-MONTH          within that month (year, quarter ...)
 *   in MONTH, in year      within that month of the year, within the year of the period
 *
 * WHEN is one of
 *
 *   MM-DD                  in the year in which the period ends; for yearly periods
 *   next MM-DD             in the year after it ("in next MM" likewise)
 *   YYYY-MM-DD             that day; for what is owed once
 *   day N                  of the month after the period; the last day of a shorter month
 *   day N of period        of the month in which the period ends
 *   month-end              the last day of the month after the period
 *   period-end             the last day of the period
 *   N days after           so many days after the last day of the period
 *
 * Before month-end is before that day: 29 June, 27 February.  A day that a month does not have lies
 * behind its end: "before day 31" is 30 June.
 *
 * 02-29 is the end of February: "by 02-29" is 28 February in a year without one, and "before 02-29"
 * is 28 February in every year. */

#include "obs/rhythm.h"

enum { DEADLINE_DAYS_AFTER_MAX = 3660 };

enum deadline_base {
	DEADLINE_MONTH_DAY,  /* month, day, years after the one in which the period ends */
	DEADLINE_DATE,	     /* date */
	DEADLINE_DAY_NEXT,   /* day of the month after the period; day 31 is its end */
	DEADLINE_DAY_WITHIN, /* day of the month in which the period ends */
	DEADLINE_DAYS_AFTER, /* day: days after the last one */
};

struct deadline_day {
	enum deadline_base base;
	int32_t date;
	int month, day, years;
	bool is_end; /* day stands for the last one, however long the month is */
};

enum deadline_word { DEADLINE_BEFORE, DEADLINE_BY, DEADLINE_WINDOW, DEADLINE_IN };

struct deadline {
	enum deadline_word word;
	struct deadline_day first; /* DEADLINE_WINDOW and DEADLINE_IN only */
	struct deadline_day last;
};

/* What a deadline comes to for one period. */
struct due_days {
	enum deadline_word word;
	int32_t first;	/* the first day of a window; DAY_NONE: at any time */
	int32_t named;	/* the day that the rule names: 10 December of "before 12-10" */
	int32_t latest; /* the last day in time: 9 December */
};

/* Read one for what is owed in this rhythm.  The message says what is wrong and what would have
 * been right; a month and day for what is owed each month is refused, and a whole date for what is
 * owed each year. */
MUST_CHECK bool deadline_parse(struct span text, const struct rhythm *rhythm, struct deadline *ret,
			       struct error *err);

/* Its days for a period. */
struct due_days deadline_due(const struct deadline *deadline, struct period period);
