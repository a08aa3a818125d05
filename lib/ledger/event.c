/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/event.h"

#include "ledger/fields.h"

#define EVENT_COLUMNS                                                                              \
	"at, kind, actor, target_id, area_id, feed_id, duty_id, old_state, new_state, reason,"     \
	" cause, seq, until_day, note, method, symbol, value, target_value, measure, used_count,"  \
	" used_from, used_to"

static const char EVENT_ADD[] = "INSERT INTO event (" EVENT_COLUMNS ")"
				" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
				" ?, ?, ?, ?, ?, ?, ?, ?)";
/* The inner question takes the last ones, the outer one turns them round. */
static const char EVENT_EACH[] =
	"SELECT * FROM (SELECT event_id, " EVENT_COLUMNS " FROM event"
	" WHERE event_id > ?1 AND (?2 IS NULL OR kind = ?2) AND (?3 IS NULL OR target_id = ?3)"
	" AND (?4 IS NULL OR area_id = ?4) AND (?5 IS NULL OR feed_id = ?5)"
	" AND (?6 IS NULL OR new_state = ?6)"
	" ORDER BY event_id DESC LIMIT ?7) ORDER BY event_id";
/* Spelled as in the index. */
static const char EVENT_EACH_ACK[] =
	"SELECT event_id, " EVENT_COLUMNS " FROM event INDEXED BY event_ack"
	" WHERE kind IN ('ack', 'unack') ORDER BY event_id";
static const char EVENT_LAST_STATE[] =
	"SELECT event_id, at, seq, new_state, reason FROM event WHERE target_id = ?"
	" AND area_id = ? AND kind = 'state' ORDER BY event_id DESC LIMIT 1";

static const struct field fields[] = {
	FIELD(INT64, struct event, at),
	FIELD(BORROWED, struct event, kind),
	FIELD(BORROWED, struct event, actor),
	FIELD(BORROWED, struct event, target),
	FIELD(BORROWED, struct event, area),
	FIELD(BORROWED, struct event, feed),
	FIELD(BORROWED, struct event, duty),
	FIELD(BORROWED, struct event, old_state),
	FIELD(BORROWED, struct event, new_state),
	FIELD(BORROWED, struct event, reason),
	FIELD(BORROWED, struct event, cause),
	FIELD(ID_OR, struct event, seq),
	FIELD(DAY, struct event, until_day),
	FIELD(BORROWED, struct event, note),
	FIELD(BORROWED, struct event, method),
	FIELD(BORROWED, struct event, symbol),
	FIELD_IF(struct event, value.is_set, value.value),
	FIELD_IF(struct event, target_value.is_set, target_value.value),
	FIELD_IF(struct event, measure.is_set, measure.value),
	FIELD(ID_OR, struct event, used_count),
	FIELD(DAY, struct event, used_from),
	FIELD(DAY, struct event, used_to),
};

static bool check_name(const char *name, struct error *err)
{
	if (name == NULL || strlen(name) < EVENT_NAME_BYTES)
		return true;
	return error_set(err, ERROR_LIMIT, "'%s' in an event is longer than %d bytes", name,
			 EVENT_NAME_BYTES - 1);
}

bool event_append(struct ledger *ledger, const struct event *event, int64_t *ret_id,
		  struct error *err)
{
	if (!check_name(event->old_state, err) || !check_name(event->new_state, err) ||
	    !check_name(event->reason, err))
		return false;
	AUTO_SQL struct sql sql = sql_use(ledger, EVENT_ADD);
	fields_bind(&sql, fields, COUNT_OF(fields), event);
	if (!sql_run(&sql, err))
		return false;
	*ret_id = sqlite3_last_insert_rowid(ledger->db);
	return true;
}

static bool take_all(struct sql *sql, event_fn *take, void *self, struct error *err)
{
	while (sql_next(sql)) {
		struct event event = {.id = sql_read_int(sql)};
		fields_read(sql, fields, COUNT_OF(fields), &event);
		if (!sql_ok(sql, err) || !take(self, &event, err))
			return false;
	}
	return sql_ok(sql, err);
}

bool event_each(struct ledger *ledger, const struct event_filter *filter, event_fn *take,
		void *self, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, EVENT_EACH);

	sql_bind_int(&sql, filter->after);
	sql_bind_text_or_null(&sql, filter->kind);
	sql_bind_text_or_null(&sql, filter->target);
	sql_bind_text_or_null(&sql, filter->area);
	sql_bind_text_or_null(&sql, filter->feed);
	sql_bind_text_or_null(&sql, filter->state);
	sql_bind_int(&sql, filter->last == 0 ? -1 : (int64_t)filter->last);
	return take_all(&sql, take, self, err);
}

bool event_each_ack(struct ledger *ledger, event_fn *take, void *self, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, EVENT_EACH_ACK);
	return take_all(&sql, take, self, err);
}

bool event_last_state(struct ledger *ledger, const char *target, const char *area,
		      struct event_state *ret, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, EVENT_LAST_STATE);
	struct event_state state = {0};

	sql_bind_text(&sql, target);
	sql_bind_text(&sql, area);
	if (sql_next(&sql)) {
		state.id = sql_read_int(&sql);
		state.at = sql_read_int(&sql);
		state.seq = sql_read_int(&sql);
		sql_read_text_into(&sql, state.state, sizeof state.state);
		sql_read_text_into(&sql, state.reason, sizeof state.reason);
	}
	if (!sql_ok(&sql, err))
		return false;
	*ret = state;
	return true;
}
