/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/opensdg.h"

#include <math.h>

#include "assess/progress.h"

enum { LEAST_VALUES = 2 };

#define SUBSTANTIAL_FROM 0.015
#define MODERATE_FROM 0.005
#define ROOM_EXPONENT 4.44
#define INSTEAD_OF_ZERO 0.001
#define COMBINED_SUBSTANTIAL_FROM 2.5
#define COMBINED_LIMITED_FROM (-2.5)

enum rating { ACHIEVED, SUBSTANTIAL, MODERATE, LIMITED, DETERIORATION, NOT_AVAILABLE };

static const char *const words[] = {
	[ACHIEVED] = "target_achieved",
	[SUBSTANTIAL] = "substantial_progress",
	[MODERATE] = "moderate_progress",
	[LIMITED] = "limited_progress",
	[DETERIORATION] = "deterioration",
	[NOT_AVAILABLE] = "not_available",
	NULL,
};

static const enum assess_state states[] = {
	[ACHIEVED] = STATE_ON_TRACK,	    [SUBSTANTIAL] = STATE_ON_TRACK,
	[MODERATE] = STATE_NEARLY_ON_TRACK, [LIMITED] = STATE_OFF_TRACK,
	[DETERIORATION] = STATE_WORSENING,  [NOT_AVAILABLE] = STATE_INSUFFICIENT_DATA,
};

static double not_zero(double value)
{
	return value == 0 ? INSTEAD_OF_ZERO : value;
}

/* C: how much of the usual growth can be asked of a value this near to its limit. */
static double room_for_growth(const struct method_call *call, double base)
{
	if (!call->limit.is_set || call->mark.sense * (call->limit.value - base) < 0)
		return 1;
	double b = fabs(base), limit = fabs(call->limit.value);
	if (b >= 2 * limit)
		return 1;
	return 1 - pow(b <= limit ? b / limit : (2 * limit - b) / limit, ROOM_EXPONENT);
}

static enum rating rate_growth(double v, double room, double *ret_score)
{
	if (v < 0) {
		*ret_score = progress_score_within(125 * v - 2.5);
		return DETERIORATION;
	}
	if (room == 0 || v >= SUBSTANTIAL_FROM * room) {
		*ret_score =
			room == 0 ? PROGRESS_SCORE_MAX : progress_score_within(500 * v / room - 5);
		return SUBSTANTIAL;
	}
	bool is_moderate = v >= MODERATE_FROM * room;
	*ret_score = is_moderate ? 250 * v / room - 1.25 : 500 * v / room - 2.5;
	return is_moderate ? MODERATE : LIMITED;
}

static enum rating rate_free(const struct method_call *call, const struct window *window,
			     double base, struct method_result *ret)
{
	struct measure rate = window_growth(window);
	if (!rate.is_set)
		return NOT_AVAILABLE;
	double v = window_progress(window, rate.value), score = 0;
	enum rating rating = rate_growth(v, room_for_growth(call, base), &score);
	ret->measure = measure_of(v);
	ret->score = measure_of(score);
	return rating;
}

static enum rating rate_ratio(double v)
{
	if (v >= PROGRESS_ENOUGH_FROM)
		return SUBSTANTIAL;
	if (v >= PROGRESS_MODERATE_FROM)
		return MODERATE;
	return v >= 0 ? LIMITED : DETERIORATION;
}

static enum rating rate_target(const struct method_call *call, const struct window *window,
			       struct method_result *ret)
{
	struct mark mark = call->mark;
	mark.value = not_zero(mark.value);
	enum progress_kind kind = progress_ratio(window, mark.value, call->due, &ret->measure);
	if (mark_reached(&mark, window->to)) {
		ret->score = measure_of(PROGRESS_SCORE_MAX);
		return ACHIEVED;
	}
	if (kind == PROGRESS_UNDEFINED)
		return NOT_AVAILABLE;
	if (kind == PROGRESS_AT_BASE) {
		bool is_still = window->to == window->from;
		ret->score = measure_of(is_still ? progress_ratio_score(0) : -PROGRESS_SCORE_MAX);
		return is_still ? LIMITED : DETERIORATION;
	}
	ret->score = measure_of(progress_ratio_score(ret->measure.value));
	return rate_ratio(ret->measure.value);
}

