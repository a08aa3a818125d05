/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <sqlite3.h>

#include "ledger/sql.h"
#include "tests/unit/ledger_world.h"

/* Every test begins in a transaction, with a load and a series. */
struct log_world {
	struct ledger_world *world;
	int64_t load, series;
};

static struct log_world begin(void **state)
{
	struct log_world log = {.world = *state};

	ledger_world_must(log.world, ledger_begin(log.world->ledger, &log.world->err));
	log.load = ledger_world_load(log.world, LOAD_IMPORT, "");
	log.series = ledger_world_series(log.world, "VN");
	return log;
}

static enum append_result append(struct log_world *log, struct observation obs)
{
	obs.series = log->series;
	obs.load = log->load;
	return ledger_world_append(log->world, &obs);
}

static struct observation in_force(struct log_world *log, const char *period, const char *known)
{
	struct observation ret = {0};
	struct log_key key = {.series = log->series, .source = "gso"};
	int32_t day = known != NULL ? ledger_world_day(known) : DAY_NONE;

	assert_true(period_parse(span_of(period), &key.period, NULL));
	ledger_world_must(log->world,
			  log_in_force(log->world->ledger, &key, day, &ret, &log->world->err));
	return ret;
}

static void assert_value(struct log_world *log, const char *known, double value)
{
	struct observation obs = in_force(log, "2021", known);

	assert_true(obs.has_value);
	assert_true(obs.value == value);
}

static int64_t count(struct log_world *log)
{
	int64_t rows;

	ledger_world_must(log->world, log_count(log->world->ledger, &rows, &log->world->err));
	return rows;
}

static void the_same_statement_is_appended_once(void **state)
{
	struct log_world log = begin(state);
	struct observation obs = ledger_world_value("2021", 87.2, "2022-01-31");

	assert_int_equal(append(&log, obs), APPEND_NEW);
	assert_int_equal(append(&log, obs), APPEND_UNCHANGED);
	obs.known_day += 30; /* said again later: nothing new */
	memcpy(obs.published, "2022-03", sizeof "2022-03");
	assert_int_equal(append(&log, obs), APPEND_UNCHANGED);
	assert_int_equal(count(&log), 1);
}

static void what_differs_makes_a_new_row(void **state)
{
	struct log_world log = begin(state);
	struct observation base = ledger_world_value("2021", 87.2, "2022-01-31");
	struct observation changed[5] = {base, base, base, base, base};

	changed[0].value = 87.3;
	changed[1].has_num = true;
	changed[1].num = 10;
	changed[2].qualifier = QUALIFIER_ABOUT;
	changed[3].status = OBS_ESTIMATED;
	changed[4].status = OBS_MISSING;
	changed[4].has_value = false;
	assert_int_equal(append(&log, base), APPEND_NEW);
	for (size_t i = 0; i < COUNT_OF(changed); i++) {
		assert_int_equal(append(&log, changed[i]), APPEND_REVISED);
		assert_int_equal(append(&log, base), APPEND_REVISED);
	}
	assert_int_equal(count(&log), 11);
}

static void a_number_comes_back_at_fifteen_digits(void **state)
{
	struct log_world log = begin(state);

	/* The double next to 0.3 that 0.1 + 0.2 makes is 0.3 at 15 digits. */
	assert_int_equal(append(&log, ledger_world_value("2021", 0.1 + 0.2, "2022-01-31")),
			 APPEND_NEW);
	assert_value(&log, NULL, 0.3);
	assert_int_equal(append(&log, ledger_world_value("2021", 0.3, "2022-01-31")),
			 APPEND_UNCHANGED);
}

static void a_revision_stands_from_its_known_day_on(void **state)
{
	struct log_world log = begin(state);

	(void)append(&log, ledger_world_value("2021", 87.2, "2022-01-31"));
	assert_int_equal(append(&log, ledger_world_value("2021", 88.0, "2022-06-30")),
			 APPEND_REVISED);
	assert_int_equal(in_force(&log, "2021", "2022-01-30").seq, 0);
	assert_value(&log, "2022-01-31", 87.2);
	assert_value(&log, "2022-06-29", 87.2);
	assert_value(&log, "2022-06-30", 88.0);
	assert_value(&log, NULL, 88.0);
}

