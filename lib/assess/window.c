/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/window.h"

#include <math.h>

static const struct measure unset;

struct window window_last(const struct method_call *call, size_t used)
{
	size_t first = call->count - used, last = call->count - 1;
	return (struct window){
		.sense = call->mark.sense,
		.used = used,
		.from_time = call->times[first],
		.from = call->values[first],
		.to_time = call->times[last],
		.to = call->values[last],
	};
}

struct window window_since(const struct method_call *call, double otherwise)
{
	double base = call->base_time.is_set ? call->base_time.value : otherwise;
	size_t used = call->count;
	while (used > 0 && call->times[call->count - used] < base)
		used--;
	return used > 0 ? window_last(call, used) : (struct window){.sense = call->mark.sense};
}

struct measure window_change(const struct window *window)
{
	return measure_ratio(window->to - window->from, window->to_time - window->from_time);
}

struct measure growth_rate(double a, double b, double years)
{
	bool same_sign = (a > 0 && b >= 0) || (a < 0 && b <= 0);
	if (!same_sign || !(years > 0))
		return unset;
	return measure_of(pow(b / a, 1.0 / years) - 1.0);
}

struct measure window_growth(const struct window *window)
{
	return growth_rate(window->from, window->to, window->to_time - window->from_time);
}

struct measure window_grown(const struct window *window, struct measure rate, double at)
{
	if (!rate.is_set)
		return unset;
	return measure_of(window->to * pow(1 + rate.value, at - window->to_time));
}

double window_progress(const struct window *window, double rate)
{
	return window->from < 0 ? -window->sense * rate : window->sense * rate;
}
