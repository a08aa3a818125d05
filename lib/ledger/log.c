/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/log.h"

#include <stdlib.h>

#include "ledger/load_fields.h"
#include "ledger/log_batch.h"
#include "ledger/log_fields.h"
#include "ledger/log_known.h"
#include "ledger/series_fields.h"

static const char LOG_ADD[] =
	"INSERT INTO observation (seq, series_id, load_id, source_id, from_day, to_day, value,"
	" decimals, num, den, qualifier, status, is_break, published, known_day, locator, raw,"
	" warning) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char LOG_IN_FORCE[] =
	"SELECT " OBSERVATION_COLUMNS " FROM observation o"
	" WHERE series_id = ? AND from_day = ? AND to_day = ? AND source_id = ?"
	" AND known_day <= ? ORDER BY known_day DESC, seq DESC LIMIT 1";
static const char LOG_VINTAGES[] =
	"SELECT " OBSERVATION_COLUMNS " FROM observation o"
	" WHERE o.series_id = ? AND o.known_day <= ?"
	" ORDER BY o.from_day, o.to_day, o.source_id, o.known_day, o.seq";

static const char LOG_BETWEEN[] =
	"SELECT " OBSERVATION_COLUMNS
	" FROM observation o WHERE o.series_id = ? AND o.from_day BETWEEN ? AND ?"
	" ORDER BY o.from_day, o.to_day, o.source_id, o.known_day, o.seq";

#define LOG_ROW                                                                                    \
	"SELECT " OBSERVATION_COLUMNS ", o.locator, o.raw, o.warning, " SERIES_COLUMNS             \
	", " LOAD_COLUMNS " FROM observation o"                                                    \
	" JOIN series s ON s.series_id = o.series_id JOIN load l ON l.load_id = o.load_id"

static const char LOG_READ[] = LOG_ROW " WHERE o.seq = ?";
static const char LOG_EACH[] = LOG_ROW " WHERE o.seq >= ? ORDER BY o.seq";
static const char LOG_EACH_OF_SERIES[] =
	LOG_ROW " WHERE o.series_id = ?"
		" ORDER BY o.from_day, o.to_day, o.source_id, o.known_day, o.seq";
static const char LOAD_RECEIVED[] = "SELECT received FROM load WHERE load_id = ?";
static const char LOG_EACH_WARNED[] =
	LOG_ROW " WHERE o.warning IS NOT NULL AND o.status <> 'W' AND o.known_day <= ?1"
		" AND (?2 = '' OR l.feed_id = ?2) AND (?3 = 0 OR o.series_id = ?3)"
		" AND NOT coalesce((SELECT n.status <> 'W' OR n.seq > o.seq FROM observation n"
		"  WHERE n.series_id = o.series_id"
		"  AND n.from_day = o.from_day AND n.to_day = o.to_day"
		"  AND n.source_id = o.source_id AND n.known_day <= ?1"
		"  AND (n.known_day, n.seq) > (o.known_day, o.seq)"
		"  ORDER BY n.known_day DESC, n.seq DESC LIMIT 1), 0)"
		" ORDER BY o.seq";
static const char LOG_LAST[] = "SELECT max(seq) FROM observation";
static const char LOG_COUNT[] = "SELECT count(*) FROM observation";

static const struct field values[] = {
	FIELD_CHARS(ARRAY, struct observation, source),
	FIELD(INT32, struct observation, period.from),
	FIELD(INT32, struct observation, period.to),
	FIELD_IF(struct observation, has_value, value),
	FIELD(INT, struct observation, decimals),
	FIELD_IF(struct observation, has_num, num),
	FIELD_IF(struct observation, has_den, den),
	FIELD(LETTER, struct observation, qualifier),
	FIELD(LETTER, struct observation, status),
	FIELD(BOOL, struct observation, is_break),
	FIELD_CHARS(ARRAY_OR, struct observation, published),
	FIELD(INT32, struct observation, known_day),
};

