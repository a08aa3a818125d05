/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/stage_rows.h"

#include <stdlib.h>

#include "ledger/log_fields.h"

/* `other` is set in rows that are not to be appended: a row with the same key, or themselves. */
static const char STAGE_TABLES[] =
	"CREATE TABLE IF NOT EXISTS temp.stage_series ("
	" stage_series_id INTEGER PRIMARY KEY, run INTEGER NOT NULL,"
	" indicator_id TEXT NOT NULL, breakdown TEXT NOT NULL, area_id TEXT NOT NULL,"
	" UNIQUE (run, indicator_id, breakdown, area_id)) STRICT;"
	"CREATE TABLE IF NOT EXISTS temp.stage_row ("
	" stage_row_id INTEGER PRIMARY KEY, run INTEGER NOT NULL,"
	" stage_series_id INTEGER NOT NULL, source_id TEXT NOT NULL,"
	" from_day INTEGER NOT NULL, to_day INTEGER NOT NULL, value REAL,"
	" decimals INTEGER NOT NULL, num REAL, den REAL, qualifier TEXT NOT NULL,"
	" status TEXT NOT NULL, is_break INTEGER NOT NULL, published TEXT,"
	" known_day INTEGER NOT NULL, locator TEXT, raw TEXT, warning TEXT,"
	" other INTEGER) STRICT";
static const char STAGE_SERIES_FIND[] =
	"SELECT stage_series_id FROM temp.stage_series"
	" WHERE run = ? AND indicator_id = ? AND breakdown = ? AND area_id = ?";
static const char STAGE_SERIES_ADD[] =
	"INSERT INTO temp.stage_series (run, indicator_id, breakdown, area_id)"
	" VALUES (?, ?, ?, ?)";
static const char STAGE_SERIES_READ[] =
	"SELECT stage_series_id, indicator_id, breakdown, area_id FROM temp.stage_series"
	" WHERE stage_series_id = ?";
static const char STAGE_ROW_ADD[] =
	"INSERT INTO temp.stage_row (run, stage_series_id, other, source_id, from_day, to_day,"
	" value, decimals, num, den, qualifier, status, is_break, published, known_day, locator,"
	" raw, warning) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char STAGE_ROWS_CLEAR[] = "DELETE FROM temp.stage_row WHERE run = ?";
static const char STAGE_SERIES_CLEAR[] = "DELETE FROM temp.stage_series WHERE run = ?";
/* Only temporary tables are written: nothing of the ledger is locked or synced. */
static const char STAGE_BEGIN[] = "BEGIN";
static const char STAGE_COMMIT[] = "COMMIT";
static const char STAGE_ROWS_CLEAR_ALL[] = "DELETE FROM temp.stage_row";
static const char STAGE_SERIES_CLEAR_ALL[] = "DELETE FROM temp.stage_series";

bool stage_new(struct ledger *ledger, struct stage **ret, struct error *err)
{
	struct stage *stage;

	if (ledger->stages_open >= STAGES_MAX)
		return error_set(err, ERROR_LIMIT, "more than %d runs are being staged",
				 STAGES_MAX);
	stage = calloc(1, sizeof *stage);
	if (stage == NULL)
		return error_memory(err);
	stage->ledger = ledger;
	stage->run = ++ledger->stages;
	stage->is_sorted = true;
	ledger->stages_open++;
	*ret = stage;
	return true;
}

bool stage_make_tables(struct stage *stage, struct error *err)
{
	struct ledger *ledger = stage->ledger;

	if (!stage->has_tables && !ledger->has_stage_tables &&
	    !sql_script(ledger->db, STAGE_TABLES, err))
		return false;
	stage->has_tables = true;
	/* what a transaction makes goes with it when it is rolled back */
	if (!ledger_in_transaction(ledger))
		ledger->has_stage_tables = true;
	return true;
}

static bool clear_run(struct stage *stage, const char *statement, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(stage->ledger, statement);

	sql_bind_int(&sql, stage->run);
	return sql_run(&sql, err);
}

static bool run_alone(struct stage *stage, const char *statement, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(stage->ledger, statement);

	return sql_run(&sql, err);
}

/* Emptying whole tables costs nothing; taking rows out of them does.  Rows that could not be taken
 * out are in nobody's way. */
