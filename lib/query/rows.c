/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/rows.h"

#include <stdlib.h>

#include "base/unicode.h"

void query_rows_done(struct query_rows *rows)
{
	free(rows->items);
	acks_done(&rows->acks);
	*rows = (struct query_rows){0};
}

bool query_is_unknown(enum assess_state state)
{
	return state == STATE_INSUFFICIENT_DATA || state == STATE_NO_DATA ||
	       state == STATE_NOT_ASSESSABLE;
}

struct query_counts query_rows_count(const struct query_rows *rows)
{
	struct query_counts counts = {0};
	for (size_t i = 0; i < rows->count; i++) {
		enum assess_state state = rows->items[i].verdict.state;
		counts.by_state[state]++;
		counts.unknown += query_is_unknown(state);
	}
	return counts;
}

const struct area *query_rows_area(const struct query_rows *rows)
{
	const struct area *area = rows->count > 0 ? rows->items[0].area : NULL;
	for (size_t i = 1; i < rows->count; i++)
		if (rows->items[i].area != area)
			return NULL;
	return area;
}

struct reading {
	const struct query *query;
	const struct query_filter *filter;
	const struct acks *acks;
	bool has_state;
	enum assess_state state;
	query_row_fn *take;
	void *self;
};

static bool passes(const struct reading *reading, const struct judged_target *judged)
{
	int year = day_parts(target_due(judged->target)).year;
	return query_is_adopted(reading->query, judged->act) &&
	       (reading->filter->due_year == 0 || reading->filter->due_year == year) &&
	       (!reading->has_state || reading->state == judged->verdict.state);
}

static struct measure first_value(const struct standing *standing)
{
	size_t i = 0;
	while (i < standing->count && !standing->points[i].usable)
		i++;
	return i < standing->count ? measure_of(standing->points[i].row->value)
				   : (struct measure){0};
}

static bool take(void *self, const struct judged_target *judged, struct error *err)
{
	struct reading *reading = self;
	if (!passes(reading, judged))
		return true;
	struct query_row row = {
		.target = judged->target,
		.area = judged->area,
		.indicator = judged->indicator,
		.act = judged->act,
		.verdict = judged->verdict,
		.ack = acks_find(reading->acks, judged->target->id, judged->area->id,
				 judged->verdict.state),
	};
	row.computed = judged->computed;
	row.total = judged->total;
	if (judged->series != NULL)
		row.first = first_value(&judged->series->standing);
	if (judged->verdict.has_point) {
		row.row = *judged->deciding;
		row.reporting = judged->reporting;
		row.stand_in = judged->stand_in;
	}
	return reading->take(reading->self, &row, err);
}

static bool keep(void *self, const struct query_row *row, struct error *err)
{
	struct query_rows *rows = self;
	if (!array_grow(&rows->items, &rows->room, rows->count, sizeof *rows->items, QUERY_ROWS_MAX,
			"targets in one answer", err))
		return false;
	rows->items[rows->count++] = *row;
	return true;
}

/* ERROR_NOT_FOUND unless the id is NULL or that of an act or target. */
static bool check_id(const char *what, const char *id, bool is_known, const char *nearest,
		     struct error *err)
{
	if (id == NULL || is_known)
		return true;
	if (nearest != NULL)
		return error_set(err, ERROR_NOT_FOUND,
				 "%s '%s' is not in the catalogue; did you mean '%s'?", what, id,
				 nearest);
	return error_set(err, ERROR_NOT_FOUND, "%s '%s' is not in the catalogue", what, id);
}

static bool check_target(const struct catalogue *catalogue, const char *id, struct error *err)
{
	if (id == NULL || catalogue_target(catalogue, span_of(id)) != NULL)
		return true;
	AUTO_FREE const char **ids = calloc(catalogue->target_count + 1, sizeof *ids);
	if (ids == NULL)
		return error_memory(err);
	for (size_t i = 0; i < catalogue->target_count; i++)
		ids[i] = catalogue->targets[i].id;
	return check_id("target", id, false,
			unicode_nearest(span_of(id), ids, catalogue->target_count), err);
}

static bool check_act(const struct catalogue *catalogue, const char *id, struct error *err)
{
	if (id == NULL || catalogue_act(catalogue, span_of(id)) != NULL)
		return true;
	AUTO_FREE const char **ids = calloc(catalogue->act_count + 1, sizeof *ids);
	if (ids == NULL)
		return error_memory(err);
	for (size_t i = 0; i < catalogue->act_count; i++)
		ids[i] = catalogue->acts[i].id;
	return check_id("act", id, false, unicode_nearest(span_of(id), ids, catalogue->act_count),
			err);
}

/* Judge what passes reading->filter. */
static bool read_each(struct reading *reading, struct error *err)
{
	const struct query *query = reading->query;
	const struct query_filter *filter = reading->filter;
	const struct catalogue *catalogue = query->judge.catalogue;
	const struct indicator *indicator = NULL;
	const struct area *area = NULL;
	char breakdown[BREAKDOWN_BYTES] = "";
	if ((filter->indicator != NULL &&
	     !query_find_indicator(query, filter->indicator, &indicator, err)) ||
	    (filter->area != NULL && !query_find_area(query, filter->area, &area, err)) ||
	    (filter->breakdown != NULL &&
	     !breakdown_normalise(span_of(filter->breakdown), breakdown, err)) ||
	    !check_target(catalogue, filter->target, err) ||
	    !check_act(catalogue, filter->act, err))
		return false;
	reading->has_state = filter->state != NULL;
	if (reading->has_state && !assess_state_parse(span_of(filter->state), &reading->state, err))
		return false;
	const struct judge_filter which = {
		.indicator = indicator ? indicator->id : NULL,
		.breakdown = filter->breakdown ? breakdown : NULL,
		.area = area ? area->id : NULL,
		.target = filter->target,
		.act = filter->act,
		.all = filter->all,
	};
	return filter->is_latest ? judge_each_latest(&query->judge, &which, take, reading, err)
				 : judge_each(&query->judge, &which, take, reading, err);
}

bool query_rows_each(const struct query *query, const struct query_filter *filter,
		     query_row_fn *take_row, void *self, struct error *err)
{
	AUTO_ACKS struct acks acks = {0};
	struct reading reading = {
		.query = query, .filter = filter, .acks = &acks, .take = take_row, .self = self};
	return acks_read(&query->judge, &acks, err) && read_each(&reading, err);
}

bool query_rows_read(const struct query *query, const struct query_filter *filter,
		     struct query_rows *ret, struct error *err)
{
	AUTO_QUERY_ROWS struct query_rows rows = {0};
	struct reading reading = {
		.query = query, .filter = filter, .acks = &rows.acks, .take = keep, .self = &rows};
	if (!acks_read(&query->judge, &rows.acks, err) || !read_each(&reading, err))
		return false;
	*ret = rows;
	rows = (struct query_rows){0};
	return true;
}
