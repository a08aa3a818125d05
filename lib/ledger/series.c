/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/series.h"

#include "ledger/series_fields.h"

static const char SERIES_FIND[] = "SELECT series_id FROM series"
				  " WHERE indicator_id = ? AND breakdown = ? AND area_id = ?";
static const char SERIES_ADD[] =
	"INSERT INTO series (indicator_id, breakdown, area_id) VALUES (?, ?, ?)";
static const char SERIES_READ[] = "SELECT " SERIES_COLUMNS " FROM series s WHERE series_id = ?";
static const char SERIES_EACH[] = "SELECT " SERIES_COLUMNS " FROM series s"
				  " ORDER BY indicator_id, breakdown, area_id";
static const char SERIES_EACH_OF[] = "SELECT " SERIES_COLUMNS " FROM series s"
				     " WHERE indicator_id = ?"
				     " ORDER BY indicator_id, breakdown, area_id";
/* The changed ones are collected once, because they are asked for in many slices. */
static const char CHANGED_TABLE[] =
	"CREATE TABLE IF NOT EXISTS temp.changed_series (series_id INTEGER PRIMARY KEY) STRICT;"
	"DELETE FROM temp.changed_series";
static const char CHANGED_FILL[] = "INSERT INTO temp.changed_series"
				   " SELECT DISTINCT series_id FROM observation NOT INDEXED"
				   " WHERE seq > ?";
static const char CHANGED_EACH[] = "SELECT " SERIES_COLUMNS " FROM temp.changed_series c"
				   " JOIN series s ON s.series_id = c.series_id"
				   " WHERE c.series_id > ? ORDER BY c.series_id";
static const char LAST_SEQ[] = "SELECT coalesce(max(seq), 0) FROM observation";
static const char SERIES_COUNT[] = "SELECT count(*) FROM series";

static const struct field fields[] = {
	FIELD(INT64, struct series, id),
	FIELD_CHARS(ARRAY, struct series, indicator),
	FIELD_CHARS(ARRAY, struct series, breakdown),
	FIELD_CHARS(ARRAY, struct series, area),
};

void series_read_columns(struct sql *sql, struct series *ret)
{
	fields_read(sql, fields, COUNT_OF(fields), ret);
}

static void bind_key(struct sql *sql, const struct series_key *key)
{
	sql_bind_text(sql, key->indicator);
	sql_bind_text(sql, key->breakdown);
	sql_bind_text(sql, key->area);
}

bool series_find(struct ledger *ledger, const struct series_key *key, int64_t *ret,
		 struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, SERIES_FIND);
	int64_t id = 0;

	bind_key(&sql, key);
	if (sql_next(&sql))
		id = sql_read_int(&sql);
	if (!sql_ok(&sql, err))
		return false;
	*ret = id;
	return true;
}

static bool add(struct ledger *ledger, const struct series_key *key, int64_t *ret,
		struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, SERIES_ADD);

	bind_key(&sql, key);
	if (!sql_run(&sql, err))
		return error_within(err, "series '%s' '%s' of '%s'", key->indicator, key->breakdown,
				    key->area);
	*ret = sqlite3_last_insert_rowid(ledger->db);
	return true;
}

bool series_ensure(struct ledger *ledger, const struct series_key *key, int64_t *ret,
		   struct error *err)
{
	int64_t id;

	if (!series_find(ledger, key, &id, err))
		return false;
	if (id == 0)
		return add(ledger, key, ret, err);
	*ret = id;
	return true;
}

bool series_read(struct ledger *ledger, int64_t id, struct series *ret, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, SERIES_READ);
	struct series series = {0};

	sql_bind_int(&sql, id);
	if (sql_next(&sql))
		series_read_columns(&sql, &series);
	if (!sql_ok(&sql, err))
		return false;
	if (series.id == 0)
		return error_set(err, ERROR_NOT_FOUND, "there is no series %lld", (long long)id);
	*ret = series;
	return true;
}

static bool each(struct sql *sql, series_fn *take, void *self, struct error *err)
{
	while (sql_next(sql)) {
		struct series series = {0};
		series_read_columns(sql, &series);
		if (!sql_ok(sql, err) || !take(self, &series, err))
			return false;
	}
	return sql_ok(sql, err);
}

bool series_each(struct ledger *ledger, const char *indicator, series_fn *take, void *self,
		 struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, indicator != NULL ? SERIES_EACH_OF : SERIES_EACH);

	if (indicator != NULL)
		sql_bind_text(&sql, indicator);
	return each(&sql, take, self, err);
}

static bool fill_changed(struct ledger *ledger, int64_t after, int64_t last, struct error *err)
{
	if (!sql_script(ledger->db, CHANGED_TABLE, err))
		return false;
	AUTO_SQL struct sql sql = sql_use(ledger, CHANGED_FILL);
	sql_bind_int(&sql, after);
	if (!sql_run(&sql, err))
		return false;
	ledger->changed = (struct changed_series){true, after, last};
	return true;
}

bool series_each_changed(struct ledger *ledger, int64_t after, int64_t above, series_fn *take,
			 void *self, struct error *err)
{
	const struct changed_series *changed = &ledger->changed;
	int64_t last;

	if (!sql_number(ledger, LAST_SEQ, &last, err))
		return false;
	if (!changed->is_filled || changed->after != after || changed->last != last)
		if (!fill_changed(ledger, after, last, err))
			return false;
	AUTO_SQL struct sql sql = sql_use(ledger, CHANGED_EACH);
	sql_bind_int(&sql, above);
	return each(&sql, take, self, err);
}

bool series_count(struct ledger *ledger, int64_t *ret, struct error *err)
{
	return sql_number(ledger, SERIES_COUNT, ret, err);
}
