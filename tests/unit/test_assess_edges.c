/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "assess/aim.h"
#include "assess/aside.h"
#include "assess/band.h"
#include "assess/evidence.h"
#include "assess/gap.h"
#include "assess/jmp.h"
#include "assess/milestone.h"
#include "assess/path.h"
#include "assess/sdr.h"
#include "tests/unit/figures.h"

/* What lies at the edges of judging.  Three branches of lib/assess are reached by no input and so
 * by no test: what follows a switch over every value of its enum (standing.c), a rule after the
 * last one, which always decides (judgement.c), and a period that is covered by none of its parts,
 * which could only be an empty one (series.c). */

static struct assess_input input_of(const struct figures *figures)
{
	return (struct assess_input){&figures->catalogue, &figures->indicator, &figures->target,
				     &figures->area,	  &figures->standing,  0};
}

static void a_tolerance_of_the_row_counts_for_any_operator(void **state)
{
	struct figures *figures = *state;
	static const double values[] = {80, 82, 84, 91.6};
	figures_add_years(figures, 2019, values, 4);
	struct verdict got = figures_judge(figures, "2023-06-01");
	assert_state(&got, STATE_ON_TRACK, REASON_NONE, "0.4 short of 92");
	figures->target.has_tolerance = true;
	figures->target.tolerance = 0.5;
	got = figures_judge(figures, "2023-06-01");
	assert_state(&got, STATE_MET, REASON_NONE, "within half a point");
	/* One percent of 90 is 0.9. */
	figures->target = (struct target){.op = TARGET_AT_LEAST,
					  .has_value = true,
					  .value = 3,
					  .relative = true,
					  .has_base = true,
					  .base_value = 90,
					  .has_tolerance = true,
					  .tolerance = 1,
					  .period = figures_period("2025")};
	got = figures_judge(figures, "2023-06-01");
	assert_state(&got, STATE_ON_TRACK, REASON_NONE, "92.7 less 0.9 is 91.8: not yet");
	figures->target.tolerance = 2;
	got = figures_judge(figures, "2023-06-01");
	assert_state(&got, STATE_MET, REASON_NONE, "92.7 less 1.8 is 90.9");
}

static void where_neither_way_is_better_a_level_is_held_within_its_last_digit(void **state)
{
	struct figures *figures = *state;
	static const double values[] = {40, 41, 42, 42.4};
	figures_add_years(figures, 2019, values, 4);
	figures->indicator.direction = DIRECTION_RANGE;
	figures->target.op = TARGET_KEEP;
	figures->target.value = 42;
	struct verdict got = figures_judge(figures, "2023-06-01");
	assert_int_equal(got.state == STATE_MET || got.state == STATE_NEARLY_ON_TRACK, true);
	figures->rows[3].value = 42.6;
	got = figures_judge(figures, "2023-06-01");
	assert_false(got.state == STATE_MET || got.state == STATE_NEARLY_ON_TRACK);
	/* Better without a base is a direction, and here there is none. */
	figures->target = (struct target){.op = TARGET_BETTER, .period = figures_period("2025")};
	got = figures_judge(figures, "2023-06-01");
	assert_state(&got, STATE_NOT_ASSESSABLE, REASON_TARGET_WITHOUT_VALUE, "better, which way");
}

static void a_range_without_its_other_end_is_a_level(void **state)
{
	struct figures *figures = *state;
	static const double values[] = {80, 82, 84, 93};
	figures_add_years(figures, 2019, values, 4);
	figures->target.op = TARGET_RANGE;
	struct verdict got = figures_judge(figures, "2023-06-01");
	assert_state(&got, STATE_MET, REASON_NONE, "93 of 92");
	assert_unset(got.target_value_high);
}

static struct measure path_at(const struct assess_input *input, double time)
{
	struct measure level = {0};
	assert_true(assess_path(input, time, &level, NULL));
	return level;
}

