/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "assess/evidence.h"
#include "assess/judgement.h"
#include "tests/unit/figures.h"

/* What was published about industrial parks in Viet Nam with wastewater treatment, with the days of
 * publication. */
static void add_parks(struct figures *figures)
{
	figures_add(figures, "2012", 60, "monre", "2023-08-14");
	figures_add(figures, "2013", 73, "monre", "2013-12-27");
	figures_add(figures, "2015", 63, "gso", "2025-01");
	figures_add(figures, "2019-06", 88, "mpi", "2019-07-03");
	figures_add(figures, "2020-01", 89, "monre", "2020");
	figures_add(figures, "2020", 89.6, "monre", "2021");
	figures_add(figures, "2020", 89, "gso", "2025-01");
	figures_add(figures, "2021-01/2021-09", 91.7, "monre", "2021-10-08");
	figures_add(figures, "2021", 91, "gso", "2025-01");
	figures_add(figures, "2022", 91, "monre", "2023-08-14");
	figures_add(figures, "2023", 92, "gso", "2025-01");
	figures_add(figures, "2025", 95, "na", "2025-10-28")->qualifier = QUALIFIER_BELOW;
}

static void parks_at_the_end_of_2022_are_on_track_for_2025(void **state)
{
	struct figures *figures = *state;
	add_parks(figures);
	struct verdict got = figures_judge(figures, "2022-12-31");
	/* Known then: 2013 73; 2019 88 (June); 2020 89.6, the whole year before January's 89; 2021
	 * 91.7 (nine months).  a = (91.7 - 73) / 8 = 2.3375; 91.7 + 4 a = 101.05 in 2025;
	 * (92 - 101.05) / 0.3 = -30.1666... */
	assert_int_equal(figures->standing.count, 4);
	assert_state(&got, STATE_ON_TRACK, REASON_NONE, "sun");
	assert_string_equal(got.symbol, "sun");
	assert_string_equal(got.method, "weather");
	assert_int_equal(got.point, 3);
	assert_true(figures->standing.points[got.point].stand_in);
	assert_true(got.provisional);
	assert_false(got.final || got.exceeded || got.late);
	assert_int_equal(got.used_first, 0);
	assert_int_equal(got.used_count, 4);
	assert_measure(got.value, 91.7);
	assert_measure(got.target_value, 92);
	assert_unset(got.target_value_high);
	assert_measure(got.gap, 0.3);
	assert_unset(got.gap_to_path); /* no baseline */
	assert_unset(got.required_from_base);
	assert_measure(got.actual_change, 2.3375);
	assert_measure(got.required_change, 0.075); /* 0.3 in 4 years */
	assert_measure(got.projected_raw, 101.05);
	assert_measure(got.projected, 100);
	assert_measure(got.projected_gap, -9.05);
	assert_measure(got.measure, -9.05 / 0.3);
	assert_unset(got.band_low); /* four points */
	assert_int_equal(got.freshness, FRESH);
}

static void parks_a_year_later_use_six_values_over_ten_years(void **state)
{
	struct figures *figures = *state;
	add_parks(figures);
	struct verdict got = figures_judge(figures, "2023-12-31");
	/* 2012 60, 2013 73, 2019 88, 2020 89.6, 2021 91.7, 2022 91: a = 31 / 10;
	 * 91 + 3 a = 100.3; (92 - 100.3) / 1 */
	assert_state(&got, STATE_ON_TRACK, REASON_NONE, "sun");
	assert_false(got.provisional);
	assert_int_equal(got.used_count, 6);
	assert_measure(got.actual_change, 3.1);
	assert_measure(got.projected_raw, 100.3);
	assert_measure(got.measure, -8.3);
	/* Least squares: mean year 2017 5/6, mean 82.2166...; the upper end is above 100. */
	assert_true(got.band_low.is_set && got.band_low.value < 100);
	assert_measure(got.band_high, 100);
}