void stage_free(struct stage **slot)
{
	struct stage *stage = *slot;
	bool cleared;

	if (stage == NULL)
		return;
	*slot = NULL;
	stage->ledger->stages_open--;
	if (!stage->has_tables)
		cleared = true;
	else if (stage->ledger->stages_open == 0)
		cleared = run_alone(stage, STAGE_ROWS_CLEAR_ALL, NULL) &&
			  run_alone(stage, STAGE_SERIES_CLEAR_ALL, NULL);
	else
		cleared = clear_run(stage, STAGE_ROWS_CLEAR, NULL) &&
			  clear_run(stage, STAGE_SERIES_CLEAR, NULL);
	(void)cleared;
	stage_memory_done(&stage->memory);
	free(stage);
}

void stage_batch_begin(struct stage *stage)
{
	stage->is_batch = true;
}

static bool begin_batch(struct stage *stage, struct error *err)
{
	if (!stage->is_batch || stage->is_begun || ledger_in_transaction(stage->ledger))
		return true;
	stage->is_begun = run_alone(stage, STAGE_BEGIN, err);
	return stage->is_begun;
}

/* A failure may have ended the transaction already. */
bool stage_batch_end(struct stage *stage, struct error *err)
{
	bool is_open = stage->is_begun && ledger_in_transaction(stage->ledger);

	stage->is_batch = stage->is_begun = false;
	if (!is_open || run_alone(stage, STAGE_COMMIT, err))
		return true;
	(void)sqlite3_exec(stage->ledger->db, "ROLLBACK", NULL, NULL, NULL);
	return false;
}

size_t stage_count(const struct stage *stage)
{
	return stage->count;
}

static void bind_series(struct sql *sql, const struct stage *stage, const struct series_key *key)
{
	sql_bind_int(sql, stage->run);
	sql_bind_text(sql, key->indicator);
	sql_bind_text(sql, key->breakdown);
	sql_bind_text(sql, key->area);
}

static bool find_series(struct stage *stage, const struct series_key *key, int64_t *ret,
			struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(stage->ledger, STAGE_SERIES_FIND);

	bind_series(&sql, stage, key);
	*ret = sql_next(&sql) ? sql_read_int(&sql) : 0;
	return sql_ok(&sql, err);
}

static bool add_series(struct stage *stage, const struct series_key *key, int64_t *ret,
		       struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(stage->ledger, STAGE_SERIES_ADD);

	bind_series(&sql, stage, key);
	if (!sql_run(&sql, err))
		return false;
	*ret = sqlite3_last_insert_rowid(stage->ledger->db);
	return true;
}

/* Rows of one series mostly come together: the last one is kept in mind. */
static bool name_series(struct stage *stage, const struct series_key *key, struct error *err)
{
	struct series *last = &stage->series;
	int64_t id;

	if (last->id != 0 && strcmp(last->area, key->area) == 0 &&
	    strcmp(last->indicator, key->indicator) == 0 &&
	    strcmp(last->breakdown, key->breakdown) == 0)
		return true;
	if (!stage_make_tables(stage, err) || !find_series(stage, key, &id, err) ||
	    (id == 0 && !add_series(stage, key, &id, err)))
		return false;
	*last = (struct series){.id = id};
	if (span_copy(span_of(key->indicator), last->indicator, sizeof last->indicator) &&
	    span_copy(span_of(key->breakdown), last->breakdown, sizeof last->breakdown) &&
	    span_copy(span_of(key->area), last->area, sizeof last->area))
		return true;
	last->id = 0;
	return error_set(err, ERROR_LIMIT, "series '%s' '%s' of '%s' has a name that is too long",
			 key->indicator, key->breakdown, key->area);
}

static bool read_from_memory(const struct stage *stage, int64_t id, struct series *ret,
			     struct error *err)
{
	const struct series_key key = stage_memory_key(&stage->memory, id);
	struct series series = {.id = id};

	if (!span_copy(span_of(key.indicator), series.indicator, sizeof series.indicator) ||
	    !span_copy(span_of(key.breakdown), series.breakdown, sizeof series.breakdown) ||
	    !span_copy(span_of(key.area), series.area, sizeof series.area))
		return error_set(err, ERROR_LIMIT, "the name of a series is too long");
	*ret = series;
	return true;
}

static bool read_from_table(struct stage *stage, int64_t id, struct series *ret, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(stage->ledger, STAGE_SERIES_READ);
	struct series series = {0};

	sql_bind_int(&sql, id);
	if (sql_next(&sql)) {
		series.id = sql_read_int(&sql);
		sql_read_text_into(&sql, series.indicator, sizeof series.indicator);
		sql_read_text_into(&sql, series.breakdown, sizeof series.breakdown);
		sql_read_text_into(&sql, series.area, sizeof series.area);
	}
	if (!sql_ok(&sql, err))
		return false;
	*ret = series;
	return true;
}

