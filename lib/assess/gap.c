/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/gap.h"

#include "base/number.h"

#include <math.h>

static struct measure growth_pct(double from, double to, double years)
{
	if (years == 0 || !(from * to > 0))
		return (struct measure){0};
	return measure_of(100 * (pow(to / from, 1.0 / years) - 1.0));
}

static void measure_from_base(const struct gap_input *in, struct gap_measures *ret)
{
	if (!in->base_time.is_set || !in->base_value.is_set)
		return;
	double t0 = in->base_time.value, x0 = in->base_value.value, target = in->mark.value;
	ret->covered = measure_ratio(in->now.value - x0, target - x0);
	ret->actual_change = measure_ratio(in->now.value - x0, in->now.time - t0);
	ret->required_from_base = measure_ratio(target - x0, in->due - t0);
	struct waypoint way[] = {{t0, x0}, {in->due, target}};
	if (t0 < in->due)
		ret->path_now = path_piecewise(way, 2, in->now.time);
	if (ret->path_now.is_set)
		ret->deviation = measure_of(in->mark.sense * (in->now.value - ret->path_now.value));
}

static void measure_projection(const struct gap_input *in, struct gap_measures *ret)
{
	if (!in->slope.is_set)
		return;
	double b = in->slope.value, left = in->mark.value - in->now.value;
	ret->projected = measure_of(in->now.value + b * (in->due - in->now.time));
	if (ret->projected.is_set)
		ret->projected_gap =
			measure_of(in->mark.sense * (in->mark.value - ret->projected.value));
	if (b * left > 0)
		ret->attainment_year = measure_of(in->now.time + left / b);
}

void gap_measure(const struct gap_input *in, struct gap_measures *ret)
{
	*ret = (struct gap_measures){0};
	double left = number_difference(in->mark.value, in->now.value);
	double years = in->due - in->now.time;
	bool reached = mark_reached(&in->mark, in->now.value);
	measure_from_base(in, ret);
	measure_projection(in, ret);
	ret->required_growth_pct = growth_pct(in->now.value, in->mark.value, years);
	if (reached) {
		ret->absolute_gap = measure_of(0);
		ret->required_change = measure_of(0);
		ret->attainment_year = measure_of(in->now.time);
		return;
	}
	ret->absolute_gap = measure_of(in->mark.sense * left);
	ret->required_change = measure_ratio(left, years);
	if (ret->required_change.is_set && ret->actual_change.is_set)
		ret->required_over_actual =
			measure_ratio(ret->required_change.value, ret->actual_change.value);
}
