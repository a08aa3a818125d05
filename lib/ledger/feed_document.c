/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/feed_document.h"

#include "ledger/fields.h"

#define GOOD_COLUMNS                                                                               \
	"feed_id, document, section, settings, request, received, rows, present, columns, units"
#define HELD_COLUMNS "feed_id, document, section, settings, received, url, why, rows"

static const char GOOD_READ[] = "SELECT " GOOD_COLUMNS " FROM feed_good WHERE feed_id = ?";
static const char GOOD_PUT[] = "INSERT OR REPLACE INTO feed_good (" GOOD_COLUMNS ")"
			       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char HELD_READ[] = "SELECT " HELD_COLUMNS " FROM feed_held WHERE feed_id = ?";
static const char HELD_PUT[] = "INSERT OR REPLACE INTO feed_held (" HELD_COLUMNS ")"
			       " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
static const char HELD_REMOVE[] = "DELETE FROM feed_held WHERE feed_id = ?";

static const struct field good_fields[] = {
	FIELD_CHARS(ARRAY, struct feed_good, feed),
	FIELD(HASH, struct feed_good, document),
	FIELD(HASH, struct feed_good, section),
	FIELD(HASH, struct feed_good, settings),
	FIELD(HASH, struct feed_good, request),
	FIELD(INT64, struct feed_good, received),
	FIELD(INT64, struct feed_good, look.rows),
	FIELD(INT64, struct feed_good, look.present),
	FIELD_CHARS(ARRAY, struct feed_good, look.columns),
	FIELD_CHARS(ARRAY, struct feed_good, look.units),
};

static const struct field held_fields[] = {
	FIELD_CHARS(ARRAY, struct feed_held, feed), FIELD(HASH, struct feed_held, document),
	FIELD(HASH, struct feed_held, section),	    FIELD(HASH, struct feed_held, settings),
	FIELD(INT64, struct feed_held, received),   FIELD_CHARS(ARRAY_OR, struct feed_held, url),
	FIELD_CHARS(ARRAY, struct feed_held, why),  FIELD(INT64, struct feed_held, rows),
};

bool feed_good_read(struct ledger *ledger, const char *feed, struct feed_good *ret,
		    struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, GOOD_READ);

	ret->feed[0] = '\0';
	sql_bind_text(&sql, feed);
	if (sql_next(&sql))
		fields_read(&sql, good_fields, COUNT_OF(good_fields), ret);
	return sql_ok(&sql, err);
}

bool feed_good_put(struct ledger *ledger, const struct feed_good *good, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, GOOD_PUT);

	fields_bind(&sql, good_fields, COUNT_OF(good_fields), good);
	return sql_run(&sql, err);
}

bool feed_held_read(struct ledger *ledger, const char *feed, struct feed_held *ret,
		    struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, HELD_READ);

	ret->feed[0] = '\0';
	sql_bind_text(&sql, feed);
	if (sql_next(&sql))
		fields_read(&sql, held_fields, COUNT_OF(held_fields), ret);
	return sql_ok(&sql, err);
}

bool feed_held_put(struct ledger *ledger, const struct feed_held *held, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, HELD_PUT);

	fields_bind(&sql, held_fields, COUNT_OF(held_fields), held);
	return sql_run(&sql, err);
}

bool feed_held_remove(struct ledger *ledger, const char *feed, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, HELD_REMOVE);

	sql_bind_text(&sql, feed);
	return sql_run(&sql, err);
}
