/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/fetch_log.h"

#include "ledger/fields.h"

#define FETCH_COLUMNS                                                                              \
	"at, feed_id, outcome, cause, text, url, http_status, bytes, duration_ms, rows,"           \
	" appended, revised, withdrawn, refused, load_id"
#define REJECT_COLUMNS "fetch_id, at, feed_id, locator, raw, cause, text"

static const char FETCH_ADD[] = "INSERT INTO fetch (" FETCH_COLUMNS ")"
				" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char FETCH_EACH[] =
	"SELECT * FROM (SELECT fetch_id, " FETCH_COLUMNS " FROM fetch"
	" WHERE ?1 IS NULL OR feed_id = ?1 ORDER BY fetch_id DESC LIMIT ?2) ORDER BY fetch_id";
static const char REJECT_ADD[] =
	"INSERT INTO reject (" REJECT_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?)";
static const char REJECT_EACH[] =
	"SELECT reject_id, " REJECT_COLUMNS " FROM reject WHERE feed_id = ? ORDER BY reject_id";
static const char REJECT_EACH_LAST[] =
	"SELECT reject_id, " REJECT_COLUMNS " FROM reject WHERE feed_id = ?1 AND fetch_id ="
	" (SELECT fetch_id FROM reject WHERE feed_id = ?1 ORDER BY reject_id DESC LIMIT 1)"
	" ORDER BY reject_id";
static const char FETCH_EXPIRE[] = "DELETE FROM fetch WHERE at < ?";
static const char REJECT_EXPIRE[] = "DELETE FROM reject WHERE at < ?";

static const struct field fetch_fields[] = {
	FIELD(INT64, struct fetch_row, at),	     FIELD(BORROWED, struct fetch_row, feed),
	FIELD(BORROWED, struct fetch_row, outcome),  FIELD(BORROWED, struct fetch_row, cause),
	FIELD(BORROWED, struct fetch_row, text),     FIELD(BORROWED, struct fetch_row, url),
	FIELD(INT, struct fetch_row, http_status),   FIELD(INT64, struct fetch_row, bytes),
	FIELD(INT64, struct fetch_row, duration_ms), FIELD(INT64, struct fetch_row, rows),
	FIELD(INT64, struct fetch_row, appended),    FIELD(INT64, struct fetch_row, revised),
	FIELD(INT64, struct fetch_row, withdrawn),   FIELD(INT64, struct fetch_row, refused),
	FIELD(ID_OR, struct fetch_row, load),
};

static const struct field reject_fields[] = {
	FIELD(INT64, struct reject_row, fetch),	  FIELD(INT64, struct reject_row, at),
	FIELD(BORROWED, struct reject_row, feed), FIELD(BORROWED, struct reject_row, locator),
	FIELD(BORROWED, struct reject_row, raw),  FIELD(BORROWED, struct reject_row, cause),
	FIELD(BORROWED, struct reject_row, text),
};

bool fetch_append(struct ledger *ledger, const struct fetch_row *row, int64_t *ret_id,
		  struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, FETCH_ADD);

	fields_bind(&sql, fetch_fields, COUNT_OF(fetch_fields), row);
	if (!sql_run(&sql, err))
		return false;
	*ret_id = sqlite3_last_insert_rowid(ledger->db);
	return true;
}

bool fetch_each(struct ledger *ledger, const char *feed, size_t last, fetch_fn *take, void *self,
		struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, FETCH_EACH);

	sql_bind_text_or_null(&sql, feed);
	sql_bind_int(&sql, last == 0 ? -1 : (int64_t)last);
	while (sql_next(&sql)) {
		struct fetch_row row = {.id = sql_read_int(&sql)};
		fields_read(&sql, fetch_fields, COUNT_OF(fetch_fields), &row);
		if (!sql_ok(&sql, err) || !take(self, &row, err))
			return false;
	}
	return sql_ok(&sql, err);
}

bool reject_append(struct ledger *ledger, const struct reject_row *row, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, REJECT_ADD);

	fields_bind(&sql, reject_fields, COUNT_OF(reject_fields), row);
	return sql_run(&sql, err);
}

static bool each_reject(struct sql *sql, const char *feed, reject_fn *take, void *self,
			struct error *err)
{
	sql_bind_text(sql, feed);
	while (sql_next(sql)) {
		struct reject_row row = {.id = sql_read_int(sql)};
		fields_read(sql, reject_fields, COUNT_OF(reject_fields), &row);
		if (!sql_ok(sql, err) || !take(self, &row, err))
			return false;
	}
	return sql_ok(sql, err);
}

bool reject_each_last(struct ledger *ledger, const char *feed, reject_fn *take, void *self,
		      struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, REJECT_EACH_LAST);

	return each_reject(&sql, feed, take, self, err);
}

bool reject_each(struct ledger *ledger, const char *feed, reject_fn *take, void *self,
		 struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, REJECT_EACH);

	return each_reject(&sql, feed, take, self, err);
}

static bool expire(struct ledger *ledger, const char *statement, int64_t before, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, statement);

	sql_bind_int(&sql, before);
	return sql_run(&sql, err);
}

bool fetch_expire(struct ledger *ledger, int64_t before, int64_t rejects_before, struct error *err)
{
	return expire(ledger, REJECT_EXPIRE, rejects_before, err) &&
	       expire(ledger, FETCH_EXPIRE, before, err);
}
