/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "fetch/backoff.h"

static void waiting_doubles_with_each_failure_until_the_cap(void **state)
{
	(void)state;
	static const struct {
		int failures;
		int64_t retry_after_ms, want_ms;
		const char *why;
	} cases[] = {
		{0, 0, 0, "nothing failed"},
		{0, 5000, 0, "nothing failed, whatever the host said"},
		{1, 0, 60000, "base"},
		{2, 0, 120000, "base * 2"},
		{3, 0, 240000, "base * 4"},
		{6, 0, 1920000, "base * 32"},
		{7, 0, 3600000, "base * 64 = 3840000 is over the cap"},
		{1000000, 0, 3600000, "and it never wraps round"},
		{1, 90000, 90000, "the host wants more than we would wait"},
		{3, 90000, 240000, "the host wants less than we wait anyway"},
		{1, 86400000, 86400000, "the cap is for our waiting, not for what the host wants"},
	};
	const struct backoff_rule rule = {.base_ms = 60000, .cap_ms = 3600000};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		int64_t got = backoff_wait_ms(&rule, cases[i].failures, cases[i].retry_after_ms, i);
		if (got != cases[i].want_ms)
			fail_msg("%s: %lld", cases[i].why, (long long)got);
	}
}

static void a_base_over_the_cap_waits_the_cap(void **state)
{
	(void)state;
	const struct backoff_rule rule = {.base_ms = 9000, .cap_ms = 5000};
	assert_int_equal(backoff_wait_ms(&rule, 1, 0, 1), 5000);
	const struct backoff_rule huge = {.base_ms = 1, .cap_ms = INT64_MAX};
	assert_true(backoff_wait_ms(&huge, 5000, 0, 1) == INT64_MAX);
}

static void jitter_stays_within_its_percentage_and_uses_all_of_it(void **state)
{
	(void)state;
	/* 20 % of 100000 is 20000: the wait lies in 80000 .. 120000 */
	const struct backoff_rule rule = {
		.base_ms = 100000, .cap_ms = 10000000, .jitter_percent = 20};
	int64_t lowest = INT64_MAX, highest = 0;
	for (uint64_t seed = 0; seed < 2000; seed++) {
		int64_t wait = backoff_wait_ms(&rule, 1, 0, seed);
		assert_in_range(wait, 80000, 120000);
		lowest = wait < lowest ? wait : lowest;
		highest = wait > highest ? wait : highest;
	}
	assert_true(lowest < 81000);
	assert_true(highest > 119000);
}

static void jitter_never_goes_over_the_cap_or_under_what_the_host_asked_for(void **state)
{
	(void)state;
	const struct backoff_rule rule = {
		.base_ms = 100000, .cap_ms = 100000, .jitter_percent = 50};
	for (uint64_t seed = 0; seed < 500; seed++) {
		assert_in_range(backoff_wait_ms(&rule, 4, 0, seed), 50000, 100000);
		assert_in_range(backoff_wait_ms(&rule, 4, 70000, seed), 70000, 100000);
	}
}

static void the_same_seed_gives_the_same_wait(void **state)
{
	(void)state;
	const struct backoff_rule rule = {
		.base_ms = 1000000, .cap_ms = 10000000, .jitter_percent = 50};
	uint64_t seed = backoff_seed("wb_forest", 3);
	assert_int_equal(backoff_wait_ms(&rule, 1, 0, seed), backoff_wait_ms(&rule, 1, 0, seed));
	assert_int_not_equal(backoff_wait_ms(&rule, 1, 0, seed),
			     backoff_wait_ms(&rule, 1, 0, backoff_seed("wb_forest", 4)));
	assert_int_not_equal(backoff_wait_ms(&rule, 1, 0, seed),
			     backoff_wait_ms(&rule, 1, 0, backoff_seed("wb_water", 3)));
}

static void a_seed_is_fnv_1a_of_the_name_plus_the_count(void **state)
{
	(void)state;
	/* the published test vectors of FNV-1a, 64 bit: "" and "foobar" */
	assert_true(backoff_seed("", 0) == UINT64_C(0xcbf29ce484222325));
	assert_true(backoff_seed("foobar", 0) == UINT64_C(0x85944171f73967e8));
	assert_true(backoff_seed("foobar", 2) == UINT64_C(0x85944171f73967ea));
}

static void spread_covers_its_span_evenly(void **state)
{
	(void)state;
	int hits[10] = {0};
	for (uint64_t seed = 0; seed < 10000; seed++)
		hits[backoff_spread_ms(10, seed)]++;
	/* 1000 expected, standard deviation sqrt(10000 * 0.1 * 0.9) = 30: five of them */
	for (size_t i = 0; i < COUNT_OF(hits); i++)
		assert_in_range(hits[i], 850, 1150);
	assert_int_equal(backoff_spread_ms(0, 7), 0);
	assert_int_equal(backoff_spread_ms(-5, 7), 0);
	assert_int_equal(backoff_spread_ms(1, 7), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(waiting_doubles_with_each_failure_until_the_cap),
		cmocka_unit_test(a_base_over_the_cap_waits_the_cap),
		cmocka_unit_test(jitter_stays_within_its_percentage_and_uses_all_of_it),
		cmocka_unit_test(jitter_never_goes_over_the_cap_or_under_what_the_host_asked_for),
		cmocka_unit_test(the_same_seed_gives_the_same_wait),
		cmocka_unit_test(a_seed_is_fnv_1a_of_the_name_plus_the_count),
		cmocka_unit_test(spread_covers_its_span_evenly),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
