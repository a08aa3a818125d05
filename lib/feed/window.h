/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Dates that move along with the day, for requests that ask for the last years or months only. */

#include "obs/day.h"

/* Is this what stands in the braces of such a date?
 *   today  today-400d  today-8w  today-13m  today+2y    2026-11-22
 *   year  year-5                                        2026
 *   month  month-3                                      2026-11
 *   quarter  quarter-4                                  2026-Q4
 * each also with a form of its own behind a ':', in which YYYY, YY, MM, DD and Qn are replaced and
 * all else stays: today:DD/MM/YYYY.  A day that a month does not have becomes its last one. */
bool feed_window_is(struct span name);

/* Append it as of the day; false when it is none, or leaves the years that days can be in. */
bool feed_window_add(struct span name, int32_t today, struct text *out);
