/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/check_totals.h"

#include <stdio.h>
#include <stdlib.h>

enum { WHO_BYTES = ID_BYTES + 16 };

static bool is_kind(const struct raw *raw, const char *kind)
{
	const struct area *areas = raw->rows[TABLE_AREAS].items;
	for (size_t i = 0; i < raw->rows[TABLE_AREAS].count; i++)
		if (strcmp(areas[i].kind, kind) == 0)
			return true;
	return raw->rows[TABLE_AREAS].is_partial;
}

static void complain(const struct raw *raw, const struct indicator *indicator, const char *text)
{
	raw_problem(raw, PROBLEM_ERROR, TABLE_INDICATORS, indicator->line, "indicator '%s': %s",
		    indicator->id, text);
}

/* What a member is held against has to be a level that does not depend on the member. */
static void check_target(const struct raw *raw, const struct indicator *indicator, const char *who)
{
	const struct target *target = raw_refer(
		raw, &(struct raw_reference){TABLE_INDICATORS, indicator->line, who, "total_target",
					     indicator->total_target, TABLE_TARGETS});
	if (target == NULL)
		return;
	if (!target->has_value || target->relative || target->op == TARGET_BETTER)
		complain(raw, indicator, "total_target has to be a target with a value of its own");
	if (strcmp(target->indicator, indicator->id) == 0)
		complain(raw, indicator,
			 "total_target is a target on this indicator itself; count into an "
			 "indicator of its own");
}

static void check_total(const struct raw *raw, const struct indicator *indicator)
{
	char who[WHO_BYTES];
	(void)snprintf(who, sizeof who, "indicator '%s': ", indicator->id);
	(void)raw_refer(raw, &(struct raw_reference){TABLE_INDICATORS, indicator->line, who,
						     "total_weight", indicator->total_weight,
						     TABLE_INDICATORS});
	check_target(raw, indicator, who);
	if (strcmp(indicator->total_weight, indicator->id) == 0)
		complain(raw, indicator, "total_weight cannot be the indicator itself");
	if (indicator->total == TOTAL_WEIGHTED && indicator->total_weight[0] == '\0')
		complain(raw, indicator, "total 'weighted' needs total_weight");
	if ((indicator->total == TOTAL_COUNT) != (indicator->total_target[0] != '\0'))
		complain(raw, indicator, "total 'count' and total_target belong together");
	if (indicator->total_kind[0] != '\0' && !is_kind(raw, indicator->total_kind))
		raw_problem(raw, PROBLEM_ERROR, TABLE_INDICATORS, indicator->line,
			    "%stotal_kind '%s' is no kind of areas.csv", who,
			    indicator->total_kind);
}

void check_totals(const struct raw *raw)
{
	for (size_t i = 0; i < raw->rows[TABLE_INDICATORS].count; i++) {
		const struct indicator *indicator = raw_row(raw, TABLE_INDICATORS, i);
		if (indicator != NULL)
			check_total(raw, indicator);
	}
}

static void warn_day(const struct raw *raw, const struct area_change *change, const char *area,
		     int32_t day)
{
	char found[DAY_BYTES], said[DAY_BYTES];
	const char *column = strcmp(area, change->from) == 0 ? "valid_to" : "valid_from";
	raw_problem(raw, PROBLEM_WARNING, TABLE_AREA_CHANGES, change->line,
		    "%s of area '%s' is %s, but this change is of %s", column, area,
		    day == DAY_NONE ? "empty" : day_print(day, found),
		    day_print(change->day, said));
}

static void check_days(const struct raw *raw, const struct area_change *change,
		       const struct area *from, const struct area *to)
{
	if (change->kind == CHANGE_BOUNDARY)
		return;
	if (from->valid_to != change->day)
		warn_day(raw, change, from->id, from->valid_to);
	if (to->valid_from != change->day)
		warn_day(raw, change, to->id, to->valid_from);
}

static void check_change(const struct raw *raw, const struct area_change *change)
{
	const struct area *from =
		raw_refer(raw, &(struct raw_reference){TABLE_AREA_CHANGES, change->line, "", "from",
						       change->from, TABLE_AREAS});
	const struct area *to =
		raw_refer(raw, &(struct raw_reference){TABLE_AREA_CHANGES, change->line, "", "to",
						       change->to, TABLE_AREAS});
	if (from == NULL || to == NULL)
		return;
	if (from == to)
		raw_problem(raw, PROBLEM_ERROR, TABLE_AREA_CHANGES, change->line,
			    "area '%s' cannot become itself; another territory has another id",
			    from->id);
	else
		check_days(raw, change, from, to);
}

/* Do two rows contradict each other? */
static const char *find_fault(const struct area_change *early, const struct area_change *late)
{
	bool same_to = strcmp(early->to, late->to) == 0;
	bool same_from = strcmp(early->from, late->from) == 0;
	if (same_to && same_from && early->day == late->day)
		return "is there already";
	if (same_to && early->day == late->day &&
	    (area_change_keeps(early->kind) || area_change_keeps(late->kind)))
		return "says that one territory keeps its shape, and another row joins it";
	if (same_from && early->day == late->day &&
	    (area_change_keeps(early->kind) || area_change_keeps(late->kind)))
		return "says that one territory keeps its shape, and another row takes from it";
	return NULL;
}

typedef int change_order(const void *left, const void *right);

static int compare_to(const void *left, const void *right)
{
	const struct area_change *a = *(const struct area_change *const *)left;
	const struct area_change *b = *(const struct area_change *const *)right;
	int order = strcmp(a->to, b->to);
	if (order == 0)
		order = (a->day > b->day) - (a->day < b->day);
	if (order == 0)
		order = strcmp(a->from, b->from);
	return order != 0 ? order : (a > b) - (a < b);
}

static int compare_from(const void *left, const void *right)
{
	const struct area_change *a = *(const struct area_change *const *)left;
	const struct area_change *b = *(const struct area_change *const *)right;
	int order = strcmp(a->from, b->from);
	if (order == 0)
		order = (a->day > b->day) - (a->day < b->day);
	return order != 0 ? order : (a > b) - (a < b);
}

/* Rows that are next to each other in this order. */
static void check_pairs(const struct raw *raw, const struct area_change **sorted, size_t count,
			change_order *compare)
{
	qsort(sorted, count, sizeof *sorted, compare);
	for (size_t i = 1; i < count; i++) {
		const struct area_change *early = sorted[i - 1], *late = sorted[i];
		const char *fault = find_fault(early, late);
		bool seen = compare == compare_from && strcmp(early->to, late->to) == 0;
		if (fault == NULL || seen)
			continue;
		raw_problem(raw, PROBLEM_ERROR, TABLE_AREA_CHANGES, late->line,
			    "the change of '%s' to '%s' %s (line %d)", late->from, late->to, fault,
			    early->line);
	}
}

bool check_changes(const struct raw *raw, struct error *err)
{
	size_t total = raw->rows[TABLE_AREA_CHANGES].count, count = 0;
	AUTO_FREE const struct area_change **sorted = calloc(total + 1, sizeof *sorted);
	if (sorted == NULL)
		return error_memory(err);
	for (size_t i = 0; i < total; i++) {
		const struct area_change *change = raw_row(raw, TABLE_AREA_CHANGES, i);
		if (change == NULL)
			continue;
		check_change(raw, change);
		sorted[count++] = change;
	}
	check_pairs(raw, sorted, count, compare_to);
	check_pairs(raw, sorted, count, compare_from);
	return true;
}
