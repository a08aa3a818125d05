/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/assess.h"

#include <math.h>

#include "assess/gap.h"
#include "assess/judgement.h"
#include "assess/trend.h"
#include "base/number.h"

enum { BAND_LEAST_VALUES = 5 };

static struct measure clip(const struct indicator *indicator, struct measure measure)
{
	if (measure.is_set && indicator->has_low)
		measure.value = fmax(measure.value, indicator->low);
	if (measure.is_set && indicator->has_high)
		measure.value = fmin(measure.value, indicator->high);
	return measure;
}

static void show_value(const struct judgement *j, struct verdict *ret)
{
	ret->has_point = j->has_point;
	ret->point = j->has_point ? j->value.point : 0;
	if (!j->has_value)
		return;
	ret->value = measure_of(j->value.value);
	ret->exceeded = j->has_level && aim_exceeds(&j->aim, j->value.value);
	ret->final = j->is_past && j->has_due && j->due.official;
	if (j->has_due)
		ret->late = !j->met && j->has_later && aim_meets(&j->aim, j->later.value);
	else
		ret->late = j->met && j->has_later;
}

static void show_target(const struct judgement *j, struct verdict *ret)
{
	ret->base_value = j->aim.base_value;
	if (!j->has_level)
		return;
	ret->target_value = measure_of(j->aim.low);
	if (j->in->target->op == TARGET_RANGE && j->in->target->has_high)
		ret->target_value_high = measure_of(j->aim.high);
}

static void show_method(const struct judgement *j, struct verdict *ret)
{
	const struct method_result *result = &j->result;
	ret->method = j->method != NULL ? j->method->name : j->in->target->method;
	ret->symbol = result->category;
	ret->measure = result->measure;
	ret->actual_change = result->slope;
	if (j->milestone != NULL)
		ret->milestone = j->milestone->period;
	ret->used_count = result->used;
	if (j->method == NULL || result->used == 0)
		return;
	ret->used_first = j->yearly.points[j->yearly.count - result->used];
	ret->provisional =
		result->used >= j->method->min_values && result->used < j->method->sure_values;
}

/* Distances of the value to the level and to the path. */
static void show_gap(const struct judgement *j, struct verdict *ret)
{
	if (!j->has_level || !j->has_value)
		return;
	struct gap_measures gap;
	struct gap_input input = {
		.mark = aim_mark(&j->aim, j->value.value),
		.now = {j->time, j->value.value},
		.due = j->aim.due_time,
	};
	if (j->aim.sense != 0) {
		input.base_time = j->aim.base_time;
		input.base_value = j->aim.base_value;
	}
	gap_measure(&input, &gap);
	ret->gap = gap.absolute_gap;
	ret->required_from_base = gap.required_from_base;
	if (!j->is_past)
		ret->required_change = gap.required_change;
	struct measure path = aim_path(j->in->target, j->in->indicator, &j->aim, j->time);
	if (path.is_set)
		ret->gap_to_path =
			measure_of(j->aim.sense * number_difference(path.value, j->value.value));
}

static void show_outlook(const struct judgement *j, const struct trend_fit *line,
			 struct verdict *ret)
{
	if (j->is_past || !j->has_value || j->aim.due_time <= j->time)
		return;
	ret->projected_raw = j->result.projected;
	ret->projected = clip(j->in->indicator, ret->projected_raw);
	if (j->has_level && ret->projected_raw.is_set) {
		struct mark mark = aim_mark(&j->aim, j->value.value);
		ret->projected_gap =
			measure_of(mark.sense * (mark.value - ret->projected_raw.value));
	}
	if (j->yearly.count < BAND_LEAST_VALUES || !line->is_set)
		return;
	ret->band_low = clip(j->in->indicator, measure_of(line->low));
	ret->band_high = clip(j->in->indicator, measure_of(line->high));
}

void judgement_show(const struct judgement *j, const struct trend_fit *line, struct verdict *ret)
{
	*ret = (struct verdict){0};
	judgement_decide(j, &ret->state, &ret->reason);
	show_value(j, ret);
	show_target(j, ret);
	show_method(j, ret);
	show_gap(j, ret);
	show_outlook(j, line, ret);
	ret->freshness = assess_freshness(j->in->indicator, j->in->standing, j->in->today,
					  &ret->overdue_periods);
}

bool assess_target(const struct assess_input *input, struct verdict *ret, struct error *err)
{
	AUTO_JUDGEMENT struct judgement judgement = {0};
	if (!judgement_make(input, &judgement, err))
		return false;
	struct trend_fit line;
	judgement_fit(&judgement, &line);
	judgement_show(&judgement, &line, ret);
	return true;
}

bool assess_path(const struct assess_input *input, double at_time, struct measure *ret,
		 struct error *err)
{
	AUTO_JUDGEMENT struct judgement judgement = {0};
	if (!judgement_make(input, &judgement, err))
		return false;
	*ret = (struct measure){0};
	if (judgement.fault == REASON_NONE)
		*ret = aim_path(input->target, input->indicator, &judgement.aim, at_time);
	return true;
}