static const struct field provenance[] = {
	FIELD(BORROWED, struct provenance, locator),
	FIELD(BORROWED, struct provenance, raw),
	FIELD(BORROWED, struct provenance, warning),
};

void observation_bind_values(struct sql *sql, const struct observation *obs)
{
	fields_bind(sql, values, COUNT_OF(values), obs);
}

/* Rows are read by the million: without the table of fields, and texts where they lie, because
 * SQLite would copy each to end it with a NUL. */
struct row {
	sqlite3_stmt *statement;
	int column, status;
};

static int64_t next_int(struct row *row)
{
	return sqlite3_column_int64(row->statement, row->column++);
}

static double next_real(struct row *row, bool *ret_is_set)
{
	*ret_is_set = sqlite3_column_type(row->statement, row->column) != SQLITE_NULL;
	return sqlite3_column_double(row->statement, row->column++);
}

static void next_text(struct row *row, char *buffer, size_t size)
{
	const void *text = sqlite3_column_blob(row->statement, row->column);
	size_t len = text != NULL ? (size_t)sqlite3_column_bytes(row->statement, row->column) : 0;

	row->column++;
	if (len >= size) {
		row->status = SQLITE_TOOBIG;
		return;
	}
	if (len > 0)
		memcpy(buffer, text, len);
	buffer[len] = '\0';
}

static unsigned char next_letter(struct row *row)
{
	const unsigned char *letter = sqlite3_column_blob(row->statement, row->column++);

	return letter != NULL ? *letter : 0;
}

/* In the order of OBSERVATION_VALUES. */
static void read_values(struct row *row, struct observation *ret)
{
	next_text(row, ret->source, sizeof ret->source);
	ret->period.from = (int32_t)next_int(row);
	ret->period.to = (int32_t)next_int(row);
	ret->value = next_real(row, &ret->has_value);
	ret->decimals = (int)next_int(row);
	ret->num = next_real(row, &ret->has_num);
	ret->den = next_real(row, &ret->has_den);
	ret->qualifier = (enum obs_qualifier)next_letter(row);
	ret->status = (enum obs_status)next_letter(row);
	ret->is_break = next_int(row) != 0;
	next_text(row, ret->published, sizeof ret->published);
	ret->known_day = (int32_t)next_int(row);
}

static void end_row(struct sql *sql, const struct row *row)
{
	sql->column = row->column;
	sql->status = row->status;
}

void observation_read_values(struct sql *sql, struct observation *ret)
{
	struct row row = {sql->statement, sql->column, sql->status};

	if (sql->status != SQLITE_ROW)
		return;
	read_values(&row, ret);
	end_row(sql, &row);
}

void observation_read_columns(struct sql *sql, struct observation *ret)
{
	struct row row = {sql->statement, sql->column, sql->status};

	if (sql->status != SQLITE_ROW)
		return;
	ret->seq = next_int(&row);
	ret->series = next_int(&row);
	ret->load = next_int(&row);
	read_values(&row, ret);
	end_row(sql, &row);
}

void provenance_read_columns(struct sql *sql, struct provenance *ret)
{
	fields_read(sql, provenance, COUNT_OF(provenance), ret);
}

void provenance_bind(struct sql *sql, const struct provenance *from)
{
	fields_bind(sql, provenance, COUNT_OF(provenance), from);
}

static bool add(struct ledger *ledger, int64_t seq, const struct observation *obs,
		const struct provenance *from, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, LOG_ADD);

	if (seq == 0)
		sql_bind_null(&sql);
	else
		sql_bind_int(&sql, seq);
	sql_bind_int(&sql, obs->series);
	sql_bind_int(&sql, obs->load);
	observation_bind_values(&sql, obs);
	provenance_bind(&sql, from);
	return sql_run(&sql, err);
}

bool log_add(struct ledger *ledger, const struct observation *obs, const struct provenance *from,
	     int64_t *ret_seq, struct error *err)
{
	if (!add(ledger, 0, obs, from, err))
		return false;
	*ret_seq = sqlite3_last_insert_rowid(ledger->db);
	return true;
}

