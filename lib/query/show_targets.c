/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/show_parts.h"

#include <math.h>

#include "assess/series.h"
#include "assess/trend.h"
#include "base/number.h"
#include "query/heading.h"
#include "query/phrase.h"
#include "query/verdict.h"

enum {
	SHOWN_COLUMNS = 8,
	COLUMNS = SHOWN_COLUMNS + VERDICT_COLUMNS,
	EVIDENCE_LEAST = 3,
	YEAR_SHOWN_MAX = 2200, /* what takes longer is not said to be reached at all */
};
#define PERCENT 100.0
#define P_LEAST 0.001 /* of a p that is shown */

static const struct query_column shown[SHOWN_COLUMNS] = {
	{"shown_target", WORD_H_TARGET, COLUMN_HUMAN, 0},
	{"shown_due", WORD_H_DUE, COLUMN_HUMAN, 0},
	{"shown_goal", WORD_H_GOAL, COLUMN_HUMAN | COLUMN_RIGHT, 0},
	{"shown_gap", WORD_H_GAP, COLUMN_HUMAN, 0},
	{"shown_needed", WORD_H_NEEDED, COLUMN_HUMAN | COLUMN_RIGHT, 1},
	{"shown_pace", WORD_H_PACE, COLUMN_HUMAN | COLUMN_RIGHT, 2},
	{"shown_state", WORD_H_STATE_OUTLOOK, COLUMN_HUMAN | COLUMN_WRAP, 0},
	{"shown_band", WORD_H_BAND, COLUMN_HUMAN, COLUMN_EXTRA},
};

static void add_rate(const struct show *show, const struct measure *rate,
		     struct report_table *table)
{
	AUTO_TEXT struct text text = TELL_TEXT;
	if (!rate->is_set) {
		cell_none(table);
		return;
	}
	text_add_string(&text, rate->value > 0 ? "+" : "");
	tell_computed(&text, show->query->language, rate->value, 2);
	cell_take(table, &text);
}

static void add_words(const struct show *show, const struct query_row *row, bool is_doubtful,
		      struct report_table *table)
{
	const struct language *language = show->query->language;
	AUTO_TEXT struct text text = TELL_TEXT;
	phrase_target(&text, row);
	cell_take(table, &text);
	tell_day(&text, language, target_due(row->target));
	cell_take(table, &text);
	phrase_goal(&text, language, row);
	cell_take(table, &text);
	phrase_gap(&text, language, row);
	cell_take(table, &text);
	add_rate(show, &row->verdict.required_change, table);
	if (show_is_open(show, row))
		add_rate(show, &row->verdict.actual_change, table);
	else
		cell_none(table);
	phrase_standing(&text, language, row);
	text_add_string(&text, is_doubtful ? " †" : "");
	cell_take(table, &text);
	phrase_band(&text, language, row);
	cell_take(table, &text);
}

void show_add_targets(const struct show *show, const struct query_rows *targets,
		      const struct otherwise *otherwise)
{
	struct query_column columns[COLUMNS];
	memcpy(columns, shown, sizeof shown);
	memcpy(columns + SHOWN_COLUMNS, verdict_columns, VERDICT_COLUMNS * sizeof *verdict_columns);
	struct report_table *table =
		query_add_table(show->query, show->report, "targets", columns, COLUMNS);
	for (size_t i = 0; i < targets->count; i++) {
		add_words(show, &targets->items[i], otherwise_has(otherwise, &targets->items[i]),
			  table);
		verdict_add_cells(show->query, &targets->items[i], table);
		table_end_row(table);
	}
}

/* A yearly series is there in the first year that is not short of it. */
static int year_of(const struct query_row *row, double time)
{
	bool is_yearly = row->indicator->frequency == FREQUENCY_YEAR;
	return (int)(is_yearly ? ceil(number_round15(time)) : floor(time));
}

