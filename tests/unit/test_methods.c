/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <math.h>
#include <string.h>

#include "assess/band.h"
#include "assess/escap.h"
#include "assess/jmp.h"
#include "assess/opensdg.h"
#include "tests/unit/figures.h"
#include "tests/unit/two_values.h"

/* What the cases of tests/assess do not see: states, reasons, slopes, projections. */

static const struct logit_scale percent = {.low = 0, .high = 100, .step = 0.1};

static void fewer_than_two_values_are_too_few_for_all(void **state)
{
	(void)state;
	static const double values[] = {50, 60};
	struct method_call call = two_values_call((struct mark){1, 80, 0, false}, values);
	for (size_t count = 0; count < 2; count++) {
		call.count = count;
		for (size_t i = 1; method_at(i) != NULL; i++) {
			struct method_result got;
			method_at(i)->judge(&call, &got);
			assert_int_equal(got.state, STATE_INSUFFICIENT_DATA);
			assert_int_equal(got.reason, REASON_TOO_FEW_VALUES);
			assert_unset(got.measure);
			assert_unset(got.slope);
			assert_unset(got.projected);
		}
	}
}

static void slopes_are_per_year_and_projections_go_by_the_method(void **state)
{
	(void)state;
	static const struct {
		const char *method;
		double projected;
	} wants[] = {
		/* 50 to 60 in four years: 60 * 1.2^(6/4) by growth, 60 + 6 * 2.5 by the line */
		{"eurostat", 78.872048281},
		{"opensdg", 78.872048281},
		{"unchart", 78.872048281},
		{"sdr", 75},
		{"escap", 75},
	};
	static const double values[] = {50, 60};
	struct method_call call = two_values_call((struct mark){1, 80, 0, false}, values);
	for (size_t i = 0; i < COUNT_OF(wants); i++) {
		call.horizon = measure_of(2030);
		struct method_result got = two_values_ask(wants[i].method, &call);
		assert_measure(got.slope, 2.5);
		assert_measure(got.projected, wants[i].projected);
		assert_int_equal(got.used, 2);
		call.horizon = (struct measure){0};
		assert_unset(two_values_ask(wants[i].method, &call).projected);
	}
}

static void a_milestone_is_judged_and_the_target_year_projected(void **state)
{
	(void)state;
	static const double values[] = {50, 60};
	struct method_call call = two_values_call((struct mark){1, 65, 0, false}, values);
	call.due = 2026; /* the line is at 65 then, and at 75 in 2030 */
	struct method_result got = two_values_ask("escap", &call);
	assert_string_equal(got.category, "maintain");
	assert_measure(got.projected, 75);
	assert_measure(two_values_ask("sdr", &call).measure, 1);
	assert_measure(two_values_ask("sdr", &call).projected, 75);
}

static void escap_takes_the_base_that_the_target_names(void **state)
{
	(void)state;
	static const double values[] = {50, 60};
	struct method_call call = two_values_call((struct mark){1, 100, 0, false}, values);
	call.base_time = measure_of(2018);
	call.base_value = measure_of(40);
	/* 2.5 a year: 75 in 2030; 35 of 60, and 20 of 60 now */
	struct method_result got = two_values_ask("escap", &call);
	assert_measure(got.measure, 35.0 / 6);
	assert_measure(got.score, 20.0 / 6);
	/* Without it the line itself: 45 in 2018. */
	call.base_value = (struct measure){0};
	assert_measure(two_values_ask("escap", &call).measure, 10 * 30.0 / 55);
}

static void escap_bends_before_bounds_and_says_when_it_cannot(void **state)
{
	(void)state;
	static const double inside[] = {50, 60}, at[] = {98, 100}, mostly[] = {100, 100};
	struct method_call call = two_values_call((struct mark){1, 99.5, 0, false}, inside);
	call.scale = &percent;
	struct method_result got = two_values_ask("escap", &call);
	/* odds 1 and 1.5; 1.5^2.5 = 2.755675961 after ten years */
	assert_measure(got.projected, 100 * 2.755675961 / 3.755675961);
	assert_null(got.note);
	call.values = at;
	assert_non_null(strstr(two_values_ask("escap", &call).note, "half a printed unit"));
	call.values = mostly;
	assert_non_null(strstr(two_values_ask("escap", &call).note, "straight line"));
	call.count = 1;
	assert_null(two_values_ask("escap", &call).note);
}

static void long_series_are_carried_on_by_their_last_thousand_values(void **state)
{
	(void)state;
	enum { VALUES = TREND_VALUES_MAX + 5 };
	double times[VALUES], values[VALUES];
	for (int i = 0; i < VALUES; i++) {
		times[i] = 2000 + i;
		values[i] = i < 5 ? 1e6 : i; /* what is older would be seen at once */
	}
	struct samples samples = {times, values, VALUES};
	struct forecast forecast;
	forecast_prepare(FORECAST_LINEAR, &samples, NULL, 4000, &forecast);
	assert_int_equal(forecast.count, TREND_VALUES_MAX);
	assert_measure(forecast_at(&forecast, 4000), 2000);
	assert_unset(jmp_estimate(&samples, 2010));
	struct trend_line line;
	trend_line_fit(&samples, NULL, &line);
	assert_unset(trend_line_at(&line, 4000));
}

