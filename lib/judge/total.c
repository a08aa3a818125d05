/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "judge/total.h"

#include <stdlib.h>

#include "judge/judge.h"
#include "obs/membership.h"
#include "obs/origin.h"

enum { GROUP_DEPTH_MAX = 8 };

/* One value of one member. */
struct entry {
	size_t member;
	struct period period;
	struct total_figure figure;
};

/* Everything that totals of one series are made from. */
struct gathering {
	const struct judge *judge;
	const struct series_key *key;
	const struct indicator *indicator; /* whose total it is */
	const char *counted;		   /* the indicator whose values the members give */
	const struct area *area;
	const struct area **members; /* by id, each once */
	size_t member_count, member_room;
	struct entry *entries;
	size_t entry_count, entry_room;
	struct period *periods; /* ascending, each once */
	size_t period_count;
	struct measure *weights; /* of members x periods; NULL: nothing weighs */
	struct judged_series scratch;
	int64_t newest;
	struct error *err; /* of the walks that only say true or false */
	int depth;
};

static void gathering_done(struct gathering *gathering)
{
	free(gathering->members);
	free(gathering->entries);
	free(gathering->periods);
	free(gathering->weights);
	judged_series_done(&gathering->scratch);
}

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

static bool refuse_all(void *self, const struct area_change *change)
{
	(void)self;
	(void)change;
	return false;
}

static bool has_origin(const struct catalogue *catalogue, const char *area)
{
	return !area_predecessors(catalogue, area, refuse_all, NULL);
}

bool judge_has_totals(const struct catalogue *catalogue, const struct indicator *indicator,
		      const char *area)
{
	return (indicator->total != TOTAL_NONE && catalogue_has_members(catalogue, area)) ||
	       has_origin(catalogue, area);
}

/* Which indicator's values count. */
static const char *counted_by(const struct catalogue *catalogue, const struct indicator *indicator)
{
	const struct target *target = NULL;
	if (indicator->total == TOTAL_COUNT)
		target = catalogue_target(catalogue, span_of(indicator->total_target));
	return target != NULL ? target->indicator : indicator->id;
}

/* Is it in the group on any day?  The days are looked at when the total is made. */
static bool is_ever_member(const struct catalogue *catalogue, const char *group, const char *area)
{
	return catalogue_is_member(catalogue, area, group, DAY_NONE);
}

bool judge_total_rests_on(const struct catalogue *catalogue, const struct indicator *of,
			  const char *group, const char *indicator, const char *area)
{
	bool is_value = strcmp(counted_by(catalogue, of), indicator) == 0;
	bool is_weight = of->total_weight[0] != '\0' && strcmp(of->total_weight, indicator) == 0;
	if (of->total != TOTAL_NONE && (is_value || is_weight) &&
	    is_ever_member(catalogue, group, area))
		return true;
	return strcmp(of->id, indicator) == 0 && has_origin(catalogue, group) &&
	       area_went_into(catalogue, area, group);
}

static bool add_area(struct gathering *gathering, const struct area *area)
{
	if (area == NULL || area == gathering->area)
		return true;
	if (!array_grow(&gathering->members, &gathering->member_room, gathering->member_count,
			sizeof *gathering->members, TOTAL_AREAS_MAX, "members of an area",
			gathering->err))
		return false;
	gathering->members[gathering->member_count++] = area;
	return true;
}

static bool add_member(void *self, const struct area_member *member)
{
	struct gathering *gathering = self;
	const struct catalogue *catalogue = gathering->judge->catalogue;
	const char *kind = gathering->indicator->total_kind;
	const struct area *area = catalogue_area(catalogue, span_of(member->area));
	if (kind[0] == '\0')
		return add_area(gathering, area);
	if (area != NULL && strcmp(area->kind, kind) == 0)
		return add_area(gathering, area);
	if (gathering->depth >= GROUP_DEPTH_MAX)
		return true;
	gathering->depth++;
	bool ok = catalogue_members(catalogue, member->area, add_member, gathering);
	gathering->depth--;
	return ok;
}

static bool add_origin(void *self, const struct area_change *change)
{
	struct gathering *gathering = self;
	const struct catalogue *catalogue = gathering->judge->catalogue;
	if (!add_area(gathering, catalogue_area(catalogue, span_of(change->from))))
		return false;
	if (gathering->depth >= GROUP_DEPTH_MAX)
		return true;
	gathering->depth++;
	bool ok = area_predecessors(catalogue, change->from, add_origin, gathering);
	gathering->depth--;
	return ok;
}

static int compare_areas(const void *left, const void *right)
{
	const struct area *const *a = left;
	const struct area *const *b = right;
	return (*a > *b) - (*a < *b); /* the catalogue has them by id */
}

