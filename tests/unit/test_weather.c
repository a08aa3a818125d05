/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <math.h>
#include <string.h>

#include "assess/method.h"
#include "assess/weather.h"
#include "tests/unit/figures.h"

/* Values of 2016, 2017 ... */
static struct method_result judge(enum method_kind kind, struct mark mark, double due,
				  const double *values, size_t count)
{
	static const double times[] = {2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023};
	struct method_call call = {.kind = kind,
				   .mark = mark,
				   .times = times,
				   .values = values,
				   .count = count,
				   .due = due,
				   .horizon = measure_of(due)};
	struct method_result result;
	weather_judge(&call, &result);
	return result;
}

static const struct {
	enum method_kind kind;
	struct mark mark;
	double values[6];
	const char *symbol;
	enum assess_state state;
	enum assess_reason reason;
	const char *why;
} symbols[] = {
	/* a = (60 - 50) / 5 = 2; at 2030 60 + 2 * 9 = 78 */
	{METHOD_BY_YEAR,
	 {1, 78, 0, false},
	 {50, 53, 55, 57, 58, 60},
	 "sun",
	 STATE_ON_TRACK,
	 REASON_NONE,
	 "nothing is missed"},
	{METHOD_BY_YEAR,
	 {1, 80, 0, false},
	 {50, 53, 55, 57, 58, 60},
	 "slightly cloudy",
	 STATE_NEARLY_ON_TRACK,
	 REASON_NONE,
	 "2 of 20 are missed"},
	{METHOD_BY_YEAR,
	 {1, 90, 0, false},
	 {50, 53, 55, 57, 58, 60},
	 "cloud",
	 STATE_OFF_TRACK,
	 REASON_NONE,
	 "12 of 30 are missed"},
	{METHOD_BY_YEAR,
	 {1, 90, 0, false},
	 {60, 53, 55, 57, 58, 50},
	 "thunderstorm",
	 STATE_WORSENING,
	 REASON_NONE,
	 "a = -2"},
	{METHOD_BY_YEAR,
	 {1, 90, 0, false},
	 {60, 53, 55, 57, 58, 60},
	 "thunderstorm",
	 STATE_OFF_TRACK,
	 REASON_NO_CHANGE,
	 "a = 0 is not worse"},
	{METHOD_BY_YEAR,
	 {1, 60, 0, false},
	 {50, 53, 55, 57, 58, 60},
	 "sun",
	 STATE_ON_TRACK,
	 REASON_NONE,
	 "reached"},
	{METHOD_BY_YEAR,
	 {1, 50, 0, false},
	 {66, 53, 55, 57, 58, 60},
	 "slightly cloudy",
	 STATE_NEARLY_ON_TRACK,
	 REASON_LOST_IF_CONTINUED,
	 "reached, moving away"},
	{METHOD_BY_YEAR,
	 {1, 60, 0, true},
	 {50, 53, 55, 57, 58, 60},
	 "sun",
	 STATE_ON_TRACK,
	 REASON_NONE,
	 "more than 60 wanted, at 60, rising"},
	{METHOD_BY_YEAR,
	 {1, 60, 0, true},
	 {66, 53, 55, 57, 58, 60},
	 "thunderstorm",
	 STATE_WORSENING,
	 REASON_NONE,
	 "more than 60 wanted, at 60, falling"},
	{METHOD_BY_YEAR,
	 {1, 60.5, 0.5, false},
	 {66, 53, 55, 57, 58, 60},
	 "slightly cloudy",
	 STATE_NEARLY_ON_TRACK,
	 REASON_LOST_IF_CONTINUED,
	 "reached within the tolerance"},
	{METHOD_HOLD,
	 {1, 70, 0, false},
	 {50, 53, 55, 57, 58, 60},
	 "cloud",
	 STATE_OFF_TRACK,
	 REASON_NOT_HELD,
	 "not held, improving"},
	{METHOD_HOLD,
	 {-1, 70, 0, false},
	 {60, 53, 55, 57, 58, 60},
	 "sun",
	 STATE_ON_TRACK,
	 REASON_NONE,
	 "held, no change"},
	{METHOD_DIRECTION,
	 {-1, 0, 0, false},
	 {62, 63, 55, 57, 58, 60},
	 "slightly cloudy",
	 STATE_NEARLY_ON_TRACK,
	 REASON_NONE,
	 "down over all, last year up"},
	{METHOD_DIRECTION,
	 {1, 0, 0, false},
	 {60, 63, 55, 57, 60, 60},
	 "thunderstorm",
	 STATE_OFF_TRACK,
	 REASON_NO_CHANGE,
	 "nothing changed"},
};
static void symbols_become_states_and_say_why(void **state)
{
	(void)state;

	for (size_t i = 0; i < COUNT_OF(symbols); i++) {
		struct method_result got =
			judge(symbols[i].kind, symbols[i].mark, 2030, symbols[i].values, 6);
		if (strcmp(got.category, symbols[i].symbol) != 0 || got.state != symbols[i].state ||
		    got.reason != symbols[i].reason)
			fail_msg("%s: %s, %s %s", symbols[i].why, got.category,
				 assess_state_name(got.state), assess_reason_name(got.reason));
	}
}

