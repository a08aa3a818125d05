/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/derived.h"

#include <stdlib.h>

#include "base/number.h"
#include "ledger/log_fields.h"

static const char CLEAR[] = "DELETE FROM standing; DELETE FROM assessment; DELETE FROM "
			    "assessment_total; DELETE FROM applied";
static const char APPLIED_READ[] = "SELECT seq FROM applied WHERE applier = ?";
static const char APPLIED_PUT[] = "INSERT INTO applied (applier, seq) VALUES (?, ?)"
				  " ON CONFLICT (applier) DO UPDATE SET seq = excluded.seq";
static const char STANDING_READ[] = "SELECT from_day, to_day, seq, stand_in FROM standing"
				    " WHERE series_id = ? ORDER BY from_day";
static const char STANDING_EACH[] =
	"SELECT series_id, from_day, to_day, seq, stand_in FROM standing"
	" ORDER BY series_id, from_day";
static const char STANDING_VALUES[] =
	"SELECT s.from_day, o.value FROM standing s JOIN observation o ON o.seq = s.seq"
	" WHERE s.series_id = ? ORDER BY s.from_day";
/* Not an upsert, which costs a fifth more. */
static const char STANDING_PUT[] =
	"INSERT OR REPLACE INTO standing (from_day, to_day, seq, stand_in, series_id)"
	" VALUES (?, ?, ?, ?, ?)";
static const char STANDING_REMOVE[] = "DELETE FROM standing WHERE series_id = ? AND from_day = ?";

#define ASSESSMENT_COLUMNS                                                                         \
	"a.target_id, a.area_id, a.state, a.reason, a.method, a.symbol, a.exceeded, a.is_final,"   \
	" a.late, a.provisional, a.seq, a.from_day, a.to_day, a.stand_in, a.value, a.last_from, "  \
	"a.target_value,"                                                                          \
	" a.target_value_high, a.base_value, a.gap, a.gap_to_path, a.actual_change,"               \
	" a.required_change, a.required_from_base, a.projected, a.projected_raw,"                  \
	" a.projected_gap, a.band_low, a.band_high, a.measure, a.used_count, a.used_from,"         \
	" a.used_to, a.day"

static const char ASSESSMENT_PUT[] =
	"INSERT OR REPLACE INTO assessment (target_id, area_id, state, reason, method, symbol,"
	" exceeded, is_final, late, provisional, seq, from_day, to_day, stand_in, value, "
	"last_from, target_value,"
	" target_value_high, base_value, gap, gap_to_path, actual_change, required_change,"
	" required_from_base, projected, projected_raw, projected_gap, band_low, band_high,"
	" measure, used_count, used_from, used_to, day) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
	" ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char ASSESSMENT_READ[] = "SELECT " ASSESSMENT_COLUMNS " FROM assessment a"
				      " WHERE target_id = ? AND area_id = ?";
static const char ASSESSMENT_REMOVE[] =
	"DELETE FROM assessment WHERE target_id = ? AND area_id = ?";
static const char TOTAL_REMOVE[] =
	"DELETE FROM assessment_total WHERE target_id = ? AND area_id = ?";
static const char ASSESSMENT_EACH[] =
	"SELECT " ASSESSMENT_COLUMNS ", " OBSERVATION_COLUMNS ", l.received FROM assessment a"
	" LEFT JOIN observation o ON o.seq = a.seq LEFT JOIN load l ON l.load_id = o.load_id"
	" ORDER BY a.target_id, a.area_id";
static const char ASSESSMENT_DECIDED[] =
	"SELECT " ASSESSMENT_COLUMNS ", " OBSERVATION_COLUMNS " FROM assessment a"
	" LEFT JOIN observation o ON o.seq = a.seq WHERE a.target_id = ? AND a.area_id = ?";

static const struct field standing_fields[] = {
	FIELD(INT32, struct standing_row, reporting.from),
	FIELD(INT32, struct standing_row, reporting.to),
	FIELD(INT64, struct standing_row, seq),
	FIELD(BOOL, struct standing_row, stand_in),
};

/* The members of a struct derived_number. */
#define NUMBER(number)                                                                             \
	{                                                                                          \
		FIELD_REAL_OR,                                                                     \
			offsetof(struct assessment_row, number) +                                  \
				offsetof(struct derived_number, value),                            \
			offsetof(struct assessment_row, number) +                                  \
				offsetof(struct derived_number, is_set)                            \
	}

