/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>

#include "fetch/pace.h"

static struct pace *pace_with(const char *host, struct pace_rule rule)
{
	struct pace *pace = NULL;
	struct error err = {0};
	assert_true(pace_new(&pace, &err));
	assert_true(pace_set(pace, host, &rule, &err));
	return pace;
}

static void a_host_without_a_rule_may_be_asked_at_once(void **state)
{
	(void)state;
	AUTO_PACE struct pace *pace = pace_with("a", (struct pace_rule){.apart_ms = 1000});
	pace_started(pace, "b", 5000);
	pace_rest(pace, "b", 99999);
	pace_ended(pace, "b");
	assert_int_equal(pace_wait_ms(pace, "b", 5000), 0);
}

static void starts_are_kept_apart(void **state)
{
	(void)state;
	AUTO_PACE struct pace *pace = pace_with("a", (struct pace_rule){.apart_ms = 1000});
	assert_int_equal(pace_wait_ms(pace, "a", 0), 0);
	pace_started(pace, "a", 0);
	assert_int_equal(pace_wait_ms(pace, "a", 0), 1000);
	assert_int_equal(pace_wait_ms(pace, "a", 400), 600);
	assert_int_equal(pace_wait_ms(pace, "a", 1000), 0);
	assert_int_equal(pace_wait_ms(pace, "a", 7000), 0);
}

static void no_more_run_at_once_than_allowed(void **state)
{
	(void)state;
	AUTO_PACE struct pace *pace = pace_with("a", (struct pace_rule){.max_running = 2});
	pace_started(pace, "a", 0);
	assert_int_equal(pace_wait_ms(pace, "a", 0), 0);
	pace_started(pace, "a", 0);
	assert_int_equal(pace_wait_ms(pace, "a", 100000), PACE_WHEN_DONE);
	pace_ended(pace, "a");
	assert_int_equal(pace_wait_ms(pace, "a", 100000), 0);
	pace_ended(pace, "a");
	pace_ended(pace, "a"); /* one too many does not open a third place */
	pace_started(pace, "a", 0);
	pace_started(pace, "a", 0);
	assert_int_equal(pace_wait_ms(pace, "a", 0), PACE_WHEN_DONE);
}

static void any_span_holds_at_most_the_budget(void **state)
{
	(void)state;
	/* three in any 60 s; starts at 0, 10 s, 50 s: the fourth waits for the first to be 60 s
	 * ago, the fifth for the second, the sixth for the third */
	AUTO_PACE struct pace *pace =
		pace_with("a", (struct pace_rule){.budget = 3, .per_ms = 60000});
	static const struct {
		int64_t start_ms, then_wait_ms;
	} steps[] = {{0, 0}, {10000, 0}, {50000, 10000}, {60000, 10000}, {70000, 40000}};
	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		assert_int_equal(pace_wait_ms(pace, "a", steps[i].start_ms), 0);
		pace_started(pace, "a", steps[i].start_ms);
		assert_int_equal(pace_wait_ms(pace, "a", steps[i].start_ms), steps[i].then_wait_ms);
	}
}

static void a_host_that_wants_rest_gets_the_longest_it_asked_for(void **state)
{
	(void)state;
	AUTO_PACE struct pace *pace = pace_with("a", (struct pace_rule){0});
	assert_int_equal(pace_wait_ms(pace, "a", -500), 0);
	pace_rest(pace, "a", 9000);
	pace_rest(pace, "a", 4000);
	assert_int_equal(pace_wait_ms(pace, "a", 1000), 8000);
	assert_int_equal(pace_wait_ms(pace, "a", 9000), 0);
}

static void the_longest_of_all_waits_counts(void **state)
{
	(void)state;
	AUTO_PACE struct pace *pace =
		pace_with("a", (struct pace_rule){.apart_ms = 1000, .budget = 1, .per_ms = 3000});
	pace_started(pace, "a", 0);
	assert_int_equal(pace_wait_ms(pace, "a", 500), 2500);
	pace_rest(pace, "a", 4000);
	assert_int_equal(pace_wait_ms(pace, "a", 500), 3500);
}

static void a_new_rule_keeps_what_is_known_unless_the_budget_changes(void **state)
{
	(void)state;
	struct error err = {0};
	AUTO_PACE struct pace *pace =
		pace_with("a", (struct pace_rule){.budget = 1, .per_ms = 3000});
	pace_started(pace, "a", 0);
	assert_true(pace_set(pace, "a", &(struct pace_rule){.budget = 1, .per_ms = 9000}, &err));
	assert_int_equal(pace_wait_ms(pace, "a", 1000), 8000);
	assert_true(pace_set(pace, "a", &(struct pace_rule){.budget = 2, .per_ms = 9000}, &err));
	assert_int_equal(pace_wait_ms(pace, "a", 1000), 0);
	pace_started(pace, "a", 1000);
	pace_started(pace, "a", 2000);
	assert_int_equal(pace_wait_ms(pace, "a", 2000), 8000);
}

static void a_budget_out_of_bounds_is_refused_with_the_bounds(void **state)
{
	(void)state;
	AUTO_PACE struct pace *pace = pace_with("a", (struct pace_rule){.apart_ms = 1});
	struct error err = {0};
	assert_false(pace_set(pace, "a", &(struct pace_rule){.budget = 1001}, &err));
	assert_int_equal(err.code, ERROR_INPUT);
	assert_string_equal(err.text, "a budget of '1001' requests is not within 0..1000");
	assert_false(pace_set(pace, "a", &(struct pace_rule){.budget = -1}, NULL));
}

static void every_host_has_its_own_pace_and_there_is_a_ceiling(void **state)
{
	(void)state;
	AUTO_PACE struct pace *pace = NULL;
	struct error err = {0};
	assert_true(pace_new(&pace, &err));
	char name[32];
	for (int i = 0; i < PACE_HOSTS_MAX; i++) {
		/* 7919 is prime to the count: every name once, in no order */
		snprintf(name, sizeof name, "h%d", i * 7919 % PACE_HOSTS_MAX);
		assert_true(pace_set(pace, name, &(struct pace_rule){.apart_ms = i + 1}, &err));
		pace_started(pace, name, 0);
	}
	for (int i = 0; i < PACE_HOSTS_MAX; i++) {
		snprintf(name, sizeof name, "h%d", i * 7919 % PACE_HOSTS_MAX);
		assert_int_equal(pace_wait_ms(pace, name, 0), i + 1);
	}
	assert_false(pace_set(pace, "one more", &(struct pace_rule){0}, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_host_without_a_rule_may_be_asked_at_once),
		cmocka_unit_test(starts_are_kept_apart),
		cmocka_unit_test(no_more_run_at_once_than_allowed),
		cmocka_unit_test(any_span_holds_at_most_the_budget),
		cmocka_unit_test(a_host_that_wants_rest_gets_the_longest_it_asked_for),
		cmocka_unit_test(the_longest_of_all_waits_counts),
		cmocka_unit_test(a_new_rule_keeps_what_is_known_unless_the_budget_changes),
		cmocka_unit_test(a_budget_out_of_bounds_is_refused_with_the_bounds),
		cmocka_unit_test(every_host_has_its_own_pace_and_there_is_a_ceiling),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
