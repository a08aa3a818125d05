/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ledger/check.h"
#include "ledger/sql.h"
#include "tests/unit/ledger_world.h"

static int64_t ask(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *statement;
	int64_t ret;

	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	ret = sqlite3_column_int64(statement, 0);
	assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
	return ret;
}

static void a_full_disk_loses_nothing_and_is_named(void **state)
{
	struct ledger_world *world = *state;
	struct observation obs = ledger_world_value("2021", 1, "2022-01-31");
	struct provenance from = {.raw = "x"};
	enum append_result result;
	int64_t pages, seq;
	bool done = true;
	char pragma[64];

	ledger_world_commit_year(world, 2020, 80);
	pages = ask(world->ledger->db, "PRAGMA page_count");
	(void)snprintf(pragma, sizeof pragma, "PRAGMA max_page_count = %lld", (long long)pages + 2);
	ledger_world_must(world, sql_script(world->ledger->db, pragma, &world->err));
	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	obs.series = ledger_world_series(world, "VN");
	obs.load = ledger_world_load(world, LOAD_IMPORT, "");
	for (int i = 0; done && i < 10000; i++) {
		obs.value = i;
		done = log_append(world->ledger, &obs, &from, &result, &seq, &world->err);
	}
	ledger_world_expect(world, done, ERROR_SYSTEM, "is full: nothing was written");
	ledger_rollback(world->ledger);
	assert_int_equal(ledger_world_count(world->ledger), 1);
	ledger_world_must(world, sql_script(world->ledger->db, "PRAGMA max_page_count = 1000000",
					    &world->err));
	ledger_world_commit_year(world, 2021, 81);
	assert_int_equal(ledger_world_count(world->ledger), 2);
}

/* Commit years one after the other and say each one that is committed, until killed. */
static void commit_until_killed(struct ledger_world *world, int out)
{
	ledger_world_open(world);
	int64_t done = ledger_world_count(world->ledger);

	for (;; done++) {
		int64_t next = done + 1;
		ledger_world_commit_year(world, 1900, (double)next);
		if (write(out, &next, sizeof next) != sizeof next)
			_exit(1);
	}
}

/* The last number that came through the pipe before its other end died. */
static int64_t last_said(int in)
{
	int64_t said = 0, next;

	while (read(in, &next, sizeof next) == sizeof next)
		said = next;
	return said;
}

static int64_t kill_one(struct ledger_world *world, unsigned after_us)
{
	int ends[2], status;

	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0) {
		(void)close(ends[0]);
		commit_until_killed(world, ends[1]);
	}
	(void)close(ends[1]);
	(void)usleep(after_us);
	assert_int_equal(kill(child, SIGKILL), 0);
	int64_t said = last_said(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	(void)close(ends[0]);
	return said;
}

static void what_was_acknowledged_survives_kill(void **state)
{
	enum { ROUNDS = 20 };
	struct ledger_world *world = *state;
	int64_t said = 0;

	ledger_world_close(world);
	for (unsigned round = 0; round < ROUNDS; round++) {
		AUTO_PROBLEMS struct problems findings = {0};
		/* Spread over opening, appending and committing, the same in every run. */
		int64_t now = kill_one(world, 4000 + round * 7919 % 30000);
		said = now > said ? now : said;
		ledger_world_open(world);
		int64_t rows = ledger_world_count(world->ledger);
		/* One may be committed and not yet said. */
		assert_true(rows == said || rows == said + 1);
		said = rows;
		ledger_world_must(world, ledger_check(world->ledger, &findings, &world->err));
		assert_int_equal(findings.errors + findings.warnings, 0);
		ledger_world_close(world);
	}
	assert_true(said > ROUNDS);
}

#define TEST(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, ledger_world_set_up, ledger_world_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_full_disk_loses_nothing_and_is_named),
		TEST(what_was_acknowledged_survives_kill),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
