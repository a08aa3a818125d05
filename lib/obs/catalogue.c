/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "obs/catalogue.h"

#include <stdlib.h>

#include "obs/shape.h"

/* Groups within groups within groups: region, country, union. */
enum { MEMBER_DEPTH_MAX = 8 };

struct catalogue *catalogue_new(void)
{
	return calloc(1, sizeof(struct catalogue));
}

static void free_strings(char *const *strings, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(strings[i]);
}

#define FREE_STRINGS(...)                                                                          \
	free_strings((char *const[]){__VA_ARGS__}, COUNT_OF(((char *const[]){__VA_ARGS__})))

static void free_what_is_measured(struct catalogue *catalogue)
{
	for (size_t i = 0; i < catalogue->source_count; i++) {
		struct source *source = &catalogue->sources[i];
		FREE_STRINGS(source->name, source->name_vi, source->licence, source->url);
	}
	for (size_t i = 0; i < catalogue->indicator_count; i++) {
		struct indicator *indicator = &catalogue->indicators[i];
		FREE_STRINGS(indicator->name, indicator->name_vi, indicator->definition,
			     indicator->formula, indicator->definition_vi, indicator->formula_vi);
		free(indicator->preference);
	}
	for (size_t i = 0; i < catalogue->break_count; i++)
		FREE_STRINGS(catalogue->breaks[i].note, catalogue->breaks[i].note_vi);
	free(catalogue->sources);
	free(catalogue->indicators);
	free(catalogue->breaks);
}

static void free_areas(struct catalogue *catalogue)
{
	for (size_t i = 0; i < catalogue->area_count; i++)
		FREE_STRINGS(catalogue->areas[i].name, catalogue->areas[i].name_vi);
	for (size_t i = 0; i < catalogue->code_count; i++)
		FREE_STRINGS(catalogue->codes[i].code, catalogue->codes[i].folded);
	free(catalogue->areas);
	free(catalogue->codes);
	for (size_t i = 0; i < catalogue->change_count; i++) {
		struct area_change *change = &catalogue->changes[i];
		FREE_STRINGS(change->note, change->note_vi, change->source);
	}
	free(catalogue->members);
	free(catalogue->members_of);
	free(catalogue->changes);
	free(catalogue->changes_from);
}

static void free_targets(struct catalogue *catalogue)
{
	for (size_t i = 0; i < catalogue->act_count; i++) {
		struct act *act = &catalogue->acts[i];
		FREE_STRINGS(act->number, act->title, act->title_vi, act->adopter, act->adopter_vi);
	}
	for (size_t i = 0; i < catalogue->target_count; i++) {
		struct target *target = &catalogue->targets[i];
		FREE_STRINGS(target->text, target->place);
		free(target->milestones);
	}
	free(catalogue->acts);
	free(catalogue->targets);
}

void catalogue_free(struct catalogue **slot)
{
	struct catalogue *catalogue = ptr_take(slot);
	if (catalogue == NULL)
		return;
	free_what_is_measured(catalogue);
	free_areas(catalogue);
	free_targets(catalogue);
	duties_free(catalogue);
	free(catalogue);
}

/* Everything with an id begins with it. */
static int compare_ids(const void *a, const void *b)
{
	return strcmp(a, b);
}

static int compare_days(int32_t a, int32_t b)
{
	return (a > b) - (a < b);
}

static int compare_codes(const void *left, const void *right)
{
	const struct area_code *a = left, *b = right;
	int order = strcmp(a->scheme, b->scheme);
	if (order == 0)
		order = strcmp(a->folded, b->folded);
	if (order == 0)
		order = (a->area > b->area) - (a->area < b->area);
	return order != 0 ? order : compare_days(a->valid_from, b->valid_from);
}

static int compare_members(const void *left, const void *right)
{
	const struct area_member *a = left, *b = right;
	int order = strcmp(a->area, b->area);
	if (order == 0)
		order = strcmp(a->group, b->group);
	return order != 0 ? order : compare_days(a->valid_from, b->valid_from);
}

static int compare_changes(const void *left, const void *right)
{
	const struct area_change *a = left, *b = right;
	int order = strcmp(a->to, b->to);
	if (order == 0)
		order = compare_days(a->day, b->day);
	return order != 0 ? order : strcmp(a->from, b->from);
}

static int compare_breaks(const void *left, const void *right)
{
	const struct series_break *a = left, *b = right;
	int order = strcmp(a->indicator, b->indicator);
	return order != 0 ? order : compare_days(a->day, b->day);
}

static int compare_milestones(const void *left, const void *right)
{
	const struct milestone *a = left, *b = right;
	return period_compare(a->period, b->period);
}

static bool is_sorted(const char *items, size_t count, size_t item_bytes,
		      int (*compare)(const void *, const void *))
{
	for (size_t i = 1; i < count; i++)
		if (compare(items + (i - 1) * item_bytes, items + i * item_bytes) > 0)
			return false;
	return true;
}

/* Most tables are in order already, and all are when they are sorted once more. */
static void sort(void *items, size_t count, size_t item_bytes,
		 int (*compare)(const void *, const void *))
{
	if (!is_sorted(items, count, item_bytes, compare))
		qsort(items, count, item_bytes, compare);
}

