/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "assess/completion.h"
#include "assess/lint.h"
#include "assess/total.h"

static void digits_that_can_be_read_in_two_ways_are_found_at_the_start_only(void **state)
{
	(void)state;
	static const struct {
		const char *raw;
		bool is_ambiguous;
	} cases[] = {
		{"1.234 %", true},	{"12,345 %", true},    {"1.234.567 %", false},
		{"1.2345 %", false},	{"0.123 %", false},    {"1234 %", false},
		{"12345.678 %", false}, {"1 234 56 %", false}, {"1.234,5 %", false},
		{"khoảng 9 %", false},
	};
	const struct indicator indicator = {.id = "usw", .unit = "%"};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct lint_finding findings[LINT_RULES];
		size_t count =
			lint_look_text(&indicator, span_of(cases[i].raw), span_of("%"), findings);
		if (count != cases[i].is_ambiguous)
			fail_msg("%s: %zu", cases[i].raw, count);
	}
}

static void a_share_without_its_sign_is_found_where_no_unit_is_given(void **state)
{
	(void)state;
	const struct indicator share = {.id = "usw", .unit = "%"};
	const struct indicator mass = {.id = "msw", .unit = "t/day"};
	struct lint_finding findings[LINT_RULES];
	assert_int_equal(lint_look_text(&share, span_of("91,7"), span_of(""), findings), 1);
	assert_int_equal(lint_look_text(&share, span_of("91,7%"), span_of(""), findings), 0);
	assert_int_equal(lint_look_text(&mass, span_of("91,7"), span_of(""), findings), 0);
	assert_true(lint_check_unit(&mass, span_of("t/day"), NULL));
	assert_false(lint_check_unit(&mass, span_of("points"), NULL));
}

/* 2019: 3 of 4 t/day is 0.75, not 75, where the unit is no percent. */
static void parts_are_held_against_the_value_in_its_own_unit(void **state)
{
	(void)state;
	const struct indicator indicator = {.id = "rate", .unit = "t/person"};
	const struct period year = {17897, 18262};
	struct observation obs = {.period = year,
				  .has_value = true,
				  .value = 0.75,
				  .decimals = 2,
				  .has_num = true,
				  .has_den = true,
				  .num = 3,
				  .den = 4,
				  .status = OBS_NORMAL,
				  .known_day = 18500};
	struct lint_case subject = {.indicator = &indicator, .obs = &obs, .today = 18600};
	struct lint_finding findings[LINT_RULES];
	assert_int_equal(lint_look(&subject, findings), 0);
	obs.value = 75;
	assert_int_equal(lint_look(&subject, findings), 1);
	assert_int_equal(findings[0].rule, LINT_PARTS);
	obs.decimals = -1; /* nobody knows how many were printed */
	assert_int_equal(lint_look(&subject, findings), 0);
	obs.decimals = 2;
	obs.den = 0;
	assert_int_equal(lint_look(&subject, findings), 0);
}

static bool is_twice(const struct lint_case *subject)
{
	struct lint_finding findings[LINT_RULES];
	size_t count = lint_look(subject, findings);
	for (size_t i = 0; i < count; i++)
		if (findings[i].rule == LINT_TWICE)
			return true;
	return false;
}

static void one_figure_under_two_names_has_the_same_parts(void **state)
{
	(void)state;
	const struct indicator indicator = {.id = "usw", .unit = "%", .has_jump = true};
	const struct observation obs = {.period = {17897, 18262},
					.has_value = true,
					.value = 75,
					.decimals = 0,
					.has_num = true,
					.has_den = true,
					.num = 3,
					.den = 4,
					.source = "gso",
					.status = OBS_NORMAL,
					.known_day = 18500};
	struct observation other = obs;
	(void)snprintf(other.source, sizeof other.source, "monre");
	struct lint_case subject = {.indicator = &indicator,
				    .obs = &obs,
				    .today = 18600,
				    .others = &other,
				    .other_count = 1};
	assert_true(is_twice(&subject));
	other.den = 5;
	assert_false(is_twice(&subject));
	other.num = 2;
	assert_false(is_twice(&subject));
	other.has_den = false;
	assert_false(is_twice(&subject));
	other.has_num = false;
	assert_false(is_twice(&subject));
}

static void the_parts_of_last_year_are_not_those_of_this_one(void **state)
{
	(void)state;
	const struct indicator indicator = {.id = "usw", .unit = "%"};
	struct observation obs = {.period = {17897, 18262},
				  .has_value = true,
				  .value = 75,
				  .decimals = 0,
				  .has_num = true,
				  .has_den = true,
				  .num = 3,
				  .den = 4,
				  .status = OBS_NORMAL,
				  .known_day = 18500};
	struct lint_case subject = {.indicator = &indicator,
				    .obs = &obs,
				    .today = 18600,
				    .before = {{{17532, 17897}, 75, true, 3, 4}},
				    .before_count = 1};
	assert_true(is_twice(&subject));
	subject.before[0].den = 5;
	assert_false(is_twice(&subject));
	subject.before[0].num = 2;
	assert_false(is_twice(&subject));
	subject.before[0].has_parts = false;
	assert_false(is_twice(&subject));
	obs.num = 0; /* nothing of four, as often */
	subject.before[0] = (struct lint_value){{17532, 17897}, 0, true, 0, 4};
	assert_false(is_twice(&subject));
	obs.has_den = false;
	assert_false(is_twice(&subject));
	obs.has_num = false;
	assert_false(is_twice(&subject));
}

