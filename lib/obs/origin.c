/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "obs/origin.h"

/* Changes of areas that changed, and so on. */
enum { ORIGIN_DEPTH_MAX = 16 };

/* A way back through the changes. */
struct way {
	const struct catalogue *catalogue;
	int32_t day;
	int depth;
	size_t seen; /* changes by which the present area came about */
	const struct area_change *barrier;
	bool is_lost; /* nothing is known of what was before */
	struct origin origin;
};

static bool step_back(void *self, const struct area_change *change);

/* All that went into the area. */
static void go_back(struct way *way, const char *area)
{
	size_t outer = way->seen;
	way->seen = 0;
	way->depth++;
	if (way->depth > ORIGIN_DEPTH_MAX)
		way->is_lost = true;
	else
		(void)area_predecessors(way->catalogue, area, step_back, way);
	way->is_lost = way->is_lost || way->seen == 0;
	way->depth--;
	way->seen = outer;
}

static bool goes_elsewhere(void *self, const struct area_change *change)
{
	const struct area_change *first = self;
	return change->day == first->day && strcmp(change->to, first->to) != 0;
}

static bool goes_here(void *self, const struct area_change *change)
{
	return !goes_elsewhere(self, change);
}

static bool is_whole(const struct way *way, const struct area_change *change)
{
	struct area_change first = *change;
	return change->kind != CHANGE_BOUNDARY &&
	       area_successors(way->catalogue, change->from, goes_here, &first);
}

static void take_area(struct way *way, const struct area *area)
{
	if (way->origin.count == ORIGIN_AREAS_MAX)
		way->is_lost = true;
	else
		way->origin.areas[way->origin.count++] = area;
}

static bool step_back(void *self, const struct area_change *change)
{
	struct way *way = self;
	const struct area *from = catalogue_area(way->catalogue, span_of(change->from));
	way->seen++;
	if (!is_whole(way, change)) {
		way->barrier = change;
		return false;
	}
	way->origin.is_same = way->origin.is_same && area_change_keeps(change->kind);
	if (from == NULL || (from->valid_to != DAY_NONE && way->day >= from->valid_to))
		way->is_lost = true;
	else if (area_is_valid(from, way->day))
		take_area(way, from);
	else
		go_back(way, from->id);
	return way->barrier == NULL && !way->is_lost;
}

static struct way walk(const struct catalogue *catalogue, const struct area *area, int32_t day)
{
	struct way way = {.catalogue = catalogue, .day = day, .origin.is_same = true};
	go_back(&way, area->id);
	return way;
}

bool area_origin(const struct catalogue *catalogue, const struct area *area, int32_t day,
		 struct origin *ret)
{
	if (area->valid_from == DAY_NONE || day >= area->valid_from)
		return false;
	struct way way = walk(catalogue, area, day);
	if (way.barrier != NULL || way.is_lost)
		return false;
	way.origin.is_same = way.origin.is_same && way.origin.count == 1;
	*ret = way.origin;
	return true;
}

const struct area_change *area_origin_barrier(const struct catalogue *catalogue,
					      const struct area *area, int32_t day)
{
	return walk(catalogue, area, day).barrier;
}

struct search {
	const struct catalogue *catalogue;
	const char *into;
	int depth;
};

static bool is_another(void *self, const struct area_change *change)
{
	struct search *search = self;
	if (strcmp(change->to, search->into) == 0)
		return false;
	if (search->depth >= ORIGIN_DEPTH_MAX)
		return true;
	search->depth++;
	bool found = !area_successors(search->catalogue, change->to, is_another, search);
	search->depth--;
	return !found;
}

bool area_went_into(const struct catalogue *catalogue, const char *area, const char *into)
{
	struct search search = {.catalogue = catalogue, .into = into};
	return !area_successors(catalogue, area, is_another, &search);
}
