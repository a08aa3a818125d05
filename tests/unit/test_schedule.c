/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "config/release.h"
#include "daemon/budget.h"
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
	assert_int_equal(schedule_after_success(&feed, NULL, NOW), NOW + HOUR_S);
}

static void jitter_is_added_within_its_bound_and_differs_from_time_to_time(void **state)
{
	const struct config_feed feed = feed_of(DAY_S, 600, DAY_S);
	int64_t least = INT64_MAX;
	int64_t most = 0;
	(void)state;
	for (int64_t i = 0; i < 200; i++) {
		int64_t moved = schedule_after_success(&feed, NULL, NOW + i) - (NOW + i + DAY_S);
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

static void a_host_that_wants_a_longer_pause_than_the_cap_gets_it(void **state)
{
	const struct config_feed patient = feed_of(DAY_S, 0, DAY_S);
	const struct config_feed hasty = feed_of(DAY_S, 0, HOUR_S);
	(void)state;
	assert_int_equal(schedule_after_failure(&patient, 1, 7200, NOW), NOW + 7200);
	assert_int_equal(schedule_after_failure(&hasty, 1, 7200, NOW), NOW + 7200);
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
		int64_t got = schedule_resume(&feed, NULL, &before, NOW) - NOW;
		if (got != cases[i].want)
			print_error("%s: %lld\n", cases[i].why, (long long)got);
		assert_int_equal(got, cases[i].want);
	}
}

/* A day is the most that a host gets (FETCH_RETRY_AFTER_MAX_S). */
static void after_a_restart_a_host_still_gets_the_pause_that_it_asked_for(void **state)
{
	const struct config_feed feed = feed_of(HOUR_S, 0, HOUR_S);
	const struct feed_state rests = state_of(NOW - 600, NOW + 12 * HOUR_S, 1);
	const struct feed_state too_long = state_of(NOW - 600, NOW + 2 * DAY_S, 1);
	(void)state;
	assert_int_equal(schedule_resume(&feed, NULL, &rests, NOW), NOW + 12 * HOUR_S);
	assert_int_equal(schedule_resume(&feed, NULL, &too_long, NOW), NOW - 600 + DAY_S);
}

static void a_feed_that_was_never_polled_is_due_at_once(void **state)
{
	const struct config_feed feed = feed_of(DAY_S, 0, DAY_S);
	const struct feed_state never = {0};
	(void)state;
	assert_int_equal(schedule_resume(&feed, NULL, &never, NOW), NOW);
}

/* The clock was wrong when it was polled, and is right now. */
static void a_last_try_in_the_future_makes_it_due_at_once(void **state)
{
	const struct config_feed feed = feed_of(DAY_S, 0, DAY_S);
	const struct feed_state before = state_of(NOW + 1, NOW + DAY_S, 0);
	(void)state;
	assert_int_equal(schedule_resume(&feed, NULL, &before, NOW), NOW);
}

static void a_short_interval_is_the_first_wait_after_a_failure(void **state)
{
	const struct config_feed feed = feed_of(30, 0, HOUR_S);
	(void)state;
	/* 30 s within 20 per cent */
	assert_in_range(schedule_after_failure(&feed, 1, 0, NOW) - NOW, 24, 36);
}

/* Monthly outside of the release, daily on the 15th to 25th.  2026-11-22 12:00 UTC is 19:00 in
 * Viet Nam; midnights there are at 17:00 UTC of the day before. */
static void in_the_release_week_it_is_polled_daily_and_otherwise_monthly(void **state)
{
	static char monthly[] = "15..25", yearly[] = "12-20..01-10", over[] = "28..3";
	static const struct {
		char *release;
		const char *why;
		int64_t from, want; /* unix seconds, from NOW */
	} cases[] = {
		{monthly, "the 22nd: a day on", 0, DAY_S},
		{monthly, "the 25th, 23:00 there: a day on, although that is the 26th",
		 3 * DAY_S + 4 * HOUR_S, 4 * DAY_S + 4 * HOUR_S},
		{monthly, "the 26th: not 30 days on, but midnight of December 15", 4 * DAY_S,
		 22 * DAY_S + 5 * HOUR_S},
		{yearly, "November 22: midnight of December 20 there", 0, 27 * DAY_S + 5 * HOUR_S},
		{yearly, "January 10 at 19:00: a day on", 49 * DAY_S, 50 * DAY_S},
		{yearly, "January 11: 30 days on", 50 * DAY_S, 80 * DAY_S},
		{over, "November 22: midnight of the 28th", 0, 5 * DAY_S + 5 * HOUR_S},
		{over, "December 3: a day on", 11 * DAY_S, 12 * DAY_S},
	};
	AUTO_ZONE struct zone *zone = NULL;
	struct config_feed feed = feed_of(30 * DAY_S, 0, DAY_S);
	(void)state;
	assert_true(zone_open("Asia/Ho_Chi_Minh", &zone, NULL));
	feed.release_every_s = DAY_S;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char *release = cases[i].release;
		feed.release = (struct key_texts){&release, 1};
		int64_t got = schedule_after_success(&feed, zone, NOW + cases[i].from) - NOW;
		if (got != cases[i].want)
			fail_msg("%s: %lld", cases[i].why, (long long)got);
	}
}

