/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/warnings.h"

#include "assess/lint.h"
#include "obs/instant.h"
#include "query/heading.h"
#include "query/tell.h"

struct listing {
	const struct query *query;
	struct report *report;
	struct report_table *table;
	long count;
	bool seen[LINT_RULES + 1];
};

void warnings_tell(struct text *out, const struct language *language,
		   const struct lint_finding *finding)
{
	const char *says = lint_row(finding->rule)->says;
	AUTO_TEXT struct text detail = TELL_TEXT;
	if (says[0] != '\0')
		text_addf(out, "%s: ", word_text(language, says));
	text_add_string(out, word_message(language, finding->detail, &detail));
}

static bool each(const struct query *query, const struct warnings_filter *filter, log_row_fn *take,
		 struct listing *listing, struct error *err)
{
	const struct log_warned which = {filter->feed, filter->series, query->judge.as_of.day};
	return log_each_warned(query->judge.ledger, &which, take, listing, err);
}

static bool count_row(void *self, const struct log_row *row, struct error *err)
{
	struct listing *listing = self;
	struct span rest = span_of(row->from.warning);
	struct lint_finding finding;
	(void)err;
	while (lint_read(&rest, &finding))
		listing->count++;
	return true;
}

bool warnings_count(const struct query *query, const struct warnings_filter *filter, long *ret,
		    struct error *err)
{
	struct listing listing = {.query = query};
	if (!each(query, filter, count_row, &listing, err))
		return false;
	*ret = listing.count;
	return true;
}

static bool add_line(void *self, const struct log_row *row, struct error *err)
{
	const struct listing *listing = self;
	const struct language *language = listing->query->language;
	struct span rest = span_of(row->from.warning);
	struct lint_finding finding;
	(void)err;
	while (lint_read(&rest, &finding)) {
		AUTO_TEXT struct text line = TELL_TEXT;
		AUTO_TEXT struct text said = TELL_TEXT;
		tell_period(&said, language, row->obs.period);
		text_addf(&said, ", %s: ", query_source_name(listing->query, row->obs.source));
		warnings_tell(&said, language, &finding);
		word_add(&line, language, WORD_CELL_WARNING, text_part(&said, &line));
		report_words(listing->report, &line);
	}
	return true;
}

bool warnings_add_lines(const struct query *query, const struct warnings_filter *filter,
			struct report *report, struct error *err)
{
	struct listing listing = {.query = query, .report = report};
	return each(query, filter, add_line, &listing, err);
}

static const struct query_column columns[] = {
	{"indicator", WORD_H_INDICATOR, COLUMN_BOTH, 0},
	{"area", WORD_H_AREA, COLUMN_BOTH, 0},
	{"shown_period", WORD_H_PERIOD, COLUMN_HUMAN, 0},
	{"shown_value", WORD_H_VALUE, COLUMN_HUMAN | COLUMN_RIGHT, 0},
	{"shown_source", WORD_H_PUBLISHER, COLUMN_HUMAN | COLUMN_SHRINK, 2},
	{"code", WORD_H_WARNING, COLUMN_BOTH, 0},
	{"detail", WORD_H_FOUND, COLUMN_BOTH | COLUMN_SHRINK, 0},
	{"seq", WORD_H_ROW, COLUMN_BOTH | COLUMN_RIGHT, 1},
	{"breakdown", WORD_NONE, COLUMN_MACHINE, 0},
	{"period", WORD_NONE, COLUMN_MACHINE, 0},
	{"value", WORD_NONE, COLUMN_MACHINE, 0},
	{"source", WORD_NONE, COLUMN_MACHINE, 0},
	{"feed", WORD_NONE, COLUMN_MACHINE, 0},
	{"actor", WORD_NONE, COLUMN_MACHINE, 0},
	{"received", WORD_NONE, COLUMN_MACHINE, 0},
};

static void add_shown(const struct listing *listing, const struct log_row *row,
		      const struct lint_finding *finding)
{
	const struct query *query = listing->query;
	struct report_table *table = listing->table;
	const char *code = lint_row(finding->rule)->code;
	const struct indicator *indicator =
		catalogue_indicator(query->judge.catalogue, span_of(row->series.indicator));
	AUTO_TEXT struct text text = TELL_TEXT;
	cell_text(table, row->series.indicator);
	cell_text(table, row->series.area);
	tell_period(&text, query->language, row->obs.period);
	cell_take(table, &text);
	if (indicator != NULL)
		tell_value(&text, query->language, indicator, &row->obs, false);
	else
		tell_number(&text, query->language, row->obs.value, TELL_AS_IS);
	cell_take(table, &text);
	cell_text(table, query_source_name(query, row->obs.source));
	cell_text(table, code[0] ? code : NULL);
	cell_text(table, finding->detail);
}

static void add_machine(struct report_table *table, const struct log_row *row)
{
	char text[INSTANT_BYTES];
	char period[PERIOD_BYTES];
	cell_integer(table, true, (long)row->obs.seq);
	cell_text(table, row->series.breakdown);
	cell_text(table, period_print(row->obs.period, period));
	cell_number(table, row->obs.has_value, row->obs.value);
	cell_text(table, row->obs.source);
	cell_text(table, row->load.feed[0] ? row->load.feed : NULL);
	cell_text(table, row->load.actor);
	cell_text(table, instant_print(row->load.received, text));
	table_end_row(table);
}

static bool add_row(void *self, const struct log_row *row, struct error *err)
{
	struct listing *listing = self;
	struct span rest = span_of(row->from.warning);
	struct lint_finding finding;
	(void)err;
	while (lint_read(&rest, &finding)) {
		add_shown(listing, row, &finding);
		add_machine(listing->table, row);
		listing->seen[finding.rule] = true;
	}
	return true;
}

/* What the codes in the table mean, below it, where there is room. */
static void add_meanings(const struct listing *listing)
{
	report_line(listing->report, "%s", "");
	for (int i = 0; i < LINT_RULES; i++) {
		const struct lint_row *row = lint_row((enum lint_rule)i);
		AUTO_TEXT struct text line = TELL_TEXT;
		if (!listing->seen[i])
			continue;
		text_addf(&line, "%s: %s", row->code,
			  word_text(listing->query->language, row->says));
		report_words(listing->report, &line);
	}
}

bool query_warnings(const struct query *query, const struct warnings_filter *filter,
		    struct report **ret, struct error *err)
{
	AUTO_REPORT struct report *report = report_new();
	if (report == NULL)
		return error_memory(err);
	query_add_day(query, report);
	struct listing listing = {.query = query, .report = report};
	listing.table = query_add_table(query, report, "warnings", columns, COUNT_OF(columns));
	if (!each(query, filter, add_row, &listing, err))
		return false;
	if (table_rows(listing.table) == 0)
		report_line(report, "%s", word_of(query->language, WORD_NO_WARNINGS));
	else
		add_meanings(&listing);
	*ret = ptr_take(&report);
	return true;
}
