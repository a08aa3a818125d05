/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/progress.h"

#include <math.h>

enum progress_kind progress_ratio(const struct window *window, double target, double due,
				  struct measure *ret)
{
	*ret = (struct measure){0};
	struct measure actual = window_growth(window);
	struct measure required = growth_rate(window->from, target, due - window->from_time);
	if (window->used < 2 || !actual.is_set || !required.is_set || target == 0)
		return PROGRESS_UNDEFINED;
	if (required.value == 0)
		return PROGRESS_AT_BASE;
	*ret = measure_of(window_progress(window, actual.value) / fabs(required.value));
	return ret->is_set ? PROGRESS_RATIO : PROGRESS_UNDEFINED;
}

double progress_score_within(double score)
{
	return fmin(fmax(score, -PROGRESS_SCORE_MAX), PROGRESS_SCORE_MAX);
}

double progress_ratio_score(double ratio)
{
	if (ratio >= PROGRESS_MODERATE_FROM)
		return progress_score_within(7.1429 * ratio - 4.2857);
	return progress_score_within(4.1667 * ratio - 2.5);
}
