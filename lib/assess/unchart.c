/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/unchart.h"

#include <math.h>

#include "assess/trend.h"
#include "assess/window.h"

enum { LEAST_VALUES = 2 };

#define ON_TRACK_FROM 0.95
#define FAIR_FROM 0.10
#define GROWTH_ON_TRACK_FROM 0.02
#define GROWTH_FAIR_FROM 0.005
#define NEAR_BOUND 1.0

enum rating { ON_TRACK, FAIR, STAGNATION, NOT_ASSESSED };

static const char *const words[] = {
	[ON_TRACK] = "on track",
	[FAIR] = "fair progress, acceleration needed",
	[STAGNATION] = "stagnation or regression",
	[NOT_ASSESSED] = "not assessed",
	NULL,
};

static const enum assess_state states[] = {
	[ON_TRACK] = STATE_ON_TRACK,
	[FAIR] = STATE_OFF_TRACK,
	[STAGNATION] = STATE_OFF_TRACK,
	[NOT_ASSESSED] = STATE_INSUFFICIENT_DATA,
};

/* Only what is known up to the target year. */
static struct method_call up_to_due(const struct method_call *call)
{
	struct method_call known = *call;
	while (call->kind != METHOD_DIRECTION && known.count > 0 &&
	       known.times[known.count - 1] > call->due)
		known.count--;
	return known;
}

static struct window look(const struct method_call *call)
{
	struct window window = window_since(call, WINDOW_BASE_YEAR);
	if (window.used < LEAST_VALUES && call->count >= LEAST_VALUES)
		return window_last(call, LEAST_VALUES);
	return window;
}

static bool is_near_bound(const struct method_call *call, double x)
{
	const struct logit_scale *scale = call->scale;
	if (scale == NULL || scale->low != 0 || scale->high != 100)
		return false;
	double t = call->mark.value;
	return (t == 0 || t == 100) && fabs(x - t) <= NEAR_BOUND;
}

static enum rating by_share(double share, double on_track_from, double fair_from)
{
	if (share >= on_track_from)
		return ON_TRACK;
	return share >= fair_from ? FAIR : STAGNATION;
}

static enum rating rate_growth(const struct window *window, double growth,
			       struct method_result *ret)
{
	ret->measure = measure_of(growth);
	return by_share(window_progress(window, growth), GROWTH_ON_TRACK_FROM, GROWTH_FAIR_FROM);
}

static enum rating rate_target(const struct method_call *call, const struct window *window,
			       struct measure growth, struct method_result *ret)
{
	if (mark_reached(&call->mark, window->to) || is_near_bound(call, window->to))
		return ON_TRACK;
	if (!growth.is_set)
		return NOT_ASSESSED;
	if (call->mark.sense * (window->from - call->mark.value) >= 0)
		return STAGNATION;
	struct measure expected = window_grown(window, growth, call->due);
	if (expected.is_set)
		ret->measure = measure_ratio(expected.value - window->from,
					     call->mark.value - window->from);
	if (!ret->measure.is_set)
		return NOT_ASSESSED;
	return by_share(ret->measure.value, ON_TRACK_FROM, FAIR_FROM);
}

static bool changes_sign(const struct method_call *call, size_t used)
{
	bool has_low = false, has_high = false;
	for (size_t i = call->count - used; i < call->count; i++) {
		has_low = has_low || call->values[i] < 0;
		has_high = has_high || call->values[i] > 0;
	}
	return has_low && has_high;
}

static void settle(const struct method_call *call, const struct window *window, enum rating rating,
		   struct method_result *ret)
{
	ret->category = words[rating];
	ret->state = states[rating];
	ret->reason = rating == NOT_ASSESSED ? REASON_MEASURE_UNDEFINED : REASON_NONE;
	if (rating == STAGNATION && window->sense * (window->to - window->from) < 0)
		ret->state = STATE_WORSENING;
	else if (rating == STAGNATION && window->to == window->from)
		ret->reason = REASON_NO_CHANGE;
	if (!changes_sign(call, window->used))
		return;
	ret->state = STATE_INSUFFICIENT_DATA;
	ret->reason = REASON_MEASURE_UNDEFINED;
	ret->note = "the series changes sign, which the chart leaves to judgement";
}

void unchart_judge(const struct method_call *call, struct method_result *ret)
{
	struct method_call known = up_to_due(call);
	struct window window = look(&known);
	*ret = (struct method_result){.category = words[NOT_ASSESSED],
				      .state = STATE_INSUFFICIENT_DATA,
				      .reason = REASON_TOO_FEW_VALUES,
				      .used = window.used + (call->count - known.count)};
	if (window.used < LEAST_VALUES)
		return;
	struct measure growth = window_growth(&window);
	ret->slope = window_change(&window);
	if (call->horizon.is_set)
		ret->projected = window_grown(&window, growth, call->horizon.value);
	enum rating rating = NOT_ASSESSED;
	if (call->kind != METHOD_DIRECTION)
		rating = rate_target(&known, &window, growth, ret);
	else if (growth.is_set)
		rating = rate_growth(&window, growth.value, ret);
	settle(&known, &window, rating, ret);
}

static const struct method_threshold thresholds[] = {
	{"share of the way done by the target year, on track from", ON_TRACK_FROM},
	{"share of the way done by the target year, fair progress from", FAIR_FROM},
	{"growth per year without a target, on track from", GROWTH_ON_TRACK_FROM},
	{"growth per year without a target, fair progress from", GROWTH_FAIR_FROM},
	{"points from 0 or 100 that count as reached", NEAR_BOUND},
	{NULL, 0},
};

const struct method unchart_method = {
	.name = "unchart",
	.title = "SDG progress chart (United Nations)",
	.needs = "two values of one sign, from the base year (2015) on where there are",
	.min_values = LEAST_VALUES,
	.sure_values = LEAST_VALUES,
	.judge = unchart_judge,
	.categories = words,
	.states = states,
	.formula =
		"g = (x1 / x0)^(1 / (t1 - t0)) - 1; p = x1 (1 + g)^(tT - t1); measure = (p - x0) / "
		"(T - x0); without T: g",
	.thresholds = thresholds,
	.measure = "share of the way from the base to the target that will be done in the target "
		   "year if compound growth goes on; without a target, that growth per year",
	.citation = "United Nations Statistics Division, SDG Progress Chart 2023, technical note; "
		    "as restated by EUSTAT, methodology of the 2030 Agenda indicators "
		    "(https://github.com/EUSTAT-DES/site)",
	.paragraph =
		"The last value is carried on to the target year by its compound growth since the "
		"base year.  When 95 % of the way from the base value to the target will be done "
		"by "
		"then, or the target is reached, that is on track; from 10 % on it is fair "
		"progress, but acceleration is needed; below that stagnation or regression, "
		"which is worsening when the last value is further off than the first.  "
		"Percentages within one point of a target of 0 or 100 count as there.  Without a "
		"target, growth in the right direction of 2 % a year and more is on track, of 0.5 "
		"% "
		"fair progress.",
};
