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

struct kin {
	const struct catalogue *catalogue;
	struct text *out;
	size_t count;
	bool is_before, has_names;
};

static bool add_kin(void *self, const struct area_change *change)
{
	struct kin *kin = self;
	const char *id = kin->is_before ? change->from : change->to;
	const struct area *area = catalogue_area(kin->catalogue, span_of(id));
	if (kin->count == AREA_KIN_SHOWN)
		text_add_string(kin->out, ", ...");
	if (kin->count++ >= AREA_KIN_SHOWN)
		return false;
	text_addf(kin->out, "%s%s", kin->count > 1 ? ", " : "", id);
	if (kin->has_names && area != NULL)
		text_addf(kin->out, " (%s)", area->name);
	return true;
}

void area_kin_add(const struct catalogue *catalogue, const struct area *area, bool is_before,
		  bool has_names, struct text *out)
{
	struct kin kin = {catalogue, out, 0, is_before, has_names};
	if (is_before)
		(void)area_predecessors(catalogue, area->id, add_kin, &kin);
	else
		(void)area_successors(catalogue, area->id, add_kin, &kin);
}

bool area_check_period(const struct catalogue *catalogue, const struct area *area,
		       struct period period, struct error *err)
{
	enum { KIN_BYTES = 1024 };
	AUTO_TEXT struct text kin = text_with_limit(KIN_BYTES);
	char written[PERIOD_BYTES], day[DAY_BYTES];
	bool is_before = area->valid_from != DAY_NONE && period_last_day(period) < area->valid_from;
	bool is_after = area->valid_to != DAY_NONE && period_first_day(period) >= area->valid_to;
	if (!is_before && !is_after)
		return true;
	area_kin_add(catalogue, area, is_before, true, &kin);
	(void)period_print(period, written);
	(void)day_print(is_before ? area->valid_from : area->valid_to - 1, day);
	if (kin.len == 0 || kin.failed)
		return error_set(err, ERROR_INPUT,
				 is_before ? "area '%s' (%s) did not exist in %s: it began on %s; "
					     "area_changes.csv does not say more"
					   : "area '%s' (%s) did not exist in %s: it ended on %s; "
					     "area_changes.csv does not say more",
				 area->id, area->name, written, day);
	return error_set(err, ERROR_INPUT,
			 is_before ? "area '%s' (%s) did not exist in %s: it began on %s and came "
				     "from %s"
				   : "area '%s' (%s) did not exist in %s: it ended on %s and "
				     "became %s",
			 area->id, area->name, written, day, kin.data);
}
