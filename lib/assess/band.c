/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/band.h"

#include <math.h>
#include <string.h>

#include "assess/window.h"
#include "base/attr.h"

static const struct band_rule rules[] = {
	{"astat",
	 "ASTAT (South Tyrol), SDG trends, after ISTAT, SDG report 2019, pages 37 and 38 "
	 "(https://statistics-astat.provinz.bz.it/SDG)",
	 0.01, false, 0.05, "clear improvement", "slight improvement", "stable", "slight worsening",
	 "clear worsening"},
	{"thurgau", "Canton of Thurgau, MONITHUR, rules of assessment (https://monithur.tg.ch)",
	 0.005, true, HUGE_VAL, "green", "green", "yellow", "red", "red"},
};

const struct band_rule *band_find(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(rules); i++) {
		if (strcmp(rules[i].name, name) == 0)
			return &rules[i];
	}
	return NULL;
}

struct measure band_growth(const double *times, const double *values, size_t count)
{
	if (count == 0)
		return (struct measure){0};
	return growth_rate(values[0], values[count - 1], times[count - 1] - times[0]);
}

const char *band_word(const struct band_rule *rule, struct measure growth, int sense)
{
	if (!growth.is_set)
		return "";
	double size = fabs(growth.value);
	if (size < rule->still || (rule->is_still_at_most && size == rule->still))
		return rule->stable;
	bool is_clear = size > rule->clear;
	if (sense * growth.value > 0)
		return is_clear ? rule->clearly_better : rule->better;
	return is_clear ? rule->clearly_worse : rule->worse;
}

struct measure band_distance(const struct mark *mark, double x, double deviation)
{
	if (mark_reached(mark, x))
		return measure_of(0);
	if (!(deviation > 0))
		return (struct measure){0};
	return measure_ratio(mark->sense * (mark->value - x), deviation);
}
