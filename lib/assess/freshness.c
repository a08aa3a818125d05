/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/freshness.h"

enum freshness assess_freshness(const struct indicator *indicator, const struct standing *standing,
				int32_t today, int *ret_overdue_periods)
{
	*ret_overdue_periods = 0;
	size_t last = standing_last_usable(standing);
	if (last == standing->count)
		return FRESHNESS_NONE;
	enum frequency frequency = indicator->frequency;
	int32_t next = period_index(frequency, standing->points[last].reporting.from) + 1;
	if (period_last_day(period_at_index(frequency, next)) >= today)
		return FRESH;

	/* Every period before the one that contains this day ended more than a lag ago. */
	int32_t awaited = period_index(frequency, today - indicator->release_lag_days);
	if (awaited <= next)
		return FRESHNESS_DUE;
	*ret_overdue_periods = awaited - next;
	return FRESHNESS_OVERDUE;
}

const char *freshness_name(enum freshness freshness)
{
	static const char *const names[] = {
		[FRESH] = "fresh",
		[FRESHNESS_DUE] = "due",
		[FRESHNESS_OVERDUE] = "overdue",
		[FRESHNESS_NONE] = "none",
	};
	return names[freshness];
}
