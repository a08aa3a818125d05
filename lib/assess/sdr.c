/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/sdr.h"

#include "assess/window.h"

enum { LEAST_VALUES = 2 };

#define ON_TRACK_FROM 1.0
#define MODERATE_FROM 0.5

enum arrow { ON_TRACK, MODERATE, STAGNATING, DECREASING, NO_ARROW };

static const char *const words[] = {
	[ON_TRACK] = "on track or maintaining",
	[MODERATE] = "moderately increasing",
	[STAGNATING] = "stagnating",
	[DECREASING] = "decreasing",
	[NO_ARROW] = "no arrow",
	NULL,
};

static const enum assess_state states[] = {
	[ON_TRACK] = STATE_ON_TRACK,	      [MODERATE] = STATE_NEARLY_ON_TRACK,
	[STAGNATING] = STATE_OFF_TRACK,	      [DECREASING] = STATE_WORSENING,
	[NO_ARROW] = STATE_INSUFFICIENT_DATA,
};

static enum arrow by_ratio(double q)
{
	if (q >= ON_TRACK_FROM)
		return ON_TRACK;
	if (q >= MODERATE_FROM)
		return MODERATE;
	return q >= 0 ? STAGNATING : DECREASING;
}

static enum arrow choose(const struct mark *mark, const struct window *window, struct measure q)
{
	if (mark_reached(mark, window->to))
		return ON_TRACK;
	if (mark_reached(mark, window->from))
		return DECREASING;
	if (q.is_set)
		return by_ratio(q.value);
	if (window->from != mark->value)
		return NO_ARROW;
	/* the way began at a mark that is to be passed, and did not come nearer */
	return window->to == window->from ? STAGNATING : DECREASING;
}

static void judge(const struct method_call *call, struct measure required_from,
		  struct method_result *ret)
{
	struct window window = window_since(call, WINDOW_BASE_YEAR);
	*ret = (struct method_result){.category = words[NO_ARROW],
				      .state = STATE_INSUFFICIENT_DATA,
				      .reason = REASON_TOO_FEW_VALUES,
				      .used = window.used};
	if (window.used < LEAST_VALUES)
		return;
	struct measure change = window_change(&window);
	ret->slope = change;
	if (call->horizon.is_set && change.is_set)
		ret->projected = measure_of(window.to +
					    change.value * (call->horizon.value - window.to_time));
	ret->state = STATE_NOT_ASSESSABLE;
	ret->reason = REASON_TARGET_WITHOUT_VALUE;
	if (call->kind == METHOD_DIRECTION)
		return;
	double years = call->due - (required_from.is_set ? required_from.value : window.from_time);
	if (years > 0 && change.is_set)
		ret->measure =
			measure_ratio(change.value, (call->mark.value - window.from) / years);
	enum arrow arrow = choose(&call->mark, &window, ret->measure);
	ret->category = words[arrow];
	ret->state = states[arrow];
	ret->reason = REASON_NONE;
	if (arrow == NO_ARROW)
		ret->reason = REASON_MEASURE_UNDEFINED;
	else if (arrow == STAGNATING && window.to == window.from)
		ret->reason = REASON_NO_CHANGE;
}

void sdr_judge(const struct method_call *call, struct method_result *ret)
{
	judge(call, (struct measure){0}, ret);
}

void sdr_judge_from(const struct method_call *call, double year, struct method_result *ret)
{
	judge(call, measure_of(year), ret);
}

static const struct method_threshold thresholds[] = {
	{"share of the required change, on track from", ON_TRACK_FROM},
	{"share of the required change, moderately increasing from", MODERATE_FROM},
	{"share of the required change, stagnating from", 0},
	{NULL, 0},
};

const struct method sdr_method = {
	.name = "sdr",
	.title = "trend arrows (Sustainable Development Report)",
	.needs = "two values from the base year (2015) on, and a target with a number",
	.min_values = LEAST_VALUES,
	.sure_values = LEAST_VALUES,
	.judge = sdr_judge,
	.categories = words,
	.states = states,
	.formula = "measure = ((x1 - x0) / (t1 - t0)) / ((T - x0) / (tT - t0))",
	.thresholds = thresholds,
	.measure = "mean change per year since the base as a share of the change that a straight "
		   "line from there to the target requires",
	.citation = "Sustainable Development Solutions Network, Sustainable Development Report, "
		    "methods summary: SDG trends "
		    "(https://dashboards.sdgindex.org/chapters/part-4-methods-summary-and-data-"
		    "tables)",
	.paragraph = "The mean annual change from the first value since the base year to the last "
		     "is divided by the change that a straight line from that first value to the "
		     "target requires.  All of it and more is on track, from half on moderately "
		     "increasing, from nothing on stagnating, less than nothing decreasing.  A "
		     "target that is reached is on track; one that was reached at the base and is "
		     "not any more is decreasing.  The report does this with its own thresholds; "
		     "here the target takes their place.",
};