static void sort_areas(struct catalogue *catalogue)
{
	struct area *areas = catalogue->areas;
	for (size_t i = 0; i < catalogue->area_count; i++)
		areas[i].sort_from = i;
	sort(areas, catalogue->area_count, sizeof *areas, compare_ids);
	for (size_t i = 0; i < catalogue->area_count; i++)
		areas[areas[i].sort_from].sort_to = i;
	for (size_t i = 0; i < catalogue->code_count; i++)
		catalogue->codes[i].area = areas[catalogue->codes[i].area].sort_to;
}

void catalogue_sort(struct catalogue *catalogue)
{
	sort(catalogue->sources, catalogue->source_count, sizeof(struct source), compare_ids);
	sort(catalogue->indicators, catalogue->indicator_count, sizeof(struct indicator),
	     compare_ids);
	sort(catalogue->acts, catalogue->act_count, sizeof(struct act), compare_ids);
	sort(catalogue->targets, catalogue->target_count, sizeof(struct target), compare_ids);
	duties_sort(catalogue);
	sort_areas(catalogue);
	sort(catalogue->codes, catalogue->code_count, sizeof(struct area_code), compare_codes);
	sort(catalogue->members, catalogue->member_count, sizeof(struct area_member),
	     compare_members);
	sort(catalogue->changes, catalogue->change_count, sizeof(struct area_change),
	     compare_changes);
	sort(catalogue->breaks, catalogue->break_count, sizeof(struct series_break),
	     compare_breaks);
	for (size_t i = 0; i < catalogue->target_count; i++) {
		struct target *target = &catalogue->targets[i];
		sort(target->milestones, target->milestone_count, sizeof(struct milestone),
		     compare_milestones);
	}
}

static const void *find(const void *items, size_t count, size_t item_bytes, struct span id)
{
	char key[ID_BYTES];
	if (count == 0 || !span_copy(id, key, sizeof key))
		return NULL;
	return bsearch(key, items, count, item_bytes, compare_ids);
}

const struct source *catalogue_source(const struct catalogue *catalogue, struct span id)
{
	return find(catalogue->sources, catalogue->source_count, sizeof(struct source), id);
}

const struct indicator *catalogue_indicator(const struct catalogue *catalogue, struct span id)
{
	return find(catalogue->indicators, catalogue->indicator_count, sizeof(struct indicator),
		    id);
}

const struct area *catalogue_area(const struct catalogue *catalogue, struct span id)
{
	return find(catalogue->areas, catalogue->area_count, sizeof(struct area), id);
}

const struct act *catalogue_act(const struct catalogue *catalogue, struct span id)
{
	return find(catalogue->acts, catalogue->act_count, sizeof(struct act), id);
}

const struct target *catalogue_target(const struct catalogue *catalogue, struct span id)
{
	return find(catalogue->targets, catalogue->target_count, sizeof(struct target), id);
}