static void an_old_publication_that_comes_late_takes_its_place_in_time(void **state)
{
	struct log_world log = begin(state);

	(void)append(&log, ledger_world_value("2021", 88.0, "2022-06-30"));
	assert_int_equal(append(&log, ledger_world_value("2021", 87.2, "2022-01-31")), APPEND_NEW);
	assert_value(&log, "2022-03-01", 87.2);
	assert_value(&log, NULL, 88.0);
	/* A vintage between the two is held against the older one: it says what that said. */
	assert_int_equal(append(&log, ledger_world_value("2021", 87.2, "2022-03-31")),
			 APPEND_UNCHANGED);
}

static void a_correction_replaces_the_row_of_its_known_day(void **state)
{
	struct log_world log = begin(state);

	(void)append(&log, ledger_world_value("2021", 78.2, "2022-01-31"));
	(void)append(&log, ledger_world_value("2021", 88.0, "2022-06-30"));
	assert_int_equal(append(&log, ledger_world_value("2021", 87.2, "2022-01-31")),
			 APPEND_REVISED);
	assert_value(&log, "2022-01-31", 87.2);
	assert_value(&log, "2022-06-30", 88.0);
}

static void a_withdrawal_is_a_row_and_what_comes_after_it_is_new(void **state)
{
	struct log_world log = begin(state);
	struct observation gone = ledger_world_value("2021", 0, "2022-05-01");

	gone.has_value = false;
	gone.status = OBS_WITHDRAWN;
	assert_int_equal(append(&log, gone), APPEND_UNCHANGED); /* there is nothing to withdraw */
	(void)append(&log, ledger_world_value("2021", 87.2, "2022-01-31"));
	assert_int_equal(append(&log, gone), APPEND_REVISED);
	assert_int_equal(append(&log, gone), APPEND_UNCHANGED);
	assert_int_equal(in_force(&log, "2021", NULL).status, OBS_WITHDRAWN);
	assert_value(&log, "2022-04-30", 87.2);
	assert_int_equal(append(&log, ledger_world_value("2021", 87.2, "2022-07-01")),
			 APPEND_REVISED);
}

static void sources_and_periods_do_not_touch_each_other(void **state)
{
	struct log_world log = begin(state);
	struct observation other = ledger_world_value("2021", 50, "2022-01-31");

	(void)append(&log, ledger_world_value("2021", 87.2, "2022-01-31"));
	memcpy(other.source, "monre", sizeof "monre");
	assert_int_equal(append(&log, other), APPEND_NEW);
	assert_int_equal(append(&log, ledger_world_value("2021-01/2021-09", 50, "2022-01-31")),
			 APPEND_NEW);
	assert_int_equal(append(&log, ledger_world_value("2021-01/2021-12", 87.2, "2022-01-31")),
			 APPEND_UNCHANGED); /* the same days as 2021 */
	assert_value(&log, NULL, 87.2);
}

static void vintages_come_by_period_source_known_day_and_seq(void **state)
{
	struct log_world log = begin(state);
	AUTO_VINTAGES struct vintages vintages = {0};
	static const double want[] = {80, 78.2, 87.2, 88};

	(void)append(&log, ledger_world_value("2021", 88, "2022-06-30"));   /* 1 */
	(void)append(&log, ledger_world_value("2021", 78.2, "2022-01-31")); /* 2 */
	(void)append(&log, ledger_world_value("2020", 80, "2023-01-31"));   /* 3 */
	(void)append(&log, ledger_world_value("2021", 87.2, "2022-01-31")); /* 4 */
	ledger_world_must(log.world, vintages_read(log.world->ledger, log.series, DAY_NONE,
						   &vintages, &log.world->err));
	assert_int_equal(vintages.count, COUNT_OF(want));
	for (size_t i = 0; i < COUNT_OF(want); i++) {
		assert_true(vintages.rows[i].value == want[i]);
		assert_int_equal(vintages.rows[i].received, LEDGER_WORLD_NOW);
		assert_int_equal(vintages.rows[i].load, log.load);
	}
	assert_int_equal(vintages.rows[1].seq, 2);
	assert_int_equal(vintages.rows[2].seq, 4);
	ledger_world_must(log.world, vintages_read(log.world->ledger, log.series,
						   ledger_world_day("2022-06-29"), &vintages,
						   &log.world->err));
	assert_int_equal(vintages.count, 2);
}

static bool keep_row(void *self, const struct log_row *row, struct error *err)
{
	struct log_row *kept = self;

	(void)err;
	*kept = *row;
	assert_string_equal(row->from.locator, "page 7");
	assert_string_equal(row->from.raw, "87,2");
	assert_string_equal(row->from.warning, "");
	assert_string_equal(row->series.area, "VN");
	assert_string_equal(row->load.actor, "tester");
	assert_int_equal(row->load.kind, LOAD_IMPORT);
	return true;
}

