/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/show_parts.h"

#include "obs/origin.h"
#include "query/heading.h"
#include "query/tell.h"
#include "query/totals.h"

static const struct query_column columns[] = {
	{"period", WORD_NONE, COLUMN_MACHINE, 0},
	{"value", WORD_NONE, COLUMN_MACHINE, 0},
	{"fault", WORD_NONE, COLUMN_MACHINE, 0},
	{"members", WORD_NONE, COLUMN_MACHINE, 0},
	{"members_used", WORD_NONE, COLUMN_MACHINE, 0},
	{"weight_share", WORD_NONE, COLUMN_MACHINE, 0},
	{"num", WORD_NONE, COLUMN_MACHINE, 0},
	{"den", WORD_NONE, COLUMN_MACHINE, 0},
	{"status", WORD_NONE, COLUMN_MACHINE, 0},
	{"stands", WORD_NONE, COLUMN_MACHINE, 0},
	{"published", WORD_NONE, COLUMN_MACHINE, 0},
	{"agrees", WORD_NONE, COLUMN_MACHINE, 0},
	{"members_rebuilt", WORD_NONE, COLUMN_MACHINE, 0},
};

/* What stands for the period of the total. */
static const struct standing_point *find_point(const struct show *show, const struct total *total)
{
	const struct standing *standing = &show->series->standing;
	for (size_t i = 0; i < standing->count; i++)
		if (period_equal(standing->points[i].reporting, total->period))
			return &standing->points[i];
	return NULL;
}

static void add_cells(const struct total *total, const struct standing_point *point,
		      struct report_table *table)
{
	char period[PERIOD_BYTES];
	bool is_published = point != NULL && !point->computed && point->usable;
	cell_text(table, period_print(total->period, period));
	cell_number(table, total->value.is_set, total->value.value);
	cell_text(table, total->fault != TOTAL_FINE ? total_fault_name(total->fault) : NULL);
	cell_integer(table, true, (long)total->expected);
	cell_integer(table, true, (long)total->used);
	cell_number(table, total->weight_share.is_set, total->weight_share.value);
	cell_number(table, total->num.is_set, total->num.value);
	cell_number(table, total->den.is_set, total->den.value);
	cell_text(table, total->value.is_set ? obs_status_code(total->status) : NULL);
	cell_switch(table, point != NULL && point->computed);
	cell_number(table, is_published, is_published ? point->row->value : 0);
	if (is_published && total->value.is_set)
		cell_switch(table, total_agrees(point->row->value, point->row->decimals,
						total->value.value));
	else
		cell_none(table);
	cell_integer(table, true, (long)total->rebuilt);
	table_end_row(table);
}

/* "2023: published 95 %, the members add up to 91.2 %" */
static void warn_differs(const struct show *show, const struct total *total,
			 const struct standing_point *point)
{
	const struct language *language = show->query->language;
	const struct indicator *indicator = show->asked->indicator;
	struct observation row;
	AUTO_TEXT struct text period = TELL_TEXT;
	AUTO_TEXT struct text published = TELL_TEXT;
	AUTO_TEXT struct text computed = TELL_TEXT;
	AUTO_TEXT struct text line = TELL_TEXT;
	if (point == NULL || point->computed || !point->usable || !total->value.is_set ||
	    total_agrees(point->row->value, point->row->decimals, total->value.value))
		return;
	total_row(total, &row);
	tell_period(&period, language, total->period);
	tell_value(&published, language, indicator, point->row, point->stand_in);
	tell_value(&computed, language, indicator, &row, false);
	bool is_sum = indicator->total == TOTAL_SUM;
	word_add(&line, language, is_sum ? WORD_PARTS_DIFFER : WORD_TOTAL_DIFFERS,
		 text_part(&period, &line), text_part(&published, &line),
		 text_part(&computed, &line));
	report_words(show->report, &line);
}

