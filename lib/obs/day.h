/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Civil days in the proleptic Gregorian calendar, counted from 1970-01-01 = 0. */

#include <stdint.h>

#include "base/text.h"

enum { DAY_BYTES = 16, DAY_NONE = INT32_MIN };

struct day_parts {
	int year, month, day;
};

/* Years 1800..2200; enough for every target and far from overflow. */
enum { DAY_YEAR_MIN = 1800, DAY_YEAR_MAX = 2200 };

/* The number of a date that exists; callers check the parts first. */
int32_t day_from_parts(int year, int month, int day);
struct day_parts day_parts(int32_t day);

/* Days of a month of a year, 28..31. */
int day_month_length(int year, int month);

/* Read "2021-10-08".  The message says which part is out of range and what range is right;
 * "08/10/2021" is refused with the ISO reading offered.  *ret is written only on success. */
MUST_CHECK bool day_parse(struct span text, int32_t *ret, struct error *err);

/* "2021-10-08"; DAY_NONE gives "".  Returns buffer. */
const char *day_print(int32_t day, char buffer[DAY_BYTES]);

/* A publication date of any precision: "2025", "2025-01", "2025-01-06", or "" (DAY_NONE in
 * *ret_last). *ret_last is its last day. */
MUST_CHECK bool day_parse_published(struct span text, int32_t *ret_last, struct error *err);