static void parks_are_met_before_the_due_day_and_final_after_it(void **state)
{
	struct figures *figures = *state;
	char preference[][ID_BYTES] = {"gso", "monre"};
	figures->indicator.preference = preference;
	figures->indicator.preference_count = 2;
	add_parks(figures);
	struct verdict got = figures_judge(figures, "2025-12-31");
	assert_state(&got, STATE_MET, REASON_NONE, "95 is in");
	assert_true(got.exceeded);
	assert_false(got.final);
	assert_measure(got.gap, 0);
	assert_measure(got.required_change, 0);
	got = figures_judge(figures, "2026-01-01");
	assert_state(&got, STATE_MET, REASON_NONE, "95 stands");
	assert_true(got.final);
	assert_unset(got.required_change);
	assert_unset(got.projected);
}

static void one_value_decides_when_the_date_is_over(void **state)
{
	struct figures *figures = *state;
	figures_add(figures, "2024", 80, "gso", "2025-03-01");
	struct verdict got = figures_judge(figures, "2025-12-31");
	assert_state(&got, STATE_INSUFFICIENT_DATA, REASON_TOO_FEW_VALUES, "one value");
	assert_measure(got.required_change, 12); /* still a year */
	assert_string_equal(got.symbol, "not assessed");
	got = figures_judge(figures, "2026-12-31");
	assert_state(&got, STATE_INSUFFICIENT_DATA, REASON_TOO_FEW_VALUES, "the lag still runs");
	got = figures_judge(figures, "2027-01-01");
	assert_state(&got, STATE_NO_DATA, REASON_PERIOD_NOT_REPORTED, "no figure for 2025");
	assert_true(got.has_point);
	assert_measure(got.value, 80);

	figures_add(figures, "2025", 85, "gso", "2027-02-01")->status = OBS_PROVISIONAL;
	got = figures_judge(figures, "2027-02-01");
	assert_state(&got, STATE_MISSED, REASON_NONE, "85 of 92");
	assert_false(got.final); /* provisional */
	assert_measure(got.gap, 7);
	figures_add(figures, "2025", 85, "gso", "2027-03-01");
	assert_true(figures_judge(figures, "2027-03-01").final);
}

static void a_value_of_the_due_year_before_its_end_is_short_so_far(void **state)
{
	struct figures *figures = *state;
	figures_add(figures, "2025-01/2025-06", 91, "monre", "2025-07-10");
	struct verdict got = figures_judge(figures, "2025-12-31");
	assert_state(&got, STATE_OFF_TRACK, REASON_SHORT_SO_FAR, "the year is not over");
	assert_unset(got.required_change); /* no year left */
	assert_unset(got.projected);
	got = figures_judge(figures, "2026-01-01");
	assert_state(&got, STATE_MISSED, REASON_NONE, "now it is");
	assert_false(got.final);
}

static void a_later_value_is_late(void **state)
{
	struct figures *figures = *state;
	figures_add(figures, "2026", 93, "gso", "2027-01-31");
	struct verdict got = figures_judge(figures, "2027-06-01");
	assert_state(&got, STATE_MET, REASON_NONE, "by a later value");
	assert_true(got.late && got.exceeded);
	assert_false(got.final);

	figures_add(figures, "2025", 91, "gso", "2027-02-28");
	got = figures_judge(figures, "2027-06-01");
	assert_state(&got, STATE_MISSED, REASON_NONE, "2025 itself was short");
	assert_true(got.late && got.final);
	assert_measure(got.value, 91);
	figures->target.value = 94;
	assert_false(figures_judge(figures, "2027-06-01").late);
}

static void nothing_usable_is_no_data(void **state)
{
	struct figures *figures = *state;
	struct verdict got = figures_judge(figures, "2022-12-31");
	assert_state(&got, STATE_NO_DATA, REASON_NO_OBSERVATION, "empty");
	assert_false(got.has_point);
	assert_string_equal(got.symbol, "");
	assert_int_equal(got.freshness, FRESHNESS_NONE);
	figures_add(figures, "2021", 95, "gso", "2021-01-01")->status = OBS_FORECAST;
	got = figures_judge(figures, "2022-12-31");
	assert_state(&got, STATE_NO_DATA, REASON_NO_OBSERVATION, "a forecast");
	assert_false(got.has_point);
}

