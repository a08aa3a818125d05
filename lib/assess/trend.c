/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/trend.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_fit.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Parting a range so often without an end is bad luck: then it is sorted. */
enum { FIT_LEAST_VALUES = 3, ROUNDS_MAX = 100, PIVOT_STEP_LEAST = 30 };

/* Of the two-sided 90 % interval. */
#define UPPER_QUANTILE 0.95

static bool check_count(const struct samples *samples, struct error *err)
{
	if (samples->count > TREND_VALUES_MAX)
		return error_set(err, ERROR_LIMIT, "a trend of %zu values: more than %d",
				 samples->count, TREND_VALUES_MAX);
	return true;
}

static double median_of_three(double a, double b, double c)
{
	if ((a < b) == (b < c))
		return b;
	return (a < b) == (a < c) ? c : a;
}

/* Of a range of any length: of its ends and middle, or of nine values spread over it. */
static double pivot_of(const double *values, size_t low, size_t high)
{
	size_t step = (high - low) / 8;
	const double *at = values + low;
	if (step < PIVOT_STEP_LEAST)
		return median_of_three(at[0], at[(high - low) / 2], at[high - low]);
	return median_of_three(median_of_three(at[0], at[step], at[2 * step]),
			       median_of_three(at[3 * step], at[4 * step], at[5 * step]),
			       median_of_three(at[6 * step], at[7 * step], at[8 * step]));
}

/* Swap the values of a range so that those up to *ret_left are not above, those from *ret_right on
 * not below what is between. */
static void part(double *values, size_t low, size_t high, size_t *ret_left, size_t *ret_right)
{
	double pivot = pivot_of(values, low, high);
	size_t i = low, j = high + 1; /* the right end is one further, so that it never passes 0 */
	while (i < j) {
		while (values[i] < pivot)
			i++;
		while (values[j - 1] > pivot)
			j--;
		if (i >= j)
			break;
		double value = values[i];
		values[i++] = values[j - 1];
		values[--j] = value;
	}
	*ret_left = j;
	*ret_right = i;
}

/* The value that would be at the index if they were sorted; those before it are not above it. */
static double value_at_rank(double *values, size_t count, size_t rank)
{
	size_t low = 0, high = count - 1;
	for (int round = 0; low < high; round++) {
		size_t left, right;
		if (round == ROUNDS_MAX) {
			gsl_sort(values + low, 1, high - low + 1);
			break;
		}
		part(values, low, high, &left, &right);
		if (rank < left)
			high = left - 1;
		else if (rank >= right)
			low = right;
		else
			break;
	}
	return values[rank];
}

static double median_in_place(double *values, size_t count)
{
	double upper = value_at_rank(values, count, count / 2);
	if (count % 2 == 1)
		return upper;
	double lower = values[0];
	for (size_t i = 1; i < count / 2; i++)
		lower = fmax(lower, values[i]);
	return 0.5 * (lower + upper);
}

static size_t pair_slopes(const struct samples *samples, double *ret)
{
	const double *times = samples->times, *values = samples->values;
	double *next = ret;
	for (size_t i = 0; i < samples->count; i++) {
		double time = times[i], value = values[i];
		for (size_t j = i + 1; j < samples->count; j++)
			*next++ = (values[j] - value) / (times[j] - time);
	}
	return (size_t)(next - ret);
}

bool trend_sen(const struct samples *samples, struct sen_line *ret, struct error *err)
{
	if (!check_count(samples, err))
		return false;
	size_t n = samples->count;
	struct sen_line line = {0};
	if (n >= 2) {
		size_t bytes = n * (n + 1) / 2 * sizeof(double);
		AUTO_FREE double *work = malloc(bytes);
		if (work == NULL)
			return error_memory(err);
#ifdef __clang_analyzer__ /* it does not see that pair_slopes fills what the median reads */
		memset(work, 0, bytes);
#endif
		double slope = median_in_place(work, pair_slopes(samples, work));
		for (size_t i = 0; i < n; i++)
			work[i] = samples->values[i] - slope * samples->times[i];
		line.slope = measure_of(slope);
		line.intercept = measure_of(median_in_place(work, n));
	}
	*ret = line;
	return true;
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
		for (size_t k = 0; k <= inversions && k <= m * (m - 1) / 2; k++) {
			window += before[k] - (k >= m ? before[k - m] : 0);
			share[k] = window / (double)m;
		}
	}
	double sum = 0;
	for (size_t k = 0; k <= inversions; k++)
		sum += share[k];
	return sum;
}

