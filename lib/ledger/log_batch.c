/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/log_batch.h"

#include <stdlib.h>

#include "base/number.h"
#include "ledger/fields.h"
#include "ledger/rows_table.h"

enum { TEXT_BYTES_MAX = 64 << 20 };

#define COLUMNS                                                                                    \
	"series_id, load_id, source_id, from_day, to_day, value, decimals, num, den, qualifier,"   \
	" status, is_break, published, known_day, locator, raw, warning"

static const char TABLE[] = "CREATE TABLE log_rows (" COLUMNS ")";
static const char LOG_WRITE[] =
	"INSERT INTO observation (" COLUMNS ") SELECT " COLUMNS " FROM log_rows";

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

static size_t count_rows(const struct ledger *ledger)
{
	return ledger->batch != NULL ? ledger->batch->count : 0;
}

static void put_column(const struct ledger *ledger, size_t row, int index, sqlite3_context *to)
{
	const struct log_batch *batch = ledger->batch;
	const struct column *column = &columns[index];
	const char *record = (const char *)&batch->rows[row];
	column->put(to, batch, record + column->offset, column->other);
}

bool log_batch_register(struct ledger *ledger, struct error *err)
{
	static const struct rows_table table = {"log_rows", TABLE, count_rows, put_column};
	return rows_table_register(ledger, &table, err);
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
