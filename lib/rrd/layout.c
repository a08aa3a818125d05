/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rrd/layout.h"

#include <inttypes.h>
#include <stdio.h>

/* 365.25 days: the mean year of the Julian calendar, which is a whole number of seconds in halves,
 * quarters and months too. */
enum { YEAR_S = 31557600 };

/* Rows fill whole file-system blocks of 4 KiB (584 bytes of head, 8 a row); years and halves have
 * no more periods than 1971 to 2100 has.  Periods of the ends: the index of 1971-01-01 and of
 * 2100-12-31; weeks belong to ISO years: 1971-W01 to 2100-W52. */
static const struct rrd_layout layouts[] = {
	{FREQUENCY_YEAR, YEAR_S, 131, 1, 130},	      {FREQUENCY_HALF, YEAR_S / 2, 262, 2, 261},
	{FREQUENCY_QUARTER, YEAR_S / 4, 438, 4, 523}, {FREQUENCY_MONTH, YEAR_S / 12, 950, 12, 1571},
	{FREQUENCY_WEEK, 7 * 86400, 1975, 53, 6835},  {FREQUENCY_DAY, 86400, 4018, 365, 47846},
};

const struct rrd_layout *rrd_layout_find(enum frequency frequency)
{
	for (size_t i = 0; i < COUNT_OF(layouts); i++)
		if (layouts[i].frequency == frequency)
			return &layouts[i];
	return NULL;
}

int64_t rrd_time_of_index(const struct rrd_layout *layout, int32_t index)
{
	return ((int64_t)index + 1) * layout->step_s;
}

int32_t rrd_index_of_time(const struct rrd_layout *layout, int64_t row_end_s)
{
	return (int32_t)(row_end_s / layout->step_s - 1);
}

bool rrd_path_of_series(const char *state_dir, const struct rrd_layout *layout, int64_t id,
			char buffer[RRD_PATH_BYTES], struct error *err)
{
	if (state_dir[0] != '/')
		return error_set(err, ERROR_INPUT, "state directory '%s' is not an absolute path",
				 state_dir);
	if (id < 1)
		return error_set(err, ERROR_INPUT, "series id '%" PRId64 "' is not 1 or more", id);
	int len = snprintf(buffer, RRD_PATH_BYTES, "%s/rrd/%c/%02x/%" PRId64 ".rrd", state_dir,
			   (char)layout->frequency, (unsigned)(id & 255), id);
	if (len < 0 || len >= RRD_PATH_BYTES)
		return error_set(err, ERROR_LIMIT,
				 "state directory is too long for a path of %d bytes",
				 RRD_PATH_BYTES);
	return true;
}
