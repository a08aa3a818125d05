/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>

#include "ledger/stage.h"
#include "tests/unit/ledger_world.h"

static struct stage *new_stage(struct ledger_world *world)
{
	struct stage *stage;

	ledger_world_must(world, stage_new(world->ledger, &stage, &world->err));
	return stage;
}

struct cell {
	const char *area, *period;
	double value;
	const char *known, *locator;
};

static void stage_cells(struct ledger_world *world, struct stage *stage, const struct cell *cells,
			size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct series_key key = {"usw", "", cells[i].area};
		struct observation obs =
			ledger_world_value(cells[i].period, cells[i].value, cells[i].known);
		struct provenance from = {.locator = cells[i].locator};
		ledger_world_must(world, stage_add(stage, &key, &obs, &from, &world->err));
	}
}

static struct load wb_load(void)
{
	return (struct load){
		.kind = LOAD_POLL, .received = LEDGER_WORLD_NOW, .actor = "envgapd", .feed = "wb"};
}

static struct stage_counts append(struct ledger_world *world, struct stage *stage, bool complete)
{
	struct load load = wb_load();
	struct stage_order order = {.load = &load,
				    .complete = complete,
				    .withdrawn_day = ledger_world_day("2023-11-14")};
	struct stage_counts counts;

	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	ledger_world_must(world, stage_append(stage, &order, &counts, &world->err));
	ledger_world_must(world, ledger_commit(world->ledger, &world->err));
	return counts;
}

/* A whole run: stage, append, forget. */
static struct stage_counts run(struct ledger_world *world, const struct cell *cells, size_t count,
			       bool complete)
{
	AUTO_STAGE struct stage *stage = new_stage(world);

	stage_cells(world, stage, cells, count);
	assert_int_equal(stage_count(stage), count);
	return append(world, stage, complete);
}

static struct observation in_force(struct ledger_world *world, const char *area, const char *period)
{
	struct series_key series = {"usw", "", area};
	struct log_key key = {.source = "gso"};
	struct observation obs;

	assert_true(period_parse(span_of(period), &key.period, NULL));
	ledger_world_must(world, series_find(world->ledger, &series, &key.series, &world->err));
	ledger_world_must(world, log_in_force(world->ledger, &key, DAY_NONE, &obs, &world->err));
	return obs;
}

static const struct cell two_areas[] = {
	{"VN", "2021", 87.2, "2022-01-31", "a"},
	{"VN", "2022", 88.1, "2023-01-31", "b"},
	{"P63:75", "2021", 90.5, "2022-01-31", "c"},
};

static void rows_that_are_added_together_are_those_that_come_one_by_one(void **state)
{
	struct ledger_world *world = *state;
	AUTO_STAGE struct stage *other = new_stage(world);
	AUTO_STAGE struct stage *stage = new_stage(world);

	stage_cells(world, other, two_areas, 1);
	stage_batch_begin(stage);
	stage_cells(world, stage, two_areas, 1);
	stage_cells(world, stage, two_areas + 1, 1);
	assert_true(ledger_in_transaction(world->ledger));
	ledger_world_must(world, stage_batch_end(stage, &world->err));
	assert_false(ledger_in_transaction(world->ledger));
	stage_cells(world, stage, two_areas + 2, 1);
	assert_int_equal(append(world, stage, false).appended, 3);
	assert_int_equal(append(world, other, false).unchanged, 1);
	assert_true(in_force(world, "P63:75", "2021").value == 90.5);
}

static void a_batch_without_rows_or_in_a_transaction_begins_none(void **state)
{
	struct ledger_world *world = *state;
	AUTO_STAGE struct stage *stage = new_stage(world);

	stage_batch_begin(stage);
	assert_false(ledger_in_transaction(world->ledger));
	ledger_world_must(world, stage_batch_end(stage, &world->err));
	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	stage_batch_begin(stage);
	stage_cells(world, stage, two_areas, 3);
	ledger_world_must(world, stage_batch_end(stage, &world->err));
	assert_true(ledger_in_transaction(world->ledger));
	ledger_world_must(world, ledger_commit(world->ledger, &world->err));
	assert_int_equal(append(world, stage, false).appended, 3);
}

/* 2021 twice with one key: only the second look says that the second is no news. */
static void a_series_that_is_new_in_a_run_is_compared_with_its_own_rows(void **state)
{
	static const struct cell cells[] = {
		{"VN", "2021", 87.2, "2022-01-31", "a"},
		{"VN", "2021", 87.2, "2022-06-30", "b"},
		{"VN", "2021", 88, "2022-12-31", "c"},
		{"VN", "2022", 88, "2023-01-31", "d"},
	};
	struct stage_counts counts = run(*state, cells, COUNT_OF(cells), false);

	assert_int_equal(counts.rows, 4);
	assert_int_equal(counts.appended, 3);
	assert_int_equal(counts.revised, 1);
	assert_int_equal(counts.unchanged, 1);
}

#define TEST(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, ledger_world_set_up, ledger_world_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rows_that_are_added_together_are_those_that_come_one_by_one),
		TEST(a_batch_without_rows_or_in_a_transaction_begins_none),
		TEST(a_series_that_is_new_in_a_run_is_compared_with_its_own_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
