/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/duties_summary.h"
#include "query/heading.h"
#include "query/report_words.h"
#include "query/tell.h"
#include "query/verdict.h"
#include "query/year_report.h"
#include "query/year_report_duties.h"
#include "query/year_report_phrase.h"

#define MEMBER(key)                                                                                \
	{                                                                                          \
		key, WORD_NONE, COLUMN_MACHINE, 0                                                  \
	}

static const struct query_column shown[] = {
	{"shown_name", WORD_H_TARGET, COLUMN_HUMAN | COLUMN_GROUP, 0},
	{"shown_area", WORD_H_AREA, COLUMN_HUMAN | COLUMN_WRAP, 2},
	{"shown_goal", WORD_H_GOAL, COLUMN_HUMAN | COLUMN_WRAP, 0},
	{"shown_latest", WORD_H_LATEST, COLUMN_HUMAN | COLUMN_WRAP, 0},
	{"shown_gap", WORD_H_GAP, COLUMN_HUMAN, 0},
	{"shown_share", WORD_H_SHARE, COLUMN_HUMAN | COLUMN_WRAP, 1},
	{"shown_state", WORD_H_STATE_OUTLOOK, COLUMN_HUMAN | COLUMN_WRAP, 0},
};

static year_phrase_fn *const phrases[] = {
	year_phrase_indicator, year_phrase_area,       year_phrase_target,  year_phrase_now,
	year_phrase_gap,       year_phrase_completion, year_phrase_verdict,
};

/* Beside those of verdict.h. */
static const struct query_column more[] = {
	MEMBER("area_name"),	    MEMBER("adoption_period"),
	MEMBER("adoption_value"),   MEMBER("adoption_baseline"),
	MEMBER("adoption_joins"),   MEMBER("last_year_value"),
	MEMBER("last_year_status"), MEMBER("part_period"),
	MEMBER("part_value"),	    MEMBER("part_status"),
	MEMBER("same_part_value"),  MEMBER("completion"),
	MEMBER("completion_basis"), MEMBER("band_low"),
	MEMBER("band_high"),	    MEMBER("cause"),
	MEMBER("remedy"),	    MEMBER("note"),
};

/* In CSV and TSV, which have one table, behind all others. */
static const struct query_column flat[] = {
	MEMBER("row"),		 MEMBER("duty"),	   MEMBER("duty_title"),
	MEMBER("duty_period"),	 MEMBER("duty_latest"),	   MEMBER("duty_recipient"),
	MEMBER("duty_expected"), MEMBER("duty_received"),  MEMBER("duty_late"),
	MEMBER("duty_missing"),	 MEMBER("missing_owners"),
};

enum {
	SHOWN = COUNT_OF(shown),
	COLUMNS = SHOWN + VERDICT_COLUMNS + COUNT_OF(more),
	FLAT_COLUMNS = COLUMNS + COUNT_OF(flat),
};

static void add_number(struct report_table *table, const struct measure *measure)
{
	cell_number(table, measure->is_set, measure->value);
}

static void add_status(struct report_table *table, const struct year_value *value)
{
	cell_text(table, value->is_set ? obs_status_code(value->row.status) : NULL);
}

static void add_values(const struct year_item *item, struct report_table *table)
{
	char period[PERIOD_BYTES];
	const struct year_value *start = &item->start, *part = &item->part;
	bool has_period = start->is_set && start->period.from != start->period.to;
	cell_text(table, item->row.area->name);
	cell_text(table, has_period ? period_print(start->period, period) : NULL);
	cell_number(table, start->is_set, start->row.value);
	cell_switch(table, item->is_baseline);
	cell_switch(table, item->joins);
	cell_number(table, item->last_year.is_set, item->last_year.row.value);
	add_status(table, &item->last_year);
	cell_text(table, part->is_set ? period_print(part->period, period) : NULL);
	cell_number(table, part->is_set, part->row.value);
	add_status(table, part);
	cell_number(table, item->same_part.is_set, item->same_part.row.value);
	add_number(table, &item->completion.share);
	cell_text(table, completion_basis_name(item->completion.basis));
	add_number(table, &item->row.verdict.band_low);
	add_number(table, &item->row.verdict.band_high);
}

