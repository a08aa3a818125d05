/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/gaps.h"

#include <math.h>
#include <stdlib.h>

#include "query/heading.h"
#include "query/phrase.h"
#include "query/status.h"
#include "query/verdict.h"

enum {
	AREA_COLUMN = 1,
	ID_COLUMN = 9,
	SHARED_COLUMNS,
	COLUMNS = SHARED_COLUMNS + VERDICT_COLUMNS + 1,
};
#define PERCENT 100.0

static const struct query_column shown[SHARED_COLUMNS] = {
	{"shown_name", WORD_H_TARGET, COLUMN_HUMAN | COLUMN_SHRINK, 0},
	{"shown_area", WORD_H_AREA, COLUMN_HUMAN | COLUMN_SHRINK, 0},
	{"shown_due", WORD_H_DUE, COLUMN_HUMAN, 0},
	{"shown_goal", WORD_H_GOAL, COLUMN_HUMAN | COLUMN_RIGHT, 0},
	{"shown_latest", WORD_H_LATEST, COLUMN_HUMAN, 2},
	{"shown_gap", WORD_H_GAP, COLUMN_HUMAN, 0},
	{"shown_share", WORD_H_MISSED_SHARE, COLUMN_HUMAN | COLUMN_RIGHT, 1},
	{"shown_state", WORD_H_STATE_OUTLOOK, COLUMN_HUMAN | COLUMN_WRAP, 0},
	{"shown_band", WORD_H_BAND, COLUMN_HUMAN, COLUMN_EXTRA},
	{"shown_id", WORD_H_ID, COLUMN_HUMAN, COLUMN_EXTRA + 1},
};

static const struct query_column share_column = {"missed_share", WORD_NONE, COLUMN_MACHINE, 0};

struct measure gaps_missed_share(const struct query_row *row)
{
	const struct verdict *verdict = &row->verdict;
	const struct measure *base =
		verdict->base_value.is_set ? &verdict->base_value : &row->first;
	if (!verdict->gap.is_set || !verdict->target_value.is_set || !base->is_set)
		return (struct measure){0};
	return measure_ratio(verdict->gap.value, fabs(verdict->target_value.value - base->value));
}

static bool is_gap(enum assess_state state)
{
	return state == STATE_MISSED || state == STATE_WORSENING || state == STATE_OFF_TRACK ||
	       state == STATE_NEARLY_ON_TRACK;
}

/* Larger shares first, unknown ones last, then the worse state. */
static int compare(const void *left, const void *right)
{
	const struct query_row *a = left;
	const struct query_row *b = right;
	struct measure share_a = gaps_missed_share(a);
	struct measure share_b = gaps_missed_share(b);
	if (share_a.is_set != share_b.is_set)
		return share_a.is_set ? -1 : 1;
	if (share_a.is_set && share_a.value != share_b.value)
		return share_a.value > share_b.value ? -1 : 1;
	int rank = assess_state_rank(a->verdict.state) - assess_state_rank(b->verdict.state);
	if (rank != 0)
		return rank;
	int order = strcmp(a->target->id, b->target->id);
	return order != 0 ? order : strcmp(a->area->id, b->area->id);
}

static void add_words(const struct query *query, const struct area *only,
		      const struct query_row *row, struct report_table *table)
{
	AUTO_TEXT struct text text = TELL_TEXT;
	struct measure share = gaps_missed_share(row);
	cell_text(table, query_name(query, row->indicator->name, row->indicator->name_vi));
	heading_add_place(query, only, row, &text);
	cell_take(table, &text);
	tell_period(&text, query->language, row->target->period);
	cell_take(table, &text);
	phrase_goal(&text, query->language, row);
	cell_take(table, &text);
	phrase_latest(&text, query->language, row);
	cell_take(table, &text);
	phrase_gap(&text, query->language, row);
	cell_take(table, &text);
	if (share.is_set) {
		tell_computed(&text, query->language, PERCENT * share.value, 0);
		text_add_string(&text, " %");
		cell_take(table, &text);
	} else {
		cell_none(table);
	}
	phrase_standing(&text, query->language, row);
	cell_take(table, &text);
	phrase_band(&text, query->language, row);
	cell_take(table, &text);
	cell_text(table, row->target->id);
}

