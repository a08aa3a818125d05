/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "ledger/append.h"
#include "tests/unit/ledger_world.h"

struct row {
	const char *area, *period;
	double value;
	const char *known;
	bool in_order;
	const char *why;
};

static const struct load a_load = {
	.kind = LOAD_IMPORT, .received = LEDGER_WORLD_NOW, .actor = "tester"};

/* One run over the rows, committed. */
static struct stage_counts run(struct ledger_world *world, const struct row *rows, size_t count)
{
	const struct provenance from = {.locator = "here"};
	AUTO(append_run_done) struct append_run run = {.ledger = world->ledger, .load = &a_load};
	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	for (size_t i = 0; i < count; i++) {
		const struct series_key key = {"usw", "", rows[i].area};
		const struct observation obs =
			ledger_world_value(rows[i].period, rows[i].value, rows[i].known);
		bool in_order = !rows[i].in_order;
		ledger_world_must(world,
				  append_in_order(&run, &key, &obs, &from, &in_order, &world->err));
		if (in_order != rows[i].in_order)
			fail_msg("row %zu: %s", i, rows[i].why);
	}
	ledger_world_must(world, append_run_end(&run, &world->err));
	ledger_world_must(world, ledger_commit(world->ledger, &world->err));
	return run.counts;
}

static void rows_that_ascend_are_appended_and_no_others(void **state)
{
	static const struct row rows[] = {
		{"VN", "2019", 85, "2020-01-01", true, "the first row"},
		{"VN", "2019", 85, "2020-01-01", false, "the same key and day again"},
		{"VN", "2019", 86, "2021-01-01", true, "a later vintage of it"},
		{"VN", "2019", 84, "2020-06-01", false, "an earlier vintage"},
		{"VN", "2018", 80, "2022-01-01", false, "an earlier period"},
		{"VN", "2020", 87, "2021-01-01", true, "a later period"},
		{"VA", "2021", 87, "2022-01-01", false, "an area that comes before"},
		{"VZ", "2001", 50, "2022-01-01", true, "an area that comes after"},
	};
	struct stage_counts counts = run(*state, rows, COUNT_OF(rows));
	assert_int_equal(counts.rows, 4);
	assert_int_equal(counts.appended, 4);
	assert_int_equal(counts.revised, 1);
	assert_int_equal(counts.first_seq, 1);
	assert_int_equal(counts.last_seq, 4);
	assert_int_equal(ledger_world_count(((struct ledger_world *)*state)->ledger), 4);
}

static void what_the_log_says_already_adds_neither_row_nor_load(void **state)
{
	static const struct row rows[] = {
		{"VN", "2019", 85, "2020-01-01", true, "known"},
		{"VN", "2019", 85, "2021-01-01", true, "a later day, the same value"},
		{"VN", "2020", 86, "2021-01-01", true, "known"},
	};
	struct stage_counts first = run(*state, rows, COUNT_OF(rows));
	assert_int_equal(first.appended, 2);
	assert_int_equal(first.unchanged, 1);
	assert_true(first.load > 0);
	struct stage_counts again = run(*state, rows, COUNT_OF(rows));
	assert_int_equal(again.unchanged, 3);
	assert_int_equal(again.appended, 0);
	assert_int_equal(again.load, 0);
}

static void a_series_that_is_there_is_compared_with_the_log(void **state)
{
	static const struct row before[] = {{"VN", "2019", 85, "2020-01-01", true, "known"}};
	static const struct row after[] = {{"VN", "2019", 86, "2020-01-01", true, "corrected"}};
	(void)run(*state, before, 1);
	struct stage_counts counts = run(*state, after, 1);
	assert_int_equal(counts.revised, 1);
}

#define IN_WORLD(test)                                                                             \
	cmocka_unit_test_setup_teardown(test, ledger_world_set_up, ledger_world_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_WORLD(rows_that_ascend_are_appended_and_no_others),
		IN_WORLD(what_the_log_says_already_adds_neither_row_nor_load),
		IN_WORLD(a_series_that_is_there_is_compared_with_the_log),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
