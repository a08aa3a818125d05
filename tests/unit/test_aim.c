/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "tests/unit/figures.h"

static void falling_is_better_where_the_operator_says_so(void **state)
{
	static const double values[] = {40, 38, 36, 34, 32, 30};
	struct figures *figures = *state;
	figures->indicator.direction = DIRECTION_DOWN;
	figures->target.op = TARGET_AT_MOST;
	figures->target.value = 10;
	figures->target.period = figures_period("2030");
	figures_add_years(figures, 2016, values, 6);
	struct verdict got = figures_judge(figures, "2022-06-01");
	/* 30 - 2 * 9 = 12; 2 of 20 */
	assert_state(&got, STATE_NEARLY_ON_TRACK, REASON_NONE, "a tenth missed");
	assert_measure(got.gap, 20);
	assert_measure(got.projected_gap, 2);
	assert_measure(got.required_change, -20 / 9.0);
	assert_measure(got.band_low, 12); /* no scatter, no band */
	assert_measure(got.band_high, 12);
}

static void a_strict_target_is_not_met_at_its_value(void **state)
{
	struct figures *figures = *state;
	figures_add(figures, "2025", 92, "gso", "2026-02-01");
	figures->target.op = TARGET_ABOVE;
	struct verdict got = figures_judge(figures, "2026-06-01");
	assert_state(&got, STATE_MISSED, REASON_NONE, "92 is not above 92");
	assert_measure(got.gap, 0);
	figures->target.op = TARGET_BELOW;
	got = figures_judge(figures, "2026-06-01");
	assert_state(&got, STATE_MISSED, REASON_NONE, "nor below");
	figures->target.op = TARGET_AT_MOST;
	got = figures_judge(figures, "2026-06-01");
	assert_state(&got, STATE_MET, REASON_NONE, "at most 92");
}

static void a_range_is_met_from_its_least_demanding_end(void **state)
{
	static const struct {
		enum direction direction;
		double value;
		enum assess_state state;
		bool exceeded;
		double gap;
		const char *why;
	} cases[] = {
		{DIRECTION_UP, 65, STATE_MET, false, 0, "the lower end"},
		{DIRECTION_UP, 70, STATE_MET, false, 0, "the upper end"},
		{DIRECTION_UP, 71, STATE_MET, true, 0, "beyond it"},
		{DIRECTION_UP, 64, STATE_MISSED, false, 1, "below"},
		{DIRECTION_DOWN, 70, STATE_MET, false, 0, "the upper end is enough"},
		{DIRECTION_DOWN, 64, STATE_MET, true, 0, "better than asked"},
		{DIRECTION_DOWN, 72, STATE_MISSED, false, 2, "above"},
		{DIRECTION_RANGE, 65, STATE_MET, false, 0, "inside"},
		{DIRECTION_RANGE, 72, STATE_MISSED, false, 2, "to the nearest end"},
		{DIRECTION_RANGE, 61, STATE_MISSED, false, 4, "to the nearest end"},
	};
	struct figures *figures = *state;
	figures->target.op = TARGET_RANGE;
	figures->target.value = 65;
	figures->target.has_high = true;
	figures->target.value_high = 70;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		figures->count = 0;
		figures->indicator.direction = cases[i].direction;
		figures_add(figures, "2025", cases[i].value, "gso", "2026-02-01");
		struct verdict got = figures_judge(figures, "2026-06-01");
		assert_state(&got, cases[i].state, REASON_NONE, cases[i].why);
		assert_int_equal(got.exceeded, cases[i].exceeded);
		assert_measure(got.gap, cases[i].gap);
		assert_measure(got.target_value, 65);
		assert_measure(got.target_value_high, 70);
	}
}

static void the_way_back_into_a_range_is_judged(void **state)
{
	static const double values[] = {90, 88, 86, 84, 82, 80};
	struct figures *figures = *state;
	figures->target = (struct target){.op = TARGET_RANGE,
					  .has_value = true,
					  .value = 60,
					  .has_high = true,
					  .value_high = 70,
					  .period = figures_period("2026")};
	figures->indicator.direction = DIRECTION_RANGE;
	figures_add_years(figures, 2016, values, 6);
	struct verdict got = figures_judge(figures, "2022-06-01");
	assert_state(&got, STATE_ON_TRACK, REASON_NONE, "80 - 2 * 5 = 70");
	assert_measure(got.gap, 10);
	figures->target.value_high = 80;
	figures->target.value = 75;
	got = figures_judge(figures, "2022-06-01");
	assert_state(&got, STATE_NEARLY_ON_TRACK, REASON_LOST_IF_CONTINUED, "out at the far end");
	figures->target.value = 70;
	got = figures_judge(figures, "2022-06-01");
	assert_state(&got, STATE_MET, REASON_NONE, "still inside at 70");
}

