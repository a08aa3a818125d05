/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/status.h"

#include "obs/origin.h"
#include "query/by_name.h"
#include "query/heading.h"
#include "query/phrase.h"
#include "query/verdict.h"

enum {
	ACKS_SHOWN = 10,
	BEFORE_SHOWN = 8,
	AREA_COLUMN = 1,
	ID_COLUMN = 8,
	SHARED_COLUMNS,
	COLUMNS = SHARED_COLUMNS + VERDICT_COLUMNS,
};

/* For people; behind them come those of verdict.h. */
static const struct query_column shown[SHARED_COLUMNS] = {
	{"shown_name", WORD_H_TARGET, COLUMN_HUMAN | COLUMN_GROUP, 0},
	{"shown_area", WORD_H_AREA, COLUMN_HUMAN | COLUMN_SHRINK, 0},
	{"shown_due", WORD_H_DUE, COLUMN_HUMAN, 0},
	{"shown_goal", WORD_H_GOAL, COLUMN_HUMAN | COLUMN_RIGHT, 0},
	{"shown_latest", WORD_H_LATEST, COLUMN_HUMAN, 0},
	{"shown_gap", WORD_H_GAP, COLUMN_HUMAN, 1},
	{"shown_state", WORD_H_STATE_OUTLOOK, COLUMN_HUMAN | COLUMN_WRAP, 0},
	{"shown_band", WORD_H_BAND, COLUMN_HUMAN, COLUMN_EXTRA},
	{"shown_id", WORD_H_ID, COLUMN_HUMAN, COLUMN_EXTRA + 1},
};

typedef void phrase_fn(struct text *out, const struct language *language,
		       const struct query_row *row);

static void phrase_due(struct text *out, const struct language *language,
		       const struct query_row *row)
{
	tell_period(out, language, row->target->period);
}

static void add_words(const struct query *query, const struct area *only,
		      const struct query_row *row, struct report_table *table)
{
	static phrase_fn *const phrases[] = {
		phrase_due, phrase_goal, phrase_latest, phrase_gap, phrase_standing, phrase_band,
	};
	AUTO_TEXT struct text text = TELL_TEXT;
	phrase_name(&text, query, row);
	cell_take(table, &text);
	heading_add_place(query, only, row, &text);
	cell_take(table, &text);
	for (size_t i = 0; i < COUNT_OF(phrases); i++) {
		phrases[i](&text, query->language, row);
		cell_take(table, &text);
	}
	cell_text(table, row->target->id);
}

void status_add_table(const struct query *query, const struct query_rows *rows,
		      struct report *report)
{
	struct query_column columns[COLUMNS];
	memcpy(columns, shown, sizeof shown);
	memcpy(columns + SHARED_COLUMNS, verdict_columns,
	       VERDICT_COLUMNS * sizeof *verdict_columns);
	const struct area *only = query_rows_area(rows);
	heading_tell_apart(only, &columns[AREA_COLUMN], &columns[ID_COLUMN]);
	struct report_table *table = query_add_table(query, report, "targets", columns, COLUMNS);
	for (size_t i = 0; i < rows->count; i++) {
		add_words(query, only, &rows->items[i], table);
		verdict_add_cells(query, &rows->items[i], table);
		table_end_row(table);
	}
}

/* Which footnotes the rows need. */
struct marks {
	bool has_estimate, has_provisional;
	const struct act *reference;
};

static struct marks find_marks(const struct query_rows *rows)
{
	struct marks marks = {0};
	for (size_t i = 0; i < rows->count; i++) {
		const struct query_row *row = &rows->items[i];
		bool has_value = row->verdict.has_point;
		bool is_estimate = has_value && tell_is_estimate(&row->row, row->stand_in);
		marks.has_estimate |= is_estimate;
		marks.has_provisional |=
			has_value && !is_estimate && row->row.status == OBS_PROVISIONAL;
		if (row->act != NULL && row->act->reference)
			marks.reference = row->act;
	}
	return marks;
}

static void add_note(struct text *out, const char *note)
{
	if (out->len > 0)
		text_add_string(out, " · ");
	text_add_string(out, note);
}

static bool has_act(const struct query_rows *rows, const struct act *act)
{
	for (size_t i = 0; i < rows->count; i++)
		if (rows->items[i].act == act)
			return true;
	return false;
}

/* An answer about the past may know a target too early: of which acts? */
static void add_undated(const struct query *query, const struct query_rows *rows,
			struct report *report)
{
	const struct catalogue *catalogue = query->judge.catalogue;
	bool is_past = query->judge.as_of.day < zone_day(query->judge.zone, query->now);
	AUTO_TEXT struct text acts = TELL_TEXT;
	AUTO_TEXT struct text line = TELL_TEXT;
	for (size_t i = 0; is_past && i < catalogue->act_count; i++) {
		const struct act *act = &catalogue->acts[i];
		if (act->adopted == DAY_NONE && !act->reference && has_act(rows, act))
			text_addf(&acts, "%s%s", acts.len > 0 ? ", " : "", act->id);
	}
	if (acts.len == 0 && !acts.failed)
		return;
	word_add(&line, query->language, WORD_NOTE_UNDATED, text_part(&acts, &line));
	report_words(report, &line);
}

