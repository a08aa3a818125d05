/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The progress chart of the United Nations: if compound growth goes on, which share of the way from
 * the base will be done by the target year? */

#include "assess/method.h"

extern const struct method unchart_method;

/* The rule (United Nations Statistics Division, SDG Progress Chart 2023, technical note, as EUSTAT
 * restates and applies it).
 *
 * The base is the base year (2015 when the target has none), else the first value after it, else
 * the last before it, such that two values remain.  Only values up to the target year count.
 *
 * With a target: reached is on track, without a measure; so is a value within one point of a target
 * of 0 or 100 on a scale of 0 to 100.  Base at or beyond T and the last value short of it:
 * stagnation or regression, without a measure.  Otherwise by (e - x(b)) / (T - x(b)),
 * e = x(t1) * (1 + growth)^(tT - t1): from 0.95 on track, from 0.1 fair progress, below stagnation.
 * Without: by growth in the right direction: from 2 % a year on track, from 0.5 % fair progress.
 * Fewer than two values, or growth across or from 0: not assessed.
 *
 * measure is that ratio, or the growth itself (falling is below 0 whatever is better).  Stagnation
 * is worsening when ratio or progress is below 0.  The chart leaves series that change sign to
 * judgement: where any value between has the other sign the category stands, but the state is
 * insufficient_data. */
void unchart_judge(const struct method_call *call, struct method_result *ret);
