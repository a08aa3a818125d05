/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "judge/judge.h"

#include <stdlib.h>

#include "judge/items.h"
#include "judge/stored.h"

void judged_series_done(struct judged_series *series)
{
	standing_done(&series->standing);
	vintages_done(&series->vintages);
	totals_done(&series->totals);
	free(series->received_days);
	*series = (struct judged_series){0};
}

static bool note_received_days(const struct judge *judge, struct judged_series *series,
			       struct error *err)
{
	size_t count = series->vintages.count;
	while (series->received_room < count) {
		if (!array_grow(&series->received_days, &series->received_room,
				series->received_room, sizeof *series->received_days, VINTAGES_MAX,
				"rows of a series", err))
			return false;
	}
	for (size_t i = 0; i < count; i++)
		series->received_days[i] = zone_day(judge->zone, series->vintages.rows[i].received);
	return true;
}

bool judge_published(const struct judge *judge, const struct series_key *key,
		     struct judged_series *ret, struct error *err)
{
	const struct indicator *indicator =
		catalogue_indicator(judge->catalogue, span_of(key->indicator));
	if (indicator == NULL)
		return error_set(err, ERROR_NOT_FOUND,
				 "there is no indicator '%s' in the catalogue", key->indicator);

	standing_done(&ret->standing);
	totals_done(&ret->totals);
	ret->vintages.count = 0;
	ret->indicator = indicator;
	if (!series_find(judge->ledger, key, &ret->series, err))
		return false;
	if (ret->series != 0 &&
	    !vintages_read(judge->ledger, ret->series, DAY_NONE, &ret->vintages, err))
		return false;
	if (!note_received_days(judge, ret, err))
		return false;
	const struct standing_input input = {
		.indicator = indicator,
		.rows = ret->vintages.rows,
		.count = ret->vintages.count,
		.received_days = ret->received_days,
		.as_of = judge->as_of,
	};
	return standing_build(&input, &ret->standing, err);
}

bool judge_add_totals(const struct judge *judge, const struct series_key *key,
		      struct judged_series *ret, struct error *err)
{
	if (!judge_has_totals(judge->catalogue, ret->indicator, key->area))
		return true;
	return judge_totals(judge, key, &ret->totals, err) &&
	       standing_add_totals(&ret->standing, ret->indicator, ret->totals.rows,
				   ret->totals.row_count, err);
}

bool judge_series(const struct judge *judge, const struct series_key *key,
		  struct judged_series *ret, struct error *err)
{
	return judge_published(judge, key, ret, err) && judge_add_totals(judge, key, ret, err);
}

/* The refused total that would have helped: of the due period where that was not reported, else
 * the last one. */
static const struct total *find_refused(const struct judged_series *series,
					const struct target *target, const struct verdict *verdict)
{
	bool is_due = verdict->reason == REASON_PERIOD_NOT_REPORTED;
	for (size_t i = series->totals.count; i > 0; i--) {
		const struct total *total = &series->totals.items[i - 1];
		if (total->fault != TOTAL_FINE &&
		    (!is_due || period_contains(target->period, total->period)))
			return total;
	}
	return NULL;
}

/* Where something is published the values are too few, not the members. */
static bool may_be_refused(const struct judged_series *series, const struct verdict *verdict)
{
	if (verdict->reason == REASON_TOO_FEW_VALUES)
		return !verdict->has_point || series->standing.points[verdict->point].computed;
	return verdict->reason == REASON_NO_OBSERVATION ||
	       verdict->reason == REASON_PERIOD_NOT_REPORTED ||
	       verdict->reason == REASON_MEMBERS_MISSING;
}

bool judge_target(const struct judge *judge, const struct judged_series *series,
		  const struct target *target, const struct area *area, struct verdict *ret,
		  struct error *err)
{
	const struct assess_input input = {
		.catalogue = judge->catalogue,
		.indicator = series->indicator,
		.target = target,
		.area = area,
		.standing = &series->standing,
		.today = judge->as_of.day,
	};
	if (!assess_target(&input, ret, err))
		return false;
	if (may_be_refused(series, ret) && find_refused(series, target, ret) != NULL)
		ret->reason = REASON_MEMBERS_MISSING;
	return true;
}

static bool is_adopted(const struct act *act, int32_t day)
{
	return act->adopted == DAY_NONE || act->adopted <= day;
}

