/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/explain_verdict.h"

#include "assess/path.h"
#include "query/explain_parts.h"
#include "query/explain_trend.h"
#include "query/heading.h"
#include "query/notes.h"
#include "query/phrase.h"
#include "query/verdict.h"

static void explaining_done(struct explaining *explaining)
{
	query_rows_done(&explaining->rows);
	judged_series_done(&explaining->series);
	judgement_done(&explaining->judgement);
	report_free(&explaining->report);
}

static void add_first_lines(const struct explaining *explaining)
{
	const struct query *query = explaining->query;
	const struct query_row *row = explaining->row;
	AUTO_TEXT struct text line = TELL_TEXT;
	AUTO_TEXT struct text goal = TELL_TEXT;
	AUTO_TEXT struct text due = TELL_TEXT;
	AUTO_TEXT struct text state = TELL_TEXT;
	phrase_name(&line, query, row);
	text_add_string(&line, ", ");
	phrase_area(&line, query, row);
	text_add_string(&line, " · ");
	heading_add_day(query, &line);
	report_words(explaining->report, &line);
	text_clear(&line);
	phrase_goal(&goal, query->language, row);
	tell_day(&due, query->language, target_due(row->target));
	phrase_standing(&state, query->language, row);
	word_add(&line, query->language, WORD_EXPLAIN_STATE, row->target->id,
		 text_part(&goal, &line), text_part(&due, &line), text_part(&state, &line));
	report_words(explaining->report, &line);
}

static void add_fields(const struct explaining *explaining)
{
	struct report *report = explaining->report;
	const struct query_row *row = explaining->row;
	const struct verdict *verdict = &row->verdict;
	query_add_day(explaining->query, report);
	report_field_text(report, "target", row->target->id);
	report_field_text(report, "indicator", row->indicator->id);
	report_field_text(report, "area", row->area->id);
	report_field_text(report, "state", assess_state_name(verdict->state));
	report_field_text(report, "reason",
			  verdict->reason == REASON_NONE ? NULL
							 : assess_reason_name(verdict->reason));
	report_field_text(report, "method", verdict->method);
}

/* The piece of the way from the baseline through the milestones on which the value is. */
static void add_path(const struct explaining *explaining, const struct mark *mark)
{
	const struct judgement *j = &explaining->judgement;
	const struct target *target = explaining->row->target;
	double t = j->time, level = mark->value;
	struct waypoint from = {j->aim.base_time.value, j->aim.base_value.value};
	struct waypoint to = {j->aim.due_time, mark->value};
	for (size_t i = 0; i < target->milestone_count; i++) {
		const struct milestone *milestone = &target->milestones[i];
		struct waypoint next = {
			series_time(explaining->row->indicator, period_last_day(milestone->period)),
			aim_level(target, &j->aim, milestone->value)};
		if (next.time <= from.time || next.time >= to.time)
			continue;
		if (t < next.time) {
			to = next;
			break;
		}
		from = next;
	}
	if (t <= to.time && from.time < to.time) {
		level = from.value +
			(to.value - from.value) * (t - from.time) / (to.time - from.time);
		working_add(&explaining->working, "path", measure_of(level),
			    "{} + ({} - {}) * ({} - {}) / ({} - {})", from.value, to.value,
			    from.value, t, from.time, to.time, from.time);
	} else {
		working_let(&explaining->working, (const char *const[]){"path"}, &level, 1);
	}
	working_add(&explaining->working, "behind", explaining->row->verdict.gap_to_path,
		    "{} * ({} - {})", (double)mark->sense, level, j->value.value);
}

/* What is done since the baseline, and when all is done if the method's change goes on. */
static void add_way(const struct explaining *explaining)
{
	const struct judgement *j = &explaining->judgement;
	const struct working *working = &explaining->working;
	const struct verdict *verdict = &explaining->row->verdict;
	const struct way way = verdict_way(explaining->row);
	double target = verdict->target_value.value, value = j->value.value;
	if (verdict->required_from_base.is_set && j->aim.base_time.is_set)
		working_add(working, "needed0", verdict->required_from_base,
			    "({} - {}) / ({} - {})", target, j->aim.base_value.value,
			    j->aim.due_time, j->aim.base_time.value);
	if (way.done.is_set)
		working_add(working, "done", way.done, "({} - {}) / ({} - {})", value,
			    verdict->base_value.value, target, verdict->base_value.value);
	if (way.reached.is_set)
		working_add(working, "reached", way.reached, "{} + ({} - {}) / {}", j->time, target,
			    value, verdict->actual_change.value);
}

