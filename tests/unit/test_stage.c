/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>

#include "ledger/stage.h"
#include "tests/unit/stage_world.h"

static void a_second_run_of_the_same_adds_nothing(void **state)
{
	struct ledger_world *world = *state;
	struct stage_counts counts =
		stage_world_run(world, stage_world_two_areas, STAGE_WORLD_AREAS, false);
	int64_t loads = 0;

	assert_int_equal(counts.rows, 3);
	assert_int_equal(counts.appended, 3);
	assert_int_equal(counts.revised, 0);
	assert_int_equal(counts.load, 1);
	assert_int_equal(counts.first_seq, 1);
	assert_int_equal(counts.last_seq, 3);
	counts = stage_world_run(world, stage_world_two_areas, STAGE_WORLD_AREAS, true);
	assert_int_equal(counts.unchanged, 3);
	assert_int_equal(counts.appended + counts.withdrawn, 0);
	assert_int_equal(counts.load, 0);
	assert_int_equal(counts.first_seq, 0);
	struct load last;
	ledger_world_must(world, load_last(world->ledger, LOAD_POLL, "wb", &last, &world->err));
	assert_int_equal(last.id, 1);
	ledger_world_must(world, log_count(world->ledger, &loads, &world->err));
	assert_int_equal(loads, 3);
}

static void a_run_out_of_order_is_appended_in_order(void **state)
{
	static const struct stage_cell cells[] = {
		{"VN", "2022", 3, "2023-01-31", ""},
		{"P63:75", "2021", 4, "2022-01-31", ""},
		{"VN", "2020", 1, "2021-01-31", ""},
		{"VN", "2021", 2, "2022-01-31", ""},
	};
	struct ledger_world *world = *state;

	(void)stage_world_run(world, cells, COUNT_OF(cells), false);
	assert_int_equal(stage_world_in_force(world, "VN", "2020").seq, 1);
	assert_int_equal(stage_world_in_force(world, "VN", "2021").seq, 2);
	assert_int_equal(stage_world_in_force(world, "VN", "2022").seq, 3);
	assert_int_equal(stage_world_in_force(world, "P63:75", "2021").seq, 4);
}

static void vintages_in_one_run_are_no_duplicates(void **state)
{
	static const struct stage_cell cells[] = {
		{"VN", "2021", 88.0, "2022-06-30", ""},
		{"VN", "2021", 87.2, "2022-01-31", ""},
		{"VN", "2021", 88.0, "2022-12-31", ""}, /* said again */
	};
	struct ledger_world *world = *state;
	AUTO_STAGE struct stage *stage = stage_world_new(world);
	size_t refused = 9;

	stage_world_add(world, stage, cells, COUNT_OF(cells));
	ledger_world_must(world, stage_duplicates(stage, STAGE_DUPLICATES_REFUSE, NULL, NULL,
						  &refused, &world->err));
	assert_int_equal(refused, 0);
	struct stage_counts counts = stage_world_append(world, stage, false);
	assert_int_equal(counts.appended, 2);
	assert_int_equal(counts.revised, 1);
	assert_int_equal(counts.unchanged, 1);
	assert_true(stage_world_in_force(world, "VN", "2021").value == 88.0);
}

struct told {
	size_t count;
	char places[64];
};

static bool tell(void *self, const struct stage_duplicate *duplicate, struct error *err)
{
	struct told *told = self;
	size_t len = strlen(told->places);

	(void)err;
	told->count++;
	(void)snprintf(told->places + len, sizeof told->places - len, "%s-%s ",
		       duplicate->from.locator, duplicate->other.locator);
	assert_string_equal(duplicate->series.indicator, "usw");
	return true;
}