static bool gather_areas(struct gathering *gathering)
{
	const struct catalogue *catalogue = gathering->judge->catalogue;
	const char *area = gathering->area->id;
	size_t count = 0;
	if ((gathering->indicator->total != TOTAL_NONE &&
	     !catalogue_members(catalogue, area, add_member, gathering)) ||
	    !area_predecessors(catalogue, area, add_origin, gathering))
		return false;
	if (gathering->member_count > 1)
		qsort(gathering->members, gathering->member_count, sizeof *gathering->members,
		      compare_areas);
	for (size_t i = 0; i < gathering->member_count; i++)
		if (i == 0 || gathering->members[i] != gathering->members[i - 1])
			gathering->members[count++] = gathering->members[i];
	gathering->member_count = count;
	return true;
}

static struct total_figure figure_of(const struct standing_point *point)
{
	const struct observation *row = point->row;
	return (struct total_figure){
		.value = row->value,
		.num = row->num,
		.den = row->den,
		.known_day = row->known_day,
		.decimals = (int16_t)row->decimals,
		.has_parts = row->has_num && row->has_den,
		.stand_in = point->stand_in,
		.status = (char)row->status,
		.qualifier = (char)row->qualifier,
	};
}

static void note_newest(struct gathering *gathering)
{
	const struct vintages *vintages = &gathering->scratch.vintages;
	for (size_t i = 0; i < vintages->count; i++)
		if (vintages->rows[i].seq > gathering->newest)
			gathering->newest = vintages->rows[i].seq;
}

static bool gather_values(struct gathering *gathering, size_t member, struct error *err)
{
	const struct standing *standing = &gathering->scratch.standing;
	const struct series_key key = {gathering->counted, gathering->key->breakdown,
				       gathering->members[member]->id};
	if (!judge_published(gathering->judge, &key, &gathering->scratch, err))
		return false;
	note_newest(gathering);
	for (size_t i = 0; i < standing->count; i++) {
		const struct standing_point *point = &standing->points[i];
		if (!point->usable)
			continue;
		if (!array_grow(&gathering->entries, &gathering->entry_room, gathering->entry_count,
				sizeof *gathering->entries, TOTAL_FIGURES_MAX, "figures of members",
				err))
			return false;
		gathering->entries[gathering->entry_count++] =
			(struct entry){member, point->reporting, figure_of(point)};
	}
	return true;
}

static int compare_periods(const void *left, const void *right)
{
	const struct period *a = left, *b = right;
	return period_compare(*a, *b);
}

static bool gather_periods(struct gathering *gathering, struct error *err)
{
	size_t count = 0;
	gathering->periods = calloc(gathering->entry_count + 1, sizeof *gathering->periods);
	if (gathering->periods == NULL)
		return error_memory(err);
	for (size_t i = 0; i < gathering->entry_count; i++)
		gathering->periods[i] = gathering->entries[i].period;
	qsort(gathering->periods, gathering->entry_count, sizeof *gathering->periods,
	      compare_periods);
	for (size_t i = 0; i < gathering->entry_count; i++)
		if (i == 0 || !period_equal(gathering->periods[i], gathering->periods[i - 1]))
			gathering->periods[count++] = gathering->periods[i];
	gathering->period_count = count;
	return true;
}

/* Of the same part of the whole where such weights are known, else of the whole. */
static bool gather_weight(struct gathering *gathering, size_t member, struct error *err)
{
	struct judged_series *scratch = &gathering->scratch;
	struct series_key key = {gathering->indicator->total_weight, gathering->key->breakdown,
				 gathering->members[member]->id};
	if (!judge_published(gathering->judge, &key, scratch, err))
		return false;
	key.breakdown = "";
	if (scratch->series == 0 && gathering->key->breakdown[0] != '\0' &&
	    !judge_published(gathering->judge, &key, scratch, err))
		return false;
	note_newest(gathering);
	for (size_t i = 0; i < gathering->period_count; i++) {
		struct period_value value;
		if (series_value(scratch->indicator, &scratch->standing, gathering->periods[i],
				 &value) &&
		    value.value >= 0)
			gathering->weights[member * gathering->period_count + i] =
				measure_of(value.value);
	}
	return true;
}

static bool gather_weights(struct gathering *gathering, struct error *err)
{
	if (gathering->indicator->total_weight[0] == '\0')
		return true;
	gathering->weights = calloc(gathering->member_count * gathering->period_count + 1,
				    sizeof *gathering->weights);
	if (gathering->weights == NULL)
		return error_memory(err);
	for (size_t i = 0; i < gathering->member_count; i++)
		if (!gather_weight(gathering, i, err))
			return false;
	return true;
}

static bool gather(const struct judge *judge, const struct series_key *key,
		   struct gathering *gathering, struct error *err)
{
	const struct catalogue *catalogue = judge->catalogue;
	gathering->judge = judge;
	gathering->key = key;
	gathering->err = err;
	gathering->indicator = catalogue_indicator(catalogue, span_of(key->indicator));
	gathering->area = catalogue_area(catalogue, span_of(key->area));
	if (gathering->indicator == NULL || gathering->area == NULL ||
	    !judge_has_totals(catalogue, gathering->indicator, key->area))
		return true;
	gathering->counted = counted_by(catalogue, gathering->indicator);
	if (!gather_areas(gathering))
		return false;
	for (size_t i = 0; i < gathering->member_count; i++)
		if (!gather_values(gathering, i, err))
			return false;
	return gather_periods(gathering, err) && gather_weights(gathering, err);
}

