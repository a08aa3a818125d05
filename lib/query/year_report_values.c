/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/year_report_values.h"

#include "assess/series.h"

enum { YEAR_MONTHS = 12 };

static struct period year_of(int year)
{
	return (struct period){day_from_parts(year, 1, 1), day_from_parts(year + 1, 1, 1)};
}

static struct year_value value_of_point(const struct standing_point *point)
{
	return (struct year_value){
		.is_set = true,
		.row = *point->row,
		.stand_in = point->stand_in,
		.period = point->row->period,
	};
}

/* Of a whole period, made from its parts where they are shorter. */
static struct year_value value_of_period(const struct judged_series *series, struct period period)
{
	struct period_value found;
	if (!series_value(series->indicator, &series->standing, period, &found))
		return (struct year_value){0};
	struct year_value value = value_of_point(&series->standing.points[found.point]);
	if (value.row.value != found.value) {
		value.row.value = found.value;
		value.period = period;
		value.row.qualifier = QUALIFIER_NONE;
		value.row.has_num = value.row.has_den = false;
	}
	return value;
}

static bool is_made_of_parts(const struct indicator *indicator)
{
	return indicator->frequency != FREQUENCY_YEAR && indicator->basis != BASIS_END;
}

/* The last value of a period that had ended on the day. */
static struct year_value value_by(const struct judged_series *series, int32_t day)
{
	const struct standing *standing = &series->standing;
	if (is_made_of_parts(series->indicator)) {
		int year = day_parts(day + 1).year - 1;
		return value_of_period(series, year_of(year));
	}
	for (size_t i = standing->count; i > 0; i--) {
		const struct standing_point *point = &standing->points[i - 1];
		if (point->usable && point->row->period.to <= day + 1)
			return value_of_point(point);
	}
	return (struct year_value){0};
}

/* A baseline that the act prints has no row. */
static struct year_value printed_baseline(const struct query_row *row)
{
	const struct target *target = row->target;
	return (struct year_value){
		.is_set = true,
		.row = {.has_value = true,
			.value = row->verdict.base_value.value,
			.decimals = -1,
			.status = OBS_NORMAL},
		.period = target->base_period,
	};
}

static void add_start(const struct judged_series *series, struct year_item *item)
{
	const struct query_row *row = &item->row;
	const struct target *target = row->target;
	bool names_period = target->base_period.from != target->base_period.to;
	item->is_baseline = row->verdict.base_value.is_set && (target->has_base || names_period);
	if (item->is_baseline && target->has_base)
		item->start = printed_baseline(row);
	else if (item->is_baseline)
		item->start = value_of_period(series, target->base_period);
	else if (row->act != NULL && row->act->adopted != DAY_NONE)
		item->start = value_by(series, row->act->adopted);
}

/* Is there no break between the start and the deciding value? */
static bool joins(const struct year_report *report, const struct judged_series *series,
		  const struct year_item *item)
{
	const struct series_place place = {
		.catalogue = report->query->judge.catalogue,
		.indicator = series->indicator,
		.area = item->row.area->id,
	};
	const struct standing_point *before = NULL;
	bool is_printed = item->is_baseline && item->row.target->has_base;
	if (!item->start.is_set || !item->row.verdict.has_point || is_printed)
		return true;
	for (size_t i = 0; i <= item->row.verdict.point; i++) {
		const struct standing_point *point = &series->standing.points[i];
		if (!point->usable)
			continue;
		bool is_on_the_way =
			before != NULL && point->reporting.from >= item->start.period.to;
		if (is_on_the_way && series_breaks(&place, before, point))
			return false;
		before = point;
	}
	return true;
}

/* The same period a year before; from == to when it is not of whole months. */
static struct period year_before(struct period period)
{
	if (period_months(period) == 0)
		return (struct period){0};
	struct day_parts from = day_parts(period.from), to = day_parts(period.to);
	return (struct period){day_from_parts(from.year - 1, from.month, from.day),
			       day_from_parts(to.year - 1, to.month, to.day)};
}

