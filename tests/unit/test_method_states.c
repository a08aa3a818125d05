/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <string.h>

#include "assess/method.h"
#include "tests/unit/figures.h"
#include "tests/unit/two_values.h"

/* From the words of each method to states and reasons. */

/* Sense 0: no target, more is better. */
static const struct {
	const char *method;
	struct mark mark;
	double values[2];
	const char *category;
	enum assess_state state;
	enum assess_reason reason;
	const char *why;
} ratings[] = {
	/* 16 % in four years is 3.8 % a year; to 80 in ten 2.9 %, to 90 4.1 %, to 110 6.2 %,
	   to 150 9.6 % */
	{"eurostat",
	 {1, 80, 0, false},
	 {60, 69.6},
	 "significant progress",
	 STATE_ON_TRACK,
	 REASON_NONE,
	 "3.8 of 2.9"},
	{"eurostat",
	 {1, 110, 0, false},
	 {60, 69.6},
	 "moderate progress",
	 STATE_NEARLY_ON_TRACK,
	 REASON_NONE,
	 "3.8 of 6.2"},
	{"eurostat",
	 {1, 150, 0, false},
	 {60, 69.6},
	 "insufficient progress",
	 STATE_OFF_TRACK,
	 REASON_NONE,
	 "3.8 of 9.6"},
	{"eurostat",
	 {1, 80, 0, false},
	 {60, 59},
	 "movement away",
	 STATE_WORSENING,
	 REASON_NONE,
	 "falls"},
	{"eurostat",
	 {1, 80, 0, false},
	 {60, 80},
	 "target met",
	 STATE_ON_TRACK,
	 REASON_NONE,
	 "what a milestone asks is met; met itself is decided before"},
	{"eurostat",
	 {0, 0, 0, false},
	 {60, 59},
	 "moderate movement away",
	 STATE_WORSENING,
	 REASON_NONE,
	 "-0.4 % a year"},
	{"eurostat",
	 {0, 0, 0, false},
	 {60, 50},
	 "significant movement away",
	 STATE_WORSENING,
	 REASON_NONE,
	 "-4.5 % a year"},
	{"eurostat",
	 {1, 80, 0, false},
	 {0, 59},
	 "not assessable",
	 STATE_INSUFFICIENT_DATA,
	 REASON_MEASURE_UNDEFINED,
	 "no growth from 0"},
	{"eurostat",
	 {1, 60, 0, true},
	 {60, 60},
	 "insufficient progress",
	 STATE_OFF_TRACK,
	 REASON_NONE,
	 "more than 60 wanted, nothing moved"},
	{"eurostat",
	 {1, 60, 0, true},
	 {60, 59},
	 "movement away",
	 STATE_WORSENING,
	 REASON_NONE,
	 "more than 60 wanted, from 60 down"},
	{"opensdg",
	 {1, 80, 0, false},
	 {60, 69.6},
	 "substantial_progress",
	 STATE_ON_TRACK,
	 REASON_NONE,
	 "3.8 of 2.9"},
	{"opensdg",
	 {1, 110, 0, false},
	 {60, 69.6},
	 "moderate_progress",
	 STATE_NEARLY_ON_TRACK,
	 REASON_NONE,
	 "3.8 of 6.2"},
	{"opensdg",
	 {1, 150, 0, false},
	 {60, 69.6},
	 "limited_progress",
	 STATE_OFF_TRACK,
	 REASON_NONE,
	 "3.8 of 9.6"},
	{"opensdg",
	 {1, 80, 0, false},
	 {60, 59},
	 "deterioration",
	 STATE_WORSENING,
	 REASON_NONE,
	 "falls"},
	{"opensdg",
	 {1, 80, 0, false},
	 {60, 80},
	 "target_achieved",
	 STATE_ON_TRACK,
	 REASON_NONE,
	 "reached"},
	{"opensdg",
	 {1, 80, 0, false},
	 {-1, 59},
	 "not_available",
	 STATE_INSUFFICIENT_DATA,
	 REASON_MEASURE_UNDEFINED,
	 "across 0"},
	{"opensdg",
	 {1, 60, 0, true},
	 {60, 60},
	 "limited_progress",
	 STATE_OFF_TRACK,
	 REASON_NONE,
	 "more than 60 wanted, nothing moved"},
	{"sdr",
	 {1, 80, 0, false},
	 {60, 68},
	 "on track or maintaining",
	 STATE_ON_TRACK,
	 REASON_NONE,
	 "2 of 2"},
	{"sdr",
	 {1, 80, 0, false},
	 {60, 66},
	 "moderately increasing",
	 STATE_NEARLY_ON_TRACK,
	 REASON_NONE,
	 "1.5 of 2"},
	{"sdr",
	 {1, 80, 0, false},
	 {60, 61},
	 "stagnating",
	 STATE_OFF_TRACK,
	 REASON_NONE,
	 "0.25 of 2"},
	{"sdr",
	 {1, 80, 0, false},
	 {60, 60},
	 "stagnating",
	 STATE_OFF_TRACK,
	 REASON_NO_CHANGE,
	 "nothing moved"},
	{"sdr", {1, 80, 0, false}, {60, 59}, "decreasing", STATE_WORSENING, REASON_NONE, "falls"},
	{"sdr",
	 {1, 60, 0, true},
	 {60, 60},
	 "stagnating",
	 STATE_OFF_TRACK,
	 REASON_NO_CHANGE,
	 "more than 60 wanted, nothing moved"},
	{"sdr",
	 {1, 60, 0, true},
	 {60, 59},
	 "decreasing",
	 STATE_WORSENING,
	 REASON_NONE,
	 "more than 60 wanted, from 60 down"},
	{"sdr",
	 {0, 0, 0, false},
	 {60, 68},
	 "no arrow",
	 STATE_NOT_ASSESSABLE,
	 REASON_TARGET_WITHOUT_VALUE,
	 "no target"},
	/* on the line: 2 a year to 80 */
	{"escap",
	 {1, 81, 0, false},
	 {60, 68},
	 "maintain",
	 STATE_ON_TRACK,
	 REASON_NONE,
	 "1 of 21 left"},
	{"escap",
	 {1, 90, 0, false},
	 {60, 68},
	 "accelerate",
	 STATE_OFF_TRACK,
	 REASON_NONE,
	 "10 of 30 left"},
	{"escap",
	 {1, 90, 0, false},
	 {60, 59},
	 "reverse",
	 STATE_WORSENING,
	 REASON_NONE,
	 "57.5: more than the whole way left"},
	{"escap",
	 {1, 60, 0, false},
	 {60, 59},
	 "not assessed",
	 STATE_INSUFFICIENT_DATA,
	 REASON_MEASURE_UNDEFINED,
	 "no way to do shares of"},
	{"escap",
	 {0, 0, 0, false},
	 {60, 68},
	 "not assessed",
	 STATE_NOT_ASSESSABLE,
	 REASON_TARGET_WITHOUT_VALUE,
	 "no target"},
	{"unchart",
	 {1, 80, 0, false},
	 {60, 69.6},
	 "on track",
	 STATE_ON_TRACK,
	 REASON_NONE,
	 "69.6 * 1.16^1.5 = 87.0"},
	{"unchart",
	 {1, 110, 0, false},
	 {60, 69.6},
	 "fair progress, acceleration needed",
	 STATE_OFF_TRACK,
	 REASON_NONE,
	 "27 of 50"},
	{"unchart",
	 {1, 80, 0, false},
	 {60, 60.4},
	 "stagnation or regression",
	 STATE_OFF_TRACK,
	 REASON_NONE,
	 "1 of 20"},
	{"unchart",
	 {1, 80, 0, false},
	 {60, 60},
	 "stagnation or regression",
	 STATE_OFF_TRACK,
	 REASON_NO_CHANGE,
	 "nothing moved"},
	{"unchart",
	 {1, 80, 0, false},
	 {60, 59},
	 "stagnation or regression",
	 STATE_WORSENING,
	 REASON_NONE,
	 "falls"},
	{"unchart",
	 {1, 80, 0, false},
	 {97, 79},
	 "stagnation or regression",
	 STATE_WORSENING,
	 REASON_NONE,
	 "lost, without a measure"},
	{"unchart",
	 {0, 0, 0, false},
	 {60, 59},
	 "stagnation or regression",
	 STATE_WORSENING,
	 REASON_NONE,
	 "-0.4 % a year"},
	{"unchart",
	 {0, 0, 0, false},
	 {-60, -50},
	 "on track",
	 STATE_ON_TRACK,
	 REASON_NONE,
	 "4.5 % less below 0"},
	{"unchart",
	 {1, 80, 0, false},
	 {-1, 59},
	 "not assessed",
	 STATE_INSUFFICIENT_DATA,
	 REASON_MEASURE_UNDEFINED,
	 "across 0"},
};

