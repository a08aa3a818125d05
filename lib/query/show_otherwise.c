/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/show_parts.h"

#include <stdlib.h>

#include "query/phrase.h"

enum { OTHERWISE_MAX = 100000 };

void otherwise_done(struct otherwise *otherwise)
{
	free(otherwise->items);
	*otherwise = (struct otherwise){0};
}

bool otherwise_has(const struct otherwise *otherwise, const struct query_row *row)
{
	for (size_t i = 0; i < otherwise->count; i++)
		if (otherwise->items[i].row == row)
			return true;
	return false;
}

static bool may_be_used(const struct observation *row)
{
	return row->status == OBS_NORMAL || row->status == OBS_PROVISIONAL ||
	       row->status == OBS_ESTIMATED;
}

/* Judge all targets with another row in the place of a point; keep those that change. */
static bool try_row(const struct show *show, const struct query_rows *targets,
		    struct judged_series *series, const struct otherwise_item *tried,
		    struct otherwise *ret, struct error *err)
{
	for (size_t i = 0; i < targets->count; i++) {
		struct otherwise_item item = *tried;
		item.row = &targets->items[i];
		if (!judge_target(&show->query->judge, series, item.row->target, item.row->area,
				  &item.verdict, err))
			return false;
		if (item.verdict.state == item.row->verdict.state)
			continue;
		if (!array_grow(&ret->items, &ret->room, ret->count, sizeof *ret->items,
				OTHERWISE_MAX, "verdicts by other publishers", err))
			return false;
		ret->items[ret->count++] = item;
	}
	return true;
}

static bool try_point(const struct show *show, const struct query_rows *targets,
		      struct judged_series *series, size_t at, struct otherwise *ret,
		      struct error *err)
{
	struct standing_point *point = &series->standing.points[at];
	const struct standing_point kept = *point;
	bool done = true;
	for (size_t i = 0; done && i < series->vintages.count; i++) {
		const struct observation *row = &series->vintages.rows[i];
		if (!show_differs(show, &kept, i) || !may_be_used(row))
			continue;
		const struct otherwise_item tried = {.row = NULL, .vintage = row};
		point->row = row;
		point->usable = true;
		done = try_row(show, targets, series, &tried, ret, err);
		*point = kept;
	}
	return done;
}

bool show_find_otherwise(const struct show *show, const struct query_rows *targets,
			 struct otherwise *ret, struct error *err)
{
	const struct standing *standing = &show->series->standing;
	AUTO_FREE struct standing_point *points = calloc(standing->count + 1, sizeof *points);
	struct judged_series series = *show->series;
	if (points == NULL)
		return error_memory(err);
	memcpy(points, standing->points, standing->count * sizeof *points);
	series.standing.points = points;
	for (size_t i = 0; i < standing->count; i++)
		if (!try_point(show, targets, &series, i, ret, err))
			return false;
	return true;
}

static void add_line(const struct show *show, const struct otherwise_item *item)
{
	const struct language *language = show->query->language;
	AUTO_TEXT struct text value = TELL_TEXT;
	AUTO_TEXT struct text period = TELL_TEXT;
	AUTO_TEXT struct text line = TELL_TEXT;
	tell_value(&value, language, show->asked->indicator, item->vintage, false);
	tell_period(&period, language, item->vintage->period);
	word_add(&line, language, WORD_OTHERWISE,
		 query_source_name(show->query, item->vintage->source), text_part(&value, &line),
		 text_part(&period, &line), item->row->target->id,
		 word_of(language, phrase_state_word(&item->verdict)));
	report_words(show->report, &line);
}

void show_add_otherwise(const struct show *show, const struct otherwise *otherwise)
{
	static const struct query_column columns[] = {
		{"target", WORD_NONE, COLUMN_MACHINE, 0},
		{"period", WORD_NONE, COLUMN_MACHINE, 0},
		{"source", WORD_NONE, COLUMN_MACHINE, 0},
		{"value", WORD_NONE, COLUMN_MACHINE, 0},
		{"state", WORD_NONE, COLUMN_MACHINE, 0},
		{"would_be", WORD_NONE, COLUMN_MACHINE, 0},
	};
	struct report_table *table =
		query_add_table(show->query, show->report, "otherwise", columns, COUNT_OF(columns));
	for (size_t i = 0; i < otherwise->count; i++) {
		char period[PERIOD_BYTES];
		const struct otherwise_item *item = &otherwise->items[i];
		cell_text(table, item->row->target->id);
		cell_text(table, period_print(item->vintage->period, period));
		cell_text(table, item->vintage->source);
		cell_number(table, true, item->vintage->value);
		cell_text(table, assess_state_name(item->row->verdict.state));
		cell_text(table, assess_state_name(item->verdict.state));
		table_end_row(table);
		add_line(show, item);
	}
}