static void symbols_decide_in_between(void **state)
{
	/* 2016 ... 2021, T = 90 in 2030, nine years on. */
	static const struct {
		double values[6];
		double target;
		enum assess_state state;
		enum assess_reason reason;
		const char *symbol, *why;
	} cases[] = {
		{{50, 53, 55, 57, 58, 60}, 78, STATE_ON_TRACK, REASON_NONE, "sun", "a = 2"},
		{{50, 53, 55, 57, 58, 60},
		 80,
		 STATE_NEARLY_ON_TRACK,
		 REASON_NONE,
		 "slightly cloudy",
		 "a tenth missed"},
		{{50, 53, 55, 57, 58, 60},
		 90,
		 STATE_OFF_TRACK,
		 REASON_NONE,
		 "cloud",
		 "two fifths missed"},
		{{60, 53, 55, 57, 58, 50},
		 90,
		 STATE_WORSENING,
		 REASON_NONE,
		 "thunderstorm",
		 "a = -2"},
		{{60, 53, 55, 57, 58, 60},
		 90,
		 STATE_OFF_TRACK,
		 REASON_NO_CHANGE,
		 "thunderstorm",
		 "a = 0"},
		{{50, 53, 55, 57, 58, 60}, 60, STATE_MET, REASON_NONE, "sun", "exactly"},
		{{70, 53, 55, 57, 58, 60},
		 59,
		 STATE_NEARLY_ON_TRACK,
		 REASON_LOST_IF_CONTINUED,
		 "slightly cloudy",
		 "60 - 2 * 9 = 42"},
		{{61, 53, 55, 57, 58, 60},
		 50,
		 STATE_MET,
		 REASON_NONE,
		 "slightly cloudy",
		 "60 - 0.2 * 9 = 58.2 still meets it"},
	};
	struct figures *figures = *state;
	figures->target.period = figures_period("2030");
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		figures->count = 0;
		figures_add_years(figures, 2016, cases[i].values, 6);
		figures->target.value = cases[i].target;
		struct verdict got = figures_judge(figures, "2022-06-01");
		assert_state(&got, cases[i].state, cases[i].reason, cases[i].why);
		assert_string_equal(got.symbol, cases[i].symbol);
	}
}

static void a_break_leaves_too_few_values(void **state)
{
	static const double values[] = {50, 53, 55, 57, 58, 60};
	struct figures *figures = *state;
	figures->target.period = figures_period("2030");
	figures_add_years(figures, 2016, values, 6);
	figures_add_break(figures, "2019-01-01", "");
	struct verdict got = figures_judge(figures, "2022-06-01");
	assert_state(&got, STATE_INSUFFICIENT_DATA, REASON_BREAK, "2019 ... 2021 are three");
	assert_int_equal(got.used_first, 3);
	assert_int_equal(got.used_count, 3);
	figures->count = 0;
	figures_add_years(figures, 2018, values + 2, 4);
	got = figures_judge(figures, "2022-06-01");
	assert_state(&got, STATE_INSUFFICIENT_DATA, REASON_BREAK, "one more would be enough");
	figures->count = 0;
	figures_add_years(figures, 2016, values, 6);
	figures->breaks[0].day = figures_day("2018-01-01");
	got = figures_judge(figures, "2022-06-01");
	/* 2018 ... 2021: a = 5 / 3; 60 + 9 a = 75; (92 - 75) / 32 = 0.53 */
	assert_state(&got, STATE_OFF_TRACK, REASON_NONE, "four are left");
	assert_measure(got.measure, 17 / 32.0);
	assert_true(got.provisional);
}

static void targets_that_cannot_be_judged_say_why(void **state)
{
	struct figures *figures = *state;
	figures_add(figures, "2021", 90, "gso", "2022-02-01");
	figures->target.has_value = false;
	struct verdict got = figures_judge(figures, "2022-06-01");
	assert_state(&got, STATE_NOT_ASSESSABLE, REASON_TARGET_WITHOUT_VALUE, "at least what?");
	figures->target.op = TARGET_NONE;
	got = figures_judge(figures, "2022-06-01");
	assert_state(&got, STATE_NOT_ASSESSABLE, REASON_TARGET_WITHOUT_VALUE, "named only");
	figures->target.op = TARGET_BETTER;
	figures->target.base_period = figures_period("2015");
	got = figures_judge(figures, "2022-06-01");
	assert_state(&got, STATE_NOT_ASSESSABLE, REASON_BASELINE_UNKNOWN, "better than what?");
	snprintf(figures->target.method, sizeof figures->target.method, "astrology");
	got = figures_judge(figures, "2022-06-01");
	assert_state(&got, STATE_NOT_ASSESSABLE, REASON_METHOD_UNKNOWN, "no such method");
	assert_string_equal(got.method, "astrology");
}

