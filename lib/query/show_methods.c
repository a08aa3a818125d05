/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/show_parts.h"

#include <math.h>
#include <stdio.h>

#include "assess/method.h"
#include "query/heading.h"
#include "query/phrase.h"

#define PERCENT 100.0

bool show_is_open(const struct show *show, const struct query_row *row)
{
	return target_due(row->target) >= show->query->judge.as_of.day;
}

/* The default method measures a share of the way, or, where there is none, the change a year;
 * others the pace against the pace that is needed. */
static void add_measure(const struct show *show, const struct query_row *row,
			const struct verdict *verdict, struct report_table *table)
{
	const struct language *language = show->query->language;
	const struct measure *measure = &verdict->measure;
	/* How fast one comes nearer says nothing of a target that is reached. */
	bool is_reached = row->verdict.gap.is_set && row->verdict.gap.value <= 0;
	bool is_own = strcmp(verdict->method, row->verdict.method) == 0;
	if (!measure->is_set || (is_reached && !is_own)) {
		cell_none(table);
		return;
	}
	AUTO_TEXT struct text number = TELL_TEXT;
	AUTO_TEXT struct text text = TELL_TEXT;
	enum word word = WORD_MEASURE_RATIO;
	bool is_default = strcmp(verdict->method, method_find("")->name) == 0;
	bool is_change =
		verdict->actual_change.is_set && measure->value == verdict->actual_change.value;
	if (is_default && is_change) {
		word = WORD_MEASURE_CHANGE;
		tell_distance(&number, language, row->indicator, measure->value, 2);
	} else if (is_default) {
		word = measure->value < 0 ? WORD_MEASURE_TO_SPARE : WORD_MEASURE_MISS;
		tell_computed(&number, language, PERCENT * fabs(measure->value), 0);
	} else if (!verdict->target_value.is_set) {
		word = WORD_MEASURE_GROWTH;
		tell_computed(&number, language, PERCENT * measure->value, 1);
	} else if (strcmp(verdict->method, "escap") == 0) {
		word = WORD_MEASURE_TENTHS;
		tell_computed(&number, language, measure->value, 1);
	} else if (strcmp(verdict->method, "unchart") == 0) {
		word = WORD_MEASURE_SHARE;
		tell_computed(&number, language, PERCENT * measure->value, 0);
	} else {
		tell_computed(&number, language, measure->value, 2);
	}
	word_add(&text, language, word, text_part(&number, &text));
	cell_take(table, &text);
}

static void add_name(const struct show *show, const char *method, struct report_table *table)
{
	AUTO_TEXT struct text text = TELL_TEXT;
	if (strcmp(method_find("")->name, method) == 0)
		word_add(&text, show->query->language, WORD_DEFAULT_METHOD, method);
	else
		text_add_string(&text, method);
	cell_take(table, &text);
}

/* The state as which the category counts; what is missing where there is none. */
static void add_meaning(const struct show *show, const struct verdict *verdict,
			struct report_table *table)
{
	const struct language *language = show->query->language;
	const struct method *method = method_find(verdict->method);
	AUTO_TEXT struct text text = TELL_TEXT;
	AUTO_TEXT struct text used = TELL_TEXT;
	AUTO_TEXT struct text least = TELL_TEXT;
	if (method != NULL && verdict->used_count < method->min_values) {
		text_addf(&used, "%zu", verdict->used_count);
		text_addf(&least, "%zu", method->min_values);
		word_add(&text, language, WORD_VALUES_NEEDED, text_part(&used, &text),
			 text_part(&least, &text));
	} else {
		text_add_string(&text, word_of(language, phrase_state_word(verdict)));
	}
	cell_take(table, &text);
}

static void add_row(const struct show *show, const struct query_row *row,
		    const struct verdict *verdict, struct report_table *table)
{
	cell_text(table, row->target->id);
	add_name(show, verdict->method, table);
	add_measure(show, row, verdict, table);
	cell_text(table, phrase_symbol(show->query->language, verdict->symbol));
	add_meaning(show, verdict, table);
	cell_text(table, verdict->method);
	cell_number(table, verdict->measure.is_set, verdict->measure.value);
	cell_text(table, verdict->symbol);
	cell_text(table, assess_state_name(verdict->state));
	cell_integer(table, true, (long)verdict->used_count);
	table_end_row(table);
}

/* What the methods of one target have said so far. */
struct panel {
	bool has_state, disagrees;
	enum assess_state state;
};

static void hear(struct panel *panel, const struct verdict *verdict)
{
	if (query_is_unknown(verdict->state))
		return;
	panel->disagrees |= panel->has_state && panel->state != verdict->state;
	panel->has_state = true;
	panel->state = verdict->state;
}

/* Judge the target by another method than its own. */
static bool judge_by(const struct show *show, const struct query_row *row, const char *method,
		     struct verdict *ret, struct error *err)
{
	struct target target = *row->target;
	(void)snprintf(target.method, sizeof target.method, "%s", method);
	return judge_target(&show->query->judge, show->series, &target, row->area, ret, err);
}

static void add_disagreement(const struct show *show, const struct query_row *row)
{
	AUTO_TEXT struct text line = TELL_TEXT;
	word_add(&line, show->query->language, WORD_METHODS_DISAGREE, row->target->id);
	report_words(show->report, &line);
}

static bool add_panel(const struct show *show, const struct query_row *row,
		      struct report_table *table, struct error *err)
{
	struct panel panel = {0};
	const struct verdict *own = &row->verdict;
	if (own->symbol == NULL || own->symbol[0] == '\0')
		return true;
	add_row(show, row, own, table);
	hear(&panel, own);
	for (size_t i = 0; method_at(i) != NULL; i++) {
		struct verdict verdict;
		if (strcmp(method_at(i)->name, own->method) == 0)
			continue;
		if (!judge_by(show, row, method_at(i)->name, &verdict, err))
			return false;
		/* The verdict keeps the name that it was given. */
		verdict.method = method_at(i)->name;
		if (verdict.symbol[0] == '\0')
			continue;
		add_row(show, row, &verdict, table);
		hear(&panel, &verdict);
	}
	if (panel.disagrees)
		add_disagreement(show, row);
	return true;
}

bool show_add_methods(const struct show *show, const struct query_rows *targets, struct error *err)
{
	static const struct query_column columns[] = {
		{"target", WORD_H_TARGET, COLUMN_BOTH | COLUMN_GROUP, 0},
		{"shown_method", WORD_H_METHOD, COLUMN_HUMAN, 0},
		{"shown_measure", WORD_H_MEASURE, COLUMN_HUMAN | COLUMN_WRAP, 0},
		{"shown_says", WORD_H_SAYS, COLUMN_HUMAN | COLUMN_WRAP, 0},
		{"shown_counts", WORD_H_COUNTS_AS, COLUMN_HUMAN | COLUMN_WRAP, 0},
		{"method", WORD_NONE, COLUMN_MACHINE, 0},
		{"measure", WORD_NONE, COLUMN_MACHINE, 0},
		{"symbol", WORD_NONE, COLUMN_MACHINE, 0},
		{"state", WORD_NONE, COLUMN_MACHINE, 0},
		{"values_used", WORD_NONE, COLUMN_MACHINE, 0},
	};
	struct report_table *table =
		query_add_table(show->query, show->report, "methods", columns, COUNT_OF(columns));
	for (size_t i = 0; i < targets->count; i++)
		if (show_is_open(show, &targets->items[i]) &&
		    !add_panel(show, &targets->items[i], table, err))
			return false;
	return true;
}
