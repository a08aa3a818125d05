/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "judge/gather.h"

#include <stdlib.h>

#include "obs/membership.h"

void gathering_done(struct gathering *gathering)
{
	free(gathering->areas);
	free(gathering->figures);
	free(gathering->periods);
	if (gathering->join_weights != gathering->weights)
		free(gathering->join_weights);
	free(gathering->weights);
	judged_series_done(&gathering->scratch);
}

static bool refuse_all(void *self, const struct area_change *change)
{
	(void)self;
	(void)change;
	return false;
}

bool gather_has_origin(const struct catalogue *catalogue, const char *area)
{
	return !area_predecessors(catalogue, area, refuse_all, NULL);
}

const char *gather_counted(const struct catalogue *catalogue, const struct indicator *indicator)
{
	const struct target *target = NULL;
	if (indicator->total == TOTAL_COUNT)
		target = catalogue_target(catalogue, span_of(indicator->total_target));
	return target != NULL ? target->indicator : indicator->id;
}

bool gather_adds_up(const struct catalogue *catalogue, const char *indicator)
{
	const struct indicator *found = catalogue_indicator(catalogue, span_of(indicator));
	return found != NULL && found->total == TOTAL_SUM;
}

const char *gather_join_weight(const struct catalogue *catalogue, const struct indicator *indicator)
{
	return indicator->total == TOTAL_WEIGHTED &&
			       gather_adds_up(catalogue, indicator->total_weight)
		       ? indicator->total_weight
		       : NULL;
}

/* Only what is exact joins two territories: numerators and denominators, plain sums, and means by
 * weights that are sums. */
static struct total_rule find_join(const struct catalogue *catalogue, const char *counted)
{
	const struct indicator *indicator = catalogue_indicator(catalogue, span_of(counted));
	struct total_rule join = {.form = TOTAL_NONE};
	if (indicator != NULL && indicator->total != TOTAL_COUNT)
		(void)total_rule_of(catalogue, indicator, &join);
	join.coverage = 1;
	join.has_weight = join.form == TOTAL_WEIGHTED;
	if (join.has_weight && gather_join_weight(catalogue, indicator) == NULL)
		join = (struct total_rule){.form = TOTAL_NONE, .coverage = 1};
	return join;
}

static bool add_area(struct gathering *gathering, const struct area *area)
{
	if (area == NULL || area == gathering->area)
		return true;
	if (!array_grow(&gathering->areas, &gathering->area_room, gathering->area_count,
			sizeof *gathering->areas, TOTAL_AREAS_MAX, "members of an area",
			gathering->err))
		return false;
	gathering->areas[gathering->area_count++] = area;
	return true;
}

static bool add_origin(void *self, const struct area_change *change)
{
	struct gathering *gathering = self;
	const struct catalogue *catalogue = gathering->judge->catalogue;
	if (!add_area(gathering, catalogue_area(catalogue, span_of(change->from))))
		return false;
	if (gathering->depth >= GATHER_DEPTH_MAX)
		return true;
	gathering->depth++;
	bool ok = area_predecessors(catalogue, change->from, add_origin, gathering);
	gathering->depth--;
	return ok;
}

static bool add_with_origins(struct gathering *gathering, const struct area *area)
{
	return add_area(gathering, area) &&
	       (area == NULL ||
		area_predecessors(gathering->judge->catalogue, area->id, add_origin, gathering));
}

