/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/methods.h"

#include "assess/aside.h"
#include "base/unicode.h"
#include "query/phrase.h"
#include "query/tell.h"
#include "query/wrap.h"

#define INDENT "  "

enum { ROWS_MAX = 32 };

/* The rows in question, methods first. */
struct chosen {
	const struct method *rows[ROWS_MAX];
	size_t count, methods;
};

static struct chosen all_rows(void)
{
	struct chosen chosen = {0};
	while (method_at(chosen.methods) != NULL && chosen.methods < ROWS_MAX)
		chosen.rows[chosen.count++] = method_at(chosen.methods++);
	for (size_t i = 0; aside_at(i) != NULL && chosen.count < ROWS_MAX; i++)
		chosen.rows[chosen.count++] = aside_at(i);
	return chosen;
}

static bool choose(const char *name, struct chosen *ret, struct error *err)
{
	struct chosen all = all_rows();
	const char *names[ROWS_MAX];
	for (size_t i = 0; i < all.count; i++) {
		names[i] = all.rows[i]->name;
		if (name != NULL && strcmp(names[i], name) == 0)
			*ret = (struct chosen){{all.rows[i]}, 1, i < all.methods ? 1 : 0};
	}
	if (name == NULL)
		*ret = all;
	if (ret->count > 0)
		return true;
	const char *nearest = unicode_nearest(span_of(name), names, all.count);
	return error_set(err, ERROR_NOT_FOUND, "there is no method '%s'; %s%s%s", name,
			 nearest != NULL ? "did you mean '" : "",
			 nearest != NULL ? nearest : "\"envgap methods\" names them",
			 nearest != NULL ? "'?" : "");
}

/* A word with a text of the row in it. */
static void add_line(const struct query *query, struct report *report, enum word word,
		     const char *english)
{
	AUTO_TEXT struct text line = TELL_TEXT;
	if (english == NULL)
		return;
	word_add(&line, query->language, word, word_text(query->language, english));
	wrap_add(report, &line, INDENT);
}

static void add_values_line(const struct query *query, struct report *report,
			    const struct method *method)
{
	AUTO_TEXT struct text least = TELL_TEXT;
	AUTO_TEXT struct text sure = TELL_TEXT;
	AUTO_TEXT struct text line = TELL_TEXT;
	text_addf(&least, "%zu", method->min_values);
	text_addf(&sure, "%zu", method->sure_values);
	enum word word = method->sure_values > method->min_values ? WORD_METHOD_PROVISIONAL
								  : WORD_METHOD_LEAST;
	word_add(&line, query->language, word, text_part(&least, &line), text_part(&sure, &line));
	wrap_add(report, &line, INDENT);
}

static void add_about(const struct query *query, struct report *report, const struct method *method,
		      bool decides)
{
	const struct language *language = query->language;
	report_line(report, "%s: %s", method->name, word_text(language, method->title));
	if (method == method_find(""))
		report_line(report, "%s", word_of(language, WORD_METHOD_IS_DEFAULT));
	if (!decides)
		report_line(report, "%s", word_of(language, WORD_METHOD_ASIDE));
	report_line(report, "%s", "");
	AUTO_TEXT struct text paragraph = TELL_TEXT;
	text_add_string(&paragraph, word_text(language, method->paragraph));
	wrap_add(report, &paragraph, "");
	report_line(report, "%s", "");
	add_line(query, report, WORD_METHOD_NEEDS, method->needs);
	add_values_line(query, report, method);
	add_line(query, report, WORD_METHOD_MEASURE, method->measure);
	add_line(query, report, WORD_METHOD_SCORE, method->score);
	add_line(query, report, WORD_METHOD_FORMULA, method->formula);
	add_line(query, report, WORD_METHOD_LETTERS, METHOD_LETTERS);
	add_line(query, report, WORD_METHOD_CITATION, method->citation);
	report_line(report, "%s", "");
}

static void add_methods(const struct query *query, const struct chosen *chosen, bool is_list,
			struct report *report)
{
	unsigned seen = is_list ? COLUMN_HUMAN : 0;
	const struct query_column columns[] = {
		{"name", WORD_H_METHOD, COLUMN_MACHINE | seen, 0},
		{"shown_title", WORD_H_TITLE, seen | COLUMN_SHRINK, 0},
		{"min_values", WORD_H_LEAST, COLUMN_MACHINE | COLUMN_RIGHT | seen, 0},
		{"sure_values", WORD_NONE, COLUMN_MACHINE, 0},
		{"judges_targets", WORD_NONE, COLUMN_MACHINE, 0},
		{"title", WORD_NONE, COLUMN_MACHINE, 0},
		{"needs", WORD_NONE, COLUMN_MACHINE, 0},
		{"formula", WORD_NONE, COLUMN_MACHINE, 0},
		{"measure", WORD_NONE, COLUMN_MACHINE, 0},
		{"score", WORD_NONE, COLUMN_MACHINE, 0},
		{"citation", WORD_NONE, COLUMN_MACHINE, 0},
		{"paragraph", WORD_NONE, COLUMN_MACHINE, 0},
	};
	struct report_table *table =
		query_add_table(query, report, "methods", columns, COUNT_OF(columns));
	for (size_t i = 0; i < chosen->count; i++) {
		const struct method *method = chosen->rows[i];
		cell_text(table, method->name);
		cell_text(table, word_text(query->language, method->title));
		cell_integer(table, true, (long)method->min_values);
		cell_integer(table, true, (long)method->sure_values);
		cell_switch(table, i < chosen->methods);
		cell_text(table, method->title);
		cell_text(table, method->needs);
		cell_text(table, method->formula);
		cell_text(table, method->measure);
		cell_text(table, method->score);
		cell_text(table, method->citation);
		cell_text(table, method->paragraph);
		table_end_row(table);
	}
}

