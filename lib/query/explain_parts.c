/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/explain_parts.h"

#include "query/heading.h"
#include "query/phrase.h"

void explain_heading(const struct explaining *explaining, enum word word)
{
	report_line(explaining->report, "%s", "");
	report_line(explaining->report, "%s", word_of(explaining->query->language, word));
}

static const struct query_column value_columns[] = {
	{"t", WORD_H_TIME, COLUMN_BOTH | COLUMN_RIGHT, 0},
	{"x", WORD_H_VALUE, COLUMN_BOTH | COLUMN_RIGHT, 0},
	{"shown_period", WORD_H_PERIOD, COLUMN_HUMAN, 0},
	{"shown_value", WORD_H_REPORTED, COLUMN_HUMAN | COLUMN_RIGHT, 0},
	{"shown_source", WORD_H_PUBLISHER, COLUMN_HUMAN | COLUMN_SHRINK, 0},
	{"shown_published", WORD_H_PUBLISHED, COLUMN_HUMAN, 0},
	{"row", WORD_H_ROW, COLUMN_BOTH | COLUMN_RIGHT, 0},
	{"period", WORD_NONE, COLUMN_MACHINE, 0},
	{"obs_period", WORD_NONE, COLUMN_MACHINE, 0},
	{"status", WORD_NONE, COLUMN_MACHINE, 0},
	{"stand_in", WORD_NONE, COLUMN_MACHINE, 0},
	{"source", WORD_NONE, COLUMN_MACHINE, 0},
	{"published", WORD_NONE, COLUMN_MACHINE, 0},
};

static void add_value(const struct explaining *explaining, const struct standing_point *point,
		      double time, double value, struct report_table *table)
{
	const struct query *query = explaining->query;
	const struct observation *row = point->row;
	char period[PERIOD_BYTES];
	AUTO_TEXT struct text text = TELL_TEXT;
	cell_number(table, true, time);
	cell_number(table, true, value);
	tell_period(&text, query->language, row->period);
	cell_take(table, &text);
	tell_value(&text, query->language, explaining->asked->indicator, row, point->stand_in);
	cell_take(table, &text);
	cell_text(table, query_source_name(query, row->source));
	tell_published(&text, query->language, row->published);
	cell_take(table, &text);
	cell_integer(table, true, (long)row->seq);
	cell_text(table, period_print(point->reporting, period));
	cell_text(table, period_print(row->period, period));
	cell_text(table, obs_status_code(row->status));
	cell_switch(table, point->stand_in);
	cell_text(table, row->source);
	cell_text(table, row->published[0] ? row->published : NULL);
	table_end_row(table);
}

static void add_counts(const struct explaining *explaining, size_t count, size_t left_out)
{
	AUTO_TEXT struct text line = TELL_TEXT;
	AUTO_TEXT struct text used = TELL_TEXT;
	AUTO_TEXT struct text before = TELL_TEXT;
	text_addf(&used, "%zu", count);
	text_addf(&before, "%zu", left_out);
	report_line(explaining->report, "%s", "");
	word_add(&line, explaining->query->language,
		 left_out > 0 ? WORD_EXPLAIN_VALUES_BREAK : WORD_EXPLAIN_VALUES,
		 text_part(&used, &line), text_part(&before, &line));
	report_words(explaining->report, &line);
}

void explain_values(const struct explaining *explaining)
{
	const struct yearly *yearly = &explaining->judgement.yearly;
	const struct standing *standing = &explaining->series.standing;
	bool is_yearly = explaining->asked->indicator->frequency == FREQUENCY_YEAR;
	add_counts(explaining, yearly->count, yearly->left_out);
	struct report_table *table =
		query_add_table(explaining->query, explaining->report, "values", value_columns,
				COUNT_OF(value_columns));
	for (size_t i = 0; is_yearly && i < yearly->count; i++)
		add_value(explaining, &standing->points[yearly->points[i]], yearly->times[i],
			  yearly->values[i], table);
	for (size_t i = yearly->first; !is_yearly && i < standing->count; i++)
		if (standing->points[i].usable)
			add_value(explaining, &standing->points[i], standing->points[i].time,
				  standing->points[i].row->value, table);
	if (is_yearly || yearly->count == 0)
		return;
	AUTO_TEXT struct text line = TELL_TEXT;
	AUTO_TEXT struct text made = TELL_TEXT;
	for (size_t i = 0; i < yearly->count; i++)
		working_fill(&made, i > 0 ? ", {}: {}" : "{}: {}",
			     (const double[]){yearly->times[i], yearly->values[i]}, 2);
	word_add(&line, explaining->query->language, WORD_EXPLAIN_YEARS, text_part(&made, &line));
	report_words(explaining->report, &line);
}

