/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/sql.h"

#include <stdint.h>
#include <sys/statvfs.h>

#include "base/number.h"

enum { ROOM_BYTES = 1 << 20 };

struct failure {
	int status;
	enum error_code code;
	const char *text; /* NULL: SQLite's own words */
};

static const struct failure failures[] = {
	{SQLITE_NOMEM, ERROR_MEMORY, "no memory"},
	{SQLITE_BUSY, ERROR_BUSY, "the ledger is in use by another program"},
	{SQLITE_LOCKED, ERROR_BUSY, "the ledger is in use by this program"},
	{SQLITE_PERM, ERROR_PERMISSION, NULL},
	{SQLITE_AUTH, ERROR_PERMISSION, NULL},
	{SQLITE_READONLY, ERROR_PERMISSION, "the ledger may only be read"},
	{SQLITE_CANTOPEN, ERROR_PERMISSION, NULL},
	{SQLITE_CORRUPT, ERROR_SYSTEM, "the ledger is damaged"},
	{SQLITE_NOTADB, ERROR_SYSTEM, "this is not a ledger"},
	{SQLITE_TOOBIG, ERROR_LIMIT, "a text is too long for the ledger"},
	{SQLITE_CONSTRAINT, ERROR_REFUSED, NULL},
	{SQLITE_INTERRUPT, ERROR_BUSY, "interrupted"},
};

/* SQLite does not say which disk: the ledger's, or the one for temporary files? */
static bool disk_full(sqlite3 *db, struct error *err)
{
	const char *path = db != NULL ? sqlite3_db_filename(db, "main") : NULL;
	struct statvfs disk;

	if (path == NULL || path[0] == '\0' || statvfs(path, &disk) != 0)
		return error_set(err, ERROR_SYSTEM, "the disk is full: nothing was written");
	if ((uint64_t)disk.f_bavail * disk.f_frsize >= ROOM_BYTES)
		return error_set(err, ERROR_SYSTEM,
				 "the disk for temporary files is full: nothing was written");
	return error_set(err, ERROR_SYSTEM, "%s: the disk is full: nothing was written", path);
}

bool sql_fail(sqlite3 *db, int status, struct error *err)
{
	const char *detail = db != NULL ? sqlite3_errmsg(db) : sqlite3_errstr(status);

	if ((status & 0xff) == SQLITE_FULL)
		return disk_full(db, err);
	if (db != NULL && (sqlite3_errcode(db) & 0xff) != (status & 0xff))
		detail = sqlite3_errstr(status);
	for (size_t i = 0; i < COUNT_OF(failures); i++) {
		if (failures[i].status != (status & 0xff))
			continue;
		if (failures[i].text == NULL)
			return error_set(err, failures[i].code, "ledger: %s", detail);
		return error_set(err, failures[i].code, "%s (%s)", failures[i].text, detail);
	}
	return error_set(err, ERROR_SYSTEM, "ledger: %s (%d)", detail, status);
}

static struct sql_slot *slot_of(struct ledger *ledger, const char *text)
{
	size_t at = ((uintptr_t)text >> 3) * 2654435761u;

	for (size_t i = 0; i < SQL_SLOTS; i++) {
		struct sql_slot *slot = &ledger->slots[(at + i) & (SQL_SLOTS - 1)];
		if (slot->sql == text || slot->sql == NULL)
			return slot;
	}
	return NULL;
}

static struct sql use_private(struct ledger *ledger, const char *text)
{
	struct sql sql = {.ledger = ledger};

	sql.status = sqlite3_prepare_v2(ledger->db, text, -1, &sql.statement, NULL);
	return sql;
}

struct sql sql_use(struct ledger *ledger, const char *text)
{
	struct sql sql = {.ledger = ledger};
	struct sql_slot *slot = slot_of(ledger, text);

	if (slot == NULL || slot->in_use)
		return use_private(ledger, text);
	if (slot->sql == NULL) {
		sql.status = sqlite3_prepare_v3(ledger->db, text, -1, SQLITE_PREPARE_PERSISTENT,
						&slot->statement, NULL);
		if (sql.status != SQLITE_OK)
			return sql;
		slot->sql = text;
	}
	slot->in_use = true;
	sql.slot = slot;
	sql.statement = slot->statement;
	return sql;
}

void sql_done(struct sql *sql)
{
	if (sql->slot == NULL) {
		sqlite3_finalize(sql->statement);
	} else {
		sqlite3_reset(sql->statement);
		sqlite3_clear_bindings(sql->statement);
		sql->slot->in_use = false;
	}
	sql->statement = NULL;
	sql->slot = NULL;
}