enum append_result log_result_of(const struct observation *in_force, const struct observation *obs)
{
	if (in_force == NULL)
		return obs->status == OBS_WITHDRAWN ? APPEND_UNCHANGED : APPEND_NEW;
	return obs_differs(in_force, obs) ? APPEND_REVISED : APPEND_UNCHANGED;
}

bool log_compare(struct ledger *ledger, const struct observation *obs,
		 enum append_result *ret_result, int64_t *ret_seq, struct error *err)
{
	struct log_key key = {obs->series, obs->period, obs->source};
	struct observation in_force = {0};

	if (obs->series != 0 && !log_in_force(ledger, &key, obs->known_day, &in_force, err))
		return false;
	*ret_seq = in_force.seq;
	*ret_result = log_result_of(in_force.seq != 0 ? &in_force : NULL, obs);
	return true;
}

bool log_look_at(const struct log_look *look, const struct series *series,
		 const struct observation *obs, struct provenance *from, struct error *err)
{
	if (look->look == NULL || obs->status == OBS_WITHDRAWN)
		return true;
	return look->look(look->self, series, obs, from, &from->warning, err);
}

int32_t log_look_since(struct period period)
{
	enum { BACK_PERIODS = 6, BACK_DAYS = 14 };
	int32_t back = BACK_PERIODS * (period.to - period.from);

	return period.from - (back > BACK_DAYS ? back : BACK_DAYS);
}

bool log_append(struct ledger *ledger, const struct observation *obs, const struct provenance *from,
		enum append_result *ret_result, int64_t *ret_seq, struct error *err)
{
	enum append_result result;
	int64_t seq;

	if (!log_compare(ledger, obs, &result, &seq, err) ||
	    (result != APPEND_UNCHANGED && !log_add(ledger, obs, from, &seq, err)))
		return false;
	*ret_result = result;
	*ret_seq = seq;
	return true;
}

bool log_restore(struct ledger *ledger, const struct observation *obs,
		 const struct provenance *from, struct error *err)
{
	return add(ledger, obs->seq, obs, from, err);
}

bool log_in_force(struct ledger *ledger, const struct log_key *key, int32_t known_day,
		  struct observation *ret, struct error *err)
{
	if (!log_batch_settle(ledger, err))
		return false;
	AUTO_SQL struct sql sql = sql_use(ledger, LOG_IN_FORCE);
	struct observation obs = {0};

	sql_bind_int(&sql, key->series);
	sql_bind_int(&sql, key->period.from);
	sql_bind_int(&sql, key->period.to);
	sql_bind_text(&sql, key->source);
	sql_bind_int(&sql, known_day == DAY_NONE ? INT32_MAX : known_day);
	if (sql_next(&sql))
		observation_read_columns(&sql, &obs);
	if (!sql_ok(&sql, err))
		return false;
	*ret = obs;
	return true;
}

/* Few loads bring the rows of a series: joining each row with its own would cost as much as the
 * rows. */
enum { LOADS_KEPT = 16 };

struct known_load {
	int64_t id, received;
};

static bool find_received(struct ledger *ledger, struct known_load known[LOADS_KEPT], int64_t load,
			  int64_t *ret, struct error *err)
{
	struct known_load *kept = &known[(uint64_t)load % LOADS_KEPT];

	if (kept->id != load) {
		AUTO_SQL struct sql sql = sql_use(ledger, LOAD_RECEIVED);
		sql_bind_int(&sql, load);
		int64_t received = sql_next(&sql) ? sql_read_int(&sql) : 0;
		if (!sql_ok(&sql, err))
			return false;
		*kept = (struct known_load){load, received};
	}
	*ret = kept->received;
	return true;
}

static bool read_rows(struct sql *sql, struct vintages *ret, struct error *err)
{
	size_t count = 0;

	for (; sql_next(sql); count++) {
		if (!array_grow(&ret->rows, &ret->room, count, sizeof *ret->rows, VINTAGES_MAX,
				"rows of a series", err))
			return false;
		ret->rows[count].received = 0;
		observation_read_columns(sql, &ret->rows[count]);
	}
	if (!sql_ok(sql, err))
		return false;
	ret->count = count;
	return true;
}

