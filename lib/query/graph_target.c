/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/graph_target.h"

#include "assess/series.h"
#include "query/phrase.h"
#include "query/rows.h"

static bool is_reference(const struct query_row *row)
{
	return row->act != NULL && row->act->reference;
}

/* The one with a level that is due last, an act's before a reference. */
static const struct query_row *choose(const struct query_rows *rows)
{
	const struct query_row *best = NULL;
	for (size_t i = 0; i < rows->count; i++) {
		const struct query_row *row = &rows->items[i];
		if (!row->verdict.target_value.is_set)
			continue;
		int32_t due = target_due(row->target);
		bool is_later = best == NULL || due > target_due(best->target);
		bool is_better = best != NULL && due == target_due(best->target) &&
				 is_reference(best) && !is_reference(row);
		if (is_later || is_better)
			best = row;
	}
	return best;
}

static int32_t index_of(const struct graph_scene *scene, int32_t day)
{
	return period_index(scene->asked->indicator->frequency, day);
}

static void add_levels(const struct graph_scene *scene, const struct query_row *row,
		       struct query_graph *ret)
{
	const struct language *language = scene->query->language;
	const struct measure *const levels[] = {&row->verdict.target_value,
						&row->verdict.target_value_high};
	AUTO_TEXT struct text goal = TELL_TEXT;
	AUTO_TEXT struct text period = TELL_TEXT;
	AUTO_TEXT struct text text = TELL_TEXT;
	int32_t due = index_of(scene, target_due(row->target));
	int32_t from = ret->graph.point_count > 0 ? ret->points[0].index : due;
	phrase_goal(&goal, language, row);
	tell_period(&period, language, row->target->period);
	word_add(&text, language, is_reference(row) ? WORD_G_REFERENCE : WORD_G_TARGET,
		 text_part(&period, &text), text_part(&goal, &text));
	const char *name = query_graph_keep(ret, &text);
	for (size_t i = 0; i < COUNT_OF(levels); i++) {
		if (!levels[i]->is_set)
			continue;
		ret->graph.targets[ret->graph.target_count++] = (struct rrd_target){
			.value = levels[i]->value,
			.from = from < due ? from : due,
			.to = due,
			.text = i == 0 ? name : NULL,
		};
	}
}

static bool add_vertex(const struct graph_scene *scene, const struct assess_input *input,
		       struct period period, struct query_graph *ret, struct error *err)
{
	struct rrd_graph *graph = &ret->graph;
	int32_t index = index_of(scene, period_last_day(period));
	double time = series_time(scene->asked->indicator, period_last_day(period));
	struct measure level;
	if (!assess_path(input, time, &level, err))
		return false;
	bool is_after = graph->path_count == 0 || index > graph->path[graph->path_count - 1].index;
	if (level.is_set && is_after && graph->path_count < RRD_PATH_MAX)
		graph->path[graph->path_count++] = (struct rrd_vertex){index, level.value};
	return true;
}

/* From the baseline through the milestones to the target. */
static bool add_path(const struct graph_scene *scene, const struct query_row *row,
		     struct query_graph *ret, struct error *err)
{
	const struct target *target = row->target;
	const struct assess_input input = {
		.catalogue = scene->query->judge.catalogue,
		.indicator = row->indicator,
		.target = target,
		.area = row->area,
		.standing = &scene->series->standing,
		.today = scene->query->judge.as_of.day,
	};
	if (target->base_period.from == target->base_period.to)
		return true;
	if (!add_vertex(scene, &input, target->base_period, ret, err))
		return false;
	for (size_t i = 0; i < target->milestone_count; i++)
		if (!add_vertex(scene, &input, target->milestones[i].period, ret, err))
			return false;
	if (!add_vertex(scene, &input, target->period, ret, err))
		return false;
	if (ret->graph.path_count < 2)
		ret->graph.path_count = 0;
	return true;
}

static void add_projection(const struct graph_scene *scene, const struct query_row *row,
			   struct query_graph *ret)
{
	const struct verdict *verdict = &row->verdict;
	struct rrd_projection *projection = &ret->graph.projection;
	int32_t due = index_of(scene, target_due(row->target));
	int32_t from = index_of(scene, row->reporting.from);
	if (!verdict->projected_raw.is_set || !verdict->has_point || from >= due)
		return;
	*projection = (struct rrd_projection){
		.is_set = true,
		.has_band = verdict->band_low.is_set && verdict->band_high.is_set,
		.from = {from, verdict->value.value},
		.to = {due, verdict->projected_raw.value},
		.low = verdict->band_low.value,
		.high = verdict->band_high.value,
	};
}

bool graph_add_target(const struct graph_scene *scene, const char *id, struct query_graph *ret,
		      struct error *err)
{
	AUTO_QUERY_ROWS struct query_rows rows = {0};
	const struct query_filter filter = {
		.indicator = scene->asked->indicator->id,
		.area = scene->asked->area->id,
		.breakdown = scene->asked->breakdown,
		.target = id,
		.all = id != NULL,
	};
	if (!query_rows_read(scene->query, &filter, &rows, err))
		return false;
	const struct query_row *row = choose(&rows);
	if (row == NULL)
		return id == NULL ||
		       error_set(err, ERROR_NOT_FOUND,
				 "target '%s' has no level that could be drawn "
				 "for %s %s",
				 id, scene->asked->indicator->id, scene->asked->area->id);
	add_levels(scene, row, ret);
	if (!add_path(scene, row, ret, err))
		return false;
	add_projection(scene, row, ret);
	ret->graph.has_due = true;
	ret->graph.due = index_of(scene, target_due(row->target));
	return true;
}