/* What the order of values tells. */
struct order {
	double rises, falls; /* pairs, the earlier before the later */
	double ties;	     /* sum of tie_term over groups of equals */
};

/* Sort by putting each value into its place among those before it: how far it moves is the number
 * of pairs that fall. */
static void find_order(const struct samples *samples, struct order *ret)
{
	UNINITIALISED double sorted[TREND_VALUES_MAX];
	size_t rises = 0, falls = 0;
	*ret = (struct order){0};
	for (size_t i = 0; i < samples->count; i++) {
		double value = samples->values[i];
		size_t place = i;
		for (; place > 0 && sorted[place - 1] > value; place--)
			sorted[place] = sorted[place - 1];
		sorted[place] = value;
		falls += i - place;
		while (place > 0 && sorted[place - 1] == value)
			place--;
		rises += place;
	}
	for (size_t i = 0, end; i < samples->count; i = end) {
		for (end = i + 1; end < samples->count && sorted[end] == sorted[i];)
			end++;
		ret->ties += tie_term((double)(end - i));
	}
	ret->rises = (double)rises;
	ret->falls = (double)falls;
}

void trend_mann_kendall(const struct samples *samples, struct mann_kendall *ret)
{
	*ret = (struct mann_kendall){.count = samples->count};
	if (samples->count < 2 || samples->count > TREND_VALUES_MAX)
		return;
	double n = (double)samples->count, pairs = n * (n - 1) / 2;
	struct order order;
	find_order(samples, &order);
	double s = order.rises - order.falls;
	ret->s = s;
	ret->var_s = (tie_term(n) - order.ties) / 18;
	ret->z = s == 0 ? 0 : (s - copysign(1, s)) / sqrt(ret->var_s);
	ret->tau = measure_of(s / pairs);
	ret->p_normal = measure_of(fmin(1, 2 * gsl_cdf_ugaussian_Q(fabs(ret->z))));
	if (order.ties != 0 || samples->count > TREND_EXACT_VALUES_MAX)
		return;
	double share = share_up_to(samples->count, (size_t)((pairs - fabs(s)) / 2));
	ret->p_exact = measure_of(fmin(1, 2 * share));
}

/* t of the two-sided 90 % interval by degrees of freedom, to 18 digits: I(n / (n + t^2); n / 2,
 * 1 / 2) = 0.1.  Asking for one takes as long as the fit itself. */
static const double upper_t[] = {
	6.3137515146750431,  2.91998558035372569, 2.35336343480182388, 2.13184678632665032,
	2.01504837333302424, 1.94318028051530321, 1.89457860509000739, 1.85954803753089839,
	1.83311293265623717, 1.81246112281167641, 1.7958848187040441,  1.78228755564932007,
	1.77093339598687292, 1.76131013577489209, 1.75305035569257351, 1.74588367627624993,
	1.73960672607507303, 1.73406360661753875, 1.72913281152136952, 1.72471824292078727,
	1.72074290281187853, 1.7171443743802428,  1.71387152774704808, 1.71088207990942844,
	1.70814076125189927, 1.70561791975927323, 1.70328844572212708, 1.70113093426593163,
	1.69912702653349775, 1.69726088659395785, 1.69551878254586556, 1.6938887483837107,
	1.69236030903034451, 1.69092425518685495, 1.68957245778026589, 1.68829771411681633,
	1.68709361959626357, 1.6859544601667374,  1.68487512171122534, 1.68385101333565264,
	1.68287800213270831, 1.68195235746753409, 1.68107070320251958, 1.68022997657211706,
	1.67942739265235485, 1.67866041355686536, 1.67792672164186099, 1.67722419612433914,
};

static double upper_quantile(size_t freedom)
{
	return freedom <= COUNT_OF(upper_t) ? upper_t[freedom - 1]
					    : gsl_cdf_tdist_Pinv(UPPER_QUANTILE, (double)freedom);
}

/* Sums about the mean time and the mean value. */
struct line_sums {
	double time, level;	  /* the means */
	double squares, products; /* of times; of times and values */
};

