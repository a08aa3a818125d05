/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The trend arrows of the Sustainable Development Report: is the mean change since a base year what
 * a straight line to the target requires? */

#include "assess/method.h"

extern const struct method sdr_method;

/* The rule (Sustainable Development Solutions Network, Sustainable Development Report, methods:
 * "How do you estimate trends?").  The report holds values against its own green threshold; here
 * the target is it.
 *
 * t0 is the base year (2015 when the target has none) or the first year after it that has a value.
 * q = a / r, a = (x(t1) - x(t0)) / (t1 - t0), r = (T - x(t0)) / (tT - t0).
 *
 * Reached: on track.  x(t0) at or beyond T but the last value not: decreasing.  Then by q: from 1
 * on track, from 0.5 moderately increasing, from 0 stagnating, below decreasing.  Fewer than two
 * values or no target: no arrow.
 *
 * measure is q, also where the arrow does not come from it; unset for x(t0) = T.  Nothing is
 * clipped. */
void sdr_judge(const struct method_call *call, struct method_result *ret);

/* The same with r counted from a fixed year whatever t0 is, as the edition of 2019 did (2015). */
void sdr_judge_from(const struct method_call *call, double year, struct method_result *ret);