static void milestones_outside_of_the_way_are_no_part_of_it(void **state)
{
	struct figures *figures = *state;
	struct milestone milestones[] = {{.period = figures_period("2009"), .value = 1},
					 {.period = figures_period("2031"), .value = 99}};
	static const double values[] = {50, 52, 54, 60};
	figures_add_years(figures, 2017, values, 4);
	figures->target.milestones = milestones;
	figures->target.milestone_count = 2;
	figures->target.has_base = true;
	figures->target.base_value = 40;
	figures->target.base_period = figures_period("2010");
	figures->target.value = 80;
	figures->target.period = figures_period("2030");
	struct verdict got = figures_judge(figures, "2021-06-01");
	assert_measure(got.gap_to_path, 0); /* half of the way in 2020: 60 */
	assert_int_equal(got.milestone.from, got.milestone.to);
	struct assess_input input = input_of(figures);
	assert_measure(path_at(&input, 2020), 60);
	figures->target.op = TARGET_BETTER;
	figures->target.has_base = false;
	figures->target.base_period = (struct period){0, 0};
	assert_unset(path_at(&input, 2020)); /* a direction has no path */
	figures->target.op = TARGET_NONE;
	assert_unset(path_at(&input, 2020));
}

static void evidence_needs_no_target_and_no_future(void **state)
{
	struct figures *figures = *state;
	static const double values[] = {50, 52, 54};
	struct evidence evidence;
	figures_add_years(figures, 2024, values, 3);
	figures_judge(figures, "2027-06-01");
	struct assess_input input = input_of(figures);
	assert_true(assess_evidence(&input, &evidence, NULL));
	assert_unset(evidence.sen_projected); /* due in 2025, values until 2026 */
	assert_true(evidence.attainment.is_set);
	figures->target.op = TARGET_NONE;
	assert_true(assess_evidence(&input, &evidence, NULL));
	assert_unset(evidence.attainment);
	figures->standing.count = 1;
	figures->target.op = TARGET_AT_LEAST;
	assert_true(assess_evidence(&input, &evidence, NULL));
	assert_int_equal(evidence.count, 1);
	assert_unset(evidence.sen_projected);
}

static void a_scale_needs_two_bounds_and_a_width(void **state)
{
	struct figures *figures = *state;
	static const double values[] = {95, 96, 97, 98};
	figures_add_years(figures, 2019, values, 4);
	figures->target.value = 99.9;
	figures->target.period = figures_period("2030");
	assert_true(span_copy(span_of("escap"), figures->target.method, ID_BYTES));
	assert_true(figures_judge(figures, "2023-06-01").projected_raw.value < 100);
	/* As published: a thousandth of the scale stands for the last digit. */
	figures->indicator.decimals = -1;
	assert_true(figures_judge(figures, "2023-06-01").projected_raw.value < 100);
	figures->indicator.low = 100;
	assert_measure(figures_judge(figures, "2023-06-01").projected_raw, 106); /* the line */
	figures->indicator.has_high = false;
	assert_measure(figures_judge(figures, "2023-06-01").projected_raw, 106);
	figures->indicator.has_high = true;
	figures->indicator.has_low = false;
	assert_measure(figures_judge(figures, "2023-06-01").projected_raw, 106);
}

static void quarters_of_a_sum_make_years(void **state)
{
	struct figures *figures = *state;
	static const char *const quarters[] = {"2021-Q1", "2021-Q2", "2021-Q3", "2021-Q4",
					       "2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4"};
	figures->indicator.frequency = FREQUENCY_QUARTER;
	figures->indicator.basis = BASIS_SUM;
	figures->target.value = 36;
	figures->target.period = figures_period("2021-Q3/2022-Q2");
	for (size_t i = 0; i < COUNT_OF(quarters); i++)
		figures_add(figures, quarters[i], 8 + (double)i, "gso", "2023-03-01");
	/* A part of a quarter never stands for a sum. */
	figures_add(figures, "2023-01", 99, "gso", "2023-03-01");
	struct verdict got = figures_judge(figures, "2023-06-01");
	assert_measure(got.value, 10 + 11 + 12 + 13);
	/* What the judged quarters cannot be found in is judged by whole years. */
	assert_int_equal(got.used_count, 2);
	assert_state(&got, STATE_MET, REASON_NONE, "46 of 36");
	figures->rows[4].status = OBS_MISSING;
	got = figures_judge(figures, "2023-06-01");
	assert_int_equal(got.used_count, 1);
	figures->rows[4].status = OBS_NORMAL;
	figures->rows[4].value = (double)NAN;
	assert_int_equal(figures_judge(figures, "2023-06-01").used_count, 1);
}

