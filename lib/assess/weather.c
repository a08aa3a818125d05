/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/weather.h"

#include <math.h>

enum { WINDOW_VALUES = 6, LEAST_VALUES = 4 };

/* Shares of the gap that is left. */
#define SUN_BELOW 0.05
#define SLIGHTLY_CLOUDY_UP_TO 0.20

enum symbol { SUN, SLIGHTLY_CLOUDY, CLOUD, THUNDERSTORM, NOT_ASSESSED };

static const char *const words[] = {
	[SUN] = "sun",
	[SLIGHTLY_CLOUDY] = "slightly cloudy",
	[CLOUD] = "cloud",
	[THUNDERSTORM] = "thunderstorm",
	[NOT_ASSESSED] = "not assessed",
	NULL,
};

static const enum assess_state states[] = {
	[SUN] = STATE_ON_TRACK,
	[SLIGHTLY_CLOUDY] = STATE_NEARLY_ON_TRACK,
	[CLOUD] = STATE_OFF_TRACK,
	[THUNDERSTORM] = STATE_WORSENING,
	[NOT_ASSESSED] = STATE_INSUFFICIENT_DATA,
};

/* What the rule looks at. */
struct sight {
	double last, last_time;
	double change;	    /* a */
	int course, recent; /* +1 right, 0 no change, -1 wrong: a, and the last annual change */
	bool reached;
};

static int sign_of(double value)
{
	return (value > 0) - (value < 0);
}

static struct sight look(const struct method_call *call, size_t used)
{
	size_t end = call->count - 1, first = call->count - used;
	double a =
		(call->values[end] - call->values[first]) / (call->times[end] - call->times[first]);
	return (struct sight){
		.last = call->values[end],
		.last_time = call->times[end],
		.change = a,
		.course = call->mark.sense * sign_of(a),
		.recent = call->mark.sense * sign_of(call->values[end] - call->values[end - 1]),
		.reached = call->kind != METHOD_DIRECTION &&
			   mark_reached(&call->mark, call->values[end]),
	};
}

static enum symbol direction_symbol(const struct sight *sight)
{
	if (sight->course > 0)
		return sight->recent > 0 ? SUN : SLIGHTLY_CLOUDY;
	return sight->recent > 0 ? CLOUD : THUNDERSTORM;
}

static enum symbol hold_symbol(const struct sight *sight, struct method_result *ret)
{
	if (sight->reached && sight->course >= 0)
		return SUN;
	if (sight->reached) {
		ret->reason = REASON_LOST_IF_CONTINUED;
		return SLIGHTLY_CLOUDY;
	}
	if (sight->course <= 0)
		return THUNDERSTORM;
	ret->reason = REASON_NOT_HELD;
	return CLOUD;
}

static enum symbol miss_symbol(const struct method_call *call, const struct sight *sight,
			       struct method_result *ret)
{
	if (sight->course <= 0)
		return THUNDERSTORM;
	double projected = sight->last + sight->change * (call->due - sight->last_time);
	struct measure miss = measure_ratio(call->mark.sense * (call->mark.value - projected),
					    fabs(call->mark.value - sight->last));
	if (!miss.is_set)
		return SUN; /* exactly at a mark that is to be passed, and moving on */
	ret->measure = miss;
	if (miss.value < SUN_BELOW)
		return SUN;
	return miss.value <= SLIGHTLY_CLOUDY_UP_TO ? SLIGHTLY_CLOUDY : CLOUD;
}

static enum symbol choose(const struct method_call *call, const struct sight *sight,
			  struct method_result *ret)
{
	if (call->kind == METHOD_DIRECTION)
		return direction_symbol(sight);
	if (call->kind == METHOD_HOLD || sight->reached || sight->last_time >= call->due)
		return hold_symbol(sight, ret);
	return miss_symbol(call, sight, ret);
}

void weather_judge(const struct method_call *call, struct method_result *ret)
{
	size_t used = call->count < WINDOW_VALUES ? call->count : WINDOW_VALUES;
	*ret = (struct method_result){.category = words[NOT_ASSESSED],
				      .state = STATE_INSUFFICIENT_DATA,
				      .reason = REASON_TOO_FEW_VALUES,
				      .used = used};
	if (used < LEAST_VALUES)
		return;
	struct sight sight = look(call, used);
	ret->reason = REASON_NONE;
	ret->slope = measure_of(sight.change);
	ret->measure = ret->slope;
	if (call->horizon.is_set)
		ret->projected = measure_of(sight.last +
					    sight.change * (call->horizon.value - sight.last_time));

	enum symbol symbol = choose(call, &sight, ret);
	ret->category = words[symbol];
	ret->state = states[symbol];
	if (symbol == THUNDERSTORM && sight.course == 0) {
		ret->state = STATE_OFF_TRACK;
		ret->reason = REASON_NO_CHANGE;
	}
}

static const struct method_threshold thresholds[] = {
	{"share of the gap missed, sun below", SUN_BELOW},
	{"share of the gap missed, slightly cloudy up to", SLIGHTLY_CLOUDY_UP_TO},
	{NULL, 0},
};

const struct method weather_method = {
	.name = "weather",
	.title = "weather symbols (Germany)",
	.needs = "a value for each of four years; better six",
	.min_values = LEAST_VALUES,
	.sure_values = WINDOW_VALUES,
	.warns_of_loss = true,
	.judge = weather_judge,
	.categories = words,
	.states = states,
	.formula =
		"a = (x1 - x0) / (t1 - t0); p = x1 + a (tT - t1); measure = s (T - p) / |T - x1|, "
		"else a",
	.thresholds = thresholds,
	.measure = "share of today's gap that will be left in the target year; the mean change per "
		   "year where the target is reached, the change is not towards it, or it is to be "
		   "held every year",
	.citation =
		"Destatis, Indicators of the German Sustainable Development Strategy, status of "
		"the indicators (https://dns-indikatoren.de/status/)",
	.paragraph =
		"The mean annual change over the last six values (at least four) is carried on to "
		"the target year.  Less than 5 % of today's gap left then is a sun, up to 20 % "
		"slightly cloudy, more a cloud; no change or a change away from the target is a "
		"thunderstorm.  A target that is reached, or that is to be held every year, is a "
		"sun while the change is not the wrong way, slightly cloudy when it is; not held "
		"it "
		"is a cloud while things improve, else a thunderstorm.  Where only a direction is "
		"set, the mean change and the last change together decide.",
};
