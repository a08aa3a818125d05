/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/check_things.h"

#include <stdio.h>

#include "base/number.h"

enum { WHO_BYTES = ID_BYTES + 16 };

static void check_sources(const struct raw *raw)
{
	for (size_t i = 0; i < raw->rows[TABLE_SOURCES].count; i++) {
		const struct source *source = raw_row(raw, TABLE_SOURCES, i);
		if (source == NULL)
			continue;
		(void)raw_refer(raw, &(struct raw_reference){.from = TABLE_SOURCES,
							     .line = source->line,
							     .who = "",
							     .column = "successor",
							     .id = source->successor,
							     .to = TABLE_SOURCES});
	}
	raw_check_cycles(raw, TABLE_SOURCES, offsetof(struct source, successor), "successor");
}

static void check_indicator(const struct raw *raw, const struct indicator *indicator)
{
	char who[WHO_BYTES];
	char low[NUMBER_BYTES];
	char high[NUMBER_BYTES];
	(void)snprintf(who, sizeof who, "indicator '%s': ", indicator->id);
	for (size_t i = 0; i < indicator->preference_count; i++)
		(void)raw_refer(raw, &(struct raw_reference){.from = TABLE_INDICATORS,
							     .line = indicator->line,
							     .who = who,
							     .column = "preference",
							     .id = indicator->preference[i],
							     .to = TABLE_SOURCES});
	if (indicator->has_low && indicator->has_high && indicator->low >= indicator->high)
		raw_problem(raw, PROBLEM_ERROR, TABLE_INDICATORS, indicator->line,
			    "%slow %s is not below high %s", who, number_print(indicator->low, low),
			    number_print(indicator->high, high));
	if (indicator->basis == BASIS_SUM && indicator->stand_in_months > 0)
		raw_problem(raw, PROBLEM_ERROR, TABLE_INDICATORS, indicator->line,
			    "%sstand_in_months is for levels and means; a part of a sum never "
			    "stands for the whole",
			    who);
}

static void check_break(const struct raw *raw, const struct series_break *one)
{
	const struct raw_reference refs[] = {
		{TABLE_BREAKS, one->line, "", "indicator", one->indicator, TABLE_INDICATORS},
		{TABLE_BREAKS, one->line, "", "area", one->area, TABLE_AREAS},
		{TABLE_BREAKS, one->line, "", "source", one->source, TABLE_SOURCES},
	};
	for (size_t i = 0; i < COUNT_OF(refs); i++)
		(void)raw_refer(raw, &refs[i]);
	const struct area *area = raw_find(raw, TABLE_AREAS, one->area);
	char ended[DAY_BYTES];
	if (area != NULL && area->valid_to != DAY_NONE && one->day >= area->valid_to)
		raw_problem(raw, PROBLEM_WARNING, TABLE_BREAKS, one->line,
			    "area '%s' ended on %s, before this break", one->area,
			    day_print(area->valid_to, ended));
}

static void check_act(const struct raw *raw, const struct act *act)
{
	char who[WHO_BYTES];
	char ends[DAY_BYTES];
	char adopted[DAY_BYTES];
	(void)snprintf(who, sizeof who, "act '%s': ", act->id);
	const struct act *next = raw_refer(raw, &(struct raw_reference){.from = TABLE_ACTS,
									.line = act->line,
									.who = who,
									.column = "superseded_by",
									.id = act->superseded_by,
									.to = TABLE_ACTS});
	if (next != NULL && next->adopted == DAY_NONE)
		raw_problem(raw, PROBLEM_WARNING, TABLE_ACTS, act->line,
			    "%ssuperseded_by '%s' has no day of adoption, so this act counts on no "
			    "day",
			    who, next->id);
	if (act->adopted == DAY_NONE && !act->reference)
		raw_problem(raw, PROBLEM_NOTE, TABLE_ACTS, act->line,
			    "%sadopted is empty, so it counts as adopted at all times", who);
	if (act->adopted != DAY_NONE && act->ends != DAY_NONE && act->ends <= act->adopted)
		raw_problem(raw, PROBLEM_ERROR, TABLE_ACTS, act->line,
			    "%sends %s is not after adopted %s", who, day_print(act->ends, ends),
			    day_print(act->adopted, adopted));
}

void check_things(const struct raw *raw)
{
	check_sources(raw);
	for (size_t i = 0; i < raw->rows[TABLE_INDICATORS].count; i++) {
		const struct indicator *indicator = raw_row(raw, TABLE_INDICATORS, i);
		if (indicator != NULL)
			check_indicator(raw, indicator);
	}
	for (size_t i = 0; i < raw->rows[TABLE_BREAKS].count; i++) {
		const struct series_break *one = raw_row(raw, TABLE_BREAKS, i);
		if (one != NULL)
			check_break(raw, one);
	}
	for (size_t i = 0; i < raw->rows[TABLE_ACTS].count; i++) {
		const struct act *act = raw_row(raw, TABLE_ACTS, i);
		if (act != NULL)
			check_act(raw, act);
	}
	raw_check_cycles(raw, TABLE_ACTS, offsetof(struct act, superseded_by), "superseded_by");
}
