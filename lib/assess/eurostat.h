/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Eurostat's assessment of progress towards the sustainable development goals: is compound growth
 * since a base year what the target requires? */

#include "assess/method.h"

extern const struct method eurostat_method;

/* The rule (Eurostat, "Sustainable development in the European Union - monitoring report on
 * progress towards the SDGs in an EU context", assessment method).
 *
 * t0 is the base year, or the first year after it that has a value; without a base year the first
 * of the last five years, and then three years between the ends are needed.  Fewer than two values
 * from t0 on: not assessable.
 *
 * With a target: met, without a measure.  x(t0), x(t1), T not all of one sign or any of them 0: not
 * assessable.  Otherwise R = progress_ratio: from 0.95 significant, from 0.6 moderate, from 0
 * insufficient progress, below 0 movement away.  T = x(t0): no measure, movement away (unless T
 * itself is to be passed and nothing moved).
 * Without: m = progress of growth: from 1 % significant, from 0 moderate progress, above -1 %
 * moderate, else significant movement away.
 *
 * measure is R or m.  score: 250 m, or progress_ratio_score, within -5 and 5; 5 when met.  A hold
 * target is taken as one for its due year. */
void eurostat_judge(const struct method_call *call, struct method_result *ret);
