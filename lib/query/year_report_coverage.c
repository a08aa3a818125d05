/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/year_report_coverage.h"

#include "judge/total.h"
#include "query/totals.h"

#define AUTO_TOTALS AUTO(totals_done)

bool year_item_is_computed(const struct year_item *item)
{
	return item->row.verdict.has_point && item->row.row.seq == 0;
}

/* The one of the deciding value's period, or else the last of the year. */
static const struct total *choose(const struct year_report *report, const struct year_item *item,
				  const struct totals *totals)
{
	const struct total *last = NULL;
	int32_t end = day_from_parts(report->year + 1, 1, 1);
	for (size_t i = 0; i < totals->count; i++) {
		const struct total *total = &totals->items[i];
		if (year_item_is_computed(item) && period_equal(total->period, item->row.reporting))
			return total;
		if (total->period.to <= end)
			last = total;
	}
	return last;
}

bool year_report_tell_coverage(const struct year_report *report, const struct year_item *item,
			       struct text *out, struct error *err)
{
	const struct query_row *row = &item->row;
	const struct judge *judge = &report->query->judge;
	const struct series_key key = {row->indicator->id, row->target->breakdown, row->area->id};
	AUTO_TOTALS struct totals totals = {0};
	if (!judge_has_totals(judge->catalogue, row->indicator, row->area->id))
		return true;
	if (!judge_totals(judge, &key, &totals, err))
		return false;
	const struct total *total = choose(report, item, &totals);
	if (total != NULL)
		totals_tell(out, report->query, row->indicator, total);
	return true;
}
