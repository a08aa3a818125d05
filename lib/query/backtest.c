/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/backtest.h"

#include <stdio.h>

#include "assess/backtest.h"
#include "assess/method.h"
#include "base/unicode.h"
#include "judge/items.h"
#include "query/heading.h"
#include "query/tell.h"
#include "query/wrap.h"

#define PERCENT 100.0

/* What is summed up. */
struct look {
	const struct query *query;
	const struct backtest_question *question;
	struct backtest sum;
	long series, targets;
};

static bool check_method(const char *name, struct error *err)
{
	const char *names[BACKTEST_METHODS_MAX];
	size_t count = 0;
	for (; count < BACKTEST_METHODS_MAX && method_at(count) != NULL; count++)
		names[count] = method_at(count)->name;
	if (name == NULL || (name[0] != '\0' && method_find(name) != NULL))
		return true;
	const char *nearest = unicode_nearest(span_of(name), names, count);
	return error_set(err, ERROR_NOT_FOUND, "there is no method '%s'; %s%s%s", name,
			 nearest != NULL ? "did you mean '" : "",
			 nearest != NULL ? nearest : "\"envgap methods\" names them",
			 nearest != NULL ? "'?" : "");
}

/* Do both ask for the same, so that one of them is enough? */
static bool ask_the_same(const struct target *a, const struct target *b)
{
	return a->op == b->op && a->relative == b->relative && a->has_value == b->has_value &&
	       a->has_high == b->has_high && a->value == b->value &&
	       a->value_high == b->value_high && period_equal(a->period, b->period) &&
	       a->milestone_count == b->milestone_count && a->milestone_count == 0;
}

static bool is_asked_before(const struct judge_items *items, size_t first, size_t index)
{
	for (size_t i = first; i < index; i++)
		if (ask_the_same(items->items[i].target, items->items[index].target))
			return true;
	return false;
}

static bool test_item(struct look *look, const struct judge_item *item,
		      const struct judged_series *series, struct error *err)
{
	const struct judge *judge = &look->query->judge;
	const struct backtest_input input = {
		.assess = {.catalogue = judge->catalogue,
			   .indicator = series->indicator,
			   .target = item->target,
			   .area = item->area,
			   .standing = &series->standing,
			   .today = judge->as_of.day},
		.past = {.indicator = series->indicator,
			 .rows = series->vintages.rows,
			 .count = series->vintages.count,
			 .received_days = series->received_days,
			 .as_of = judge->as_of},
		.years = look->question->years,
	};
	long before = look->sum.questions;
	if (!backtest_target(&input, &look->sum, err))
		return false;
	look->targets += look->sum.questions > before;
	return true;
}

static bool test_items(struct look *look, const struct judge_items *items, struct error *err)
{
	AUTO_JUDGED_SERIES struct judged_series series = {0};
	size_t first = 0;
	long asked = 0;
	for (size_t i = 0; i < items->count; i++) {
		const struct judge_item *item = &items->items[i];
		if (i == 0 || !judge_items_share(item, item - 1)) {
			const struct series_key key = judge_item_series(item);
			first = i;
			asked = look->sum.questions;
			if (!judge_series(&look->query->judge, &key, &series, err))
				return false;
		}
		bool counts = query_is_adopted(look->query, item->act);
		bool had_any = look->sum.questions > asked;
		if (counts && !is_asked_before(items, first, i) &&
		    !test_item(look, item, &series, err))
			return false;
		look->series += !had_any && look->sum.questions > asked;
	}
	return true;
}

static bool find_items(const struct look *look, struct judge_items *ret, struct error *err)
{
	const struct query *query = look->query;
	const struct indicator *indicator = NULL;
	const struct area *area = NULL;
	const struct backtest_question *question = look->question;
	if (question->years < 1 || question->years > BACKTEST_YEARS_MAX)
		return error_set(err, ERROR_INPUT, "%d years ahead: 1 to %d can be asked for",
				 question->years, BACKTEST_YEARS_MAX);
	if (!check_method(question->method, err))
		return false;
	if (question->indicator != NULL &&
	    !query_find_indicator(query, question->indicator, &indicator, err))
		return false;
	if (question->area != NULL && !query_find_area(query, question->area, &area, err))
		return false;
	const struct judge_filter filter = {
		.indicator = question->indicator,
		.area = area != NULL ? area->id : NULL,
		.all = true,
	};
	return judge_items_find(query->judge.catalogue, &filter, query->judge.as_of.day, ret, err);
}

