/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/catalogue_tables.h"

static const char SOURCE_ADD[] =
	"INSERT INTO source (source_id, name, name_vi, licence, url,"
	" successor_id, line) SELECT c0, c1, c2, c3, c4, c5, c6 FROM catalogue_rows";
static const char SOURCE_EACH[] = "SELECT source_id, name, name_vi, licence, url, successor_id,"
				  " line FROM source ORDER BY source_id";
static const char INDICATOR_ADD[] =
	"INSERT INTO indicator (indicator_id, name, name_vi, definition, formula, unit, direction,"
	" low, high, frequency, release_lag_days, time_basis, stand_in_months, decimals, line,"
	" total, total_weight, total_target, total_kind, total_coverage, definition_vi, formula_vi,"
	" jump) SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, "
	"c17, c18, c19, c20, c21, c22 FROM catalogue_rows";
static const char INDICATOR_EACH[] =
	"SELECT indicator_id, name, name_vi, definition, formula, unit, direction, low, high,"
	" frequency, release_lag_days, time_basis, stand_in_months, decimals, line, total,"
	" total_weight, total_target, total_kind, total_coverage, definition_vi, formula_vi, jump"
	" FROM indicator"
	" ORDER BY indicator_id";
static const char AREA_ADD[] =
	"INSERT INTO area (area_id, name, name_vi, kind, valid_from,"
	" valid_to, line) SELECT c0, c1, c2, c3, c4, c5, c6 FROM catalogue_rows";
static const char AREA_EACH[] = "SELECT area_id, name, name_vi, kind, valid_from, valid_to, line"
				" FROM area ORDER BY area_id";
static const char CODE_ADD[] = "INSERT INTO area_code (scheme, code, folded, valid_from, valid_to,"
			       " area_id) SELECT c0, c1, c2, c3, c4, c5 FROM catalogue_rows";
static const char CODE_EACH[] = "SELECT scheme, code, folded, valid_from, valid_to, area_id"
				" FROM area_code ORDER BY position";
static const char MEMBER_ADD[] = "INSERT INTO area_member (group_id, area_id, valid_from, valid_to,"
				 " line) SELECT c0, c1, c2, c3, c4 FROM catalogue_rows";
static const char MEMBER_EACH[] = "SELECT group_id, area_id, valid_from, valid_to, line"
				  " FROM area_member ORDER BY position";
static const char CHANGE_ADD[] =
	"INSERT INTO area_change (from_id, to_id, day, kind, note, note_vi, source, line)"
	" SELECT c0, c1, c2, c3, c4, c5, c6, c7 FROM catalogue_rows";
static const char CHANGE_EACH[] = "SELECT from_id, to_id, day, kind, note, note_vi, source, line"
				  " FROM area_change ORDER BY position";
static const char ACT_ADD[] =
	"INSERT INTO act (act_id, number, title, title_vi, adopter, adopted, ends,"
	" superseded_by, reference, line, adopter_vi) SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, "
	"c9, c10 FROM catalogue_rows";
static const char ACT_EACH[] =
	"SELECT act_id, number, title, title_vi, adopter, adopted, ends,"
	" superseded_by, reference, line, adopter_vi FROM act ORDER BY act_id";
static const char TARGET_ADD[] =
	"INSERT INTO target (target_id, act_id, indicator_id, area_id, breakdown, each_kind,"
	" member_day, op, value, value_high, tolerance, base_value, relative, decimals, base_from,"
	" base_to, from_day, to_day, method, text, place, line) SELECT c0, c1, c2, c3, c4, c5, c6, "
	"c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21 FROM "
	"catalogue_rows";
static const char TARGET_EACH[] =
	"SELECT target_id, act_id, indicator_id, area_id, breakdown, each_kind, member_day, op,"
	" value, value_high, tolerance, base_value, relative, decimals, base_from, base_to,"
	" from_day, to_day, method, text, place, line FROM target ORDER BY target_id";
static const char BREAK_ADD[] =
	"INSERT INTO series_break (indicator_id, area_id, source_id, day,"
	" note, note_vi, line) SELECT c0, c1, c2, c3, c4, c5, c6 FROM catalogue_rows";