static void a_key_that_comes_twice_follows_the_policy(void **state)
{
	/* a, c, e have one key and say 1, 2, 1; b, d have one key and both say 5; f is alone. */
	static const struct stage_cell cells[] = {
		{"VN", "2021", 1, "2022-01-31", "a"}, {"P63:75", "2021", 5, "2022-01-31", "b"},
		{"VN", "2021", 2, "2022-01-31", "c"}, {"P63:75", "2021", 5, "2022-01-31", "d"},
		{"VN", "2021", 1, "2022-01-31", "e"}, {"VN", "2022", 7, "2023-01-31", "f"},
	};
	static const struct {
		enum stage_duplicates policy;
		size_t refused, left;
		const char *places;
		double vn;
		const char *why;
	} cases[] = {
		{STAGE_DUPLICATES_REFUSE, 5, 1, "a-c b-d c-a d-b e-a ", 0, "none of them counts"},
		{STAGE_DUPLICATES_FIRST, 0, 3, "", 1, "a, b and f"},
		{STAGE_DUPLICATES_LAST, 0, 3, "", 1, "d, e and f"},
		{STAGE_DUPLICATES_SAME, 3, 2, "a-c c-a e-a ", 0, "b stands for d too; f"},
	};
	struct ledger_world *world = *state;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_STAGE struct stage *stage = stage_world_new(world);
		struct told told = {0};
		size_t refused;
		stage_world_add(world, stage, cells, COUNT_OF(cells));
		ledger_world_must(world, stage_duplicates(stage, cases[i].policy, tell, &told,
							  &refused, &world->err));
		assert_int_equal(refused, cases[i].refused);
		assert_int_equal(told.count, cases[i].refused);
		assert_string_equal(told.places, cases[i].places);
		assert_int_equal(stage_count(stage), cases[i].left);
	}
}

static void first_and_last_are_by_the_order_of_the_document(void **state)
{
	static const struct stage_cell cells[] = {
		{"VN", "2021", 1, "2022-01-31", "a"},
		{"VN", "2021", 2, "2022-01-31", "b"},
	};
	struct ledger_world *world = *state;
	size_t refused;

	for (int last = 0; last <= 1; last++) {
		AUTO_STAGE struct stage *stage = stage_world_new(world);
		stage_world_add(world, stage, cells, COUNT_OF(cells));
		ledger_world_must(world, stage_duplicates(stage,
							  last ? STAGE_DUPLICATES_LAST
							       : STAGE_DUPLICATES_FIRST,
							  NULL, NULL, &refused, &world->err));
		assert_int_equal(stage_world_append(world, stage, false).appended, 1);
		assert_true(stage_world_in_force(world, "VN", "2021").value == 1 + last);
	}
}

static bool refuse_to_hear(void *self, const struct stage_duplicate *duplicate, struct error *err)
{
	(void)self, (void)duplicate;
	return error_set(err, ERROR_LIMIT, "too many refusals");
}

static void a_listener_can_stop_the_refusals(void **state)
{
	static const struct stage_cell cells[] = {
		{"VN", "2021", 1, "2022-01-31", "a"},
		{"VN", "2021", 2, "2022-01-31", "b"},
	};
	struct ledger_world *world = *state;
	AUTO_STAGE struct stage *stage = stage_world_new(world);
	size_t refused;

	stage_world_add(world, stage, cells, COUNT_OF(cells));
	ledger_world_expect(world,
			    stage_duplicates(stage, STAGE_DUPLICATES_REFUSE, refuse_to_hear, NULL,
					     &refused, &world->err),
			    ERROR_LIMIT, "too many refusals");
}

static void what_is_gone_from_a_complete_answer_is_withdrawn(void **state)
{
	struct ledger_world *world = *state;
	struct stage_counts counts;

	(void)stage_world_run(world, stage_world_two_areas, STAGE_WORLD_AREAS, false);
	counts = stage_world_run(world, stage_world_two_areas, 2,
				 false); /* not complete: nothing is said of the third */
	assert_int_equal(counts.withdrawn, 0);
	counts = stage_world_run(world, stage_world_two_areas, 2, true);
	assert_int_equal(counts.withdrawn, 1);
	assert_int_equal(counts.appended, 0);
	assert_int_equal(stage_world_in_force(world, "P63:75", "2021").status, OBS_WITHDRAWN);
	assert_int_equal(stage_world_in_force(world, "P63:75", "2021").known_day,
			 ledger_world_day("2023-11-14"));
	assert_int_equal(stage_world_in_force(world, "VN", "2021").status, OBS_NORMAL);
	counts = stage_world_run(world, stage_world_two_areas, 2, true); /* once */
	assert_int_equal(counts.withdrawn, 0);
	counts = stage_world_run(world, stage_world_two_areas, 3,
				 true); /* it comes back, published as before */
	assert_int_equal(counts.appended, 1);
	assert_true(stage_world_in_force(world, "P63:75", "2021").value == 90.5);
	assert_int_equal(stage_world_in_force(world, "P63:75", "2021").known_day,
			 ledger_world_day("2023-11-14"));
	counts = stage_world_run(world, stage_world_two_areas, 3, true);
	assert_int_equal(counts.appended, 0);
}

