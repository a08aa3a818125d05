/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/totals.h"

#include <math.h>
#include <stdlib.h>

#include "base/number.h"
#include "query/by_name.h"
#include "query/heading.h"
#include "query/tell.h"

enum { PERCENT = 100 };

static enum word word_of_gap(enum total_part part)
{
	static const enum word words[] = {
		[PART_USED] = WORD_PART_USED, /* no gap */
		[PART_REBUILT] = WORD_PART_REBUILT,  [PART_NO_VALUE] = WORD_G_NO_VALUE,
		[PART_NO_PARTS] = WORD_GAP_NO_PARTS, [PART_NO_WEIGHT] = WORD_GAP_NO_WEIGHT,
		[PART_IN_VAIN] = WORD_G_NO_VALUE,
	};
	return words[part];
}

/* "Hà Giang", "Long An (no numerator and denominator)", "Tây Ninh (Long An: no value)" */
static void add_gap(struct text *out, const struct query *query, const struct total_gap *gap)
{
	text_add_string(out, query_name(query, gap->area->name, gap->area->name_vi));
	if (gap->lacks == NULL && gap->part == PART_NO_VALUE)
		return;
	text_add_string(out, " (");
	if (gap->lacks != NULL)
		text_addf(out, "%s: ", query_name(query, gap->lacks->name, gap->lacks->name_vi));
	text_addf(out, "%s)", word_of(query->language, word_of_gap(gap->part)));
}

/* As in a dictionary; false: no memory. */
static bool order_gaps(const struct query *query, const struct total *total, size_t count,
		       size_t ret[TOTAL_MISSING_SHOWN])
{
	const struct area *areas[TOTAL_MISSING_SHOWN];
	for (size_t i = 0; i < count; i++)
		areas[i] = total->missing[i].area;
	return by_name_order(query, areas, count, ret, NULL);
}

static void add_missing(struct text *out, const struct query *query, const struct total *total)
{
	AUTO_TEXT struct text names = TELL_TEXT;
	size_t order[TOTAL_MISSING_SHOWN];
	size_t missing = total->expected - total->used;
	size_t shown = missing < TOTAL_MISSING_SHOWN ? missing : TOTAL_MISSING_SHOWN;
	if (missing == 0)
		return;
	if (!order_gaps(query, total, shown, order)) {
		out->failed = true;
		return;
	}
	for (size_t i = 0; i < shown; i++) {
		text_add_string(&names, i > 0 ? ", " : "");
		add_gap(&names, query, &total->missing[order[i]]);
	}
	if (missing > TOTAL_MISSING_SHOWN) {
		char more[NUMBER_BYTES];
		text_add_char(&names, ' ');
		word_add(&names, query->language, WORD_AND_MORE,
			 number_print_integer((int64_t)(missing - TOTAL_MISSING_SHOWN), more));
	}
	text_add_string(out, "; ");
	word_add(out, query->language, WORD_MISSING_ARE, text_part(&names, out));
}

static void add_rebuilt(struct text *out, const struct query *query, const struct total *total)
{
	char rebuilt[NUMBER_BYTES];
	if (total->rebuilt == 0 || total->fault != TOTAL_FINE)
		return;
	number_print_integer((int64_t)total->rebuilt, rebuilt);
	text_add_string(out, ", ");
	word_add(out, query->language, WORD_REBUILT, rebuilt);
}

/* "58 of 63 members (91 % of weight)"; never more than it is. */
static void add_coverage(struct text *out, const struct query *query, const struct total *total)
{
	char used[NUMBER_BYTES], expected[NUMBER_BYTES];
	number_print_integer((int64_t)total->used, used);
	number_print_integer((int64_t)total->expected, expected);
	word_add(out, query->language, WORD_OF_MEMBERS, used, expected);
	if (!total->weight_share.is_set)
		return;
	AUTO_TEXT struct text share = TELL_TEXT;
	double tenths = floor(total->weight_share.value * PERCENT * 10 + 1e-9) / 10;
	tell_computed(&share, query->language, tenths, 1);
	text_add_string(out, " (");
	word_add(out, query->language, WORD_OF_WEIGHT, text_part(&share, out));
	text_add_string(out, ")");
}

