/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "judge/gather.h"

#include <stdlib.h>

#include "obs/membership.h"

void gathering_done(struct gathering *gathering)
{
	free(gathering->areas);
	free(gathering->figures);
	free(gathering->periods);
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
static bool gather_weight(struct gathering *gathering, size_t area, struct error *err)
{
	struct judged_series *scratch = &gathering->scratch;
	struct series_key key = {gathering->indicator->total_weight, gathering->key->breakdown,
				 gathering->areas[area]->id};
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
			gathering->weights[area * gathering->period_count + i] =
				measure_of(value.value);
	}
	return true;
}

static bool gather_weights(struct gathering *gathering, struct error *err)
{
	if (gathering->indicator->total_weight[0] == '\0')
		return true;
	gathering->weights = calloc(gathering->area_count * gathering->period_count + 1,
				    sizeof *gathering->weights);
	if (gathering->weights == NULL)
		return error_memory(err);
	for (size_t i = 0; i < gathering->area_count; i++)
		if (!gather_weight(gathering, i, err))
			return false;
	return true;
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
	gathering->counted = gather_counted(catalogue, gathering->indicator);
	if (!gather_areas(gathering))
		return false;
	for (size_t i = 0; i < gathering->area_count; i++)
		if (!gather_values(gathering, i, err))
			return false;
	return gather_periods(gathering, err) && gather_weights(gathering, err);
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
