/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "assess/milestone.h"
#include "query/show_parts.h"
#include "query/tell.h"

static enum word state_word(enum milestone_state state)
{
	static const enum word words[] = {
		[MILESTONE_AHEAD] = WORD_MILESTONE_AHEAD,
		[MILESTONE_MET] = WORD_MET,
		[MILESTONE_MISSED] = WORD_MISSED,
		[MILESTONE_NO_VALUE] = WORD_NO_DATA,
	};
	return words[state];
}

static void add_amount(const struct show *show, const struct measure *measure,
		       struct report_table *table)
{
	AUTO_TEXT struct text text = TELL_TEXT;
	if (!measure->is_set) {
		cell_none(table);
		return;
	}
	tell_amount(&text, show->query->language, show->asked->indicator, measure->value,
		    TELL_AS_IS);
	cell_words(table, &text);
}

/* As it was reported, with its mark, where one figure is the whole of it. */
static void add_value(const struct show *show, const struct milestone_verdict *verdict,
		      const struct standing_point *point, struct report_table *table)
{
	AUTO_TEXT struct text text = TELL_TEXT;
	if (point == NULL || point->row->value != verdict->value.value) {
		add_amount(show, &verdict->value, table);
		return;
	}
	tell_value(&text, show->query->language, show->asked->indicator, point->row,
		   point->stand_in);
	cell_words(table, &text);
}

static void add_state(const struct show *show, const struct milestone_verdict *verdict,
		      const struct standing_point *point, struct report_table *table)
{
	const struct language *language = show->query->language;
	const char *state = word_of(language, state_word(verdict->state));
	AUTO_TEXT struct text text = TELL_TEXT;
	if (point != NULL && tell_is_estimate(point->row, point->stand_in))
		word_add(&text, language, WORD_WITH_ESTIMATE, state);
	else if (point != NULL && point->row->status == OBS_PROVISIONAL)
		word_add(&text, language, WORD_WITH_PROVISIONAL, state);
	else
		text_add_string(&text, state);
	cell_words(table, &text);
}

static void add_row(const struct show *show, const struct target *target,
		    const struct milestone *milestone, const struct milestone_verdict *verdict,
		    struct report_table *table)
{
	AUTO_TEXT struct text period = TELL_TEXT;
	char written[PERIOD_BYTES];
	const struct standing_point *point =
		verdict->value.is_set ? &show->series->standing.points[verdict->point] : NULL;
	tell_period(&period, show->query->language, milestone->period);
	cell_text(table, target->id);
	cell_words(table, &period);
	add_amount(show, &verdict->level, table);
	add_value(show, verdict, point, table);
	add_state(show, verdict, point, table);
	cell_text(table, period_print(milestone->period, written));
	cell_number(table, verdict->level.is_set, verdict->level.value);
	cell_number(table, verdict->value.is_set, verdict->value.value);
	cell_text(table, milestone_state_name(verdict->state));
	table_end_row(table);
}

static bool add_target(const struct show *show, const struct query_row *row,
		       struct report_table *table, struct error *err)
{
	const struct target *target = row->target;
	const struct assess_input input = {
		.catalogue = show->query->judge.catalogue,
		.indicator = show->asked->indicator,
		.target = target,
		.area = row->area,
		.standing = &show->series->standing,
		.today = show->query->judge.as_of.day,
	};
	AUTO_FREE struct milestone_verdict *verdicts =
		calloc(target->milestone_count + 1, sizeof *verdicts);
	if (verdicts == NULL)
		return error_memory(err);
	if (!assess_milestones(&input, verdicts, err))
		return false;
	for (size_t i = 0; i < target->milestone_count; i++)
		add_row(show, target, &target->milestones[i], &verdicts[i], table);
	return true;
}

bool show_add_milestones(const struct show *show, const struct query_rows *targets,
			 struct error *err)
{
	static const struct query_column columns[] = {
		{"target", WORD_H_TARGET, COLUMN_BOTH, 0},
		{"shown_period", WORD_H_MILESTONE, COLUMN_HUMAN, 0},
		{"shown_level", WORD_H_GOAL, COLUMN_HUMAN | COLUMN_RIGHT, 0},
		{"shown_value", WORD_H_VALUE, COLUMN_HUMAN | COLUMN_RIGHT, 0},
		{"shown_state", WORD_H_STATE, COLUMN_HUMAN, 0},
		{"period", WORD_NONE, COLUMN_MACHINE, 0},
		{"level", WORD_NONE, COLUMN_MACHINE, 0},
		{"value", WORD_NONE, COLUMN_MACHINE, 0},
		{"state", WORD_NONE, COLUMN_MACHINE, 0},
	};
	struct report_table *table = query_add_table(show->query, show->report, "milestones",
						     columns, COUNT_OF(columns));
	for (size_t i = 0; i < targets->count; i++)
		if (!add_target(show, &targets->items[i], table, err))
			return false;
	if (table_rows(table) > 0)
		report_line(show->report, "%s", "");
	return true;
}
