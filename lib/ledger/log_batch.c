/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/log_batch.h"

#include <stdlib.h>

#include "base/number.h"
#include "ledger/fields.h"

enum { TEXT_BYTES_MAX = 64 << 20 };

#define COLUMNS                                                                                    \
	"series_id, load_id, source_id, from_day, to_day, value, decimals, num, den, qualifier,"   \
	" status, is_break, published, known_day, locator, raw, warning"

static const char TABLE[] = "CREATE TABLE log_rows (" COLUMNS ")";
static const char LOG_WRITE[] =
	"INSERT INTO observation (" COLUMNS ") SELECT " COLUMNS " FROM log_rows";

struct rows_table {
	sqlite3_vtab base;
	struct ledger *ledger;
};

struct rows_cursor {
	sqlite3_vtab_cursor base;
	const struct log_batch *batch;
	size_t at;
};

/* -- the columns --------------------------------------------------------------------------------*/

typedef void put_fn(sqlite3_context *to, const struct log_batch *batch, const void *member,
		    size_t other);

static void put_int64(sqlite3_context *to, const struct log_batch *batch, const void *member,
		      size_t other)
{
	(void)batch, (void)other;
	sqlite3_result_int64(to, *(const int64_t *)member);
}

static void put_int32(sqlite3_context *to, const struct log_batch *batch, const void *member,
		      size_t other)
{
	(void)batch, (void)other;
	sqlite3_result_int(to, *(const int32_t *)member);
}

static void put_bool(sqlite3_context *to, const struct log_batch *batch, const void *member,
		     size_t other)
{
	(void)batch, (void)other;
	sqlite3_result_int(to, *(const bool *)member);
}

static void put_letter(sqlite3_context *to, const struct log_batch *batch, const void *member,
		       size_t other)
{
	(void)batch, (void)other;
	sqlite3_result_text(to, field_letter(*(const int *)member), -1, SQLITE_STATIC);
}

/* "" is NULL where `other` says so. */
static void put_array(sqlite3_context *to, const struct log_batch *batch, const void *member,
		      size_t other)
{
	const char *text = member;
	(void)batch;
	if (other == 0 || text[0] != '\0')
		sqlite3_result_text(to, text, -1, SQLITE_STATIC);
}

/* Behind `other` bytes stands whether there is a number. */
static void put_real(sqlite3_context *to, const struct log_batch *batch, const void *member,
		     size_t other)
{
	const double *value = member;
	const bool *is_set = (const bool *)((const char *)member - other);
	(void)batch;
	if (*is_set)
		sqlite3_result_double(to, number_round15(*value));
}

/* Place 0 is no text. */
static void put_text(sqlite3_context *to, const struct log_batch *batch, const void *member,
		     size_t other)
{
	uint32_t at = *(const uint32_t *)member;
	(void)other;
	if (at != 0)
		sqlite3_result_text(to, batch->texts.data + at, -1, SQLITE_STATIC);
}

#define AT(member) offsetof(struct log_batch_row, member)
#define REAL(flag, member)                                                                         \
	{                                                                                          \
		put_real, AT(obs.member), AT(obs.member) - AT(obs.flag)                            \
	}

/* In the order of COLUMNS. */
static const struct column {
	put_fn *put;
	size_t offset, other;
} columns[] = {
	{put_int64, AT(obs.series), 0},
	{put_int64, AT(obs.load), 0},
	{put_array, AT(obs.source), 0},
	{put_int32, AT(obs.period.from), 0},
	{put_int32, AT(obs.period.to), 0},
	REAL(has_value, value),
	{put_int32, AT(obs.decimals), 0},
	REAL(has_num, num),
	REAL(has_den, den),
	{put_letter, AT(obs.qualifier), 0},
	{put_letter, AT(obs.status), 0},
	{put_bool, AT(obs.is_break), 0},
	{put_array, AT(obs.published), 1},
	{put_int32, AT(obs.known_day), 0},
	{put_text, AT(locator), 0},
	{put_text, AT(raw), 0},
	{put_text, AT(warning), 0},
};

/* -- the table ----------------------------------------------------------------------------------*/

static int rows_connect(sqlite3 *db, void *self, int argc, const char *const *argv,
			sqlite3_vtab **ret, char **ret_text)
{
	(void)argc, (void)argv, (void)ret_text;
	int status = sqlite3_declare_vtab(db, TABLE);
	if (status != SQLITE_OK)
		return status;
	struct rows_table *table = sqlite3_malloc(sizeof *table);
	if (table == NULL)
		return SQLITE_NOMEM;
	*table = (struct rows_table){.ledger = self};
	*ret = &table->base;
	return SQLITE_OK;
}

static int rows_disconnect(sqlite3_vtab *table)
{
	sqlite3_free(table);
	return SQLITE_OK;
}

