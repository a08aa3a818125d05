/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>

#include "ledger/append.h"
#include "ledger/log_batch.h"
#include "ledger/log_known.h"
#include "tests/unit/ledger_world.h"

enum { MANY = 3 * LOG_BATCH_ROWS + 7 };

/* Rows with and without everything that a column can be without. */
static struct observation row_of(int which)
{
	struct observation obs = ledger_world_value("2019", 85.25, "2020-06-01");

	if (which == 1) {
		obs.has_num = obs.has_den = obs.is_break = true;
		obs.num = 341;
		obs.den = 400;
		obs.qualifier = QUALIFIER_BELOW;
		obs.status = OBS_ESTIMATED;
		obs.decimals = 2;
		memcpy(obs.published, "2020-05", sizeof "2020-05");
	} else if (which == 2) {
		obs.has_value = false;
		obs.status = OBS_MISSING;
	} else if (which == 3) {
		obs.value = 0.1 + 0.2; /* 0.30000000000000004 with 17 digits, 0.3 with 15 */
	}
	return obs;
}

struct seen {
	struct log_row first;
	int count;
	char texts[3][32];
};

static void copy_texts(const struct provenance *from, char ret[3][32])
{
	const char *const texts[3] = {from->locator, from->raw, from->warning};
	for (int i = 0; i < 3; i++)
		(void)snprintf(ret[i], 32, "%s", texts[i]);
}

/* The second row is the first one of another series and load. */
static bool compare_two(void *self, const struct log_row *row, struct error *err)
{
	struct seen *seen = self;
	char texts[3][32] = {0};

	(void)err;
	if (seen->count++ == 0) {
		seen->first = *row;
		copy_texts(&row->from, seen->texts);
		return true;
	}
	struct observation a = seen->first.obs;
	struct observation b = row->obs;
	assert_int_equal(b.seq, a.seq + 1);
	assert_int_equal(b.load, a.load + 1);
	assert_int_equal(b.series, a.series + 1);
	assert_true(period_equal(a.period, b.period));
	assert_string_equal(a.source, b.source);
	assert_string_equal(a.published, b.published);
	assert_true(a.has_value == b.has_value && a.has_num == b.has_num && a.has_den == b.has_den);
	assert_true(a.value == b.value && a.num == b.num && a.den == b.den);
	assert_int_equal(a.decimals, b.decimals);
	assert_int_equal(a.qualifier, b.qualifier);
	assert_int_equal(a.status, b.status);
	assert_int_equal(a.is_break, b.is_break);
	assert_int_equal(a.known_day, b.known_day);
	copy_texts(&row->from, texts);
	assert_memory_equal(texts, seen->texts, sizeof texts);
	return true;
}

static void a_row_of_a_batch_is_the_row_that_is_appended_alone(void **state)
{
	struct ledger_world *world = *state;
	static const struct provenance froms[] = {
		{"page 1", "85,25", "doubtful"}, {"page 2", NULL, NULL}, {NULL, "-", ""}, {0}};

	for (int which = 0; which < 4; which++) {
		struct observation obs = row_of(which);
		struct seen seen = {0};
		enum append_result result;
		int64_t seq;
		AUTO_LOG_BATCH struct log_batch batch = {.ledger = world->ledger};
		ledger_world_must(world, ledger_begin(world->ledger, &world->err));
		obs.load = ledger_world_load(world, LOAD_POLL, "f");
		obs.series = ledger_world_series(world, "VN");
		ledger_world_must(world, log_append(world->ledger, &obs, &froms[which], &result,
						    &seq, &world->err));
		obs.load = ledger_world_load(world, LOAD_POLL, "f");
		obs.series = ledger_world_series(world, "VA");
		ledger_world_must(world, log_batch_add(&batch, &obs, &froms[which], &world->err));
		ledger_world_must(world, log_batch_write(&batch, &world->err));
		assert_int_equal(batch.first_seq, seq + 1);
		assert_int_equal(batch.last_seq, seq + 1);
		ledger_world_must(world,
				  log_each(world->ledger, seq, compare_two, &seen, &world->err));
		assert_int_equal(seen.count, 2);
		ledger_rollback(world->ledger);
	}
}

static void many_rows_have_numbers_that_follow_each_other(void **state)
{
	struct ledger_world *world = *state;
	static const struct provenance nowhere;
	AUTO_LOG_BATCH struct log_batch batch = {.ledger = world->ledger};

	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	struct observation obs = row_of(0);
	obs.load = ledger_world_load(world, LOAD_POLL, "f");
	obs.series = ledger_world_series(world, "VN");
	for (int i = 0; i < MANY; i++) {
		obs.known_day++;
		ledger_world_must(world, log_batch_add(&batch, &obs, &nowhere, &world->err));
	}
	/* full batches went by themselves */
	assert_int_equal(ledger_world_count(world->ledger), 3 * LOG_BATCH_ROWS);
	ledger_world_must(world, log_batch_write(&batch, &world->err));
	assert_int_equal(ledger_world_count(world->ledger), MANY);
	assert_int_equal(batch.first_seq, 1);
	assert_int_equal(batch.last_seq, MANY);
	/* nothing waits: nothing happens */
	ledger_world_must(world, log_batch_write(&batch, &world->err));
	ledger_world_must(world, log_batch_settle(world->ledger, &world->err));
	assert_int_equal(ledger_world_count(world->ledger), MANY);
	ledger_rollback(world->ledger);
}

