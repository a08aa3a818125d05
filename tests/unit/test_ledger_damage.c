/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <sqlite3.h>
#include <stdio.h>

#include "ledger/archive_expire.h"
#include "ledger/catalogue_mirror.h"
#include "ledger/check.h"
#include "ledger/derived.h"
#include "ledger/event.h"
#include "ledger/feed_state.h"
#include "ledger/fetch_log.h"
#include "ledger/rrd_dirty.h"
#include "ledger/stage.h"
#include "tests/unit/ledger_world.h"

/* Every question to a ledger that has lost its tables fails, and says why. */

typedef bool question_fn(struct ledger *ledger, struct error *err);

static int64_t ignored;

#define QUESTION(name, call)                                                                       \
	static bool name(struct ledger *ledger, struct error *err)                                 \
	{                                                                                          \
		return call;                                                                       \
	}

static const struct series_key key = {"usw", "", "VN"};
static const struct log_key row_key = {.series = 1, .source = "gso"};
static const struct event an_event = {.kind = "note", .actor = "x"};
static const struct event_filter any_event = {0};
static const struct load a_load = {.id = 1, .actor = "x"};
static const struct observation an_obs = {.series = 1, .load = 1, .status = OBS_NORMAL};
static const struct provenance nowhere = {0};
static const struct feed_state a_feed = {.feed = "wb"};
static const struct fetch_row a_fetch = {.feed = "wb", .outcome = "new"};
static const struct reject_row a_reject = {.feed = "wb"};
static const struct assessment_row a_verdict = {.target = "t"};
static const struct standing_row stands = {.reporting = {0, 365}};
static const struct rrd_dirty a_mark = {1, 1};

QUESTION(add_load, load_add(ledger, &a_load, &ignored, err))
QUESTION(restore_load, load_restore(ledger, &a_load, err))
QUESTION(read_load, load_read(ledger, 1, &(struct load){0}, err))
QUESTION(last_load, load_last(ledger, LOAD_POLL, NULL, &(struct load){0}, err))
QUESTION(each_load, load_each(ledger, NULL, NULL, err))
QUESTION(find_series, series_find(ledger, &key, &ignored, err))
QUESTION(ensure_series, series_ensure(ledger, &key, &ignored, err))
QUESTION(read_series, series_read(ledger, 1, &(struct series){0}, err))
QUESTION(each_series, series_each(ledger, NULL, NULL, NULL, err))
QUESTION(changed_series, series_each_changed(ledger, 0, 0, NULL, NULL, err))
QUESTION(count_series, series_count(ledger, &ignored, err))
QUESTION(append_row, log_append(ledger, &an_obs, &nowhere, &(enum append_result){0}, &ignored, err))
QUESTION(restore_row, log_restore(ledger, &an_obs, &nowhere, err))
QUESTION(row_in_force, log_in_force(ledger, &row_key, 0, &(struct observation){0}, err))
QUESTION(vintages, vintages_read(ledger, 1, DAY_NONE, &(struct vintages){0}, err))
QUESTION(read_row, log_read(ledger, 1, NULL, NULL, err))
QUESTION(each_row, log_each(ledger, 1, NULL, NULL, err))
QUESTION(each_row_of_series, log_each_of_series(ledger, 1, NULL, NULL, err))
QUESTION(last_seq, log_last_seq(ledger, &ignored, err))
QUESTION(put_standing, standing_put(ledger, 1, &stands, 1, NULL, err))
QUESTION(each_standing, standing_each(ledger, NULL, NULL, err))
QUESTION(put_verdict, assessment_put(ledger, &a_verdict, err))
QUESTION(read_verdict, assessment_read(ledger, "t", "VN", &(struct assessment_row){0}, err))
QUESTION(remove_verdict, assessment_remove(ledger, "t", "VN", err))
QUESTION(each_verdict, assessment_each(ledger, NULL, NULL, err))
QUESTION(clear_derived, derived_clear(ledger, err))
QUESTION(read_applied, applied_read(ledger, "standing", &ignored, err))
QUESTION(put_applied, applied_put(ledger, "standing", 1, err))
QUESTION(append_event, event_append(ledger, &an_event, &ignored, err))
QUESTION(each_event, event_each(ledger, &any_event, NULL, NULL, err))
QUESTION(last_state, event_last_state(ledger, "t", "VN", &(struct event_state){0}, err))
QUESTION(read_feed, feed_state_read(ledger, "wb", &(struct feed_state){0}, err))
QUESTION(put_feed, feed_state_put(ledger, &a_feed, err))
QUESTION(remove_feed, feed_state_remove(ledger, "wb", err))
QUESTION(each_feed, feed_state_each(ledger, NULL, NULL, err))
QUESTION(append_fetch, fetch_append(ledger, &a_fetch, &ignored, err))
QUESTION(each_fetch, fetch_each(ledger, NULL, 0, NULL, NULL, err))
QUESTION(append_reject, reject_append(ledger, &a_reject, err))
QUESTION(each_reject, reject_each(ledger, "wb", NULL, NULL, err))
QUESTION(last_rejects, reject_each_last(ledger, "wb", NULL, NULL, err))
QUESTION(expire_fetches, fetch_expire(ledger, 1, 1, err))
QUESTION(mark_dirty, rrd_dirty_mark(ledger, a_mark, err))
QUESTION(mark_all_dirty, rrd_dirty_mark_all(ledger, err))
QUESTION(list_dirty, rrd_dirty_list(ledger, 0, &(struct rrd_dirty){0}, 1, &(size_t){0}, err))
QUESTION(read_catalogue, ledger_catalogue_read(ledger, &(struct catalogue *){NULL}, err))
QUESTION(catalogue_load, ledger_catalogue_load(ledger, &ignored, err))
QUESTION(replace_catalogue, ledger_catalogue_replace(ledger, &(struct catalogue){0}, err))
QUESTION(expire_archive, archive_expire(ledger, 1, &(size_t){0}, err))

