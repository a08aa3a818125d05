/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ledger/check.h"
#include "ledger/schema.h"
#include "ledger/sql.h"
#include "tests/unit/ledger_world.h"

/* As another process: how many rows a reader sees, or 100 and the code of the failure. */
static int rows_of_reader(const char *directory)
{
	AUTO_LEDGER struct ledger *reader = NULL;
	struct error err = {0};

	if (ledger_open_reader(directory, &reader, &err))
		return (int)ledger_world_count(reader);
	print_error("%s\n", err.text);
	return 100 + (int)err.code;
}

/* Root may read and write anything, so it becomes nobody first, who may read what all may read. */
static int read_in_child(const struct ledger_world *world, bool as_nobody)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		if (as_nobody && geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
			_exit(99);
		_exit(rows_of_reader(world->directory));
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static const char *path_of(const struct ledger_world *world, const char *name, char path[128])
{
	(void)snprintf(path, 128, "%s/%s", world->directory, name);
	return path;
}

static void a_reader_sees_what_is_committed_while_the_writer_writes(void **state)
{
	struct ledger_world *world = *state;

	ledger_world_commit_year(world, 2020, 80);
	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	ledger_world_append_year(world, 2021, 81);
	assert_int_equal(read_in_child(world, false), 1);
	ledger_world_must(world, ledger_commit(world->ledger, &world->err));
	assert_int_equal(read_in_child(world, false), 2);
}

static void one_answer_sees_one_state(void **state)
{
	struct ledger_world *world = *state;
	AUTO_LEDGER struct ledger *reader = NULL;

	ledger_world_commit_year(world, 2020, 80);
	ledger_world_must(world, ledger_open_reader(world->directory, &reader, &world->err));
	ledger_world_must(world, ledger_begin_read(reader, &world->err));
	ledger_world_commit_year(world, 2021, 81);
	assert_int_equal(ledger_world_count(reader), 1);
	assert_false(ledger_in_transaction(reader));
	ledger_end_read(reader);
	assert_int_equal(ledger_world_count(reader), 2);
	ledger_end_read(reader); /* none is open: nothing happens */
}

static void the_generation_changes_with_every_commit(void **state)
{
	struct ledger_world *world = *state;
	AUTO_LEDGER struct ledger *reader = NULL;
	int64_t own[2], others[2];

	ledger_world_must(world, ledger_open_reader(world->directory, &reader, &world->err));
	ledger_world_must(world, ledger_generation(world->ledger, &own[0], &world->err));
	ledger_world_must(world, ledger_generation(reader, &others[0], &world->err));
	ledger_world_commit_year(world, 2020, 80);
	ledger_world_must(world, ledger_generation(world->ledger, &own[1], &world->err));
	ledger_world_must(world, ledger_generation(reader, &others[1], &world->err));
	assert_true(own[0] != own[1]);
	assert_true(others[0] != others[1]);
	ledger_world_must(world, ledger_generation(reader, &others[0], &world->err));
	assert_true(others[0] == others[1]);
}

/* Files that only may be read, in a directory that only may be read. */
static void make_read_only(const struct ledger_world *world)
{
	static const char *const names[] = {"ledger.db", "ledger.db-shm", "ledger.db-wal",
					    "writer.lock"};
	char path[128];

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (access(path_of(world, names[i], path), F_OK) == 0)
			assert_int_equal(chmod(path, 0444), 0);
	assert_int_equal(chmod(world->directory, 0555), 0);
}

static void after_a_clean_stop_another_process_may_read(void **state)
{
	struct ledger_world *world = *state;
	char path[128];

	ledger_world_commit_year(world, 2020, 80);
	ledger_world_close(world);
	assert_int_equal(access(path_of(world, "ledger.db-shm", path), F_OK), 0);
	make_read_only(world);
	assert_int_equal(read_in_child(world, true), 1);
}

static void without_the_shared_memory_file_a_reader_keeps_writers_out(void **state)
{
	struct ledger_world *world = *state;
	AUTO_LEDGER struct ledger *reader = NULL;
	struct writer_lock *lock = NULL;
	char path[128];

	ledger_world_commit_year(world, 2020, 80);
	ledger_world_close(world);
	/* The sqlite3 shell, closing last, folds the log back and takes both files away. */
	assert_int_equal(ledger_world_sql(world, "SELECT count(*) FROM load", NULL), SQLITE_OK);
	assert_int_equal(access(path_of(world, "ledger.db-shm", path), F_OK), -1);
	make_read_only(world);
	assert_int_equal(read_in_child(world, true), 1);
	ledger_world_must(world, ledger_open_reader(world->directory, &reader, &world->err));
	assert_int_equal(ledger_world_count(reader), 1);
	assert_int_equal(access(path_of(world, "ledger.db-shm", path), F_OK), -1);
	assert_int_equal(chmod(world->directory, 0755), 0);
	assert_int_equal(chmod(path_of(world, "ledger.db", path), 0644), 0);
	assert_int_equal(chmod(path_of(world, "writer.lock", path), 0644), 0);
	ledger_world_expect(world, writer_lock_take(world->directory, 0, &lock, &world->err),
			    ERROR_BUSY, "somebody is reading");
	ledger_close(&reader);
	ledger_world_open(world);
	assert_int_equal(ledger_world_count(world->ledger), 1);
}

/* A child commits and is killed: what it wrote is in the write-ahead log only. */
static void commit_and_die(struct ledger_world *world)
{
	pid_t child;
	int status;

	ledger_world_close(world);
	child = fork();
	if (child == 0) {
		ledger_world_open(world);
		ledger_world_commit_year(world, 2020, 80);
		(void)raise(SIGKILL);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
}

static void after_a_kill_another_process_sees_what_was_committed(void **state)
{
	struct ledger_world *world = *state;

	commit_and_die(world);
	make_read_only(world);
	assert_int_equal(read_in_child(world, true), 1);
}

static void a_log_without_its_shared_memory_file_is_still_read(void **state)
{
	struct ledger_world *world = *state;
	char path[128];
	struct stat info;

	commit_and_die(world);
	assert_int_equal(stat(path_of(world, "ledger.db-wal", path), &info), 0);
	assert_true(info.st_size > 0);
	assert_int_equal(unlink(path_of(world, "ledger.db-shm", path)), 0);
	/* Only whoever may write the directory: an immutable file would hide the last rows. */
	assert_int_equal(rows_of_reader(world->directory), 1);
}

/* A child takes the lock, says so, and opens the ledger only after a while. */
static void be_a_slow_writer(struct ledger_world *world, int out)
{
	struct ledger_build build = {"envgap test", LEDGER_WORLD_NOW};
	struct error err = {0};
	bool open;

	if (!writer_lock_take(world->directory, 0, &world->lock, &err) || write(out, "x", 1) != 1)
		_exit(1);
	(void)usleep(150000);
	open = ledger_open_writer(world->lock, &build, &world->ledger, &err);
	(void)pause();
	_exit(open);
}

static void a_reader_waits_for_a_writer_that_is_starting(void **state)
{
	struct ledger_world *world = *state;
	AUTO_LEDGER struct ledger *reader = NULL;
	char path[128], said;
	int ends[2], status;

	ledger_world_commit_year(world, 2020, 80);
	ledger_world_close(world);
	assert_int_equal(unlink(path_of(world, "ledger.db-shm", path)), 0);
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0)
		be_a_slow_writer(world, ends[1]);
	assert_int_equal(read(ends[0], &said, 1), 1);
	ledger_world_must(world, ledger_open_reader(world->directory, &reader, &world->err));
	assert_int_equal(ledger_world_count(reader), 1);
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	(void)close(ends[0]);
	(void)close(ends[1]);
}

static void a_path_that_is_too_long_or_odd_is_no_harm(void **state)
{
	struct ledger_world *world = *state;
	AUTO_LEDGER struct ledger *reader = NULL;
	struct ledger *none = NULL;
	char path[5000], odd[160];

	memset(path, 'x', sizeof path);
	path[sizeof path - 1] = '\0';
	ledger_world_expect(world, ledger_open_reader(path, &none, &world->err), ERROR_LIMIT,
			    "longer than");
	/* An immutable file is opened by an address, in which these would mean something. */
	ledger_world_commit_year(world, 2020, 80);
	ledger_world_close(world);
	assert_int_equal(ledger_world_sql(world, "SELECT count(*) FROM load", NULL), SQLITE_OK);
	(void)snprintf(odd, sizeof odd, "%s?mode=rw#%%41 ", world->directory);
	assert_int_equal(rename(world->directory, odd), 0);
	ledger_world_must(world, ledger_open_reader(odd, &reader, &world->err));
	assert_int_equal(ledger_world_count(reader), 1);
	assert_int_equal(rename(odd, world->directory), 0);
}

static void a_directory_without_a_ledger_says_so(void **state)
{
	struct ledger_world *world = *state;
	struct ledger *reader = NULL;
	char path[128];

	ledger_world_close(world);
	assert_int_equal(unlink(path_of(world, "ledger.db", path)), 0);
	ledger_world_expect(world, ledger_open_reader(world->directory, &reader, &world->err),
			    ERROR_NOT_FOUND, "there is no ledger yet");
	assert_null(reader);
}

static void a_newer_ledger_is_refused_by_name(void **state)
{
	struct ledger_world *world = *state;
	struct ledger_build build = {"envgap test", LEDGER_WORLD_NOW};
	AUTO_WRITER_LOCK struct writer_lock *lock = NULL;
	struct ledger *ledger = NULL;
	char path[128];

	ledger_world_close(world);
	assert_int_equal(ledger_world_sql(world, "PRAGMA user_version = 99", NULL), SQLITE_OK);
	ledger_world_expect(world, ledger_open_reader(world->directory, &ledger, &world->err),
			    ERROR_VERSION, "version 99, made by a newer envgap");
	ledger_world_must(world, writer_lock_take(world->directory, 0, &lock, &world->err));
	ledger_world_expect(world, ledger_open_writer(lock, &build, &ledger, &world->err),
			    ERROR_VERSION, "version 99, made by a newer envgap");
	assert_int_equal(ledger_world_sql(world, "PRAGMA user_version = 0", NULL), SQLITE_OK);
	writer_lock_free(&lock);
	ledger_world_expect(world, ledger_open_reader(world->directory, &ledger, &world->err),
			    ERROR_VERSION, "start envgapd once");
	ledger_world_must(world, writer_lock_take(world->directory, 0, &lock, &world->err));
	assert_int_equal(ledger_world_sql(world, "PRAGMA application_id = 5", NULL), SQLITE_OK);
	ledger_world_expect(world, ledger_open_writer(lock, &build, &ledger, &world->err),
			    ERROR_SYSTEM, "another program");
	int fd = open(path_of(world, "ledger.db", path), O_WRONLY | O_TRUNC);
	assert_int_equal(write(fd,
			       "this is no database at all, but a text of some length......."
			       "........................................................",
			       100),
			 100);
	(void)close(fd);
	ledger_world_expect(world, ledger_open_writer(lock, &build, &ledger, &world->err),
			    ERROR_SYSTEM, "this is not a ledger");
}

/* Two versions: the second adds a column to a table of the first. */
static const char *const FIRST[] = {"CREATE TABLE t (a INTEGER) STRICT", "INSERT INTO t VALUES (7)",
				    NULL};
static const char *const SECOND[] = {"ALTER TABLE t ADD COLUMN b TEXT NOT NULL DEFAULT 'x'", NULL};
static const char *const BROKEN[] = {"CREATE TABLE u (a INTEGER) STRICT", "CREATE TABLE nonsense",
				     NULL};
static const char *const *const STEPS[] = {FIRST, SECOND, BROKEN};

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

static void an_older_ledger_is_brought_up_and_keeps_its_rows(void **state)
{
	struct ledger_build first = {"envgap 1", 100}, second = {"envgap 2", 200};
	struct error err = {0};
	sqlite3 *db;

	(void)state;
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_true(schema_migrate(db, (struct schema){STEPS, 1}, &first, &err));
	assert_true(schema_check(db, (struct schema){STEPS, 1}, &err));
	assert_true(schema_migrate(db, (struct schema){STEPS, 2}, &second, &err));
	assert_int_equal(ask(db, "SELECT a FROM t WHERE b = 'x'"), 7);
	assert_int_equal(ask(db, "PRAGMA user_version"), 2);
	assert_int_equal(ask(db, "SELECT at FROM migration WHERE version = 1"), 100);
	assert_int_equal(ask(db, "SELECT at FROM migration WHERE program = 'envgap 2'"), 200);
	assert_false(schema_migrate(db, (struct schema){STEPS, 1}, &first, &err));
	assert_int_equal(err.code, ERROR_VERSION);
	/* A step that fails leaves nothing behind. */
	err = (struct error){0};
	assert_false(schema_migrate(db, (struct schema){STEPS, 3}, &second, &err));
	assert_non_null(strstr(err.text, "step to version 3"));
	assert_int_equal(ask(db, "PRAGMA user_version"), 2);
	assert_int_equal(ask(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'u'"), 0);
	assert_int_equal(ask(db, "SELECT count(*) FROM migration"), 2);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void an_empty_directory_gets_the_whole_schema_in_one_go(void **state)
{
	struct ledger_build build = {"envgap 1", 100};
	struct error err = {0};
	sqlite3 *db;

	(void)state;
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_true(schema_migrate(db, (struct schema){STEPS, 2}, &build, &err));
	assert_int_equal(ask(db, "SELECT count(*) FROM t WHERE b = 'x'"), 1);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void the_writer_syncs_checks_and_keeps_its_files(void **state)
{
	struct ledger_world *world = *state;

	assert_int_equal(ask(world->ledger->db, "PRAGMA synchronous"), 2); /* FULL */
	assert_int_equal(ask(world->ledger->db, "PRAGMA foreign_keys"), 1);
	assert_int_equal(ask(world->ledger->db, "PRAGMA recursive_triggers"), 1);
	assert_int_equal(ask(world->ledger->db, "PRAGMA application_id"), 0x45474150);
	assert_int_equal(ask(world->ledger->db, "SELECT count(*) FROM pragma_journal_mode"
						" WHERE journal_mode = 'wal'"),
			 1);
	ledger_world_must(world, ledger_checkpoint(world->ledger, &world->err));
	assert_string_equal(ledger_directory(world->ledger), world->directory);
}

static bool find_text(const struct problems *findings, const char *words)
{
	for (size_t i = 0; i < findings->count; i++)
		if (strstr(findings->items[i].text, words) != NULL)
			return true;
	return false;
}

static void what_is_wrong_with_a_ledger_is_found(void **state)
{
	struct ledger_world *world = *state;
	AUTO_PROBLEMS struct problems findings = {0};
	struct load load = {.kind = LOAD_POLL,
			    .actor = "envgapd",
			    .document = sha256_of(span_of("never archived"))};
	int64_t id;

	ledger_world_commit_year(world, 2020, 80);
	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	ledger_world_must(world, load_add(world->ledger, &load, &id, &world->err));
	ledger_world_must(world, ledger_commit(world->ledger, &world->err));
	assert_int_equal(
		ledger_world_sql(world,
				 "DROP TRIGGER event_no_update;"
				 "INSERT INTO standing VALUES (9, 0, 365, 1, 0);"
				 "INSERT INTO event (event_id, at, kind, actor)"
				 " VALUES (3, 1, 'note', 'x');"
				 "INSERT INTO observation SELECT 12, 77, source_id, from_day,"
				 " to_day, value, decimals, num, den, qualifier, status, is_break,"
				 " published, known_day, load_id, NULL, NULL, NULL"
				 " FROM observation",
				 NULL),
		SQLITE_OK);
	ledger_world_must(world, ledger_check(world->ledger, &findings, &world->err));
	assert_true(find_text(&findings, "table 'event' has lost a guard"));
	assert_true(find_text(&findings, "row 12 of table 'observation' refers to nothing"));
	assert_true(find_text(&findings, "10 numbers of the log are missing"));
	assert_true(find_text(&findings, "2 numbers of events are missing"));
	assert_true(find_text(&findings, "1 standing values name a row"));
	assert_true(find_text(&findings, "of load 2 is missing"));
	assert_int_equal(findings.count, 6);
}

static void a_reader_cannot_write(void **state)
{
	struct ledger_world *world = *state;
	AUTO_LEDGER struct ledger *reader = NULL;
	struct load load = {.kind = LOAD_RECORD, .actor = "x"};
	int64_t id;

	ledger_world_must(world, ledger_open_reader(world->directory, &reader, &world->err));
	ledger_world_expect(world, load_add(reader, &load, &id, &world->err), ERROR_PERMISSION,
			    "may only be read");
}

static void a_second_transaction_waits_and_is_told(void **state)
{
	struct ledger_world *world = *state;
	AUTO_LEDGER struct ledger *other = NULL;
	struct ledger_build build = {"envgap test", LEDGER_WORLD_NOW};

	ledger_world_must(world, ledger_open_writer(world->lock, &build, &other, &world->err));
	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	assert_true(ledger_in_transaction(world->ledger));
	assert_int_equal(sqlite3_busy_timeout(other->db, 10), SQLITE_OK);
	ledger_world_expect(world, ledger_begin(other, &world->err), ERROR_BUSY,
			    "in use by another program");
	ledger_rollback(world->ledger);
	ledger_rollback(world->ledger); /* none is open: nothing happens */
	ledger_world_must(world, ledger_begin(other, &world->err));
	ledger_world_must(world, ledger_commit(other, &world->err));
	ledger_world_expect(world, ledger_commit(other, &world->err), ERROR_SYSTEM,
			    "no transaction is active");
}

#define TEST(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, ledger_world_set_up, ledger_world_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_reader_sees_what_is_committed_while_the_writer_writes),
		TEST(one_answer_sees_one_state),
		TEST(the_generation_changes_with_every_commit),
		TEST(after_a_clean_stop_another_process_may_read),
		TEST(without_the_shared_memory_file_a_reader_keeps_writers_out),
		TEST(after_a_kill_another_process_sees_what_was_committed),
		TEST(a_log_without_its_shared_memory_file_is_still_read),
		TEST(a_reader_waits_for_a_writer_that_is_starting),
		TEST(a_path_that_is_too_long_or_odd_is_no_harm),
		TEST(a_directory_without_a_ledger_says_so),
		TEST(a_newer_ledger_is_refused_by_name),
		TEST(an_older_ledger_is_brought_up_and_keeps_its_rows),
		TEST(an_empty_directory_gets_the_whole_schema_in_one_go),
		TEST(the_writer_syncs_checks_and_keeps_its_files),
		TEST(what_is_wrong_with_a_ledger_is_found),
		TEST(a_reader_cannot_write),
		TEST(a_second_transaction_waits_and_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
