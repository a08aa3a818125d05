/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "assess/backtest.h"
#include "assess/method.h"
#include "tests/unit/figures.h"

/* Two a year from 50 in 2010 to 70 in 2020. */
static const double rising[] = {50, 52, 54, 56, 58, 60, 62, 64, 66, 68, 70};
/* The same, but it stops at 60 in 2015. */
static const double stopped[] = {50, 52, 54, 56, 58, 60, 60, 60, 60, 60, 60};

/* At least 80 by 2030, no bounds, no base. */
static void begin(struct figures *figures, const double *values)
{
	figures->indicator.has_low = figures->indicator.has_high = false;
	figures->target.value = 80;
	figures->target.period = figures_period("2030");
	figures_add_years(figures, 2010, values, COUNT_OF(rising));
}

static bool test_target(struct figures *figures, int years, bool by_receipt, struct backtest *ret,
			struct error *err)
{
	const struct backtest_input input = {
		.assess = {.catalogue = &figures->catalogue,
			   .indicator = &figures->indicator,
			   .target = &figures->target,
			   .area = &figures->area,
			   .standing = &figures->standing,
			   .today = figures_day("2021-06-01")},
		.past = {.indicator = &figures->indicator,
			 .rows = figures->rows,
			 .count = figures->count,
			 .received_days = figures->received_days,
			 .as_of = {figures_day("2021-06-01"), by_receipt}},
		.years = years,
	};
	return backtest_target(&input, ret, err);
}

static struct backtest look_back(struct figures *figures, int years)
{
	struct error err = {0};
	struct backtest sum = {0};
	figures_stand(figures, "2021-06-01");
	if (!test_target(figures, years, false, &sum, &err))
		fail_msg("%s", err.text);
	return sum;
}

static const struct backtest_score *score_of(const struct backtest *sum, const char *method)
{
	size_t i = 0;
	while (strcmp(method_at(i)->name, method) != 0)
		i++;
	return &sum->scores[i];
}

/* verdicts, came true, false alarms, missed gaps, still true, shared, shared and true */
static void assert_score(const struct backtest *sum, const char *method, const long want[7])
{
	const struct backtest_score *got = score_of(sum, method);
	const long is[7] = {got->verdicts,   got->came_true, got->false_alarms, got->missed_gaps,
			    got->still_true, got->shared,    got->shared_true};
	for (size_t i = 0; i < COUNT_OF(is); i++)
		if (is[i] != want[i])
			fail_msg("%s, number %zu: %ld, not %ld", method, i, is[i], want[i]);
}

/* From each year 2010 to 2017 the way to 80 in 2030 asks for less than 2 a year: 54.5 three years
 * after 50 in 2010, 67.7 after 64 in 2017.  Each of the eight levels was reached, and whoever sees
 * 2 a year says so.  weather sees four values from 2013 on, the others two from 2011 on (until 2015
 * from three years before, then from 2015). */
static void who_sees_what_goes_on_is_right_while_it_goes_on(void **state)
{
	struct figures *figures = *state;
	begin(figures, rising);
	struct backtest sum = look_back(figures, 3);
	assert_int_equal(sum.questions, 8);
	assert_int_equal(sum.own, 0);
	assert_int_equal(sum.cut, 0);
	assert_int_equal(sum.reached, 0);
	assert_score(&sum, "weather", (const long[7]){5, 5, 0, 0, 0, 5, 5});
	static const char *const others[] = {"eurostat", "opensdg", "sdr", "escap", "unchart"};
	for (size_t i = 0; i < COUNT_OF(others); i++)
		assert_score(&sum, others[i], (const long[7]){7, 7, 0, 0, 0, 5, 5});
}

/* Levels three years on, and what was then: 2010 54.5: 56; 2011 56.4: 58; 2012 58.3: 60; then
 * always 60: 2013 60.2, 2014 62.1, 2015 64, 2016 64.3, 2017 64.6.
 *
 * weather: 2013, 2014 and 2015 see 2 a year: 62, 64, 66, on track; 2016 sees (60 - 52) / 5 = 1.6:
 * 64.8, on track; 2017 (60 - 54) / 5 = 1.2: 63.6, misses (64.6 - 63.6) / 4.6 = 22 %: a cloud.
 * sdr: 2011 and 2012 see 2 of the 1.6 and 1.7 that are needed and are right; 2013, 2014 and 2015
 * likewise and are wrong; 2016 and 2017 see nothing since 2015: stagnating, and right. */