static bool failed(const struct sql *sql)
{
	return sql->status != SQLITE_OK && sql->status != SQLITE_ROW && sql->status != SQLITE_DONE;
}

void sql_bind_int(struct sql *sql, int64_t value)
{
	if (!failed(sql))
		sql->status = sqlite3_bind_int64(sql->statement, ++sql->bound, value);
}

void sql_bind_null(struct sql *sql)
{
	if (!failed(sql))
		sql->status = sqlite3_bind_null(sql->statement, ++sql->bound);
}

void sql_bind_real(struct sql *sql, bool is_set, double value)
{
	if (!is_set)
		sql_bind_null(sql);
	else if (!failed(sql))
		sql->status =
			sqlite3_bind_double(sql->statement, ++sql->bound, number_round15(value));
}

void sql_bind_text(struct sql *sql, const char *value)
{
	if (!failed(sql))
		sql->status = sqlite3_bind_text(sql->statement, ++sql->bound,
						value != NULL ? value : "", -1, SQLITE_STATIC);
}

void sql_bind_text_or_null(struct sql *sql, const char *value)
{
	if (value == NULL || value[0] == '\0')
		sql_bind_null(sql);
	else
		sql_bind_text(sql, value);
}

void sql_bind_hash(struct sql *sql, const struct sha256 *hash)
{
	if (!sha256_is_set(hash))
		sql_bind_null(sql);
	else if (!failed(sql))
		sql->status = sqlite3_bind_blob(sql->statement, ++sql->bound, hash->bytes,
						SHA256_BYTES, SQLITE_STATIC);
}

void sql_bind_hash_copy(struct sql *sql, const struct sha256 *hash)
{
	if (!failed(sql))
		sql->status = sqlite3_bind_blob(sql->statement, ++sql->bound, hash->bytes,
						SHA256_BYTES, SQLITE_TRANSIENT);
}

bool sql_next(struct sql *sql)
{
	if (failed(sql) || sql->status == SQLITE_DONE)
		return false;
	sql->status = sqlite3_step(sql->statement);
	sql->column = 0;
	return sql->status == SQLITE_ROW;
}

int64_t sql_read_int(struct sql *sql)
{
	return failed(sql) ? 0 : sqlite3_column_int64(sql->statement, sql->column++);
}

double sql_read_real(struct sql *sql, bool *ret_is_set)
{
	*ret_is_set =
		!failed(sql) && sqlite3_column_type(sql->statement, sql->column) != SQLITE_NULL;
	return failed(sql) ? 0 : sqlite3_column_double(sql->statement, sql->column++);
}

const char *sql_read_text(struct sql *sql)
{
	const unsigned char *text;

	if (failed(sql))
		return "";
	if (sqlite3_column_type(sql->statement, sql->column) == SQLITE_NULL) {
		sql->column++;
		return "";
	}
	text = sqlite3_column_text(sql->statement, sql->column++);
	if (text == NULL)
		sql->status = SQLITE_NOMEM;
	return text != NULL ? (const char *)text : "";
}

void sql_read_text_into(struct sql *sql, char *buffer, size_t size)
{
	if (!span_copy(span_of(sql_read_text(sql)), buffer, size))
		sql->status = SQLITE_TOOBIG;
}

struct sha256 sql_read_hash(struct sql *sql)
{
	struct sha256 hash = {0};
	int column = sql->column++;

	if (failed(sql) || sqlite3_column_bytes(sql->statement, column) != SHA256_BYTES)
		return hash;
	memcpy(hash.bytes, sqlite3_column_blob(sql->statement, column), SHA256_BYTES);
	return hash;
}

bool sql_ok(const struct sql *sql, struct error *err)
{
	return !failed(sql) || sql_fail(sql->ledger->db, sql->status, err);
}

bool sql_run(struct sql *sql, struct error *err)
{
	while (sql_next(sql))
		;
	return sql_ok(sql, err);
}

bool sql_number(struct ledger *ledger, const char *text, int64_t *ret, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, text);
	int64_t number = sql_next(&sql) ? sql_read_int(&sql) : 0;

	if (!sql_ok(&sql, err))
		return false;
	*ret = number;
	return true;
}

bool sql_script(sqlite3 *db, const char *script, struct error *err)
{
	int status = sqlite3_exec(db, script, NULL, NULL, NULL);

	return status == SQLITE_OK || sql_fail(db, status, err);
}
