/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/trend.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_fit.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { FIT_LEAST_VALUES = 3 };

/* Of the two-sided 90 % interval. */
#define UPPER_QUANTILE 0.95

static bool check_count(const struct samples *samples, struct error *err)
{
	if (samples->count > TREND_VALUES_MAX)
		return error_set(err, ERROR_LIMIT, "a trend of %zu values: more than %d",
				 samples->count, TREND_VALUES_MAX);
	return true;
}

static double median_in_place(double *values, size_t count)
{
	gsl_sort(values, 1, count);
	return gsl_stats_median_from_sorted_data(values, 1, count);
}

static size_t pair_slopes(const struct samples *samples, double *ret)
{
	size_t pairs = 0;
	for (size_t i = 0; i < samples->count; i++) {
		for (size_t j = i + 1; j < samples->count; j++)
			ret[pairs++] = (samples->values[j] - samples->values[i]) /
				       (samples->times[j] - samples->times[i]);
	}
	return pairs;
}

bool trend_sen(const struct samples *samples, struct sen_line *ret, struct error *err)
{
	if (!check_count(samples, err))
		return false;
	size_t n = samples->count;
	struct sen_line line = {0};
	if (n >= 2) {
		AUTO_FREE double *work = calloc(n * (n + 1) / 2, sizeof *work);
		if (work == NULL)
			return error_memory(err);
		double slope = median_in_place(work, pair_slopes(samples, work));
		for (size_t i = 0; i < n; i++)
			work[i] = samples->values[i] - slope * samples->times[i];
		line.slope = measure_of(slope);
		line.intercept = measure_of(median_in_place(work, n));
	}
	*ret = line;
	return true;
}

/* Is this the first of its equals, and how many are there of them? */
static size_t ties_from(const struct samples *samples, size_t index)
{
	size_t equals = 1;
	for (size_t i = 0; i < samples->count; i++) {
		if (i == index || samples->values[i] != samples->values[index])
			continue;
		if (i < index)
			return 0;
		equals++;
	}
	return equals;
}

static double tie_term(double t)
{
	return t * (t - 1) * (2 * t + 5);
}

/* The share of the orders of n values that have `inversions` or fewer pairs out of order.  By the
 * recurrence over n: the largest of n values may be put in n places, with 0 to n - 1 new pairs. */
static double share_up_to(size_t n, size_t inversions)
{
	enum { PAIRS_MAX = TREND_EXACT_VALUES_MAX * (TREND_EXACT_VALUES_MAX - 1) / 2 };
	double share[PAIRS_MAX + 1] = {1};
	for (size_t m = 2; m <= n; m++) {
		double before[PAIRS_MAX + 1];
		memcpy(before, share, sizeof before);
		double window = 0;
		for (size_t k = 0; k <= inversions; k++) {
			window += before[k] - (k >= m ? before[k - m] : 0);
			share[k] = window / (double)m;
		}
	}
	double sum = 0;
	for (size_t k = 0; k <= inversions; k++)
		sum += share[k];
	return sum;
}

static double sign_sum(const struct samples *samples)
{
	double sum = 0;
	for (size_t i = 0; i < samples->count; i++) {
		for (size_t j = i + 1; j < samples->count; j++)
			sum += (samples->values[j] > samples->values[i]) -
			       (samples->values[j] < samples->values[i]);
	}
	return sum;
}

void trend_mann_kendall(const struct samples *samples, struct mann_kendall *ret)
{
	*ret = (struct mann_kendall){.count = samples->count};
	if (samples->count < 2)
		return;
	double n = (double)samples->count, pairs = n * (n - 1) / 2;
	double ties = 0;
	for (size_t i = 0; i < samples->count; i++)
		ties += tie_term((double)ties_from(samples, i));
	double s = sign_sum(samples);
	ret->s = s;
	ret->var_s = (tie_term(n) - ties) / 18;
	ret->z = s == 0 ? 0 : (s - copysign(1, s)) / sqrt(ret->var_s);
	ret->tau = measure_of(s / pairs);
	ret->p_normal = measure_of(fmin(1, 2 * gsl_cdf_ugaussian_Q(fabs(ret->z))));
	if (ties != 0 || samples->count > TREND_EXACT_VALUES_MAX)
		return;
	double share = share_up_to(samples->count, (size_t)((pairs - fabs(s)) / 2));
	ret->p_exact = measure_of(fmin(1, 2 * share));
}

static double two_sided_p(double slope, double se, double freedom)
{
	if (se == 0)
		return slope == 0 ? 1 : 0;
	return 2 * gsl_cdf_tdist_Q(fabs(slope / se), freedom);
}

/* Weights are made small first: they may come near to infinity just before a due date. */
static double greatest(const double *weights, size_t count)
{
	double greatest = 0;
	for (size_t i = 0; i < count; i++)
		greatest = fmax(greatest, weights[i]);
	return greatest;
}

