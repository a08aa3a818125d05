/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "daemon/schedule.h"

/* Made-up times: an hour, a day, and a moment in 2026. */
enum { HOUR_S = 3600, DAY_S = 86400 };
static const int64_t NOW = 1795348800; /* 2026-11-22 12:00 UTC */

static struct config_feed feed_of(long every_s, long jitter_s, long retry_cap_s)
{
	static char id[] = "waste";
	return (struct config_feed){
		.id = id, .every_s = every_s, .jitter_s = jitter_s, .retry_cap_s = retry_cap_s};
}

static void after_a_success_it_is_due_one_interval_later(void **state)
{
	const struct config_feed feed = feed_of(HOUR_S, 0, DAY_S);
	(void)state;
	assert_int_equal(schedule_after_success(&feed, NOW), NOW + HOUR_S);
}

static void jitter_is_added_within_its_bound_and_differs_from_time_to_time(void **state)
{
	const struct config_feed feed = feed_of(DAY_S, 600, DAY_S);
	int64_t least = INT64_MAX;
	int64_t most = 0;
	(void)state;
	for (int64_t i = 0; i < 200; i++) {
		int64_t moved = schedule_after_success(&feed, NOW + i) - (NOW + i + DAY_S);
		assert_in_range(moved, 0, 600);
		least = moved < least ? moved : least;
		most = moved > most ? moved : most;
	}
	/* 200 draws from 0..600 leave the lowest and the highest tenth out with (0.9)^200. */
	assert_in_range(least, 0, 60);
	assert_in_range(most, 540, 600);
}

/* 60 s, then twice as long each time up to the cap, within 20 per cent. */
static void after_failures_it_waits_longer_and_longer_up_to_the_cap(void **state)
{
	static const struct {
		int failures;
		int64_t least, most;
	} cases[] = {
		{1, 48, 72}, {2, 96, 144}, {3, 192, 288}, {4, 384, 576}, {20, 2880, 3600 * 6 / 5},
	};
	const struct config_feed feed = feed_of(DAY_S, 0, HOUR_S);
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		int64_t wait = schedule_after_failure(&feed, cases[i].failures, 0, NOW) - NOW;
		assert_in_range(wait, cases[i].least, cases[i].most);
	}
}

static void a_host_that_wants_a_longer_pause_gets_it_within_the_cap(void **state)
{
	const struct config_feed patient = feed_of(DAY_S, 0, DAY_S);
	const struct config_feed hasty = feed_of(DAY_S, 0, HOUR_S);
	(void)state;
	assert_int_equal(schedule_after_failure(&patient, 1, 7200, NOW), NOW + 7200);
	assert_int_equal(schedule_after_failure(&hasty, 1, 7200, NOW), NOW + HOUR_S);
	assert_true(schedule_after_failure(&patient, 1, 1, NOW) >= NOW + 48);
}

static struct feed_state state_of(int64_t last_try, int64_t next_due, int failures)
{
	return (struct feed_state){
		.last_try = last_try, .next_due = next_due, .failures = failures};
}

static void after_a_restart_the_plan_holds_within_what_the_configuration_asks_for(void **state)
{
	static const struct {
		int64_t tried_ago, due_in; /* seconds */
		int failures;
		int64_t want; /* seconds from now */
		const char *why;
	} cases[] = {
		{600, 3000, 0, 3000, "planned in fifty minutes"},
		{600, -5, 0, -5, "due while nothing ran"},
		{600, 80000, 0, 3000, "the interval was a day and is an hour now"},
		{600, 4000, 0, 3000, "later than interval and jitter allow"},
		{600, 7000, 1, 7000, "backing off for longer than the interval"},
		{600, 90000, 1, 86400 - 600, "no longer than the cap after the last try"},
	};
	const struct config_feed feed = feed_of(HOUR_S, 0, DAY_S);
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct feed_state before = state_of(NOW - cases[i].tried_ago,
							  NOW + cases[i].due_in, cases[i].failures);
		int64_t got = schedule_resume(&feed, &before, NOW) - NOW;
		if (got != cases[i].want)
			print_error("%s: %lld\n", cases[i].why, (long long)got);
		assert_int_equal(got, cases[i].want);
	}
}

static void a_feed_that_was_never_polled_is_due_at_once(void **state)
{
	const struct config_feed feed = feed_of(DAY_S, 0, DAY_S);
	const struct feed_state never = {0};
	(void)state;
	assert_int_equal(schedule_resume(&feed, &never, NOW), NOW);
}

/* The clock was wrong when it was polled, and is right now. */
static void a_last_try_in_the_future_makes_it_due_at_once(void **state)
{
	const struct config_feed feed = feed_of(DAY_S, 0, DAY_S);
	const struct feed_state before = state_of(NOW + 1, NOW + DAY_S, 0);
	(void)state;
	assert_int_equal(schedule_resume(&feed, &before, NOW), NOW);
}

static void a_short_interval_is_the_first_wait_after_a_failure(void **state)
{
	const struct config_feed feed = feed_of(30, 0, HOUR_S);
	(void)state;
	/* 30 s within 20 per cent */
	assert_in_range(schedule_after_failure(&feed, 1, 0, NOW) - NOW, 24, 36);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(after_a_success_it_is_due_one_interval_later),
		cmocka_unit_test(jitter_is_added_within_its_bound_and_differs_from_time_to_time),
		cmocka_unit_test(after_failures_it_waits_longer_and_longer_up_to_the_cap),
		cmocka_unit_test(a_host_that_wants_a_longer_pause_gets_it_within_the_cap),
		cmocka_unit_test(
			after_a_restart_the_plan_holds_within_what_the_configuration_asks_for),
		cmocka_unit_test(a_feed_that_was_never_polled_is_due_at_once),
		cmocka_unit_test(a_last_try_in_the_future_makes_it_due_at_once),
		cmocka_unit_test(a_short_interval_is_the_first_wait_after_a_failure),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
