/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "assess/gap.h"
#include "assess/trend.h"
#include "tests/unit/figures.h"

static const double years[] = {2010, 2011, 2012, 2013, 2014, 2015, 2016, 2017, 2018, 2019, 2020,
			       2021, 2022, 2023, 2024, 2025, 2026, 2027, 2028, 2029, 2030};

static struct samples of(const double *values, size_t count)
{
	return (struct samples){years, values, count};
}

static void sen_takes_the_middle_of_all_slopes(void **state)
{
	(void)state;
	/* Slopes 1, 1, 10, 1, 14.5, 28: the median is (1 + 10) / 2. */
	struct samples samples = of((double[]){0, 1, 2, 30}, 4);
	struct sen_line line;
	assert_true(trend_sen(&samples, &line, NULL));
	assert_measure(line.slope, 5.5);
	/* 0 - 11055, 1 - 11060.5, 2 - 11066, 30 - 11071.5: the middle ones are the first two. */
	assert_measure(line.intercept, (-11055 - 11059.5) / 2);
}

static void one_value_has_no_trend(void **state)
{
	(void)state;
	struct samples samples = of((double[]){5}, 1);
	struct sen_line line;
	struct mann_kendall test;
	struct trend_fit fit;
	assert_true(trend_sen(&samples, &line, NULL));
	assert_unset(line.slope);
	assert_unset(line.intercept);
	trend_mann_kendall(&samples, &test);
	assert_unset(test.p_normal);
	assert_unset(test.tau);
	trend_fit_line(&samples, 2030, &fit);
	assert_false(fit.is_set);
	assert_unset(trend_attainment(&fit, 1, 50));
}

static void exact_p_is_counted_over_all_orders(void **state)
{
	(void)state;
	/* Of the 24 orders of four values 1, 3, 5, 6, 5, 3, 1 have 0 ... 6 pairs out of order. */
	static const struct {
		double values[4];
		double s, p;
	} cases[] = {
		{{1, 2, 3, 4}, 6, 2 * 1 / 24.0},  {{1, 2, 4, 3}, 4, 2 * 4 / 24.0},
		{{1, 4, 2, 3}, 2, 2 * 9 / 24.0},  {{2, 4, 1, 3}, 0, 1}, /* 2 * 15 / 24 is capped */
		{{4, 3, 1, 2}, -4, 2 * 4 / 24.0},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct samples samples = of(cases[i].values, 4);
		struct mann_kendall test;
		trend_mann_kendall(&samples, &test);
		assert_near(test.s, cases[i].s);
		assert_measure(test.p_exact, cases[i].p);
		assert_measure(test.tau, cases[i].s / 6);
	}
}

static void exact_p_needs_twenty_values_or_fewer_and_no_ties(void **state)
{
	(void)state;
	double values[21];
	for (int i = 0; i < 21; i++)
		values[i] = i;
	struct mann_kendall test;
	struct samples samples = of(values, 20);
	trend_mann_kendall(&samples, &test);
	assert_true(test.p_exact.is_set && test.p_exact.value > 0 && test.p_exact.value < 1e-17);
	samples = of(values, 21);
	trend_mann_kendall(&samples, &test);
	assert_unset(test.p_exact);
	samples = of((double[]){1, 2, 2, 3}, 4);
	trend_mann_kendall(&samples, &test);
	assert_unset(test.p_exact);
	/* (4 * 3 * 13 - 2 * 1 * 9) / 18 = 138 / 18; Z = (5 - 1) / sqrt of it */
	assert_near(test.var_s, 138 / 18.0);
	assert_near(test.z, 4 / sqrt(138 / 18.0));
	samples = of((double[]){7, 7, 7}, 3);
	trend_mann_kendall(&samples, &test);
	assert_near(test.z, 0);
	assert_measure(test.p_normal, 1);
}