static void rows_of_others_are_not_withdrawn(void **state)
{
	struct ledger_world *world = *state;
	struct observation by_hand = ledger_world_value("2022", 50, "2023-02-01");

	(void)stage_world_run(world, stage_world_two_areas, STAGE_WORLD_AREAS, false);
	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	by_hand.series = ledger_world_series(world, "VN");
	by_hand.load = ledger_world_load(world, LOAD_RECORD, "");
	(void)ledger_world_append(world, &by_hand);
	ledger_world_must(world, ledger_commit(world->ledger, &world->err));
	/* Only VN 2021 is left in the feed; over its VN 2022 somebody has put a row. */
	assert_int_equal(stage_world_run(world, stage_world_two_areas, 1, true).withdrawn, 1);
	assert_true(stage_world_in_force(world, "VN", "2022").value == 50);
}

static void a_withdrawal_by_hand_is_not_undone_by_the_feed(void **state)
{
	struct ledger_world *world = *state;
	struct observation gone = ledger_world_value("2021", 0, "2023-02-01");

	(void)stage_world_run(world, stage_world_two_areas, STAGE_WORLD_AREAS, false);
	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	gone.has_value = false;
	gone.status = OBS_WITHDRAWN;
	gone.series = ledger_world_series(world, "VN");
	gone.load = ledger_world_load(world, LOAD_RECORD, "");
	(void)ledger_world_append(world, &gone);
	ledger_world_must(world, ledger_commit(world->ledger, &world->err));
	assert_int_equal(stage_world_run(world, stage_world_two_areas, 3, true).appended, 0);
	assert_int_equal(stage_world_in_force(world, "VN", "2021").status, OBS_WITHDRAWN);
}

static void what_was_refused_is_not_gone(void **state)
{
	static const struct stage_cell twice[] = {
		{"VN", "2021", 1, "2022-01-31", "a"},
		{"VN", "2021", 2, "2022-01-31", "b"},
	};
	struct ledger_world *world = *state;
	AUTO_STAGE struct stage *stage = stage_world_new(world);
	struct series_key key = {"usw", "", "P63:75"};
	struct period year;
	struct told told = {0};
	size_t refused;

	(void)stage_world_run(world, stage_world_two_areas, STAGE_WORLD_AREAS, false);
	stage_world_add(world, stage, twice, COUNT_OF(twice));
	assert_true(period_parse(span_of("2021"), &year, NULL));
	ledger_world_must(world, stage_mention(stage, &key, year, "gso", &world->err));
	ledger_world_must(world, stage_duplicates(stage, STAGE_DUPLICATES_REFUSE, tell, &told,
						  &refused, &world->err));
	assert_int_equal(stage_count(stage), 0);
	/* Only VN 2022 is gone: VN 2021 came twice, P63:75 came with an unreadable value. */
	assert_int_equal(stage_world_append(world, stage, true).withdrawn, 1);
	assert_int_equal(stage_world_in_force(world, "VN", "2022").status, OBS_WITHDRAWN);
}

static void a_replay_withdraws_with_the_known_day_of_the_row(void **state)
{
	struct ledger_world *world = *state;
	AUTO_STAGE struct stage *stage = stage_world_new(world);
	struct sha256 document = sha256_of(span_of("first")), other = sha256_of(span_of("other"));
	struct load load = stage_world_load();
	struct stage_order order = {.load = &load, .withdrawn_day = DAY_NONE};
	struct stage_counts counts;

	load.document = document;
	stage_world_add(world, stage, stage_world_two_areas, STAGE_WORLD_AREAS);
	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	ledger_world_must(world, stage_append(stage, &order, &counts, &world->err));
	stage_free(&stage);
	stage = stage_world_new(world);
	stage_world_add(world, stage, stage_world_two_areas, 2);
	load.kind = LOAD_REPLAY;
	order.complete = true;
	order.replayed = &other;
	ledger_world_must(world, stage_append(stage, &order, &counts, &world->err));
	assert_int_equal(counts.withdrawn, 0);
	order.replayed = &document;
	ledger_world_must(world, stage_append(stage, &order, &counts, &world->err));
	assert_int_equal(counts.withdrawn, 1);
	assert_int_equal(stage_world_in_force(world, "P63:75", "2021").known_day,
			 ledger_world_day("2022-01-31"));
	assert_int_equal(stage_world_in_force(world, "P63:75", "2021").status, OBS_WITHDRAWN);
}

