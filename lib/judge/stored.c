/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "judge/stored.h"

#include "assess/method.h"
#include "judge/progress.h"
#include "judge/stored_total.h"

bool stored_verdicts_hold(const struct judge *judge, bool *ret, struct error *err)
{
	struct judge_progress progress;
	bool holds = false;
	if (!judge->as_of.by_receipt &&
	    (!judge_progress_read(judge->ledger, &progress, err) ||
	     !judge_is_current(judge->ledger, &progress, judge->as_of.day, &holds, err)))
		return false;
	*ret = holds;
	return true;
}

static struct measure measure_from(struct derived_number number)
{
	return (struct measure){number.is_set, number.value};
}

/* The method's own static word; NULL when it has none such. */
static const char *find_symbol(const struct method *method, const char *stored)
{
	if (stored[0] == '\0')
		return "";
	for (size_t i = 0; method != NULL && method->categories[i] != NULL; i++) {
		if (strcmp(method->categories[i], stored) == 0)
			return method->categories[i];
	}
	return NULL;
}

static bool read_words(const struct assessment_row *row, const struct target *target,
		       struct verdict *verdict)
{
	const struct method *method = method_find(target->method);
	verdict->method = method != NULL ? method->name : target->method;
	verdict->symbol = find_symbol(method, row->symbol);
	return verdict->symbol != NULL &&
	       assess_state_parse(span_of(row->state), &verdict->state, NULL) &&
	       assess_reason_find(row->reason, &verdict->reason);
}

static void read_numbers(const struct assessment_row *row, struct verdict *verdict)
{
	verdict->value = measure_from(row->value);
	verdict->target_value = measure_from(row->target_value);
	verdict->target_value_high = measure_from(row->target_value_high);
	verdict->base_value = measure_from(row->base_value);
	verdict->gap = measure_from(row->gap);
	verdict->gap_to_path = measure_from(row->gap_to_path);
	verdict->actual_change = measure_from(row->actual_change);
	verdict->required_change = measure_from(row->required_change);
	verdict->required_from_base = measure_from(row->required_from_base);
	verdict->projected = measure_from(row->projected);
	verdict->projected_raw = measure_from(row->projected_raw);
	verdict->projected_gap = measure_from(row->projected_gap);
	verdict->band_low = measure_from(row->band_low);
	verdict->band_high = measure_from(row->band_high);
	verdict->measure = measure_from(row->measure);
}

bool stored_verdict_read(const struct judge *judge, struct judged_target *judged,
			 struct observation *ret_deciding, bool *ret_found, struct error *err)
{
	struct assessment_row row;
	struct verdict verdict = {0};
	if (!assessment_read_decided(judge->ledger, judged->target->id, judged->area->id, &row,
				     ret_deciding, err))
		return false;
	*ret_found = row.target[0] != '\0' && read_words(&row, judged->target, &verdict);
	if (!*ret_found)
		return true;
	read_numbers(&row, &verdict);
	verdict.exceeded = row.exceeded;
	verdict.final = row.is_final;
	verdict.late = row.late;
	verdict.provisional = row.provisional;
	verdict.has_point = row.seq != 0;
	verdict.used_count = (size_t)row.used_count;
	verdict.freshness = freshness_since(judged->indicator, row.last_from, judge->as_of.day,
					    &verdict.overdue_periods);
	judged->verdict = verdict;
	judged->reporting = row.reporting;
	judged->stand_in = row.stand_in;
	return !judge_has_totals(judge->catalogue, judged->indicator, judged->area->id) ||
	       stored_total_read(judge, judged, ret_deciding, ret_found, err);
}