bool stage_series_read(struct stage *stage, int64_t id, struct series *ret, struct error *err)
{
	return stage->is_in_tables ? read_from_table(stage, id, ret, err)
				   : read_from_memory(stage, id, ret, err);
}

static bool comes_after(const struct observation *a, const struct observation *b)
{
	int order;

	if (a->series != b->series)
		return a->series > b->series;
	order = period_compare(a->period, b->period);
	if (order == 0)
		order = strcmp(a->source, b->source);
	return order > 0 || (order == 0 && a->known_day > b->known_day);
}

static bool add_row(struct stage *stage, const struct observation *obs,
		    const struct provenance *from, bool is_mention, struct error *err)
{
	if (!begin_batch(stage, err))
		return false;
	AUTO_SQL struct sql sql = sql_use(stage->ledger, STAGE_ROW_ADD);

	sql_bind_int(&sql, stage->run);
	sql_bind_int(&sql, stage->series.id);
	if (is_mention)
		sql_bind_int(&sql, 0);
	else
		sql_bind_null(&sql);
	observation_bind_values(&sql, obs);
	provenance_bind(&sql, from);
	if (!sql_run(&sql, err))
		return error_within(err, "staging");
	if (stage->first == 0)
		stage->first = sqlite3_last_insert_rowid(stage->ledger->db);
	return true;
}

static void note_row(struct stage *stage, const struct observation *row)
{
	stage->is_sorted =
		stage->is_sorted && (stage->count == 0 || comes_after(row, &stage->last));
	stage->last = *row;
	stage->count++;
}

static bool add_to_table(struct stage *stage, const struct series_key *series,
			 const struct observation *obs, const struct provenance *from,
			 struct error *err)
{
	struct observation row = *obs;

	if (!name_series(stage, series, err))
		return false;
	row.series = stage->series.id;
	if (!add_row(stage, &row, from, false, err))
		return false;
	note_row(stage, &row);
	return true;
}

static bool move_rows(struct stage *stage, struct error *err)
{
	struct stage_memory *memory = &stage->memory;

	stage->is_in_tables = true;
	stage->is_sorted = true;
	stage->count = 0;
	for (size_t i = 0; i < memory->count; i++) {
		const struct stage_memory_row *row = &memory->rows[i];
		const struct series_key key = stage_memory_key(memory, row->obs.series);
		const struct provenance from = stage_memory_from(memory, row);
		if (!add_to_table(stage, &key, &row->obs, &from, err))
			return false;
	}
	stage_memory_done(memory);
	return true;
}

bool stage_move_to_tables(struct stage *stage, struct error *err)
{
	bool is_batch = stage->is_batch;

	if (stage->is_in_tables)
		return true;
	if (is_batch)
		return move_rows(stage, err);
	stage_batch_begin(stage);
	bool moved = move_rows(stage, err);
	return stage_batch_end(stage, moved ? err : NULL) && moved;
}

static bool add_to_memory(struct stage *stage, const struct series_key *series,
			  const struct observation *obs, const struct provenance *from,
			  struct error *err)
{
	struct observation row = *obs;

	if (!stage_memory_name(&stage->memory, series, &row.series, err) ||
	    !stage_memory_add(&stage->memory, &row, from, err))
		return false;
	note_row(stage, &row);
	return true;
}

bool stage_add(struct stage *stage, const struct series_key *series, const struct observation *obs,
	       const struct provenance *from, struct error *err)
{
	if (stage->count >= STAGE_ROWS_MAX)
		return error_set(err, ERROR_LIMIT, "a run has more than %d rows", STAGE_ROWS_MAX);
	if (!stage->is_in_tables && stage_memory_has_room(&stage->memory))
		return add_to_memory(stage, series, obs, from, err);
	return stage_move_to_tables(stage, err) && add_to_table(stage, series, obs, from, err);
}

bool stage_mention(struct stage *stage, const struct series_key *series, struct period period,
		   const char *source, struct error *err)
{
	const struct provenance nowhere = {0};
	struct observation row = {.period = period, .status = OBS_MISSING};

	if (!span_copy(span_of(source), row.source, sizeof row.source))
		return error_set(err, ERROR_LIMIT, "source '%s' is longer than %d bytes", source,
				 ID_BYTES - 1);
	return stage_move_to_tables(stage, err) && name_series(stage, series, err) &&
	       add_row(stage, &row, &nowhere, true, err);
}
