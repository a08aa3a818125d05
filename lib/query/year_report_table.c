/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/heading.h"
#include "query/report_words.h"
#include "query/tell.h"
#include "query/verdict.h"
#include "query/year_report.h"
#include "query/year_report_phrase.h"

#define MEMBER(key)                                                                                \
	{                                                                                          \
		key, WORD_NONE, COLUMN_MACHINE, 0                                                  \
	}

static const struct query_column shown[] = {
	{"shown_name", WORD_H_TARGET, COLUMN_HUMAN | COLUMN_GROUP, 0},
	{"shown_area", WORD_H_AREA, COLUMN_HUMAN | COLUMN_SHRINK, 2},
	{"shown_goal", WORD_H_GOAL, COLUMN_HUMAN, 0},
	{"shown_latest", WORD_H_LATEST, COLUMN_HUMAN | COLUMN_SHRINK, 0},
	{"shown_gap", WORD_H_GAP, COLUMN_HUMAN, 0},
	{"shown_share", WORD_H_SHARE, COLUMN_HUMAN, 1},
	{"shown_state", WORD_H_STATE_OUTLOOK, COLUMN_HUMAN | COLUMN_SHRINK, 0},
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

enum { SHOWN = COUNT_OF(shown), COLUMNS = SHOWN + VERDICT_COLUMNS + COUNT_OF(more) };

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

static void add_table(const struct year_report *year, const struct year_items *items,
		      const char *name, struct report *report)
{
	struct query_column columns[COLUMNS];
	memcpy(columns, shown, sizeof shown);
	memcpy(columns + SHOWN, verdict_columns, VERDICT_COLUMNS * sizeof *verdict_columns);
	memcpy(columns + SHOWN + VERDICT_COLUMNS, more, sizeof more);
	struct report_table *table = query_add_table(year->query, report, name, columns, COLUMNS);
	for (size_t i = 0; i < items->count; i++) {
		const struct year_item *item = &items->items[i];
		for (size_t k = 0; k < COUNT_OF(phrases); k++) {
			AUTO_TEXT struct text text = TELL_TEXT;
			phrases[k](&text, year, item);
			cell_take(table, &text);
		}
		verdict_add_cells(&item->row, table);
		add_values(item, table);
		add_notes(year, item, table);
		table_end_row(table);
	}
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
	if (line.len > 0)
		report_words(report, &line);
	report_line(report, "%s", "");
}

bool year_report_table(const struct year_report *year, struct report **ret, struct error *err)
{
	AUTO_REPORT struct report *report = report_new();
	const struct year_counts counts = year_report_count(&year->own);
	if (report == NULL)
		return error_memory(err);
	add_fields(year, &counts, report);
	add_lines(year, &counts, report);
	add_table(year, &year->own, "targets", report);
	if (year->members.count > 0)
		report_line(report, "%s", "");
	if (year->members.count > 0)
		report_line(report, "%s", report_word_of(year->query->language, REPORT_H_MEMBERS));
	add_table(year, &year->members, "members", report);
	*ret = ptr_take(&report);
	return true;
}