static bool add_member(void *self, const struct area_member *member)
{
	struct gathering *gathering = self;
	const struct catalogue *catalogue = gathering->judge->catalogue;
	const char *kind = gathering->indicator->total_kind;
	const struct area *area = catalogue_area(catalogue, span_of(member->area));
	if (kind[0] == '\0')
		return add_with_origins(gathering, area);
	if (area != NULL && strcmp(area->kind, kind) == 0)
		return add_with_origins(gathering, area);
	if (gathering->depth >= GATHER_DEPTH_MAX)
		return true;
	gathering->depth++;
	bool ok = catalogue_members(catalogue, member->area, add_member, gathering);
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
	if (gathering->area_count > 1)
		qsort(gathering->areas, gathering->area_count, sizeof *gathering->areas,
		      compare_areas);
	for (size_t i = 0; i < gathering->area_count; i++)
		if (i == 0 || gathering->areas[i] != gathering->areas[i - 1])
			gathering->areas[count++] = gathering->areas[i];
	gathering->area_count = count;
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

static bool gather_values(struct gathering *gathering, size_t area, struct error *err)
{
	const struct standing *standing = &gathering->scratch.standing;
	const struct series_key key = {gathering->counted, gathering->key->breakdown,
				       gathering->areas[area]->id};
	if (!judge_published(gathering->judge, &key, &gathering->scratch, err))
		return false;
	note_newest(gathering);
	for (size_t i = 0; i < standing->count; i++) {
		const struct standing_point *point = &standing->points[i];
		if (!point->usable)
			continue;
		if (!array_grow(&gathering->figures, &gathering->figure_room,
				gathering->figure_count, sizeof *gathering->figures,
				TOTAL_FIGURES_MAX, "figures of members", err))
			return false;
		gathering->figures[gathering->figure_count++] =
			(struct gathered_figure){area, point->reporting, figure_of(point)};
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
	gathering->periods = calloc(gathering->figure_count + 1, sizeof *gathering->periods);
	if (gathering->periods == NULL)
		return error_memory(err);
	for (size_t i = 0; i < gathering->figure_count; i++)
		gathering->periods[i] = gathering->figures[i].period;
	qsort(gathering->periods, gathering->figure_count, sizeof *gathering->periods,
	      compare_periods);
	for (size_t i = 0; i < gathering->figure_count; i++)
		if (i == 0 || !period_equal(gathering->periods[i], gathering->periods[i - 1]))
			gathering->periods[count++] = gathering->periods[i];
	gathering->period_count = count;
	return true;
}

/* Of the same part of the whole where such weights are known, else of the whole. */
static bool gather_weight(struct gathering *gathering, const char *by, size_t area,
			  struct measure *weights, struct error *err)
{
	struct judged_series *scratch = &gathering->scratch;
	struct series_key key = {by, gathering->key->breakdown, gathering->areas[area]->id};
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
			weights[area * gathering->period_count + i] = measure_of(value.value);
	}
	return true;
}

static bool gather_weights(struct gathering *gathering, const char *by, struct measure **ret,
			   struct error *err)
{
	AUTO_FREE struct measure *weights =
		calloc(gathering->area_count * gathering->period_count + 1, sizeof *weights);
	if (weights == NULL)
		return error_memory(err);
	for (size_t i = 0; i < gathering->area_count; i++)
		if (!gather_weight(gathering, by, i, weights, err))
			return false;
	*ret = ptr_take(&weights);
	return true;
}

static bool gather_all_weights(struct gathering *gathering, struct error *err)
{
	const struct catalogue *catalogue = gathering->judge->catalogue;
	const struct indicator *counted =
		catalogue_indicator(catalogue, span_of(gathering->counted));
	const char *by = gathering->indicator->total_weight;
	const char *join_by = counted != NULL ? gather_join_weight(catalogue, counted) : NULL;
	if (by[0] != '\0' && !gather_weights(gathering, by, &gathering->weights, err))
		return false;
	if (join_by == NULL)
		return true;
	if (strcmp(join_by, by) != 0)
		return gather_weights(gathering, join_by, &gathering->join_weights, err);
	gathering->join_weights = gathering->weights;
	return true;
}

/* Where nobody is a member, nobody is counted: what there is of it is a count already. */
static const char *find_counted(const struct gathering *gathering)
{
	const struct catalogue *catalogue = gathering->judge->catalogue;
	return catalogue_has_members(catalogue, gathering->area->id)
		       ? gather_counted(catalogue, gathering->indicator)
		       : gathering->indicator->id;
}

bool gather(const struct judge *judge, const struct series_key *key, struct gathering *gathering,
	    struct error *err)
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
	gathering->counted = find_counted(gathering);
	gathering->join = find_join(catalogue, gathering->counted);
	if (!gather_areas(gathering))
		return false;
	for (size_t i = 0; i < gathering->area_count; i++)
		if (!gather_values(gathering, i, err))
			return false;
	return gather_periods(gathering, err) && gather_all_weights(gathering, err);
}

size_t gather_find_area(const struct gathering *gathering, const struct area *area)
{
	size_t low = 0, high = gathering->area_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (gathering->areas[middle] < area)
			low = middle + 1;
		else
			high = middle;
	}
	return low < gathering->area_count && gathering->areas[low] == area ? low
									    : gathering->area_count;
}

static int compare_figure(const struct gathered_figure *figure, size_t area, struct period period)
{
	if (figure->area != area)
		return figure->area < area ? -1 : 1;
	return period_compare(figure->period, period);
}

const struct total_figure *gather_find_figure(const struct gathering *gathering, size_t area,
					      struct period period)
{
	size_t low = 0, high = gathering->figure_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (compare_figure(&gathering->figures[middle], area, period) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < gathering->figure_count &&
			       compare_figure(&gathering->figures[low], area, period) == 0
		       ? &gathering->figures[low].figure
		       : NULL;
}
