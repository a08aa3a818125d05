/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/year_report_chart.h"

#include <stdio.h>

#include "query/phrase.h"
#include "query/report_words.h"
#include "report/svg.h"

enum { VALUES_SHOWN = 10, ID_ROOM = 32 };

/* What the labels of a chart need. */
struct labels {
	const struct query *query;
	enum frequency frequency;
};

static void label_value(void *self, double number, struct text *out)
{
	const struct labels *labels = self;
	tell_number(out, labels->query->language, number, TELL_AS_IS);
}

static void label_index(void *self, double number, struct text *out)
{
	const struct labels *labels = self;
	tell_period(out, labels->query->language,
		    period_at_index(labels->frequency, (int32_t)number));
}

static bool is_break(const struct rrd_graph *graph, int32_t index)
{
	for (size_t i = 0; i < graph->break_count; i++)
		if (graph->breaks[i] == index)
			return true;
	return false;
}

/* The last points up to a period; returns how many. */
static size_t take_points(const struct rrd_graph *graph, int32_t last,
			  struct svg_point ret[SVG_POINTS_MAX])
{
	size_t end = graph->point_count;
	while (end > 0 && graph->points[end - 1].index > last)
		end--;
	size_t first = end > SVG_POINTS_MAX ? end - SVG_POINTS_MAX : 0;
	for (size_t i = first; i < end; i++)
		ret[i - first] = (struct svg_point){
			.index = graph->points[i].index,
			.value = graph->points[i].value,
			.is_estimate = graph->points[i].is_estimate,
			.is_after_break = is_break(graph, graph->points[i].index),
		};
	return end - first;
}

static size_t take_path(const struct rrd_graph *graph, struct svg_vertex ret[RRD_PATH_MAX])
{
	for (size_t i = 0; i < graph->path_count; i++)
		ret[i] = (struct svg_vertex){graph->path[i].index, graph->path[i].value};
	return graph->path_count;
}

static void take_levels(const struct rrd_graph *graph, struct svg_chart *chart)
{
	for (size_t i = 0; i < graph->target_count && i < SVG_LEVELS_MAX; i++)
		chart->levels[chart->level_count++] = (struct svg_level){
			graph->targets[i].value, graph->targets[i].from, graph->targets[i].to};
}

/* A projection from figures after the last one shown would be of another story. */
static void take_projection(const struct rrd_graph *graph, int32_t last, struct svg_chart *chart)
{
	const struct rrd_projection *projection = &graph->projection;
	if (!projection->is_set || projection->from.index > last)
		return;
	chart->has_projection = true;
	chart->has_band = projection->has_band;
	chart->from = (struct svg_vertex){projection->from.index, projection->from.value};
	chart->to = (struct svg_vertex){projection->to.index, projection->to.value};
	chart->band_low = projection->low;
	chart->band_high = projection->high;
}

static void describe(const struct query *query, const struct svg_chart *chart,
		     struct labels *labels, const char *goal, struct text *out)
{
	AUTO_TEXT struct text count = TELL_TEXT;
	AUTO_TEXT struct text from = TELL_TEXT;
	AUTO_TEXT struct text to = TELL_TEXT;
	text_addf(&count, "%zu", chart->point_count);
	if (chart->point_count > 0) {
		label_index(labels, chart->points[0].index, &from);
		label_index(labels, chart->points[chart->point_count - 1].index, &to);
	}
	report_word_add(out, query->language, REPORT_DESCRIBE, text_part(&count, out),
			text_part(&from, out), text_part(&to, out), goal);
}

static struct svg_words words_of(const struct query *query)
{
	const struct language *language = query->language;
	return (struct svg_words){
		.value = word_of(language, WORD_G_VALUE),
		.estimate = word_of(language, WORD_G_ESTIMATE),
		.path = word_of(language, WORD_G_PATH),
		.target = report_word_of(language, REPORT_TARGET),
		.projection = word_of(language, WORD_G_PROJECTION),
		.band = word_of(language, WORD_G_BAND),
		.break_ = word_of(language, WORD_G_BREAK),
	};
}

