/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/areas.h"

#include <stdlib.h>

#include "obs/membership.h"
#include "query/heading.h"
#include "query/tell.h"

enum { MEMBERS_SHOWN = 64 };

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

/* What belongs to one area, as text. */
struct around {
	const struct catalogue *catalogue;
	const struct area *area;
	int32_t day;
	struct text codes, groups, members, before, after;
	size_t member_count;
};

static void around_done(struct around *around)
{
	text_done(&around->codes);
	text_done(&around->groups);
	text_done(&around->members);
	text_done(&around->before);
	text_done(&around->after);
}

static const char *comma(const struct text *text)
{
	return text->len > 0 ? "; " : "";
}

static bool add_before(void *self, const struct area_change *change)
{
	struct around *around = self;
	char day[DAY_BYTES];
	text_addf(&around->before, "%s%s (%s, %s)", comma(&around->before), change->from,
		  area_change_kind_name(change->kind), day_print(change->day, day));
	return true;
}

static bool add_after(void *self, const struct area_change *change)
{
	struct around *around = self;
	char day[DAY_BYTES];
	text_addf(&around->after, "%s%s (%s, %s)", comma(&around->after), change->to,
		  area_change_kind_name(change->kind), day_print(change->day, day));
	return true;
}

static bool add_member(void *self, const struct area_member *member)
{
	struct around *around = self;
	if (!area_valid_on(member->valid_from, member->valid_to, around->day))
		return true;
	if (around->member_count++ < MEMBERS_SHOWN)
		text_addf(&around->members, "%s%s", comma(&around->members), member->area);
	else if (around->member_count == MEMBERS_SHOWN + 1)
		text_add_string(&around->members, "; ...");
	return true;
}

static void look_around(struct around *around)
{
	const struct catalogue *catalogue = around->catalogue;
	const char *id = around->area->id;
	for (size_t i = 0; i < catalogue->code_count; i++) {
		const struct area_code *code = &catalogue->codes[i];
		bool is_name = strncmp(code->scheme, "name", strlen("name")) == 0;
		if (&catalogue->areas[code->area] == around->area && !is_name)
			text_addf(&around->codes, "%s%s %s", comma(&around->codes), code->scheme,
				  code->code);
	}
	for (size_t i = 0; i < catalogue->member_count; i++) {
		const struct area_member *member = &catalogue->members[i];
		if (strcmp(member->area, id) == 0 &&
		    area_valid_on(member->valid_from, member->valid_to, around->day))
			text_addf(&around->groups, "%s%s", comma(&around->groups), member->group);
	}
	(void)catalogue_members(catalogue, id, add_member, around);
	(void)area_predecessors(catalogue, id, add_before, around);
	(void)area_successors(catalogue, id, add_after, around);
}

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

static void add_list(struct report_table *table, const struct text *list)
{
	cell_text(table, list->len > 0 ? list->data : NULL);
}

static void add_row(const struct query *query, const struct around *around,
		    struct report_table *table)
{
	const struct area *area = around->area;
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
	add_list(table, &around->codes);
	add_list(table, &around->groups);
	add_list(table, &around->members);
	add_list(table, &around->before);
	add_list(table, &around->after);
	table_end_row(table);
}

static void say_around(const struct query *query, const struct around *around,
		       struct report *report)
{
	const struct {
		enum word word;
		const struct text *text;
	} parts[] = {
		{WORD_AREA_CODES, &around->codes},     {WORD_AREA_GROUPS, &around->groups},
		{WORD_AREA_MEMBERS, &around->members}, {WORD_AREA_BEFORE, &around->before},
		{WORD_AREA_AFTER, &around->after},
	};
	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		AUTO_TEXT struct text line = TELL_TEXT;
		if (parts[i].text->len == 0)
			continue;
		text_addf(&line, "%s: ", around->area->id);
		word_add(&line, query->language, parts[i].word, parts[i].text->data);
		report_words(report, &line);
	}
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

static void add_area(const struct query *query, const struct area *area, bool has_details,
		     struct report_table *table, struct report *report)
{
	AUTO(around_done)
	struct around around = {
		.catalogue = query->judge.catalogue,
		.area = area,
		.day = query->judge.as_of.day,
		.codes = TELL_TEXT,
		.groups = TELL_TEXT,
		.members = TELL_TEXT,
		.before = TELL_TEXT,
		.after = TELL_TEXT,
	};
	/* An area that has ended is shown with what it had on its last day. */
	if (area->valid_to != DAY_NONE && area->valid_to <= around.day)
		around.day = area->valid_to - 1;
	else if (area->valid_from != DAY_NONE && area->valid_from > around.day)
		around.day = area->valid_from;
	if (has_details)
		look_around(&around);
	add_row(query, &around, table);
	if (has_details)
		say_around(query, &around, report);
}

bool query_areas(const struct query *query, const char *written, struct report **ret,
		 struct error *err)
{
	const struct catalogue *catalogue = query->judge.catalogue;
	AUTO_REPORT struct report *report = report_new();
	AUTO_FREE bool *marks = calloc(catalogue->area_count + 1, sizeof *marks);
	if (report == NULL || marks == NULL)
		return error_memory(err);
	if (!mark(query, written, marks, err))
		return false;
	query_add_day(query, report);
	struct report_table *table =
		query_add_table(query, report, "areas", columns, COUNT_OF(columns));
	for (size_t i = 0; i < catalogue->area_count; i++)
		if (marks[i])
			add_area(query, &catalogue->areas[i], written != NULL, table, report);
	*ret = ptr_take(&report);
	return true;
}