/* How the total of one period is made, and of whom. */
struct making {
	const struct gathering *gathering;
	struct total_rule rule;
	bool is_before; /* the area began later */
	struct origin origin;
	int32_t day;
};

/* Only what is exact joins two territories: numerators and denominators, or plain sums. */
static bool may_join(const struct indicator *indicator)
{
	return indicator->total == TOTAL_RATIO || indicator->total == TOTAL_SUM;
}

static bool begin_period(const struct gathering *gathering, struct period period,
			 struct making *ret)
{
	const struct catalogue *catalogue = gathering->judge->catalogue;
	const struct area *area = gathering->area;
	struct making making = {.gathering = gathering, .day = period_last_day(period)};
	if (!total_rule_of(catalogue, gathering->indicator, &making.rule))
		return false;
	making.is_before = area->valid_from != DAY_NONE && making.day < area->valid_from;
	if (making.is_before) {
		if (!area_origin(catalogue, area, making.day, &making.origin) ||
		    (!making.origin.is_same && !may_join(gathering->indicator)))
			return false;
		making.rule.coverage = 1;
		making.rule.has_weight = false;
		if (making.origin.is_same)
			making.rule.form = TOTAL_NONE;
	} else if (making.rule.form == TOTAL_NONE || !area_is_valid(area, making.day)) {
		return false;
	}
	*ret = making;
	return true;
}

static bool is_expected(const struct making *making, const struct area *member)
{
	const struct gathering *gathering = making->gathering;
	const struct catalogue *catalogue = gathering->judge->catalogue;
	const char *group = gathering->area->id;
	for (size_t i = 0; making->is_before && i < making->origin.count; i++)
		if (making->origin.areas[i] == member)
			return true;
	if (making->is_before || !area_is_valid(member, making->day))
		return false;
	const char *kind = gathering->indicator->total_kind;
	if (kind[0] == '\0')
		return catalogue_is_direct_member(catalogue, member->id, group, making->day);
	return strcmp(member->kind, kind) == 0 &&
	       catalogue_is_member(catalogue, member->id, group, making->day);
}

/* The member's entry for the period; entries are by member, then period. */
static const struct total_figure *find_figure(const struct gathering *gathering, size_t member,
					      struct period period, size_t *at)
{
	while (*at < gathering->entry_count && gathering->entries[*at].member < member)
		++*at;
	for (size_t i = *at; i < gathering->entry_count && gathering->entries[i].member == member;
	     i++)
		if (period_equal(gathering->entries[i].period, period))
			return &gathering->entries[i].figure;
	return NULL;
}

/* Add every expected member; shares (may be NULL) has room for all.  How many have a figure. */
static size_t add_members(const struct making *making, size_t at_period, struct total_sum *sum,
			  struct total_shares *shares)
{
	const struct gathering *gathering = making->gathering;
	struct period period = gathering->periods[at_period];
	size_t at = 0, figures = 0;
	for (size_t i = 0; i < gathering->member_count; i++) {
		if (!is_expected(making, gathering->members[i]))
			continue;
		struct total_member member = {
			.area = gathering->members[i],
			.figure = find_figure(gathering, i, period, &at),
		};
		if (gathering->weights != NULL && making->rule.has_weight)
			member.weight = gathering->weights[i * gathering->period_count + at_period];
		enum total_part part = total_add(&making->rule, sum, &member);
		figures += member.figure != NULL;
		if (shares == NULL)
			continue;
		struct total_share *share = &shares->items[shares->count++];
		*share = (struct total_share){.area = member.area,
					      .part = part,
					      .has_figure = member.figure != NULL,
					      .weight = member.weight};
		if (member.figure != NULL)
			share->figure = *member.figure;
	}
	return figures;
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
		struct total_sum sum = {0};
		if (!begin_period(&gathering, gathering.periods[i], &making))
			continue;
		bool has_figures = add_members(&making, i, &sum, NULL) > 0;
		struct total *total = &totals.items[totals.count];
		total_close(&making.rule, &sum, gathering.periods[i], total);
		if (!has_figures)
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
	struct total_sum sum = {0};
	size_t at = 0;
	if (!gather(judge, key, &gathering, err))
		return false;
	while (at < gathering.period_count && !period_equal(gathering.periods[at], period))
		at++;
	total_shares_done(ret);
	if (at == gathering.period_count || !begin_period(&gathering, period, &making))
		return true;
	shares.items = calloc(gathering.member_count + 1, sizeof *shares.items);
	if (shares.items == NULL)
		return error_memory(err);
	shares.form = making.rule.form;
	(void)add_members(&making, at, &sum, &shares);
	total_close(&making.rule, &sum, period, &shares.total);
	*ret = shares;
	shares = (struct total_shares){0};
	return true;
}
