/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/judgement.h"

#include <math.h>

/* The first milestone after the last value is what a method is asked about. */
static const struct milestone *next_milestone(const struct judgement *j, double last_time)
{
	const struct target *target = j->in->target;
	if (!j->has_level || j->aim.kind != METHOD_BY_YEAR || j->aim.sense == 0)
		return NULL;
	for (size_t i = 0; i < target->milestone_count; i++) {
		const struct milestone *milestone = &target->milestones[i];
		double time = series_time(j->in->indicator, period_last_day(milestone->period));
		if (time > last_time)
			return time < j->aim.due_time ? milestone : NULL;
	}
	return NULL;
}

/* Without a known number of decimals, a thousandth of the scale stands for a printed unit: 0.1 of a
 * percentage. */
static struct logit_scale scale_of(const struct indicator *indicator)
{
	static const double units[] = {1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6};
	double width = indicator->high - indicator->low;
	double step = width / 1000;
	if (indicator->decimals >= 0)
		step = indicator->decimals < (int)COUNT_OF(units) ? units[indicator->decimals]
								  : pow(10, -indicator->decimals);
	return (struct logit_scale){indicator->low, indicator->high, fmin(step, width / 4)};
}

void judgement_bounds(const struct indicator *indicator, struct method_call *call,
		      struct logit_scale *room)
{
	*room = scale_of(indicator);
	if (indicator->has_low && indicator->has_high && room->low < room->high)
		call->scale = room;
	if (call->mark.sense > 0 ? indicator->has_high : indicator->has_low)
		call->limit = measure_of(call->mark.sense > 0 ? indicator->high : indicator->low);
}

struct samples judgement_samples(const struct judgement *j)
{
	const struct yearly *yearly = &j->yearly;
	size_t left_out = yearly->count > TREND_VALUES_MAX ? yearly->count - TREND_VALUES_MAX : 0;
	return (struct samples){yearly->times + left_out, yearly->values + left_out,
				yearly->count - left_out};
}

void judgement_fit(const struct judgement *j, struct trend_fit *ret)
{
	struct samples samples = judgement_samples(j);
	trend_fit_line(&samples, j->aim.due_time, ret);
}

void judgement_ask(struct judgement *j, const struct method *method)
{
	const struct yearly *yearly = &j->yearly;
	const struct indicator *indicator = j->in->indicator;
	j->method = method;
	j->result = (struct method_result){.category = ""};
	if (j->method == NULL || j->fault != REASON_NONE || yearly->count == 0)
		return;
	double last = yearly->values[yearly->count - 1];
	double last_time = yearly->times[yearly->count - 1];
	struct method_call call = {
		.kind = j->aim.kind,
		.mark = aim_mark(&j->aim, last),
		.times = yearly->times,
		.values = yearly->values,
		.count = yearly->count,
		.due = j->aim.due_time,
		.horizon = measure_of(j->aim.due_time),
		.base_time = j->aim.base_time,
		.base_value = j->aim.base_value,
	};
	struct logit_scale scale;
	judgement_bounds(indicator, &call, &scale);
	j->milestone = next_milestone(j, last_time);
	if (j->milestone != NULL) {
		call.mark.value = aim_level(j->in->target, &j->aim, j->milestone->value);
		call.due = series_time(indicator, period_last_day(j->milestone->period));
	}
	j->method->judge(&call, &j->result);
}

static void choose_value(struct judgement *j)
{
	const struct assess_input *in = j->in;
	const struct yearly *yearly = &j->yearly;
	struct period judged = in->target->period;
	j->has_due = j->has_level && series_value(in->indicator, in->standing, judged, &j->due);
	j->has_later = j->has_level && j->is_past &&
		       series_later_value(in->indicator, in->standing, judged, &j->later);
	if (j->has_due) {
		j->value = j->due;
	} else if (j->has_later) {
		j->value = j->later;
	} else if (yearly->count > 0) {
		j->value.value = yearly->values[yearly->count - 1];
		j->value.point = yearly->points[yearly->count - 1];
	} else {
		j->value.point = standing_last_usable(in->standing);
		return;
	}
	j->has_value = true;
	j->time = in->standing->points[j->value.point].time;
	j->met = j->has_level && aim_meets(&j->aim, j->value.value);
}