static void add_way(const struct show *show, const struct query_row *row)
{
	const struct language *language = show->query->language;
	const struct way way = verdict_way(row);
	AUTO_TEXT struct text done = TELL_TEXT;
	AUTO_TEXT struct text from = TELL_TEXT;
	AUTO_TEXT struct text year = TELL_TEXT;
	AUTO_TEXT struct text line = TELL_TEXT;
	bool is_told = way.reached.is_set && way.reached.value < YEAR_SHOWN_MAX;
	if (!way.done.is_set && !is_told)
		return;
	text_addf(&line, "%s: ", row->target->id);
	if (way.done.is_set) {
		tell_computed(&done, language, PERCENT * way.done.value, 0);
		tell_amount(&from, language, row->indicator, row->verdict.base_value.value,
			    TELL_AS_IS);
		word_add(&line, language, WORD_WAY_DONE, text_part(&done, &line),
			 text_part(&from, &line));
	}
	if (is_told) {
		text_add_string(&line, way.done.is_set ? ", " : "");
		text_addf(&year, "%d", year_of(row, way.reached.value));
		word_add(&line, language, WORD_WAY_REACHED, text_part(&year, &line));
	}
	report_words(show->report, &line);
}

static bool is_short(const struct query_row *row)
{
	return row->verdict.gap.is_set && row->verdict.gap.value > 0;
}

void show_add_ways(const struct show *show, const struct query_rows *targets)
{
	for (size_t i = 0; i < targets->count; i++) {
		const struct query_row *row = &targets->items[i];
		if (show_is_open(show, row) && is_short(row))
			add_way(show, row);
	}
}

/* What the trend of the run says. */
struct evidence {
	struct yearly yearly;
	struct sen_line sen;
	struct mann_kendall kendall;
	const struct query_row *target; /* due last, see last_open_target(); NULL: none */
	struct measure chance;
};

static void done(struct evidence *evidence)
{
	yearly_done(&evidence->yearly);
}

/* Of those with one level and not yet due, which stand by their due days: the last one, or of that
 * day one that is not reached already. */
static const struct query_row *last_open_target(const struct show *show,
						const struct query_rows *targets)
{
	const struct query_row *last = NULL;
	for (size_t i = targets->count; i > 0; i--) {
		const struct query_row *row = &targets->items[i - 1];
		if (!row->verdict.target_value.is_set || row->verdict.target_value_high.is_set ||
		    !show_is_open(show, row))
			continue;
		if (last != NULL && target_due(row->target) != target_due(last->target))
			break;
		if (last == NULL || (is_short(row) && !is_short(last)))
			last = row;
	}
	return last;
}

static void judge_chance(struct evidence *evidence)
{
	const struct query_row *row = evidence->target;
	if (row == NULL)
		return;
	struct trend_fit fit;
	const struct yearly *yearly = &evidence->yearly;
	const struct samples samples = {yearly->times, yearly->values, yearly->count};
	trend_fit_line(&samples, series_time(row->indicator, target_due(row->target)), &fit);
	int sense = target_sense(row->target, row->indicator);
	if (fit.is_set && sense != 0)
		evidence->chance = trend_attainment(&fit, sense, row->verdict.target_value.value);
}

static void add_evidence_fields(const struct show *show, const struct evidence *evidence)
{
	struct report *report = show->report;
	const struct sen_line *sen = &evidence->sen;
	const struct measure *p = evidence->kendall.p_exact.is_set ? &evidence->kendall.p_exact
								   : &evidence->kendall.p_normal;
	report_field_integer(report, "trend_values", (long)evidence->yearly.count);
	report_field_number(report, "theil_sen_slope", sen->slope.is_set, sen->slope.value);
	report_field_number(report, "mann_kendall_p", p->is_set, p->value);
	report_field_text(report, "chance_target",
			  evidence->chance.is_set ? evidence->target->target->id : NULL);
	report_field_number(report, "chance", evidence->chance.is_set, evidence->chance.value);
}

/* "; chance to reach >=100 % in 2030: 0.7" */
static void add_chance(const struct show *show, const struct evidence *evidence, struct text *out)
{
	const struct language *language = show->query->language;
	AUTO_TEXT struct text goal = TELL_TEXT;
	AUTO_TEXT struct text due = TELL_TEXT;
	AUTO_TEXT struct text chance = TELL_TEXT;
	if (!evidence->chance.is_set)
		return;
	phrase_goal(&goal, language, evidence->target);
	tell_period(&due, language, evidence->target->target->period);
	tell_computed(&chance, language, PERCENT * evidence->chance.value, 0);
	text_add_string(&chance, " %");
	text_add_string(out, ", ");
	word_add(out, language, WORD_ATTAINMENT, text_part(&goal, out), text_part(&due, out),
		 text_part(&chance, out));
}

