/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>

#include "ledger/stage_rows.h"
#include "tests/unit/stage_world.h"

static void rows_that_are_added_together_are_those_that_come_one_by_one(void **state)
{
	struct ledger_world *world = *state;
	AUTO_STAGE struct stage *other = stage_world_new(world);
	AUTO_STAGE struct stage *stage = stage_world_new(world);

	stage_world_add(world, other, stage_world_two_areas, 1);
	stage_batch_begin(stage);
	ledger_world_must(world, stage_move_to_tables(stage, &world->err));
	stage_world_add(world, stage, stage_world_two_areas, 1);
	stage_world_add(world, stage, stage_world_two_areas + 1, 1);
	assert_true(ledger_in_transaction(world->ledger));
	ledger_world_must(world, stage_batch_end(stage, &world->err));
	assert_false(ledger_in_transaction(world->ledger));
	stage_world_add(world, stage, stage_world_two_areas + 2, 1);
	assert_int_equal(stage_world_append(world, stage, false).appended, 3);
	assert_int_equal(stage_world_append(world, other, false).unchanged, 1);
	assert_true(stage_world_in_force(world, "P63:75", "2021").value == 90.5);
}

static void a_batch_without_rows_or_in_a_transaction_begins_none(void **state)
{
	struct ledger_world *world = *state;
	AUTO_STAGE struct stage *stage = stage_world_new(world);

	stage_batch_begin(stage);
	assert_false(ledger_in_transaction(world->ledger));
	ledger_world_must(world, stage_batch_end(stage, &world->err));
	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	stage_batch_begin(stage);
	ledger_world_must(world, stage_move_to_tables(stage, &world->err));
	stage_world_add(world, stage, stage_world_two_areas, 3);
	ledger_world_must(world, stage_batch_end(stage, &world->err));
	assert_true(ledger_in_transaction(world->ledger));
	ledger_world_must(world, ledger_commit(world->ledger, &world->err));
	assert_int_equal(stage_world_append(world, stage, false).appended, 3);
}

/* 2021 twice with one key: only the second look says that the second is no news. */
static void a_series_that_is_new_in_a_run_is_compared_with_its_own_rows(void **state)
{
	static const struct stage_cell cells[] = {
		{"VN", "2021", 87.2, "2022-01-31", "a"},
		{"VN", "2021", 87.2, "2022-06-30", "b"},
		{"VN", "2021", 88, "2022-12-31", "c"},
		{"VN", "2022", 88, "2023-01-31", "d"},
	};
	struct stage_counts counts = stage_world_run(*state, cells, COUNT_OF(cells), false);

	assert_int_equal(counts.rows, 4);
	assert_int_equal(counts.appended, 3);
	assert_int_equal(counts.revised, 1);
	assert_int_equal(counts.unchanged, 1);
}

/* What was appended, in order. */
struct told {
	char text[512];
	size_t len;
};

static bool tell_row(void *self, const struct log_row *row, struct error *err)
{
	struct told *told = self;

	(void)err;
	told->len += (size_t)snprintf(told->text + told->len, sizeof told->text - told->len,
				      "%s %d %.1f %s; ", row->series.area, row->obs.period.from,
				      row->obs.value, row->from.locator);
	return true;
}

/* By series in the order in which they came, then by period and known day: 18628 is 2021-01-01, and
 * 2022 begins 365 days later. */
static const char in_order[] = "VN 18628 87.2 b; VN 18628 87.5 e; VN 18993 88.1 a; "
			       "P63:75 18628 90.5 d; P63:75 18993 91.0 c; ";

static void append_in_disorder(struct ledger_world *world, bool in_tables)
{
	static const struct stage_cell cells[] = {
		{"VN", "2022", 88.1, "2023-01-31", "a"},
		{"VN", "2021", 87.2, "2022-01-31", "b"},
		{"P63:75", "2022", 91, "2023-01-31", "c"},
		{"P63:75", "2021", 90.5, "2022-01-31", "d"},
		{"VN", "2021", 87.5, "2022-06-30", "e"},
	};
	AUTO_STAGE struct stage *stage = stage_world_new(world);
	struct told told = {0};

	stage_world_add(world, stage, cells, 3);
	if (in_tables)
		ledger_world_must(world, stage_move_to_tables(stage, &world->err));
	assert_int_equal(stage_count(stage), 3);
	stage_world_add(world, stage, cells + 3, COUNT_OF(cells) - 3);
	assert_int_equal(stage_world_append(world, stage, false).appended, COUNT_OF(cells));
	assert_int_equal(stage->is_in_tables, in_tables);
	ledger_world_must(world, log_each(world->ledger, 0, tell_row, &told, &world->err));
	assert_string_equal(told.text, in_order);
	assert_int_equal(stage_world_append(world, stage, false).unchanged, COUNT_OF(cells));
}

