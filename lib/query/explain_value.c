/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/explain_value.h"

#include <stdio.h>

#include "assess/lint.h"
#include "obs/instant.h"
#include "query/heading.h"
#include "query/phrase.h"
#include "query/totals.h"
#include "query/verdict.h"
#include "query/warnings.h"

struct explain {
	const struct query *query;
	const struct explain_question *question;
	const struct indicator *indicator;
	struct period period;
	struct report *report;
	struct report_table *table;
	int64_t seq; /* of the row that is explained */
	bool stand_in, is_computed;
	struct period reporting;
};

/* Does the row count on the day of the question? */
static bool counts(const struct query *query, int32_t known_day, int64_t received)
{
	const struct as_of *as_of = &query->judge.as_of;
	int32_t day = as_of->by_receipt ? zone_day(query->judge.zone, received) : known_day;
	return day <= as_of->day;
}

static bool is_wanted(const struct explain *explain, const struct observation *row)
{
	return explain->question->source == NULL ||
	       strcmp(explain->question->source, row->source) == 0;
}

/* What stands for the period, or stands for it under the name of a part. */
static void find_standing(struct explain *explain, const struct standing *standing)
{
	for (size_t i = 0; i < standing->count; i++) {
		const struct standing_point *point = &standing->points[i];
		if (!is_wanted(explain, point->row) ||
		    (!period_equal(point->reporting, explain->period) &&
		     !period_equal(point->row->period, explain->period)))
			continue;
		explain->is_computed = point->computed;
		explain->seq = point->row->seq;
		explain->stand_in = point->stand_in;
		explain->reporting = point->reporting;
	}
}

/* Else the last row that was said about exactly this period. */
static void find_row(struct explain *explain, const struct vintages *vintages)
{
	for (size_t i = 0; i < vintages->count; i++) {
		const struct observation *row = &vintages->rows[i];
		if (is_wanted(explain, row) && period_equal(row->period, explain->period) &&
		    counts(explain->query, row->known_day, row->received))
			explain->seq = row->seq;
	}
}

static bool find(struct explain *explain, struct error *err)
{
	AUTO_JUDGED_SERIES struct judged_series series = {0};
	const struct query_series *asked = explain->question->series;
	const struct series_key key = query_series_key(asked);
	if (!judge_series(&explain->query->judge, &key, &series, err))
		return false;
	find_standing(explain, &series.standing);
	if (explain->is_computed)
		return true;
	if (explain->seq == 0)
		find_row(explain, &series.vintages);
	return explain->seq != 0 ||
	       error_set(err, ERROR_NOT_FOUND, "there is no figure of %s %s for %s%s%s",
			 asked->indicator->id, asked->area->id, explain->question->period,
			 explain->question->source ? " from " : "",
			 explain->question->source ? explain->question->source : "");
}

static const char *hash_text(const struct sha256 *hash, char buffer[SHA256_TEXT_BYTES])
{
	return sha256_is_set(hash) ? sha256_print(hash, buffer) : NULL;
}

static const struct query_column row_columns[] = {
	{"shown_period", WORD_H_PERIOD, COLUMN_HUMAN, 0},
	{"shown_value", WORD_H_VALUE, COLUMN_HUMAN | COLUMN_RIGHT, 0},
	{"shown_source", WORD_H_PUBLISHER, COLUMN_HUMAN | COLUMN_SHRINK, 0},
	{"shown_published", WORD_H_PUBLISHED, COLUMN_HUMAN, 0},
	{"shown_received", WORD_H_RECEIVED, COLUMN_HUMAN, 0},
	{"shown_by", WORD_H_BY, COLUMN_HUMAN | COLUMN_SHRINK, 0},
	{"seq", WORD_H_ROW, COLUMN_BOTH | COLUMN_RIGHT, 0},
	{"explained", WORD_NONE, COLUMN_MACHINE, 0},
	{"period", WORD_NONE, COLUMN_MACHINE, 0},
	{"value", WORD_NONE, COLUMN_MACHINE, 0},
	{"status", WORD_NONE, COLUMN_MACHINE, 0},
	{"qualifier", WORD_NONE, COLUMN_MACHINE, 0},
	{"source", WORD_NONE, COLUMN_MACHINE, 0},
	{"published", WORD_NONE, COLUMN_MACHINE, 0},
	{"known", WORD_NONE, COLUMN_MACHINE, 0},
	{"received", WORD_NONE, COLUMN_MACHINE, 0},
	{"load", WORD_NONE, COLUMN_MACHINE, 0},
	{"kind", WORD_NONE, COLUMN_MACHINE, 0},
	{"actor", WORD_NONE, COLUMN_MACHINE, 0},
	{"feed", WORD_NONE, COLUMN_MACHINE, 0},
	{"document", WORD_NONE, COLUMN_MACHINE, 0},
	{"mapping", WORD_NONE, COLUMN_MACHINE, 0},
	{"place", WORD_NONE, COLUMN_MACHINE, 0},
	{"raw", WORD_NONE, COLUMN_MACHINE, 0},
	{"warning", WORD_NONE, COLUMN_MACHINE, 0},
};