static void a_line_without_scatter_has_no_band_and_a_sure_answer(void **state)
{
	(void)state;
	struct samples samples = of((double[]){1, 2, 3, 4}, 4);
	struct trend_fit fit;
	trend_fit_line(&samples, 2020, &fit);
	assert_true(fit.is_set);
	assert_near(fit.value, 11);
	assert_near(fit.low, 11);
	assert_near(fit.high, 11);
	assert_near(trend_attainment(&fit, 1, 10.5).value, 1);
	assert_near(trend_attainment(&fit, -1, 10.5).value, 0);
	samples = of((double[]){3, 3, 3}, 3);
	trend_fit_line(&samples, 2020, &fit);
	assert_near(trend_slope_p(&fit), 1);
}

static void three_values_have_the_wide_band_of_one_degree_of_freedom(void **state)
{
	(void)state;
	/* 0, 2, 1: mean 1, Sxy = 1, Sxx = 2, slope 0.5; residuals -0.5, 1, -0.5; s2 = 1.5.
	 * At 2012: 1.5; var = 1.5 * (1 + 1/3 + 1/2) = 2.75; t(0.95, 1) = tan(0.45 pi). */
	struct samples samples = of((double[]){0, 2, 1}, 3);
	struct trend_fit fit;
	trend_fit_line(&samples, 2012, &fit);
	double reach = tan(0.45 * M_PI) * sqrt(2.75);
	assert_near(fit.low, 1.5 - reach);
	assert_near(fit.high, 1.5 + reach);
	assert_near(fit.se_slope, sqrt(1.5 / 2));
	/* The t distribution of one degree is Cauchy's: 1/2 + atan(x) / pi; two-sided 1 - 2/pi atan
	 */
	assert_near(trend_slope_p(&fit), 1 - 2 / M_PI * atan(0.5 / sqrt(0.75)));
	assert_near(trend_attainment(&fit, 1, 0.5).value, 0.5 + atan(1 / sqrt(2.75)) / M_PI);
}

static void values_of_one_time_have_no_line(void **state)
{
	(void)state;
	static const double same[] = {2020, 2020, 2020};
	struct samples samples = {same, (double[]){1, 2, 3}, 3};
	struct trend_fit fit;
	trend_fit_line(&samples, 2030, &fit);
	assert_false(fit.is_set);
}

static void logit_moves_values_off_the_ends_of_the_scale(void **state)
{
	(void)state;
	static const struct logit_scale scale = {0, 100, 1};
	struct trend_fit fit;
	/* logits of 20, 50, 80 % are -ln 4, 0, ln 4: one more step is 4^2 = 16 to 1. */
	struct samples samples = of((double[]){20, 50, 80}, 3);
	assert_true(trend_fit_logit(&samples, &scale, 2013, &fit, NULL));
	assert_near(fit.value, 100 * 16 / 17.0);

	/* 100 is taken as 99.5: ln 199; the middle of -ln 199, 0, ln 199 */
	samples = of((double[]){0.5, 50, 100}, 3);
	assert_true(trend_fit_logit(&samples, &scale, 2012, &fit, NULL));
	assert_near(fit.value, 99.5);

	samples = of((double[]){50, 100, 100}, 3);
	assert_true(trend_fit_logit(&samples, &scale, 2012, &fit, NULL));
	assert_false(fit.is_set); /* most of them at the end */
	samples = of((double[]){50, 60, 101}, 3);
	assert_true(trend_fit_logit(&samples, &scale, 2012, &fit, NULL));
	assert_false(fit.is_set); /* beyond it */
}