void opensdg_judge(const struct method_call *call, struct method_result *ret)
{
	struct window window = window_since(call, WINDOW_BASE_YEAR);
	double base = window.from;
	*ret = (struct method_result){.category = words[NOT_AVAILABLE],
				      .state = STATE_INSUFFICIENT_DATA,
				      .reason = REASON_TOO_FEW_VALUES,
				      .used = window.used};
	if (window.used == 0)
		return;
	ret->slope = window_change(&window);
	if (window.from == 0 || (call->kind != METHOD_DIRECTION && call->mark.value == 0))
		ret->note = "0 counted as 0.001";
	window.from = not_zero(window.from);
	if (call->horizon.is_set)
		ret->projected = window_grown(&window, window_growth(&window), call->horizon.value);
	enum rating rating = call->kind == METHOD_DIRECTION ? rate_free(call, &window, base, ret)
							    : rate_target(call, &window, ret);
	ret->category = words[rating];
	ret->state = states[rating];
	ret->reason = REASON_NONE;
	if (rating == NOT_AVAILABLE)
		ret->reason = window.used < LEAST_VALUES ? REASON_TOO_FEW_VALUES
							 : REASON_MEASURE_UNDEFINED;
}

/* The mean of the scores of one part. */
static double part_mean(const struct opensdg_series *series, size_t count, int part)
{
	double sum = 0, members = 0;
	for (size_t i = 0; i < count; i++) {
		if (!series[i].score.is_set || series[i].part != part)
			continue;
		sum += series[i].score.value;
		members++;
	}
	return sum / members;
}

/* Has no series before this one, of those that count, been of its part? */
static bool begins_part(const struct opensdg_series *series, size_t index)
{
	for (size_t i = 0; i < index; i++) {
		if (series[i].score.is_set && series[i].part == series[index].part)
			return false;
	}
	return true;
}

const char *opensdg_combine(const struct opensdg_series *series, size_t count,
			    struct measure *ret_score)
{
	double sum = 0, members = 0;
	bool all_achieved = true;
	for (size_t i = 0; i < count; i++) {
		if (!series[i].score.is_set)
			continue;
		all_achieved = all_achieved && series[i].is_achieved;
		if (series[i].part >= 0 && !begins_part(series, i))
			continue;
		sum += series[i].part < 0 ? series[i].score.value
					  : part_mean(series, count, series[i].part);
		members++;
	}
	*ret_score = measure_ratio(sum, members);
	if (!ret_score->is_set)
		return words[NOT_AVAILABLE];
	if (all_achieved)
		return words[ACHIEVED];
	if (ret_score->value >= COMBINED_SUBSTANTIAL_FROM)
		return words[SUBSTANTIAL];
	if (ret_score->value >= 0)
		return words[MODERATE];
	return words[ret_score->value >= COMBINED_LIMITED_FROM ? LIMITED : DETERIORATION];
}

static const struct method_threshold thresholds[] = {
	{"share of the required growth, substantial progress from", PROGRESS_ENOUGH_FROM},
	{"share of the required growth, moderate progress from", PROGRESS_MODERATE_FROM},
	{"share of the required growth, limited progress from", 0},
	{"growth per year without a target, substantial progress from", SUBSTANTIAL_FROM},
	{"growth per year without a target, moderate progress from", MODERATE_FROM},
	{"growth per year without a target, limited progress from", 0},
	{NULL, 0},
};

const struct method opensdg_method = {
	.name = "opensdg",
	.title = "progress measure (Open SDG, Statistics Canada)",
	.needs = "two values from the base year (2015) on, of one sign with the target",
	.min_values = LEAST_VALUES,
	.sure_values = LEAST_VALUES,
	.judge = opensdg_judge,
	.categories = words,
	.states = states,
	.formula = "g(a, b, n) = (b / a)^(1 / n) - 1; measure = s g(x0, x1, t1 - t0) / "
		   "|g(x0, T, tT - t0)|; without T: s g(x0, x1, t1 - t0), and with a limit L its "
		   "thresholds times 1 - (x0 / L)^4.44",
	.thresholds = thresholds,
	.measure = "compound growth per year since the base as a share of the growth that the "
		   "target requires from there; without a target, the growth itself, improvement "
		   "above 0",
	.score = "points from -5 to 5",
	.citation = "Open SDG, Progress measure methodology "
		    "(https://github.com/open-sdg/open-sdg, docs/progress-methodology.md); "
		    "sdg-build 2.4; Statistics Canada uses it",
	.paragraph =
		"Compound growth per year from the base year to the last value is divided by the "
		"growth that would lead from the same base to the target in its year: from 95 % of "
		"it on substantial progress, from 60 % moderate, from 0 limited, below that "
		"deterioration; a target that is reached is achieved.  Without a target, growth of "
		"1.5 % a year and more in the right direction is substantial, of 0.5 % moderate, "
		"from 0 limited; the nearer the base is to a natural limit, such as 100 %, the "
		"less "
		"is asked.  Points from -5 to 5 let series be averaged.",
};
