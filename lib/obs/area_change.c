/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "obs/area_change.h"

#include "obs/catalogue.h"

const char *area_change_kind_name(enum area_change_kind kind)
{
	static const char *const names[] = {
		[CHANGE_MERGE] = "merge",	[CHANGE_SPLIT] = "split",
		[CHANGE_RENAME] = "rename",	[CHANGE_STATUS] = "status",
		[CHANGE_BOUNDARY] = "boundary",
	};
	return names[kind];
}

bool area_change_keeps(enum area_change_kind kind)
{
	return kind == CHANGE_RENAME || kind == CHANGE_STATUS;
}

/* They are sorted by `to`; this is the first of an area. */
static size_t first_to(const struct catalogue *catalogue, const char *area)
{
	size_t low = 0, high = catalogue->change_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(catalogue->changes[middle].to, area) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool area_predecessors(const struct catalogue *catalogue, const char *area, area_change_fn *take,
		       void *self)
{
	for (size_t i = first_to(catalogue, area); i < catalogue->change_count; i++) {
		if (strcmp(catalogue->changes[i].to, area) != 0)
			return true;
		if (!take(self, &catalogue->changes[i]))
			return false;
	}
	return true;
}

/* The first place in the order by `from`. */
static size_t first_from(const struct catalogue *catalogue, const char *area)
{
	size_t low = 0, high = catalogue->change_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(catalogue->changes[catalogue->changes_from[middle]].from, area) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool area_successors(const struct catalogue *catalogue, const char *area, area_change_fn *take,
		     void *self)
{
	if (catalogue->changes_from == NULL)
		return true;
	for (size_t i = first_from(catalogue, area); i < catalogue->change_count; i++) {
		const struct area_change *change = &catalogue->changes[catalogue->changes_from[i]];
		if (strcmp(change->from, area) != 0)
			return true;
		if (!take(self, change))
			return false;
	}
	return true;
}
