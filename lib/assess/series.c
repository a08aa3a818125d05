/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/series.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"

/* The first point at or after `from` whose reporting period ends after the day. */
static size_t find_day(const struct standing *standing, int32_t day)
{
	size_t low = 0, high = standing->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (standing->points[middle].reporting.to <= day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

double series_time(const struct indicator *indicator, int32_t day)
{
	return period_time(indicator->frequency, period_of_day(indicator->frequency, day));
}

static bool is_official(const struct standing_point *point)
{
	return point->row->status == OBS_NORMAL && !point->stand_in;
}

static bool value_at_day(const struct standing *standing, int32_t day, struct period_value *ret)
{
	size_t index = find_day(standing, day);
	if (index == standing->count)
		return false;
	const struct standing_point *point = &standing->points[index];
	if (point->reporting.from > day || !point->usable)
		return false;
	*ret = (struct period_value){
		.value = point->row->value, .point = index, .official = is_official(point)};
	return true;
}

/* Weeks belong to the year of their Thursday; other periods lie within it anyway. */
static struct period align(enum frequency frequency, struct period period)
{
	if (frequency != FREQUENCY_WEEK)
		return period;
	return (struct period){period_of_day(FREQUENCY_WEEK, period.from + 3).from,
			       period_of_day(FREQUENCY_WEEK, period.to + 3).from};
}

/* Mean or sum of every reporting period of a longer one; false when one is missing. */
static bool total_of(const struct standing *standing, struct period period, bool mean,
		     struct period_value *ret)
{
	double sum = 0;
	bool official = true;
	int32_t covered = period.from;
	size_t first = find_day(standing, period.from), i = first;
	for (; i < standing->count && covered < period.to; i++) {
		const struct standing_point *point = &standing->points[i];
		if (point->reporting.from != covered || !point->usable)
			return false;
		sum += point->row->value;
		official = official && is_official(point);
		covered = point->reporting.to;
	}
	if (covered != period.to || i == first)
		return false;
	double value = mean ? sum / (double)(i - first) : sum;
	*ret = (struct period_value){
		.value = number_round15(value), .point = i - 1, .official = official};
	return true;
}

/* Is the period one reporting period or a part of one? */
static bool is_within_one(const struct indicator *indicator, struct period period)
{
	return period_contains(period_of_day(indicator->frequency, period.from), period);
}

bool series_value(const struct indicator *indicator, const struct standing *standing,
		  struct period period, struct period_value *ret)
{
	if (is_within_one(indicator, period))
		return value_at_day(standing, period.from, ret);
	struct period whole = align(indicator->frequency, period);
	if (indicator->basis != BASIS_END)
		return total_of(standing, whole, indicator->basis == BASIS_MEAN, ret);
	struct period_value last;
	if (!value_at_day(standing, whole.to - 1, &last) ||
	    standing->points[last.point].reporting.to != whole.to)
		return false;
	*ret = last;
	return true;
}

static bool first_usable_from(const struct standing *standing, int32_t day,
			      struct period_value *ret)
{
	for (size_t i = find_day(standing, day); i < standing->count; i++) {
		const struct standing_point *point = &standing->points[i];
		if (point->reporting.from >= day && point->usable)
			return value_at_day(standing, point->reporting.from, ret);
	}
	return false;
}

bool series_later_value(const struct indicator *indicator, const struct standing *standing,
			struct period period, struct period_value *ret)
{
	if (standing->count == 0)
		return false;
	if (is_within_one(indicator, period))
		return first_usable_from(standing,
					 period_of_day(indicator->frequency, period.from).to, ret);
	if (indicator->basis == BASIS_END)
		return first_usable_from(standing, align(indicator->frequency, period).to, ret);
	int32_t end = standing->points[standing->count - 1].reporting.to;
	struct period later = period_step(period, 1);
	for (; later.from < end; later = period_step(later, 1)) {
		if (series_value(indicator, standing, later, ret))
			return true;
	}
	return false;
}

bool series_breaks(const struct series_place *place, const struct standing_point *before,
		   const struct standing_point *after)
{
	if (after->row->is_break)
		return true;
	int32_t from = period_last_day(before->row->period);
	int32_t to = period_last_day(after->row->period);
	const char *sources[] = {before->row->source, after->row->source};
	for (size_t i = 0; i < COUNT_OF(sources); i++) {
		if (catalogue_breaks_between(place->catalogue, place->indicator->id, place->area,
					     sources[i], from, to))
			return true;
	}
	return false;
}

/* Does the catalogue know any break of this indicator? */
static bool has_breaks(const struct series_place *place)
{
	for (size_t i = 0; i < place->catalogue->break_count; i++)
		if (strcmp(place->catalogue->breaks[i].indicator, place->indicator->id) == 0)
			return true;
	return false;
}

/* Where the run that ends with the last usable point begins. */
static size_t find_run(const struct series_place *place, const struct standing *standing,
		       size_t last)
{
	size_t first = last;
	bool is_broken = has_breaks(place);
	for (size_t i = last; i > 0; i--) {
		const struct standing_point *point = &standing->points[i - 1];
		const struct standing_point *next = &standing->points[first];
		if (!point->usable)
			continue;
		if (next->row->is_break || (is_broken && series_breaks(place, point, next)))
			break;
		first = i - 1;
	}
	return first;
}

static void add_value(struct yearly *yearly, const struct standing *run,
		      const struct period_value *value)
{
	yearly->times[yearly->count] = run->points[value->point].time;
	yearly->values[yearly->count] = value->value;
	yearly->points[yearly->count] = yearly->first + value->point;
	yearly->count++;
}

static int year_of(struct period period)
{
	return day_parts(period.from + (period.to - period.from) / 2).year;
}

/* Every year's last period; in the last year of the run the latest. */
static void add_ends(struct yearly *yearly, const struct standing *run)
{
	for (size_t i = 0; i < run->count; i++) {
		struct period reporting = run->points[i].reporting;
		bool ends_year = year_of(period_step(reporting, 1)) != year_of(reporting);
		struct period_value value;
		if ((ends_year || i + 1 == run->count) && value_at_day(run, reporting.from, &value))
			add_value(yearly, run, &value);
	}
}

/* The judged months in another year; the whole year when they are not some months of one. */
static struct period in_year(struct period judged, int year)
{
	struct day_parts from = day_parts(judged.from);
	int months = period_months(judged);
	bool is_part = months > 0 && from.month + months <= 13;
	int first = is_part ? from.month : 1, after = first + (is_part ? months : 12);
	return (struct period){day_from_parts(year, first, 1),
			       after > 12 ? day_from_parts(year + 1, 1, 1)
					  : day_from_parts(year, after, 1)};
}

static void add_totals(struct yearly *yearly, const struct series_place *place,
		       const struct standing *run)
{
	int last = year_of(run->points[run->count - 1].reporting);
	for (int year = year_of(run->points[0].reporting); year <= last; year++) {
		struct period_value value;
		if (series_value(place->indicator, run, in_year(place->judged, year), &value))
			add_value(yearly, run, &value);
	}
}

static void add_points(struct yearly *yearly, const struct standing *run)
{
	for (size_t i = 0; i < run->count; i++) {
		const struct standing_point *point = &run->points[i];
		const struct period_value value = {
			.value = point->row->value, .point = i, .official = is_official(point)};
		if (point->usable)
			add_value(yearly, run, &value);
	}
}

static bool reserve(struct yearly *yearly, size_t count)
{
	yearly->times = calloc(count + 1, sizeof *yearly->times);
	yearly->values = calloc(count + 1, sizeof *yearly->values);
	yearly->points = calloc(count + 1, sizeof *yearly->points);
	return yearly->times != NULL && yearly->values != NULL && yearly->points != NULL;
}

bool yearly_build(const struct series_place *place, const struct standing *standing,
		  struct yearly *ret, struct error *err)
{
	AUTO_YEARLY struct yearly yearly = {0};
	size_t last = standing_last_usable(standing);
	bool is_empty = last == standing->count;
	if (!is_empty)
		yearly.first = find_run(place, standing, last);
	size_t count = is_empty ? 0 : last + 1 - yearly.first;
	if (!reserve(&yearly, count))
		return error_memory(err);
	for (size_t i = 0; i < yearly.first; i++)
		yearly.left_out += standing->points[i].usable;

	struct standing run = {standing->points + yearly.first, count};
	if (is_empty)
		yearly.count = 0;
	else if (place->indicator->frequency == FREQUENCY_YEAR)
		add_points(&yearly, &run);
	else if (place->indicator->basis == BASIS_END)
		add_ends(&yearly, &run);
	else
		add_totals(&yearly, place, &run);
	*ret = yearly;
	yearly = (struct yearly){0};
	return true;
}

void yearly_done(struct yearly *yearly)
{
	free(yearly->times);
	free(yearly->values);
	free(yearly->points);
	*yearly = (struct yearly){0};
}
