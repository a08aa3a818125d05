/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "obs/membership.h"

#include <stdlib.h>

static int compare_days(int32_t a, int32_t b)
{
	return (a > b) - (a < b);
}

static int compare_groups(const void *left, const void *right, void *items)
{
	const struct area_member *members = items;
	const struct area_member *a = &members[*(const size_t *)left];
	const struct area_member *b = &members[*(const size_t *)right];
	int order = strcmp(a->group, b->group);
	if (order == 0)
		order = strcmp(a->area, b->area);
	return order != 0 ? order : compare_days(a->valid_from, b->valid_from);
}

static int compare_from(const void *left, const void *right, void *items)
{
	const struct area_change *changes = items;
	const struct area_change *a = &changes[*(const size_t *)left];
	const struct area_change *b = &changes[*(const size_t *)right];
	int order = strcmp(a->from, b->from);
	if (order == 0)
		order = compare_days(a->day, b->day);
	return order != 0 ? order : strcmp(a->to, b->to);
}

/* The places of the items in another order; NULL without memory. */
static size_t *order_items(void *items, size_t count,
			   int (*compare)(const void *, const void *, void *))
{
	size_t *order = calloc(count + 1, sizeof *order);
	for (size_t i = 0; order != NULL && i < count; i++)
		order[i] = i;
	if (order != NULL)
		qsort_r(order, count, sizeof *order, compare, items);
	return order;
}

bool catalogue_index(struct catalogue *catalogue, struct error *err)
{
	free(catalogue->members_of);
	free(catalogue->changes_from);
	catalogue->members_of =
		order_items(catalogue->members, catalogue->member_count, compare_groups);
	catalogue->changes_from =
		order_items(catalogue->changes, catalogue->change_count, compare_from);
	return (catalogue->members_of != NULL && catalogue->changes_from != NULL) ||
	       error_memory(err);
}

/* The place of its first member in the order of groups. */
static size_t first_of_group(const struct catalogue *catalogue, const char *group)
{
	size_t low = 0, high = catalogue->members_of != NULL ? catalogue->member_count : 0;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(catalogue->members[catalogue->members_of[middle]].group, group) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_of_group(const struct catalogue *catalogue, size_t at, const char *group)
{
	return catalogue->members_of != NULL && at < catalogue->member_count &&
	       strcmp(catalogue->members[catalogue->members_of[at]].group, group) == 0;
}

bool catalogue_members(const struct catalogue *catalogue, const char *group, area_member_fn *take,
		       void *self)
{
	for (size_t i = first_of_group(catalogue, group); is_of_group(catalogue, i, group); i++)
		if (!take(self, &catalogue->members[catalogue->members_of[i]]))
			return false;
	return true;
}

bool catalogue_has_members(const struct catalogue *catalogue, const char *group)
{
	return is_of_group(catalogue, first_of_group(catalogue, group), group);
}