/* A release that was configured after the plan was made is not slept through. */
static void after_a_restart_a_release_comes_before_the_old_plan(void **state)
{
	static char monthly[] = "24..25";
	char *release = monthly;
	AUTO_ZONE struct zone *zone = NULL;
	struct config_feed feed = feed_of(30 * DAY_S, 0, DAY_S);
	const struct feed_state before = state_of(NOW - HOUR_S, NOW + 29 * DAY_S, 0);
	(void)state;
	assert_true(zone_open("Asia/Ho_Chi_Minh", &zone, NULL));
	feed.release_every_s = DAY_S;
	feed.release = (struct key_texts){&release, 1};
	assert_int_equal(schedule_resume(&feed, zone, &before, NOW), NOW + DAY_S + 5 * HOUR_S);
}

static void days_of_release_that_are_none_are_refused(void **state)
{
	static const char *const bad[] = {"",	   "0..5",     "15..32", "15..", "a",
					  "13-01", "3-10..25", "15.25",	 "003",	 "15...25"};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct release release;
		if (release_parse(span_of(bad[i]), &release, NULL))
			fail_msg("'%s' is taken", bad[i]);
	}
}

/* Two requests an hour, shared by two feeds; time is made up. */
static void feeds_share_a_budget_and_others_do_not_wait_for_it(void **state)
{
	static char name[] = "oecd";
	AUTO_PACE struct pace *pace = NULL;
	const struct config_feed one = {.budget = name, .calls = 2, .calls_per_s = HOUR_S};
	const struct config_feed other = one;
	const struct config_feed without = {.calls_per_s = HOUR_S};
	(void)state;
	assert_true(pace_new(&pace, NULL));
	assert_true(budget_set(pace, &one, NULL) && budget_set(pace, &other, NULL) &&
		    budget_set(pace, &without, NULL));
	assert_int_equal(budget_wait_ms(pace, &one, 0), 0);
	budget_started(pace, &one, 1000);
	/* told afterwards, as after a restart: counts as not before the one that is known */
	budget_started(pace, &other, 500);
	assert_int_equal(budget_wait_ms(pace, &one, 11000), HOUR_S * 1000 - 10000);
	assert_int_equal(budget_wait_ms(pace, &without, 11000), 0);
	assert_int_equal(budget_wait_ms(pace, &other, HOUR_S * 1000 + 1000), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(after_a_success_it_is_due_one_interval_later),
		cmocka_unit_test(jitter_is_added_within_its_bound_and_differs_from_time_to_time),
		cmocka_unit_test(after_failures_it_waits_longer_and_longer_up_to_the_cap),
		cmocka_unit_test(a_host_that_wants_a_longer_pause_than_the_cap_gets_it),
		cmocka_unit_test(
			after_a_restart_the_plan_holds_within_what_the_configuration_asks_for),
		cmocka_unit_test(after_a_restart_a_host_still_gets_the_pause_that_it_asked_for),
		cmocka_unit_test(a_feed_that_was_never_polled_is_due_at_once),
		cmocka_unit_test(in_the_release_week_it_is_polled_daily_and_otherwise_monthly),
		cmocka_unit_test(after_a_restart_a_release_comes_before_the_old_plan),
		cmocka_unit_test(days_of_release_that_are_none_are_refused),
		cmocka_unit_test(feeds_share_a_budget_and_others_do_not_wait_for_it),
		cmocka_unit_test(a_last_try_in_the_future_makes_it_due_at_once),
		cmocka_unit_test(a_short_interval_is_the_first_wait_after_a_failure),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