/* Above a bound of 0 no power of ten is meant. */
static void beyond_a_bound_of_nothing_there_is_no_hint(void **state)
{
	(void)state;
	const struct indicator indicator = {.id = "gap", .unit = "%", .has_high = true};
	struct error err = {0};
	assert_false(lint_check_bounds(&indicator, 917, (struct period){17897, 18262}, &err));
	assert_null(strstr(err.text, "meant"));
}

/* Less is better, and nothing or less is there: target / value says nothing. */
static void no_share_of_a_level_is_taken_of_nothing(void **state)
{
	(void)state;
	struct completion_input input = {.sense = -1, .now = {true, 0}, .target = {true, 10}};
	assert_false(assess_completion(&input).share.is_set);
	input.now.value = -1;
	assert_false(assess_completion(&input).share.is_set);
	input.now.value = 20; /* 10 / 20 */
	assert_true(assess_completion(&input).share.value == 0.5);
}

static void a_part_that_stands_in_makes_the_total_an_estimate(void **state)
{
	(void)state;
	const struct area place = {.id = "a"};
	const struct total_rule rule = {TOTAL_SUM, 1, 1, false, {0}};
	const struct total_figure figures[] = {
		{.value = 1, .status = OBS_ESTIMATED, .decimals = 0},
		{.value = 2, .status = OBS_NORMAL, .decimals = 2, .known_day = 7},
		{.value = 3, .status = OBS_NORMAL, .stand_in = true, .decimals = 1},
	};
	struct total_sum sum = {0};
	struct total total;
	for (size_t i = 0; i < COUNT_OF(figures); i++) {
		const struct total_member member = {.area = &place, .figure = &figures[i]};
		assert_int_equal(total_add(&rule, &sum, &member), PART_USED);
		assert_int_equal(sum.total.status, OBS_ESTIMATED);
	}
	total_close(&rule, &sum, (struct period){17897, 18262}, &total);
	assert_true(total.value.value == 6);
	assert_int_equal(total.decimals, 2);
	assert_int_equal(total.known_day, 7);
}

static void a_row_has_a_ratio_only_when_somebody_published_its_parts(void **state)
{
	(void)state;
	const struct indicator indicator = {.unit = "%"};
	const struct observation whole = {.seq = 1,
					  .has_value = true,
					  .has_num = true,
					  .has_den = true,
					  .num = 3,
					  .den = 4,
					  .decimals = 1};
	double ratio = 0;
	assert_true(total_ratio(&indicator, &whole, &ratio));
	assert_true(ratio == 75); /* 100 * 3 / 4 */
	struct observation less[] = {whole, whole, whole, whole, whole, whole};
	less[0].has_value = false;
	less[1].has_num = false;
	less[2].has_den = false;
	less[3].den = 0;
	less[4].decimals = -1;
	less[5].seq = 0;
	for (size_t i = 0; i < COUNT_OF(less); i++)
		assert_false(total_ratio(&indicator, &less[i], &ratio));
}

/* Day 20089 is 2025-01-01, 20270 is 2025-07-01, 20454 is 2026-01-01. */
static void a_figure_beyond_the_end_of_its_area_names_what_the_area_became(void **state)
{
	(void)state;
	const struct indicator indicator = {.id = "usw", .unit = "%"};
	const struct area gone = {.id = "P63:75", .valid_from = DAY_NONE, .valid_to = 20270};
	const struct area there = {.id = "P1", .valid_from = DAY_NONE, .valid_to = DAY_NONE};
	struct observation obs = {.period = {20089, 20454},
				  .has_value = true,
				  .value = 75,
				  .status = OBS_NORMAL,
				  .known_day = 20500};
	struct lint_case subject = {.indicator = &indicator,
				    .obs = &obs,
				    .today = 20600,
				    .area = &gone,
				    .successors = "P34:75"};
	struct lint_finding findings[LINT_RULES];
	assert_int_equal(lint_look(&subject, findings), 1);
	assert_int_equal(findings[0].rule, LINT_ENDED);
	assert_string_equal(findings[0].detail, "2025-06-30; P34:75");
	subject.successors = NULL;
	assert_int_equal(lint_look(&subject, findings), 1);
	assert_string_equal(findings[0].detail, "2025-06-30");
	obs.period.to = 20270; /* the half year that it saw whole */
	assert_int_equal(lint_look(&subject, findings), 0);
	obs.period.to = 20454;
	subject.area = &there;
	assert_int_equal(lint_look(&subject, findings), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digits_that_can_be_read_in_two_ways_are_found_at_the_start_only),
		cmocka_unit_test(a_share_without_its_sign_is_found_where_no_unit_is_given),
		cmocka_unit_test(parts_are_held_against_the_value_in_its_own_unit),
		cmocka_unit_test(one_figure_under_two_names_has_the_same_parts),
		cmocka_unit_test(the_parts_of_last_year_are_not_those_of_this_one),
		cmocka_unit_test(beyond_a_bound_of_nothing_there_is_no_hint),
		cmocka_unit_test(no_share_of_a_level_is_taken_of_nothing),
		cmocka_unit_test(a_part_that_stands_in_makes_the_total_an_estimate),
		cmocka_unit_test(a_figure_beyond_the_end_of_its_area_names_what_the_area_became),
		cmocka_unit_test(a_row_has_a_ratio_only_when_somebody_published_its_parts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