static const char *state_word(const struct language *language, enum assess_state state)
{
	static const enum word words[] = {
		[STATE_ON_TRACK] = WORD_ON_TRACK,
		[STATE_NEARLY_ON_TRACK] = WORD_NEARLY_ON_TRACK,
		[STATE_OFF_TRACK] = WORD_OFF_TRACK,
		[STATE_WORSENING] = WORD_WORSENING,
		[STATE_INSUFFICIENT_DATA] = WORD_NOT_ASSESSABLE,
	};
	return word_of(language, words[state]);
}

static void add_categories(const struct query *query, const struct chosen *chosen, bool is_list,
			   struct report *report)
{
	unsigned seen = is_list ? 0 : COLUMN_HUMAN;
	const struct query_column columns[] = {
		{"method", WORD_NONE, COLUMN_MACHINE, 0},
		{"category", WORD_NONE, COLUMN_MACHINE, 0},
		{"state", WORD_NONE, COLUMN_MACHINE, 0},
		{"shown_category", WORD_H_CATEGORY, seen, 0},
		{"shown_state", WORD_H_COUNTS_AS, seen, 0},
	};
	struct report_table *table =
		query_add_table(query, report, "categories", columns, COUNT_OF(columns));
	for (size_t i = 0; i < chosen->count; i++) {
		const struct method *method = chosen->rows[i];
		const enum assess_state *states = method->states;
		for (size_t k = 0; method->categories[k] != NULL; k++) {
			const char *category = method->categories[k];
			cell_text(table, method->name);
			cell_text(table, category);
			cell_text(table, states != NULL ? assess_state_name(states[k]) : NULL);
			cell_text(table, phrase_symbol(query->language, category));
			cell_text(table,
				  states != NULL ? state_word(query->language, states[k]) : NULL);
			table_end_row(table);
		}
	}
}

static void add_thresholds(const struct query *query, const struct chosen *chosen, bool is_list,
			   struct report *report)
{
	unsigned seen = is_list ? 0 : COLUMN_HUMAN;
	const struct query_column columns[] = {
		{"method", WORD_NONE, COLUMN_MACHINE, 0},
		{"threshold", WORD_NONE, COLUMN_MACHINE, 0},
		{"shown_threshold", WORD_H_THRESHOLD, seen, 0},
		{"value", WORD_NONE, COLUMN_MACHINE, 0},
		{"shown_value", WORD_H_VALUE, seen | COLUMN_RIGHT, 0},
	};
	struct report_table *table =
		query_add_table(query, report, "thresholds", columns, COUNT_OF(columns));
	for (size_t i = 0; i < chosen->count; i++) {
		const struct method_threshold *row = chosen->rows[i]->thresholds;
		for (; row->name != NULL; row++) {
			AUTO_TEXT struct text shown = TELL_TEXT;
			tell_number(&shown, query->language, row->value, TELL_AS_IS);
			cell_text(table, chosen->rows[i]->name);
			cell_text(table, row->name);
			cell_text(table, word_text(query->language, row->name));
			cell_number(table, true, row->value);
			cell_words(table, &shown);
			table_end_row(table);
		}
	}
}

static void add_next(const struct query *query, struct report *report)
{
	AUTO_TEXT struct text asides = TELL_TEXT;
	AUTO_TEXT struct text line = TELL_TEXT;
	for (size_t i = 0; aside_at(i) != NULL; i++)
		text_addf(&asides, "%s%s", i > 0 ? ", " : "", aside_at(i)->name);
	report_line(report, "%s", "");
	word_add(&line, query->language, WORD_METHOD_ASIDES, text_part(&asides, &line));
	report_words(report, &line);
	text_clear(&line);
	word_add(&line, query->language, WORD_NEXT_METHODS, method_find("")->name);
	report_words(report, &line);
}

bool query_methods(const struct query *query, const char *name, struct report **ret,
		   struct error *err)
{
	AUTO_REPORT struct report *report = report_new();
	struct chosen chosen = {0};
	bool is_list = name == NULL;
	if (report == NULL)
		return error_memory(err);
	if (!choose(name, &chosen, err))
		return false;
	if (!is_list)
		add_about(query, report, chosen.rows[0], chosen.methods > 0);
	add_methods(query, &chosen, is_list, report);
	add_categories(query, &chosen, is_list, report);
	if (!is_list && chosen.rows[0]->thresholds[0].name != NULL &&
	    chosen.rows[0]->categories[0] != NULL)
		report_line(report, "%s", "");
	add_thresholds(query, &chosen, is_list, report);
	if (is_list)
		add_next(query, report);
	*ret = ptr_take(&report);
	return true;
}
