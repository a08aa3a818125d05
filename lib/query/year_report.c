/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/year_report.h"

#include <stdlib.h>

#include "base/unicode.h"
#include "judge/items.h"
#include "query/name_order.h"
#include "query/year_report_values.h"

void year_report_done(struct year_report *report)
{
	free(report->own.items);
	free(report->members.items);
	acks_done(&report->acks);
	notes_done(&report->notes);
	*report = (struct year_report){0};
}

static int32_t year_end(const struct year_report *report)
{
	return day_from_parts(report->year + 1, 1, 1);
}

/* The last day of the year, unless the question is of an earlier one. */
static int32_t day_in_year(const struct year_report *report)
{
	int32_t today = report->query->judge.as_of.day;
	int32_t last = year_end(report) - 1;
	return today < last ? today : last;
}

/* Which day judges: that of the question, but not so late that the figures of the year after would
 * be missed. */
static int32_t judging_day(const struct year_report *report, const struct indicator *indicator)
{
	int32_t today = report->query->judge.as_of.day;
	int32_t in_by_then = year_end(report) + indicator->release_lag_days + 1;
	int32_t next_end = day_from_parts(report->year + 1, 12, 31);
	int32_t last = in_by_then < next_end ? in_by_then : next_end;
	return today < last ? today : last;
}

static bool is_wanted(const struct year_report *report, const struct judge_item *item)
{
	bool is_reference = item->act != NULL && item->act->reference;
	return judge_in_force(report->query->judge.catalogue, item->target, day_in_year(report)) &&
	       day_parts(target_due(item->target)).year >= report->year &&
	       (!is_reference || report->act != NULL);
}

/* The series without what lies after the year; borrows. */
static struct judged_series cut(const struct year_report *report,
				const struct judged_series *series)
{
	struct judged_series shorter = *series;
	struct standing *standing = &shorter.standing;
	while (standing->count > 0 &&
	       standing->points[standing->count - 1].reporting.from >= year_end(report))
		standing->count--;
	while (shorter.totals.count > 0 &&
	       shorter.totals.items[shorter.totals.count - 1].period.from >= year_end(report))
		shorter.totals.count--;
	return shorter;
}

static struct measure first_value(const struct standing *standing)
{
	for (size_t i = 0; i < standing->count; i++)
		if (standing->points[i].usable)
			return measure_of(standing->points[i].row->value);
	return (struct measure){0};
}

static bool judge_one(const struct year_report *report, const struct judge_item *item,
		      const struct judged_series *whole, struct year_item *ret, struct error *err)
{
	const struct judged_series series = cut(report, whole);
	struct judge judge = report->query->judge;
	struct query_row *row = &ret->row;
	judge.as_of.day = judging_day(report, item->indicator);
	*ret = (struct year_item){.row = {.target = item->target,
					  .area = item->area,
					  .indicator = item->indicator,
					  .act = item->act,
					  .first = first_value(&series.standing)}};
	if (!judge_target(&judge, &series, item->target, item->area, &row->verdict, err))
		return false;
	row->ack = acks_find(&report->acks, item->target->id, item->area->id, row->verdict.state);
	judge_total_of(&series, item->target, &row->verdict, &row->total, &row->computed);
	if (row->verdict.has_point) {
		const struct standing_point *point = &series.standing.points[row->verdict.point];
		row->row = *point->row;
		row->reporting = point->reporting;
		row->stand_in = point->stand_in;
	}
	year_item_add_values(report, &series, ret);
	return true;
}

static bool keep(struct year_items *items, const struct year_item *item, struct error *err)
{
	if (!array_grow(&items->items, &items->room, items->count, sizeof *items->items,
			QUERY_ROWS_MAX, "targets in one answer", err))
		return false;
	items->items[items->count++] = *item;
	return true;
}

/* Is the target one of the area, or one of an area within it? */
static struct year_items *place_of(struct year_report *report, const struct judge_item *item)
{
	if (item->area == report->area)
		return &report->own;
	bool is_within = catalogue_is_member(report->query->judge.catalogue, item->area->id,
					     report->area->id, day_in_year(report));
	return is_within ? &report->members : NULL;
}

struct from {
	const char *area;
};

static bool differs(void *self, const struct area_change *change)
{
	const struct from *from = self;
	return strcmp(change->from, from->area) != 0;
}

/* Targets never move to another territory; where they stayed behind that is said. */
static void note_before(struct year_report *report, const struct judge_item *item)
{
	const struct catalogue *catalogue = report->query->judge.catalogue;
	struct from from = {item->area->id};
	size_t i = 0;
	while (i < report->before_count && report->before[i] != item->area)
		i++;
	bool is_known = i < report->before_count || i == YEAR_REPORT_BEFORE_MAX;
	if (!is_known && item->area->valid_to != DAY_NONE &&
	    !area_predecessors(catalogue, report->area->id, differs, &from))
		report->before[report->before_count++] = item->area;
}

static bool judge_all(struct year_report *report, const struct judge_items *found,
		      struct error *err)
{
	AUTO_JUDGED_SERIES struct judged_series series = {0};
	const struct judge_item *before = NULL;
	for (size_t i = 0; i < found->count; i++) {
		const struct judge_item *item = &found->items[i];
		const struct series_key key = judge_item_series(item);
		struct year_item judged;
		if (!is_wanted(report, item))
			continue;
		struct year_items *place = place_of(report, item);
		if (place != &report->own)
			note_before(report, item);
		if (place == NULL)
			continue;
		bool is_read = before != NULL && judge_items_share(before, item);
		if (!is_read && !judge_series(&report->query->judge, &key, &series, err))
			return false;
		before = item;
		if (!judge_one(report, item, &series, &judged, err) || !keep(place, &judged, err))
			return false;
	}
	return true;
}

