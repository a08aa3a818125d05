/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/freshness.h"

enum freshness freshness_since(const struct indicator *indicator, int32_t last_from, int32_t today,
			       int *ret_overdue_periods)
{
	*ret_overdue_periods = 0;
	if (last_from == DAY_NONE)
		return FRESHNESS_NONE;
	enum frequency frequency = indicator->frequency;
	int32_t next = period_index(frequency, last_from) + 1;
	if (period_last_day(period_at_index(frequency, next)) >= today)
		return FRESH;

	/* Every period before the one that contains this day ended more than a lag ago. */
	int32_t awaited = period_index(frequency, today - indicator->release_lag_days);
	if (awaited <= next)
		return FRESHNESS_DUE;
	*ret_overdue_periods = awaited - next;
	return FRESHNESS_OVERDUE;
}

enum freshness assess_freshness(const struct indicator *indicator, const struct standing *standing,
				int32_t today, int *ret_overdue_periods)
{
	size_t last = standing_last_usable(standing);
	int32_t last_from =
		last == standing->count ? DAY_NONE : standing->points[last].reporting.from;
	return freshness_since(indicator, last_from, today, ret_overdue_periods);
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
