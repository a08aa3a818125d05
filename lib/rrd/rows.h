/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The values of a series in consecutive periods. */

#include <stdint.h>

#include "base/error.h"

/* More than all days from 1800 to 2100 that a series could bring along for its file. */
enum { RRD_ROWS_MAX = 120000 };

struct rrd_rows {
	int32_t first; /* running number of the period of values[0], see obs/period.h */
	size_t count;
	double *values; /* NAN: no value in this period */
};

/* Make `count` unknown rows from `first` on; free with rrd_rows_done. */
MUST_CHECK bool rrd_rows_init(struct rrd_rows *rows, int32_t first, size_t count,
			      struct error *err);
void rrd_rows_done(struct rrd_rows *rows);

#define AUTO_RRD_ROWS AUTO(rrd_rows_done)

/* Cut unknown rows off both ends.  Nothing known: first and count become 0. */
void rrd_rows_trim(struct rrd_rows *rows);

/* Do both say the same at 15 significant digits, unknown rows at the ends left aside? */
bool rrd_rows_equal(const struct rrd_rows *a, const struct rrd_rows *b);
