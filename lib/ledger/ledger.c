/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/ledger.h"

#include <stdlib.h>

#include "ledger/catalogue_rows.h"
#include "ledger/disk.h"
#include "ledger/log_batch.h"
#include "ledger/log_guard.h"
#include "ledger/open.h"
#include "ledger/schema.h"
#include "ledger/sql.h"

/* The size limit cuts the write-ahead log, which stays when the writer goes, after a big import. */
static const char WRITER_SETTINGS[] = "PRAGMA journal_mode = WAL;"
				      "PRAGMA synchronous = FULL;"
				      "PRAGMA foreign_keys = ON;"
				      "PRAGMA recursive_triggers = ON;"
				      "PRAGMA journal_size_limit = 67108864;"
				      "PRAGMA cache_size = -8192;"
				      "PRAGMA temp.journal_mode = MEMORY";
static const char DATA_VERSION[] = "PRAGMA data_version";
static const char BEGIN[] = "BEGIN IMMEDIATE";
static const char COMMIT[] = "COMMIT";
static const char ROLLBACK[] = "ROLLBACK";
static const char PIN[] = "SELECT count(*) FROM sqlite_schema";

enum { GENERATION_SHIFT = 40, VALUE_BYTES_MAX = 16 << 20 };

void ledger_close(struct ledger **slot)
{
	struct ledger *ledger = *slot;

	if (ledger == NULL)
		return;
	*slot = NULL;
	for (size_t i = 0; i < SQL_SLOTS; i++)
		sqlite3_finalize(ledger->slots[i].statement);
	(void)sqlite3_finalize(ledger->rollback);
	(void)sqlite3_close_v2(ledger->db);
	writer_lock_free(&ledger->shared);
	free(ledger->directory);
	free(ledger);
}

static bool make(const char *directory, struct ledger **ret, struct error *err)
{
	AUTO_LEDGER struct ledger *ledger = calloc(1, sizeof *ledger);

	if (ledger == NULL)
		return error_memory(err);
	ledger->directory = span_dup(span_of(directory));
	if (ledger->directory == NULL)
		return error_memory(err);
	*ret = ptr_take(&ledger);
	return true;
}

static void guard(sqlite3 *db)
{
	(void)sqlite3_extended_result_codes(db, 1);
	(void)sqlite3_busy_timeout(db, LEDGER_BUSY_MS);
	(void)sqlite3_limit(db, SQLITE_LIMIT_LENGTH, VALUE_BYTES_MAX);
	(void)sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	(void)sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
}

/* A reader beside a writer that has gone needs the write-ahead log's files, so they stay. */
static bool keep_wal(sqlite3 *db, struct error *err)
{
	int on = 1;
	int status = sqlite3_file_control(db, "main", SQLITE_FCNTL_PERSIST_WAL, &on);

	return status == SQLITE_OK || sql_fail(db, status, err);
}

bool ledger_open_writer(const struct writer_lock *lock, const struct ledger_build *build,
			struct ledger **ret, struct error *err)
{
	AUTO_LEDGER struct ledger *ledger = NULL;
	const char *directory = writer_lock_directory(lock);

	if (!ledger_check_blocks(directory, err) || !make(directory, &ledger, err))
		return false;
	ledger->is_writer = true;
	if (!open_for_writing(directory, &ledger->db, err))
		return false;
	guard(ledger->db);
	if (!keep_wal(ledger->db, err) || !sql_script(ledger->db, WRITER_SETTINGS, err) ||
	    !schema_migrate(ledger->db, schema_present(), build, err) ||
	    !log_guard_set(ledger->db, err) || !log_batch_register(ledger, err) ||
	    !catalogue_rows_register(ledger, err))
		return error_within(err, "%s", directory);
	*ret = ptr_take(&ledger);
	return true;
}

bool ledger_open_reader(const char *state_dir, struct ledger **ret, struct error *err)
{
	AUTO_LEDGER struct ledger *ledger = NULL;

	if (!make(state_dir, &ledger, err))
		return false;
	if (!open_for_reading(state_dir, &ledger->db, &ledger->shared, err))
		return false;
	guard(ledger->db);
	if (!schema_check(ledger->db, schema_present(), err))
		return error_within(err, "%s", state_dir);
	*ret = ptr_take(&ledger);
	return true;
}

bool ledger_begin_read(struct ledger *ledger, struct error *err)
{
	int64_t ignored;

	if (!sql_script(ledger->db, "BEGIN", err))
		return false;
	ledger->is_reading = true;
	if (sql_number(ledger, PIN, &ignored, err))
		return true;
	ledger_end_read(ledger);
	return false;
}

void ledger_end_read(struct ledger *ledger)
{
	if (!ledger->is_reading)
		return;
	ledger->is_reading = false;
	(void)sqlite3_exec(ledger->db, "COMMIT", NULL, NULL, NULL);
}

/* The way back must not need memory, so it is prepared before the way there.  Anew for each
 * transaction: a rollback of a change of the schema makes prepared statements stale. */
static bool prepare_rollback(struct ledger *ledger, struct error *err)
{
	(void)sqlite3_finalize(ledger->rollback);
	ledger->rollback = NULL;
	int status = sqlite3_prepare_v2(ledger->db, ROLLBACK, -1, &ledger->rollback, NULL);

	return status == SQLITE_OK || sql_fail(ledger->db, status, err);
}

static bool run(struct ledger *ledger, const char *statement, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, statement);

	return sql_run(&sql, err);
}

bool ledger_begin(struct ledger *ledger, struct error *err)
{
	if (ledger->must_roll_back)
		ledger_rollback(ledger);
	return prepare_rollback(ledger, err) && run(ledger, BEGIN, err);
}

bool ledger_commit(struct ledger *ledger, struct error *err)
{
	if (run(ledger, COMMIT, err))
		return true;
	ledger_rollback(ledger);
	return false;
}

/* A full disk may have rolled back already.  What there was no memory for is made up for by the
 * next ledger_begin. */
void ledger_rollback(struct ledger *ledger)
{
	ledger->changed.is_filled = false;
	if (ledger_in_transaction(ledger))
		(void)sqlite3_step(ledger->rollback);
	(void)sqlite3_reset(ledger->rollback);
	ledger->must_roll_back = ledger_in_transaction(ledger);
}

bool ledger_in_transaction(const struct ledger *ledger)
{
	return !ledger->is_reading && sqlite3_get_autocommit(ledger->db) == 0;
}

/* data_version tells only of others; the count of changes only of ourselves. */
bool ledger_generation(struct ledger *ledger, int64_t *ret, struct error *err)
{
	int64_t others;

	if (!sql_number(ledger, DATA_VERSION, &others, err))
		return false;
	*ret = others * (INT64_C(1) << GENERATION_SHIFT) + sqlite3_total_changes64(ledger->db);
	return true;
}

const char *ledger_directory(const struct ledger *ledger)
{
	return ledger->directory;
}

bool ledger_checkpoint(struct ledger *ledger, struct error *err)
{
	int status = sqlite3_wal_checkpoint_v2(ledger->db, "main", SQLITE_CHECKPOINT_PASSIVE, NULL,
					       NULL);

	return status == SQLITE_OK || status == SQLITE_BUSY || sql_fail(ledger->db, status, err);
}