/* The level, and what is missing now. */
static void add_gap(const struct explaining *explaining)
{
	const struct judgement *j = &explaining->judgement;
	const struct verdict *verdict = &explaining->row->verdict;
	const struct working *working = &explaining->working;
	if (!j->has_level || !j->has_value)
		return;
	const struct mark mark = aim_mark(&j->aim, j->value.value);
	explain_heading(explaining, WORD_EXPLAIN_GAP);
	if (explaining->row->target->relative && j->aim.base_value.is_set)
		working_add(working, "T", measure_of(mark.value), "{} * (1 + {} / 100)",
			    j->aim.base_value.value, explaining->row->target->value);
	else
		working_let(working, (const char *const[]){"T"}, &mark.value, 1);
	working_let(working, (const char *const[]){"tT", "s"},
		    (const double[]){j->aim.due_time, mark.sense}, 2);
	if (!j->met)
		working_add(working, "gap", verdict->gap, "{} * ({} - {})", (double)mark.sense,
			    mark.value, j->value.value);
	if (!j->met && verdict->required_change.is_set)
		working_add(working, "needed", verdict->required_change, "({} - {}) / ({} - {})",
			    mark.value, j->value.value, j->aim.due_time, j->time);
	if (verdict->gap_to_path.is_set)
		add_path(explaining, &mark);
	if (!verdict->target_value_high.is_set)
		add_way(explaining);
}

static const struct query_column method_columns[] = {
	{"shown_method", WORD_H_METHOD, COLUMN_HUMAN, 0},
	{"shown_window", WORD_H_WINDOW, COLUMN_HUMAN, 0},
	{"shown_pace", WORD_H_PACE, COLUMN_HUMAN | COLUMN_RIGHT, 0},
	{"shown_projected", WORD_H_WHEN_DUE, COLUMN_HUMAN | COLUMN_RIGHT, 0},
	{"shown_says", WORD_H_SAYS, COLUMN_HUMAN | COLUMN_WRAP, 0},
	{"shown_counts", WORD_H_COUNTS_AS, COLUMN_HUMAN, 0},
	{"method", WORD_NONE, COLUMN_MACHINE, 0},
	{"values_used", WORD_NONE, COLUMN_MACHINE, 0},
	{"change", WORD_NONE, COLUMN_MACHINE, 0},
	{"projected", WORD_NONE, COLUMN_MACHINE, 0},
	{"measure", WORD_NONE, COLUMN_MACHINE, 0},
	{"symbol", WORD_NONE, COLUMN_MACHINE, 0},
	{"state", WORD_NONE, COLUMN_MACHINE, 0},
};

static void add_number(const struct explaining *explaining, const struct measure *measure,
		       struct report_table *table)
{
	AUTO_TEXT struct text text = TELL_TEXT;
	if (!measure->is_set) {
		cell_none(table);
		return;
	}
	tell_computed(&text, explaining->query->language, measure->value, 2);
	cell_take(table, &text);
}

static void add_method_row(const struct explaining *explaining, const struct method *method,
			   const struct method_result *result, struct report_table *table)
{
	const struct language *language = explaining->query->language;
	const struct yearly *yearly = &explaining->judgement.yearly;
	AUTO_TEXT struct text window = TELL_TEXT;
	const struct verdict verdict = {.state = result->state, .reason = result->reason};
	cell_text(table, method->name);
	if (result->used > 0) {
		const struct standing_point *points = explaining->series.standing.points;
		tell_period(&window, language,
			    points[yearly->points[yearly->count - result->used]].reporting);
		text_add_string(&window, "..");
		tell_period(&window, language, points[yearly->points[yearly->count - 1]].reporting);
	}
	cell_take(table, &window);
	add_number(explaining, &result->slope, table);
	add_number(explaining, &result->projected, table);
	cell_text(table, phrase_symbol(language, result->category));
	cell_text(table, word_of(language, phrase_state_word(&verdict)));
	cell_text(table, method->name);
	cell_integer(table, true, (long)result->used);
	cell_number(table, result->slope.is_set, result->slope.value);
	cell_number(table, result->projected.is_set, result->projected.value);
	cell_number(table, result->measure.is_set, result->measure.value);
	cell_text(table, result->category);
	cell_text(table, assess_state_name(result->state));
	table_end_row(table);
}

/* What each method says, and whether they disagree. */
static void add_methods(struct explaining *explaining)
{
	struct judgement *j = &explaining->judgement;
	bool disagree = false, has_state = false;
	enum assess_state first = STATE_NO_DATA;
	explain_heading(explaining, WORD_EXPLAIN_METHODS);
	struct report_table *table =
		query_add_table(explaining->query, explaining->report, "methods", method_columns,
				COUNT_OF(method_columns));
	for (size_t i = 0; method_at(i) != NULL; i++) {
		judgement_ask(j, method_at(i));
		if (j->result.category[0] == '\0')
			continue;
		add_method_row(explaining, method_at(i), &j->result, table);
		if (query_is_unknown(j->result.state))
			continue;
		disagree |= has_state && first != j->result.state;
		first = j->result.state;
		has_state = true;
	}
	if (disagree)
		report_line(explaining->report, "%s",
			    word_of(explaining->query->language, WORD_EXPLAIN_DISAGREE));
}