void trend_line_fit(const struct samples *samples, const double *weights, struct trend_line *ret)
{
	*ret = (struct trend_line){0};
	size_t n = samples->count;
	if (n < 2 || n > TREND_VALUES_MAX || samples->times[0] == samples->times[n - 1])
		return;
	double centred[TREND_VALUES_MAX], shares[TREND_VALUES_MAX];
	double mean = gsl_stats_mean(samples->times, 1, n);
	double unit = weights != NULL ? greatest(weights, n) : 1;
	for (size_t i = 0; i < n; i++) {
		centred[i] = samples->times[i] - mean;
		shares[i] = weights != NULL ? weights[i] / unit : 1;
	}
	double level, slope, cov00, cov01, cov11, squares;
	gsl_fit_wlinear(centred, 1, shares, 1, samples->values, 1, n, &level, &slope, &cov00,
			&cov01, &cov11, &squares);
	if (isfinite(level + slope))
		*ret = (struct trend_line){true, mean, level, slope};
}

struct measure trend_line_at(const struct trend_line *line, double at)
{
	if (!line->is_set)
		return (struct measure){0};
	return measure_of(line->level + line->slope * (at - line->time));
}

/* The fit on times that are counted from their mean, for the sake of digits. */
static void fit_centred(const double *times, const double *values, size_t count, double at,
			struct trend_fit *ret)
{
	double intercept, slope, cov00, cov01, cov11, squares, value, se_mean;
	gsl_fit_linear(times, 1, values, 1, count, &intercept, &slope, &cov00, &cov01, &cov11,
		       &squares);
	gsl_fit_linear_est(at, intercept, slope, cov00, cov01, cov11, &value, &se_mean);
	double freedom = (double)count - 2;
	double se = sqrt(se_mean * se_mean + squares / freedom);
	double reach = gsl_cdf_tdist_Pinv(UPPER_QUANTILE, freedom) * se;
	double se_slope = sqrt(cov11);
	*ret = (struct trend_fit){.is_set = isfinite(value) && isfinite(reach),
				  .count = count,
				  .slope = slope,
				  .se_slope = se_slope,
				  .p_slope = two_sided_p(slope, se_slope, freedom),
				  .value = value,
				  .low = value - reach,
				  .high = value + reach,
				  .se_value = se};
}

void trend_fit_line(const struct samples *samples, double at, struct trend_fit *ret)
{
	*ret = (struct trend_fit){0};
	size_t n = samples->count;
	if (n < FIT_LEAST_VALUES || n > TREND_VALUES_MAX ||
	    samples->times[0] == samples->times[n - 1])
		return;
	double centred[TREND_VALUES_MAX];
	double mean = gsl_stats_mean(samples->times, 1, n);
	for (size_t i = 0; i < n; i++)
		centred[i] = samples->times[i] - mean;
	struct trend_fit fit;
	fit_centred(centred, samples->values, n, at - mean, &fit);
	if (fit.is_set)
		*ret = fit;
}

struct measure trend_attainment(const struct trend_fit *fit, int sense, double target)
{
	if (!fit->is_set)
		return (struct measure){0};
	double ahead = (fit->value - target) * sense;
	if (fit->se_value == 0)
		return measure_of(ahead >= 0 ? 1 : 0);
	return measure_of(gsl_cdf_tdist_P(ahead / fit->se_value, (double)fit->count - 2));
}

bool trend_to_logit(const struct samples *samples, const struct logit_scale *scale, double *ret)
{
	size_t at_bounds = 0;
	for (size_t i = 0; i < samples->count; i++) {
		double x = samples->values[i];
		if (!(x >= scale->low && x <= scale->high))
			return false;
		at_bounds += x == scale->low || x == scale->high;
		x = fmin(fmax(x, scale->low + scale->step / 2), scale->high - scale->step / 2);
		ret[i] = log((x - scale->low) / (scale->high - x));
	}
	return 2 * at_bounds <= samples->count;
}

double trend_from_logit(const struct logit_scale *scale, double logit)
{
	return scale->low + (scale->high - scale->low) / (1 + exp(-logit));
}

bool trend_fit_logit(const struct samples *samples, const struct logit_scale *scale, double at,
		     struct trend_fit *ret, struct error *err)
{
	if (!check_count(samples, err))
		return false;
	AUTO_FREE double *logits = calloc(samples->count + 1, sizeof *logits);
	if (logits == NULL)
		return error_memory(err);
	struct trend_fit fit = {0};
	if (trend_to_logit(samples, scale, logits)) {
		struct samples transformed = {samples->times, logits, samples->count};
		trend_fit_line(&transformed, at, &fit);
	}
	if (fit.is_set) {
		fit.value = trend_from_logit(scale, fit.value);
		fit.low = trend_from_logit(scale, fit.low);
		fit.high = trend_from_logit(scale, fit.high);
	}
	*ret = fit;
	return true;
}
