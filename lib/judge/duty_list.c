/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "judge/duty.h"

#include <stdlib.h>

enum { YEAR_DAYS = 366, ALL_DAYS = 40 * YEAR_DAYS, AHEAD_DAYS = 2 * YEAR_DAYS, LIST_MAX = 200000 };

/* The obligations that pass a filter, before they are judged. */
struct list {
	const struct judge *judge;
	const struct duty_filter *filter;
	struct obligation *items;
	size_t count, room;
	struct obligation next; /* of one duty, the first that is still to come */
	bool has_next;
};

static void list_done(struct list *list)
{
	free(list->items);
}

static bool add(struct list *list, const struct obligation *obligation, struct error *err)
{
	if (!array_grow(&list->items, &list->room, list->count, sizeof *list->items, LIST_MAX,
			"periods of duties", err))
		return false;
	list->items[list->count++] = *obligation;
	return true;
}

static bool is_adopted(const struct list *list, const struct duty *duty)
{
	const struct act *act = catalogue_act(list->judge->catalogue, span_of(duty->act));
	return act == NULL || act->adopted == DAY_NONE || act->adopted <= list->judge->as_of.day;
}

static bool is_earlier(const struct obligation *a, const struct obligation *b)
{
	return a->latest < b->latest ||
	       (a->latest == b->latest && period_compare(a->period, b->period) < 0);
}

/* What had to be done, what waits for its deadline, and what comes next. */
static bool take(void *self, const struct obligation *obligation, struct error *err)
{
	struct list *list = self;
	int32_t today = list->judge->as_of.day;
	int32_t before = list->filter->due_before;
	if (!is_adopted(list, obligation->duty))
		return true;
	if (before != DAY_NONE)
		return obligation->latest >= before || add(list, obligation, err);
	if (obligation->latest < today || period_last_day(obligation->period) < today)
		return add(list, obligation, err);
	if (!list->has_next || is_earlier(obligation, &list->next))
		list->next = *obligation;
	list->has_next = true;
	return true;
}

static bool add_family(struct list *list, const char *family, struct error *err)
{
	const struct duty_filter *filter = list->filter;
	int32_t today = list->judge->as_of.day;
	struct period within = {today - (filter->all ? ALL_DAYS : YEAR_DAYS), today + AHEAD_DAYS};
	if (filter->due_before != DAY_NONE && filter->due_before > within.to)
		within.to = filter->due_before;
	list->has_next = false;
	return obligation_each(list->judge->catalogue, family, within, take, list, err) &&
	       (!list->has_next || add(list, &list->next, err));
}

static bool add_period(struct list *list, const char *family, struct error *err)
{
	struct obligation obligation;
	struct error why = {0};
	const struct period period = *list->filter->period;
	if (obligation_find(list->judge->catalogue, family, period, &obligation, &why))
		return !is_adopted(list, obligation.duty) || add(list, &obligation, err);
	/* Of all duties those are meant that are owed for this period. */
	bool is_other = list->filter->duty == NULL &&
			(why.code == ERROR_NOT_FOUND || why.code == ERROR_INPUT);
	return is_other || error_set(err, why.code, "%s", why.text);
}

static bool fill(struct list *list, struct error *err)
{
	const struct catalogue *catalogue = list->judge->catalogue;
	for (size_t i = 0; i < catalogue->duty_count; i++) {
		const struct duty *duty = &catalogue->duties[i];
		bool is_meant =
			list->filter->duty == NULL || strcmp(list->filter->duty, duty->id) == 0;
		if (duty->version_of[0] != '\0' || !is_meant)
			continue;
		if (!(list->filter->period != NULL ? add_period(list, duty->id, err)
						   : add_family(list, duty->id, err)))
			return false;
	}
	return true;
}

static int compare(const void *left, const void *right)
{
	const struct obligation *a = left, *b = right;
	if (a->latest != b->latest)
		return a->latest < b->latest ? -1 : 1;
	int order = strcmp(a->duty->id, b->duty->id);
	return order != 0 ? order : period_compare(a->period, b->period);
}

bool judge_each_duty(const struct judge *judge, const struct duty_filter *filter,
		     judged_duty_fn *take_duty, void *self, struct error *err)
{
	AUTO(list_done) struct list list = {.judge = judge, .filter = filter};
	AUTO_JUDGED_DUTY struct judged_duty duty = {0};
	if (!fill(&list, err))
		return false;
	if (list.count > 1)
		qsort(list.items, list.count, sizeof *list.items, compare);
	for (size_t i = 0; i < list.count; i++)
		if (!judge_duty(judge, &list.items[i], &duty, err) || !take_duty(self, &duty, err))
			return false;
	return true;
}
