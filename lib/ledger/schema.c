/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/schema.h"

#include <stdio.h>

#include "ledger/schema_1.h"
#include "ledger/schema_2.h"
#include "ledger/schema_3.h"
#include "ledger/schema_4.h"
#include "ledger/schema_5.h"
#include "ledger/schema_6.h"
#include "ledger/schema_7.h"
#include "ledger/schema_8.h"
#include "ledger/schema_9.h"
#include "ledger/sql.h"

struct schema schema_present(void)
{
	static const char *const *const steps[] = {SCHEMA_STEP_1, SCHEMA_STEP_2, SCHEMA_STEP_3,
						   SCHEMA_STEP_4, SCHEMA_STEP_5, SCHEMA_STEP_6,
						   SCHEMA_STEP_7, SCHEMA_STEP_8, SCHEMA_STEP_9};

	return (struct schema){.steps = steps, .count = COUNT_OF(steps)};
}

static const char PRAGMA_VERSION[] = "PRAGMA user_version";
static const char PRAGMA_APPLICATION[] = "PRAGMA application_id";
static const char COUNT_TABLES[] = "SELECT count(*) FROM sqlite_schema";
static const char MIGRATION_TABLE[] =
	"CREATE TABLE IF NOT EXISTS migration ("
	" version INTEGER PRIMARY KEY, at INTEGER NOT NULL, program TEXT NOT NULL) STRICT;"
	"PRAGMA application_id = 0x45474150";
static const char MIGRATION_ADD[] = "INSERT INTO migration VALUES (?, ?, ?)";

static bool number(sqlite3 *db, const char *text, int *ret, struct error *err)
{
	sqlite3_stmt *statement = NULL;
	int status = sqlite3_prepare_v2(db, text, -1, &statement, NULL);

	if (status == SQLITE_OK)
		status = sqlite3_step(statement);
	if (status == SQLITE_ROW)
		*ret = sqlite3_column_int(statement, 0);
	sqlite3_finalize(statement);
	return status == SQLITE_ROW || sql_fail(db, status, err);
}

/* The version; 0 for an empty database. */
static bool read_version(sqlite3 *db, int *ret, struct error *err)
{
	int application = 0, tables = 0, version = 0;

	if (!number(db, PRAGMA_VERSION, &version, err) ||
	    !number(db, PRAGMA_APPLICATION, &application, err) ||
	    !number(db, COUNT_TABLES, &tables, err))
		return false;
	if (application != SCHEMA_APPLICATION_ID && (version != 0 || tables != 0))
		return error_set(err, ERROR_SYSTEM,
				 "this is a database of another program, not a ledger");
	*ret = version;
	return true;
}

static bool newer(int version, struct schema schema, struct error *err)
{
	return error_set(err, ERROR_VERSION,
			 "the ledger has version %d, made by a newer envgap; this one knows "
			 "versions up to %d",
			 version, schema.count);
}

bool schema_check(sqlite3 *db, struct schema schema, struct error *err)
{
	int version;

	if (!read_version(db, &version, err))
		return false;
	if (version > schema.count)
		return newer(version, schema, err);
	if (version == schema.count)
		return true;
	return error_set(err, ERROR_VERSION,
			 "the ledger has version %d and this envgap needs version %d: start "
			 "envgapd once to bring it up",
			 version, schema.count);
}

static bool note_step(sqlite3 *db, int version, const struct ledger_build *build, struct error *err)
{
	sqlite3_stmt *statement = NULL;
	int status = sqlite3_prepare_v2(db, MIGRATION_ADD, -1, &statement, NULL);

	if (status == SQLITE_OK) {
		(void)sqlite3_bind_int(statement, 1, version);
		(void)sqlite3_bind_int64(statement, 2, build->now);
		(void)sqlite3_bind_text(statement, 3, build->program, -1, SQLITE_STATIC);
		status = sqlite3_step(statement);
	}
	sqlite3_finalize(statement);
	return status == SQLITE_DONE || sql_fail(db, status, err);
}

static bool run_scripts(sqlite3 *db, const char *const *scripts, struct error *err)
{
	for (; *scripts != NULL; scripts++)
		if (!sql_script(db, *scripts, err))
			return false;
	return true;
}

static bool run_step(sqlite3 *db, const char *const *step, int version,
		     const struct ledger_build *build, struct error *err)
{
	char pragma[64];

	(void)snprintf(pragma, sizeof pragma, "PRAGMA user_version = %d", version);
	return sql_script(db, MIGRATION_TABLE, err) && run_scripts(db, step, err) &&
	       note_step(db, version, build, err) && sql_script(db, pragma, err);
}

static bool migrate_once(sqlite3 *db, struct schema schema, int version,
			 const struct ledger_build *build, struct error *err)
{
	if (!sql_script(db, "BEGIN IMMEDIATE", err))
		return false;
	if (run_step(db, schema.steps[version], version + 1, build, err) &&
	    sql_script(db, "COMMIT", err))
		return true;
	if (!sqlite3_get_autocommit(db))
		(void)sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	return error_within(err, "the step to version %d of the ledger", version + 1);
}

bool schema_migrate(sqlite3 *db, struct schema schema, const struct ledger_build *build,
		    struct error *err)
{
	int version;

	if (!read_version(db, &version, err))
		return false;
	if (version > schema.count)
		return newer(version, schema, err);
	for (; version < schema.count; version++)
		if (!migrate_once(db, schema, version, build, err))
			return false;
	return true;
}
