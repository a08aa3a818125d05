/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/rows_table.h"

#include <stdlib.h>

enum { ROWS_EXPECTED = 128 };

/* What SQLite keeps for the connection. */
struct module {
	struct ledger *ledger;
	const struct rows_table *table;
};

struct opened {
	sqlite3_vtab base;
	const struct module *module;
};

struct cursor {
	sqlite3_vtab_cursor base;
	const struct module *module;
	size_t at, count;
};

static int rows_connect(sqlite3 *db, void *self, int argc, const char *const *argv,
			sqlite3_vtab **ret, char **ret_text)
{
	(void)argc, (void)argv, (void)ret_text;
	const struct module *module = self;
	int status = sqlite3_declare_vtab(db, module->table->create);
	if (status != SQLITE_OK)
		return status;
	struct opened *opened = sqlite3_malloc(sizeof *opened);
	if (opened == NULL)
		return SQLITE_NOMEM;
	*opened = (struct opened){.module = module};
	*ret = &opened->base;
	return SQLITE_OK;
}

static int rows_disconnect(sqlite3_vtab *opened)
{
	sqlite3_free(opened);
	return SQLITE_OK;
}

static int rows_best_index(sqlite3_vtab *opened, sqlite3_index_info *info)
{
	(void)opened;
	info->estimatedCost = ROWS_EXPECTED;
	info->estimatedRows = ROWS_EXPECTED;
	return SQLITE_OK;
}

static int rows_open(sqlite3_vtab *opened, sqlite3_vtab_cursor **ret)
{
	struct cursor *cursor = sqlite3_malloc(sizeof *cursor);
	if (cursor == NULL)
		return SQLITE_NOMEM;
	*cursor = (struct cursor){.module = ((struct opened *)opened)->module};
	*ret = &cursor->base;
	return SQLITE_OK;
}

static int rows_close(sqlite3_vtab_cursor *cursor)
{
	sqlite3_free(cursor);
	return SQLITE_OK;
}

static int rows_filter(sqlite3_vtab_cursor *base, int index, const char *name, int argc,
		       sqlite3_value **argv)
{
	(void)index, (void)name, (void)argc, (void)argv;
	struct cursor *cursor = (struct cursor *)base;
	cursor->at = 0;
	cursor->count = cursor->module->table->count(cursor->module->ledger);
	return SQLITE_OK;
}

static int rows_next(sqlite3_vtab_cursor *cursor)
{
	((struct cursor *)cursor)->at++;
	return SQLITE_OK;
}

static int rows_eof(sqlite3_vtab_cursor *base)
{
	const struct cursor *cursor = (const struct cursor *)base;
	return cursor->at >= cursor->count;
}

static int rows_column(sqlite3_vtab_cursor *base, sqlite3_context *to, int column)
{
	const struct cursor *cursor = (const struct cursor *)base;
	const struct module *module = cursor->module;
	module->table->put(module->ledger, cursor->at, column, to);
	return SQLITE_OK;
}

static int rows_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *ret)
{
	*ret = (sqlite3_int64)((struct cursor *)cursor)->at;
	return SQLITE_OK;
}

/* No xCreate: the table is there without being made. */
static const sqlite3_module rows_module = {
	.xConnect = rows_connect,
	.xBestIndex = rows_best_index,
	.xDisconnect = rows_disconnect,
	.xOpen = rows_open,
	.xClose = rows_close,
	.xFilter = rows_filter,
	.xNext = rows_next,
	.xEof = rows_eof,
	.xColumn = rows_column,
	.xRowid = rows_rowid,
};

/* SQLite frees the module, also when it does not take it. */
bool rows_table_register(struct ledger *ledger, const struct rows_table *table, struct error *err)
{
	struct module *module = malloc(sizeof *module);
	if (module == NULL)
		return error_memory(err);
	*module = (struct module){.ledger = ledger, .table = table};
	int status = sqlite3_create_module_v2(ledger->db, table->name, &rows_module, module, free);
	return status == SQLITE_OK || sql_fail(ledger->db, status, err);
}
