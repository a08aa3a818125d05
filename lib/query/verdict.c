/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/verdict.h"

#include "assess/series.h"
#include "obs/instant.h"
#include "query/tell.h"

enum { MISSING_BYTES = 1 << 22 };

#define MEMBER(key)                                                                                \
	{                                                                                          \
		key, WORD_NONE, COLUMN_MACHINE, 0                                                  \
	}

const struct query_column verdict_columns[VERDICT_COLUMNS] = {
	MEMBER("target"),
	MEMBER("name"),
	MEMBER("act"),
	MEMBER("indicator"),
	MEMBER("breakdown"),
	MEMBER("area"),
	MEMBER("due"),
	MEMBER("operator"),
	MEMBER("target_value"),
	MEMBER("target_value_high"),
	MEMBER("unit"),
	MEMBER("period"),
	MEMBER("obs_period"),
	MEMBER("value"),
	MEMBER("obs_status"),
	MEMBER("qualifier"),
	MEMBER("stand_in"),
	MEMBER("source"),
	MEMBER("published"),
	MEMBER("gap"),
	MEMBER("gap_to_path"),
	MEMBER("actual_change"),
	MEMBER("required_change"),
	MEMBER("projected"),
	MEMBER("projected_raw"),
	MEMBER("projected_gap"),
	MEMBER("method"),
	MEMBER("measure"),
	MEMBER("state"),
	MEMBER("exceeded"),
	MEMBER("final"),
	MEMBER("freshness"),
	MEMBER("overdue_periods"),
	MEMBER("reason"),
	/* beside what is fixed */
	MEMBER("reference"),
	MEMBER("symbol"),
	MEMBER("acknowledged"),
	MEMBER("ack_actor"),
	MEMBER("ack_at"),
	MEMBER("ack_until"),
	MEMBER("ack_cause"),
	MEMBER("ack_note"),
	MEMBER("computed"),
	MEMBER("members"),
	MEMBER("members_used"),
	MEMBER("weight_share"),
	MEMBER("missing"),
	MEMBER("required_from_base"),
	MEMBER("share_done"),
	MEMBER("year_reached"),
};

const char *verdict_qualifier_name(enum obs_qualifier qualifier)
{
	switch (qualifier) {
	case QUALIFIER_NONE:
		return NULL;
	case QUALIFIER_ABOUT:
		return "about";
	case QUALIFIER_BELOW:
		return "nearly";
	case QUALIFIER_ABOVE:
		return "over";
	}
	return NULL;
}

static void add_measure(struct report_table *table, const struct measure *measure)
{
	cell_number(table, measure->is_set, measure->value);
}

static void add_word(struct report_table *table, const char *word)
{
	cell_text(table, word != NULL && word[0] != '\0' ? word : NULL);
}

static void add_target(const struct query_row *row, struct report_table *table)
{
	char due[DAY_BYTES];
	const struct target *target = row->target;
	bool has_value = target->has_value && !target->relative;
	struct measure low = row->verdict.target_value;
	struct measure high = row->verdict.target_value_high;
	if (!low.is_set)
		low = (struct measure){has_value, target->value};
	if (!high.is_set)
		high = (struct measure){target->has_high && !target->relative, target->value_high};
	cell_text(table, target->id);
	cell_text(table, row->indicator->name);
	cell_text(table, target->act);
	cell_text(table, target->indicator);
	cell_text(table, target->breakdown);
	cell_text(table, row->area->id);
	cell_text(table, day_print(target_due(target), due));
	cell_text(table, target_op_code(target->op));
	add_measure(table, &low);
	add_measure(table, &high);
	add_word(table, row->indicator->unit);
}

static void add_value(const struct query_row *row, struct report_table *table)
{
	char period[PERIOD_BYTES];
	if (!row->verdict.has_point) {
		for (int i = 0; i < 5; i++)
			cell_none(table);
		cell_switch(table, false);
		cell_none(table);
		cell_none(table);
		return;
	}
	cell_text(table, period_print(row->reporting, period));
	cell_text(table, period_print(row->row.period, period));
	add_measure(table, &row->verdict.value);
	cell_text(table, obs_status_code(row->row.status));
	cell_text(table, verdict_qualifier_name(row->row.qualifier));
	cell_switch(table, row->stand_in);
	add_word(table, row->row.source);
	add_word(table, row->row.published);
}