/* The first membership of the area; the others follow it. */
static size_t first_membership(const struct catalogue *catalogue, const char *area)
{
	size_t low = 0, high = catalogue->member_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(catalogue->members[middle].area, area) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_member(const struct catalogue *catalogue, const char *area, const char *group,
		      int32_t day, int depth)
{
	for (size_t i = first_membership(catalogue, area); i < catalogue->member_count; i++) {
		const struct area_member *member = &catalogue->members[i];
		if (strcmp(member->area, area) != 0)
			break;
		if (!area_valid_on(member->valid_from, member->valid_to, day))
			continue;
		if (strcmp(member->group, group) == 0 ||
		    (depth > 1 && is_member(catalogue, member->group, group, day, depth - 1)))
			return true;
	}
	return false;
}

bool catalogue_is_member(const struct catalogue *catalogue, const char *area, const char *group,
			 int32_t day)
{
	return is_member(catalogue, area, group, day, MEMBER_DEPTH_MAX);
}

bool catalogue_is_direct_member(const struct catalogue *catalogue, const char *area,
				const char *group, int32_t day)
{
	return is_member(catalogue, area, group, day, 1);
}

bool catalogue_target_has_area(const struct catalogue *catalogue, const struct target *target,
			       const struct area *area)
{
	if (target->each_kind[0] == '\0')
		return strcmp(area->id, target->area) == 0;
	return strcmp(area->kind, target->each_kind) == 0 &&
	       catalogue_is_member(catalogue, area->id, target->area, target->member_day);
}

bool catalogue_target_areas(const struct catalogue *catalogue, const struct target *target,
			    bool (*take)(void *self, const struct area *area), void *self)
{
	if (target->each_kind[0] == '\0') {
		const struct area *area = catalogue_area(catalogue, span_of(target->area));
		return area == NULL || take(self, area);
	}
	for (size_t i = 0; i < catalogue->area_count; i++) {
		const struct area *area = &catalogue->areas[i];
		if (catalogue_target_has_area(catalogue, target, area) && !take(self, area))
			return false;
	}
	return true;
}

/* The codes in the table that are spelled like this in the scheme. */
struct code_range {
	size_t begin, end;
};

static int compare_key(const struct area_code *code, const char *scheme, const char *folded)
{
	int order = strcmp(code->scheme, scheme);
	return order != 0 ? order : strcmp(code->folded, folded);
}

static struct code_range find_codes(const struct catalogue *catalogue, const char *scheme,
				    const char *folded)
{
	size_t low = 0, high = catalogue->code_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (compare_key(&catalogue->codes[middle], scheme, folded) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	struct code_range range = {low, low};
	while (range.end < catalogue->code_count &&
	       compare_key(&catalogue->codes[range.end], scheme, folded) == 0)
		range.end++;
	return range;
}

static const struct area *area_of(const struct catalogue *catalogue, size_t code)
{
	return &catalogue->areas[catalogue->codes[code].area];
}

static bool carries_on(const struct catalogue *catalogue, size_t code, int32_t day)
{
	const struct area_code *found = &catalogue->codes[code];
	return area_valid_on(found->valid_from, found->valid_to, day) &&
	       area_is_valid(area_of(catalogue, code), day);
}

static bool refuse_code(const struct catalogue *catalogue, struct code_range range,
			const char *scheme, struct span code, int32_t day, struct error *err)
{
	char when[DAY_BYTES];
	int shown = shape_clip(code);
	if (range.begin == range.end)
		return error_set(err, ERROR_NOT_FOUND, "no area carries '%.*s' in scheme '%s'",
				 shown, code.start, scheme);
	AUTO_TEXT struct text list = text_with_limit(ERROR_TEXT_BYTES / 2);
	for (size_t i = range.begin; i < range.end; i++)
		if (i == range.begin || area_of(catalogue, i) != area_of(catalogue, i - 1))
			area_add_candidate(&list, area_of(catalogue, i));
	return error_set(err, ERROR_NOT_FOUND,
			 "no area carries '%.*s' in scheme '%s' on %s; at another time it is that "
			 "of %.*s: write the id that is meant",
			 shown, code.start, scheme, day_print(day, when),
			 SPAN_ARGS(text_span(&list)));
}

static bool refuse_ambiguous(const struct catalogue *catalogue, struct code_range range,
			     struct span code, int32_t day, struct error *err)
{
	AUTO_TEXT struct text list = text_with_limit(ERROR_TEXT_BYTES / 2);
	const struct area *last = NULL;
	for (size_t i = range.begin; i < range.end; i++) {
		const struct area *area = area_of(catalogue, i);
		if (carries_on(catalogue, i, day) && area != last)
			area_add_candidate(&list, area);
		last = area;
	}
	return error_set(err, ERROR_REFUSED,
			 "'%.*s' is carried by more than one area: %.*s; write the id of one",
			 shape_clip(code), code.start, SPAN_ARGS(text_span(&list)));
}

/* The one area among the codes that carries it on the day. */
static bool choose(const struct catalogue *catalogue, struct code_range range, struct span code,
		   int32_t day, const struct area **ret, struct error *err)
{
	const struct area *found = NULL;
	for (size_t i = range.begin; i < range.end; i++) {
		if (!carries_on(catalogue, i, day))
			continue;
		if (found != NULL && found != area_of(catalogue, i))
			return refuse_ambiguous(catalogue, range, code, day, err);
		found = area_of(catalogue, i);
	}
	*ret = found;
	return true;
}

static bool area_by_id(const struct catalogue *catalogue, struct span id, const struct area **ret,
		       struct error *err)
{
	const struct area *area = catalogue_area(catalogue, id);
	if (area == NULL)
		return error_set(err, ERROR_NOT_FOUND, "no area has the id '%.*s'", shape_clip(id),
				 id.start);
	*ret = area;
	return true;
}

bool catalogue_area_by_code(const struct catalogue *catalogue, const char *scheme, struct span code,
			    int32_t day, const struct area **ret, struct error *err)
{
	if (strcmp(scheme, "id") == 0)
		return area_by_id(catalogue, code, ret, err);
	AUTO_FREE char *folded = area_code_fold(code, err);
	if (folded == NULL)
		return false;

	struct code_range range = find_codes(catalogue, scheme, folded);
	const struct area *area = NULL;
	if (!choose(catalogue, range, code, day, &area, err))
		return false;
	if (area == NULL)
		return refuse_code(catalogue, range, scheme, code, day, err);
	*ret = area;
	return true;
}

static bool matches(const char *pattern, const char *text)
{
	return pattern[0] == '\0' || strcmp(pattern, text) == 0;
}

bool catalogue_breaks_between(const struct catalogue *catalogue, const char *indicator,
			      const char *area, const char *source, int32_t day_before,
			      int32_t day_after)
{
	for (size_t i = 0; i < catalogue->break_count; i++) {
		const struct series_break *found = &catalogue->breaks[i];
		bool between = day_before < found->day && found->day <= day_after;
		if (between && strcmp(found->indicator, indicator) == 0 &&
		    matches(found->area, area) && matches(found->source, source))
			return true;
	}
	return false;
}
