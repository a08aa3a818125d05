/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/graph.h"

#include <stdlib.h>

#include "assess/series.h"
#include "base/number.h"
#include "query/graph_target.h"
#include "query/heading.h"
#include "query/tell.h"

void query_graph_done(struct query_graph *graph)
{
	free(graph->points);
	for (size_t i = 0; i < graph->text_count; i++)
		free(graph->texts[i]);
	*graph = (struct query_graph){0};
}

const char *query_graph_keep(struct query_graph *graph, struct text *text)
{
	char *kept = graph->text_count < QUERY_GRAPH_TEXTS_MAX ? text_take(text) : NULL;
	if (kept == NULL) {
		graph->failed = true;
		return "";
	}
	graph->texts[graph->text_count++] = kept;
	return kept;
}

/* Which of the publishers is it?  Those beyond the last place share it. */
static int publisher_of(struct query_graph *graph, const struct query *query, const char *id)
{
	const char **publishers = graph->graph.publishers;
	const char *name = query_source_name(query, id);
	int i = 0;
	while (i < RRD_PUBLISHERS_MAX && publishers[i] != NULL && strcmp(publishers[i], name) != 0)
		i++;
	if (i == RRD_PUBLISHERS_MAX) {
		publishers[i - 1] = "…";
		return i - 1;
	}
	publishers[i] = name;
	return i;
}

static size_t count_usable(const struct standing *standing)
{
	size_t count = 0;
	for (size_t i = 0; i < standing->count; i++)
		count += standing->points[i].usable;
	return count;
}

static void add_break(struct query_graph *graph, int32_t index)
{
	if (graph->graph.break_count < RRD_BREAKS_MAX)
		graph->graph.breaks[graph->graph.break_count++] = index;
}

static bool add_points(const struct graph_scene *scene, struct query_graph *ret, struct error *err)
{
	const struct standing *standing = &scene->series->standing;
	const struct indicator *indicator = scene->asked->indicator;
	const struct series_place place = {
		.catalogue = scene->query->judge.catalogue,
		.indicator = indicator,
		.area = scene->asked->area->id,
	};
	size_t count = count_usable(standing);
	size_t skip = count > RRD_POINTS_MAX ? count - RRD_POINTS_MAX : 0;
	const struct standing_point *before = NULL;
	ret->points = calloc(count ? count : 1, sizeof *ret->points);
	if (ret->points == NULL)
		return error_memory(err);
	for (size_t i = 0; i < standing->count; i++) {
		const struct standing_point *point = &standing->points[i];
		if (!point->usable || (skip > 0 && skip-- > 0))
			continue;
		int32_t index = period_index(indicator->frequency, point->reporting.from);
		if (before != NULL && series_breaks(&place, before, point))
			add_break(ret, index);
		ret->points[ret->graph.point_count++] = (struct rrd_point){
			.index = index,
			.value = point->row->value,
			.is_estimate = tell_is_estimate(point->row, point->stand_in),
			.publisher = publisher_of(ret, scene->query, point->row->source),
		};
		before = point;
	}
	ret->graph.points = ret->points;
	return true;
}

/* The first row of the same publisher and period, from *at on, which moves up to the period; NULL
 * when there is none.  Rows are by period, source, known day. */
static const struct observation *find_first(const struct vintages *vintages, size_t *at,
					    const struct observation *row)
{
	const struct observation *rows = vintages->rows;
	while (*at < vintages->count && period_compare(rows[*at].period, row->period) < 0)
		++*at;
	for (size_t i = *at; i < vintages->count && period_equal(rows[i].period, row->period); i++)
		if (strcmp(rows[i].source, row->source) == 0)
			return &rows[i];
	return NULL;
}

/* What the publisher of each point first said, where that was another value. */
static void add_earlier(const struct graph_scene *scene, struct query_graph *ret)
{
	const struct standing *standing = &scene->series->standing;
	enum frequency frequency = scene->asked->indicator->frequency;
	int32_t day = scene->query->judge.as_of.day;
	struct rrd_graph *graph = &ret->graph;
	size_t at = 0;
	for (size_t i = 0; i < standing->count && graph->earlier_count < RRD_EARLIER_MAX; i++) {
		const struct standing_point *point = &standing->points[i];
		const struct observation *first =
			find_first(&scene->series->vintages, &at, point->row);
		if (!point->usable || first == NULL || !first->has_value ||
		    first->known_day > day || number_equal(first->value, point->row->value))
			continue;
		graph->earlier[graph->earlier_count++] = (struct rrd_vertex){
			period_index(frequency, point->reporting.from), first->value};
	}
}

