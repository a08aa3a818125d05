/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How the file of a series is laid out: one row per period on a grid of equal steps.  A year is
 * 365.25 days on it, a half a half of that, and so on, so that no calendar arithmetic, leap year or
 * time zone comes near the file; periods are found by their running number (obs/period.h) alone.
 * The grid differs from the calendar by at most half a day for years, two for quarters and months,
 * three for weeks.
 *
 * The value of period k stands in the row that ends at (k + 1) * step; a period without a value is
 * an unknown row. */

#include "obs/period.h"

/* A file holds no period before 1971 or after 2100; those stay in the ledger only. */
enum { RRD_YEAR_MIN = 1971, RRD_YEAR_MAX = 2100, RRD_PATH_BYTES = 4096 };

struct rrd_layout {
	enum frequency frequency;
	int32_t step_s;
	int32_t rows;	     /* of the ring: the latest so many periods are kept */
	int32_t first, last; /* running numbers of the first period of 1971, the last of 2100 */
};

/* The layout of files of this frequency; NULL when it has none. */
const struct rrd_layout *rrd_layout_find(enum frequency frequency);

/* The end of the row of a period, in unix seconds on the grid, and back. */
int64_t rrd_time_of_index(const struct rrd_layout *layout, int32_t index);
int32_t rrd_index_of_time(const struct rrd_layout *layout, int64_t row_end_s);

/* "STATE/rrd/A/1f/4127.rrd"; STATE must be an absolute path, id at least 1.  Returns buffer. */
MUST_CHECK bool rrd_path_of_series(const char *state_dir, const struct rrd_layout *layout,
				   int64_t id, char buffer[RRD_PATH_BYTES], struct error *err);
