/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How far, how fast, how soon: measures of a gap that need no method. */

#include "assess/mark.h"
#include "assess/measure.h"
#include "assess/path.h"

struct gap_input {
	struct mark mark;
	struct waypoint now;	  /* the value that is judged, and its year */
	double due;		  /* the target year */
	struct measure base_time; /* both set, or there is no baseline */
	struct measure base_value;
	struct measure slope; /* change per year for projections */
};

/* Levels in the unit of the indicator, rates per year.  s is the mark's sense, T its value, x0 and
 * t0 the baseline, x1 and t1 now, tT the due year, b the slope.  What cannot be said is unset:
 * anything over a difference of 0, a growth rate across 0. */
struct gap_measures {
	struct measure absolute_gap;	     /* s * (T - x1), 0 when reached */
	struct measure covered;		     /* share of the distance: (x1 - x0) / (T - x0) */
	struct measure actual_change;	     /* end points: (x1 - x0) / (t1 - t0) */
	struct measure required_change;	     /* (T - x1) / (tT - t1), 0 when reached */
	struct measure required_from_base;   /* (T - x0) / (tT - t0) */
	struct measure required_over_actual; /* unset when reached */
	struct measure required_growth_pct;  /* 100 * ((T / x1)^(1 / (tT - t1)) - 1) */
	struct measure path_now;	     /* straight from baseline to target, at t1 */
	struct measure deviation;	     /* s * (x1 - path_now); < 0: behind */
	struct measure projected;	     /* x1 + b * (tT - t1), not clipped */
	struct measure projected_gap;	     /* s * (T - projected); > 0: short */
	struct measure attainment_year;	     /* t1 + (T - x1) / b; t1 when reached; unset: never */
};

/* Fill every measure that can be said. */
void gap_measure(const struct gap_input *input, struct gap_measures *ret);
