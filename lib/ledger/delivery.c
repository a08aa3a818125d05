/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/delivery.h"

#include "ledger/fields.h"

#define DELIVERY_COLUMNS                                                                           \
	"duty_id, from_day, to_day, owner_id, day, received, actor, document, name, note, "        \
	"withdraws"

static const char DELIVERY_ADD[] = "INSERT INTO delivery (" DELIVERY_COLUMNS ")"
				   " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char DELIVERY_EACH[] =
	"SELECT d.delivery_id, d.duty_id, d.from_day, d.to_day, d.owner_id, d.day, d.received,"
	" d.actor, d.document, d.name, d.note, d.withdraws, w.delivery_id, w.received"
	" FROM delivery d LEFT JOIN delivery w ON w.duty_id = d.duty_id"
	"  AND w.from_day = d.from_day AND w.to_day = d.to_day AND w.withdraws = d.delivery_id"
	" WHERE d.duty_id = ? AND d.from_day = ? AND d.to_day = ? AND d.withdraws IS NULL"
	" ORDER BY d.day, d.delivery_id";

static const char DELIVERY_EACH_SAID[] =
	"SELECT delivery_id, " DELIVERY_COLUMNS " FROM delivery ORDER BY delivery_id";

static const struct field fields[] = {
	FIELD(BORROWED, struct delivery, duty),	  FIELD(INT32, struct delivery, period.from),
	FIELD(INT32, struct delivery, period.to), FIELD(BORROWED, struct delivery, owner),
	FIELD(INT32, struct delivery, day),	  FIELD(INT64, struct delivery, received),
	FIELD(BORROWED, struct delivery, actor),  FIELD(HASH, struct delivery, document),
	FIELD(BORROWED, struct delivery, name),	  FIELD(BORROWED, struct delivery, note),
	FIELD(ID_OR, struct delivery, withdraws),
};

bool delivery_append(struct ledger *ledger, const struct delivery *delivery, int64_t *ret_id,
		     struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, DELIVERY_ADD);
	fields_bind(&sql, fields, COUNT_OF(fields), delivery);
	if (!sql_run(&sql, err))
		return false;
	*ret_id = sqlite3_last_insert_rowid(ledger->db);
	return true;
}

bool delivery_each(struct ledger *ledger, const char *duty, struct period period, delivery_fn *take,
		   void *self, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, DELIVERY_EACH);

	sql_bind_text(&sql, duty);
	sql_bind_int(&sql, period.from);
	sql_bind_int(&sql, period.to);
	while (sql_next(&sql)) {
		struct delivery delivery = {.id = sql_read_int(&sql)};
		fields_read(&sql, fields, COUNT_OF(fields), &delivery);
		delivery.withdrawn = sql_read_int(&sql);
		delivery.withdrawn_at = sql_read_int(&sql);
		if (!sql_ok(&sql, err) || !take(self, &delivery, err))
			return false;
	}
	return sql_ok(&sql, err);
}

bool delivery_each_said(struct ledger *ledger, delivery_fn *take, void *self, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, DELIVERY_EACH_SAID);

	while (sql_next(&sql)) {
		struct delivery delivery = {.id = sql_read_int(&sql)};
		fields_read(&sql, fields, COUNT_OF(fields), &delivery);
		if (!sql_ok(&sql, err) || !take(self, &delivery, err))
			return false;
	}
	return sql_ok(&sql, err);
}
