/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/tables.h"

/* clang-format off */
#define REQUIRED(row, name, type, help)                                                            \
	{#name, type, offsetof(struct row, name), true, NULL, 0, 0, 0, 0, NULL, help}
#define OPTIONAL(row, name, type, help)                                                            \
	{#name, type, offsetof(struct row, name), false, NULL, 0, 0, 0, 0, NULL, help}
#define INTEGER(row, name, fallback, min, max, help)                                               \
	{#name, COLUMN_INTEGER, offsetof(struct row, name), false, fallback, 0, 0, min, max, NULL, \
	 help}
#define NUMBER(row, name, field, has, min, max, help)                                              \
	{name, COLUMN_NUMBER, offsetof(struct row, field), false, NULL, offsetof(struct row, has), \
	 0, min, max, NULL, help}
/* clang-format on */

/* The preference's ids are written as one value. */
_Static_assert(offsetof(struct indicator, preference_count) -
			       offsetof(struct indicator, preference) ==
		       offsetof(struct column_ids, count),
	       "preference and its count lie side by side");

static const struct column_choice directions[] = {
	{"up", DIRECTION_UP}, {"down", DIRECTION_DOWN}, {"range", DIRECTION_RANGE}, {0}};
static const struct column_choice bases[] = {
	{"end", BASIS_END}, {"mean", BASIS_MEAN}, {"sum", BASIS_SUM}, {0}};
static const struct column_choice totals[] = {{"none", TOTAL_NONE},	    {"ratio", TOTAL_RATIO},
					      {"weighted", TOTAL_WEIGHTED}, {"sum", TOTAL_SUM},
					      {"count", TOTAL_COUNT},	    {0}};
static const struct column_choice change_kinds[] = {
	{"merge", CHANGE_MERGE},   {"split", CHANGE_SPLIT},	  {"rename", CHANGE_RENAME},
	{"status", CHANGE_STATUS}, {"boundary", CHANGE_BOUNDARY}, {0}};
static const struct column_choice deliveries[] = {
	{"document", DELIVER_DOCUMENT}, {"figures", DELIVER_FIGURES}, {0}};
static const struct column_choice shifts[] = {
	{"none", SHIFT_NONE}, {"next", SHIFT_NEXT}, {"previous", SHIFT_PREVIOUS}, {0}};
static const struct column_choice day_kinds[] = {{"off", 0}, {"working", 1}, {0}};
static const struct column_choice act_kinds[] = {{"act", 0}, {"reference", 1}, {0}};

static const struct column sources[] = {
	REQUIRED(source, id, COLUMN_ID, "id of the publisher"),
	REQUIRED(source, name, COLUMN_TEXT, "its name in English"),
	OPTIONAL(source, name_vi, COLUMN_TEXT, "its name in Vietnamese"),
	OPTIONAL(source, successor, COLUMN_ID, "id of the publisher that took over its work"),
	OPTIONAL(source, licence, COLUMN_TEXT, "licence of its figures"),
	OPTIONAL(source, url, COLUMN_TEXT, "where it publishes"),
	{0},
};

_Static_assert(offsetof(struct duty, indicator_count) - offsetof(struct duty, indicators) ==
		       offsetof(struct column_ids, count),
	       "the indicators and their count lie side by side");

static const struct column indicators[] = {
	REQUIRED(indicator, id, COLUMN_ID, "id of the indicator"),
	REQUIRED(indicator, name, COLUMN_TEXT, "its name in English"),
	OPTIONAL(indicator, name_vi, COLUMN_TEXT, "its name in Vietnamese"),
	OPTIONAL(indicator, definition, COLUMN_TEXT, "what exactly is measured"),
	OPTIONAL(indicator, definition_vi, COLUMN_TEXT, "the same in Vietnamese"),
	OPTIONAL(indicator, formula, COLUMN_TEXT, "how it is computed"),
	OPTIONAL(indicator, formula_vi, COLUMN_TEXT, "the same in Vietnamese"),
	OPTIONAL(indicator, unit, COLUMN_LABEL, "unit of its values, as it is shown"),
	{"direction", COLUMN_CHOICE, offsetof(struct indicator, direction), true, NULL, 0, 0, 0, 0,
	 directions, "which way is better: up, down, or range for neither"},
	NUMBER(indicator, "low", low, has_low, 0, 0, "least value that can be"),
	NUMBER(indicator, "high", high, has_high, 0, 0, "greatest value that can be"),
	REQUIRED(indicator, frequency, COLUMN_FREQUENCY,
		 "how often there is a value: year, half, quarter, month, week or day"),
	INTEGER(indicator, release_lag_days, "0", 0, 3660,
		"days after the end of a period until its value is expected"),
	{"basis", COLUMN_CHOICE, offsetof(struct indicator, basis), true, NULL, 0, 0, 0, 0, bases,
	 "what a value is of its period: the level at its end, the mean, or the sum"},
	INTEGER(indicator, stand_in_months, "0", 0, 12,
		"least months from the start of a period that may stand for it as an estimate; 0 "
		"never"),
	INTEGER(indicator, decimals, "-1", -1, 15, "decimals that are shown; -1 as published"),
	{"preference", COLUMN_ID_LIST, offsetof(struct indicator, preference), false, NULL, 0, 0, 0,
	 0, NULL, "sources, best first, with ; between them"},
	{"total", COLUMN_CHOICE, offsetof(struct indicator, total), false, "none", 0, 0, 0, 0,
	 totals,
	 "how the value of a group is made from its members: none, ratio, weighted, sum or "
	 "count"},
	NUMBER(indicator, "jump", jump, has_jump, 0, 1e15,
	       "largest credible change from one period to the next"),
	OPTIONAL(indicator, total_weight, COLUMN_ID,
		 "id of the indicator that says how much each member weighs"),
	{"total_coverage", COLUMN_NUMBER, offsetof(struct indicator, total_coverage), false, "1", 0,
	 0, 0, 1, NULL, "least share of the members, and of their weight, that has to be there"},
	OPTIONAL(indicator, total_kind, COLUMN_ID,
		 "kind of the members that are counted, at any depth; empty: direct members"),
	OPTIONAL(indicator, total_target, COLUMN_ID,
		 "id of the target that members have to meet to be counted"),
	{0},
};

static const struct column areas[] = {
	REQUIRED(area, id, COLUMN_ID, "id of the area; it never changes its meaning"),
	REQUIRED(area, kind, COLUMN_ID, "what it is: country, region, province and so on"),
	REQUIRED(area, name, COLUMN_TEXT, "its name in English"),
	OPTIONAL(area, name_vi, COLUMN_TEXT, "its name in Vietnamese"),
	OPTIONAL(area, valid_from, COLUMN_DAY, "first day on which it exists"),
	OPTIONAL(area, valid_to, COLUMN_DAY, "first day on which it exists no more"),
	{0},
};

static const struct column area_codes[] = {
	REQUIRED(code_row, area, COLUMN_ID, "id of the area"),
	REQUIRED(code_row, scheme, COLUMN_ID, "who gives the code: gso, iso, m49 and so on"),
	REQUIRED(code_row, code, COLUMN_TEXT, "the code, or another name of the area"),
	OPTIONAL(code_row, valid_from, COLUMN_DAY, "first day on which it is the area's"),
	OPTIONAL(code_row, valid_to, COLUMN_DAY, "first day on which it is no more"),
	{0},
};

static const struct column area_members[] = {
	REQUIRED(area_member, group, COLUMN_ID, "id of the area that has members"),
	REQUIRED(area_member, area, COLUMN_ID, "id of the member"),
	OPTIONAL(area_member, valid_from, COLUMN_DAY, "first day on which it belongs there"),
	OPTIONAL(area_member, valid_to, COLUMN_DAY, "first day on which it does no more"),
	{0},
};

static const struct column area_changes[] = {
	REQUIRED(area_change, day, COLUMN_DAY, "first day on which it holds"),
	REQUIRED(area_change, from, COLUMN_ID, "id of the area as it was before"),
	REQUIRED(area_change, to, COLUMN_ID, "id of the area that it became, or became part of"),
	{"kind", COLUMN_CHOICE, offsetof(struct area_change, kind), true, NULL, 0, 0, 0, 0,
	 change_kinds, "merge, split, rename, status or boundary"},
	OPTIONAL(area_change, note, COLUMN_TEXT, "what happened, in English"),
	OPTIONAL(area_change, note_vi, COLUMN_TEXT, "what happened, in Vietnamese"),
	OPTIONAL(area_change, source, COLUMN_TEXT, "the act or page that says so"),
	{0},
};

static const struct column acts[] = {
	REQUIRED(act, id, COLUMN_ID, "id of the act"),
	OPTIONAL(act, number, COLUMN_TEXT, "its official number"),
	REQUIRED(act, title, COLUMN_TEXT, "its title in English"),
	OPTIONAL(act, title_vi, COLUMN_TEXT, "its title in Vietnamese"),
	OPTIONAL(act, adopter, COLUMN_TEXT, "who adopted it"),
	OPTIONAL(act, adopter_vi, COLUMN_TEXT, "the same in Vietnamese"),
	OPTIONAL(act, adopted, COLUMN_LAST_DAY,
		 "day of adoption; where only the month or year is known, its last day counts"),
	OPTIONAL(act, ends, COLUMN_DAY, "first day on which it is in force no more"),
	OPTIONAL(act, superseded_by, COLUMN_ID, "id of the act that replaced it"),
	{"kind", COLUMN_FLAG, offsetof(struct act, reference), false, "act", 0, 0, 0, 0, act_kinds,
	 "act, or reference: levels for orientation that no act has set"},
	{0},
};

static const struct column targets[] = {
	REQUIRED(target, id, COLUMN_ID, "id of the target"),
	REQUIRED(target, act, COLUMN_ID, "id of the act that sets it"),
	REQUIRED(target, indicator, COLUMN_ID, "id of the indicator"),
	OPTIONAL(target, breakdown, COLUMN_BREAKDOWN,
		 "part of the whole: dimension=code;dimension=code; empty for the total"),
	REQUIRED(target, area, COLUMN_ID, "id of the area"),
	OPTIONAL(target, each_kind, COLUMN_ID,
		 "kind of the members of the area that each have to reach it; empty: the area"),
	OPTIONAL(target, member_day, COLUMN_DAY,
		 "day on which the members are counted; empty: the day of adoption"),
	REQUIRED(target, op, COLUMN_OP, ">=, >, <=, <, about, range, keep, better or none"),
	{"value", COLUMN_NUMBER, offsetof(struct target, value), false, NULL,
	 offsetof(struct target, has_value), offsetof(struct target, decimals), 0, 0, NULL,
	 "the value to reach, with the decimals of the act"},
	NUMBER(target, "value_high", value_high, has_high, 0, 0, "upper end of a range"),
	NUMBER(target, "tolerance", tolerance, has_tolerance, 0, 1e300,
	       "how far from the value is still about it"),
	OPTIONAL(target, relative, COLUMN_SWITCH,
		 "yes: the value is a change against the base in percent"),
	OPTIONAL(target, base_period, COLUMN_PERIOD, "period of the baseline"),
	NUMBER(target, "base_value", base_value, has_base, 0, 0,
	       "value of the baseline; empty: as observed"),
	REQUIRED(target, period, COLUMN_PERIOD,
		 "period that is judged; its last day is the due day"),
	OPTIONAL(target, method, COLUMN_ID, "method that decides its state; empty: weather"),
	OPTIONAL(target, text, COLUMN_TEXT, "its wording as printed"),
	OPTIONAL(target, place, COLUMN_TEXT, "page or paragraph in the act"),
	{0},
};

static const struct column milestones[] = {
	REQUIRED(milestone_row, target, COLUMN_ID, "id of the target"),
	REQUIRED(milestone_row, period, COLUMN_PERIOD, "period of the interim value"),
	{"value", COLUMN_NUMBER, offsetof(struct milestone_row, value), true, NULL, 0, 0, 0, 0,
	 NULL, "the interim value"},
	{0},
};

static const struct column breaks[] = {
	REQUIRED(series_break, indicator, COLUMN_ID, "id of the indicator"),
	OPTIONAL(series_break, area, COLUMN_ID, "id of the area; empty: all"),
	OPTIONAL(series_break, source, COLUMN_ID, "id of the source; empty: all"),
	REQUIRED(series_break, day, COLUMN_DAY,
		 "values before it and values from it on are not comparable"),
	OPTIONAL(series_break, note, COLUMN_TEXT, "why, in English"),
	OPTIONAL(series_break, note_vi, COLUMN_TEXT, "why, in Vietnamese"),
	{0},
};

static const struct column offices[] = {
	REQUIRED(duty_office, id, COLUMN_ID, "id of the office"),
	REQUIRED(duty_office, name, COLUMN_TEXT, "its name in English"),
	OPTIONAL(duty_office, name_vi, COLUMN_TEXT, "its name in Vietnamese"),
	OPTIONAL(duty_office, valid_from, COLUMN_DAY, "first day on which it exists"),
	OPTIONAL(duty_office, valid_to, COLUMN_DAY, "first day on which it exists no more"),
	OPTIONAL(duty_office, successor, COLUMN_ID, "id of the office that took over its work"),
	OPTIONAL(duty_office, area, COLUMN_ID, "id of the area that it answers for"),
	OPTIONAL(duty_office, publisher, COLUMN_ID,
		 "id of the source under which its figures come; empty: any"),
	OPTIONAL(duty_office, contact, COLUMN_TEXT, "mail address for reminders"),
	{"source", COLUMN_TEXT, offsetof(struct duty_office, origin), false, NULL, 0, 0, 0, 0, NULL,
	 "where that stands"},
	{0},
};

static const struct column duties[] = {
	REQUIRED(duty, id, COLUMN_ID, "id of the duty, or of one version of it"),
	OPTIONAL(duty, version_of, COLUMN_ID,
		 "id of the duty of which this is another version; empty: a duty of its own"),
	REQUIRED(duty, title, COLUMN_TEXT, "what is owed, in English"),
	OPTIONAL(duty, title_vi, COLUMN_TEXT, "the same in Vietnamese"),
	OPTIONAL(duty, act, COLUMN_ID, "id of the act that says so"),
	{"deliver", COLUMN_CHOICE, offsetof(struct duty, deliver), true, NULL, 0, 0, 0, 0,
	 deliveries, "document or figures"},
	{"indicators", COLUMN_ID_LIST, offsetof(struct duty, indicators), false, NULL, 0, 0, 0, 0,
	 NULL, "ids of the indicators of figures, with ; between them"},
	OPTIONAL(duty, area, COLUMN_ID,
		 "id of the area of the figures; with each_kind: of whose members each owes it"),
	OPTIONAL(duty, each_kind, COLUMN_ID,
		 "kind of the members of the area that each owe it; empty: the owner"),
	OPTIONAL(duty, member_day, COLUMN_DAY,
		 "day on which the members are counted; empty: the last day of the period"),
	OPTIONAL(duty, owner, COLUMN_ID, "id of the office that owes it; empty: the area"),
	OPTIONAL(duty, recipient, COLUMN_ID, "id of the office to which it is owed"),
	{"period", COLUMN_LABEL, offsetof(struct duty, rhythm), true, NULL, 0, 0, 0, 0, NULL,
	 "for what it is owed: each year, half, quarter or month, or once:PERIOD"},
	REQUIRED(duty, deadline, COLUMN_LABEL,
		 "by when, in words such as before 12-10, by day 20, by next 01-15"),
	INTEGER(duty, grace_days, "0", 0, 366, "days after the deadline that are still in time"),
	{"shift", COLUMN_CHOICE, offsetof(struct duty, shift), false, "none", 0, 0, 0, 0, shifts,
	 "where a deadline moves that is no working day: none, next or previous"},
	OPTIONAL(duty, valid_from, COLUMN_DAY,
		 "it holds for periods that end on this day or later"),
	OPTIONAL(duty, valid_to, COLUMN_DAY, "it holds for periods that end before this day"),
	OPTIONAL(duty, text, COLUMN_TEXT, "its wording as printed"),
	OPTIONAL(duty, place, COLUMN_TEXT, "page or paragraph in the act"),
	{"source", COLUMN_TEXT, offsetof(struct duty, origin), false, NULL, 0, 0, 0, 0, NULL,
	 "where it stands"},
	{0},
};

static const struct column holidays[] = {
	REQUIRED(holiday, day, COLUMN_DAY, "the day"),
	OPTIONAL(holiday, name, COLUMN_TEXT, "its name"),
	{"kind", COLUMN_FLAG, offsetof(struct holiday, is_working), false, "off", 0, 0, 0, 0,
	 day_kinds, "off, or working for a Saturday or Sunday on which people work"},
	{0},
};

#define TABLE(columns, required, row, help) TABLE_UP_TO(columns, required, row, 0, help)
#define TABLE_UP_TO(columns, required, row, max_rows, help)                                        \
	{                                                                                          \
#columns ".csv", required, help, columns, sizeof(struct row),                      \
			offsetof(struct row, line), max_rows                                       \
	}

/* They are few, and compared with one another. */
enum { DUTIES_MAX = 10000 };

const struct table config_tables[TABLE_COUNT] = {
	[TABLE_SOURCES] = TABLE(sources, true, source, "who publishes figures"),
	[TABLE_INDICATORS] = TABLE(indicators, true, indicator, "what is measured"),
	[TABLE_AREAS] = TABLE(areas, true, area, "where"),
	[TABLE_AREA_CODES] = TABLE(area_codes, false, code_row, "what others call the areas"),
	[TABLE_AREA_MEMBERS] =
		TABLE(area_members, false, area_member, "which areas make up which, and when"),
	[TABLE_AREA_CHANGES] =
		TABLE(area_changes, false, area_change, "what became of areas, and when"),
	[TABLE_ACTS] = TABLE(acts, false, act, "who promised something, and when"),
	[TABLE_TARGETS] = TABLE(targets, false, target, "what was promised"),
	[TABLE_MILESTONES] = TABLE(milestones, false, milestone_row, "steps on the way to targets"),
	[TABLE_BREAKS] = TABLE(breaks, false, series_break, "where series cannot be compared"),
	[TABLE_OFFICES] = TABLE(offices, false, duty_office, "who owes and receives"),
	[TABLE_DUTIES] =
		TABLE_UP_TO(duties, false, duty, DUTIES_MAX, "what is owed, to whom and by when"),
	[TABLE_HOLIDAYS] =
		TABLE_UP_TO(holidays, false, holiday, DUTIES_MAX, "days on which nobody works"),
};