static void add_fields(const struct look *look, struct report *report)
{
	query_add_day(look->query, report);
	report_field_integer(report, "years", look->question->years);
	report_field_integer(report, "series", look->series);
	report_field_integer(report, "targets", look->targets);
	report_field_integer(report, "questions", look->sum.questions);
	report_field_integer(report, "own_due", look->sum.own);
	report_field_integer(report, "cut", look->sum.cut);
	report_field_integer(report, "reached_before", look->sum.reached);
	report_field_integer(report, "least_verdicts", BACKTEST_LEAST_VERDICTS);
}

static void add_counts_line(const struct look *look, enum word word, const long *counts,
			    size_t count, struct report *report)
{
	enum { COUNTS_MAX = 4, DIGITS = 24 };
	char digits[COUNTS_MAX][DIGITS];
	const char *texts[COUNTS_MAX];
	for (size_t i = 0; i < count; i++) {
		(void)snprintf(digits[i], sizeof digits[i], "%ld", counts[i]);
		texts[i] = digits[i];
	}
	AUTO_TEXT struct text line = TELL_TEXT;
	word_fill(&line, word_of(look->query->language, word), texts, count);
	wrap_add(report, &line, "");
}

static void add_heading(const struct look *look, struct report *report)
{
	const struct language *language = look->query->language;
	const struct backtest *sum = &look->sum;
	AUTO_TEXT struct text title = TELL_TEXT;
	heading_add_day(look->query, &title);
	report_words(report, &title);
	const long years[] = {look->question->years};
	const long what[] = {look->series, look->targets, sum->questions};
	const long how[] = {sum->own, sum->cut, sum->reached};
	add_counts_line(look, WORD_BACKTEST_ASKED, years, COUNT_OF(years), report);
	add_counts_line(look, WORD_BACKTEST_COUNTS, what, COUNT_OF(what), report);
	if (sum->questions > 0 || sum->reached > 0)
		add_counts_line(look, WORD_BACKTEST_HOW, how, COUNT_OF(how), report);
	if (sum->questions == 0)
		report_line(report, "%s", word_of(language, WORD_BACKTEST_NOTHING));
	report_line(report, "%s", "");
}

static void tell_percent(const struct look *look, struct text *out, double share)
{
	tell_computed(out, look->query->language, PERCENT * share, 0);
}

/* "76 %", or how many verdicts there are when they are too few. */
static void add_share(const struct look *look, struct report_table *table, long hits, long count)
{
	AUTO_TEXT struct text text = TELL_TEXT;
	if (count == 0) {
		cell_none(table);
		return;
	}
	if (count < BACKTEST_LEAST_VERDICTS) {
		cell_text(table, word_of(look->query->language, WORD_BACKTEST_TOO_FEW));
		return;
	}
	tell_percent(look, &text, (double)hits / (double)count);
	text_add_string(&text, " %");
	cell_words(table, &text);
}

static void add_range(const struct look *look, struct report_table *table,
		      const struct backtest_score *score, double low, double high)
{
	AUTO_TEXT struct text text = TELL_TEXT;
	if (score->verdicts < BACKTEST_LEAST_VERDICTS) {
		cell_none(table);
		return;
	}
	tell_percent(look, &text, low);
	text_add_string(&text, "..");
	tell_percent(look, &text, high);
	cell_words(table, &text);
}

static void add_machine_share(struct report_table *table, long hits, long count)
{
	cell_number(table, count >= BACKTEST_LEAST_VERDICTS,
		    count > 0 ? (double)hits / (double)count : 0);
}