/* The rules in their order; the state and its reason say which one was the first to apply. */
enum rule {
	RULE_NO_VALUE,
	RULE_NOTHING_TO_HOLD,
	RULE_AREA_ENDED,
	RULE_DUE_VALUE,
	RULE_NOT_REPORTED,
	RULE_REACHED,
	RULE_TOO_FEW,
	RULE_METHOD,
	RULES,
};

static enum rule find_rule(const struct explaining *explaining)
{
	const struct judgement *j = &explaining->judgement;
	enum assess_reason reason = explaining->row->verdict.reason;
	if (!j->has_point)
		return RULE_NO_VALUE;
	if (j->fault != REASON_NONE || j->method == NULL)
		return RULE_NOTHING_TO_HOLD;
	if (reason == REASON_AREA_ENDED)
		return RULE_AREA_ENDED;
	if (j->has_due || j->has_later)
		return RULE_DUE_VALUE;
	if (reason == REASON_PERIOD_NOT_REPORTED)
		return RULE_NOT_REPORTED;
	if (j->met)
		return RULE_REACHED;
	return j->yearly.count < j->method->min_values ? RULE_TOO_FEW : RULE_METHOD;
}

void explain_rules(const struct explaining *explaining)
{
	static const struct {
		enum word word;
		const char *name;
	} rules[RULES] = {
		[RULE_NO_VALUE] = {WORD_RULE_NO_VALUE, "no_value"},
		[RULE_NOTHING_TO_HOLD] = {WORD_RULE_NOTHING_TO_HOLD, "nothing_to_hold_against"},
		[RULE_AREA_ENDED] = {WORD_RULE_AREA_ENDED, "area_ended"},
		[RULE_DUE_VALUE] = {WORD_RULE_DUE_VALUE, "value_of_due_period"},
		[RULE_NOT_REPORTED] = {WORD_RULE_NOT_REPORTED, "period_not_reported"},
		[RULE_REACHED] = {WORD_RULE_REACHED, "reached"},
		[RULE_TOO_FEW] = {WORD_RULE_TOO_FEW, "too_few_values"},
		[RULE_METHOD] = {WORD_RULE_METHOD, "method"},
	};
	static const struct query_column columns[] = {
		{"order", WORD_H_ORDER, COLUMN_BOTH | COLUMN_RIGHT, 0},
		{"shown_rule", WORD_H_RULE_ASKED, COLUMN_HUMAN, 0},
		{"shown_applies", WORD_H_APPLIES, COLUMN_HUMAN, 0},
		{"rule", WORD_NONE, COLUMN_MACHINE, 0},
		{"applies", WORD_NONE, COLUMN_MACHINE, 0},
	};
	const struct language *language = explaining->query->language;
	enum rule decided = find_rule(explaining);
	explain_heading(explaining, WORD_EXPLAIN_RULES);
	struct report_table *table = query_add_table(explaining->query, explaining->report, "rules",
						     columns, COUNT_OF(columns));
	for (int i = 0; i <= (int)decided; i++) {
		bool applies = i == (int)decided;
		AUTO_TEXT struct text state = TELL_TEXT;
		if (applies)
			phrase_state(&state, language, explaining->row);
		cell_integer(table, true, i + 1);
		cell_text(table, word_of(language, rules[i].word));
		if (applies)
			cell_words(table, &state);
		else
			cell_text(table, word_of(language, WORD_NO));
		cell_text(table, rules[i].name);
		cell_switch(table, applies);
		table_end_row(table);
	}
}