static void a_change_that_ends_makes_gaps_that_were_missed(void **state)
{
	struct figures *figures = *state;
	begin(figures, stopped);
	struct backtest sum = look_back(figures, 3);
	assert_int_equal(sum.questions, 8);
	assert_score(&sum, "weather", (const long[7]){5, 1, 0, 4, 5, 5, 1});
	assert_score(&sum, "sdr", (const long[7]){7, 4, 0, 3, 5, 5, 2});
}

/* 50 until 2015, then 58, 66, 74, 79, 79.  Levels three years on, and what was then:
 * 2013 50 + 3 * 30 / 17 = 55.3: 58; 2014 55.6: 66; 2015 56: 74; 2016 (58) 62.7: 79; 2017 (66)
 * 69.2: 79.  weather: no change in 2013, 2014, 2015: false alarms.  2016 sees 8 / 5 = 1.6 a year:
 * 62.8, on track, 2017 16 / 5: 75.6, on track.  2010 to 2012 ask for 54.5, 54.7, 55: 50. */
static void a_turn_for_the_better_makes_false_alarms(void **state)
{
	static const double late[] = {50, 50, 50, 50, 50, 50, 58, 66, 74, 79, 79};
	struct figures *figures = *state;
	begin(figures, late);
	struct backtest sum = look_back(figures, 3);
	assert_score(&sum, "weather", (const long[7]){5, 2, 3, 0, 0, 5, 2});
	/* sdr answers 2011 and 2012 as well, whose levels were not reached. */
	assert_int_equal(score_of(&sum, "sdr")->still_true, 2);
}

/* Less is better: the same story upside down. */
static void less_is_better_is_counted_the_same_way(void **state)
{
	struct figures *figures = *state;
	double turned[COUNT_OF(stopped)];
	for (size_t i = 0; i < COUNT_OF(stopped); i++)
		turned[i] = 120 - stopped[i];
	begin(figures, turned);
	figures->indicator.direction = DIRECTION_DOWN;
	figures->target.op = TARGET_AT_MOST;
	figures->target.value = 40;
	struct backtest sum = look_back(figures, 3);
	assert_score(&sum, "weather", (const long[7]){5, 1, 0, 4, 5, 5, 1});
}

/* 60 by 2016: asked in 2010 to 2013, of 2013 about the target itself, which came true (62). */
static void a_targets_own_year_is_the_last_question(void **state)
{
	struct figures *figures = *state;
	begin(figures, rising);
	figures->target.value = 60;
	figures->target.period = figures_period("2016");
	struct backtest sum = look_back(figures, 3);
	assert_int_equal(sum.questions, 4);
	assert_int_equal(sum.own, 1);
	assert_score(&sum, "weather", (const long[7]){1, 1, 0, 0, 0, 1, 1});
}

/* 56 in 2013 is beyond 55: only 2010, 2011 and 2012 are asked about, 2013 to 2017 are not. */
static void what_is_reached_already_is_not_asked(void **state)
{
	struct figures *figures = *state;
	begin(figures, rising);
	figures->target.value = 55;
	struct backtest sum = look_back(figures, 3);
	assert_int_equal(sum.questions, 3);
	assert_int_equal(sum.reached, 5);
}

/* By way of 51 in 2013 and 70 in 2016: 2010 is asked about 51, which 2013's 56 reaches; 2011 (52)
 * about 51 + 19 / 3 = 57.3 in 2014, reached with 58; 2013 (56) about 70 in 2016, not reached. */
static void the_way_leads_through_the_milestones(void **state)
{
	struct figures *figures = *state;
	begin(figures, rising);
	struct milestone milestones[] = {{figures_period("2013"), 51, 0},
					 {figures_period("2016"), 70, 0}};
	figures->target.milestones = milestones;
	figures->target.milestone_count = COUNT_OF(milestones);
	struct backtest sum = look_back(figures, 3);
	figures->target.milestones = NULL;
	figures->target.milestone_count = 0;
	assert_int_equal(sum.questions, 8);
	/* 2013 sees 2 a year, 62 in 2016: misses 8 of 14.  From 2014 on 64, 66 and 68 of 71.4, 72.1
	 * and 72.9; 2016 (62) asks for 65.9 and 2017 (64) for 67.7: both reached, both said. */
	assert_score(&sum, "weather", (const long[7]){5, 5, 0, 0, 3, 5, 5});
}