static enum word word_of_fault(enum total_fault fault)
{
	static const enum word words[] = {
		[TOTAL_FINE] = WORD_TOTAL_FROM,
		[TOTAL_LACKS_MEMBERS] = WORD_TOTAL_REFUSED,
		[TOTAL_LACKS_WEIGHT] = WORD_TOTAL_REFUSED_WEIGHT,
		[TOTAL_WEIGHT_UNKNOWN] = WORD_TOTAL_WEIGHT_UNKNOWN,
		[TOTAL_NOTHING_TO_DIVIDE] = WORD_TOTAL_NO_DIVISOR,
	};
	return words[fault];
}

void totals_tell(struct text *out, const struct query *query, const struct indicator *indicator,
		 const struct total *total)
{
	const struct language *language = query->language;
	struct observation row;
	AUTO_TEXT struct text period = TELL_TEXT;
	AUTO_TEXT struct text value = TELL_TEXT;
	AUTO_TEXT struct text coverage = TELL_TEXT;
	tell_period(&period, language, total->period);
	add_coverage(&coverage, query, total);
	text_addf(out, "%s: ", text_part(&period, out));
	if (total->fault == TOTAL_FINE) {
		total_row(total, &row);
		tell_value(&value, language, indicator, &row, false);
		word_add(out, language, WORD_TOTAL_FROM, text_part(&value, out),
			 text_part(&coverage, out));
	} else {
		word_add(out, language, word_of_fault(total->fault), text_part(&coverage, out));
	}
	add_rebuilt(out, query, total);
	add_missing(out, query, total);
}

static const struct query_column columns[] = {
	{"shown_area", WORD_H_AREA, COLUMN_HUMAN | COLUMN_SHRINK, 0},
	{"shown_value", WORD_H_VALUE, COLUMN_HUMAN | COLUMN_RIGHT, 0},
	{"shown_num", WORD_H_NUM, COLUMN_HUMAN | COLUMN_RIGHT, 0},
	{"shown_den", WORD_H_DEN, COLUMN_HUMAN | COLUMN_RIGHT, 0},
	{"shown_weight", WORD_H_WEIGHT, COLUMN_HUMAN | COLUMN_RIGHT, 0},
	{"shown_part", WORD_H_PART, COLUMN_HUMAN | COLUMN_WRAP, 0},
	{"area", WORD_NONE, COLUMN_MACHINE, 0},
	{"area_name", WORD_NONE, COLUMN_MACHINE, 0},
	{"value", WORD_NONE, COLUMN_MACHINE, 0},
	{"num", WORD_NONE, COLUMN_MACHINE, 0},
	{"den", WORD_NONE, COLUMN_MACHINE, 0},
	{"weight", WORD_NONE, COLUMN_MACHINE, 0},
	{"status", WORD_NONE, COLUMN_MACHINE, 0},
	{"stand_in", WORD_NONE, COLUMN_MACHINE, 0},
	{"part", WORD_NONE, COLUMN_MACHINE, 0},
	{"within", WORD_NONE, COLUMN_MACHINE, 0},
};

static enum word word_of_part(enum total_part part)
{
	static const enum word words[] = {
		[PART_USED] = WORD_PART_USED,		[PART_REBUILT] = WORD_PART_REBUILT,
		[PART_NO_VALUE] = WORD_PART_NO_VALUE,	[PART_NO_PARTS] = WORD_PART_NO_PARTS,
		[PART_NO_WEIGHT] = WORD_PART_NO_WEIGHT, [PART_IN_VAIN] = WORD_PART_IN_VAIN,
	};
	return words[part];
}

static void add_number(const struct query *query, struct report_table *table, bool is_set,
		       double value)
{
	AUTO_TEXT struct text text = TELL_TEXT;
	if (is_set)
		tell_number(&text, query->language, value, TELL_AS_IS);
	else
		text_add_string(&text, "-");
	cell_take(table, &text);
}

