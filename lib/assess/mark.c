/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/mark.h"

#include "base/number.h"

/* x - (value + offset), exact in sign at 15 digits when there is an offset. */
static double distance(double value, double offset, double x)
{
	if (offset == 0)
		return x - value;
	return number_round15(x) - number_round15(value + offset);
}

bool mark_reached(const struct mark *mark, double x)
{
	double ahead = mark->sense * distance(mark->value, -mark->sense * mark->tolerance, x);
	return mark->strict ? ahead > 0 : ahead >= 0;
}

bool mark_passed(const struct mark *mark, double beyond, double x)
{
	return mark->sense * distance(mark->value, mark->sense * beyond, x) > 0;
}