bool vintages_read(struct ledger *ledger, int64_t series, int32_t cutoff, struct vintages *ret,
		   struct error *err)
{
	struct known_load known[LOADS_KEPT] = {0};
	AUTO_SQL struct sql sql = sql_use(ledger, LOG_VINTAGES);

	sql_bind_int(&sql, series);
	sql_bind_int(&sql, cutoff == DAY_NONE ? INT32_MAX : cutoff);
	if (!read_rows(&sql, ret, err))
		return false;
	for (size_t i = 0; i < ret->count; i++)
		if (!find_received(ledger, known, ret->rows[i].load, &ret->rows[i].received, err))
			return false;
	return true;
}

bool vintages_read_between(struct ledger *ledger, int64_t series, int32_t first_day,
			   int32_t last_day, struct vintages *ret, struct error *err)
{
	if (!log_batch_settle(ledger, err))
		return false;
	AUTO_SQL struct sql sql = sql_use(ledger, LOG_BETWEEN);

	sql_bind_int(&sql, series);
	sql_bind_int(&sql, first_day);
	sql_bind_int(&sql, last_day);
	return read_rows(&sql, ret, err);
}

bool vintages_read_since(struct ledger *ledger, int64_t series, int32_t from, struct vintages *ret,
			 struct error *err)
{
	bool is_known = false;

	return log_known_copy(ledger, series, from, ret, &is_known, err) &&
	       (is_known || vintages_read_between(ledger, series, from, INT32_MAX, ret, err));
}

void vintages_done(struct vintages *vintages)
{
	free(vintages->rows);
	*vintages = (struct vintages){0};
}

static void read_row(struct sql *sql, struct log_row *ret)
{
	observation_read_columns(sql, &ret->obs);
	provenance_read_columns(sql, &ret->from);
	series_read_columns(sql, &ret->series);
	load_read_columns(sql, &ret->load);
	ret->obs.received = ret->load.received;
}

static bool each(struct sql *sql, log_row_fn *take, void *self, struct error *err)
{
	while (sql_next(sql)) {
		struct log_row row = {0};
		read_row(sql, &row);
		if (!sql_ok(sql, err) || !take(self, &row, err))
			return false;
	}
	return sql_ok(sql, err);
}

bool log_read(struct ledger *ledger, int64_t seq, log_row_fn *take, void *self, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, LOG_READ);
	struct log_row row = {0};

	sql_bind_int(&sql, seq);
	if (sql_next(&sql))
		read_row(&sql, &row);
	if (!sql_ok(&sql, err))
		return false;
	if (row.obs.seq == 0)
		return error_set(err, ERROR_NOT_FOUND, "there is no row %lld in the log",
				 (long long)seq);
	return take(self, &row, err);
}

bool log_each(struct ledger *ledger, int64_t from, log_row_fn *take, void *self, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, LOG_EACH);

	sql_bind_int(&sql, from);
	return each(&sql, take, self, err);
}

bool log_each_of_series(struct ledger *ledger, int64_t series, log_row_fn *take, void *self,
			struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, LOG_EACH_OF_SERIES);

	sql_bind_int(&sql, series);
	return each(&sql, take, self, err);
}

bool log_each_warned(struct ledger *ledger, const struct log_warned *which, log_row_fn *take,
		     void *self, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, LOG_EACH_WARNED);

	sql_bind_int(&sql, which->known_day == DAY_NONE ? INT32_MAX : which->known_day);
	sql_bind_text(&sql, which->feed);
	sql_bind_int(&sql, which->series);
	return each(&sql, take, self, err);
}

bool log_last_seq(struct ledger *ledger, int64_t *ret, struct error *err)
{
	return sql_number(ledger, LOG_LAST, ret, err);
}

bool log_count(struct ledger *ledger, int64_t *ret, struct error *err)
{
	return sql_number(ledger, LOG_COUNT, ret, err);
}