/* What one publisher has in force for exactly this period, the wished one before others. */
struct search {
	const struct year_report *report;
	const struct judged_series *series;
	struct period period;
	const char *wished;
	const struct observation *found;
};

static bool counts(const struct search *search, size_t at)
{
	const struct as_of *as_of = &search->report->query->judge.as_of;
	const struct judged_series *series = search->series;
	int32_t day =
		as_of->by_receipt ? series->received_days[at] : series->vintages.rows[at].known_day;
	return day <= as_of->day && period_equal(series->vintages.rows[at].period, search->period);
}

static void settle(struct search *search, const struct observation *row)
{
	if (row == NULL || row->status == OBS_WITHDRAWN || row->status == OBS_FORECAST ||
	    !row->has_value)
		return;
	if (search->found == NULL || strcmp(row->source, search->wished) == 0)
		search->found = row;
}

/* Rows come by period, source and known day: the last of a source is in force. */
static struct year_value find_row(struct search *search)
{
	const struct vintages *vintages = &search->series->vintages;
	const struct observation *last = NULL;
	for (size_t i = 0; i < vintages->count; i++) {
		const struct observation *row = &vintages->rows[i];
		if (!counts(search, i))
			continue;
		if (last != NULL && strcmp(last->source, row->source) != 0)
			settle(search, last);
		last = row;
	}
	settle(search, last);
	if (search->found == NULL)
		return (struct year_value){0};
	return (struct year_value){true, *search->found, false, search->found->period};
}

static struct year_value value_exactly(const struct year_report *report,
				       const struct judged_series *series, struct period period,
				       const char *wished)
{
	struct search search = {report, series, period, wished, NULL};
	return find_row(&search);
}

/* The longest part of the year from its first day on that somebody has published. */
static struct year_value latest_part(const struct year_report *report,
				     const struct judged_series *series)
{
	int year = report->year;
	for (int month = YEAR_MONTHS; month > 1; month--) {
		const struct period part = {day_from_parts(year, 1, 1),
					    day_from_parts(year, month, 1)};
		struct year_value value = value_exactly(report, series, part, "");
		if (value.is_set)
			return value;
	}
	return (struct year_value){0};
}

static bool is_in_year(const struct year_report *report, struct period period)
{
	return period_contains(year_of(report->year), period);
}

static void add_parts(const struct year_report *report, const struct judged_series *series,
		      struct year_item *item)
{
	const struct query_row *row = &item->row;
	bool has_value = row->verdict.has_point && is_in_year(report, row->row.period);
	if (has_value && period_equal(row->row.period, year_of(report->year)))
		return;
	if (has_value)
		item->part = (struct year_value){true, row->row, row->stand_in, row->row.period};
	else
		item->part = latest_part(report, series);
	struct period before = year_before(item->part.period);
	if (item->part.is_set && before.from != before.to)
		item->same_part = value_exactly(report, series, before, item->part.row.source);
}

static void add_completion(struct year_item *item)
{
	const struct query_row *row = &item->row;
	const struct measure start = {item->start.is_set && item->joins, item->start.row.value};
	/* A value that is not younger than the start says nothing about what was done since. */
	bool is_kept = row->target->op == TARGET_KEEP;
	bool is_old = !is_kept && item->start.is_set && row->verdict.has_point &&
		      row->row.period.to <= item->start.period.to &&
		      row->verdict.state != STATE_MET;
	if (is_old)
		return;
	const struct completion_input input = {
		.sense = target_sense(row->target, row->indicator),
		.is_met = row->verdict.state == STATE_MET,
		.start = start,
		.now = row->verdict.value,
		.target = row->verdict.target_value,
		.is_kept = is_kept,
	};
	item->completion = assess_completion(&input);
}

void year_item_add_values(const struct year_report *report, const struct judged_series *series,
			  struct year_item *item)
{
	add_start(series, item);
	item->joins = joins(report, series, item);
	item->last_year = value_of_period(series, year_of(report->year - 1));
	add_parts(report, series, item);
	add_completion(item);
}