static void add_evidence_line(const struct show *show, const struct evidence *evidence)
{
	const struct language *language = show->query->language;
	const struct standing *standing = &show->series->standing;
	const struct measure *p = evidence->kendall.p_exact.is_set ? &evidence->kendall.p_exact
								   : &evidence->kendall.p_normal;
	AUTO_TEXT struct text count = TELL_TEXT;
	AUTO_TEXT struct text since = TELL_TEXT;
	AUTO_TEXT struct text slope = TELL_TEXT;
	AUTO_TEXT struct text chance = TELL_TEXT;
	AUTO_TEXT struct text line = TELL_TEXT;
	text_addf(&count, "%zu", evidence->yearly.count);
	tell_period(&since, language, standing->points[evidence->yearly.first].reporting);
	word_add(&line, language, WORD_EVIDENCE, text_part(&count, &line),
		 text_part(&since, &line));
	if (evidence->sen.slope.is_set) {
		text_add_string(&slope, evidence->sen.slope.value > 0 ? "+" : "");
		tell_computed(&slope, language, evidence->sen.slope.value, 2);
		text_add_string(&line, ", ");
		word_add(&line, language, WORD_THEIL_SEN, text_part(&slope, &line));
	}
	if (p->is_set) {
		text_add_string(&chance, p->value < P_LEAST ? "<" : "");
		tell_computed(&chance, language, fmax(p->value, P_LEAST), 3);
		text_add_string(&line, ", ");
		word_add(&line, language, WORD_MANN_KENDALL, text_part(&chance, &line));
	}
	add_chance(show, evidence, &line);
	report_words(show->report, &line);
}

/* Does the target count from a value of its own that is further back than a break? */
static bool has_base_beyond(const struct show *show, const struct query_row *row,
			    const struct yearly *yearly)
{
	const struct target *target = row->target;
	if (yearly->left_out == 0 || !target->has_base || !show_is_open(show, row))
		return false;
	const struct standing_point *before = &show->series->standing.points[yearly->first - 1];
	return target->base_period.from != target->base_period.to &&
	       target->base_period.to <= before->reporting.to;
}

static void add_bases_beyond(const struct show *show, const struct query_rows *targets,
			     const struct yearly *yearly)
{
	const struct language *language = show->query->language;
	for (size_t i = 0; i < targets->count; i++) {
		const struct target *target = targets->items[i].target;
		AUTO_TEXT struct text base = TELL_TEXT;
		AUTO_TEXT struct text line = TELL_TEXT;
		if (!has_base_beyond(show, &targets->items[i], yearly))
			continue;
		tell_period(&base, language, target->base_period);
		word_add(&line, language, WORD_BASE_BEYOND_BREAK, target->id,
			 text_part(&base, &line));
		report_words(show->report, &line);
	}
}

bool show_add_evidence(const struct show *show, const struct query_rows *targets, struct error *err)
{
	AUTO(done) struct evidence evidence = {.target = last_open_target(show, targets)};
	const struct indicator *indicator = show->asked->indicator;
	const struct series_place place = {
		.catalogue = show->query->judge.catalogue,
		.indicator = indicator,
		.area = show->asked->area->id,
		.judged = evidence.target != NULL
				  ? evidence.target->target->period
				  : period_of_day(FREQUENCY_YEAR, show->query->judge.as_of.day),
	};
	if (!yearly_build(&place, &show->series->standing, &evidence.yearly, err))
		return false;
	const struct yearly *yearly = &evidence.yearly;
	const struct samples samples = {yearly->times, yearly->values, yearly->count};
	if (yearly->count >= EVIDENCE_LEAST && yearly->count <= TREND_VALUES_MAX) {
		if (!trend_sen(&samples, &evidence.sen, err))
			return false;
		trend_mann_kendall(&samples, &evidence.kendall);
		judge_chance(&evidence);
		add_evidence_line(show, &evidence);
	}
	add_bases_beyond(show, targets, yearly);
	add_evidence_fields(show, &evidence);
	return true;
}
