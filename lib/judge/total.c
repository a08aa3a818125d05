/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "judge/total.h"

#include <stdlib.h>

#include "judge/gather.h"
#include "judge/making.h"
#include "obs/membership.h"
#include "obs/origin.h"

void totals_done(struct totals *totals)
{
	free(totals->items);
	free(totals->rows);
	*totals = (struct totals){0};
}

void total_shares_done(struct total_shares *shares)
{
	free(shares->items);
	*shares = (struct total_shares){0};
}

bool judge_has_totals(const struct catalogue *catalogue, const struct indicator *indicator,
		      const char *area)
{
	return (indicator->total != TOTAL_NONE && catalogue_has_members(catalogue, area)) ||
	       gather_has_origin(catalogue, area);
}

/* Is an area, or one that it went into, in the group on any day?  The days are looked at when the
 * total is made. */
struct belonging {
	const struct catalogue *catalogue;
	const char *group;
	int depth;
};

static bool is_elsewhere(const struct belonging *belonging, const char *area);

static bool goes_elsewhere(void *self, const struct area_change *change)
{
	struct belonging next = *(const struct belonging *)self;
	next.depth++;
	return is_elsewhere(&next, change->to);
}

static bool is_elsewhere(const struct belonging *belonging, const char *area)
{
	struct belonging self = *belonging;
	if (catalogue_is_member(self.catalogue, area, self.group, DAY_NONE))
		return false;
	return self.depth >= GATHER_DEPTH_MAX ||
	       area_successors(self.catalogue, area, goes_elsewhere, &self);
}

/* Does this indicator weigh the values of that one? */
static bool weighs(const char *weight, const char *indicator)
{
	return weight != NULL && weight[0] != '\0' && strcmp(weight, indicator) == 0;
}

/* Does it weigh in totals of that one, between members or between the areas before one? */
static bool is_weight_of(const struct catalogue *catalogue, const struct indicator *of,
			 const char *indicator)
{
	const struct indicator *counted =
		catalogue_indicator(catalogue, span_of(gather_counted(catalogue, of)));
	return weighs(of->total_weight, indicator) ||
	       (counted != NULL && weighs(gather_join_weight(catalogue, counted), indicator));
}

bool judge_total_rests_on(const struct catalogue *catalogue, const struct indicator *of,
			  const char *group, const char *indicator, const char *area)
{
	const struct belonging belonging = {.catalogue = catalogue, .group = group};
	bool is_weight = is_weight_of(catalogue, of, indicator);
	bool is_value = strcmp(gather_counted(catalogue, of), indicator) == 0;
	if (of->total != TOTAL_NONE && (is_value || is_weight) &&
	    catalogue_has_members(catalogue, group) && !is_elsewhere(&belonging, area))
		return true;
	return (is_weight || strcmp(of->id, indicator) == 0) &&
	       gather_has_origin(catalogue, group) && area_went_into(catalogue, area, group);
}

bool judge_totals(const struct judge *judge, const struct series_key *key, struct totals *ret,
		  struct error *err)
{
	AUTO(gathering_done) struct gathering gathering = {0};
	AUTO(totals_done) struct totals totals = {0};
	if (!gather(judge, key, &gathering, err))
		return false;
	totals.items = calloc(gathering.period_count + 1, sizeof *totals.items);
	totals.rows = calloc(gathering.period_count + 1, sizeof *totals.rows);
	if (totals.items == NULL || totals.rows == NULL)
		return error_memory(err);
	for (size_t i = 0; i < gathering.period_count; i++) {
		struct making making;
		struct total *total = &totals.items[totals.count];
		if (!making_begin(&gathering, i, &making) ||
		    making_finish(&making, NULL, total) == 0)
			continue; /* only those reported who are no members then */
		totals.count++;
		if (total->value.is_set)
			total_row(total, &totals.rows[totals.row_count++]);
	}
	totals.newest = gathering.newest;
	totals_done(ret);
	*ret = totals;
	memset(&totals, 0, sizeof totals);
	return true;
}

bool judge_total_shares(const struct judge *judge, const struct series_key *key,
			struct period period, struct total_shares *ret, struct error *err)
{
	AUTO(gathering_done) struct gathering gathering = {0};
	AUTO_TOTAL_SHARES struct total_shares shares = {0};
	struct making making;
	size_t at = 0;
	if (!gather(judge, key, &gathering, err))
		return false;
	while (at < gathering.period_count && !period_equal(gathering.periods[at], period))
		at++;
	total_shares_done(ret);
	if (at == gathering.period_count || !making_begin(&gathering, at, &making))
		return true;
	/* Each area is a member, or among those before one, or both. */
	shares.items = calloc(2 * gathering.area_count + 1, sizeof *shares.items);
	if (shares.items == NULL)
		return error_memory(err);
	shares.form = making.rule.form;
	(void)making_finish(&making, &shares, &shares.total);
	*ret = shares;
	shares = (struct total_shares){0};
	return true;
}
