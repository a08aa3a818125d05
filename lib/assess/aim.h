/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a target asks of a number, made absolute. */

#include "assess/method.h"
#include "assess/path.h"
#include "assess/series.h"

struct aim {
	enum method_kind kind;
	int sense; /* +1, -1; 0: stay within low..high, from both sides */
	bool strict;
	double tolerance;	   /* how far short counts as reached */
	double beyond;		   /* how far past the level counts as exceeded */
	double low, high;	   /* the level; two ends for a range */
	struct measure base_value; /* the baseline, given or found in the series */
	struct measure base_time;  /* unset when the target names no base period */
	double due_time;
};

/* Make a target absolute by the standing values of its series.
 *
 * A relative value is a change in percent against the base: -20 is 20 % below, T = base *
 * (1 + value / 100).  `better` is strictly better than the base; without any base it sets a
 * direction only.  `keep` holds its value, or that of the base, in every period.  `about` counts as
 * reached within the row's tolerance or half of the last printed digit; a tolerance given with any
 * other operator counts for reaching only.
 *
 * A range is an interval as demand ("98-100 %"): its least demanding end decides where more or less
 * is better, and only what lies beyond the other end exceeds it.  Where the indicator itself should
 * stay in a range, inside is met and nothing is exceeded; outside, the nearest end is the level to
 * reach, and methods judge the way to it.
 *
 * REASON_NONE, or why there is nothing to hold values against: target_without_value,
 * baseline_unknown, break (the base that a relative value needs lies before a break). */
enum assess_reason aim_resolve(const struct target *target, const struct indicator *indicator,
			       const struct standing *standing, const struct yearly *yearly,
			       struct aim *ret);

/* A value in the words of the target as a level: itself, or relative to the base. */
double aim_level(const struct target *target, const struct aim *aim, double value);

/* The level to reach as seen from x. */
struct mark aim_mark(const struct aim *aim, double x);

/* Is x at or beyond what is asked, or strictly better?  Not for METHOD_DIRECTION. */
bool aim_meets(const struct aim *aim, double x);
bool aim_exceeds(const struct aim *aim, double x);

/* The path at a time from a place on the way on: straight through the milestones that are still to
 * come to the level, as seen from there; at the level after the due time.  Not for
 * METHOD_DIRECTION. */
struct measure aim_path_from(const struct target *target, const struct indicator *indicator,
			     const struct aim *aim, struct waypoint from, double at);

/* The path at a time: straight from the baseline through the target's milestones to its level; at
 * the level after the due time; unset without a dated baseline or for a range from both sides. */
struct measure aim_path(const struct target *target, const struct indicator *indicator,
			const struct aim *aim, double at);