/* Without day, which comes last: two verdicts of different days may be the same. */
static const struct field assessment_fields[] = {
	FIELD_CHARS(ARRAY, struct assessment_row, target),
	FIELD_CHARS(ARRAY, struct assessment_row, area),
	FIELD_CHARS(ARRAY, struct assessment_row, state),
	FIELD_CHARS(ARRAY_OR, struct assessment_row, reason),
	FIELD_CHARS(ARRAY, struct assessment_row, method),
	FIELD_CHARS(ARRAY_OR, struct assessment_row, symbol),
	FIELD(BOOL, struct assessment_row, exceeded),
	FIELD(BOOL, struct assessment_row, is_final),
	FIELD(BOOL, struct assessment_row, late),
	FIELD(BOOL, struct assessment_row, provisional),
	FIELD(ID_OR, struct assessment_row, seq),
	FIELD(INT32, struct assessment_row, reporting.from),
	FIELD(INT32, struct assessment_row, reporting.to),
	FIELD(BOOL, struct assessment_row, stand_in),
	NUMBER(value),
	FIELD(DAY, struct assessment_row, last_from),
	NUMBER(target_value),
	NUMBER(target_value_high),
	NUMBER(base_value),
	NUMBER(gap),
	NUMBER(gap_to_path),
	NUMBER(actual_change),
	NUMBER(required_change),
	NUMBER(required_from_base),
	NUMBER(projected),
	NUMBER(projected_raw),
	NUMBER(projected_gap),
	NUMBER(band_low),
	NUMBER(band_high),
	NUMBER(measure),
	FIELD(INT32, struct assessment_row, used_count),
	FIELD(INT32, struct assessment_row, used_from),
	FIELD(INT32, struct assessment_row, used_to),
	FIELD(INT32, struct assessment_row, day),
};

bool derived_clear(struct ledger *ledger, struct error *err)
{
	return sql_script(ledger->db, CLEAR, err);
}

bool applied_read(struct ledger *ledger, const char *applier, int64_t *ret_seq, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, APPLIED_READ);
	int64_t seq = 0;

	sql_bind_text(&sql, applier);
	if (sql_next(&sql))
		seq = sql_read_int(&sql);
	if (!sql_ok(&sql, err))
		return false;
	*ret_seq = seq;
	return true;
}

bool applied_put(struct ledger *ledger, const char *applier, int64_t seq, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, APPLIED_PUT);

	sql_bind_text(&sql, applier);
	sql_bind_int(&sql, seq);
	return sql_run(&sql, err);
}

static bool add_row(struct sql *sql, struct standing_rows *rows, struct error *err)
{
	if (!array_grow(&rows->items, &rows->room, rows->count, sizeof *rows->items,
			STANDING_ROWS_MAX, "periods of a series", err))
		return false;
	fields_read(sql, standing_fields, COUNT_OF(standing_fields), &rows->items[rows->count++]);
	return true;
}

bool standing_read(struct ledger *ledger, int64_t series, struct standing_rows *ret,
		   struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, STANDING_READ);

	sql_bind_int(&sql, series);
	ret->count = 0;
	while (sql_next(&sql))
		if (!add_row(&sql, ret, err))
			return false;
	return sql_ok(&sql, err);
}

bool standing_values_read(struct ledger *ledger, int64_t series, struct standing_values *ret,
			  struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, STANDING_VALUES);

	sql_bind_int(&sql, series);
	for (ret->count = 0; sql_next(&sql); ret->count++) {
		if (!array_grow(&ret->items, &ret->room, ret->count, sizeof *ret->items,
				STANDING_ROWS_MAX, "periods of a series", err))
			return false;
		struct standing_value *item = &ret->items[ret->count];
		item->from_day = (int32_t)sql_read_int(&sql);
		item->value = sql_read_real(&sql, &item->is_set);
	}
	return sql_ok(&sql, err);
}

void standing_values_done(struct standing_values *values)
{
	free(values->items);
	*values = (struct standing_values){0};
}

void standing_rows_done(struct standing_rows *rows)
{
	free(rows->items);
	*rows = (struct standing_rows){0};
}

static bool put_row(struct ledger *ledger, int64_t series, const struct standing_row *row,
		    struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, STANDING_PUT);

	fields_bind(&sql, standing_fields, COUNT_OF(standing_fields), row);
	sql_bind_int(&sql, series);
	return sql_run(&sql, err);
}

static bool remove_row(struct ledger *ledger, int64_t series, const struct standing_row *row,
		       struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, STANDING_REMOVE);

	sql_bind_int(&sql, series);
	sql_bind_int(&sql, row->reporting.from);
	return sql_run(&sql, err);
}

