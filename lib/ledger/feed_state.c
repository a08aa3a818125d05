/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/feed_state.h"

#include "ledger/fields.h"

#define FEED_COLUMNS                                                                               \
	"feed_id, etag, last_modified, content, mapping, last_success, last_try, next_due,"        \
	" last_change, failures, cause, error, note, revision, rows, new_rows, refused"

static const char FEED_READ[] = "SELECT " FEED_COLUMNS " FROM feed_state WHERE feed_id = ?";
static const char FEED_EACH[] = "SELECT " FEED_COLUMNS " FROM feed_state ORDER BY feed_id";
static const char FEED_PUT[] = "INSERT OR REPLACE INTO feed_state (" FEED_COLUMNS ")"
			       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char FEED_REMOVE[] = "DELETE FROM feed_state WHERE feed_id = ?";

static const struct field fields[] = {
	FIELD_CHARS(ARRAY, struct feed_state, feed),
	FIELD_CHARS(ARRAY_OR, struct feed_state, etag),
	FIELD_CHARS(ARRAY_OR, struct feed_state, last_modified),
	FIELD(HASH, struct feed_state, content),
	FIELD(HASH, struct feed_state, mapping),
	FIELD(INT64, struct feed_state, last_success),
	FIELD(INT64, struct feed_state, last_try),
	FIELD(INT64, struct feed_state, next_due),
	FIELD(INT64, struct feed_state, last_change),
	FIELD(INT, struct feed_state, failures),
	FIELD_CHARS(ARRAY_OR, struct feed_state, cause),
	FIELD_CHARS(ARRAY_OR, struct feed_state, error),
	FIELD_CHARS(ARRAY_OR, struct feed_state, note),
	FIELD_CHARS(ARRAY_OR, struct feed_state, revision),
	FIELD(INT64, struct feed_state, rows),
	FIELD(INT64, struct feed_state, new_rows),
	FIELD(INT64, struct feed_state, refused),
};

bool feed_state_read(struct ledger *ledger, const char *feed, struct feed_state *ret,
		     struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, FEED_READ);
	struct feed_state state = {0};

	sql_bind_text(&sql, feed);
	if (sql_next(&sql))
		fields_read(&sql, fields, COUNT_OF(fields), &state);
	if (!sql_ok(&sql, err))
		return false;
	*ret = state;
	return true;
}

bool feed_state_put(struct ledger *ledger, const struct feed_state *state, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, FEED_PUT);

	fields_bind(&sql, fields, COUNT_OF(fields), state);
	return sql_run(&sql, err);
}

bool feed_state_remove(struct ledger *ledger, const char *feed, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, FEED_REMOVE);

	sql_bind_text(&sql, feed);
	return sql_run(&sql, err);
}

bool feed_state_each(struct ledger *ledger, feed_state_fn *take, void *self, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, FEED_EACH);

	while (sql_next(&sql)) {
		struct feed_state state = {0};
		fields_read(&sql, fields, COUNT_OF(fields), &state);
		if (!sql_ok(&sql, err) || !take(self, &state, err))
			return false;
	}
	return sql_ok(&sql, err);
}