static void a_dry_run_counts_and_writes_nothing(void **state)
{
	struct ledger_world *world = *state;
	AUTO_LEDGER struct ledger *reader = NULL;
	struct load load = stage_world_load();
	struct stage_order order = {.load = &load, .complete = true, .dry_run = true};
	struct stage_counts counts;
	struct stage *stage;
	int64_t rows;

	(void)stage_world_run(world, stage_world_two_areas, STAGE_WORLD_AREAS, false);
	/* Whoever may only read can ask what a run would do. */
	ledger_world_must(world, ledger_open_reader(world->directory, &reader, &world->err));
	ledger_world_must(world, stage_new(reader, &stage, &world->err));
	static const struct stage_cell cells[] = {
		{"VN", "2021", 87.2, "2022-01-31", ""},
		{"VN", "2022", 80, "2023-01-31", ""},
		{"KH", "2022", 80, "2023-01-31", ""},
	};
	stage_world_add(world, stage, cells, COUNT_OF(cells));
	ledger_world_must(world, stage_append(stage, &order, &counts, &world->err));
	stage_free(&stage);
	assert_int_equal(counts.unchanged, 1);
	assert_int_equal(counts.appended, 2);
	assert_int_equal(counts.revised, 1);
	assert_int_equal(counts.withdrawn, 1);
	ledger_world_must(world, log_count(world->ledger, &rows, &world->err));
	assert_int_equal(rows, 3);
}

static void two_runs_can_be_staged_at_the_same_time(void **state)
{
	struct ledger_world *world = *state;
	AUTO_STAGE struct stage *a = stage_world_new(world);
	AUTO_STAGE struct stage *b = stage_world_new(world);

	for (size_t i = 0; i < STAGE_WORLD_AREAS; i++) {
		stage_world_add(world, a, &stage_world_two_areas[i], 1);
		stage_world_add(world, b, &stage_world_two_areas[i], 1);
	}
	stage_free(&a);
	assert_null(a);
	assert_int_equal(stage_world_append(world, b, false).appended, 3);
}

static void names_that_no_catalogue_has_are_refused(void **state)
{
	struct ledger_world *world = *state;
	AUTO_STAGE struct stage *stage = stage_world_new(world);
	char name[ID_BYTES + 1] = "";
	struct series_key key = {"usw", "", name};
	struct period year = {0, 365};

	memset(name, 'x', ID_BYTES);
	ledger_world_expect(world, stage_mention(stage, &key, year, "gso", &world->err),
			    ERROR_LIMIT, "too long");
	key.area = "VN";
	ledger_world_expect(world, stage_mention(stage, &key, year, name, &world->err), ERROR_LIMIT,
			    "longer than 63 bytes");
}

static void a_failed_append_leaves_nothing_after_the_rollback(void **state)
{
	struct ledger_world *world = *state;
	AUTO_STAGE struct stage *stage = stage_world_new(world);
	struct load load = stage_world_load();
	struct stage_order order = {.load = &load};
	struct series_key key = {"usw", "", "VN"};
	struct observation bad = ledger_world_value("2023", 1, "2023-01-31");
	struct provenance from = {0};
	struct stage_counts counts;
	int64_t rows;

	stage_world_add(world, stage, stage_world_two_areas, STAGE_WORLD_AREAS);
	bad.has_value = false; /* an official value that is none: the table refuses it */
	ledger_world_must(world, stage_add(stage, &key, &bad, &from, &world->err));
	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	ledger_world_expect(world, stage_append(stage, &order, &counts, &world->err), ERROR_REFUSED,
			    "CHECK");
	ledger_rollback(world->ledger);
	ledger_world_must(world, log_count(world->ledger, &rows, &world->err));
	assert_int_equal(rows, 0);
	ledger_world_must(world, series_count(world->ledger, &rows, &world->err));
	assert_int_equal(rows, 0);
}

#define TEST(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, ledger_world_set_up, ledger_world_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_second_run_of_the_same_adds_nothing),
		TEST(a_run_out_of_order_is_appended_in_order),
		TEST(vintages_in_one_run_are_no_duplicates),
		TEST(a_key_that_comes_twice_follows_the_policy),
		TEST(first_and_last_are_by_the_order_of_the_document),
		TEST(a_listener_can_stop_the_refusals),
		TEST(what_is_gone_from_a_complete_answer_is_withdrawn),
		TEST(rows_of_others_are_not_withdrawn),
		TEST(a_withdrawal_by_hand_is_not_undone_by_the_feed),
		TEST(what_was_refused_is_not_gone),
		TEST(a_replay_withdraws_with_the_known_day_of_the_row),
		TEST(a_dry_run_counts_and_writes_nothing),
		TEST(two_runs_can_be_staged_at_the_same_time),
		TEST(names_that_no_catalogue_has_are_refused),
		TEST(a_failed_append_leaves_nothing_after_the_rollback),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