static void categories_become_states_and_say_why(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(ratings); i++) {
		struct method_call call = two_values_call(ratings[i].mark, ratings[i].values);
		struct method_result got = two_values_ask(ratings[i].method, &call);
		if (strcmp(got.category, ratings[i].category) != 0 ||
		    got.state != ratings[i].state || got.reason != ratings[i].reason)
			fail_msg("%s, %s: %s, %s %s", ratings[i].method, ratings[i].why,
				 got.category, assess_state_name(got.state),
				 assess_reason_name(got.reason));
	}
}

static void name_method(struct figures *figures, const char *name)
{
	assert_true(span_copy(span_of(name), figures->target.method, ID_BYTES));
}

/* From judging a target to a state: what is reached or due is decided before any method. */
static void what_is_reached_is_met_whatever_the_method_says(void **state)
{
	struct figures *figures = *state;
	static const double falling[] = {99, 98, 97, 96, 95, 93};
	figures_add_years(figures, 2017, falling, 6);
	figures->target.period = figures_period("2030");
	for (size_t i = 0; method_at(i) != NULL; i++) {
		name_method(figures, method_name_at(i));
		struct verdict got = figures_judge(figures, "2023-06-01");
		assert_string_equal(got.method, method_name_at(i));
		/* Only the weather warns of a loss. */
		enum assess_state want = i == 0 ? STATE_NEARLY_ON_TRACK : STATE_MET;
		enum assess_reason reason = i == 0 ? REASON_LOST_IF_CONTINUED : REASON_NONE;
		assert_state(&got, want, reason, method_name_at(i));
	}
}

