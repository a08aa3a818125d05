/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/areas.h"

#include <stdlib.h>

#include "query/around.h"
#include "query/by_name.h"
#include "query/heading.h"
#include "query/tell.h"

static const struct query_column columns[] = {
	{"id", WORD_H_ID, COLUMN_BOTH, 0},
	{"kind", WORD_H_KIND, COLUMN_BOTH, 0},
	{"shown_name", WORD_H_AREA, COLUMN_HUMAN | COLUMN_SHRINK, 0},
	{"shown_from", WORD_H_FROM, COLUMN_HUMAN, 0},
	{"shown_until", WORD_H_UNTIL, COLUMN_HUMAN, 0},
	{"name", WORD_NONE, COLUMN_MACHINE, 0},
	{"name_vi", WORD_NONE, COLUMN_MACHINE, 0},
	{"valid_from", WORD_NONE, COLUMN_MACHINE, 0},
	{"valid_to", WORD_NONE, COLUMN_MACHINE, 0},
	{"is_valid", WORD_NONE, COLUMN_MACHINE, 0},
	{"codes", WORD_NONE, COLUMN_MACHINE, 0},
	{"groups", WORD_NONE, COLUMN_MACHINE, 0},
	{"members", WORD_NONE, COLUMN_MACHINE, 0},
	{"predecessors", WORD_NONE, COLUMN_MACHINE, 0},
	{"successors", WORD_NONE, COLUMN_MACHINE, 0},
};

static void add_day(const struct query *query, struct report_table *table, int32_t day)
{
	AUTO_TEXT struct text text = TELL_TEXT;
	if (day == DAY_NONE)
		text_add_string(&text, "-");
	else
		tell_day(&text, query->language, day);
	cell_take(table, &text);
}

static void add_day_cell(struct report_table *table, int32_t day)
{
	char text[DAY_BYTES];
	cell_text(table, day == DAY_NONE ? NULL : day_print(day, text));
}

static void add_list(struct report_table *table, const struct around_links *links)
{
	AUTO_TEXT struct text list = TELL_TEXT;
	around_write(links, &list);
	if (links->count > 0)
		cell_take(table, &list);
	else
		cell_none(table);
}

static void add_row(const struct query *query, const struct area *area, const struct around *around,
		    struct report_table *table)
{
	cell_text(table, area->id);
	cell_text(table, area->kind);
	cell_text(table, query_name(query, area->name, area->name_vi));
	add_day(query, table, area->valid_from);
	add_day(query, table, area->valid_to == DAY_NONE ? DAY_NONE : area->valid_to - 1);
	cell_text(table, area->name);
	cell_text(table, area->name_vi[0] ? area->name_vi : NULL);
	add_day_cell(table, area->valid_from);
	add_day_cell(table, area->valid_to);
	cell_switch(table, area_is_valid(area, query->judge.as_of.day));
	cell_text(table, around->codes.len > 0 ? around->codes.data : NULL);
	add_list(table, &around->groups);
	add_list(table, &around->members);
	add_list(table, &around->before);
	add_list(table, &around->after);
	table_end_row(table);
}

/* Mark the areas that are meant; how many. */
static size_t mark_same(const struct catalogue *catalogue, const char *written, const char *folded,
			bool is_part, bool *marks)
{
	size_t count = 0;
	const struct area *exact = catalogue_area(catalogue, span_of(written));
	for (size_t i = 0; i < catalogue->code_count; i++) {
		const struct area_code *code = &catalogue->codes[i];
		bool is_name = strncmp(code->scheme, "name", strlen("name")) == 0;
		marks[code->area] |= is_part ? is_name && strstr(code->folded, folded) != NULL
					     : strcmp(code->folded, folded) == 0;
	}
	if (exact != NULL && !is_part) {
		memset(marks, 0, catalogue->area_count * sizeof *marks);
		marks[exact - catalogue->areas] = true;
	}
	for (size_t i = 0; i < catalogue->area_count; i++)
		count += marks[i];
	return count;
}

static bool mark(const struct query *query, const char *written, bool *marks, struct error *err)
{
	const struct catalogue *catalogue = query->judge.catalogue;
	if (written == NULL) {
		for (size_t i = 0; i < catalogue->area_count; i++)
			marks[i] = area_is_valid(&catalogue->areas[i], query->judge.as_of.day);
		return true;
	}
	AUTO_FREE char *folded = area_code_fold(span_of(written), err);
	if (folded == NULL)
		return false;
	if (mark_same(catalogue, written, folded, false, marks) > 0 ||
	    (folded[0] != '\0' && mark_same(catalogue, written, folded, true, marks) > 0))
		return true;
	return error_set(err, ERROR_NOT_FOUND,
			 "no area has '%s' as its id, a code or a part of its name", written);
}

static bool add_area(const struct query *query, const struct area *area, bool has_details,
		     struct report_table *table, struct report *report, struct error *err)
{
	AUTO_AROUND struct around around = {0};
	int32_t day = query->judge.as_of.day;
	/* An area that has ended is shown with what it had on its last day. */
	if (area->valid_to != DAY_NONE && area->valid_to <= day)
		day = area->valid_to - 1;
	else if (area->valid_from != DAY_NONE && area->valid_from > day)
		day = area->valid_from;
	if (has_details && !around_look(query, area, day, &around, err))
		return false;
	add_row(query, area, &around, table);
	return !has_details || around_say(&around, report, err);
}

/* Those that are meant: for people as in a dictionary, for programs by id. */
static bool find_meant(const struct query *query, const char *written, const struct area **ret,
		       size_t *ret_count, struct error *err)
{
	const struct catalogue *catalogue = query->judge.catalogue;
	AUTO_FREE bool *marks = calloc(catalogue->area_count + 1, sizeof *marks);
	size_t count = 0;
	if (marks == NULL)
		return error_memory(err);
	if (!mark(query, written, marks, err))
		return false;
	for (size_t i = 0; i < catalogue->area_count; i++)
		if (marks[i])
			ret[count++] = &catalogue->areas[i];
	*ret_count = count;
	return true;
}

bool query_areas(const struct query *query, const char *written, struct report **ret,
		 struct error *err)
{
	size_t room = query->judge.catalogue->area_count + 1, count = 0;
	AUTO_REPORT struct report *report = report_new();
	AUTO_FREE const struct area **areas = calloc(room, sizeof *areas);
	AUTO_FREE size_t *order = calloc(room, sizeof *order);
	if (report == NULL || areas == NULL || order == NULL)
		return error_memory(err);
	if (!find_meant(query, written, areas, &count, err) ||
	    !by_name_order(query, areas, query->format == REPORT_TABLE ? count : 0, order, err))
		return false;
	query_add_day(query, report);
	struct report_table *table =
		query_add_table(query, report, "areas", columns, COUNT_OF(columns));
	for (size_t i = 0; i < count; i++) {
		size_t at = query->format == REPORT_TABLE ? order[i] : i;
		if (!add_area(query, areas[at], written != NULL, table, report, err))
			return false;
	}
	*ret = ptr_take(&report);
	return true;
}
