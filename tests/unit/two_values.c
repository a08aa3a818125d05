/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/two_values.h"

static const double two_times[] = {2020, 2024};

struct method_call two_values_call(struct mark mark, const double values[2])
{
	return (struct method_call){
		.kind = mark.sense == 0 ? METHOD_DIRECTION : METHOD_BY_YEAR,
		.mark = {mark.sense == 0 ? 1 : mark.sense, mark.value, mark.tolerance, mark.strict},
		.times = two_times,
		.values = values,
		.count = 2,
		.due = 2030,
		.horizon = measure_of(2030),
		.base_time = measure_of(2020),
	};
}

struct method_result two_values_ask(const char *method, const struct method_call *call)
{
	struct method_result result;
	method_find(method)->judge(call, &result);
	return result;
}
