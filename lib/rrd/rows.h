/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The values of a series in consecutive periods. */

#include "base/number.h"
#include "rrd/layout.h"

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

/* Free the values; no rows are left. */
void rrd_rows_done(struct rrd_rows *rows);

#define AUTO_RRD_ROWS AUTO(rrd_rows_done)

/* The rows without the unknown ones at both ends, borrowed from `rows`.  Nothing known: no rows,
 * first 0. */
struct rrd_rows rrd_rows_trimmed(const struct rrd_rows *rows);

/* The rows that a file of this layout holds, borrowed from `rows` and trimmed: from 1971 to 2100,
 * and of these the last ones that the ring has room for.  *ret_left_out counts the known ones that
 * it does not hold. */
struct rrd_rows rrd_rows_held(const struct rrd_rows *rows, const struct rrd_layout *layout,
			      size_t *ret_left_out);

/* Do both say the same at 15 significant digits, unknown rows at the ends left aside?  If not,
 * *ret_index is the first period in which they differ. */
bool rrd_rows_equal(const struct rrd_rows *a, const struct rrd_rows *b, int32_t *ret_index);

/* Write a value for librrd to read: at 15 digits, with zeros behind the decimals up to 1, 2, 4 or 8
 * of them.  librrd divides by a power of ten in as many steps as it takes, and with these counts
 * that is one step and so exact up to 13 digits.  Returns buffer. */
const char *rrd_print_value(double value, char buffer[NUMBER_BYTES]);
