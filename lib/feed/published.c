/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/published.h"

bool feed_published_parse(struct feed_plan *plan, struct error *err)
{
	const struct key_texts *list = &plan->mapping->periods.published;
	if (list->count > FEED_PUBLISHED_MAX)
		return error_set(err, ERROR_LIMIT, "periods.published has more than %d patterns",
				 FEED_PUBLISHED_MAX);
	for (size_t i = 0; i < list->count; i++) {
		struct feed_period_pattern *pattern = &plan->published[i];
		if (!feed_period_pattern_parse(list->items[i], pattern, err))
			return error_within(err, "periods.published");
		if (pattern->kinds.is_split || pattern->kinds.is_range)
			return error_set(err, ERROR_INPUT,
					 "periods.published: '%s' is no day, month or year",
					 pattern->name);
		plan->published_count = i + 1;
	}
	return true;
}

bool feed_published_read(struct feed_source *source, struct span *text, struct error *err)
{
	const struct feed_plan *plan = source->plan;
	struct text *scratch = &source->scratch[FEED_SLOT_PUBLISHED];
	struct feed_periods settings = plan->mapping->periods;
	char printed[PERIOD_BYTES];
	struct period period;
	settings.dates = FREQUENCY_NONE; /* what dates stand for is said of periods */
	if (text->len == 0 || !feed_period_read(plan->published, plan->published_count, &settings,
						*text, &period, NULL))
		return true;
	text_clear(scratch);
	text_add_string(scratch, period_print(period, printed));
	*text = text_span(scratch);
	return text_ok(scratch, "a date of publication", err);
}
