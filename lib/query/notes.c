/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/notes.h"

#include "obs/instant.h"
#include "query/report_words.h"
#include "query/tell.h"
#include "query/wrap.h"

static const struct query_column columns[] = {
	{"target", WORD_NONE, COLUMN_MACHINE, 0}, {"year", WORD_NONE, COLUMN_MACHINE, 0},
	{"cause", WORD_NONE, COLUMN_MACHINE, 0},  {"remedy", WORD_NONE, COLUMN_MACHINE, 0},
	{"text", WORD_NONE, COLUMN_MACHINE, 0},	  {"actor", WORD_NONE, COLUMN_MACHINE, 0},
	{"at", WORD_NONE, COLUMN_MACHINE, 0},
};

static void add_cell(struct report_table *table, const char *text)
{
	cell_text(table, text[0] != '\0' ? text : NULL);
}

static void add_row(const struct note *note, struct report_table *table)
{
	char at[INSTANT_BYTES];
	add_cell(table, note->target);
	cell_integer(table, note->year != 0, note->year);
	add_cell(table, note->cause);
	add_cell(table, note->remedy);
	add_cell(table, note->text);
	cell_text(table, note->actor);
	cell_text(table, instant_print(note->at, at));
	table_end_row(table);
}

void notes_tell_author(struct text *out, const struct query *query, const struct note *note)
{
	text_addf(out, "%s, ", note->actor);
	tell_day(out, query->language, zone_day(query->judge.zone, note->at));
}

/* "Cause (ip-2026, 2026): ... [lan, 2026-11-22]" */
static void add_lines(const struct query *query, const struct note *note, struct report *report)
{
	const struct {
		enum report_word word;
		const char *text;
	} parts[] = {{REPORT_CAUSE, note->cause},
		     {REPORT_REMEDY, note->remedy},
		     {REPORT_NOTE, note->text}};
	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		AUTO_TEXT struct text line = TELL_TEXT;
		if (parts[i].text[0] == '\0')
			continue;
		text_add_string(&line, report_word_of(query->language, parts[i].word));
		bool is_narrow = note->target[0] != '\0' || note->year != 0;
		text_add_string(&line, is_narrow ? " (" : "");
		text_add_string(&line, note->target);
		if (note->year != 0)
			text_addf(&line, "%s%d", note->target[0] ? ", " : "", note->year);
		text_addf(&line, "%s: %s [", is_narrow ? ")" : "", parts[i].text);
		notes_tell_author(&line, query, note);
		text_add_char(&line, ']');
		wrap_add(report, &line, "  ");
	}
}

bool query_add_notes(const struct query *query, const struct query_series *series,
		     const char *target, struct report *report, struct error *err)
{
	AUTO_NOTES struct notes notes = {0};
	const struct note_subject subject = {query_series_key(series), target, 0};
	const struct note *note;
	size_t at = 0;
	if (!notes_read(&query->judge, &notes, err))
		return false;
	struct report_table *table =
		query_add_table(query, report, "notes", columns, COUNT_OF(columns));
	while ((note = notes_next(&notes, &subject, &at)) != NULL) {
		add_row(note, table);
		add_lines(query, note, report);
	}
	return true;
}