static void relative_targets_need_their_base(void **state)
{
	static const double values[] = {50, 48, 46, 44};
	struct figures *figures = *state;
	figures->indicator.direction = DIRECTION_DOWN;
	figures->target = (struct target){.op = TARGET_AT_MOST,
					  .has_value = true,
					  .relative = true,
					  .value = -20,
					  .base_period = figures_period("2016"),
					  .period = figures_period("2026")};
	figures_add_years(figures, 2017, values, 4);
	struct verdict got = figures_judge(figures, "2022-06-01");
	assert_state(&got, STATE_NOT_ASSESSABLE, REASON_BASELINE_UNKNOWN, "no value of 2016");
	assert_unset(got.target_value);
	assert_unset(got.gap);
	assert_measure(got.value, 44);

	figures_add(figures, "2016", 60, "gso", "2017-03-01");
	got = figures_judge(figures, "2022-06-01");
	/* 60 less a fifth is 48, reached; a = (44 - 60) / 4; path 60 - 12 * 4 / 10 in 2020 */
	assert_state(&got, STATE_MET, REASON_NONE, "44 is below 48");
	assert_measure(got.target_value, 48);
	assert_measure(got.base_value, 60);
	assert_measure(got.required_from_base, -1.2);
	assert_measure(got.gap_to_path, -(55.2 - 44));

	figures_add_break(figures, "2017-06-01", "");
	got = figures_judge(figures, "2022-06-01");
	assert_state(&got, STATE_NOT_ASSESSABLE, REASON_BREAK, "the base does not join");
	figures->target.has_base = true;
	figures->target.base_value = 50;
	got = figures_judge(figures, "2022-06-01");
	assert_measure(got.target_value, 40);
}

static void better_than_a_base_is_strict_and_without_one_a_direction(void **state)
{
	static const double values[] = {50, 48, 53, 54, 55, 56};
	struct figures *figures = *state;
	figures->target = (struct target){.op = TARGET_BETTER, .period = figures_period("2022")};
	figures_add_years(figures, 2016, values, 6);
	struct verdict got = figures_judge(figures, "2022-06-01");
	assert_state(&got, STATE_ON_TRACK, REASON_NONE, "up, and up last year");
	assert_unset(got.gap);
	assert_unset(got.projected_gap);
	assert_unset(got.target_value);
	assert_measure(got.measure, 1.2);
	got = figures_judge(figures, "2030-06-01");
	assert_state(&got, STATE_ON_TRACK, REASON_NONE, "a direction is never due");

	figures->target.has_base = true;
	figures->target.base_value = 56;
	got = figures_judge(figures, "2022-06-01");
	assert_state(&got, STATE_ON_TRACK, REASON_NONE, "at the base, rising");
	figures_add(figures, "2022", 56, "gso", "2023-02-01");
	got = figures_judge(figures, "2023-06-01");
	assert_state(&got, STATE_MISSED, REASON_NONE, "no better");
	figures->target.base_value = 55.9;
	got = figures_judge(figures, "2023-06-01");
	assert_state(&got, STATE_MET, REASON_NONE, "better");
	assert_true(got.exceeded);
}

static void a_level_to_keep_is_held_every_period(void **state)
{
	static const double values[] = {50, 48, 53, 54, 55, 56};
	struct figures *figures = *state;
	figures->target = (struct target){.op = TARGET_KEEP,
					  .has_value = true,
					  .value = 60,
					  .period = figures_period("2030")};
	figures_add_years(figures, 2016, values, 6);
	struct verdict got = figures_judge(figures, "2022-06-01");
	assert_state(&got, STATE_OFF_TRACK, REASON_NOT_HELD, "improving");
	figures->target.value = 56;
	got = figures_judge(figures, "2022-06-01");
	assert_state(&got, STATE_MET, REASON_NONE, "held, rising");
	figures->rows[0].value = 66; /* a = -2: 54 next year */
	got = figures_judge(figures, "2022-06-01");
	assert_state(&got, STATE_NEARLY_ON_TRACK, REASON_LOST_IF_CONTINUED, "held, falling");
	figures->target.value = 54;
	got = figures_judge(figures, "2022-06-01");
	assert_state(&got, STATE_MET, REASON_NONE, "held next year as well");

	figures->target.has_value = false;
	got = figures_judge(figures, "2022-06-01");
	assert_state(&got, STATE_NOT_ASSESSABLE, REASON_TARGET_WITHOUT_VALUE, "keep what?");
	figures->target.base_period = figures_period("2018");
	got = figures_judge(figures, "2022-06-01");
	assert_measure(got.target_value, 53);
}

