/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/refusals.h"

#include <stdio.h>
#include <stdlib.h>

#include "ledger/fetch_log.h"

void refusals_done(struct refusals *refusals)
{
	free(refusals->items);
	*refusals = (struct refusals){0};
}

bool refusals_keep(struct refusals *refusals, const struct feed_refusal *refusal, struct error *err)
{
	if (refusals->count == FEED_REFUSALS_KEPT)
		return true;
	if (!array_grow(&refusals->items, &refusals->room, refusals->count, sizeof *refusals->items,
			FEED_REFUSALS_KEPT, "refused records", err))
		return false;
	refusals->items[refusals->count++] = *refusal;
	return true;
}

bool refusals_keep_record(struct refusals *refusals, const struct feed_record *record,
			  const char *why, struct error *err)
{
	struct feed_refusal refusal = {0};
	char period[PERIOD_BYTES];
	(void)snprintf(refusal.place, sizeof refusal.place, "%s", record->place);
	(void)snprintf(refusal.found, sizeof refusal.found, "%.*s %.*s %s %.*s",
		       SPAN_ARGS(record->series), SPAN_ARGS(record->area),
		       period_print(record->period_parsed, period), SPAN_ARGS(record->value));
	(void)snprintf(refusal.why, sizeof refusal.why, "%s", why);
	return refusals_keep(refusals, &refusal, err);
}

bool refusals_keep_duplicate(struct refusals *refusals, const struct stage_duplicate *duplicate,
			     struct error *err)
{
	struct feed_refusal refusal = {0};
	char period[PERIOD_BYTES];
	(void)snprintf(refusal.place, sizeof refusal.place, "%s", duplicate->from.locator);
	(void)snprintf(refusal.found, sizeof refusal.found, "%s %s %s %s",
		       duplicate->series.indicator, duplicate->series.area,
		       period_print(duplicate->obs.period, period), duplicate->from.raw);
	(void)snprintf(refusal.why, sizeof refusal.why,
		       "the same series and period stand at %s too, with '%s'",
		       duplicate->other.locator, duplicate->other.raw);
	return refusals_keep(refusals, &refusal, err);
}

bool refusals_append(const struct refusals *refusals, const struct intake *intake, const char *feed,
		     int64_t fetch, struct error *err)
{
	for (size_t i = 0; i < refusals->count; i++) {
		const struct feed_refusal *refusal = &refusals->items[i];
		const struct reject_row row = {
			.fetch = fetch,
			.at = intake->apply.now,
			.feed = feed,
			.locator = refusal->place,
			.raw = refusal->found,
			.cause = "record",
			.text = refusal->why,
		};
		if (!reject_append(intake->apply.ledger, &row, err))
			return false;
	}
	return true;
}