static void figures_that_came_at_once_are_cut_off(void **state)
{
	struct figures *figures = *state;
	figures->target.value = 80;
	figures->target.period = figures_period("2030");
	figures->indicator.has_low = figures->indicator.has_high = false;
	for (int i = 0; i < (int)COUNT_OF(rising); i++) {
		char year[16];
		(void)snprintf(year, sizeof year, "%d", 2010 + i);
		figures_add(figures, year, rising[i], "gso", "2021-01-31");
	}
	struct backtest sum = look_back(figures, 3);
	assert_int_equal(sum.questions, 8);
	assert_int_equal(sum.cut, 8);
	assert_score(&sum, "weather", (const long[7]){5, 5, 0, 0, 0, 5, 5});
}

/* 2015 was printed as 81, beyond the target, and corrected to 60 two years later. */
static void methods_see_what_was_known_then(void **state)
{
	struct figures *figures = *state;
	begin(figures, rising);
	figures->rows[5].value = 81;
	figures_add(figures, "2015", 60, "gso", "2018-01-01");
	struct backtest sum = look_back(figures, 3);
	assert_int_equal(sum.questions, 7);
	assert_int_equal(sum.reached, 1);
	/* 2016 and 2017 saw it as well: (62 - 52) / 5 and (64 - 54) / 5 do not need it. */
	assert_score(&sum, "weather", (const long[7]){4, 4, 0, 0, 0, 4, 4});
}

static void a_forecast_is_not_when_a_figure_was_first_known(void **state)
{
	struct figures *figures = *state;
	begin(figures, rising);
	figures_add(figures, "2013", 99, "gso", "2012-06-01")->status = OBS_FORECAST;
	assert_int_equal(look_back(figures, 3).questions, 8);
}

/* By receipt everything came in 2021, so that every question is cut. */
static void what_was_received_then_may_be_less(void **state)
{
	struct figures *figures = *state;
	struct backtest sum = {0};
	begin(figures, rising);
	for (size_t i = 0; i < figures->count; i++)
		figures->received_days[i] = figures_day("2021-03-01");
	figures_stand(figures, "2021-06-01");
	assert_true(test_target(figures, 3, true, &sum, NULL));
	assert_int_equal(sum.questions, 8);
	assert_int_equal(sum.cut, 8);
}

/* 2015 was taken back on the day on which it came, and stands again since 2019. */
static void a_figure_that_did_not_stand_then_is_not_asked_about(void **state)
{
	struct figures *figures = *state;
	begin(figures, rising);
	struct observation first = figures->rows[5];
	figures_add(figures, "2015", 60, "gso", "2016-01-01")->status = OBS_WITHDRAWN;
	figures->rows[figures->count - 1].known_day = first.known_day;
	figures_add(figures, "2015", 60, "gso", "2019-01-01");
	assert_int_equal(look_back(figures, 3).questions, 7);
}

/* What is said to be missing or taken back is no figure; a later one is. */
static void a_missing_figure_is_not_when_it_was_first_known(void **state)
{
	struct figures *figures = *state;
	begin(figures, rising);
	figures_add(figures, "2013", 0, "monre", "2013-06-01")->status = OBS_MISSING;
	figures_add(figures, "2013", 0, "monre", "2013-07-01")->status = OBS_WITHDRAWN;
	struct backtest sum = look_back(figures, 3);
	assert_int_equal(sum.questions, 8);
	assert_score(&sum, "weather", (const long[7]){5, 5, 0, 0, 0, 5, 5});
}

static void a_way_beyond_all_numbers_asks_for_nothing(void **state)
{
	struct figures *figures = *state;
	begin(figures, rising);
	for (size_t i = 0; i < figures->count; i++)
		figures->rows[i].value = -1.7e308;
	figures->target.value = 1.7e308;
	struct backtest sum = look_back(figures, 3);
	assert_int_equal(sum.questions + sum.reached, 0);
}