static struct measure path_at(const struct assess_input *input, double time)
{
	struct measure level = {0};
	assert_true(assess_path(input, time, &level, NULL));
	return level;
}

static void milestones_bend_the_path_and_are_what_the_method_is_asked(void **state)
{
	static const double values[] = {50, 53, 55, 57, 58, 60};
	struct milestone milestones[] = {{.period = figures_period("2020"), .value = 60},
					 {.period = figures_period("2025"), .value = 68}};
	struct figures *figures = *state;
	figures->target.period = figures_period("2030");
	figures->target.value = 90;
	figures->target.has_base = true;
	figures->target.base_value = 40;
	figures->target.base_period = figures_period("2010");
	figures_add_years(figures, 2016, values, 6);
	struct verdict got = figures_judge(figures, "2022-06-01");
	/* Straight: 40 + 50 * 11 / 20 = 67.5 in 2021. */
	assert_state(&got, STATE_OFF_TRACK, REASON_NONE, "12 of 30 are missed in 2030");
	assert_measure(got.gap_to_path, 7.5);
	assert_measure(got.required_from_base, 2.5);
	assert_true(got.milestone.from == got.milestone.to);

	figures->target.milestones = milestones;
	figures->target.milestone_count = 2;
	got = figures_judge(figures, "2022-06-01");
	/* From 60 in 2020 to 68 in 2025: 61.6 in 2021; 60 + 2 * 4 = 68 in 2025 */
	assert_state(&got, STATE_ON_TRACK, REASON_NONE, "68 is what 2025 asks for");
	assert_true(period_equal(got.milestone, milestones[1].period));
	assert_measure(got.measure, 0);
	assert_measure(got.gap_to_path, 1.6);
	assert_measure(got.gap, 30);
	assert_measure(got.projected_raw, 78); /* the target's own date */
	struct assess_input input = {&figures->catalogue, &figures->indicator, &figures->target,
				     &figures->area,	  &figures->standing,  0};
	assert_measure(path_at(&input, 2015), 50); /* 40 + 20 * 5 / 10 */
	assert_measure(path_at(&input, 2027.5), 79);
	assert_measure(path_at(&input, 2031), 90);
	assert_unset(path_at(&input, 2009));
	milestones[0].period = figures_period("2021"); /* is in: not to be reached any more */
	got = figures_judge(figures, "2022-06-01");
	assert_true(period_equal(got.milestone, milestones[1].period));
	figures->target.op = TARGET_NONE;
	assert_unset(path_at(&input, 2015));
}

static void about_counts_half_of_the_last_printed_digit(void **state)
{
	static const struct {
		double value;
		enum assess_state state;
		bool exceeded;
	} cases[] = {
		{91.7, STATE_MET, true},  {91.5, STATE_MET, false},    {91, STATE_MET, false},
		{90.5, STATE_MET, false}, {90.4, STATE_MISSED, false},
	};
	struct figures *figures = *state;
	figures->target.op = TARGET_ABOUT;
	figures->target.value = 91;
	figures->target.period = figures_period("2021");
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		figures->count = 0;
		figures_add(figures, "2021-01/2021-09", cases[i].value, "monre", "2021-10-08");
		struct verdict got = figures_judge(figures, "2022-01-01");
		if (got.state != cases[i].state || got.exceeded != cases[i].exceeded)
			fail_msg("%g: %s", cases[i].value, assess_state_name(got.state));
		assert_false(got.final); /* a part of the year */
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FIGURES(falling_is_better_where_the_operator_says_so),
		WITH_FIGURES(a_strict_target_is_not_met_at_its_value),
		WITH_FIGURES(a_range_is_met_from_its_least_demanding_end),
		WITH_FIGURES(the_way_back_into_a_range_is_judged),
		WITH_FIGURES(relative_targets_need_their_base),
		WITH_FIGURES(better_than_a_base_is_strict_and_without_one_a_direction),
		WITH_FIGURES(a_level_to_keep_is_held_every_period),
		WITH_FIGURES(milestones_bend_the_path_and_are_what_the_method_is_asked),
		WITH_FIGURES(about_counts_half_of_the_last_printed_digit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
