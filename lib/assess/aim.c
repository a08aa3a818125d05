/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/aim.h"

#include <math.h>

#include "base/number.h"

static const struct {
	enum method_kind kind;
	bool strict;
} operators[] = {
	[TARGET_AT_LEAST] = {METHOD_BY_YEAR, false}, [TARGET_ABOVE] = {METHOD_BY_YEAR, true},
	[TARGET_AT_MOST] = {METHOD_BY_YEAR, false},  [TARGET_BELOW] = {METHOD_BY_YEAR, true},
	[TARGET_ABOUT] = {METHOD_BY_YEAR, false},    [TARGET_RANGE] = {METHOD_BY_YEAR, false},
	[TARGET_KEEP] = {METHOD_HOLD, false},	     [TARGET_BETTER] = {METHOD_BY_YEAR, true},
	[TARGET_NONE] = {METHOD_DIRECTION, false},
};

static bool names_base_period(const struct target *target)
{
	return target->base_period.from != target->base_period.to;
}

/* Fill the baseline; false when the base lies before a break. */
static bool find_base(const struct target *target, const struct indicator *indicator,
		      const struct standing *standing, const struct yearly *yearly, struct aim *aim)
{
	if (names_base_period(target))
		aim->base_time =
			measure_of(series_time(indicator, period_last_day(target->base_period)));
	if (target->has_base) {
		aim->base_value = measure_of(target->base_value);
		return true;
	}
	struct period_value base;
	if (!names_base_period(target) ||
	    !series_value(indicator, standing, target->base_period, &base))
		return true;
	if (base.point < yearly->first)
		return false;
	aim->base_value = measure_of(base.value);
	return true;
}

double aim_level(const struct target *target, const struct aim *aim, double value)
{
	if (!target->relative)
		return value;
	return number_round15(aim->base_value.value * (1 + value / 100));
}

static void set_tolerance(const struct target *target, struct aim *aim)
{
	bool is_two_sided = aim->sense == 0 && target->op != TARGET_RANGE;
	double tolerance = 0;
	if (target->has_tolerance)
		tolerance = target->tolerance;
	else if (target->op == TARGET_ABOUT || is_two_sided)
		tolerance = 0.5 * pow(10, -fmax(target->decimals, 0));
	if (target->relative)
		tolerance = fabs(aim->base_value.value * tolerance / 100);
	aim->tolerance = tolerance;
	aim->beyond = target->op == TARGET_ABOUT ? tolerance : 0;
}

/* The level is that of the base. */
static enum assess_reason take_base(const struct target *target, struct aim *aim)
{
	if (!aim->base_value.is_set) {
		if (names_base_period(target))
			return REASON_BASELINE_UNKNOWN;
		aim->kind = METHOD_DIRECTION;
		bool has_direction = target->op == TARGET_BETTER && aim->sense != 0;
		return has_direction ? REASON_NONE : REASON_TARGET_WITHOUT_VALUE;
	}
	aim->low = aim->high = aim->base_value.value;
	return REASON_NONE;
}

static enum assess_reason take_value(const struct target *target, struct aim *aim)
{
	if (target->op == TARGET_NONE)
		return REASON_TARGET_WITHOUT_VALUE;
	if (target->op == TARGET_BETTER || (target->op == TARGET_KEEP && !target->has_value))
		return take_base(target, aim);
	if (!target->has_value)
		return REASON_TARGET_WITHOUT_VALUE;
	if (target->relative && !aim->base_value.is_set)
		return REASON_BASELINE_UNKNOWN;
	aim->low = aim->high = aim_level(target, aim, target->value);
	if (target->op == TARGET_RANGE && target->has_high)
		aim->high = aim_level(target, aim, target->value_high);
	return REASON_NONE;
}

enum assess_reason aim_resolve(const struct target *target, const struct indicator *indicator,
			       const struct standing *standing, const struct yearly *yearly,
			       struct aim *ret)
{
	*ret = (struct aim){
		.kind = operators[target->op].kind,
		.strict = operators[target->op].strict,
		.sense = target_sense(target, indicator),
		.due_time = series_time(indicator, target_due(target)),
	};
	bool joins = find_base(target, indicator, standing, yearly, ret);
	enum assess_reason fault = take_value(target, ret);
	set_tolerance(target, ret);
	return fault == REASON_BASELINE_UNKNOWN && !joins ? REASON_BREAK : fault;
}

struct mark aim_mark(const struct aim *aim, double x)
{
	int sense = aim->sense;
	if (sense == 0)
		sense = x < aim->low + (aim->high - aim->low) / 2 ? 1 : -1;
	return (struct mark){.sense = sense,
			     .value = sense > 0 ? aim->low : aim->high,
			     .tolerance = aim->tolerance,
			     .strict = aim->strict};
}

bool aim_meets(const struct aim *aim, double x)
{
	struct mark mark = aim_mark(aim, x);
	return mark_reached(&mark, x);
}

bool aim_exceeds(const struct aim *aim, double x)
{
	if (aim->sense == 0)
		return false;
	struct mark far = {.sense = aim->sense, .value = aim->sense > 0 ? aim->high : aim->low};
	return mark_passed(&far, aim->beyond, x);
}

struct measure aim_path(const struct target *target, const struct indicator *indicator,
			const struct aim *aim, double at)
{
	if (!aim->base_time.is_set || !aim->base_value.is_set || aim->sense == 0 ||
	    aim->kind == METHOD_DIRECTION)
		return (struct measure){0};
	struct waypoint base = {aim->base_time.value, aim->base_value.value};
	return aim_path_from(target, indicator, aim, base, at);
}

struct measure aim_path_from(const struct target *target, const struct indicator *indicator,
			     const struct aim *aim, struct waypoint from, double at)
{
	double level = aim_mark(aim, from.value).value;
	for (size_t i = 0; i < target->milestone_count; i++) {
		const struct milestone *milestone = &target->milestones[i];
		double time = series_time(indicator, period_last_day(milestone->period));
		if (time <= from.time || time >= aim->due_time)
			continue;
		struct waypoint to = {time, aim_level(target, aim, milestone->value)};
		if (at < time)
			return path_linear(from, to, at);
		from = to;
	}
	struct waypoint rest[] = {from, {aim->due_time, level}};
	return path_piecewise(rest, COUNT_OF(rest), at);
}