/* "poll of feed waste by envgapd" */
static void tell_load(struct text *out, const struct language *language, const struct load *load)
{
	static const enum word words[] = {
		[LOAD_POLL] = WORD_LOAD_POLL,	    [LOAD_IMPORT] = WORD_LOAD_IMPORT,
		[LOAD_RECORD] = WORD_LOAD_RECORD,   [LOAD_REPLAY] = WORD_LOAD_REPLAY,
		[LOAD_CATALOGUE] = WORD_NO_FIGURES,
	};
	word_add(out, language, words[load->kind], load->actor, load->feed);
}

static void add_shown(const struct explain *explain, const struct log_row *row)
{
	const struct language *language = explain->query->language;
	struct report_table *table = explain->table;
	AUTO_TEXT struct text text = TELL_TEXT;
	tell_period(&text, language, row->obs.period);
	cell_take(table, &text);
	tell_value(&text, language, explain->indicator, &row->obs,
		   explain->stand_in && row->obs.seq == explain->seq);
	cell_take(table, &text);
	cell_text(table, query_source_name(explain->query, row->obs.source));
	tell_published(&text, language, row->obs.published);
	cell_take(table, &text);
	tell_day(&text, language, zone_day(explain->query->judge.zone, row->load.received));
	cell_take(table, &text);
	tell_load(&text, language, &row->load);
	cell_take(table, &text);
}

static void add_origin(struct report_table *table, const struct log_row *row)
{
	char hex[SHA256_TEXT_BYTES];
	const char *const texts[] = {row->from.locator, row->from.raw, row->from.warning};
	cell_text(table, load_kind_name(row->load.kind));
	cell_text(table, row->load.actor);
	cell_text(table, row->load.feed[0] ? row->load.feed : NULL);
	cell_text(table, hash_text(&row->load.document, hex));
	cell_text(table, hash_text(&row->load.mapping, hex));
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		cell_text(table, texts[i][0] ? texts[i] : NULL);
}

static void add_row(const struct explain *explain, const struct log_row *row)
{
	struct report_table *table = explain->table;
	char text[INSTANT_BYTES], period[PERIOD_BYTES];
	add_shown(explain, row);
	cell_integer(table, true, (long)row->obs.seq);
	cell_switch(table, row->obs.seq == explain->seq);
	cell_text(table, period_print(row->obs.period, period));
	cell_number(table, row->obs.has_value, row->obs.value);
	cell_text(table, obs_status_code(row->obs.status));
	cell_text(table, verdict_qualifier_name(row->obs.qualifier));
	cell_text(table, row->obs.source);
	cell_text(table, row->obs.published[0] ? row->obs.published : NULL);
	cell_text(table, day_print(row->obs.known_day, text));
	cell_text(table, instant_print(row->load.received, text));
	cell_integer(table, true, (long)row->load.id);
	add_origin(table, row);
	table_end_row(table);
}

static bool take_row(void *self, const struct log_row *row, struct error *err)
{
	const struct explain *explain = self;
	(void)err;
	if (counts(explain->query, row->obs.known_day, row->load.received) &&
	    (period_contains(explain->reporting, row->obs.period) ||
	     period_equal(explain->period, row->obs.period)))
		add_row(explain, row);
	return true;
}

static void say(const struct explain *explain, enum word word, const char *one, const char *two)
{
	AUTO_TEXT struct text line = TELL_TEXT;
	text_add_string(&line, "  ");
	word_add(&line, explain->query->language, word, one, two);
	report_words(explain->report, &line);
}

