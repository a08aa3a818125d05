/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The weather symbols of the German sustainable development strategy: is the mean change over the
 * last six values enough to close the rest of the gap in time? */

#include "assess/method.h"

extern const struct method weather_method;

/* The rule (Destatis, Indicators of the German Sustainable Development Strategy, "Status der
 * Indikatoren"; the German page is the authority).
 *
 * w: the last six values, or all when there are four or five; fewer: "not assessed".  Years may be
 * missing: values are counted, changes divided by years.  a = (last - first of w) / years between.
 * Right means s*a > 0, wrong s*a < 0; no change is neither.
 *
 * By a year: reached, or the due year is in: the rule for holding.  a not right: thunderstorm.
 * Otherwise by miss = s*(T - (x1 + a*(tT - t1))) / |T - x1|: below 5 % sun, up to and with 20 %
 * slightly cloudy, above that cloud.  At x1 = T of a strict target there is no miss: a right is
 * sun, else thunderstorm.
 * To hold: reached and a not wrong sun; reached and a wrong slightly cloudy; not reached and a
 * right cloud; otherwise thunderstorm.
 * Direction only, by a and the last annual change: both right sun; only a slightly cloudy; only the
 * last cloud; neither thunderstorm.
 *
 * measure is the miss where there is one, otherwise a.  Thunderstorm is worsening only where a is
 * wrong; no change is off_track. */
void weather_judge(const struct method_call *call, struct method_result *ret);
