/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How often what a method said some years ago came true.
 *
 * A question is about a year t of a series, a target that is not reached then, and the level that
 * the way from the value of t to the target (straight, by its milestones) asks for `years` later;
 * in the year that is `years` before the target's own that level is the target.  Each method is
 * asked with what was known when the figure of t first was: will the level be reached by then?  On
 * track says yes, nearly on track, off track and worsening say no.  The value that stands today
 * tells who was right. */

#include "assess/assess.h"

enum {
	BACKTEST_METHODS_MAX = 16,
	BACKTEST_LEAST_VERDICTS = 10, /* for a share that may be shown */
	BACKTEST_YEARS_MAX = 50,
};

struct backtest_score {
	long verdicts, came_true;
	long false_alarms; /* said not to be reached, but was */
	long missed_gaps;  /* said to be reached, but was not */
	long still_true;   /* of the same questions: right was who said that nothing changes */
	long shared, shared_true; /* of those to which every method had a verdict */
};

struct backtest {
	long questions;
	long own; /* of them about the target itself */
	long cut; /* of them with later figures left out: they were known as early as that of t */
	long reached; /* not asked: the level was reached already */
	struct backtest_score scores[BACKTEST_METHODS_MAX]; /* in the order of method_at */
};

struct backtest_input {
	struct assess_input assess; /* its standing is what stands on `today` */
	struct standing_input past; /* the rows from which it was made; as_of is that of today */
	int years;
};

/* Add the questions of one target on one series to *sum.  Nothing is asked of targets without a
 * level or to be held every year, after the due date, and across a break.  Only memory can fail.
 *
 * The base is the target's where it lies before t, the method's own where it names none and t is
 * after 2015, else as many years before t as are looked ahead. */
MUST_CHECK bool backtest_target(const struct backtest_input *input, struct backtest *sum,
				struct error *err);

/* Wilson's 95 % interval of a share: `hits` of `count`, count > 0. */
void backtest_interval(long hits, long count, double *ret_low, double *ret_high);