bool status_add_ack(const struct query *query, const struct query_row *row, struct report *report)
{
	AUTO_TEXT struct text line = TELL_TEXT;
	if (row->ack == NULL)
		return false;
	text_addf(&line, "%s %s: ", row->target->id, row->area->id);
	phrase_ack(&line, query->language, row->ack);
	report_words(report, &line);
	return true;
}

void status_add_notes(const struct query *query, const struct query_rows *rows,
		      struct report *report)
{
	const struct language *language = query->language;
	const struct marks marks = find_marks(rows);
	AUTO_TEXT struct text notes = TELL_TEXT;
	if (rows->count == 0) {
		report_line(report, "%s", word_of(language, WORD_NEXT_ALL));
		return;
	}
	if (marks.has_estimate)
		add_note(&notes, word_of(language, WORD_NOTE_ESTIMATE));
	if (marks.has_provisional)
		add_note(&notes, word_of(language, WORD_NOTE_PROVISIONAL));
	const struct query_row *last = &rows->items[rows->count - 1];
	size_t acks = 0;
	AUTO_TEXT struct text next = TELL_TEXT;
	AUTO_TEXT struct text reference = TELL_TEXT;
	word_add(&next, language, WORD_NEXT_SHOW, last->indicator->id, last->area->id);
	report_line(report, "%s", "");
	if (notes.len > 0 || notes.failed)
		report_words(report, &notes);
	if (marks.reference != NULL)
		word_add(&reference, language, WORD_NOTE_REFERENCE,
			 query_name(query, marks.reference->title, marks.reference->title_vi));
	if (marks.reference != NULL)
		report_words(report, &reference);
	add_undated(query, rows, report);
	for (size_t i = 0; i < rows->count && acks < ACKS_SHOWN; i++)
		acks += status_add_ack(query, &rows->items[i], report);
	report_words(report, &next);
}

/* How many targets the same filter leaves of this area. */
static bool count_targets(const struct query *query, const struct query_filter *filter,
			  const struct area *area, size_t *ret, struct error *err)
{
	AUTO_QUERY_ROWS struct query_rows rows = {0};
	struct query_filter there = *filter;
	there.area = area->id;
	if (!query_rows_read(query, &there, &rows, err))
		return false;
	*ret = rows.count;
	return true;
}

static void add_left_behind(const struct query *query, const struct area *area, const char *command,
			    struct report *report)
{
	AUTO_TEXT struct text line = TELL_TEXT;
	AUTO_TEXT struct text last = TELL_TEXT;
	tell_day(&last, query->language, area->valid_to - 1);
	word_add(&line, query->language, WORD_LEFT_BEHIND,
		 query_name(query, area->name, area->name_vi), text_part(&last, &line), command,
		 area->id);
	report_words(report, &line);
}

bool status_add_left_behind(const struct query *query, const struct query_filter *filter,
			    const char *command, struct report *report, struct error *err)
{
	const struct catalogue *catalogue = query->judge.catalogue;
	const struct area *into;
	int said = 0;
	if (filter->area == NULL)
		return true;
	if (!query_find_area(query, filter->area, &into, err))
		return false;
	for (size_t i = 0; i < catalogue->area_count && said < BEFORE_SHOWN; i++) {
		const struct area *area = &catalogue->areas[i];
		size_t count = 0;
		if (area == into || area->valid_to == DAY_NONE ||
		    area->valid_to > query->judge.as_of.day ||
		    !area_went_into(catalogue, area->id, into->id))
			continue;
		if (!count_targets(query, filter, area, &count, err))
			return false;
		if (count > 0)
			add_left_behind(query, area, command, report);
		said += count > 0;
	}
	return true;
}

/* What is written row by row. */
struct rows_answer {
	const struct query *query;
	struct report_table *table;
};

static bool add_row(void *self, const struct query_row *row, struct error *err)
{
	const struct rows_answer *answer = self;
	(void)err;
	verdict_add_cells(answer->query, row, answer->table);
	table_end_row(answer->table);
	return true;
}

/* Row by row, without what only people see. */
static bool answer_machine(const struct query *query, const struct query_filter *filter,
			   struct report *report, struct error *err)
{
	query_add_day(query, report);
	struct rows_answer answer = {
		query,
		query_add_table(query, report, "targets", verdict_columns, VERDICT_COLUMNS),
	};
	return query_rows_each(query, filter, add_row, &answer, err);
}

static bool answer_people(const struct query *query, const struct query_filter *filter,
			  struct report *report, struct error *err)
{
	AUTO_QUERY_ROWS struct query_rows rows = {0};
	if (!query_rows_read(query, filter, &rows, err) ||
	    (query->format == REPORT_TABLE && !by_name_sort(query, &rows, err)))
		return false;
	query_add_day(query, report);
	heading_add_counts(query, &rows, report);
	status_add_table(query, &rows, report);
	status_add_notes(query, &rows, report);
	return status_add_left_behind(query, filter, "status", report, err);
}

bool query_status(const struct query *query, const struct query_filter *filter, struct report **ret,
		  struct error *err)
{
	struct query_filter latest = *filter;
	AUTO_REPORT struct report *report = report_new_for(query->format);
	if (report == NULL)
		return error_memory(err);
	latest.is_latest = true;
	if (!(report_is_for_people(report) ? answer_people(query, &latest, report, err)
					   : answer_machine(query, &latest, report, err)))
		return false;
	*ret = ptr_take(&report);
	return true;
}