static void more_values_than_the_ceiling_are_refused(void **state)
{
	(void)state;
	static const struct logit_scale scale = {0, 100, 1};
	struct samples samples = {years, years, TREND_VALUES_MAX + 1};
	struct sen_line line;
	struct trend_fit fit;
	struct error err = {0};
	assert_false(trend_sen(&samples, &line, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
	assert_false(trend_fit_logit(&samples, &scale, 2030, &fit, NULL));
	trend_fit_line(&samples, 2030, &fit);
	assert_false(fit.is_set);
}

static void paths_do_not_lead_where_there_is_no_way(void **state)
{
	(void)state;
	struct waypoint a = {2010, 40}, b = {2030, 90}, nothing = {2010, 0};
	assert_unset(path_linear(b, a, 2020));
	assert_unset(path_linear(a, b, 2031));
	assert_unset(path_geometric(nothing, b, 2020));
	assert_unset(path_geometric(a, b, 2009));
	assert_unset(path_stepped(NULL, 0, 2020));
	assert_unset(path_piecewise(NULL, 0, 2020));
	assert_unset(path_piecewise((struct waypoint[]){a, b}, 2, 2009));
	assert_measure(path_piecewise((struct waypoint[]){a, b}, 2, 2040), 90);
	assert_null(path_law_find("no such law"));
	assert_unset(path_by_law(path_law_find("eu-res-2009"), 10, 20, 2013));
}

static void measures_of_a_gap_hold_no_quotient_over_nothing(void **state)
{
	(void)state;
	/* Base at the target, due now, no change. */
	struct gap_input input = {.mark = {.sense = 1, .value = 60},
				  .now = {2030, 50},
				  .due = 2030,
				  .base_time = measure_of(2030),
				  .base_value = measure_of(60),
				  .slope = measure_of(0)};
	struct gap_measures gap;
	gap_measure(&input, &gap);
	assert_measure(gap.absolute_gap, 10);
	assert_unset(gap.covered);
	assert_unset(gap.actual_change);
	assert_unset(gap.required_change);
	assert_unset(gap.required_over_actual);
	assert_unset(gap.required_growth_pct);
	assert_unset(gap.path_now);
	assert_unset(gap.deviation);
	assert_unset(gap.attainment_year);
	assert_unset(measure_of((double)NAN));
	assert_unset(measure_of((double)INFINITY));
	assert_unset(measure_ratio(1, 0));
	assert_false(signbit(measure_of(-0.0).value));
}

enum { RANDOM_ROUNDS = 400, RANDOM_MAX = 130 };

/* Values from 0 to 15, so that many are equal, or finer ones. */
static void draw_samples(uint64_t seed, double *times, double *values, size_t *ret_count)
{
	*ret_count = seed % RANDOM_MAX;
	for (size_t i = 0; i < *ret_count; i++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		times[i] = 1900 + (double)i + (i % 7 == 3 ? 0.5 : 0);
		values[i] = (double)(seed >> 60) + (seed % 3 == 0 ? (double)(seed >> 40 & 255) : 0);
	}
}

static int compare_numbers(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;
	return (a > b) - (a < b);
}

static double sorted_median(double *values, size_t count)
{
	qsort(values, count, sizeof *values, compare_numbers);
	return count % 2 ? values[count / 2] : 0.5 * (values[count / 2 - 1] + values[count / 2]);
}

static void picking_the_median_gives_what_sorting_gives(void **state)
{
	(void)state;
	static double slopes[RANDOM_MAX * RANDOM_MAX / 2];
	for (uint64_t seed = 2; seed < RANDOM_ROUNDS; seed++) {
		double times[RANDOM_MAX], values[RANDOM_MAX];
		size_t n, pairs = 0;
		struct sen_line line;
		draw_samples(seed, times, values, &n);
		for (size_t i = 0; i < n; i++)
			for (size_t j = i + 1; j < n; j++)
				slopes[pairs++] = (values[j] - values[i]) / (times[j] - times[i]);
		struct samples samples = {times, values, n};
		assert_true(trend_sen(&samples, &line, NULL));
		assert_int_equal(line.slope.is_set, n >= 2);
		if (n < 2)
			continue;
		assert_true(line.slope.value == sorted_median(slopes, pairs));
		for (size_t i = 0; i < n; i++)
			values[i] -= line.slope.value * times[i];
		assert_true(line.intercept.value == sorted_median(values, n));
	}
}

/* S, counted pair by pair as it is defined. */
static double count_pairs(const double *values, size_t count)
{
	double s = 0;
	for (size_t i = 0; i < count; i++)
		for (size_t j = i + 1; j < count; j++)
			s += (values[j] > values[i]) - (values[j] < values[i]);
	return s;
}

/* Sum of t (t - 1) (2 t + 5) over the groups of t equal values. */
static double count_ties(const double *values, size_t count)
{
	double ties = 0;
	for (size_t i = 0; i < count; i++) {
		double equals = 0, is_first = 1;
		for (size_t j = 0; j < count; j++) {
			equals += values[j] == values[i];
			is_first = j < i && values[j] == values[i] ? 0 : is_first;
		}
		ties += is_first * equals * (equals - 1) * (2 * equals + 5);
	}
	return ties;
}

static void sorting_counts_the_pairs_that_rise_and_fall(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed < RANDOM_ROUNDS; seed++) {
		double times[RANDOM_MAX], values[RANDOM_MAX];
		size_t count;
		struct mann_kendall test;
		draw_samples(seed, times, values, &count);
		double s = count_pairs(values, count);
		double n = (double)count, ties = count_ties(values, count);
		struct samples samples = {times, values, count};
		trend_mann_kendall(&samples, &test);
		assert_true(count < 2 || test.s == s);
		assert_near(test.var_s, count < 2 ? 0 : (n * (n - 1) * (2 * n + 5) - ties) / 18);
	}
}

/* Weights 2, 1, 1 on 0, 4, 8 at 0, 1, 2: mean time 3 / 4, mean value 3; slope
 * (2 * 9/16 * 4 + 1/16 * 4 + 25/16 * 4) / (2 * 9/16 + 1/16 + 25/16) = 4.  Of 0, 4, 4: mean value 2,
 * products 2 * 3/4 * 2 + 1/4 * 2 + 5/4 * 2 = 6 over 11/4. */
static void weights_may_fall_as_well(void **state)
{
	(void)state;
	static const double times[] = {0, 1, 2}, weights[] = {2, 1, 1};
	struct trend_line line;
	struct samples samples = {times, (const double[]){0, 4, 8}, 3};
	trend_line_fit(&samples, weights, &line);
	assert_measure(trend_line_at(&line, 2), 8);
	samples.values = (const double[]){0, 4, 4};
	trend_line_fit(&samples, weights, &line);
	assert_near(line.slope, 6 / 2.75);
	assert_measure(trend_line_at(&line, 0.75), 2);
}

/* The half width of the interval over the error of a single value is t. */
static void the_table_of_t_is_that_of_the_distribution(void **state)
{
	(void)state;
	for (size_t n = 3; n <= 60; n++) {
		double times[60], values[60];
		for (size_t i = 0; i < n; i++) {
			times[i] = (double)i;
			values[i] = i % 2 ? 1 : 0;
		}
		struct samples samples = {times, values, n};
		struct trend_fit fit;
		trend_fit_line(&samples, 100, &fit);
		assert_near((fit.high - fit.value) / fit.se_value,
			    gsl_cdf_tdist_Pinv(0.95, (double)n - 2));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sen_takes_the_middle_of_all_slopes),
		cmocka_unit_test(one_value_has_no_trend),
		cmocka_unit_test(exact_p_is_counted_over_all_orders),
		cmocka_unit_test(exact_p_needs_twenty_values_or_fewer_and_no_ties),
		cmocka_unit_test(a_line_without_scatter_has_no_band_and_a_sure_answer),
		cmocka_unit_test(three_values_have_the_wide_band_of_one_degree_of_freedom),
		cmocka_unit_test(values_of_one_time_have_no_line),
		cmocka_unit_test(logit_moves_values_off_the_ends_of_the_scale),
		cmocka_unit_test(more_values_than_the_ceiling_are_refused),
		cmocka_unit_test(picking_the_median_gives_what_sorting_gives),
		cmocka_unit_test(sorting_counts_the_pairs_that_rise_and_fall),
		cmocka_unit_test(weights_may_fall_as_well),
		cmocka_unit_test(the_table_of_t_is_that_of_the_distribution),
		cmocka_unit_test(paths_do_not_lead_where_there_is_no_way),
		cmocka_unit_test(measures_of_a_gap_hold_no_quotient_over_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