static void add_shown_value(const struct query *query, const struct indicator *counted,
			    const struct total_share *share, struct report_table *table)
{
	AUTO_TEXT struct text text = TELL_TEXT;
	const struct total_figure *figure = &share->figure;
	const struct observation row = {
		.has_value = true,
		.value = figure->value,
		.decimals = figure->decimals,
		.has_num = figure->has_parts,
		.has_den = figure->has_parts,
		.qualifier = (enum obs_qualifier)figure->qualifier,
		.status = (enum obs_status)figure->status,
	};
	if (share->has_figure)
		tell_value(&text, query->language, counted, &row, figure->stand_in);
	else
		text_add_string(&text, "-");
	cell_take(table, &text);
}

/* Those before a member stand below it. */
static void add_shown_area(const struct query *query, const struct total_share *share,
			   struct report_table *table)
{
	AUTO_TEXT struct text text = TELL_TEXT;
	text_addf(&text, "%s%s", share->within != NULL ? "  · " : "",
		  query_name(query, share->area->name, share->area->name_vi));
	cell_take(table, &text);
}

static void add_share(const struct query *query, const struct indicator *counted,
		      const struct total_share *share, struct report_table *table)
{
	const struct total_figure *figure = &share->figure;
	bool has_parts = share->has_figure && figure->has_parts;
	add_shown_area(query, share, table);
	add_shown_value(query, counted, share, table);
	add_number(query, table, has_parts, figure->num);
	add_number(query, table, has_parts, figure->den);
	add_number(query, table, share->weight.is_set, share->weight.value);
	cell_text(table, word_of(query->language, word_of_part(share->part)));
	cell_text(table, share->area->id);
	cell_text(table, share->area->name);
	cell_number(table, share->has_figure, figure->value);
	cell_number(table, has_parts, figure->num);
	cell_number(table, has_parts, figure->den);
	cell_number(table, share->weight.is_set, share->weight.value);
	cell_text(table,
		  share->has_figure ? obs_status_code((enum obs_status)figure->status) : NULL);
	cell_switch(table, figure->stand_in);
	cell_text(table, total_part_name(share->part));
	cell_text(table, share->within != NULL ? share->within->id : NULL);
	table_end_row(table);
}

static const char *form_name(enum total_form form)
{
	static const char *const names[] = {
		[TOTAL_NONE] = "same", [TOTAL_RATIO] = "ratio", [TOTAL_WEIGHTED] = "weighted",
		[TOTAL_SUM] = "sum",   [TOTAL_COUNT] = "count",
	};
	return names[form];
}

/* "43 / 45 x 100 = 95.56 %": the last step, to be done by hand. */
static void add_last_step(const struct query *query, const struct query_series *series,
			  const struct total_shares *shares, struct report *report)
{
	AUTO_TEXT struct text line = TELL_TEXT;
	const struct total *total = &shares->total;
	const struct language *language = query->language;
	if (shares->form != TOTAL_RATIO || !total->value.is_set)
		return;
	tell_number(&line, language, total->num.value, TELL_AS_IS);
	text_add_string(&line, " / ");
	tell_number(&line, language, total->den.value, TELL_AS_IS);
	if (strcmp(series->indicator->unit, "%") == 0)
		text_add_string(&line, " × 100");
	text_add_string(&line, " = ");
	tell_amount(&line, language, series->indicator, total->value.value, total->decimals);
	report_words(report, &line);
}

static void add_fields(const struct query *query, const struct query_series *series,
		       const struct total_shares *shares, struct report *report)
{
	char period[PERIOD_BYTES];
	const struct total *total = &shares->total;
	query_add_day(query, report);
	report_field_text(report, "indicator", series->indicator->id);
	report_field_text(report, "breakdown", series->breakdown);
	report_field_text(report, "area", series->area->id);
	report_field_text(report, "period", period_print(total->period, period));
	report_field_text(report, "form", form_name(shares->form));
	report_field_number(report, "coverage", true, series->indicator->total_coverage);
	report_field_number(report, "value", total->value.is_set, total->value.value);
	report_field_text(report, "fault",
			  total->fault != TOTAL_FINE ? total_fault_name(total->fault) : NULL);
	report_field_integer(report, "members", (long)total->expected);
	report_field_integer(report, "members_used", (long)total->used);
	report_field_integer(report, "members_rebuilt", (long)total->rebuilt);
	report_field_number(report, "weight_share", total->weight_share.is_set,
			    total->weight_share.value);
	report_field_number(report, "num", total->num.is_set, total->num.value);
	report_field_number(report, "den", total->den.is_set, total->den.value);
	report_field_text(report, "status",
			  total->value.is_set ? obs_status_code(total->status) : NULL);
}