/* The thresholds of a method in one line. */
static void add_thresholds(const struct explaining *explaining, const struct method *method)
{
	const struct language *language = explaining->query->language;
	AUTO_TEXT struct text line = TELL_TEXT;
	bool has_target = explaining->judgement.aim.kind != METHOD_DIRECTION;
	for (const struct method_threshold *at = method->thresholds; at->name != NULL; at++) {
		if (has_target && strstr(at->name, "without a target") != NULL)
			continue;
		text_addf(&line, "%s%s: ", line.len > 0 ? "; " : "", word_text(language, at->name));
		tell_number(&line, language, at->value, TELL_AS_IS);
	}
	if (line.len > 0 || line.failed)
		report_words(explaining->report, &line);
}

static void add_arithmetic(struct explaining *explaining)
{
	struct judgement *j = &explaining->judgement;
	const struct language *language = explaining->query->language;
	for (size_t i = 0; method_at(i) != NULL; i++) {
		const struct method *method = method_at(i);
		judgement_ask(j, method);
		if (j->result.category[0] == '\0' || j->yearly.count < method->min_values)
			continue;
		explaining->working.method = method->name;
		report_line(explaining->report, "%s", "");
		report_line(explaining->report, "%s: %s", method->name,
			    word_text(language, method->formula));
		const struct explained explained = explained_of(j);
		explain_method(&explaining->working, &explained);
		report_line(explaining->report, "  -> %s",
			    phrase_symbol(language, j->result.category));
		if (j->result.measure.is_set)
			add_thresholds(explaining, method);
	}
}

static bool add_evidence(struct explaining *explaining, const struct assess_input *input,
			 struct error *err)
{
	struct evidence evidence;
	if (!assess_evidence(input, &evidence, err))
		return false;
	if (evidence.count < 3)
		return true;
	explain_heading(explaining, WORD_EXPLAIN_EVIDENCE);
	explaining->working.method = "evidence";
	explain_trend(&explaining->working, &explaining->judgement, &evidence);
	return true;
}

static bool choose_target(struct explaining *explaining, const char *target, struct error *err)
{
	const struct query_series *series = explaining->asked;
	const struct query_filter filter = {
		.indicator = series->indicator->id,
		.area = series->area->id,
		.breakdown = series->breakdown,
		.target = target,
		.all = target != NULL,
	};
	if (!query_rows_read(explaining->query, &filter, &explaining->rows, err))
		return false;
	const struct query_rows *rows = &explaining->rows;
	if (rows->count == 0)
		return error_set(err, ERROR_NOT_FOUND,
				 "%s %s: no target is in force; --target explains one that is not",
				 series->indicator->id, series->area->id);
	explaining->row = &rows->items[rows->count - 1];
	for (size_t i = rows->count; i > 0; i--) {
		if (!rows->items[i - 1].verdict.target_value.is_set)
			continue;
		explaining->row = &rows->items[i - 1];
		break;
	}
	return true;
}

static void add_others(const struct explaining *explaining)
{
	const struct query_rows *rows = &explaining->rows;
	AUTO_TEXT struct text ids = TELL_TEXT;
	AUTO_TEXT struct text line = TELL_TEXT;
	for (size_t i = 0; i < rows->count; i++)
		if (&rows->items[i] != explaining->row)
			text_addf(&ids, "%s%s", ids.len > 0 ? ", " : "", rows->items[i].target->id);
	if (ids.len == 0 && !ids.failed)
		return;
	report_line(explaining->report, "%s", "");
	word_add(&line, explaining->query->language, WORD_EXPLAIN_OTHERS, text_part(&ids, &line));
	report_words(explaining->report, &line);
}

static bool explain(struct explaining *explaining, struct error *err)
{
	const struct query *query = explaining->query;
	const struct query_row *row = explaining->row;
	const struct series_key key = query_series_key(explaining->asked);
	if (!judge_series(&query->judge, &key, &explaining->series, err))
		return false;
	const struct assess_input input = {
		.catalogue = query->judge.catalogue,
		.indicator = row->indicator,
		.target = row->target,
		.area = row->area,
		.standing = &explaining->series.standing,
		.today = query->judge.as_of.day,
	};
	if (!judgement_make(&input, &explaining->judgement, err))
		return false;
	add_fields(explaining);
	add_first_lines(explaining);
	explain_values(explaining);
	explain_rules(explaining);
	working_open(&explaining->working, query, explaining->report);
	add_gap(explaining);
	add_methods(explaining);
	report_line(explaining->report, "%s", "");
	report_line(explaining->report, "%s", word_text(query->language, METHOD_LETTERS));
	add_arithmetic(explaining);
	if (!add_evidence(explaining, &input, err))
		return false;
	add_others(explaining);
	return query_add_notes(query, explaining->asked, row->target->id, explaining->report, err);
}

bool query_explain_verdict(const struct query *query, const struct query_series *series,
			   const char *target, struct report **ret, struct error *err)
{
	AUTO(explaining_done)
	struct explaining explaining = {.query = query, .asked = series, .report = report_new()};
	if (explaining.report == NULL)
		return error_memory(err);
	if (!choose_target(&explaining, target, err) || !explain(&explaining, err))
		return false;
	*ret = ptr_take(&explaining.report);
	return true;
}