static void levels_at_the_end_of_quarters_make_years(void **state)
{
	struct figures *figures = *state;
	static const char *const quarters[] = {"2021-Q3", "2021-Q4", "2022-Q3", "2022-Q4"};
	figures->indicator.frequency = FREQUENCY_QUARTER;
	for (size_t i = 0; i < COUNT_OF(quarters); i++)
		figures_add(figures, quarters[i], 80 + (double)i, "gso", "2023-03-01");
	figures->target.period = figures_period("2030");
	assert_int_equal(figures_judge(figures, "2023-06-01").used_count, 2);
	/* The last quarter of a year is said to be missing: that year has no level. */
	figures->rows[1].status = OBS_MISSING;
	assert_int_equal(figures_judge(figures, "2023-06-01").used_count, 1);
	/* The due year's last quarter decides, not the one before it. */
	figures->target.period = figures_period("2022");
	figures->rows[3].has_value = false;
	struct verdict got = figures_judge(figures, "2023-02-01");
	assert_false(got.final);
	/* A later value is that of a later period that can be used. */
	figures_add(figures, "2023-Q1", 95, "gso", "2023-05-01")->status = OBS_MISSING;
	figures_add(figures, "2023-Q2", 96, "gso", "2023-08-01");
	got = figures_judge(figures, "2023-09-01");
	assert_true(got.late);
	assert_measure(got.value, 96);
	figures->count = 0;
	got = figures_judge(figures, "2023-09-01");
	assert_state(&got, STATE_NO_DATA, REASON_NO_OBSERVATION, "no rows");
}

/* February to May ends within the second quarter. */
static void periods_that_cut_a_quarter_have_no_level_of_their_own(void **state)
{
	struct figures *figures = *state;
	figures->indicator.frequency = FREQUENCY_QUARTER;
	figures->target.period = figures_period("2021-02/2021-05");
	figures_add(figures, "2021-Q1", 90, "gso", "2021-05-01");
	figures_add(figures, "2021-Q2", 95, "gso", "2021-08-01");
	figures_add(figures, "2021-Q3", 96, "gso", "2021-11-01");
	struct verdict got = figures_judge(figures, "2021-12-01");
	assert_measure(got.value, 96); /* the first quarter that begins after May */
	assert_true(got.late);
	struct period_value value;
	figures->standing.count = 0;
	assert_false(series_later_value(&figures->indicator, &figures->standing,
					figures->target.period, &value));
}

/* A mean of months for a week: other years have no such week. */
static void a_week_among_months_is_judged_by_whole_years(void **state)
{
	struct figures *figures = *state;
	figures->indicator.frequency = FREQUENCY_MONTH;
	figures->indicator.basis = BASIS_MEAN;
	figures->target.period = figures_period("2026-W10");
	for (int month = 1; month <= 12; month++) {
		char period[16];
		(void)snprintf(period, sizeof period, "2025-%02d", month);
		figures_add(figures, period, 80 + month, "gso", "2026-01-10");
	}
	struct verdict got = figures_judge(figures, "2026-02-01");
	assert_measure(got.value, 86.5);
	assert_int_equal(got.used_count, 1);
}

static void a_path_needs_one_way_to_a_level(void **state)
{
	struct figures *figures = *state;
	struct aim aim = {.kind = METHOD_DIRECTION,
			  .sense = 1,
			  .base_time = {true, 2010},
			  .base_value = {true, 40},
			  .due_time = 2030};
	assert_unset(aim_path(&figures->target, &figures->indicator, &aim, 2020));
	aim.kind = METHOD_BY_YEAR;
	aim.sense = 0;
	assert_unset(aim_path(&figures->target, &figures->indicator, &aim, 2020));
	aim.sense = 1;
	aim.low = aim.high = 80;
	assert_measure(aim_path(&figures->target, &figures->indicator, &aim, 2020), 60);
}