static bool same_row(const struct standing_row *a, const struct standing_row *b)
{
	return period_equal(a->reporting, b->reporting) && a->seq == b->seq &&
	       a->stand_in == b->stand_in;
}

/* Both ascend by period, so that one walk over the two finds what differs. */
bool standing_put(struct ledger *ledger, int64_t series, const struct standing_row *rows,
		  size_t count, bool *ret_changed, struct error *err)
{
	AUTO_STANDING_ROWS struct standing_rows old = {0};
	bool changed = false;
	size_t o = 0;

	if (!standing_read(ledger, series, &old, err))
		return false;
	for (size_t n = 0; n < count || o < old.count;) {
		bool is_gone = o < old.count &&
			       (n == count || old.items[o].reporting.from < rows[n].reporting.from);
		if (is_gone) {
			changed = true;
			if (!remove_row(ledger, series, &old.items[o++], err))
				return false;
			continue;
		}
		bool is_there =
			o < old.count && old.items[o].reporting.from == rows[n].reporting.from;
		if (!is_there || !same_row(&old.items[o], &rows[n])) {
			changed = true;
			if (!put_row(ledger, series, &rows[n], err))
				return false;
		}
		o += is_there;
		n++;
	}
	if (ret_changed != NULL)
		*ret_changed = changed;
	return true;
}

bool standing_each(struct ledger *ledger, standing_fn *take, void *self, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, STANDING_EACH);
	AUTO_STANDING_ROWS struct standing_rows rows = {0};
	int64_t series = 0;

	while (sql_next(&sql)) {
		int64_t next = sql_read_int(&sql);
		if (next != series && rows.count > 0 && !take(self, series, &rows, err))
			return false;
		if (next != series)
			rows.count = 0;
		series = next;
		if (!add_row(&sql, &rows, err))
			return false;
	}
	if (!sql_ok(&sql, err))
		return false;
	return rows.count == 0 || take(self, series, &rows, err);
}

bool assessment_put(struct ledger *ledger, const struct assessment_row *row, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, ASSESSMENT_PUT);

	fields_bind(&sql, assessment_fields, COUNT_OF(assessment_fields), row);
	return sql_run(&sql, err);
}

bool assessment_read(struct ledger *ledger, const char *target, const char *area,
		     struct assessment_row *ret, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, ASSESSMENT_READ);
	struct assessment_row row = {0};

	sql_bind_text(&sql, target);
	sql_bind_text(&sql, area);
	if (sql_next(&sql))
		fields_read(&sql, assessment_fields, COUNT_OF(assessment_fields), &row);
	if (!sql_ok(&sql, err))
		return false;
	*ret = row;
	return true;
}

static bool remove_of(struct ledger *ledger, const char *statement, const char *target,
		      const char *area, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, statement);

	sql_bind_text(&sql, target);
	sql_bind_text(&sql, area);
	return sql_run(&sql, err);
}

bool assessment_remove(struct ledger *ledger, const char *target, const char *area,
		       struct error *err)
{
	return remove_of(ledger, ASSESSMENT_REMOVE, target, area, err) &&
	       remove_of(ledger, TOTAL_REMOVE, target, area, err);
}

bool assessment_read_decided(struct ledger *ledger, const char *target, const char *area,
			     struct assessment_row *ret, struct observation *ret_deciding,
			     struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, ASSESSMENT_DECIDED);
	struct assessment_row row = {0};
	struct observation deciding = {0};

	sql_bind_text(&sql, target);
	sql_bind_text(&sql, area);
	if (sql_next(&sql)) {
		fields_read(&sql, assessment_fields, COUNT_OF(assessment_fields), &row);
		observation_read_columns(&sql, &deciding);
	}
	if (!sql_ok(&sql, err))
		return false;
	*ret = row;
	*ret_deciding = deciding;
	return true;
}

bool assessment_each(struct ledger *ledger, assessment_fn *take, void *self, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, ASSESSMENT_EACH);

	while (sql_next(&sql)) {
		struct assessment_row row = {0};
		struct observation obs = {0};
		fields_read(&sql, assessment_fields, COUNT_OF(assessment_fields), &row);
		observation_read_columns(&sql, &obs);
		obs.received = sql_read_int(&sql);
		if (!sql_ok(&sql, err) || !take(self, &row, obs.seq != 0 ? &obs : NULL, err))
			return false;
	}
	return sql_ok(&sql, err);
}

bool assessment_equal(const struct assessment_row *a, const struct assessment_row *b)
{
	return fields_equal(assessment_fields, COUNT_OF(assessment_fields) - 1, a, b);
}