static void add_text(struct text *out, const char *text)
{
	if (text[0] != '\0')
		text_addf(out, "%s%s", out->len > 0 ? "; " : "", text);
}

static void add_notes(const struct year_report *report, const struct year_item *item,
		      struct report_table *table)
{
	AUTO_TEXT struct text cause = text_with_limit(1 << 16);
	AUTO_TEXT struct text remedy = text_with_limit(1 << 16);
	AUTO_TEXT struct text other = text_with_limit(1 << 16);
	struct text *const texts[] = {&cause, &remedy, &other};
	const struct note *note;
	for (size_t at = 0; (note = year_report_note(report, item, &at)) != NULL;) {
		add_text(&cause, note->cause);
		add_text(&remedy, note->remedy);
		add_text(&other, note->text);
	}
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		if (texts[i]->len > 0 || texts[i]->failed)
			cell_words(table, texts[i]);
		else
			cell_none(table);
}

static struct report_table *begin_table(const struct year_report *year, const char *name,
					size_t count, struct report *report)
{
	struct query_column columns[FLAT_COLUMNS];
	memcpy(columns, shown, sizeof shown);
	memcpy(columns + SHOWN, verdict_columns, VERDICT_COLUMNS * sizeof *verdict_columns);
	memcpy(columns + SHOWN + VERDICT_COLUMNS, more, sizeof more);
	memcpy(columns + COLUMNS, flat, sizeof flat);
	return query_add_table(year->query, report, name, columns, count);
}

static void add_item(const struct year_report *year, const struct year_item *item,
		     struct report_table *table)
{
	for (size_t k = 0; k < COUNT_OF(phrases); k++) {
		AUTO_TEXT struct text text = TELL_TEXT;
		phrases[k](&text, year, item);
		cell_take(table, &text);
	}
	verdict_add_cells(year->query, &item->row, table);
	add_values(item, table);
	add_notes(year, item, table);
}

static void add_table(const struct year_report *year, const struct year_items *items,
		      const char *name, struct report *report)
{
	struct report_table *table = begin_table(year, name, COLUMNS, report);
	for (size_t i = 0; i < items->count; i++) {
		add_item(year, &items->items[i], table);
		table_end_row(table);
	}
}

static void add_nothing(struct report_table *table, size_t count)
{
	for (size_t i = 0; i < count; i++)
		cell_none(table);
}

static void add_flat(const struct year_report *year, const struct year_items *items,
		     const char *what, struct report_table *table)
{
	for (size_t i = 0; i < items->count; i++) {
		add_item(year, &items->items[i], table);
		cell_text(table, what);
		add_nothing(table, COUNT_OF(flat) - 1);
		table_end_row(table);
	}
}

static bool add_flat_duty(void *self, const struct judged_duty *judged, struct error *err)
{
	struct report_table *table = self;
	char period[PERIOD_BYTES], latest[DAY_BYTES];
	const struct duty *duty = judged->obligation.duty;
	size_t late = judged->by_state[DUTY_LATE];
	(void)err;
	add_nothing(table, SHOWN);
	for (size_t i = 0; i < VERDICT_COLUMNS; i++)
		cell_text(table, strcmp(verdict_columns[i].key, "act") == 0 && duty->act[0]
					 ? duty->act
					 : NULL);
	add_nothing(table, COUNT_OF(more));
	cell_text(table, "duty");
	cell_text(table, duty_family(duty));
	cell_text(table, duty->title);
	cell_text(table, period_print(judged->obligation.period, period));
	cell_text(table, day_print(judged->obligation.latest, latest));
	cell_text(table, duty->recipient[0] ? duty->recipient : NULL);
	cell_integer(table, true, (long)judged->count);
	cell_integer(table, true, (long)(judged->by_state[DUTY_ON_TIME] + late));
	cell_integer(table, true, (long)late);
	cell_integer(table, true, (long)judged->by_state[DUTY_MISSING]);
	duties_add_missing_owners(judged, table);
	table_end_row(table);
	return true;
}