static void methods_leave_out_what_is_beyond_numbers(void **state)
{
	(void)state;
	static const double times[] = {2020, 2021, 2022}, steep[] = {0, 1.7e308, 1.7e308},
			    grown[] = {1e-200, 1e100};
	struct method_call call = {.mark = {.sense = 1, .value = 1.75e308},
				   .times = times,
				   .values = steep,
				   .count = 3,
				   .due = 2030,
				   .base_time = measure_of(2020)};
	struct method_result got;
	method_find("escap")->judge(&call, &got);
	assert_unset(got.slope);
	/* Growth of 1e300 is no share of a growth of 1e-16. */
	call.mark = (struct mark){.sense = -1, .value = 1e-200 * (1 + 1e-14)};
	call.values = grown;
	call.count = 2;
	method_find("eurostat")->judge(&call, &got);
	assert_string_equal(got.category, "not assessable");
	assert_unset(got.measure);
	struct trend_line line;
	static const double close[] = {2020, 2020 + 1e-12}, apart[] = {0, 1e300};
	trend_line_fit(&(struct samples){close, apart, 2}, NULL, &line);
	assert_unset(trend_line_at(&line, 2022));
}

static void only_a_scale_of_percent_lets_a_point_pass(void **state)
{
	(void)state;
	static const struct logit_scale scales[] = {{0, 100, 0.1}, {0, 1000, 0.1}, {50, 100, 0.1}};
	static const double times[] = {2020, 2021}, values[] = {99, 99.5};
	for (size_t i = 0; i < COUNT_OF(scales); i++) {
		struct method_call call = {.mark = {.sense = 1, .value = 100},
					   .times = times,
					   .values = values,
					   .count = 2,
					   .due = 2021,
					   .base_time = measure_of(2020),
					   .scale = &scales[i]};
		struct method_result got;
		method_find("unchart")->judge(&call, &got);
		assert_int_equal(got.state == STATE_ON_TRACK, i == 0);
	}
}

static void measures_of_a_gap_do_not_overflow(void **state)
{
	(void)state;
	struct gap_measures gap;
	gap_measure(&(struct gap_input){.mark = {.sense = 1, .value = 90},
					.now = {2020, 1e308},
					.due = 2030,
					.slope = {true, 1e308}},
		    &gap);
	assert_unset(gap.projected);
	assert_unset(gap.projected_gap);
	assert_unset(path_geometric((struct waypoint){2020, 1}, (struct waypoint){2020, 2}, 2020));
	assert_unset(path_geometric((struct waypoint){2010, 1}, (struct waypoint){2020, 2}, 2021));
	assert_unset(path_geometric((struct waypoint){2010, 1}, (struct waypoint){2020, 0}, 2015));
	assert_measure(
		path_linear((struct waypoint){2010, 0.1}, (struct waypoint){2020, 0.3}, 2020), 0.3);
	static const double times[] = {2015, 2020, 2025}, huge[] = {-1e308, 1e308, 1e308},
			    together[] = {2020, 2020};
	struct samples samples = {times, huge, 3};
	assert_unset(jmp_estimate(&samples, 2022));
	struct trend_line line;
	trend_line_fit(&(struct samples){together, huge, 2}, NULL, &line);
	assert_unset(trend_line_at(&line, 2022));
	trend_line_fit(&(struct samples){times, huge, 1}, NULL, &line);
	assert_unset(trend_line_at(&line, 2022));
}

static void bands_and_arrows_take_what_there_is(void **state)
{
	(void)state;
	assert_unset(band_growth(NULL, NULL, 0));
	/* Exactly half a percent is still yellow, exactly one percent is not stable. */
	assert_string_equal(band_word(band_find("thurgau"), measure_of(0.005), 1), "yellow");
	assert_string_equal(band_word(band_find("astat"), measure_of(0.01), 1),
			    "slight improvement");
	static const double times[] = {2012, 2016}, values[] = {60, 66};
	struct method_call call = {.mark = {.sense = 1, .value = 90},
				   .times = times,
				   .values = values,
				   .count = 2,
				   .due = 2030,
				   .base_time = measure_of(2010)};
	struct method_result got;
	sdr_judge_from(&call, 2015, &got); /* 1.5 a year of 30 / 15 */
	assert_measure(got.measure, 0.75);
}

