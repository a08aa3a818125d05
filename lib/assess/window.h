/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The two ends of the window that a method looks at, and growth between them. */

#include "assess/method.h"

/* The year from which progress towards the goals for 2030 is counted. */
#define WINDOW_BASE_YEAR 2015

struct window {
	int sense;
	size_t used;		/* values in it; the ends are there from one on */
	double from_time, from; /* t0, x(t0) */
	double to_time, to;	/* t1, x(t1): the last value */
};

/* From the first value at or after the call's base time (without one: at or after `otherwise`) to
 * the last value. */
struct window window_since(const struct method_call *call, double otherwise);

/* The last `used` values; 1 <= used <= call->count. */
struct window window_last(const struct method_call *call, size_t used);

/* Change per year between the ends; unset for fewer than two values. */
struct measure window_change(const struct window *window);

/* Compound growth per year from a to b: (b / a)^(1 / years) - 1, computed with pow() so that round
 * rates fall on thresholds as published.  Unset unless years > 0, a is not 0, and b is 0 or of the
 * sign of a. */
struct measure growth_rate(double a, double b, double years);

/* Growth between the ends; unset for fewer than two values. */
struct measure window_growth(const struct window *window);

/* The last value carried on by growth to a time; unset without a rate. */
struct measure window_grown(const struct window *window, struct measure rate, double at);

/* The same growth as progress: s * rate, and once more the other way for values below 0, where
 * growth leads down. */
double window_progress(const struct window *window, double rate);