static void an_area_that_has_ended_is_judged_only_for_what_was_due_before(void **state)
{
	struct figures *figures = *state;
	figures->area.valid_to = figures_day("2025-07-01");
	figures_add(figures, "2024", 95, "gso", "2025-02-01");
	struct verdict got = figures_judge(figures, "2025-06-30");
	assert_state(&got, STATE_MET, REASON_NONE, "the day before its end");
	got = figures_judge(figures, "2025-07-01");
	assert_state(&got, STATE_NOT_ASSESSABLE, REASON_AREA_ENDED, "it is gone");
	assert_measure(got.value, 95);
	assert_measure(got.gap, 0);
	figures->target.period = figures_period("2024");
	got = figures_judge(figures, "2025-07-01");
	assert_state(&got, STATE_MET, REASON_NONE, "was due while it was there");
	assert_true(got.final);
	figures->target.period = figures_period("2025-01/2025-07");
	figures_add(figures, "2025-01/2025-06", 95, "gso", "2025-07-15");
	got = figures_judge(figures, "2026-01-01");
	assert_state(&got, STATE_NOT_ASSESSABLE, REASON_AREA_ENDED, "was due after its end");
}

static void a_year_of_months_is_judged_by_its_mean(void **state)
{
	struct figures *figures = *state;
	figures->indicator.frequency = FREQUENCY_MONTH;
	figures->indicator.basis = BASIS_MEAN;
	figures->indicator.direction = DIRECTION_DOWN;
	figures->target.op = TARGET_AT_MOST;
	figures->target.value = 20;
	for (int month = 1; month <= 11; month++) {
		char period[16];
		snprintf(period, sizeof period, "2025-%02d", month);
		figures_add(figures, period, 13 + month, "gso", "2025-12-10");
	}
	struct verdict got = figures_judge(figures, "2026-01-15");
	assert_state(&got, STATE_INSUFFICIENT_DATA, REASON_TOO_FEW_VALUES, "no year is whole");
	assert_true(got.has_point);
	assert_int_equal(got.point, 10);
	assert_unset(got.value);
	assert_unset(got.gap);
	figures_add(figures, "2025-12", 25, "gso", "2026-01-20");
	got = figures_judge(figures, "2026-01-31");
	assert_state(&got, STATE_MET, REASON_NONE, "14 ... 25 is 19.5 in the mean");
	assert_measure(got.value, 19.5);
	assert_true(got.final);
	assert_int_equal(got.point, 11);
	figures->rows[3].status = OBS_PROVISIONAL;
	assert_false(figures_judge(figures, "2026-01-31").final);
}

static void evidence_is_shown_beside_the_verdict(void **state)
{
	/* 60 + 2 a year, but the last is 2 short: slopes 2 (six times), 1.5, 4/3, 1, 0 */
	static const double values[] = {60, 62, 64, 66, 66};
	struct figures *figures = *state;
	figures_add_years(figures, 2016, values, 5);
	struct verdict verdict = figures_judge(figures, "2021-06-01");
	struct assess_input input = {&figures->catalogue, &figures->indicator, &figures->target,
				     &figures->area,	  &figures->standing,  0};
	struct evidence evidence;
	assert_true(assess_evidence(&input, &evidence, NULL));
	assert_int_equal(evidence.count, 5);
	assert_measure(evidence.sen.slope, 2);
	assert_measure(evidence.sen_projected, 76); /* 66 + 2 * 5 */
	assert_near(evidence.mann_kendall.s, 9);    /* ten pairs, one tie */
	/* Least squares: mean 63.6 in 2018, slope (2 * 6 + 1 * 4) / 10 = 1.6; 7 years on 74.8 */
	assert_near(evidence.line.value, 74.8);
	assert_measure(verdict.band_low, evidence.line.low);
	assert_true(evidence.attainment.is_set && evidence.attainment.value < 0.01);

	struct method_result result;
	assert_true(assess_by_method(&input, method_find("weather"), &result, NULL));
	assert_string_equal(result.category, verdict.symbol);
	figures->target.op = TARGET_NONE;
	assert_true(assess_by_method(&input, method_find("weather"), &result, NULL));
	assert_string_equal(result.category, "");
	figures->standing.count = 0;
	assert_true(assess_evidence(&input, &evidence, NULL));
	assert_int_equal(evidence.count, 0);
	assert_unset(evidence.sen_projected);
}