static void the_window_is_the_last_six_values(void **state)
{
	(void)state;
	static const double values[] = {90, 80, 50, 52, 54, 56, 58, 60};
	struct method_result got =
		judge(METHOD_BY_YEAR, (struct mark){1, 80, 0, false}, 2030, values, 8);
	/* (60 - 50) / 5 = 2 in 2018..2023; 60 + 2 * 7 = 74; (80 - 74) / 20 = 0.3 */
	assert_int_equal(got.used, 6);
	assert_measure(got.slope, 2);
	assert_measure(got.projected, 74);
	assert_measure(got.measure, 0.3);
}

static void fewer_than_four_values_are_not_assessed(void **state)
{
	(void)state;
	static const double values[] = {50, 52, 54, 56};
	for (size_t count = 0; count < 4; count++) {
		struct method_result got =
			judge(METHOD_BY_YEAR, (struct mark){1, 80, 0, false}, 2030, values, count);
		assert_string_equal(got.category, "not assessed");
		assert_int_equal(got.state, STATE_INSUFFICIENT_DATA);
		assert_int_equal(got.reason, REASON_TOO_FEW_VALUES);
		assert_int_equal(got.used, count);
		assert_unset(got.slope);
		assert_unset(got.measure);
		assert_unset(got.projected);
	}
	assert_string_equal(
		judge(METHOD_HOLD, (struct mark){1, 80, 0, false}, 2030, values, 4).category,
		"cloud");
}

static void the_table_of_methods_is_whole(void **state)
{
	(void)state;
	assert_ptr_equal(method_find(""), method_find("weather"));
	assert_null(method_find("wether"));
	size_t count = 0;
	for (const struct method *method; (method = method_at(count)) != NULL; count++) {
		assert_ptr_equal(method_find(method->name), method);
		assert_non_null(method->judge);
		assert_true(strlen(method->title) > 0 && strlen(method->needs) > 0);
		assert_true(strlen(method->measure) > 0 && strlen(method->citation) > 0);
		assert_true(strlen(method->paragraph) > 100);
		assert_non_null(method->categories[0]);
		assert_true(method->min_values <= method->sure_values);
		for (size_t i = 0; method->thresholds[i].name != NULL; i++)
			assert_true(isfinite(method->thresholds[i].value));
	}
	assert_true(count >= 1);
}

static void a_tolerance_is_compared_at_fifteen_digits(void **state)
{
	(void)state;
	/* 2.1 - 0.05 is 2.0500000000000003 in doubles. */
	struct mark mark = {.sense = 1, .value = 2.1, .tolerance = 0.05};
	assert_true(mark_reached(&mark, 2.05));
	assert_false(mark_reached(&mark, 2.0499));
	/* 2.3 + 0.05 is 2.3499999999999996. */
	mark = (struct mark){.sense = 1, .value = 2.3};
	assert_false(mark_passed(&mark, 0.05, 2.35));
	assert_true(mark_passed(&mark, 0.05, 2.36));
	mark = (struct mark){.sense = -1, .value = 2.3, .tolerance = 0.05};
	assert_true(mark_reached(&mark, 2.35));
	assert_false(mark_reached(&mark, 2.36));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(symbols_become_states_and_say_why),
		cmocka_unit_test(the_window_is_the_last_six_values),
		cmocka_unit_test(fewer_than_four_values_are_not_assessed),
		cmocka_unit_test(the_table_of_methods_is_whole),
		cmocka_unit_test(a_tolerance_is_compared_at_fifteen_digits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