/* "usw Urban solid waste, Viet Nam, 2021: 87.2 % e" */
static void say_value(const struct explain *explain, const struct log_row *row)
{
	const struct language *language = explain->query->language;
	const struct query_series *asked = explain->question->series;
	AUTO_TEXT struct text line = TELL_TEXT;
	text_addf(&line, "%s, %s, ",
		  query_name(explain->query, asked->indicator->name, asked->indicator->name_vi),
		  query_name(explain->query, asked->area->name, asked->area->name_vi));
	tell_period(&line, language, row->obs.period);
	text_add_string(&line, ": ");
	tell_value(&line, language, explain->indicator, &row->obs, explain->stand_in);
	report_words(explain->report, &line);
	if (explain->stand_in) {
		AUTO_TEXT struct text period = TELL_TEXT;
		tell_period(&period, language, explain->reporting);
		say(explain, WORD_CELL_STANDS_FOR, text_part(&period, &line), "");
	}
}

static void say_receipt(const struct explain *explain, const struct log_row *row)
{
	const struct language *language = explain->query->language;
	AUTO_TEXT struct text first = TELL_TEXT;
	AUTO_TEXT struct text second = TELL_TEXT;
	tell_day(&first, language, zone_day(explain->query->judge.zone, row->load.received));
	tell_load(&second, language, &row->load);
	say(explain, WORD_CELL_RECEIVED, text_part(&first, &second), text_part(&second, &first));
	text_clear(&first);
	text_clear(&second);
	text_add_string(&first, query_source_name(explain->query, row->obs.source));
	if (row->obs.published[0] != '\0') {
		tell_published(&second, language, row->obs.published);
		say(explain, WORD_CELL_PUBLISHED, text_part(&first, &second),
		    text_part(&second, &first));
	} else {
		tell_day(&second, language, row->obs.known_day);
		say(explain, WORD_CELL_UNDATED, text_part(&first, &second),
		    text_part(&second, &first));
	}
}

static void say_warnings(const struct explain *explain, const struct log_row *row)
{
	struct span rest = span_of(row->from.warning);
	struct lint_finding finding;
	while (lint_read(&rest, &finding)) {
		AUTO_TEXT struct text said = TELL_TEXT;
		AUTO_TEXT struct text line = TELL_TEXT;
		warnings_tell(&said, explain->query->language, &finding);
		say(explain, WORD_CELL_WARNING, text_part(&said, &line), "");
	}
}

static void say_cell(const struct explain *explain, const struct log_row *row,
		     const struct explain_cell *cell)
{
	char hex[SHA256_TEXT_BYTES];
	AUTO_TEXT struct text said = TELL_TEXT;
	if (cell->url[0] != '\0')
		say(explain, WORD_CELL_URL, cell->url, "");
	if (sha256_is_set(&row->load.document))
		say(explain, WORD_CELL_DOCUMENT, sha256_print(&row->load.document, hex), "");
	if (row->from.locator[0] != '\0')
		say(explain, WORD_CELL_PLACE, row->from.locator, "");
	if (row->from.raw[0] != '\0')
		say(explain, WORD_CELL_RAW, row->from.raw, "");
	if (cell->is_found)
		say(explain, WORD_CELL_AGAIN, cell->raw, "");
	else if (cell->why[0] != '\0')
		say(explain, WORD_CELL_LOST,
		    word_message(explain->query->language, cell->why, &said), "");
	if (cell->rules[0] != '\0')
		say(explain, WORD_CELL_RULES, cell->rules, "");
	say_warnings(explain, row);
}

static void add_fields(const struct explain *explain, const struct log_row *row,
		       const struct explain_cell *cell)
{
	struct report *report = explain->report;
	char period[PERIOD_BYTES];
	query_add_day(explain->query, report);
	report_field_text(report, "indicator", explain->indicator->id);
	report_field_text(report, "breakdown", explain->question->series->breakdown);
	report_field_text(report, "area", explain->question->series->area->id);
	report_field_text(report, "period", period_print(explain->reporting, period));
	report_field_text(report, "obs_period", period_print(row->obs.period, period));
	report_field_number(report, "value", row->obs.has_value, row->obs.value);
	report_field_switch(report, "stand_in", explain->stand_in);
	report_field_integer(report, "seq", (long)row->obs.seq);
	report_field_text(report, "url", cell->url[0] ? cell->url : NULL);
	report_field_text(report, "archived", cell->is_found ? cell->raw : NULL);
	report_field_text(report, "archive_error", cell->why[0] ? cell->why : NULL);
	report_field_text(report, "rules", cell->rules[0] ? cell->rules : NULL);
}