static void what_waits_is_there_for_whoever_looks_for_it(void **state)
{
	struct ledger_world *world = *state;
	static const struct provenance nowhere;
	AUTO_LOG_BATCH struct log_batch batch = {.ledger = world->ledger};
	AUTO_VINTAGES struct vintages rows = {0};
	struct observation found;

	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	struct observation obs = row_of(0);
	obs.load = ledger_world_load(world, LOAD_POLL, "f");
	obs.series = ledger_world_series(world, "VN");
	const struct log_key key = {obs.series, obs.period, obs.source};
	ledger_world_must(world, log_batch_add(&batch, &obs, &nowhere, &world->err));
	ledger_world_must(world, log_in_force(world->ledger, &key, DAY_NONE, &found, &world->err));
	assert_int_equal(found.seq, 1);
	obs.known_day++;
	ledger_world_must(world, log_batch_add(&batch, &obs, &nowhere, &world->err));
	ledger_world_must(world, vintages_read_since(world->ledger, obs.series, obs.period.from,
						     &rows, &world->err));
	assert_int_equal(rows.count, 2);
	ledger_rollback(world->ledger);
}

static void a_row_that_the_log_refuses_fails_and_nothing_waits_on(void **state)
{
	struct ledger_world *world = *state;
	static const struct provenance nowhere;
	AUTO_LOG_BATCH struct log_batch batch = {.ledger = world->ledger};

	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	struct observation obs = row_of(0);
	obs.load = ledger_world_load(world, LOAD_POLL, "f");
	obs.series = ledger_world_series(world, "VN");
	obs.has_value = false; /* a normal row has one */
	ledger_world_must(world, log_batch_add(&batch, &obs, &nowhere, &world->err));
	ledger_world_expect(world, log_batch_write(&batch, &world->err), ERROR_REFUSED, "CHECK");
	ledger_world_must(world, log_batch_settle(world->ledger, &world->err));
	obs.has_value = true;
	obs.series++; /* which there is not */
	ledger_world_must(world, log_batch_add(&batch, &obs, &nowhere, &world->err));
	ledger_world_expect(world, log_batch_write(&batch, &world->err), ERROR_REFUSED,
			    "FOREIGN KEY");
	ledger_rollback(world->ledger);
	assert_int_equal(ledger_world_count(world->ledger), 0);
}

/* What is in the log, and what appending would be: the row in force on the known day decides. */
static void what_is_known_of_a_series_is_what_the_log_would_say(void **state)
{
	struct ledger_world *world = *state;
	static const struct {
		const char *period, *known;
		double value;
		enum append_result result;
		const char *why;
	} cases[] = {
		{"2019", "2019-12-01", 80, APPEND_NEW, "before the first row was known"},
		{"2019", "2020-06-01", 80, APPEND_UNCHANGED, "the first row"},
		{"2019", "2020-12-31", 80, APPEND_UNCHANGED, "still the first row"},
		{"2019", "2021-06-01", 80, APPEND_REVISED, "the second row says 81"},
		{"2019", "2021-07-01", 81, APPEND_UNCHANGED, "the second row"},
		{"2020", "2021-06-01", 80, APPEND_NEW, "no row of this period"},
		{"2021", "2022-06-01", 90, APPEND_UNCHANGED, "the row of this period"},
	};
	AUTO(log_known_done) struct log_known known = {0};

	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	struct observation rows[] = {ledger_world_value("2019", 80, "2020-06-01"),
				     ledger_world_value("2019", 81, "2021-06-01"),
				     ledger_world_value("2021", 90, "2022-06-01")};
	int64_t load = ledger_world_load(world, LOAD_POLL, "f");
	int64_t series = ledger_world_series(world, "VN");
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		rows[i].series = series;
		rows[i].load = load;
		(void)ledger_world_append(world, &rows[i]);
	}
	ledger_world_must(world, log_known_enter(&known, world->ledger, series, rows[0].period.from,
						 INT32_MAX, &world->err));
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct observation obs =
			ledger_world_value(cases[i].period, cases[i].value, cases[i].known);
		if (log_known_compare(&known, &obs) != cases[i].result)
			fail_msg("row %zu: %s", i, cases[i].why);
	}
	ledger_rollback(world->ledger);
}

static void what_was_just_appended_is_known_too(void **state)
{
	struct ledger_world *world = *state;
	AUTO(log_known_done) struct log_known known = {0};
	struct observation first = ledger_world_value("2019", 80, "2020-06-01");
	struct observation same = ledger_world_value("2019", 80, "2020-07-01");
	struct observation other = ledger_world_value("2019", 81, "2020-07-01");
	struct observation before = ledger_world_value("2019", 80, "2020-01-01");
	struct observation next = ledger_world_value("2020", 80, "2020-07-01");
	struct observation gone = ledger_world_value("2020", 0, "2020-07-01");

	ledger_world_must(world, log_known_enter(&known, world->ledger, 0, 0, 0, &world->err));
	assert_int_equal(log_known_compare(&known, &first), APPEND_NEW);
	log_known_note(&known, &first);
	assert_int_equal(log_known_compare(&known, &same), APPEND_UNCHANGED);
	assert_int_equal(log_known_compare(&known, &other), APPEND_REVISED);
	assert_int_equal(log_known_compare(&known, &before), APPEND_NEW);
	assert_int_equal(log_known_compare(&known, &next), APPEND_NEW);
	gone.has_value = false;
	gone.status = OBS_WITHDRAWN;
	assert_int_equal(log_known_compare(&known, &gone), APPEND_UNCHANGED);
}

#define TEST(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, ledger_world_set_up, ledger_world_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_row_of_a_batch_is_the_row_that_is_appended_alone),
		TEST(many_rows_have_numbers_that_follow_each_other),
		TEST(what_waits_is_there_for_whoever_looks_for_it),
		TEST(a_row_that_the_log_refuses_fails_and_nothing_waits_on),
		TEST(what_is_known_of_a_series_is_what_the_log_would_say),
		TEST(what_was_just_appended_is_known_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