static void add_measures(const struct verdict *verdict, struct report_table *table)
{
	const struct measure *const measures[] = {
		&verdict->gap,		 &verdict->gap_to_path,
		&verdict->actual_change, &verdict->required_change,
		&verdict->projected,	 &verdict->projected_raw,
		&verdict->projected_gap,
	};
	for (size_t i = 0; i < COUNT_OF(measures); i++)
		add_measure(table, measures[i]);
}

static void add_ack(const struct ack *ack, struct report_table *table)
{
	char at[INSTANT_BYTES], until[DAY_BYTES];
	cell_switch(table, ack != NULL);
	cell_text(table, ack ? ack->actor : NULL);
	cell_text(table, ack ? instant_print(ack->at, at) : NULL);
	cell_text(table,
		  ack && ack->until_day != DAY_NONE ? day_print(ack->until_day, until) : NULL);
	add_word(table, ack ? ack->cause : NULL);
	add_word(table, ack ? ack->note : NULL);
}

/* All of them; the total itself knows only the first few. */
static bool add_missing(const struct query *query, const struct query_row *row, struct text *out)
{
	AUTO_TOTAL_SHARES struct total_shares shares = {0};
	struct error err;
	const struct series_key key = {row->target->indicator, row->target->breakdown,
				       row->area->id};
	if (row->total.expected == row->total.used)
		return true;
	if (!judge_total_shares(&query->judge, &key, row->total.period, &shares, &err))
		return false;
	for (size_t i = 0; i < shares.count; i++)
		if (shares.items[i].part != PART_USED)
			text_addf(out, "%s%s", out->len > 0 ? ";" : "", shares.items[i].area->id);
	return true;
}

static void add_total(const struct query *query, const struct query_row *row,
		      struct report_table *table)
{
	const struct total *total = &row->total;
	AUTO_TEXT struct text missing = text_with_limit(MISSING_BYTES);
	if (!add_missing(query, row, &missing))
		missing.failed = true; /* the report says that it failed */
	cell_switch(table, row->computed);
	cell_integer(table, total->expected > 0, (long)total->expected);
	cell_integer(table, total->expected > 0, (long)total->used);
	add_measure(table, &total->weight_share);
	if (missing.len > 0 || missing.failed)
		cell_words(table, &missing);
	else
		cell_none(table);
}

/* What is projected has a change that goes on, and a due day that is not past. */
static bool goes_on(const struct verdict *verdict)
{
	return verdict->actual_change.is_set && verdict->projected_raw.is_set &&
	       verdict->gap.is_set && verdict->gap.value > 0;
}

struct way verdict_way(const struct query_row *row)
{
	const struct verdict *verdict = &row->verdict;
	struct way way = {0};
	if (!verdict->target_value.is_set || verdict->target_value_high.is_set ||
	    !verdict->value.is_set)
		return way;
	double target = verdict->target_value.value, value = verdict->value.value;
	if (verdict->base_value.is_set)
		way.done = measure_ratio(value - verdict->base_value.value,
					 target - verdict->base_value.value);
	if (!goes_on(verdict) || !(verdict->actual_change.value * (target - value) > 0))
		return way;
	double now = series_time(row->indicator, period_last_day(row->reporting));
	way.reached = measure_of(now + (target - value) / verdict->actual_change.value);
	return way;
}

static void add_way(const struct query_row *row, struct report_table *table)
{
	const struct way way = verdict_way(row);
	add_measure(table, &row->verdict.required_from_base);
	add_measure(table, &way.done);
	add_measure(table, &way.reached);
}

void verdict_add_cells(const struct query *query, const struct query_row *row,
		       struct report_table *table)
{
	const struct verdict *verdict = &row->verdict;
	add_target(row, table);
	add_value(row, table);
	add_measures(verdict, table);
	add_word(table, verdict->method);
	add_measure(table, &verdict->measure);
	cell_text(table, assess_state_name(verdict->state));
	cell_switch(table, verdict->exceeded);
	cell_switch(table, verdict->final);
	cell_text(table, freshness_name(verdict->freshness));
	cell_integer(table, true, verdict->overdue_periods);
	add_word(table, assess_reason_name(verdict->reason));
	cell_switch(table, row->act != NULL && row->act->reference);
	add_word(table, verdict->symbol);
	add_ack(row->ack, table);
	add_total(query, row, table);
	add_way(row, table);
}