bool year_chart_write(const struct query *query, const struct query_graph *scene, int32_t last,
		      const char *id, struct text *out, struct error *err)
{
	const struct rrd_graph *graph = &scene->graph;
	struct svg_point points[SVG_POINTS_MAX] = {0};
	struct svg_vertex path[RRD_PATH_MAX];
	struct labels labels = {query, graph->frequency};
	AUTO_TEXT struct text description = TELL_TEXT;
	const char *goal = graph->target_count > 0 ? graph->targets[0].text : "-";
	struct svg_chart chart = {
		.id = id,
		.title = graph->title,
		.unit = graph->unit,
		.points = points,
		.point_count = take_points(graph, last, points),
		.path = path,
		.path_count = take_path(graph, path),
		.has_bounds = graph->has_bounds,
		.bound_low = graph->bound_low,
		.bound_high = graph->bound_high,
		.words = words_of(query),
		.label_value = label_value,
		.label_index = label_index,
		.self = &labels,
	};
	take_levels(graph, &chart);
	take_projection(graph, last, &chart);
	describe(query, &chart, &labels, goal, &description);
	chart.description = text_part(&description, out);
	return svg_chart_write(&chart, out, err);
}

/* The last values, one column each, so that nobody has to read them off the picture. */
static void add_values(const struct year_report *report, const struct year_item *item,
		       const struct judged_series *series, struct page *page)
{
	const struct language *language = report->query->language;
	const struct standing_point *shown[VALUES_SHOWN];
	struct page_column columns[VALUES_SHOWN];
	struct text periods[VALUES_SHOWN];
	int32_t end = day_from_parts(report->year + 1, 1, 1);
	size_t count = 0;
	for (size_t i = series->standing.count; i > 0 && count < VALUES_SHOWN; i--) {
		const struct standing_point *point = &series->standing.points[i - 1];
		if (point->usable && point->reporting.from < end)
			shown[count++] = point;
	}
	for (size_t i = 0; i < count; i++) {
		periods[i] = TELL_TEXT;
		tell_period(&periods[i], language, shown[count - 1 - i]->row->period);
		columns[i] = (struct page_column){text_part(&periods[i], page->out), PAGE_NUMBER};
	}
	page_table_begin(page, NULL, columns, count);
	for (size_t i = count; i > 0; i--) {
		AUTO_TEXT struct text value = TELL_TEXT;
		tell_value(&value, language, item->row.indicator, shown[i - 1]->row,
			   shown[i - 1]->stand_in);
		page_cell(page, PAGE_NUMBER, text_part(&value, page->out));
	}
	page_table_end(page);
	for (size_t i = 0; i < count; i++)
		text_done(&periods[i]);
}

static size_t number_of_values(const struct standing *standing, int32_t end)
{
	size_t count = 0;
	for (size_t i = 0; i < standing->count; i++)
		count += standing->points[i].usable && standing->points[i].reporting.from < end;
	return count;
}

bool year_report_add_chart(const struct year_report *report, const struct year_item *item,
			   size_t number, struct page *page, struct error *err)
{
	char id[ID_ROOM];
	AUTO_QUERY_GRAPH struct query_graph scene = {0};
	AUTO_JUDGED_SERIES struct judged_series judged = {0};
	AUTO_TEXT struct text svg = text_with_limit(SVG_CHART_BYTES);
	const struct query_row *row = &item->row;
	struct query_series series = {row->indicator, row->area, ""};
	int32_t end = day_from_parts(report->year + 1, 1, 1);
	memcpy(series.breakdown, row->target->breakdown, sizeof series.breakdown);
	const struct series_key key = query_series_key(&series);
	if (!judge_series(&report->query->judge, &key, &judged, err))
		return false;
	/* One value is said already. */
	if (number_of_values(&judged.standing, end) < 2)
		return true;
	const char *target = row->verdict.target_value.is_set ? row->target->id : NULL;
	(void)snprintf(id, sizeof id, "chart-%zu", number);
	if (!query_graph(report->query, &series, target, &scene, err) ||
	    !year_chart_write(report->query, &scene,
			      period_index(row->indicator->frequency, end - 1), id, &svg, err))
		return false;
	page_picture(page, text_span(&svg));
	add_values(report, item, &judged, page);
	return true;
}