static void what_is_due_is_decided_by_its_value(void **state)
{
	struct figures *figures = *state;
	static const double values[] = {80, 82, 84, 86, 88, 91};
	figures_add_years(figures, 2020, values, 6);
	for (size_t i = 0; method_at(i) != NULL; i++) {
		name_method(figures, method_name_at(i));
		struct verdict got = figures_judge(figures, "2026-06-01");
		assert_state(&got, STATE_MISSED, REASON_NONE, method_name_at(i));
	}
}

static void each_method_judges_the_way_in_its_own_words(void **state)
{
	struct figures *figures = *state;
	static const double values[] = {80, 81, 82, 83, 84, 85, 85.5, 86};
	figures_add_years(figures, 2015, values, 8);
	static const struct {
		const char *method, *symbol;
		enum assess_state state;
	} words[] = {
		/* a = 4/5 from 82 (2017): 86 + 3 * 0.8 = 88.4, 3.6 of 6 are missed */
		{"weather", "cloud", STATE_OFF_TRACK},
		/* from 82 (2017), the last five years: 0.96 % of 1.45 % a year, 66 % */
		{"eurostat", "moderate progress", STATE_NEARLY_ON_TRACK},
		/* from 80 (2015): 1.04 % of 1.41 %, 74 % */
		{"opensdg", "moderate_progress", STATE_NEARLY_ON_TRACK},
		/* 6/7 of 12/10: 71 % */
		{"sdr", "moderately increasing", STATE_NEARLY_ON_TRACK},
		/* it bends before 100: well short of nine tenths, ahead of nothing */
		{"escap", "accelerate", STATE_OFF_TRACK},
		/* 86 * 1.0104^3 = 88.7: 8.7 of 12 */
		{"unchart", "fair progress, acceleration needed", STATE_OFF_TRACK},
	};
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		name_method(figures, words[i].method);
		struct verdict got = figures_judge(figures, "2023-06-01");
		assert_string_equal(got.symbol, words[i].symbol);
		assert_state(&got, words[i].state, REASON_NONE, words[i].method);
	}
}

static void years_that_are_too_few_are_not_values_that_are(void **state)
{
	struct figures *figures = *state;
	static const double values[] = {80, 81, 82, 83};
	figures_add_years(figures, 2020, values, 3);
	name_method(figures, "eurostat");
	struct verdict got = figures_judge(figures, "2023-06-01");
	assert_state(&got, STATE_INSUFFICIENT_DATA, REASON_SPAN_TOO_SHORT, "2020 to 2022");
	figures_add_years(figures, 2023, values + 3, 1);
	got = figures_judge(figures, "2024-06-01");
	assert_state(&got, STATE_OFF_TRACK, REASON_NONE, "1.2 % a year of 2.7 to 90 in 2026");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(categories_become_states_and_say_why),
		WITH_FIGURES(what_is_reached_is_met_whatever_the_method_says),
		WITH_FIGURES(what_is_due_is_decided_by_its_value),
		WITH_FIGURES(each_method_judges_the_way_in_its_own_words),
		WITH_FIGURES(years_that_are_too_few_are_not_values_that_are),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
