/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "judge/items.h"

#include <stdlib.h>

enum { YEAR_DAYS = 365 };

void judge_items_done(struct judge_items *items)
{
	free(items->items);
	*items = (struct judge_items){0};
}

static bool wanted(const char *filter, const char *value)
{
	return filter == NULL || strcmp(filter, value) == 0;
}

static bool passes(const struct catalogue *catalogue, const struct judge_filter *filter,
		   const struct target *target, int32_t day)
{
	if (filter == NULL)
		return true;
	if (!wanted(filter->indicator, target->indicator) ||
	    !wanted(filter->breakdown, target->breakdown) || !wanted(filter->target, target->id) ||
	    !wanted(filter->act, target->act))
		return false;
	return filter->all ||
	       (judge_in_force(catalogue, target, day) && target_due(target) >= day - YEAR_DAYS);
}

struct finding {
	const struct catalogue *catalogue;
	const struct judge_filter *filter;
	const struct target *target;
	struct judge_items *items;
	struct error *err;
};

static bool add_area(void *self, const struct area *area)
{
	struct finding *finding = self;
	struct judge_items *items = finding->items;
	const struct target *target = finding->target;
	if (finding->filter != NULL && !wanted(finding->filter->area, area->id))
		return true;
	if (!array_grow(&items->items, &items->room, items->count, sizeof *items->items,
			JUDGE_ITEMS_MAX, "targets to judge", finding->err))
		return false;
	items->items[items->count++] = (struct judge_item){
		.target = target,
		.area = area,
		.indicator = catalogue_indicator(finding->catalogue, span_of(target->indicator)),
		.act = catalogue_act(finding->catalogue, span_of(target->act)),
	};
	return true;
}

struct judged_target judge_item_target(const struct judge_item *item)
{
	return (struct judged_target){
		.target = item->target,
		.area = item->area,
		.indicator = item->indicator,
		.act = item->act,
	};
}

struct series_key judge_item_series(const struct judge_item *item)
{
	return (struct series_key){item->target->indicator, item->target->breakdown,
				   item->area->id};
}

int judge_compare_series(const struct series_key *a, const struct series_key *b)
{
	int order = strcmp(a->indicator, b->indicator);
	if (order == 0)
		order = strcmp(a->breakdown, b->breakdown);
	return order != 0 ? order : strcmp(a->area, b->area);
}

static int compare_series(const struct judge_item *a, const struct judge_item *b)
{
	const struct series_key key_a = judge_item_series(a);
	const struct series_key key_b = judge_item_series(b);
	return judge_compare_series(&key_a, &key_b);
}

static int compare(const void *left, const void *right)
{
	const struct judge_item *a = left;
	const struct judge_item *b = right;
	int order = compare_series(a, b);
	if (order != 0)
		return order;
	int32_t due_a = target_due(a->target);
	int32_t due_b = target_due(b->target);
	if (due_a != due_b)
		return due_a < due_b ? -1 : 1;
	return strcmp(a->target->id, b->target->id);
}

bool judge_items_share(const struct judge_item *a, const struct judge_item *b)
{
	return compare_series(a, b) == 0;
}

bool judge_items_find(const struct catalogue *catalogue, const struct judge_filter *filter,
		      int32_t day, struct judge_items *ret, struct error *err)
{
	AUTO_JUDGE_ITEMS struct judge_items items = {0};
	struct error first = {0};
	struct finding finding = {catalogue, filter, NULL, &items, &first};
	for (size_t i = 0; i < catalogue->target_count; i++) {
		finding.target = &catalogue->targets[i];
		if (passes(catalogue, filter, finding.target, day))
			(void)catalogue_target_areas(catalogue, finding.target, add_area, &finding);
	}
	if (first.code != ERROR_NONE)
		return error_set(err, first.code, "%s", first.text);
	if (items.count > 0)
		qsort(items.items, items.count, sizeof *items.items, compare);
	*ret = items;
	items = (struct judge_items){0};
	return true;
}
