/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Calendar periods as half-open intervals of civil days: 2021 and 2021-01/2021-12 are one value. */

#include "obs/day.h"

/* Codes of the SDMX code list CL_FREQ. */
enum frequency {
	FREQUENCY_NONE = 0,
	FREQUENCY_YEAR = 'A',
	FREQUENCY_HALF = 'S',
	FREQUENCY_QUARTER = 'Q',
	FREQUENCY_MONTH = 'M',
	FREQUENCY_WEEK = 'W',
	FREQUENCY_DAY = 'D',
};

enum { PERIOD_BYTES = 32 };

struct period {
	int32_t from, to; /* [from, to) */
};

/* Read "2021", "2021-S2", "2021-Q3", "2021-07", "2021-W05" (ISO 8601), "2021-10-08", or a range of
 * two of them of one kind or days, "2021-01/2021-09", first to last inclusive.  *ret only on
 * success; the message says which part is wrong and what is right. */
MUST_CHECK bool period_parse(struct span text, struct period *ret, struct error *err);

/* The shortest spelling that reads back equal: a whole period by its own name, otherwise years
 * "2019/2020", otherwise months "2021-01/2021-09", otherwise days.  Returns buffer. */
const char *period_print(struct period period, char buffer[PERIOD_BYTES]);

/* Which kind is it; FREQUENCY_NONE for a range that is none of them. */
enum frequency period_frequency(struct period period);

/* Read and print a frequency: code or English word (A, year, yearly, annual ...). */
MUST_CHECK bool frequency_parse(struct span text, enum frequency *ret, struct error *err);
const char *frequency_name(enum frequency frequency); /* "year" ... "day" */

/* The period of this frequency that contains the day. */
struct period period_of_day(enum frequency frequency, int32_t day);

/* Its running number: 0 contains 1970-01-01 (weeks: the ISO week of that day).  And back. */
int32_t period_index(enum frequency frequency, int32_t day);
struct period period_at_index(enum frequency frequency, int32_t index);

/* The next (n > 0) or earlier period of the same kind; ranges move by their own length in months
 * when they are whole months, else in days. */
struct period period_step(struct period period, int n);

/* Order by first day, then by last day: <0, 0, >0. */
int period_compare(struct period a, struct period b);
bool period_equal(struct period a, struct period b);
/* Does `outer` contain all of `inner`? */
bool period_contains(struct period outer, struct period inner);
int32_t period_first_day(struct period period);
int32_t period_last_day(struct period period);
/* Whole months from first to last day, or 0 when it does not begin and end with a month. */
int period_months(struct period period);

/* The time of a reporting period in years, for methods: year Y is Y, quarter q of it Y + (q-1)/4,
 * likewise halves and months; days, weeks and other ranges by their first day on the mean calendar,
 * 1970 + days / 365.25 (a week by its index, so that weeks are evenly apart).  So consecutive
 * quarters are 0.25 apart. */
double period_time(enum frequency frequency, struct period reporting);
