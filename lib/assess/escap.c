/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/escap.h"

#include <math.h>

#include "assess/window.h"

enum { LEAST_VALUES = 2 };

#define WHOLE_WAY 10.0
#define MAINTAIN_UP_TO 10.0
#define ACCELERATE_UP_TO 100.0

/* A line through values that do not change leaves the whole way, give or take its last digits. */
#define GAP_PRECISION 1e-9

/* The same for the values that a line gives, of which the mark may be one. */
#define LINE_PRECISION 1e-12

enum rating { MAINTAIN, ACCELERATE, REVERSE, NOT_ASSESSED };

static const char *const words[] = {
	[MAINTAIN] = "maintain",
	[ACCELERATE] = "accelerate",
	[REVERSE] = "reverse",
	[NOT_ASSESSED] = "not assessed",
	NULL,
};

static const enum assess_state states[] = {
	[MAINTAIN] = STATE_ON_TRACK,
	[ACCELERATE] = STATE_OFF_TRACK,
	[REVERSE] = STATE_WORSENING,
	[NOT_ASSESSED] = STATE_INSUFFICIENT_DATA,
};

/* The first value at or after a time. */
static size_t index_since(const struct method_call *call, double time)
{
	size_t i = 0;
	while (i < call->count && call->times[i] < time)
		i++;
	return i;
}

/* What a line gives, or the mark itself where only the last digits are different. */
static struct measure read_line(const struct method_call *call, struct measure value)
{
	double mark = call->mark.value;
	if (value.is_set && isfinite(mark) &&
	    fabs(value.value - mark) <= LINE_PRECISION * fmax(fabs(value.value), fabs(mark)))
		value.value = mark;
	return value;
}

static struct measure find_base(const struct method_call *call, const struct forecast *forecast)
{
	double base = call->base_time.is_set ? call->base_time.value : WINDOW_BASE_YEAR;
	size_t i = index_since(call, base);
	if (i < call->count && call->times[i] == base)
		return measure_of(call->values[i]);
	if (call->base_value.is_set)
		return call->base_value;
	return read_line(call, forecast_plain_at(forecast, base));
}

static struct measure tenths_done(const struct method_call *call, struct measure base, double x)
{
	if (mark_reached(&call->mark, x))
		return measure_of(WHOLE_WAY);
	if (!base.is_set)
		return (struct measure){0};
	return measure_ratio(WHOLE_WAY * call->mark.sense * (x - base.value),
			     fabs(call->mark.value - base.value));
}

void escap_assess(const struct method_call *call, enum forecast_form form,
		  struct escap_outlook *ret)
{
	*ret = (struct escap_outlook){0};
	struct samples samples = {call->times, call->values, call->count};
	forecast_prepare(form, &samples, call->scale, call->due, &ret->forecast);
	size_t due = index_since(call, call->due);
	ret->predicted = due < call->count
				 ? measure_of(call->values[due])
				 : read_line(call, forecast_at(&ret->forecast, call->due));
	ret->base = find_base(call, &ret->forecast);
	if (call->kind == METHOD_DIRECTION || !ret->predicted.is_set)
		return;
	ret->status = tenths_done(call, ret->base, call->values[call->count - 1]);
	ret->anticipated = tenths_done(call, ret->base, ret->predicted.value);
	if (ret->anticipated.is_set)
		ret->gap_pct = measure_of(100 - 10 * ret->anticipated.value);
}

static enum rating rate(struct measure gap_pct)
{
	if (!gap_pct.is_set)
		return NOT_ASSESSED;
	if (gap_pct.value <= MAINTAIN_UP_TO + GAP_PRECISION)
		return MAINTAIN;
	return gap_pct.value <= ACCELERATE_UP_TO + GAP_PRECISION ? ACCELERATE : REVERSE;
}

const char *escap_category(struct measure gap_pct)
{
	return words[rate(gap_pct)];
}