static void rows_in_memory_are_appended_in_order(void **state)
{
	append_in_disorder(*state, false);
}

static void rows_in_tables_are_appended_in_the_same_order(void **state)
{
	append_in_disorder(*state, true);
}

/* Ten areas and 1640 days each, area after area within a day: 16 400 rows, 16 more than memory
 * takes. */
static void what_memory_does_not_hold_goes_into_tables(void **state)
{
	enum { DAYS = 1640, AREAS = 10 };
	struct ledger_world *world = *state;
	AUTO_STAGE struct stage *stage = stage_world_new(world);
	struct observation obs = ledger_world_value("2021", 1, "2022-01-31");
	struct provenance from = {.locator = "here"};

	for (int32_t i = 0; i < DAYS * AREAS; i++) {
		char area[ID_BYTES];
		(void)snprintf(area, sizeof area, "A%d", i % AREAS);
		struct series_key key = {"usw", "", area};
		obs.period = (struct period){15000 + i / AREAS, 15001 + i / AREAS};
		obs.value = i;
		ledger_world_must(world, stage_add(stage, &key, &obs, &from, &world->err));
		assert_int_equal(stage->is_in_tables, i >= STAGE_MEMORY_ROWS);
	}
	assert_int_equal(stage_world_append(world, stage, false).appended, DAYS * AREAS);
	assert_int_equal(stage_world_append(world, stage, false).unchanged, DAYS * AREAS);
}

static bool refuse_none(void *self, const struct stage_duplicate *duplicate, struct error *err)
{
	size_t *count = self;

	(void)duplicate;
	(void)err;
	(*count)++;
	return true;
}

/* The two rows about 2021 have all but their values in common; the third stays. */
static void duplicates_in_memory_are_found(void **state)
{
	static const struct stage_cell cells[] = {
		{"VN", "2021", 1, "2022-01-31", "a"},
		{"VN", "2020", 2, "2022-01-31", "b"},
		{"VN", "2021", 3, "2022-01-31", "c"},
	};
	struct ledger_world *world = *state;
	AUTO_STAGE struct stage *stage = stage_world_new(world);
	size_t told = 0, refused = 0;

	stage_world_add(world, stage, cells, 2);
	ledger_world_must(world, stage_duplicates(stage, STAGE_DUPLICATES_REFUSE, refuse_none,
						  &told, &refused, &world->err));
	assert_int_equal(refused, 0);
	assert_false(stage->is_in_tables);
	stage_world_add(world, stage, cells + 2, 1);
	ledger_world_must(world, stage_duplicates(stage, STAGE_DUPLICATES_REFUSE, refuse_none,
						  &told, &refused, &world->err));
	assert_int_equal(refused, 2);
	assert_int_equal(told, 2);
	assert_int_equal(stage_world_append(world, stage, false).appended, 1);
}

static void a_name_that_is_too_long_is_refused_in_memory(void **state)
{
	struct ledger_world *world = *state;
	AUTO_STAGE struct stage *stage = stage_world_new(world);
	struct observation obs = ledger_world_value("2021", 1, "2022-01-31");
	struct provenance from = {0};
	char area[ID_BYTES + 1];

	memset(area, 'a', ID_BYTES);
	area[ID_BYTES] = '\0';
	struct series_key key = {"usw", "", area};
	ledger_world_expect(world, stage_add(stage, &key, &obs, &from, &world->err), ERROR_LIMIT,
			    "too long");
	assert_int_equal(stage_count(stage), 0);
}

#define TEST(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, ledger_world_set_up, ledger_world_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rows_that_are_added_together_are_those_that_come_one_by_one),
		TEST(a_batch_without_rows_or_in_a_transaction_begins_none),
		TEST(a_series_that_is_new_in_a_run_is_compared_with_its_own_rows),
		TEST(rows_in_memory_are_appended_in_order),
		TEST(rows_in_tables_are_appended_in_the_same_order),
		TEST(what_memory_does_not_hold_goes_into_tables),
		TEST(duplicates_in_memory_are_found),
		TEST(a_name_that_is_too_long_is_refused_in_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