static struct line_sums sum_up(const struct samples *samples)
{
	double n = (double)samples->count;
	struct line_sums sums = {0};
	for (size_t i = 0; i < samples->count; i++) {
		sums.time += samples->times[i];
		sums.level += samples->values[i] / n;
	}
	sums.time /= n;
	for (size_t i = 0; i < samples->count; i++) {
		double away = samples->times[i] - sums.time;
		sums.squares += away * away;
		sums.products += away * (samples->values[i] - sums.level);
	}
	return sums;
}

static void plain_line(const struct samples *samples, struct trend_line *ret)
{
	struct line_sums sums = sum_up(samples);
	*ret = (struct trend_line){true, sums.time, sums.level, sums.products / sums.squares};
}

/* Weights are made small first: they may come near to infinity just before a due date. */
static void weighted_line(const struct samples *samples, const double *weights,
			  struct trend_line *ret)
{
	UNINITIALISED double centred[TREND_VALUES_MAX];
	UNINITIALISED double shares[TREND_VALUES_MAX];
	double mean = 0, unit = 0;
	for (size_t i = 0; i < samples->count; i++) {
		mean += samples->times[i] / (double)samples->count;
		unit = weights[i] > unit ? weights[i] : unit;
	}
	for (size_t i = 0; i < samples->count; i++) {
		centred[i] = samples->times[i] - mean;
		shares[i] = weights[i] / unit;
	}
	double level, slope, cov00, cov01, cov11, squares;
	gsl_fit_wlinear(centred, 1, shares, 1, samples->values, 1, samples->count, &level, &slope,
			&cov00, &cov01, &cov11, &squares);
	*ret = (struct trend_line){true, mean, level, slope};
}

void trend_line_fit(const struct samples *samples, const double *weights, struct trend_line *ret)
{
	*ret = (struct trend_line){0};
	size_t n = samples->count;
	struct trend_line line;
	if (n < 2 || n > TREND_VALUES_MAX || samples->times[0] == samples->times[n - 1])
		return;
	if (weights != NULL)
		weighted_line(samples, weights, &line);
	else
		plain_line(samples, &line);
	if (isfinite(line.level + line.slope))
		*ret = line;
}

struct measure trend_line_at(const struct trend_line *line, double at)
{
	if (!line->is_set)
		return (struct measure){0};
	return measure_of(line->level + line->slope * (at - line->time));
}

void trend_fit_line(const struct samples *samples, double at, struct trend_fit *ret)
{
	*ret = (struct trend_fit){0};
	size_t n = samples->count;
	if (n < FIT_LEAST_VALUES || n > TREND_VALUES_MAX ||
	    samples->times[0] == samples->times[n - 1])
		return;
	struct line_sums sums = sum_up(samples);
	double slope = sums.products / sums.squares, rest = 0;
	for (size_t i = 0; i < n; i++) {
		double off =
			samples->values[i] - sums.level - slope * (samples->times[i] - sums.time);
		rest += off * off;
	}
	double variance = rest / (double)(n - 2), away = at - sums.time;
	double se = sqrt(variance * (1 + 1 / (double)n + away * away / sums.squares));
	double value = sums.level + slope * away, reach = upper_quantile(n - 2) * se;
	if (!isfinite(value) || !isfinite(reach))
		return;
	*ret = (struct trend_fit){.is_set = true,
				  .count = n,
				  .slope = slope,
				  .se_slope = sqrt(variance / sums.squares),
				  .value = value,
				  .low = value - reach,
				  .high = value + reach,
				  .se_value = se};
}

double trend_slope_p(const struct trend_fit *fit)
{
	if (fit->se_slope == 0)
		return fit->slope == 0 ? 1 : 0;
	return 2 * gsl_cdf_tdist_Q(fabs(fit->slope / fit->se_slope), (double)fit->count - 2);
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
	double low = scale->low + scale->step / 2, high = scale->high - scale->step / 2;
	size_t at_bounds = 0;
	for (size_t i = 0; i < samples->count; i++) {
		double x = samples->values[i];
		if (!(x >= scale->low && x <= scale->high))
			return false;
		at_bounds += x == scale->low || x == scale->high;
		x = x < low ? low : x;
		x = x > high ? high : x;
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