/* Values that their own numerator and denominator contradict. */
static void warn_parts(const struct show *show)
{
	const struct language *language = show->query->language;
	const struct indicator *indicator = show->asked->indicator;
	const struct standing *standing = &show->series->standing;
	for (size_t i = 0; i < standing->count; i++) {
		const struct observation *row = standing->points[i].row;
		double ratio;
		AUTO_TEXT struct text period = TELL_TEXT;
		AUTO_TEXT struct text value = TELL_TEXT;
		AUTO_TEXT struct text parts = TELL_TEXT;
		AUTO_TEXT struct text line = TELL_TEXT;
		if (!total_ratio(indicator, row, &ratio) ||
		    total_agrees(row->value, row->decimals, ratio))
			continue;
		tell_period(&period, language, row->period);
		tell_value(&value, language, indicator, row, standing->points[i].stand_in);
		tell_computed(&parts, language, ratio, row->decimals + 2);
		word_add(&line, language, WORD_PARTS_CONTRADICT, text_part(&period, &line),
			 text_part(&value, &line), text_part(&parts, &line));
		report_words(show->report, &line);
	}
}

static bool is_to_be_said(const struct total *total, const struct standing_point *point)
{
	return point == NULL || point->computed || (!point->usable && total->fault != TOTAL_FINE);
}

void show_add_totals(const struct show *show)
{
	const struct totals *totals = &show->series->totals;
	struct report_table *table =
		query_add_table(show->query, show->report, "totals", columns, COUNT_OF(columns));
	size_t said = 0;
	for (size_t i = 0; i < totals->count; i++) {
		const struct total *total = &totals->items[i];
		const struct standing_point *point = find_point(show, total);
		AUTO_TEXT struct text line = TELL_TEXT;
		add_cells(total, point, table);
		warn_differs(show, total, point);
		if (!is_to_be_said(total, point) || i + TOTALS_SAID_MAX < totals->count)
			continue;
		totals_tell(&line, show->query, show->asked->indicator, total);
		report_words(show->report, &line);
		said++;
	}
	warn_parts(show);
	if (said > 0)
		report_line(show->report, "%s", "");
}

/* What the asked area was before it began, or became after it ended. */
struct neighbours {
	const struct show *show;
	bool is_before;
};

static bool add_neighbour(void *self, const struct area_change *change)
{
	const struct neighbours *neighbours = self;
	const struct show *show = neighbours->show;
	const struct query *query = show->query;
	const struct language *language = query->language;
	const char *id = neighbours->is_before ? change->from : change->to;
	const struct area *area = catalogue_area(query->judge.catalogue, span_of(id));
	AUTO_TEXT struct text day = TELL_TEXT;
	AUTO_TEXT struct text line = TELL_TEXT;
	if (area == NULL || area_change_keeps(change->kind))
		return true;
	tell_day(&day, language, neighbours->is_before ? change->day - 1 : change->day);
	word_add(&line, language, neighbours->is_before ? WORD_OTHER_BEFORE : WORD_OTHER_AFTER,
		 query_name(query, area->name, area->name_vi), text_part(&day, &line), area->id);
	report_words(show->report, &line);
	return true;
}

/* The total of before the area's beginning that stands first; NULL: there is none. */
static const struct total *find_joined(const struct show *show)
{
	const struct standing *standing = &show->series->standing;
	const struct totals *totals = &show->series->totals;
	int32_t begins = show->asked->area->valid_from;
	if (standing->count == 0 || !standing->points[0].computed ||
	    period_last_day(standing->points[0].reporting) >= begins)
		return NULL;
	for (size_t i = 0; i < totals->count; i++)
		if (period_equal(totals->items[i].period, standing->points[0].reporting))
			return &totals->items[i];
	return NULL;
}

/* Is there a total that could not be made for the time before it began? */
static bool has_refused(const struct show *show)
{
	const struct totals *totals = &show->series->totals;
	int32_t begins = show->asked->area->valid_from;
	for (size_t i = 0; i < totals->count; i++)
		if (totals->items[i].fault != TOTAL_FINE &&
		    period_last_day(totals->items[i].period) < begins)
			return true;
	return false;
}

void show_add_territory(const struct show *show)
{
	const struct catalogue *catalogue = show->query->judge.catalogue;
	const struct language *language = show->query->language;
	const char *area = show->asked->area->id;
	struct neighbours before = {show, true}, after = {show, false};
	const struct total *joined = find_joined(show);
	bool is_through = joined != NULL && joined->rebuilt > 0;
	if (joined != NULL)
		report_line(
			show->report, "%s",
			word_of(language, is_through ? WORD_JOINED_THROUGH : WORD_JOINED_BEFORE));
	if (joined == NULL || is_through || has_refused(show))
		(void)area_predecessors(catalogue, area, add_neighbour, &before);
	(void)area_successors(catalogue, area, add_neighbour, &after);
}