/* For people as in a dictionary, those before a member behind it; for programs by id. */
static bool order_shares(const struct query *query, const struct total_shares *shares, size_t *ret,
			 struct error *err)
{
	AUTO_FREE const struct area **areas = calloc(shares->count + 1, sizeof *areas);
	if (areas == NULL)
		return error_memory(err);
	for (size_t i = 0; i < shares->count; i++) {
		const struct total_share *share = &shares->items[i];
		areas[i] = share->within != NULL ? share->within : share->area;
		ret[i] = i;
	}
	return query->format != REPORT_TABLE ||
	       by_name_order(query, areas, shares->count, ret, err);
}

static void add_answer(const struct query *query, const struct query_series *series,
		       const struct total_shares *shares, const size_t *order,
		       struct report *report)
{
	const struct catalogue *catalogue = query->judge.catalogue;
	const struct target *target =
		catalogue_target(catalogue, span_of(series->indicator->total_target));
	const struct indicator *counted =
		target && shares->form == TOTAL_COUNT
			? catalogue_indicator(catalogue, span_of(target->indicator))
			: series->indicator;
	AUTO_TEXT struct text title = TELL_TEXT;
	AUTO_TEXT struct text line = TELL_TEXT;
	add_fields(query, series, shares, report);
	text_addf(&title, "%s, %s (%s) · ",
		  query_name(query, series->indicator->name, series->indicator->name_vi),
		  query_name(query, series->area->name, series->area->name_vi),
		  series->indicator->id);
	heading_add_day(query, &title);
	report_words(report, &title);
	report_line(report, "%s", "");
	struct report_table *table =
		query_add_table(query, report, "members", columns, COUNT_OF(columns));
	for (size_t i = 0; i < shares->count; i++)
		add_share(query, counted, &shares->items[order[i]], table);
	report_line(report, "%s", "");
	add_last_step(query, series, shares, report);
	totals_tell(&line, query, series->indicator, &shares->total);
	report_words(report, &line);
}

static bool find_period(const struct query *query, const struct series_key *key,
			const char *written, struct period *ret, struct error *err)
{
	AUTO(totals_done) struct totals totals = {0};
	if (written != NULL)
		return period_parse(span_of(written), ret, err);
	if (!judge_totals(&query->judge, key, &totals, err))
		return false;
	if (totals.count == 0)
		return error_set(err, ERROR_NOT_FOUND,
				 "no member of %s has a value of %s, or its totals are not made: "
				 "see 'total' in indicators.csv and area_members.csv",
				 key->area, key->indicator);
	*ret = totals.items[totals.count - 1].period;
	return true;
}

bool query_totals(const struct query *query, const struct query_series *series, const char *period,
		  struct report **ret, struct error *err)
{
	AUTO_TOTAL_SHARES struct total_shares shares = {0};
	AUTO_REPORT struct report *report = report_new();
	const struct series_key key = query_series_key(series);
	struct period wanted;
	char text[PERIOD_BYTES];
	if (report == NULL)
		return error_memory(err);
	if (!find_period(query, &key, period, &wanted, err) ||
	    !judge_total_shares(&query->judge, &key, wanted, &shares, err))
		return false;
	if (shares.count == 0)
		return error_set(err, ERROR_NOT_FOUND,
				 "there is no total of %s %s for %s: no member has a value, or the "
				 "territory of then cannot be told",
				 key.indicator, key.area, period_print(wanted, text));
	AUTO_FREE size_t *order = calloc(shares.count + 1, sizeof *order);
	if (order == NULL)
		return error_memory(err);
	if (!order_shares(query, &shares, order, err))
		return false;
	add_answer(query, series, &shares, order, report);
	*ret = ptr_take(&report);
	return true;
}
