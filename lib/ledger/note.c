/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/note.h"

#include "ledger/fields.h"

#define NOTE_COLUMNS                                                                               \
	"at, actor, indicator_id, breakdown, area_id, target_id, year, cause, remedy, text,"       \
	" is_removal"

static const char NOTE_ADD[] =
	"INSERT INTO note (" NOTE_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char NOTE_EACH[] = "SELECT note_id, " NOTE_COLUMNS " FROM note ORDER BY note_id";

static const struct field fields[] = {
	FIELD(INT64, struct note, at),
	FIELD(BORROWED, struct note, actor),
	FIELD_CHARS(ARRAY, struct note, indicator),
	FIELD_CHARS(ARRAY, struct note, breakdown),
	FIELD_CHARS(ARRAY, struct note, area),
	FIELD_CHARS(ARRAY, struct note, target),
	FIELD(INT, struct note, year),
	FIELD(BORROWED, struct note, cause),
	FIELD(BORROWED, struct note, remedy),
	FIELD(BORROWED, struct note, text),
	FIELD(BOOL, struct note, is_removal),
};

bool note_append(struct ledger *ledger, const struct note *note, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, NOTE_ADD);
	fields_bind(&sql, fields, COUNT_OF(fields), note);
	return sql_run(&sql, err);
}

bool note_each(struct ledger *ledger, note_fn *take, void *self, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, NOTE_EACH);
	while (sql_next(&sql)) {
		struct note note = {.id = sql_read_int(&sql)};
		fields_read(&sql, fields, COUNT_OF(fields), &note);
		if (!sql_ok(&sql, err) || !take(self, &note, err))
			return false;
	}
	return sql_ok(&sql, err);
}
