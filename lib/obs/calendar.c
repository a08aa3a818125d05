/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "obs/calendar.h"

enum { SHIFT_DAYS_MAX = 62, WEEK_DAYS = 7, SATURDAY = 2 };

/* 1970-01-01 was a Thursday: 0 is Thursday, 2 Saturday, 3 Sunday. */
static bool is_weekend(int32_t day)
{
	int weekday = day % WEEK_DAYS;
	if (weekday < 0)
		weekday += WEEK_DAYS;
	return weekday == SATURDAY || weekday == SATURDAY + 1;
}

static const struct holiday *find(const struct calendar *calendar, int32_t day)
{
	size_t low = 0, high = calendar->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (calendar->holidays[middle].day < day)
			low = middle + 1;
		else
			high = middle;
	}
	bool found = low < calendar->count && calendar->holidays[low].day == day;
	return found ? &calendar->holidays[low] : NULL;
}

bool calendar_is_working(const struct calendar *calendar, int32_t day)
{
	const struct holiday *holiday = find(calendar, day);
	return holiday != NULL ? holiday->is_working : !is_weekend(day);
}

int32_t calendar_shift(const struct calendar *calendar, int32_t day, enum day_shift shift)
{
	int step = shift == SHIFT_NEXT ? 1 : -1;
	if (shift == SHIFT_NONE)
		return day;
	for (int32_t i = 0; i <= SHIFT_DAYS_MAX; i++) {
		if (calendar_is_working(calendar, day + i * step))
			return day + i * step;
	}
	return day;
}
