/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/heading.h"

#include "query/phrase.h"
#include "query/tell.h"

void heading_add_day(const struct query *query, struct text *out)
{
	const struct as_of *as_of = &query->judge.as_of;
	AUTO_TEXT struct text day = TELL_TEXT;
	tell_day(&day, query->language, as_of->day);
	word_add(out, query->language, as_of->by_receipt ? WORD_RECEIVED_BY : WORD_AS_OF,
		 text_part(&day, out));
}

static void add_count(const struct query *query, enum word word, long count, const char *before,
		      struct text *out)
{
	if (count == 0)
		return;
	text_add_string(out, before);
	word_add_count(out, query->language, word, word, count);
}

void heading_add_counts(const struct query *query, const struct query_rows *rows,
			struct report *report)
{
	static const struct {
		enum assess_state state;
		enum word word;
	} states[] = {
		{STATE_MET, WORD_COUNT_MET},
		{STATE_ON_TRACK, WORD_COUNT_ON_TRACK},
		{STATE_NEARLY_ON_TRACK, WORD_COUNT_NEARLY},
		{STATE_OFF_TRACK, WORD_COUNT_OFF_TRACK},
		{STATE_WORSENING, WORD_COUNT_WORSENING},
		{STATE_MISSED, WORD_COUNT_MISSED},
	};
	const struct query_counts counts = query_rows_count(rows);
	AUTO_TEXT struct text line = TELL_TEXT;
	const struct area *area = query_rows_area(rows);
	heading_add_day(query, &line);
	text_add_string(&line, " · ");
	if (area != NULL)
		text_addf(&line, "%s · ", query_name(query, area->name, area->name_vi));
	if (rows->count == 0)
		text_add_string(&line, word_of(query->language, WORD_NO_TARGETS));
	else
		word_add_count(&line, query->language, WORD_ONE_TARGET, WORD_TARGETS,
			       (long)rows->count);
	const char *before = " · ";
	for (size_t i = 0; i < COUNT_OF(states); i++) {
		long count = counts.by_state[states[i].state];
		add_count(query, states[i].word, count, before, &line);
		before = count > 0 ? ", " : before;
	}
	add_count(query, WORD_COUNT_UNKNOWN, counts.unknown, before, &line);
	report_words(report, &line);
	report_line(report, "%s", "");
}

void heading_tell_apart(const struct area *only, struct query_column *area, struct query_column *id)
{
	if (only == NULL)
		return;
	area->heading = id->heading;
	area->flags = COLUMN_HUMAN | COLUMN_WRAP;
	id->flags = 0;
}

void heading_add_place(const struct query *query, const struct area *only,
		       const struct query_row *row, struct text *out)
{
	if (only == NULL)
		phrase_area(out, query, row);
	else
		phrase_target(out, row);
}

void cell_take(struct report_table *table, struct text *text)
{
	cell_words(table, text);
	text_clear(text);
}
