/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Trends of short series: evidence shown beside a verdict, never the verdict.  The home of GSL. */

#include "assess/measure.h"
#include "base/error.h"

enum { TREND_VALUES_MAX = 1000, TREND_EXACT_VALUES_MAX = 20 };

/* Borrowed: years and values, ascending. */
struct samples {
	const double *times, *values;
	size_t count;
};

/* Theil-Sen: slope = median of (xj - xi) / (tj - ti) over all pairs; intercept = median of
 * x - slope * t. */
struct sen_line {
	struct measure slope, intercept; /* unset for fewer than two values */
};

/* ERROR_LIMIT beyond TREND_VALUES_MAX values, else only memory can fail. */
MUST_CHECK bool trend_sen(const struct samples *samples, struct sen_line *ret, struct error *err);

/* Mann-Kendall: S = sum of sign(xj - xi), j > i; var = (n(n-1)(2n+5) - sum over ties
 * t(t-1)(2t+5)) / 18; Z = (S -+ 1) / sqrt(var), 0 for S = 0; tau = S / (n(n-1)/2).  p_normal is
 * two-sided from Z; p_exact counts permutations and is there for 2 to TREND_EXACT_VALUES_MAX values
 * without ties. */
struct mann_kendall {
	size_t count;
	double s, var_s, z;
	/* unset for fewer than two values, or more than TREND_VALUES_MAX */
	struct measure p_normal, p_exact, tau;
};
void trend_mann_kendall(const struct samples *samples, struct mann_kendall *ret);

/* A straight line by least squares; weights may be NULL: all weigh the same.  Unset for fewer than
 * two values, more than TREND_VALUES_MAX, or all of one time. */
struct trend_line {
	bool is_set;
	double time, level, slope; /* level is that at `time` */
};
void trend_line_fit(const struct samples *samples, const double *weights, struct trend_line *ret);
struct measure trend_line_at(const struct trend_line *line, double at);

/* A fit at a time, with its 90 % prediction interval. */
struct trend_fit {
	bool is_set; /* three values or more, not all of one time */
	size_t count;
	double slope, se_slope;
	double value, low, high; /* at the time asked for */
	double se_value;	 /* of a single observation there */
};

/* Ordinary least squares on the values. */
void trend_fit_line(const struct samples *samples, double at, struct trend_fit *ret);

/* The two-sided p of its slope by t, n - 2 degrees of freedom. */
double trend_slope_p(const struct trend_fit *fit);

/* The probability that an observation at the time of the fit is at or beyond the target:
 * F_t((value - target) * sense / se, n - 2). */
struct measure trend_attainment(const struct trend_fit *fit, int sense, double target);

/* What logit needs to know of a scale. */
struct logit_scale {
	double low, high; /* 0 and 100 for percentages */
	double step;	  /* unit of the last printed digit: values at a bound are moved half of it
			     inwards */
};

/* ln((x - low) / (high - x)) of each value into ret[count], and back.  False when any value is
 * beyond a bound, or more than half of them are at one. */
bool trend_to_logit(const struct samples *samples, const struct logit_scale *scale, double *ret);
double trend_from_logit(const struct logit_scale *scale, double logit);

/* Least squares on ln((x - low) / (high - x)); value, low and high transformed back, slope and its
 * error on the logit scale.  Unset also when more than half of the values are at a bound or any is
 * beyond one.  ERROR_LIMIT and memory as trend_sen. */
MUST_CHECK bool trend_fit_logit(const struct samples *samples, const struct logit_scale *scale,
				double at, struct trend_fit *ret, struct error *err);