static int rows_best_index(sqlite3_vtab *table, sqlite3_index_info *info)
{
	(void)table;
	info->estimatedCost = LOG_BATCH_ROWS;
	info->estimatedRows = LOG_BATCH_ROWS;
	return SQLITE_OK;
}

static int rows_open(sqlite3_vtab *table, sqlite3_vtab_cursor **ret)
{
	struct rows_cursor *cursor = sqlite3_malloc(sizeof *cursor);
	if (cursor == NULL)
		return SQLITE_NOMEM;
	*cursor = (struct rows_cursor){.batch = ((struct rows_table *)table)->ledger->batch};
	*ret = &cursor->base;
	return SQLITE_OK;
}

static int rows_close(sqlite3_vtab_cursor *cursor)
{
	sqlite3_free(cursor);
	return SQLITE_OK;
}

static int rows_filter(sqlite3_vtab_cursor *cursor, int index, const char *name, int argc,
		       sqlite3_value **argv)
{
	(void)index, (void)name, (void)argc, (void)argv;
	((struct rows_cursor *)cursor)->at = 0;
	return SQLITE_OK;
}

static int rows_next(sqlite3_vtab_cursor *cursor)
{
	((struct rows_cursor *)cursor)->at++;
	return SQLITE_OK;
}

static int rows_eof(sqlite3_vtab_cursor *base)
{
	const struct rows_cursor *cursor = (const struct rows_cursor *)base;
	return cursor->batch == NULL || cursor->at >= cursor->batch->count;
}

static int rows_column(sqlite3_vtab_cursor *base, sqlite3_context *to, int index)
{
	const struct rows_cursor *cursor = (const struct rows_cursor *)base;
	const struct column *column = &columns[index];
	const struct log_batch_row *row = &cursor->batch->rows[cursor->at];
	column->put(to, cursor->batch, (const char *)row + column->offset, column->other);
	return SQLITE_OK;
}

static int rows_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *ret)
{
	*ret = (sqlite3_int64)((struct rows_cursor *)cursor)->at;
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

bool log_batch_register(struct ledger *ledger, struct error *err)
{
	int status = sqlite3_create_module_v2(ledger->db, "log_rows", &rows_module, ledger, NULL);
	return status == SQLITE_OK || sql_fail(ledger->db, status, err);
}

/* -- the rows -----------------------------------------------------------------------------------*/

static void forget(struct log_batch *batch)
{
	batch->count = 0;
	batch->texts.len = 0;
	if (batch->ledger != NULL && batch->ledger->batch == batch)
		batch->ledger->batch = NULL;
}

void log_batch_done(struct log_batch *batch)
{
	forget(batch);
	free(batch->rows);
	text_done(&batch->texts);
	batch->rows = NULL;
}

static uint32_t add_text(struct log_batch *batch, const char *string)
{
	struct text *texts = &batch->texts;
	if (string == NULL || string[0] == '\0')
		return 0;
	if (texts->limit_bytes == 0)
		*texts = text_with_limit(TEXT_BYTES_MAX);
	if (texts->len == 0)
		text_add(texts, "", 1);
	uint32_t at = (uint32_t)texts->len;
	text_add(texts, string, strlen(string) + 1);
	return at;
}

bool log_batch_add(struct log_batch *batch, const struct observation *obs,
		   const struct provenance *from, struct error *err)
{
	if (batch->count == LOG_BATCH_ROWS && !log_batch_write(batch, err))
		return false;
	if (batch->rows == NULL)
		batch->rows = malloc(LOG_BATCH_ROWS * sizeof *batch->rows);
	if (batch->rows == NULL)
		return error_memory(err);
	batch->rows[batch->count] = (struct log_batch_row){
		.obs = *obs,
		.locator = add_text(batch, from->locator),
		.raw = add_text(batch, from->raw),
		.warning = add_text(batch, from->warning),
	};
	if (batch->texts.failed)
		return text_ok(&batch->texts, "texts of rows", err);
	batch->count++;
	batch->ledger->batch = batch;
	return true;
}

/* SQLite counts on from the last row, so that the rows have numbers that follow each other. */
static void note_seqs(struct log_batch *batch)
{
	batch->last_seq = sqlite3_last_insert_rowid(batch->ledger->db);
	if (batch->first_seq == 0)
		batch->first_seq = batch->last_seq - (int64_t)batch->count + 1;
}

bool log_batch_write(struct log_batch *batch, struct error *err)
{
	if (batch->count == 0)
		return true;
	AUTO_SQL struct sql sql = sql_use(batch->ledger, LOG_WRITE);
	bool done = sql_run(&sql, err);
	if (done)
		note_seqs(batch);
	forget(batch);
	return done;
}

bool log_batch_settle(struct ledger *ledger, struct error *err)
{
	return ledger->batch == NULL || log_batch_write(ledger->batch, err);
}
