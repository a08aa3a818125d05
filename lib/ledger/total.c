/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/total.h"

#include "ledger/fields.h"

static const char TOTAL_PUT[] =
	"INSERT OR REPLACE INTO assessment_total (target_id, area_id, decides, fault, from_day,"
	" to_day, expected, used, rebuilt, weight_share, value, num, den, status, qualifier,"
	" known_day, decimals, missing)"
	" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char TOTAL_READ[] =
	"SELECT target_id, area_id, decides, fault, from_day, to_day, expected, used, rebuilt,"
	" weight_share, value, num, den, status, qualifier, known_day, decimals, missing"
	" FROM assessment_total WHERE target_id = ? AND area_id = ?";
static const char TOTALS_CLEAR[] = "DELETE FROM assessment_total";

/* The members of a struct derived_number. */
#define NUMBER(number)                                                                             \
	{                                                                                          \
		FIELD_REAL_OR,                                                                     \
			offsetof(struct assessment_total, number) +                                \
				offsetof(struct derived_number, value),                            \
			offsetof(struct assessment_total, number) +                                \
				offsetof(struct derived_number, is_set)                            \
	}

static const struct field fields[] = {
	FIELD_CHARS(ARRAY, struct assessment_total, target),
	FIELD_CHARS(ARRAY, struct assessment_total, area),
	FIELD(BOOL, struct assessment_total, decides),
	FIELD_CHARS(ARRAY_OR, struct assessment_total, fault),
	FIELD(INT32, struct assessment_total, period.from),
	FIELD(INT32, struct assessment_total, period.to),
	FIELD(INT32, struct assessment_total, expected),
	FIELD(INT32, struct assessment_total, used),
	FIELD(INT32, struct assessment_total, rebuilt),
	NUMBER(weight_share),
	NUMBER(value),
	NUMBER(num),
	NUMBER(den),
	FIELD(LETTER, struct assessment_total, status),
	FIELD(LETTER, struct assessment_total, qualifier),
	FIELD(INT32, struct assessment_total, known_day),
	FIELD(INT, struct assessment_total, decimals),
	FIELD_CHARS(ARRAY_OR, struct assessment_total, missing),
};

bool assessment_total_put(struct ledger *ledger, const struct assessment_total *row,
			  struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, TOTAL_PUT);

	fields_bind(&sql, fields, COUNT_OF(fields), row);
	return sql_run(&sql, err);
}

bool assessment_total_read(struct ledger *ledger, const char *target, const char *area,
			   struct assessment_total *ret, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, TOTAL_READ);
	struct assessment_total row = {0};

	sql_bind_text(&sql, target);
	sql_bind_text(&sql, area);
	if (sql_next(&sql))
		fields_read(&sql, fields, COUNT_OF(fields), &row);
	if (!sql_ok(&sql, err))
		return false;
	*ret = row;
	return true;
}

bool assessment_total_equal(const struct assessment_total *a, const struct assessment_total *b)
{
	return fields_equal(fields, COUNT_OF(fields), a, b);
}

bool assessment_totals_clear(struct ledger *ledger, struct error *err)
{
	return sql_script(ledger->db, TOTALS_CLEAR, err);
}
