/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/eurostat.h"

#include "assess/progress.h"

enum { SHORT_TERM_YEARS = 5, LEAST_YEARS = 3, LEAST_VALUES = 2 };

#define SIGNIFICANT_FROM 0.01
#define SIGNIFICANT_AWAY_UP_TO (-0.01)
#define POINTS_OF_GROWTH 250

enum rating {
	MET,
	SIGNIFICANT,
	MODERATE,
	INSUFFICIENT,
	AWAY,
	MODERATE_AWAY,
	SIGNIFICANT_AWAY,
	NOT_ASSESSABLE,
};

static const char *const words[] = {
	[MET] = "target met",
	[SIGNIFICANT] = "significant progress",
	[MODERATE] = "moderate progress",
	[INSUFFICIENT] = "insufficient progress",
	[AWAY] = "movement away",
	[MODERATE_AWAY] = "moderate movement away",
	[SIGNIFICANT_AWAY] = "significant movement away",
	[NOT_ASSESSABLE] = "not assessable",
	NULL,
};

static const enum assess_state states[] = {
	[MET] = STATE_ON_TRACK,
	[SIGNIFICANT] = STATE_ON_TRACK,
	[MODERATE] = STATE_NEARLY_ON_TRACK,
	[INSUFFICIENT] = STATE_OFF_TRACK,
	[AWAY] = STATE_WORSENING,
	[MODERATE_AWAY] = STATE_WORSENING,
	[SIGNIFICANT_AWAY] = STATE_WORSENING,
	[NOT_ASSESSABLE] = STATE_INSUFFICIENT_DATA,
};

static struct window look(const struct method_call *call)
{
	if (call->base_time.is_set || call->count == 0)
		return window_since(call, 0);
	return window_since(call, call->times[call->count - 1] - SHORT_TERM_YEARS);
}

static bool is_short(const struct method_call *call, const struct window *window)
{
	return !call->base_time.is_set && window->used >= LEAST_VALUES &&
	       window->to_time - window->from_time < LEAST_YEARS;
}

static enum rating rate_growth(const struct window *window, struct method_result *ret)
{
	struct measure rate = window_growth(window);
	if (!rate.is_set || window->to == 0)
		return NOT_ASSESSABLE;
	double progress = window_progress(window, rate.value);
	ret->measure = measure_of(progress);
	ret->score = measure_of(progress_score_within(POINTS_OF_GROWTH * progress));
	if (progress >= SIGNIFICANT_FROM)
		return SIGNIFICANT;
	if (progress >= 0)
		return MODERATE;
	return progress > SIGNIFICANT_AWAY_UP_TO ? MODERATE_AWAY : SIGNIFICANT_AWAY;
}

static enum rating rate_ratio(double ratio, struct method_result *ret)
{
	ret->measure = measure_of(ratio);
	ret->score = measure_of(progress_ratio_score(ratio));
	if (ratio >= PROGRESS_ENOUGH_FROM)
		return SIGNIFICANT;
	if (ratio >= PROGRESS_MODERATE_FROM)
		return MODERATE;
	return ratio >= 0 ? INSUFFICIENT : AWAY;
}

static enum rating rate(const struct method_call *call, const struct window *window,
			struct method_result *ret)
{
	if (call->kind == METHOD_DIRECTION)
		return rate_growth(window, ret);
	if (mark_reached(&call->mark, window->to)) {
		ret->score = measure_of(PROGRESS_SCORE_MAX);
		return MET;
	}
	struct measure ratio;
	enum progress_kind kind = progress_ratio(window, call->mark.value, call->due, &ratio);
	if (kind == PROGRESS_UNDEFINED || window->to == 0)
		return NOT_ASSESSABLE;
	if (kind == PROGRESS_RATIO)
		return rate_ratio(ratio.value, ret);
	return window->to == window->from ? INSUFFICIENT : AWAY;
}

void eurostat_judge(const struct method_call *call, struct method_result *ret)
{
	struct window window = look(call);
	*ret = (struct method_result){.category = words[NOT_ASSESSABLE],
				      .state = STATE_INSUFFICIENT_DATA,
				      .reason = REASON_TOO_FEW_VALUES,
				      .used = window.used};
	if (is_short(call, &window))
		ret->reason = REASON_SPAN_TOO_SHORT;
	if (window.used < LEAST_VALUES || is_short(call, &window))
		return;
	ret->slope = window_change(&window);
	if (call->horizon.is_set)
		ret->projected = window_grown(&window, window_growth(&window), call->horizon.value);
	enum rating rating = rate(call, &window, ret);
	ret->category = words[rating];
	ret->state = states[rating];
	ret->reason = rating == NOT_ASSESSABLE ? REASON_MEASURE_UNDEFINED : REASON_NONE;
}

static const struct method_threshold thresholds[] = {
	{"share of the required growth, significant progress from", PROGRESS_ENOUGH_FROM},
	{"share of the required growth, moderate progress from", PROGRESS_MODERATE_FROM},
	{"share of the required growth, insufficient progress from", 0},
	{"growth per year without a target, significant progress from", SIGNIFICANT_FROM},
	{"growth per year without a target, moderate progress from", 0},
	{"growth per year without a target, significant movement away up to",
	 SIGNIFICANT_AWAY_UP_TO},
	{NULL, 0},
};

const struct method eurostat_method = {
	.name = "eurostat",
	.title = "progress by compound growth (Eurostat)",
	.needs = "two values from the base year on, of one sign with the target and none of them "
		 "0; without a base year, three years between the ends of the last five",
	.min_values = LEAST_VALUES,
	.sure_values = LEAST_VALUES,
	.judge = eurostat_judge,
	.categories = words,
	.states = states,
	.formula = "g(a, b, n) = (b / a)^(1 / n) - 1; measure = s g(x0, x1, t1 - t0) / "
		   "|g(x0, T, tT - t0)|; without T: s g(x0, x1, t1 - t0)",
	.thresholds = thresholds,
	.measure = "compound growth per year since the base as a share of the growth that the "
		   "target requires from there; without a target, the growth itself, improvement "
		   "above 0",
	.score = "points from -5 to 5 as for the score of a goal",
	.citation = "Eurostat, Sustainable development in the European Union - monitoring report "
		    "on progress towards the SDGs in an EU context, assessment method "
		    "(https://ec.europa.eu/eurostat/web/sdi)",
	.paragraph =
		"Compound growth per year from the base year to the last value is divided by the "
		"growth that would lead from the same base to the target in its year.  From 95 % "
		"of it on that is significant progress, from 60 % moderate, from 0 insufficient; "
		"below 0 it is movement away.  Without a target, growth of 1 % a year and more in "
		"the right direction is significant progress, of less moderate; growth the wrong "
		"way is moderate movement away, from 1 % on significant.  A path of even growth "
		"rises late and falls early: for what should rise the method is milder, for what "
		"should fall stricter than a straight line.",
};
