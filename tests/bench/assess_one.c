/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One series of 30 yearly points judged by all methods, with evidence: for instructions.sh. */

#include <stdio.h>

#include "assess/evidence.h"
#include "assess/method.h"

enum { POINTS = 30, FIRST_YEAR = 1995, DUE_YEAR = 2030 };

static struct period year(int number)
{
	return (struct period){day_from_parts(number, 1, 1), day_from_parts(number + 1, 1, 1)};
}

/* What is counted; not inlined, so that it has a name. */
__attribute__((noinline)) bool assess_one(const struct assess_input *input, struct panel *ret,
					  struct error *err);

bool assess_one(const struct assess_input *input, struct panel *ret, struct error *err)
{
	return assess_panel(input, ret, err);
}

int main(void)
{
	struct observation rows[POINTS] = {0};
	struct standing_point points[POINTS] = {0};
	for (int i = 0; i < POINTS; i++) {
		/* Rising and falling, without ties. */
		rows[i].value = 40 + 1.25 * i + (i * 7 % 5) * 0.9 - (i * 3 % 4) * 0.7;
		rows[i].has_value = true;
		rows[i].status = OBS_NORMAL;
		rows[i].period = year(FIRST_YEAR + i);
		points[i] = (struct standing_point){.reporting = rows[i].period,
						    .row = &rows[i],
						    .usable = true,
						    .time = FIRST_YEAR + i};
	}
	const struct catalogue catalogue = {0};
	const struct indicator indicator = {.direction = DIRECTION_UP,
					    .has_low = true,
					    .has_high = true,
					    .low = 0,
					    .high = 100,
					    .decimals = 1,
					    .release_lag_days = 365,
					    .frequency = FREQUENCY_YEAR};
	const struct target target = {.op = TARGET_AT_LEAST,
				      .has_value = true,
				      .value = 95,
				      .base_period = year(2015),
				      .period = year(DUE_YEAR)};
	const struct area area = {.id = "a", .valid_from = DAY_NONE, .valid_to = DAY_NONE};
	const struct standing standing = {points, POINTS};
	const struct assess_input input = {.catalogue = &catalogue,
					   .indicator = &indicator,
					   .target = &target,
					   .area = &area,
					   .standing = &standing,
					   .today = day_from_parts(2025, 6, 1)};
	struct error err = {0};
	struct panel panel;
	/* Once without counting: libraries bind their functions at the first call. */
	if (!assess_panel(&input, &panel, &err) || !assess_one(&input, &panel, &err)) {
		(void)fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	for (size_t i = 0; i < panel.count; i++)
		(void)printf("%s: %s\n", panel.answers[i].method->name,
			     panel.answers[i].result.category);
	return 0;
}