static void a_row_can_be_explained_to_the_cell(void **state)
{
	struct log_world log = begin(state);
	struct observation obs = ledger_world_value("2021", 87.2, "2022-01-31");
	struct provenance from = {.locator = "page 7", .raw = "87,2"};
	enum append_result result;
	struct log_row row = {0};
	int64_t seq;

	obs.series = log.series;
	obs.load = log.load;
	obs.qualifier = QUALIFIER_BELOW;
	obs.is_break = true;
	memcpy(obs.published, "2022-01", sizeof "2022-01");
	ledger_world_must(log.world, log_append(log.world->ledger, &obs, &from, &result, &seq,
						&log.world->err));
	ledger_world_must(log.world,
			  log_read(log.world->ledger, seq, keep_row, &row, &log.world->err));
	assert_int_equal(row.obs.seq, seq);
	assert_int_equal(row.obs.qualifier, QUALIFIER_BELOW);
	assert_true(row.obs.is_break);
	assert_string_equal(row.obs.published, "2022-01");
	assert_int_equal(row.obs.decimals, 1);
	ledger_world_expect(log.world,
			    log_read(log.world->ledger, seq + 1, keep_row, &row, &log.world->err),
			    ERROR_NOT_FOUND, "no row 2 in the log");
}

static bool stop_at_second(void *self, const struct log_row *row, struct error *err)
{
	int *seen = self;

	(void)row;
	return ++*seen < 2 || error_set(err, ERROR_LIMIT, "enough");
}

static bool count_rows(void *self, const struct log_row *row, struct error *err)
{
	int64_t *last = self;

	(void)err;
	assert_true(row->obs.seq > *last);
	*last = row->obs.seq;
	return true;
}

static void rows_are_walked_in_order_and_a_walk_can_be_stopped(void **state)
{
	struct log_world log = begin(state);
	int64_t last = 0, last_seq;
	int seen = 0;

	for (int i = 0; i < 4; i++)
		(void)append(&log, ledger_world_value("2021", 80 + i, "2022-01-31"));
	ledger_world_must(log.world,
			  log_each(log.world->ledger, 2, count_rows, &last, &log.world->err));
	ledger_world_must(log.world, log_last_seq(log.world->ledger, &last_seq, &log.world->err));
	assert_int_equal(last, 4);
	assert_int_equal(last_seq, 4);
	last = 0;
	ledger_world_must(log.world, log_each_of_series(log.world->ledger, log.series, count_rows,
							&last, &log.world->err));
	assert_int_equal(last, 4);
	ledger_world_expect(log.world,
			    log_each(log.world->ledger, 0, stop_at_second, &seen, &log.world->err),
			    ERROR_LIMIT, "enough");
	assert_int_equal(seen, 2);
}

static void a_restored_row_keeps_its_number(void **state)
{
	struct log_world log = begin(state);
	struct observation obs = ledger_world_value("2021", 87.2, "2022-01-31");
	struct load load = {.id = 40, .kind = LOAD_IMPORT, .received = 5, .actor = "lan"};
	struct provenance from = {0};

	ledger_world_must(log.world, load_restore(log.world->ledger, &load, &log.world->err));
	obs.series = log.series;
	obs.load = 40;
	obs.seq = 17;
	ledger_world_must(log.world, log_restore(log.world->ledger, &obs, &from, &log.world->err));
	assert_int_equal(in_force(&log, "2021", NULL).seq, 17);
	ledger_world_expect(log.world, log_restore(log.world->ledger, &obs, &from, &log.world->err),
			    ERROR_REFUSED, "UNIQUE");
	ledger_world_expect(log.world, load_restore(log.world->ledger, &load, &log.world->err),
			    ERROR_REFUSED, "UNIQUE");
	assert_int_equal(append(&log, ledger_world_value("2022", 1, "2023-01-31")), APPEND_NEW);
	assert_int_equal(in_force(&log, "2022", NULL).seq, 18);
}

static void a_row_without_its_series_or_load_is_refused(void **state)
{
	struct log_world log = begin(state);
	struct observation obs = ledger_world_value("2021", 87.2, "2022-01-31");
	struct provenance from = {0};
	enum append_result result;
	int64_t seq;

	obs.series = log.series;
	obs.load = 99;
	ledger_world_expect(
		log.world,
		log_append(log.world->ledger, &obs, &from, &result, &seq, &log.world->err),
		ERROR_REFUSED, "FOREIGN KEY");
	obs.load = log.load;
	obs.has_value = false; /* an official value that is none */
	ledger_world_expect(
		log.world,
		log_append(log.world->ledger, &obs, &from, &result, &seq, &log.world->err),
		ERROR_REFUSED, "CHECK");
}

