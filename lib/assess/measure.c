/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/measure.h"

#include <math.h>

struct measure measure_of(double value)
{
	if (!isfinite(value))
		return (struct measure){0};
	return (struct measure){.is_set = true, .value = value == 0 ? 0 : value};
}

struct measure measure_ratio(double a, double b)
{
	if (b == 0)
		return (struct measure){0};
	return measure_of(a / b);
}