static const char BREAK_EACH[] = "SELECT indicator_id, area_id, source_id, day, note, note_vi, line"
				 " FROM series_break ORDER BY position";

static const char OFFICE_ADD[] =
	"INSERT INTO office (office_id, name, name_vi, valid_from, valid_to, successor_id, area_id,"
	" publisher_id, contact, origin, line) SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 "
	"FROM catalogue_rows";
static const char OFFICE_EACH[] = "SELECT office_id, name, name_vi, valid_from, valid_to, "
				  "successor_id, area_id, publisher_id,"
				  " contact, origin, line FROM office ORDER BY office_id";
static const char DUTY_ADD[] =
	"INSERT INTO duty (duty_id, version_of, title, title_vi, act_id, deliver, area_id, "
	"each_kind,"
	" member_day, owner_id, recipient_id, rhythm, deadline, grace_days, shift, valid_from,"
	" valid_to, text, place, origin, line) SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, "
	"c11, c12, c13, c14, c15, c16, c17, c18, c19, c20 FROM catalogue_rows";
static const char DUTY_EACH[] =
	"SELECT duty_id, version_of, title, title_vi, act_id, deliver, area_id, each_kind,"
	" member_day, owner_id, recipient_id, rhythm, deadline, grace_days, shift, valid_from,"
	" valid_to, text, place, origin, line FROM duty ORDER BY duty_id";
static const char HOLIDAY_ADD[] = "INSERT INTO holiday (day, name, is_working, line) SELECT c0, "
				  "c1, c2, c3 FROM catalogue_rows";
static const char HOLIDAY_EACH[] = "SELECT day, name, is_working, line FROM holiday ORDER BY day";

static const struct field source_fields[] = {
	FIELD_CHARS(ARRAY, struct source, id), FIELD(OWNED, struct source, name),
	FIELD(OWNED, struct source, name_vi),  FIELD(OWNED, struct source, licence),
	FIELD(OWNED, struct source, url),      FIELD_CHARS(ARRAY_OR, struct source, successor),
	FIELD(INT, struct source, line),
};

static const struct field indicator_fields[] = {
	FIELD_CHARS(ARRAY, struct indicator, id),
	FIELD(OWNED, struct indicator, name),
	FIELD(OWNED, struct indicator, name_vi),
	FIELD(OWNED, struct indicator, definition),
	FIELD(OWNED, struct indicator, formula),
	FIELD_CHARS(ARRAY, struct indicator, unit),
	FIELD(INT, struct indicator, direction),
	FIELD_IF(struct indicator, has_low, low),
	FIELD_IF(struct indicator, has_high, high),
	FIELD(LETTER, struct indicator, frequency),
	FIELD(INT, struct indicator, release_lag_days),
	FIELD(INT, struct indicator, basis),
	FIELD(INT, struct indicator, stand_in_months),
	FIELD(INT, struct indicator, decimals),
	FIELD(INT, struct indicator, line),
	FIELD(INT, struct indicator, total),
	FIELD_CHARS(ARRAY_OR, struct indicator, total_weight),
	FIELD_CHARS(ARRAY_OR, struct indicator, total_target),
	FIELD_CHARS(ARRAY_OR, struct indicator, total_kind),
	FIELD(REAL, struct indicator, total_coverage),
	FIELD(OWNED, struct indicator, definition_vi),
	FIELD(OWNED, struct indicator, formula_vi),
	FIELD_IF(struct indicator, has_jump, jump),
};

static const struct field area_fields[] = {
	FIELD_CHARS(ARRAY, struct area, id), FIELD(OWNED, struct area, name),
	FIELD(OWNED, struct area, name_vi),  FIELD_CHARS(ARRAY, struct area, kind),
	FIELD(DAY, struct area, valid_from), FIELD(DAY, struct area, valid_to),
	FIELD(INT, struct area, line),
};

static const struct field code_fields[] = {
	FIELD_CHARS(ARRAY, struct area_code, scheme), FIELD(OWNED, struct area_code, code),
	FIELD(OWNED, struct area_code, folded),	      FIELD(DAY, struct area_code, valid_from),
	FIELD(DAY, struct area_code, valid_to),
};