/* What has to be said of the form. */
static const char *note_on(const struct forecast *forecast, bool has_scale)
{
	if (forecast->at_bound)
		return "values at a bound counted as half a printed unit inside";
	if (has_scale && forecast->count >= LEAST_VALUES && forecast->scale == NULL)
		return "a straight line: the values lie at or beyond the bounds";
	return NULL;
}

/* The mean change per year that the line or curve shows over the values. */
static struct measure seen_change(const struct method_call *call, const struct forecast *forecast)
{
	double first = call->times[0], last = forecast->last_time;
	struct measure from = forecast_at(forecast, first), to = forecast_at(forecast, last);
	if (!from.is_set || !to.is_set)
		return (struct measure){0};
	return measure_ratio(to.value - from.value, last - first);
}

void escap_judge(const struct method_call *call, struct method_result *ret)
{
	enum forecast_form form =
		call->scale != NULL ? FORECAST_LOGIT_WEIGHTED : FORECAST_LINEAR_WEIGHTED;
	struct escap_outlook outlook;
	*ret = (struct method_result){.category = words[NOT_ASSESSED],
				      .state = STATE_INSUFFICIENT_DATA,
				      .reason = REASON_TOO_FEW_VALUES,
				      .used = call->count};
	if (call->count < LEAST_VALUES)
		return;
	escap_assess(call, form, &outlook);
	ret->slope = seen_change(call, &outlook.forecast);
	ret->note = note_on(&outlook.forecast, call->scale != NULL);
	ret->measure = outlook.anticipated;
	ret->score = outlook.status;
	if (call->horizon.is_set)
		ret->projected = call->horizon.value == call->due
					 ? outlook.predicted
					 : forecast_at(&outlook.forecast, call->horizon.value);
	enum rating rating = rate(outlook.gap_pct);
	ret->category = words[rating];
	ret->state = states[rating];
	ret->reason = rating == NOT_ASSESSED ? REASON_MEASURE_UNDEFINED : REASON_NONE;
	if (call->kind != METHOD_DIRECTION)
		return;
	ret->state = STATE_NOT_ASSESSABLE;
	ret->reason = REASON_TARGET_WITHOUT_VALUE;
}

static const struct method_threshold thresholds[] = {
	{"percent of the way left in the target year, maintain up to", MAINTAIN_UP_TO},
	{"percent of the way left in the target year, accelerate up to", ACCELERATE_UP_TO},
	{NULL, 0},
};

const struct method escap_method = {
	.name = "escap",
	.title = "anticipated progress (UN ESCAP)",
	.needs = "two values, and a target with a number; better one in the base year (2015)",
	.min_values = LEAST_VALUES,
	.sure_values = LEAST_VALUES,
	.judge = escap_judge,
	.categories = words,
	.states = states,
	.formula =
		"p = a + b tT, least squares with weights (tT - t0) / (tT - t), on ln((x - low) / "
		"(high - x)) where there are bounds; measure = 10 s (p - x0) / |T - x0|; score = "
		"10 s "
		"(x1 - x0) / |T - x0|; left = 100 - 10 measure",
	.thresholds = thresholds,
	.measure = "anticipated progress: tenths of the way from the base to the target that will "
		   "be done in the target year; 10 when it will be reached",
	.score = "current status: tenths of that way that are done",
	.citation = "UN ESCAP, Asia and the Pacific SDG Progress Report, technical notes "
		    "(https://data.unescap.org/resource-guides/progress-assessment-methodology); "
		    "Statistics Division working papers SD/WP/04 and SD/WP/05, 2017",
	.paragraph =
		"A line through all values, in which those near the target year weigh more, is "
		"carried on to it; on the logit scale where the indicator has an upper and a lower "
		"bound, so that it bends before them.  What is still missing then, as a share of "
		"the way from the base year's value to the target, decides: up to 10 % maintain "
		"the pace, up to the whole way accelerate, more than that reverse the trend.  "
		"Where the base year has no value a plain line through all values stands for it.",
};