static void add_table(const struct query *query, const struct query_rows *gaps,
		      const struct area *only, struct report *report)
{
	struct query_column columns[COLUMNS];
	memcpy(columns, shown, sizeof shown);
	memcpy(columns + SHARED_COLUMNS, verdict_columns,
	       VERDICT_COLUMNS * sizeof *verdict_columns);
	columns[COLUMNS - 1] = share_column;
	heading_tell_apart(only, &columns[AREA_COLUMN], &columns[ID_COLUMN]);
	struct report_table *table = query_add_table(query, report, "targets", columns, COLUMNS);
	for (size_t i = 0; i < gaps->count; i++) {
		struct measure share = gaps_missed_share(&gaps->items[i]);
		add_words(query, only, &gaps->items[i], table);
		verdict_add_cells(query, &gaps->items[i], table);
		cell_number(table, share.is_set, share.value);
		table_end_row(table);
	}
}

/* "4 cannot be judged: 3 no data, 1 too few values" */
static void add_unknown(const struct query *query, const struct query_rows *rows,
			struct report *report)
{
	const struct language *language = query->language;
	long by_word[WORD_COUNT] = {0};
	for (size_t i = 0; i < rows->count; i++)
		if (query_is_unknown(rows->items[i].verdict.state))
			by_word[phrase_state_word(&rows->items[i].verdict)]++;
	AUTO_TEXT struct text why = TELL_TEXT;
	for (int word = 0; word < WORD_COUNT; word++) {
		if (by_word[word] == 0)
			continue;
		text_add_string(&why, why.len > 0 ? ", " : "");
		text_addf(&why, "%ld %s", by_word[word], word_of(language, (enum word)word));
	}
	const struct query_counts counts = query_rows_count(rows);
	AUTO_TEXT struct text number = TELL_TEXT;
	AUTO_TEXT struct text line = TELL_TEXT;
	text_addf(&number, "%ld", counts.unknown);
	if (counts.unknown > 0)
		word_add(&line, language, WORD_NOT_JUDGED, text_part(&number, &line),
			 text_part(&why, &line));
	report_field_integer(report, "cannot_be_judged", counts.unknown);
	if (counts.unknown > 0)
		report_words(report, &line);
}

/* Into the caller's empty rows, also when it fails half-way. */
static bool find_gaps(const struct query_rows *rows, struct query_rows *gaps, struct error *err)
{
	for (size_t i = 0; i < rows->count; i++) {
		if (!is_gap(rows->items[i].verdict.state))
			continue;
		if (!array_grow(&gaps->items, &gaps->room, gaps->count, sizeof *gaps->items,
				QUERY_ROWS_MAX, "targets in one answer", err))
			return false;
		gaps->items[gaps->count++] = rows->items[i];
	}
	if (gaps->count > 0)
		qsort(gaps->items, gaps->count, sizeof *gaps->items, compare);
	return true;
}

bool query_gaps(const struct query *query, const struct query_filter *filter, struct report **ret,
		struct error *err)
{
	AUTO_QUERY_ROWS struct query_rows rows = {0};
	AUTO_QUERY_ROWS struct query_rows gaps = {0};
	AUTO_REPORT struct report *report = report_new();
	if (report == NULL)
		return error_memory(err);
	if (!query_rows_read(query, filter, &rows, err) || !find_gaps(&rows, &gaps, err))
		return false;
	query_add_day(query, report);
	heading_add_counts(query, &rows, report);
	if (gaps.count == 0)
		report_line(report, "%s", word_of(query->language, WORD_NO_GAPS));
	add_table(query, &gaps, query_rows_area(&rows), report);
	if (gaps.count > 0)
		status_add_notes(query, &gaps, report);
	add_unknown(query, &rows, report);
	if (!status_add_left_behind(query, filter, "gaps", report, err))
		return false;
	*ret = ptr_take(&report);
	return true;
}