static const struct field member_fields[] = {
	FIELD_CHARS(ARRAY, struct area_member, group), FIELD_CHARS(ARRAY, struct area_member, area),
	FIELD(DAY, struct area_member, valid_from),    FIELD(DAY, struct area_member, valid_to),
	FIELD(INT, struct area_member, line),
};

static const struct field change_fields[] = {
	FIELD_CHARS(ARRAY, struct area_change, from), FIELD_CHARS(ARRAY, struct area_change, to),
	FIELD(INT32, struct area_change, day),	      FIELD(INT, struct area_change, kind),
	FIELD(OWNED, struct area_change, note),	      FIELD(OWNED, struct area_change, note_vi),
	FIELD(OWNED, struct area_change, source),     FIELD(INT, struct area_change, line),
};

static const struct field act_fields[] = {
	FIELD_CHARS(ARRAY, struct act, id),   FIELD(OWNED, struct act, number),
	FIELD(OWNED, struct act, title),      FIELD(OWNED, struct act, title_vi),
	FIELD(OWNED, struct act, adopter),    FIELD(DAY, struct act, adopted),
	FIELD(DAY, struct act, ends),	      FIELD_CHARS(ARRAY_OR, struct act, superseded_by),
	FIELD(BOOL, struct act, reference),   FIELD(INT, struct act, line),
	FIELD(OWNED, struct act, adopter_vi),
};

static const struct field target_fields[] = {
	FIELD_CHARS(ARRAY, struct target, id),
	FIELD_CHARS(ARRAY, struct target, act),
	FIELD_CHARS(ARRAY, struct target, indicator),
	FIELD_CHARS(ARRAY, struct target, area),
	FIELD_CHARS(ARRAY, struct target, breakdown),
	FIELD_CHARS(ARRAY_OR, struct target, each_kind),
	FIELD(DAY, struct target, member_day),
	FIELD(INT, struct target, op),
	FIELD_IF(struct target, has_value, value),
	FIELD_IF(struct target, has_high, value_high),
	FIELD_IF(struct target, has_tolerance, tolerance),
	FIELD_IF(struct target, has_base, base_value),
	FIELD(BOOL, struct target, relative),
	FIELD(INT, struct target, decimals),
	FIELD(INT32, struct target, base_period.from),
	FIELD(INT32, struct target, base_period.to),
	FIELD(INT32, struct target, period.from),
	FIELD(INT32, struct target, period.to),
	FIELD_CHARS(ARRAY_OR, struct target, method),
	FIELD(OWNED, struct target, text),
	FIELD(OWNED, struct target, place),
	FIELD(INT, struct target, line),
};

static const struct field break_fields[] = {
	FIELD_CHARS(ARRAY, struct series_break, indicator),
	FIELD_CHARS(ARRAY_OR, struct series_break, area),
	FIELD_CHARS(ARRAY_OR, struct series_break, source),
	FIELD(INT32, struct series_break, day),
	FIELD(OWNED, struct series_break, note),
	FIELD(OWNED, struct series_break, note_vi),
	FIELD(INT, struct series_break, line),
};

static const struct field office_fields[] = {
	FIELD_CHARS(ARRAY, struct duty_office, id),
	FIELD(OWNED, struct duty_office, name),
	FIELD(OWNED, struct duty_office, name_vi),
	FIELD(DAY, struct duty_office, valid_from),
	FIELD(DAY, struct duty_office, valid_to),
	FIELD_CHARS(ARRAY_OR, struct duty_office, successor),
	FIELD_CHARS(ARRAY_OR, struct duty_office, area),
	FIELD_CHARS(ARRAY_OR, struct duty_office, publisher),
	FIELD(OWNED, struct duty_office, contact),
	FIELD(OWNED, struct duty_office, origin),
	FIELD(INT, struct duty_office, line),
};