static void names_are_read_back_and_ranks_go_from_worst_to_unknown(void **state)
{
	(void)state;
	static const enum assess_state order[] = {STATE_MISSED,
						  STATE_WORSENING,
						  STATE_OFF_TRACK,
						  STATE_NEARLY_ON_TRACK,
						  STATE_ON_TRACK,
						  STATE_MET,
						  STATE_INSUFFICIENT_DATA,
						  STATE_NO_DATA,
						  STATE_NOT_ASSESSABLE};
	for (size_t i = 0; i < COUNT_OF(order); i++) {
		enum assess_state got = STATE_MET;
		const char *name = assess_state_name(order[i]);
		assert_true(assess_state_parse(span_of(name), &got, NULL));
		assert_int_equal(got, order[i]);
		assert_int_equal(assess_state_rank(order[i]), i);
	}
	enum assess_state got = STATE_MISSED;
	struct error err = {0};
	assert_false(assess_state_parse(span_of("ontrack"), &got, &err));
	assert_int_equal(got, STATE_MISSED);
	assert_int_equal(err.code, ERROR_INPUT);
	assert_non_null(strstr(err.text, "'ontrack'"));
	assert_string_equal(assess_reason_name(REASON_METHOD_UNKNOWN), "method_unknown");
	assert_string_equal(assess_reason_name(REASON_NONE), "");
	enum assess_reason reason = REASON_NONE;
	assert_true(assess_reason_find("method_unknown", &reason));
	assert_int_equal(reason, REASON_METHOD_UNKNOWN);
	assert_false(assess_reason_find("no_such_reason", &reason));
	assert_int_equal(reason, REASON_METHOD_UNKNOWN);
}

static void a_bound_gives_way_by_the_unit_of_the_last_digit(void **state)
{
	(void)state;
	static const struct {
		int decimals;
		double step;
		const char *why;
	} cases[] = {
		{-1, 0.1, "a thousandth of 0 to 100, where nobody says"},
		{0, 1, "whole numbers"},
		{2, 0.01, "two decimals"},
		{8, 1e-8, "more than anybody prints"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct indicator indicator = {.low = 0,
					      .high = 100,
					      .has_low = true,
					      .has_high = true,
					      .decimals = cases[i].decimals};
		struct method_call call = {.mark = {.sense = 1}};
		struct logit_scale room;
		judgement_bounds(&indicator, &call, &room);
		assert_ptr_equal(call.scale, &room);
		if (fabs(room.step - cases[i].step) > cases[i].step * 1e-12)
			fail_msg("%s: %g", cases[i].why, room.step);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bound_gives_way_by_the_unit_of_the_last_digit),
		WITH_FIGURES(parks_at_the_end_of_2022_are_on_track_for_2025),
		WITH_FIGURES(parks_a_year_later_use_six_values_over_ten_years),
		WITH_FIGURES(parks_are_met_before_the_due_day_and_final_after_it),
		WITH_FIGURES(one_value_decides_when_the_date_is_over),
		WITH_FIGURES(a_value_of_the_due_year_before_its_end_is_short_so_far),
		WITH_FIGURES(a_later_value_is_late),
		WITH_FIGURES(nothing_usable_is_no_data),
		WITH_FIGURES(symbols_decide_in_between),
		WITH_FIGURES(a_break_leaves_too_few_values),
		WITH_FIGURES(targets_that_cannot_be_judged_say_why),
		WITH_FIGURES(an_area_that_has_ended_is_judged_only_for_what_was_due_before),
		WITH_FIGURES(a_year_of_months_is_judged_by_its_mean),
		WITH_FIGURES(evidence_is_shown_beside_the_verdict),
		WITH_FIGURES(names_are_read_back_and_ranks_go_from_worst_to_unknown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
