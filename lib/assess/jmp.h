/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The estimates of coverage of the WHO/UNICEF Joint Monitoring Programme: what surveys of several
 * years say of one year.  A level, never a verdict, and never a projection. */

#include "assess/trend.h"

/* The rule (WHO/UNICEF JMP methodology, 2017 update).  Samples are surveys in order of time;
 * several of one time count each.
 *
 * Five years or more from first to last: least squares; the line holds from two years before the
 * first to two years after the last, and stays flat for four more on each side.  Less: their mean,
 * from six years before to six years after.  Cut at 0 and 100.  Unset beyond, without samples, or
 * for more than TREND_VALUES_MAX of them. */
struct measure jmp_estimate(const struct samples *samples, double at);

/* "estimate" or "no estimate". */
const char *jmp_category(struct measure estimate);
