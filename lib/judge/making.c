/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "judge/making.h"

#include "obs/membership.h"

/* Only what is exact joins two territories: numerators and denominators, or plain sums. */
static bool may_join(const struct indicator *indicator)
{
	return indicator->total == TOTAL_RATIO || indicator->total == TOTAL_SUM;
}

static bool begins_later(const struct area *area, int32_t day)
{
	return area->valid_from != DAY_NONE && day < area->valid_from;
}

/* Of what the area was made on that day, or, when it began within the period, on its eve. */
static bool find_origin(const struct making *making, const struct area *area, struct origin *ret)
{
	const struct gathering *gathering = making->gathering;
	struct period period = gathering->periods[making->at_period];
	if (!begins_later(area, period_first_day(period)))
		return false;
	int32_t day = begins_later(area, making->day) ? making->day : area->valid_from - 1;
	return area_origin(gathering->judge->catalogue, area, day, ret) &&
	       (ret->is_same || may_join(gathering->indicator));
}

/* All of them, or it is another territory. */
static void ask_for_all(struct making *making)
{
	making->rule.coverage = 1;
	making->rule.has_weight = false;
}

bool making_begin(const struct gathering *gathering, size_t at_period, struct making *ret)
{
	const struct catalogue *catalogue = gathering->judge->catalogue;
	const struct area *area = gathering->area;
	int32_t day = period_last_day(gathering->periods[at_period]);
	struct making making = {
		.gathering = gathering, .at_period = at_period, .day = day, .members_day = day};
	if (!total_rule_of(catalogue, gathering->indicator, &making.rule))
		return false;
	bool is_before = begins_later(area, day);
	bool has_members = gathering->indicator->total != TOTAL_NONE &&
			   catalogue_has_members(catalogue, area->id);
	if ((is_before || !has_members) && find_origin(&making, area, &making.origin)) {
		making.is_origin = true;
		ask_for_all(&making);
		if (making.origin.is_same)
			making.rule.form = TOTAL_NONE;
	} else if (!has_members ||
		   !(is_before ? may_join(gathering->indicator) : area_is_valid(area, day))) {
		return false;
	} else if (is_before) {
		/* The territory as it was drawn first. */
		making.members_day = area->valid_from;
		ask_for_all(&making);
	}
	*ret = making;
	return true;
}

static bool is_expected(const struct making *making, const struct area *member)
{
	const struct gathering *gathering = making->gathering;
	const struct catalogue *catalogue = gathering->judge->catalogue;
	const char *group = gathering->area->id;
	int32_t day = making->members_day;
	for (size_t i = 0; making->is_origin && i < making->origin.count; i++)
		if (making->origin.areas[i] == member)
			return true;
	if (making->is_origin || !area_is_valid(member, day))
		return false;
	const char *kind = gathering->indicator->total_kind;
	if (kind[0] == '\0')
		return catalogue_is_direct_member(catalogue, member->id, group, day);
	return strcmp(member->kind, kind) == 0 &&
	       catalogue_is_member(catalogue, member->id, group, day);
}

static const struct total_figure *find_figure(const struct making *making, size_t area)
{
	const struct gathering *gathering = making->gathering;
	return gather_find_figure(gathering, area, gathering->periods[making->at_period]);
}

/* One member with its figure, which may be made of those of the areas before it. */
struct part {
	struct total_member member;
	struct total_figure rebuilt;
	struct origin origin; /* count 0: nobody before it has a figure, or was asked */
	struct total_rule rule;
	size_t figures; /* of it and those before it */
};

static struct measure find_weight(const struct making *making, size_t area)
{
	const struct gathering *gathering = making->gathering;
	size_t at = area * gathering->period_count + making->at_period;
	if (gathering->weights == NULL || !making->rule.has_weight || area == gathering->area_count)
		return (struct measure){0};
	return gathering->weights[at];
}

static struct total_member find_member(const struct making *making, const struct area *area)
{
	const struct gathering *gathering = making->gathering;
	size_t at = gather_find_area(gathering, area);
	return (struct total_member){
		.area = area,
		.figure = at < gathering->area_count ? find_figure(making, at) : NULL,
		.weight = find_weight(making, at),
	};
}

/* What the areas say of which the member was made. */
static void rebuild(const struct making *making, struct part *part)
{
	struct total_member *member = &part->member;
	struct total_sum sum = {0};
	struct total total;
	size_t figures = 0;
	for (size_t i = 0; i < part->origin.count; i++) {
		const struct total_member before = find_member(making, part->origin.areas[i]);
		figures += before.figure != NULL;
		if (part->origin.is_same && !member->weight.is_set)
			member->weight = before.weight;
		(void)total_add(&part->rule, &sum, &before);
	}
	total_close(&part->rule, &sum, making->gathering->periods[making->at_period], &total);
	if (total_figure_from(&part->rule, &total, &part->rebuilt)) {
		member->figure = &part->rebuilt;
		member->is_rebuilt = true;
	} else if (figures > 0) {
		member->gap = (struct total_gap){member->area, total.missing[0].area,
						 total.missing[0].part};
	} else {
		part->origin.count = 0;
	}
	part->figures += figures;
}

/* A member that began later, or in this period and says nothing of it that can be used, is what
 * became of others. */
static void read_part(const struct making *making, const struct area *area, struct part *ret)
{
	bool is_ratio = making->rule.form == TOTAL_RATIO;
	ret->member = find_member(making, area);
	ret->figures = ret->member.figure != NULL;
	ret->origin.count = 0;
	if (making->is_origin ||
	    (ret->member.figure != NULL && (!is_ratio || ret->member.figure->has_parts)) ||
	    !find_origin(making, area, &ret->origin))
		return;
	ret->rule = (struct total_rule){
		.form = ret->origin.is_same && !is_ratio ? TOTAL_NONE : making->rule.form,
		.scale = making->rule.scale,
		.coverage = 1,
	};
	rebuild(making, ret);
}

static void add_share(struct total_shares *shares, const struct total_member *member,
		      enum total_part part, const struct area *within)
{
	struct total_share *share = &shares->items[shares->count++];
	*share = (struct total_share){.area = member->area,
				      .within = within,
				      .part = part,
				      .has_figure = member->figure != NULL,
				      .weight = member->weight};
	if (member->figure != NULL)
		share->figure = *member->figure;
}

/* The member, and those before it when it is made of them. */
static void add_shares(const struct making *making, const struct part *part, enum total_part whole,
		       struct total_shares *shares)
{
	struct total_sum ignored = {0};
	add_share(shares, &part->member, whole, NULL);
	for (size_t i = 0; i < part->origin.count; i++) {
		const struct total_member before = find_member(making, part->origin.areas[i]);
		enum total_part is = total_add(&part->rule, &ignored, &before);
		if (is == PART_USED && whole != PART_REBUILT)
			is = PART_IN_VAIN;
		add_share(shares, &before, is, part->member.area);
	}
}

size_t making_finish(const struct making *making, struct total_shares *shares, struct total *ret)
{
	const struct gathering *gathering = making->gathering;
	struct total_sum sum = {0};
	size_t figures = 0;
	for (size_t i = 0; i < gathering->area_count; i++) {
		struct part part;
		if (!is_expected(making, gathering->areas[i]))
			continue;
		read_part(making, gathering->areas[i], &part);
		enum total_part whole = total_add(&making->rule, &sum, &part.member);
		figures += part.figures;
		if (shares != NULL)
			add_shares(making, &part, whole, shares);
	}
	total_close(&making->rule, &sum, gathering->periods[making->at_period], ret);
	return figures;
}