static void add_row(const struct look *look, const char *name, const struct backtest_score *score,
		    struct report_table *table)
{
	double low = 0, high = 1;
	bool is_enough = score->verdicts >= BACKTEST_LEAST_VERDICTS;
	if (score->verdicts > 0)
		backtest_interval(score->came_true, score->verdicts, &low, &high);
	cell_text(table, name);
	cell_integer(table, true, score->verdicts);
	cell_integer(table, true, score->came_true);
	add_share(look, table, score->came_true, score->verdicts);
	add_range(look, table, score, low, high);
	cell_integer(table, true, score->false_alarms);
	cell_integer(table, true, score->missed_gaps);
	add_share(look, table, score->still_true, score->verdicts);
	add_share(look, table, score->shared_true, score->shared);
	add_machine_share(table, score->came_true, score->verdicts);
	cell_number(table, is_enough, low);
	cell_number(table, is_enough, high);
	cell_integer(table, true, score->still_true);
	add_machine_share(table, score->still_true, score->verdicts);
	cell_integer(table, true, score->shared);
	cell_integer(table, true, score->shared_true);
	add_machine_share(table, score->shared_true, score->shared);
	table_end_row(table);
}

static void add_table(const struct look *look, struct report *report)
{
	static const struct query_column columns[] = {
		{"method", WORD_H_METHOD, COLUMN_BOTH, 0},
		{"verdicts", WORD_H_VERDICTS, COLUMN_BOTH | COLUMN_RIGHT, 0},
		{"came_true", WORD_H_CAME_TRUE, COLUMN_BOTH | COLUMN_RIGHT, 0},
		{"shown_share", WORD_H_SHARE, COLUMN_HUMAN | COLUMN_RIGHT, 0},
		{"shown_range", WORD_H_RANGE_95, COLUMN_HUMAN | COLUMN_RIGHT, 0},
		{"false_alarms", WORD_H_FALSE_ALARMS, COLUMN_BOTH | COLUMN_RIGHT, 0},
		{"missed_gaps", WORD_H_MISSED_GAPS, COLUMN_BOTH | COLUMN_RIGHT, 0},
		{"shown_still", WORD_H_LAST_VALUE, COLUMN_HUMAN | COLUMN_RIGHT, 0},
		{"shown_shared", WORD_H_SHARED, COLUMN_HUMAN | COLUMN_RIGHT, 1},
		{"share", WORD_NONE, COLUMN_MACHINE, 0},
		{"low", WORD_NONE, COLUMN_MACHINE, 0},
		{"high", WORD_NONE, COLUMN_MACHINE, 0},
		{"last_value_true", WORD_NONE, COLUMN_MACHINE, 0},
		{"last_value_share", WORD_NONE, COLUMN_MACHINE, 0},
		{"shared", WORD_NONE, COLUMN_MACHINE, 0},
		{"shared_true", WORD_NONE, COLUMN_MACHINE, 0},
		{"shared_share", WORD_NONE, COLUMN_MACHINE, 0},
	};
	const char *only = look->question->method;
	struct report_table *table =
		query_add_table(look->query, report, "methods", columns, COUNT_OF(columns));
	for (size_t i = 0; i < BACKTEST_METHODS_MAX && method_at(i) != NULL; i++)
		if (only == NULL || strcmp(method_at(i)->name, only) == 0)
			add_row(look, method_at(i)->name, &look->sum.scores[i], table);
}

static void add_notes(const struct look *look, struct report *report)
{
	static const enum word notes[] = {WORD_BACKTEST_NOTE_SAID, WORD_BACKTEST_NOTE_ALARMS,
					  WORD_BACKTEST_NOTE_STILL, WORD_BACKTEST_NOTE_FEW};
	char least[24];
	(void)snprintf(least, sizeof least, "%d", BACKTEST_LEAST_VERDICTS);
	report_line(report, "%s", "");
	for (size_t i = 0; i < COUNT_OF(notes); i++) {
		AUTO_TEXT struct text line = TELL_TEXT;
		word_add(&line, look->query->language, notes[i], least);
		wrap_add(report, &line, "  ");
	}
}

bool query_backtest(const struct query *query, const struct backtest_question *question,
		    struct report **ret, struct error *err)
{
	AUTO_REPORT struct report *report = report_new();
	AUTO_JUDGE_ITEMS struct judge_items items = {0};
	struct look look = {.query = query, .question = question};
	if (report == NULL)
		return error_memory(err);
	if (!find_items(&look, &items, err) || !test_items(&look, &items, err))
		return false;
	add_fields(&look, report);
	add_heading(&look, report);
	if (look.sum.questions > 0 || !report_is_for_people(report))
		add_table(&look, report);
	if (look.sum.questions > 0)
		add_notes(&look, report);
	*ret = ptr_take(&report);
	return true;
}
