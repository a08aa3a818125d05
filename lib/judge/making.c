/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "judge/making.h"

#include "obs/membership.h"

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
	struct origin origin;
	int32_t day = begins_later(area, making->day) ? making->day : area->valid_from - 1;
	if (!area_origin(gathering->judge->catalogue, area, day, &origin) ||
	    (!origin.is_same && gathering->join.form == TOTAL_NONE))
		return false;
	*ret = origin;
	return true;
}

/* All of them, or it is another territory. */
static void ask_for_all(struct making *making)
{
	making->rule.coverage = 1;
	making->rule.has_weight = making->rule.form == TOTAL_WEIGHTED;
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
	enum total_form form = gathering->indicator->total;
	bool is_before = begins_later(area, day);
	bool has_members = form != TOTAL_NONE && catalogue_has_members(catalogue, area->id);
	/* Groups are not members: of those before this one nothing can be counted. */
	bool may_be_one = !has_members || (is_before && form != TOTAL_COUNT);
	if (may_be_one && find_origin(&making, area, &making.origin)) {
		making.is_origin = true;
		if (making.origin.is_same)
			making.rule.form = TOTAL_NONE;
		ask_for_all(&making);
	} else if (!has_members || (!is_before && !area_is_valid(area, day))) {
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

static struct measure find_weight(const struct making *making, const struct measure *weights,
				  size_t area)
{
	const struct gathering *gathering = making->gathering;
	if (weights == NULL || area == gathering->area_count)
		return (struct measure){0};
	return weights[area * gathering->period_count + making->at_period];
}

static struct total_member find_member(const struct making *making, const struct area *area)
{
	const struct gathering *gathering = making->gathering;
	size_t at = gather_find_area(gathering, area);
	return (struct total_member){
		.area = area,
		.figure = at < gathering->area_count ? find_figure(making, at) : NULL,
		.weight = find_weight(making, making->rule.has_weight ? gathering->weights : NULL,
				      at),
	};
}

/* An area of which the member was made, with what it weighs in it. */
static struct total_member find_before(const struct making *making, const struct part *part,
				       size_t i)
{
	const struct gathering *gathering = making->gathering;
	const struct area *area = part->origin.areas[i];
	struct total_member before = find_member(making, area);
	if (part->rule.has_weight)
		before.weight = find_weight(making, gathering->join_weights,
					    gather_find_area(gathering, area));
	return before;
}

/* What the member weighs by those of which it was made, where that adds up. */
static struct measure add_weights(const struct making *making, const struct origin *origin)
{
	const struct gathering *gathering = making->gathering;
	struct exact_sum sum = {0};
	if (!origin->is_same &&
	    !gather_adds_up(gathering->judge->catalogue, gathering->indicator->total_weight))
		return (struct measure){0};
	for (size_t i = 0; i < origin->count; i++) {
		struct measure weight = find_member(making, origin->areas[i]).weight;
		if (!weight.is_set)
			return weight;
		exact_add(&sum, weight.value);
	}
	return measure_of(exact_value(&sum));
}

/* What the areas say of which the member was made. */
static void rebuild(const struct making *making, struct part *part)
{
	struct total_member *member = &part->member;
	struct total_sum sum = {0};
	struct total total;
	size_t figures = 0;
	for (size_t i = 0; i < part->origin.count; i++) {
		const struct total_member before = find_before(making, part, i);
		figures += before.figure != NULL;
		(void)total_add(&part->rule, &sum, &before);
	}
	total_close(&part->rule, &sum, making->gathering->periods[making->at_period], &total);
	bool is_figure = total_figure_from(&part->rule, &total, &part->rebuilt);
	if (is_figure && (total.value.is_set || making->rule.form != TOTAL_COUNT)) {
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

static bool lacks_figure(const struct making *making, const struct total_member *member)
{
	return member->figure == NULL ||
	       (making->rule.form == TOTAL_RATIO && !member->figure->has_parts);
}

/* A member that began later, or in this period and says nothing of it that can be used, is what
 * became of others. */
static void read_part(const struct making *making, const struct area *area, struct part *ret)
{
	struct total_member member = find_member(making, area);
	bool lacks_weight = making->rule.has_weight && !member.weight.is_set;
	struct origin *origin = &ret->origin;
	ret->member = member;
	ret->figures = member.figure != NULL;
	origin->count = 0;
	if (making->is_origin || !(lacks_weight || lacks_figure(making, &member)) ||
	    !find_origin(making, area, origin))
		return;
	if (lacks_weight)
		ret->member.weight = add_weights(making, origin);
	if (!lacks_figure(making, &member)) {
		origin->count = 0;
		return;
	}
	ret->rule = making->gathering->join;
	if (origin->is_same && making->rule.form != TOTAL_RATIO)
		ret->rule = (struct total_rule){.form = TOTAL_NONE, .coverage = 1};
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
		const struct total_member before = find_before(making, part, i);
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