/* Everything in one table, for spreadsheets. */
static bool add_all_flat(const struct year_report *year, struct report *report, struct error *err)
{
	struct report_table *table = begin_table(year, "targets", FLAT_COLUMNS, report);
	add_flat(year, &year->own, "target", table);
	add_flat(year, &year->members, "member", table);
	return year_report_each_duty(year, add_flat_duty, table, err);
}

/* The table of duties, and a heading above it where people read it. */
struct duties_part {
	const struct year_report *year;
	struct report *report;
	struct report_table *table;
};

static void begin_duties(struct duties_part *part)
{
	const struct language *language = part->year->query->language;
	report_line(part->report, "%s", "");
	report_line(part->report, "%s", report_word_of(language, REPORT_H_DUTIES));
	part->table = duties_add_table(part->year->query, part->report);
}

static bool add_duty(void *self, const struct judged_duty *judged, struct error *err)
{
	struct duties_part *part = self;
	(void)err;
	if (part->table == NULL)
		begin_duties(part);
	duties_add_summary(part->year->query, judged, part->table);
	return true;
}

static bool add_duties(const struct year_report *year, struct report *report, struct error *err)
{
	struct duties_part part = {year, report, NULL};
	if (!year_report_each_duty(year, add_duty, &part, err))
		return false;
	if (part.table == NULL)
		(void)duties_add_table(year->query, report);
	return true;
}

static void add_fields(const struct year_report *year, const struct year_counts *counts,
		       struct report *report)
{
	query_add_day(year->query, report);
	report_field_text(report, "area", year->area->id);
	report_field_integer(report, "year", year->year);
	report_field_text(report, "act", year->act ? year->act->id : NULL);
	report_field_integer(report, "count", counts->all);
	report_field_integer(report, "met", counts->met);
	report_field_integer(report, "exceeded", counts->exceeded);
	report_field_integer(report, "not_met", counts->all - counts->met - counts->unknown);
	report_field_integer(report, "cannot_be_judged", counts->unknown);
	report_field_integer(report, "estimates", counts->estimates);
}

static void add_lines(const struct year_report *year, const struct year_counts *counts,
		      struct report *report)
{
	const struct language *language = year->query->language;
	AUTO_TEXT struct text line = TELL_TEXT;
	if (counts->all == 0) {
		report_line(report, "%s", report_word_of(language, REPORT_NO_TARGETS));
		return;
	}
	year_phrase_roll_up(&line, language, counts);
	year_phrase_not_met(&line, language, counts);
	report_words(report, &line);
	text_clear(&line);
	year_phrase_unknown(&line, language, &year->own);
	if (line.len > 0 || line.failed)
		report_words(report, &line);
	report_line(report, "%s", "");
}

static void add_before(const struct year_report *year, struct report *report)
{
	for (size_t i = 0; i < year->before_count; i++) {
		AUTO_TEXT struct text line = TELL_TEXT;
		year_phrase_before(&line, year, year->before[i]);
		report_words(report, &line);
	}
	if (year->before_count > 0)
		report_line(report, "%s", "");
}

bool year_report_table(const struct year_report *year, enum report_format format,
		       struct report **ret, struct error *err)
{
	AUTO_REPORT struct report *report = report_new();
	const struct year_counts counts = year_report_count(&year->own);
	if (report == NULL)
		return error_memory(err);
	if (format == REPORT_CSV || format == REPORT_TSV) {
		if (!add_all_flat(year, report, err))
			return false;
		*ret = ptr_take(&report);
		return true;
	}
	add_fields(year, &counts, report);
	add_lines(year, &counts, report);
	add_before(year, report);
	add_table(year, &year->own, "targets", report);
	if (year->members.count > 0)
		report_line(report, "%s", "");
	if (year->members.count > 0)
		report_line(report, "%s", report_word_of(year->query->language, REPORT_H_MEMBERS));
	add_table(year, &year->members, "members", report);
	if (!add_duties(year, report, err))
		return false;
	*ret = ptr_take(&report);
	return true;
}