static const struct field duty_fields[] = {
	FIELD_CHARS(ARRAY, struct duty, id),
	FIELD_CHARS(ARRAY_OR, struct duty, version_of),
	FIELD(OWNED, struct duty, title),
	FIELD(OWNED, struct duty, title_vi),
	FIELD_CHARS(ARRAY_OR, struct duty, act),
	FIELD(INT, struct duty, deliver),
	FIELD_CHARS(ARRAY_OR, struct duty, area),
	FIELD_CHARS(ARRAY_OR, struct duty, each_kind),
	FIELD(DAY, struct duty, member_day),
	FIELD_CHARS(ARRAY_OR, struct duty, owner),
	FIELD_CHARS(ARRAY_OR, struct duty, recipient),
	FIELD_CHARS(ARRAY, struct duty, rhythm),
	FIELD_CHARS(ARRAY, struct duty, deadline),
	FIELD(INT, struct duty, grace_days),
	FIELD(INT, struct duty, shift),
	FIELD(DAY, struct duty, valid_from),
	FIELD(DAY, struct duty, valid_to),
	FIELD(OWNED, struct duty, text),
	FIELD(OWNED, struct duty, place),
	FIELD(OWNED, struct duty, origin),
	FIELD(INT, struct duty, line),
};

static const struct field holiday_fields[] = {
	FIELD(INT32, struct holiday, day),
	FIELD(OWNED, struct holiday, name),
	FIELD(BOOL, struct holiday, is_working),
	FIELD(INT, struct holiday, line),
};

static void put_code_area(sqlite3_context *to, const struct catalogue *catalogue, const void *item)
{
	const struct area_code *code = item;

	sqlite3_result_text(to, catalogue->areas[code->area].id, -1, SQLITE_STATIC);
}

/* The areas are there already, in order of id. */
static void read_code_area(struct sql *sql, const struct catalogue *catalogue, void *item)
{
	struct area_code *code = item;
	const struct area *area = catalogue_area(catalogue, span_of(sql_read_text(sql)));

	if (area == NULL)
		sql->status = SQLITE_CORRUPT;
	else
		code->area = (size_t)(area - catalogue->areas);
}

#define ARRAY(items, count, type)                                                                  \
	offsetof(struct catalogue, items), offsetof(struct catalogue, count), sizeof(struct type)
#define FIELDS(fields) (fields), COUNT_OF(fields)

const struct catalogue_table catalogue_tables[] = {
	{"source", SOURCE_ADD, SOURCE_EACH, FIELDS(source_fields),
	 ARRAY(sources, source_count, source), NULL, NULL},
	{"indicator", INDICATOR_ADD, INDICATOR_EACH, FIELDS(indicator_fields),
	 ARRAY(indicators, indicator_count, indicator), NULL, NULL},
	{"area", AREA_ADD, AREA_EACH, FIELDS(area_fields), ARRAY(areas, area_count, area), NULL,
	 NULL},
	{"area_code", CODE_ADD, CODE_EACH, FIELDS(code_fields), ARRAY(codes, code_count, area_code),
	 put_code_area, read_code_area},
	{"area_member", MEMBER_ADD, MEMBER_EACH, FIELDS(member_fields),
	 ARRAY(members, member_count, area_member), NULL, NULL},
	{"area_change", CHANGE_ADD, CHANGE_EACH, FIELDS(change_fields),
	 ARRAY(changes, change_count, area_change), NULL, NULL},
	{"act", ACT_ADD, ACT_EACH, FIELDS(act_fields), ARRAY(acts, act_count, act), NULL, NULL},
	{"target", TARGET_ADD, TARGET_EACH, FIELDS(target_fields),
	 ARRAY(targets, target_count, target), NULL, NULL},
	{"series_break", BREAK_ADD, BREAK_EACH, FIELDS(break_fields),
	 ARRAY(breaks, break_count, series_break), NULL, NULL},
	{"office", OFFICE_ADD, OFFICE_EACH, FIELDS(office_fields),
	 ARRAY(offices, office_count, duty_office), NULL, NULL},
	{"duty", DUTY_ADD, DUTY_EACH, FIELDS(duty_fields), ARRAY(duties, duty_count, duty), NULL,
	 NULL},
	{"holiday", HOLIDAY_ADD, HOLIDAY_EACH, FIELDS(holiday_fields),
	 ARRAY(holidays, holiday_count, holiday), NULL, NULL},
};

const size_t catalogue_table_count = COUNT_OF(catalogue_tables);