struct outrage {
	const char *sql, *words;
};

static void nobody_changes_the_log(void **state)
{
	static const struct outrage outrages[] = {
		{"UPDATE observation SET value = 99", "no observation may be changed"},
		{"UPDATE OR IGNORE observation SET value = 99", "no observation may be changed"},
		{"DELETE FROM observation", "no observation may be removed"},
		{"INSERT OR REPLACE INTO observation SELECT seq, series_id, source_id, from_day,"
		 " to_day, 99, decimals, num, den, qualifier, status, is_break, published,"
		 " known_day, load_id, locator, raw, warning FROM observation",
		 "this observation is there already"},
		{"REPLACE INTO load SELECT * FROM load", "this load is there already"},
		{"DELETE FROM load", "no load may be removed"},
		{"UPDATE load SET actor = 'root'", "no load may be changed"},
		{"REPLACE INTO series SELECT series_id + 1, indicator_id, breakdown, area_id FROM"
		 " series",
		 "this series is there already"},
		{"UPDATE series SET area_id = 'KH'", "no series may be changed"},
		{"DELETE FROM series", "no series may be removed"},
		{"DELETE FROM migration", "no migration may be removed"},
	};
	struct log_world log = begin(state);
	char words[128];

	(void)append(&log, ledger_world_value("2021", 87.2, "2022-01-31"));
	ledger_world_must(log.world, ledger_commit(log.world->ledger, &log.world->err));
	for (size_t i = 0; i < COUNT_OF(outrages); i++) {
		int status = ledger_world_sql(log.world, outrages[i].sql, words);
		if (status != SQLITE_CONSTRAINT || strstr(words, outrages[i].words) == NULL)
			print_error("%s: %d %s\n", outrages[i].sql, status, words);
		assert_int_equal(status, SQLITE_CONSTRAINT);
		assert_non_null(strstr(words, outrages[i].words));
	}
	assert_value(&log, NULL, 87.2);
}

/* Our own connection has no triggers: such statements cannot even be prepared. */
static void nor_do_we(void **state)
{
	static const char *const outrages[] = {
		"UPDATE observation SET value = 99",
		"DELETE FROM observation",
		"DELETE FROM load WHERE load_id = 1",
		"UPDATE series SET area_id = 'KH'",
		"DELETE FROM event",
		"UPDATE delivery SET day = 1",
		"DELETE FROM migration",
		"DROP TABLE observation",
		"DROP TRIGGER observation_no_update",
		"ALTER TABLE load ADD COLUMN why TEXT",
		"INSERT INTO series VALUES (1, 'usw', '', 'VN')",
	};
	struct log_world log = begin(state);

	(void)append(&log, ledger_world_value("2021", 87.2, "2022-01-31"));
	for (size_t i = 0; i < COUNT_OF(outrages) - 1; i++)
		ledger_world_expect(log.world,
				    sql_script(log.world->ledger->db, outrages[i], &log.world->err),
				    ERROR_PERMISSION, "not authorized");
	ledger_world_expect(log.world,
			    sql_script(log.world->ledger->db, outrages[COUNT_OF(outrages) - 1],
				       &log.world->err),
			    ERROR_REFUSED, "UNIQUE");
	ledger_world_must(log.world, ledger_commit(log.world->ledger, &log.world->err));
	assert_value(&log, NULL, 87.2);
}

#define TEST(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, ledger_world_set_up, ledger_world_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_same_statement_is_appended_once),
		TEST(what_differs_makes_a_new_row),
		TEST(a_number_comes_back_at_fifteen_digits),
		TEST(a_revision_stands_from_its_known_day_on),
		TEST(an_old_publication_that_comes_late_takes_its_place_in_time),
		TEST(a_correction_replaces_the_row_of_its_known_day),
		TEST(a_withdrawal_is_a_row_and_what_comes_after_it_is_new),
		TEST(sources_and_periods_do_not_touch_each_other),
		TEST(vintages_come_by_period_source_known_day_and_seq),
		TEST(a_row_can_be_explained_to_the_cell),
		TEST(rows_are_walked_in_order_and_a_walk_can_be_stopped),
		TEST(a_restored_row_keeps_its_number),
		TEST(a_row_without_its_series_or_load_is_refused),
		TEST(nobody_changes_the_log),
		TEST(nor_do_we),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