bool judge_in_force(const struct catalogue *catalogue, const struct target *target, int32_t day)
{
	const struct act *act = catalogue_act(catalogue, span_of(target->act));
	if (act == NULL || !is_adopted(act, day))
		return false;
	if (act->ends != DAY_NONE && act->ends <= day)
		return false;
	if (act->superseded_by[0] == '\0')
		return true;
	const struct act *next = catalogue_act(catalogue, span_of(act->superseded_by));
	return next == NULL || !is_adopted(next, day);
}

void judge_total_of(const struct judged_series *series, const struct target *target,
		    const struct verdict *verdict, struct total *ret, bool *ret_decides)
{
	const struct standing_point *point =
		verdict->has_point ? &series->standing.points[verdict->point] : NULL;
	const struct total *refused =
		may_be_refused(series, verdict) ? find_refused(series, target, verdict) : NULL;
	*ret = refused != NULL ? *refused : (struct total){0};
	*ret_decides = point != NULL && point->computed;
	for (size_t i = 0; *ret_decides && i < series->totals.count; i++)
		if (period_equal(series->totals.items[i].period, point->reporting))
			*ret = series->totals.items[i];
}

static void note_deciding(const struct judged_series *series, struct judged_target *judged)
{
	judge_total_of(series, judged->target, &judged->verdict, &judged->total, &judged->computed);
	if (!judged->verdict.has_point)
		return;
	const struct standing_point *point = &series->standing.points[judged->verdict.point];
	judged->deciding = point->row;
	judged->reporting = point->reporting;
	judged->stand_in = point->stand_in;
}

/* Judge an item; `series` is read unless it is that of the item before. */
static bool judge_item(const struct judge *judge, const struct judge_item *item, bool is_read,
		       struct judged_series *series, struct judged_target *ret, struct error *err)
{
	const struct series_key key = judge_item_series(item);
	struct judged_target judged = judge_item_target(item);
	judged.series = series;
	if ((!is_read && !judge_series(judge, &key, series, err)) ||
	    !judge_target(judge, series, item->target, item->area, &judged.verdict, err))
		return false;
	note_deciding(series, &judged);
	*ret = judged;
	return true;
}

static bool judge_items(const struct judge *judge, const struct judge_items *items,
			judged_target_fn *take, void *self, struct error *err)
{
	AUTO_JUDGED_SERIES struct judged_series series = {0};
	for (size_t i = 0; i < items->count; i++) {
		const struct judge_item *item = &items->items[i];
		bool is_read = i > 0 && judge_items_share(item, item - 1);
		struct judged_target judged;
		if (!judge_item(judge, item, is_read, &series, &judged, err) ||
		    !take(self, &judged, err))
			return false;
	}
	return true;
}

bool judge_each(const struct judge *judge, const struct judge_filter *filter,
		judged_target_fn *take, void *self, struct error *err)
{
	AUTO_JUDGE_ITEMS struct judge_items items = {0};
	return judge_items_find(judge->catalogue, filter, judge->as_of.day, &items, err) &&
	       judge_items(judge, &items, take, self, err);
}

static bool take_stored(const struct judge *judge, const struct judge_items *items,
			judged_target_fn *take, void *self, struct error *err)
{
	AUTO_JUDGED_SERIES struct judged_series series = {0};
	for (size_t i = 0; i < items->count; i++) {
		const struct judge_item *item = &items->items[i];
		struct judged_target judged = judge_item_target(item);
		struct observation deciding;
		bool found = false;
		if (!stored_verdict_read(judge, &judged, &deciding, &found, err))
			return false;
		judged.deciding = &deciding;
		if (!found && !judge_item(judge, item, false, &series, &judged, err))
			return false;
		if (!take(self, &judged, err))
			return false;
	}
	return true;
}

bool judge_each_latest(const struct judge *judge, const struct judge_filter *filter,
		       judged_target_fn *take, void *self, struct error *err)
{
	AUTO_JUDGE_ITEMS struct judge_items items = {0};
	bool is_current = false;
	if (!judge_items_find(judge->catalogue, filter, judge->as_of.day, &items, err) ||
	    !stored_verdicts_hold(judge, &is_current, err))
		return false;
	return is_current ? take_stored(judge, &items, take, self, err)
			  : judge_items(judge, &items, take, self, err);
}
