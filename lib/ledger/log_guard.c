/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/log_guard.h"

#include "base/text.h"
#include "ledger/sql.h"

const char *const LOG_GUARD_TABLES[] = {"load",	    "series", "observation", "event",
					"delivery", "note",   "migration"};
const size_t LOG_GUARD_TABLE_COUNT = COUNT_OF(LOG_GUARD_TABLES);

static bool is_of_log(const char *table)
{
	for (size_t i = 0; table != NULL && i < LOG_GUARD_TABLE_COUNT; i++)
		if (strcmp(LOG_GUARD_TABLES[i], table) == 0)
			return true;
	return false;
}

/* Asked by SQLite for everything that a statement would do, while it is prepared. */
static int authorize(void *self, int action, const char *first, const char *second,
		     const char *database, const char *trigger)
{
	bool is_refused = false;

	(void)self;
	(void)database;
	(void)trigger;
	switch (action) {
	case SQLITE_UPDATE:
	case SQLITE_DELETE:
	case SQLITE_DROP_TABLE:
		is_refused = is_of_log(first);
		break;
	case SQLITE_DROP_TRIGGER:
	case SQLITE_ALTER_TABLE:
		is_refused = is_of_log(second);
		break;
	default:
		break;
	}
	return is_refused ? SQLITE_DENY : SQLITE_OK;
}

bool log_guard_set(sqlite3 *db, struct error *err)
{
	int status = sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);

	if (status == SQLITE_OK)
		status = sqlite3_set_authorizer(db, authorize, NULL);
	return status == SQLITE_OK || sql_fail(db, status, err);
}
