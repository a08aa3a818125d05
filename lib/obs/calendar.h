/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Working days: Monday to Friday, but for the days of a table. */

#include "obs/day.h"

struct holiday {
	int32_t day;
	char *name;	 /* "" when it has none */
	bool is_working; /* a Saturday or Sunday on which people work */
	int line;
};

enum day_shift {
	SHIFT_NONE,
	SHIFT_NEXT,	/* to the next working day */
	SHIFT_PREVIOUS, /* to the last working day before */
};

/* Holidays, sorted by day. */
struct calendar {
	const struct holiday *holidays;
	size_t count;
};

/* Do people work on this day? */
bool calendar_is_working(const struct calendar *calendar, int32_t day);

/* The day itself when it is a working day (or shift is SHIFT_NONE), else the nearest one in the
 * direction; the day itself again when there is none within two months. */
int32_t calendar_shift(const struct calendar *calendar, int32_t day, enum day_shift shift);