static void rules_beside_the_methods_are_described(void **state)
{
	(void)state;
	size_t count = 0;
	for (const struct method *row; (row = aside_at(count)) != NULL; count++) {
		assert_ptr_equal(aside_find(row->name), row);
		assert_null(method_find(row->name));
		assert_true(row->judge == NULL);
		assert_true(strlen(row->title) > 0 && strlen(row->needs) > 0);
		assert_true(strlen(row->measure) > 0 && strlen(row->citation) > 0);
		assert_true(strlen(row->paragraph) > 100);
		assert_non_null(row->categories);
		assert_non_null(row->thresholds);
	}
	assert_int_equal(count, 4);
	assert_null(aside_find("weather"));
}

/* Between milestones the path is straight, but each is due in its own year: 55 in 2018, 60 in 2020,
 * 65 in 2022, 70 in 2024, 75 in 2026 against 56, 59, nothing, 71 and nothing yet. */
static void milestones_are_steps_for_who_asks_whether_they_were_met(void **state)
{
	struct figures *figures = *state;
	struct milestone milestones[] = {{figures_period("2018"), 55, 0},
					 {figures_period("2020"), 60, 0},
					 {figures_period("2022"), 65, 0},
					 {figures_period("2024"), 70, 0},
					 {figures_period("2026"), 75, 0}};
	static const enum milestone_state want[] = {MILESTONE_MET, MILESTONE_MISSED,
						    MILESTONE_NO_VALUE, MILESTONE_MET,
						    MILESTONE_AHEAD};
	struct milestone_verdict got[COUNT_OF(milestones)];
	figures_add(figures, "2018", 56, "gso", "2019");
	figures_add(figures, "2020", 59, "gso", "2021");
	figures_add(figures, "2023", 72, "gso", "2024-01-31");
	figures_add(figures, "2024", 71, "gso", "2024-06-30"); /* before the year was over */
	figures->target.period = figures_period("2030");
	figures->target.milestones = milestones;
	figures->target.milestone_count = COUNT_OF(milestones);
	figures_stand(figures, "2024-07-01");
	const struct assess_input input = {.catalogue = &figures->catalogue,
					   .indicator = &figures->indicator,
					   .target = &figures->target,
					   .area = &figures->area,
					   .standing = &figures->standing,
					   .today = figures_day("2024-07-01")};
	assert_true(assess_milestones(&input, got, NULL));
	for (size_t i = 0; i < COUNT_OF(want); i++) {
		assert_int_equal(got[i].state, want[i]);
		assert_measure(got[i].level, milestones[i].value);
	}
	assert_measure(got[1].value, 59);
	assert_int_equal(got[1].point, 1);
	assert_int_equal(got[3].point, 3);
	assert_unset(got[2].value);
	assert_string_equal(milestone_state_name(got[1].state), "missed");
	figures->target.relative = true; /* to a base that nobody knows */
	assert_true(assess_milestones(&input, got, NULL));
	assert_unset(got[0].level);
	assert_int_equal(got[0].state, MILESTONE_NO_VALUE);
	figures->target.milestones = NULL;
	figures->target.milestone_count = 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FIGURES(a_tolerance_of_the_row_counts_for_any_operator),
		WITH_FIGURES(where_neither_way_is_better_a_level_is_held_within_its_last_digit),
		WITH_FIGURES(a_range_without_its_other_end_is_a_level),
		WITH_FIGURES(milestones_outside_of_the_way_are_no_part_of_it),
		WITH_FIGURES(evidence_needs_no_target_and_no_future),
		WITH_FIGURES(a_scale_needs_two_bounds_and_a_width),
		WITH_FIGURES(quarters_of_a_sum_make_years),
		WITH_FIGURES(levels_at_the_end_of_quarters_make_years),
		WITH_FIGURES(periods_that_cut_a_quarter_have_no_level_of_their_own),
		WITH_FIGURES(a_week_among_months_is_judged_by_whole_years),
		WITH_FIGURES(a_path_needs_one_way_to_a_level),
		cmocka_unit_test(methods_leave_out_what_is_beyond_numbers),
		cmocka_unit_test(only_a_scale_of_percent_lets_a_point_pass),
		cmocka_unit_test(measures_of_a_gap_do_not_overflow),
		cmocka_unit_test(bands_and_arrows_take_what_there_is),
		cmocka_unit_test(rules_beside_the_methods_are_described),
		WITH_FIGURES(milestones_are_steps_for_who_asks_whether_they_were_met),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