static bool check(struct ledger *ledger, struct error *err)
{
	AUTO_PROBLEMS struct problems findings = {0};

	return ledger_check(ledger, &findings, err);
}

static question_fn *const questions[] = {
	add_load,	restore_load,	   read_load,	       last_load,      each_load,
	find_series,	ensure_series,	   read_series,	       each_series,    changed_series,
	count_series,	append_row,	   restore_row,	       row_in_force,   vintages,
	read_row,	each_row,	   each_row_of_series, last_seq,       put_standing,
	each_standing,	put_verdict,	   read_verdict,       remove_verdict, each_verdict,
	clear_derived,	read_applied,	   put_applied,	       append_event,   each_event,
	last_state,	read_feed,	   put_feed,	       remove_feed,    each_feed,
	append_fetch,	each_fetch,	   append_reject,      each_reject,    last_rejects,
	expire_fetches, mark_dirty,	   mark_all_dirty,     list_dirty,     read_catalogue,
	catalogue_load, replace_catalogue, expire_archive,     check,
};

static const char LOSE_ALL[] =
	"DROP TABLE load; DROP TABLE series; DROP TABLE observation; DROP TABLE event;"
	"DROP TABLE source; DROP TABLE standing; DROP TABLE assessment; DROP TABLE applied;"
	"DROP TABLE feed_state; DROP TABLE fetch; DROP TABLE reject; DROP TABLE rrd_dirty";

static void every_question_to_a_ledger_without_tables_fails_and_says_so(void **state)
{
	struct ledger_world *world = *state;

	assert_int_equal(ledger_world_sql(world, LOSE_ALL, NULL), SQLITE_OK);
	for (size_t i = 0; i < COUNT_OF(questions); i++) {
		bool done = questions[i](world->ledger, &world->err);
		if (done)
			print_error("question %zu was answered\n", i);
		ledger_world_expect(world, done, ERROR_SYSTEM, "no such table");
	}
}

static void a_stage_on_a_ledger_without_tables_fails_when_it_appends(void **state)
{
	struct ledger_world *world = *state;
	AUTO_STAGE struct stage *stage = NULL;
	struct observation obs = ledger_world_value("2021", 1, "2022-01-31");
	struct stage_order order = {.load = &a_load, .complete = true};
	struct stage_counts counts;

	ledger_world_must(world, stage_new(world->ledger, &stage, &world->err));
	assert_int_equal(ledger_world_sql(world, LOSE_ALL, NULL), SQLITE_OK);
	ledger_world_expect(world, stage_append(stage, &order, &counts, &world->err), ERROR_SYSTEM,
			    "no such table");
	ledger_world_must(world, stage_add(stage, &key, &obs, &nowhere, &world->err));
	ledger_world_expect(world, stage_append(stage, &order, &counts, &world->err), ERROR_SYSTEM,
			    "no such table");
}

/* A ledger whose file ends in the middle: what is there is read, what is not is named. */
static void a_truncated_ledger_is_named(void **state)
{
	struct ledger_world *world = *state;
	AUTO_PROBLEMS struct problems findings = {0};
	struct ledger *reader = NULL;
	char path[128];

	ledger_world_close(world);
	(void)snprintf(path, sizeof path, "%s/ledger.db", world->directory);
	FILE *file = fopen(path, "r+e");
	assert_non_null(file);
	static const char zeros[8192];
	assert_int_equal(fseek(file, 4096, SEEK_SET), 0);
	assert_int_equal(fwrite(zeros, 1, sizeof zeros, file), sizeof zeros);
	assert_int_equal(fclose(file), 0);
	if (ledger_open_reader(world->directory, &reader, &world->err)) {
		bool checked = ledger_check(reader, &findings, &world->err);
		assert_true(!checked || findings.errors > 0);
		ledger_close(&reader);
	}
	assert_true(findings.errors > 0 || strstr(world->err.text, "damaged") != NULL);
}

#define TEST(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, ledger_world_set_up, ledger_world_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_question_to_a_ledger_without_tables_fails_and_says_so),
		TEST(a_stage_on_a_ledger_without_tables_fails_when_it_appends),
		TEST(a_truncated_ledger_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