static void a_value_of_the_due_year_is_no_part_of_the_line_to_it(void **state)
{
	(void)state;
	static const double times[] = {2020, 2024, 2030}, values[] = {50, 60, 20};
	struct samples samples = {times, values, 3};
	struct forecast forecast;
	forecast_prepare(FORECAST_LINEAR_WEIGHTED, &samples, NULL, 2030, &forecast);
	assert_int_equal(forecast.count, 2);
	assert_measure(forecast_at(&forecast, 2030), 75);
}

static void unchart_counts_values_between_that_change_the_sign(void **state)
{
	(void)state;
	static const double times[] = {2020, 2022, 2024}, values[] = {2, -1, 3};
	struct method_call call = two_values_call((struct mark){0}, values);
	call.times = times;
	call.count = 3;
	struct method_result got = two_values_ask("unchart", &call);
	assert_string_equal(got.category, "on track");
	assert_int_equal(got.state, STATE_INSUFFICIENT_DATA);
	assert_int_equal(got.reason, REASON_MEASURE_UNDEFINED);
	assert_non_null(got.note);
}

static void opensdg_says_that_it_replaced_a_zero(void **state)
{
	(void)state;
	static const double from_zero[] = {0, 60}, values[] = {50, 60};
	struct method_call call = two_values_call((struct mark){1, 80, 0, false}, from_zero);
	assert_string_equal(two_values_ask("opensdg", &call).note, "0 counted as 0.001");
	call = two_values_call((struct mark){-1, 0, 0, false}, values);
	assert_string_equal(two_values_ask("opensdg", &call).note, "0 counted as 0.001");
	call = two_values_call((struct mark){0}, values);
	assert_null(two_values_ask("opensdg", &call).note);
}

static void series_of_an_indicator_are_averaged_part_by_part(void **state)
{
	(void)state;
	static const struct {
		struct opensdg_series series[4];
		size_t count;
		const char *category;
		struct measure score;
		const char *why;
	} cases[] = {
		{{{{0}, false, -1}}, 0, "not_available", {0}, "no series"},
		{{{{0}, false, -1}}, 1, "not_available", {0}, "none that counts"},
		{{{{true, 5}, true, -1}, {{0}, false, -1}},
		 2,
		 "target_achieved",
		 {true, 5},
		 "what is not available does not count"},
		{{{{true, 5}, true, -1}, {{true, 0}, false, -1}},
		 2,
		 "substantial_progress",
		 {true, 2.5},
		 "not all achieved; the bound belongs to the better"},
		{{{{true, 5}, true, -1}, {{true, -5}, false, -1}},
		 2,
		 "moderate_progress",
		 {true, 0},
		 "(5 - 5) / 2"},
		{{{{true, 0}, false, -1}, {{true, -5}, false, -1}},
		 2,
		 "limited_progress",
		 {true, -2.5},
		 "-5 / 2"},
		{{{{true, -1}, false, -1}, {{true, -5}, false, -1}},
		 2,
		 "deterioration",
		 {true, -3},
		 "-6 / 2"},
		{{{{true, 5}, false, 1},
		  {{true, -5}, false, 0},
		  {{true, 1}, false, 1},
		  {{true, -1}, false, -1}},
		 4,
		 "limited_progress",
		 {true, -1},
		 "parts 3 and -5, single -1: -3 / 3"},
		{{{{0}, false, 1}, {{true, 4}, false, 1}, {{true, 2}, false, 1}},
		 3,
		 "substantial_progress",
		 {true, 3},
		 "the first of its part is not available"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct measure score;
		const char *got = opensdg_combine(cases[i].series, cases[i].count, &score);
		if (strcmp(got, cases[i].category) != 0 || score.is_set != cases[i].score.is_set ||
		    score.value != cases[i].score.value)
			fail_msg("%s: %s %g", cases[i].why, got, score.value);
	}
}

static void names_are_found_or_not(void **state)
{
	(void)state;
	static const char *const names[] = {"weather", "eurostat", "opensdg",
					    "sdr",     "escap",	   "unchart"};
	for (size_t i = 0; i < COUNT_OF(names); i++)
		assert_string_equal(method_name_at(i), names[i]);
	assert_null(method_name_at(COUNT_OF(names)));
	assert_null(method_find("jmp")); /* a level, never a verdict */
	assert_string_equal(band_find("astat")->name, "astat");
	assert_null(band_find("zug"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fewer_than_two_values_are_too_few_for_all),
		cmocka_unit_test(slopes_are_per_year_and_projections_go_by_the_method),
		cmocka_unit_test(a_milestone_is_judged_and_the_target_year_projected),
		cmocka_unit_test(escap_takes_the_base_that_the_target_names),
		cmocka_unit_test(escap_bends_before_bounds_and_says_when_it_cannot),
		cmocka_unit_test(long_series_are_carried_on_by_their_last_thousand_values),
		cmocka_unit_test(a_value_of_the_due_year_is_no_part_of_the_line_to_it),
		cmocka_unit_test(unchart_counts_values_between_that_change_the_sign),
		cmocka_unit_test(opensdg_says_that_it_replaced_a_zero),
		cmocka_unit_test(series_of_an_indicator_are_averaged_part_by_part),
		cmocka_unit_test(names_are_found_or_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