/* Only 2016 to 2020 join: 2016 and 2017 have a value three years on. */
static void nothing_is_asked_across_a_break(void **state)
{
	struct figures *figures = *state;
	begin(figures, rising);
	figures_add_break(figures, "2016-01-01", "");
	struct backtest sum = look_back(figures, 3);
	assert_int_equal(sum.questions, 2);
	assert_int_equal(score_of(&sum, "weather")->verdicts, 0);
}

static void without_a_value_so_many_years_on_there_is_no_question(void **state)
{
	struct figures *figures = *state;
	begin(figures, rising);
	figures->rows[5].status = OBS_MISSING; /* 2015: not asked of 2012, nor of 2015 */
	assert_int_equal(look_back(figures, 3).questions, 6);
	assert_int_equal(look_back(figures, 11).questions, 0);
}

static void what_has_no_level_to_reach_is_not_asked_about(void **state)
{
	static const enum target_op ops[] = {TARGET_KEEP, TARGET_NONE, TARGET_BETTER};
	struct figures *figures = *state;
	begin(figures, rising);
	for (size_t i = 0; i < COUNT_OF(ops); i++) {
		figures->target.op = ops[i];
		struct backtest sum = look_back(figures, 3);
		assert_int_equal(sum.questions + sum.reached, 0);
	}
}

/* With a base in 2012 sdr begins there from 2013 on, before it three years back: 2011 to 2017. */
static void a_base_counts_once_it_is_past(void **state)
{
	struct figures *figures = *state;
	begin(figures, stopped);
	figures->target.base_period = figures_period("2012");
	struct backtest sum = look_back(figures, 3);
	/* 2016: (60 - 54) / 4 = 1.5 of (64.3 - 54) / 7 = 1.47: wrong; 2017: 1.2 of 1.33: right. */
	assert_score(&sum, "sdr", (const long[7]){7, 3, 0, 4, 5, 5, 1});
}

/* 8 of 10: 0.4902 to 0.9433 (Brown, Cai and DasGupta 2001); 0 of 10: 0 to z2 / (10 + z2). */
static void the_interval_is_wilsons(void **state)
{
	(void)state;
	double low = -1, high = -1;
	backtest_interval(8, 10, &low, &high);
	assert_true(low > 0.49015 && low < 0.49020);
	assert_true(high > 0.94330 && high < 0.94335);
	backtest_interval(0, 10, &low, &high);
	assert_near(low, 0);
	assert_true(high > 0.27753 && high < 0.27754);
	backtest_interval(10, 10, &low, &high);
	assert_true(low > 0.72246 && low < 0.72247);
	assert_near(high, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FIGURES(who_sees_what_goes_on_is_right_while_it_goes_on),
		WITH_FIGURES(a_change_that_ends_makes_gaps_that_were_missed),
		WITH_FIGURES(a_turn_for_the_better_makes_false_alarms),
		WITH_FIGURES(less_is_better_is_counted_the_same_way),
		WITH_FIGURES(a_targets_own_year_is_the_last_question),
		WITH_FIGURES(what_is_reached_already_is_not_asked),
		WITH_FIGURES(the_way_leads_through_the_milestones),
		WITH_FIGURES(figures_that_came_at_once_are_cut_off),
		WITH_FIGURES(methods_see_what_was_known_then),
		WITH_FIGURES(a_forecast_is_not_when_a_figure_was_first_known),
		WITH_FIGURES(what_was_received_then_may_be_less),
		WITH_FIGURES(a_figure_that_did_not_stand_then_is_not_asked_about),
		WITH_FIGURES(a_missing_figure_is_not_when_it_was_first_known),
		WITH_FIGURES(a_way_beyond_all_numbers_asks_for_nothing),
		WITH_FIGURES(nothing_is_asked_across_a_break),
		WITH_FIGURES(without_a_value_so_many_years_on_there_is_no_question),
		WITH_FIGURES(what_has_no_level_to_reach_is_not_asked_about),
		WITH_FIGURES(a_base_counts_once_it_is_past),
		cmocka_unit_test(the_interval_is_wilsons),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