bool year_item_needs_care(const struct year_item *item)
{
	enum assess_state state = item->row.verdict.state;
	return state != STATE_MET && state != STATE_ON_TRACK;
}

/* What is bad, then what is not known, then what is well. */
static int rank_of(const struct year_item *item)
{
	enum assess_state state = item->row.verdict.state;
	int rank = assess_state_rank(state);
	return state == STATE_MET || state == STATE_ON_TRACK
		       ? rank + assess_state_rank(STATE_NOT_ASSESSABLE) + 1
		       : rank;
}

static int compare(const void *left, const void *right)
{
	const struct year_item *a = left, *b = right;
	const struct measure *share_a = &a->completion.share, *share_b = &b->completion.share;
	int order = rank_of(a) - rank_of(b);
	if (order != 0)
		return order;
	if (share_a->is_set && share_b->is_set && share_a->value != share_b->value)
		return share_a->value < share_b->value ? -1 : 1;
	order = strcmp(a->row.indicator->id, b->row.indicator->id);
	if (order == 0 && a->row.area != b->row.area)
		order = a->place < b->place ? -1 : 1;
	if (order == 0)
		order = (a->row.target->period.to > b->row.target->period.to) -
			(a->row.target->period.to < b->row.target->period.to);
	return order != 0 ? order : strcmp(a->row.target->id, b->row.target->id);
}

struct named_items {
	const struct query *query;
	const struct year_items *items;
};

static const char *name_at(const void *self, size_t at)
{
	const struct named_items *named = self;
	const struct area *area = named->items->items[at].row.area;
	return query_name(named->query, area->name, area->name_vi);
}

static bool sort(const struct query *query, struct year_items *items, struct error *err)
{
	const struct named_items named = {query, items};
	AUTO_FREE size_t *order = NULL;
	if (!name_order(&named, items->count, name_at, &order, err))
		return error_within(err, "names of areas");
	for (size_t i = 0; i < items->count; i++)
		items->items[order[i]].place = i;
	if (items->count > 0)
		qsort(items->items, items->count, sizeof *items->items, compare);
	return true;
}

static bool find_act(const struct query *query, const char *id, const struct act **ret,
		     struct error *err)
{
	if (id == NULL)
		return true;
	*ret = catalogue_act(query->judge.catalogue, span_of(id));
	return *ret != NULL ||
	       error_set(err, ERROR_NOT_FOUND, "act '%s' is not in the catalogue", id);
}

static bool find_all(struct year_report *report, struct error *err)
{
	AUTO_JUDGE_ITEMS struct judge_items found = {0};
	const struct judge *judge = &report->query->judge;
	const struct judge_filter filter = {.act = report->act ? report->act->id : NULL,
					    .all = true};
	if (!acks_read(judge, &report->acks, err) || !notes_read(judge, &report->notes, err) ||
	    !judge_items_find(judge->catalogue, &filter, judge->as_of.day, &found, err) ||
	    !judge_all(report, &found, err))
		return false;
	return sort(report->query, &report->own, err) && sort(report->query, &report->members, err);
}

/* On the day, or in the year that was asked for. */
static bool find_area(const struct query *query, const struct year_question *question,
		      const struct area **ret, struct error *err)
{
	const struct period year = {day_from_parts(question->year, 1, 1),
				    day_from_parts(question->year + 1, 1, 1)};
	return question->year == 0 ? query_find_area(query, question->area, ret, err)
				   : query_find_area_in(query, question->area, year, ret, err);
}

bool year_report_read(const struct query *query, const struct year_question *question,
		      struct year_report *ret, struct error *err)
{
	int this_year = day_parts(query->judge.as_of.day).year;
	AUTO_YEAR_REPORT
	struct year_report report = {.query = query,
				     .year = question->year ? question->year : this_year};
	if (question->area == NULL)
		return error_set(err, ERROR_INPUT, "--area is needed");
	if (report.year > this_year)
		return error_set(err, ERROR_INPUT, "the year %d has not begun on that day",
				 report.year);
	if (!find_area(query, question, &report.area, err) ||
	    !find_act(query, question->act, &report.act, err) || !find_all(&report, err))
		return false;
	*ret = report;
	report = (struct year_report){0};
	return true;
}

struct year_counts year_report_count(const struct year_items *items)
{
	struct year_counts counts = {.all = (long)items->count};
	for (size_t i = 0; i < items->count; i++) {
		const struct query_row *row = &items->items[i].row;
		enum assess_state state = row->verdict.state;
		bool is_estimate = row->stand_in || row->row.status == OBS_ESTIMATED ||
				   row->row.status == OBS_PROVISIONAL;
		counts.by_state[state]++;
		counts.met += state == STATE_MET;
		counts.exceeded += state == STATE_MET && row->verdict.exceeded;
		counts.unknown += query_is_unknown(state);
		counts.estimates += row->verdict.has_point && is_estimate;
	}
	return counts;
}

const struct note *year_report_note(const struct year_report *report, const struct year_item *item,
				    size_t *at)
{
	const struct target *target = item->row.target;
	const struct note_subject subject = {
		{target->indicator, target->breakdown, item->row.area->id},
		target->id,
		report->year,
	};
	return notes_next(&report->notes, &subject, at);
}
