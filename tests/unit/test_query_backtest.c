/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "query/backtest.h"
#include "tests/unit/query_world.h"

static int open_world(void **state)
{
	struct query_world *world = calloc(1, sizeof *world);
	query_world_open(world);
	*state = world;
	return 0;
}

static int close_world(void **state)
{
	query_world_close(*state);
	free(*state);
	return 0;
}

static char *ask(struct query_world *world, struct backtest_question question,
		 enum report_format format)
{
	struct report *report = NULL;
	struct error err = {0};
	if (!query_backtest(&world->query, &question, &report, &err))
		fail_msg("%s", err.text);
	return query_world_render(report, format, 120);
}

static void people_see_counts_and_what_they_mean(void **state)
{
	AUTO_FREE char *table = ask(*state, (struct backtest_question){.years = 1}, REPORT_TABLE);
	assert_says(table, "As of 2026-11-22\nYears ahead: 1. Asked of every year");
	assert_says(table, "Questions: ");
	assert_says(table, "METHOD    VERDICTS  CAME TRUE ");
	assert_says(table, "\nweather ");
	assert_says(table, "too few");
	assert_says(table, "No share is shown of fewer than 10 verdicts.");
}

static void no_share_leaves_for_machines_of_too_few(void **state)
{
	AUTO_FREE char *json =
		ask(*state,
		    (struct backtest_question){.indicator = "trees", .years = 1, .method = "sdr"},
		    REPORT_JSON);
	assert_says(json, "\"method\": \"sdr\"");
	assert_lacks(json, "\"method\": \"weather\"");
	assert_says(json, "\"least_verdicts\": 10");
	assert_says(json, "\"share\": null,\n   \"low\": null,\n   \"high\": null");
}

static void where_nothing_can_be_asked_it_says_so(void **state)
{
	AUTO_FREE char *table = ask(
		*state, (struct backtest_question){.indicator = "hw", .area = "VN", .years = 40},
		REPORT_TABLE);
	assert_says(table, "Questions: 0; series: 0; targets: 0.\n"
			   "No series has a target and values that many years apart.");
	assert_lacks(table, "METHOD ");
}

static void names_that_are_not_there_are_refused(void **state)
{
	static const struct {
		const char *why;
		struct backtest_question question;
		const char *text;
	} cases[] = {
		{"indicator", {.indicator = "ip_cwt", .years = 3}, "did you mean 'ip_cwwt'?"},
		{"area", {.area = "VX", .years = 3}, "area 'VX' is not in the catalogue"},
		{"method",
		 {.method = "eurosta", .years = 3},
		 "there is no method 'eurosta'; did you mean 'eurostat'?"},
		{"no name at all", {.method = "", .years = 3}, "there is no method ''"},
		{"no years", {.years = 0}, "0 years ahead: 1 to 50 can be asked for"},
		{"too many", {.years = 51}, "51 years ahead: 1 to 50 can be asked for"},
	};
	struct query_world *world = *state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct report *report = NULL;
		struct error err = {0};
		print_message("%s\n", cases[i].why);
		assert_false(query_backtest(&world->query, &cases[i].question, &report, &err));
		assert_says(err.text, cases[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(people_see_counts_and_what_they_mean, open_world,
						close_world),
		cmocka_unit_test_setup_teardown(no_share_leaves_for_machines_of_too_few, open_world,
						close_world),
		cmocka_unit_test_setup_teardown(where_nothing_can_be_asked_it_says_so, open_world,
						close_world),
		cmocka_unit_test_setup_teardown(names_that_are_not_there_are_refused, open_world,
						close_world),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