bool judgement_make(const struct assess_input *input, struct judgement *ret, struct error *err)
{
	*ret = (struct judgement){.in = input};
	struct series_place place = {.catalogue = input->catalogue,
				     .indicator = input->indicator,
				     .area = input->area->id,
				     .judged = input->target->period};
	if (!yearly_build(&place, input->standing, &ret->yearly, err))
		return false;
	ret->fault = aim_resolve(input->target, input->indicator, input->standing, &ret->yearly,
				 &ret->aim);
	ret->has_level = ret->fault == REASON_NONE && ret->aim.kind != METHOD_DIRECTION;
	ret->is_past = input->today > target_due(input->target);
	ret->has_point = standing_last_usable(input->standing) < input->standing->count;
	if (ret->has_point)
		choose_value(ret);
	judgement_ask(ret, method_find(input->target->method));
	return true;
}

void judgement_done(struct judgement *judgement)
{
	yearly_done(&judgement->yearly);
}

/* A rule either decides or leaves it to the next. */
typedef bool rule_fn(const struct judgement *j, enum assess_state *ret_state,
		     enum assess_reason *ret_reason);

static bool rule_no_value(const struct judgement *j, enum assess_state *ret_state,
			  enum assess_reason *ret_reason)
{
	*ret_state = STATE_NO_DATA;
	*ret_reason = REASON_NO_OBSERVATION;
	return !j->has_point;
}

static bool rule_not_assessable(const struct judgement *j, enum assess_state *ret_state,
				enum assess_reason *ret_reason)
{
	*ret_state = STATE_NOT_ASSESSABLE;
	*ret_reason = j->method == NULL ? REASON_METHOD_UNKNOWN : j->fault;
	return *ret_reason != REASON_NONE;
}

static bool rule_area_ended(const struct judgement *j, enum assess_state *ret_state,
			    enum assess_reason *ret_reason)
{
	int32_t end = j->in->area->valid_to;
	*ret_state = STATE_NOT_ASSESSABLE;
	*ret_reason = REASON_AREA_ENDED;
	if (end == DAY_NONE || end > j->in->today)
		return false;
	return !(j->has_due && target_due(j->in->target) < end);
}

static bool rule_due_value(const struct judgement *j, enum assess_state *ret_state,
			   enum assess_reason *ret_reason)
{
	*ret_state = j->is_past ? STATE_MISSED : STATE_OFF_TRACK;
	*ret_reason = j->is_past ? REASON_NONE : REASON_SHORT_SO_FAR;
	if (j->met) {
		*ret_state = STATE_MET;
		*ret_reason = REASON_NONE;
	}
	return j->has_due || j->has_later;
}

static bool rule_not_reported(const struct judgement *j, enum assess_state *ret_state,
			      enum assess_reason *ret_reason)
{
	*ret_state = STATE_NO_DATA;
	*ret_reason = REASON_PERIOD_NOT_REPORTED;
	return j->has_level &&
	       j->in->today > target_due(j->in->target) + j->in->indicator->release_lag_days;
}

/* Would the change that the method sees lose what is reached? */
static bool is_being_lost(const struct judgement *j)
{
	if (!j->method->warns_of_loss || !j->result.slope.is_set)
		return false;
	double years = j->aim.kind == METHOD_HOLD ? 1 : j->aim.due_time - j->time;
	return !aim_meets(&j->aim, j->value.value + j->result.slope.value * years);
}

static bool rule_reached(const struct judgement *j, enum assess_state *ret_state,
			 enum assess_reason *ret_reason)
{
	bool lost = j->met && is_being_lost(j);
	*ret_state = lost ? STATE_NEARLY_ON_TRACK : STATE_MET;
	*ret_reason = lost ? REASON_LOST_IF_CONTINUED : REASON_NONE;
	return j->met;
}

static bool rule_too_few(const struct judgement *j, enum assess_state *ret_state,
			 enum assess_reason *ret_reason)
{
	size_t least = j->method->min_values, count = j->yearly.count;
	*ret_state = STATE_INSUFFICIENT_DATA;
	*ret_reason = count + j->yearly.left_out >= least ? REASON_BREAK : REASON_TOO_FEW_VALUES;
	return count < least;
}

static bool rule_symbol(const struct judgement *j, enum assess_state *ret_state,
			enum assess_reason *ret_reason)
{
	*ret_state = j->result.state;
	*ret_reason = j->result.reason;
	return true;
}

void judgement_decide(const struct judgement *judgement, enum assess_state *ret_state,
		      enum assess_reason *ret_reason)
{
	static rule_fn *const rules[] = {
		rule_no_value,	   rule_not_assessable, rule_area_ended, rule_due_value,
		rule_not_reported, rule_reached,	rule_too_few,	 rule_symbol,
	};
	for (size_t i = 0; i < COUNT_OF(rules); i++) {
		if (rules[i](judgement, ret_state, ret_reason))
			return;
	}
}