static bool take_explained(void *self, const struct log_row *row, struct error *err)
{
	struct explain *explain = self;
	const struct explain_reader *reader = &explain->question->reader;
	struct explain_cell cell = {0};
	if (!reader->read(reader->self, row, &cell, err))
		return false;
	if (!period_contains(explain->reporting, row->obs.period))
		explain->reporting = row->obs.period;
	add_fields(explain, row, &cell);
	say_value(explain, row);
	say_receipt(explain, row);
	say_cell(explain, row, &cell);
	report_line(explain->report, "%s", "");
	return true;
}

static bool add_rows(struct explain *explain, struct error *err)
{
	struct ledger *ledger = explain->query->judge.ledger;
	const struct series_key key = query_series_key(explain->question->series);
	int64_t series = 0;
	explain->table = query_add_table(explain->query, explain->report, "rows", row_columns,
					 COUNT_OF(row_columns));
	return series_find(ledger, &key, &series, err) &&
	       log_each_of_series(ledger, series, take_row, explain, err);
}

static const struct query_column verdict_columns_here[] = {
	{"target", WORD_H_TARGET, COLUMN_BOTH, 0},
	{"shown_goal", WORD_H_GOAL, COLUMN_HUMAN | COLUMN_RIGHT, 0},
	{"shown_due", WORD_H_DUE, COLUMN_HUMAN, 0},
	{"shown_state", WORD_H_STATE_OUTLOOK, COLUMN_HUMAN, 0},
	{"act", WORD_NONE, COLUMN_MACHINE, 0},
	{"state", WORD_NONE, COLUMN_MACHINE, 0},
};

/* Only the targets that this very row decides. */
static bool take_target(void *self, const struct query_row *row, struct error *err)
{
	const struct explain *explain = self;
	const struct language *language = explain->query->language;
	struct report_table *table = explain->table;
	AUTO_TEXT struct text text = TELL_TEXT;
	(void)err;
	if (!row->verdict.has_point || row->row.seq != explain->seq)
		return true;
	cell_text(table, row->target->id);
	phrase_goal(&text, language, row);
	cell_take(table, &text);
	tell_day(&text, language, period_last_day(row->target->period));
	cell_take(table, &text);
	phrase_standing(&text, language, row);
	cell_take(table, &text);
	cell_text(table, row->act ? row->act->id : NULL);
	cell_text(table, assess_state_name(row->verdict.state));
	table_end_row(table);
	return true;
}

static bool add_verdicts(struct explain *explain, struct error *err)
{
	const struct query_series *asked = explain->question->series;
	const struct query_filter filter = {
		.indicator = asked->indicator->id,
		.area = asked->area->id,
		.breakdown = asked->breakdown,
		.all = true,
	};
	report_line(explain->report, "%s", "");
	explain->table = query_add_table(explain->query, explain->report, "verdicts",
					 verdict_columns_here, COUNT_OF(verdict_columns_here));
	if (!query_rows_each(explain->query, &filter, take_target, explain, err))
		return false;
	if (table_rows(explain->table) == 0)
		report_line(explain->report, "%s",
			    word_of(explain->query->language, WORD_CELL_NO_VERDICT));
	return true;
}

bool query_explain_value(const struct query *query, const struct explain_question *question,
			 struct report **ret, struct error *err)
{
	AUTO_REPORT struct report *report = report_new();
	struct explain explain = {.query = query,
				  .question = question,
				  .indicator = question->series->indicator,
				  .report = report};
	if (report == NULL)
		return error_memory(err);
	if (!period_parse(span_of(question->period), &explain.period, err))
		return false;
	explain.reporting = explain.period;
	if (!find(&explain, err))
		return false;
	if (explain.is_computed)
		return query_totals(query, question->series, question->period, ret, err);
	if (!log_read(query->judge.ledger, explain.seq, take_explained, &explain, err) ||
	    !add_rows(&explain, err) || !add_verdicts(&explain, err))
		return false;
	*ret = ptr_take(&report);
	return true;
}