static void add_titles(const struct graph_scene *scene, struct query_graph *ret)
{
	const struct query *query = scene->query;
	const struct query_series *asked = scene->asked;
	AUTO_TEXT struct text title = TELL_TEXT;
	AUTO_TEXT struct text subtitle = TELL_TEXT;
	text_addf(&title, "%s – %s",
		  query_name(query, asked->indicator->name, asked->indicator->name_vi),
		  query_name(query, asked->area->name, asked->area->name_vi));
	ret->graph.title = query_graph_keep(ret, &title);
	if (asked->breakdown[0] != '\0') {
		text_add_string(&subtitle, asked->breakdown);
		ret->graph.subtitle = query_graph_keep(ret, &subtitle);
	}
	ret->graph.unit = asked->indicator->unit;
}

static void add_latest(const struct graph_scene *scene, struct query_graph *ret)
{
	const struct language *language = scene->query->language;
	const struct standing *standing = &scene->series->standing;
	size_t last = standing_last_usable(standing);
	if (last == standing->count)
		return;
	const struct standing_point *point = &standing->points[last];
	AUTO_TEXT struct text value = TELL_TEXT;
	AUTO_TEXT struct text period = TELL_TEXT;
	AUTO_TEXT struct text both = TELL_TEXT;
	AUTO_TEXT struct text published = TELL_TEXT;
	AUTO_TEXT struct text note = TELL_TEXT;
	struct language spelled = *language;
	spelled.words[WORD_MARK_ESTIMATE] = word_of(language, WORD_SPELLED_ESTIMATE);
	spelled.words[WORD_MARK_PROVISIONAL] = word_of(language, WORD_SPELLED_PROVISIONAL);
	tell_value(&value, &spelled, scene->asked->indicator, point->row, point->stand_in);
	tell_period(&period, language, point->row->period);
	word_add(&both, language, WORD_VALUE_AND_PERIOD, text_part(&value, &both),
		 text_part(&period, &both));
	tell_published(&published, language, point->row->published);
	word_add(&note, language, point->row->published[0] ? WORD_G_LATEST : WORD_G_LATEST_UNDATED,
		 text_part(&both, &note), query_source_name(scene->query, point->row->source),
		 text_part(&published, &note));
	ret->graph.notes[0] = query_graph_keep(ret, &note);
}

static void add_day(const struct graph_scene *scene, struct query_graph *ret)
{
	AUTO_TEXT struct text day = TELL_TEXT;
	size_t at = 0;
	while (at + 1 < RRD_NOTES_MAX && ret->graph.notes[at] != NULL)
		at++;
	heading_add_day(scene->query, &day);
	ret->graph.notes[at] = query_graph_keep(ret, &day);
}

static void add_words(const struct language *language, struct rrd_words *words)
{
	*words = (struct rrd_words){
		.value = word_of(language, WORD_G_VALUE),
		.estimate = word_of(language, WORD_G_ESTIMATE),
		.earlier = word_of(language, WORD_G_EARLIER),
		.break_ = word_of(language, WORD_G_BREAK),
		.path = word_of(language, WORD_G_PATH),
		.projection = word_of(language, WORD_G_PROJECTION),
		.band = word_of(language, WORD_G_BAND),
		.due = word_of(language, WORD_G_DUE),
		.left_out = word_of(language, WORD_G_LEFT_OUT),
		.no_value = word_of(language, WORD_G_NO_VALUE),
	};
}

static bool fill(const struct graph_scene *scene, const char *target, struct query_graph *ret,
		 struct error *err)
{
	const struct indicator *indicator = scene->asked->indicator;
	ret->graph.frequency = indicator->frequency;
	ret->graph.has_bounds = indicator->has_low && indicator->has_high;
	ret->graph.bound_low = indicator->low;
	ret->graph.bound_high = indicator->high;
	add_words(scene->query->language, &ret->graph.words);
	add_titles(scene, ret);
	if (!add_points(scene, ret, err))
		return false;
	add_earlier(scene, ret);
	add_latest(scene, ret);
	if (!graph_add_target(scene, target, ret, err))
		return false;
	add_day(scene, ret);
	if (ret->graph.point_count + ret->graph.target_count == 0)
		return error_set(err, ERROR_NOT_FOUND,
				 "%s %s: there is neither a value nor a target to draw",
				 indicator->id, scene->asked->area->id);
	return !ret->failed || error_memory(err);
}

bool query_graph(const struct query *query, const struct query_series *series, const char *target,
		 struct query_graph *ret, struct error *err)
{
	AUTO_JUDGED_SERIES struct judged_series judged = {0};
	AUTO_QUERY_GRAPH struct query_graph graph = {0};
	const struct series_key key = query_series_key(series);
	const struct graph_scene scene = {query, series, &judged};
	if (!judge_series(&query->judge, &key, &judged, err) ||
	    !fill(&scene, target, &graph, err) || !rrd_graph_check(&graph.graph, err))
		return false;
	*ret = graph;
	graph = (struct query_graph){0};
	return true;
}
