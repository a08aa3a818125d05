/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/standing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How much a row says about its period: the less, the later it is looked at. */
enum worth { WORTH_USABLE, WORTH_FORECAST, WORTH_NOTHING };

/* A row that might stand, with all that decides between it and others. */
struct candidate {
	const struct observation *row;
	struct period reporting;
	enum worth worth;
	bool part;
	size_t rank; /* of its source; 0 is the best */
};

static int compare_int64(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* The latest known first, then the highest seq. */
static int compare_newest(const struct observation *a, const struct observation *b)
{
	int known = compare_int64(b->known_day, a->known_day);
	return known != 0 ? known : compare_int64(b->seq, a->seq);
}

static int compare_vintages(const void *left, const void *right)
{
	const struct observation *a = *(const struct observation *const *)left;
	const struct observation *b = *(const struct observation *const *)right;
	int order = period_compare(a->period, b->period);
	if (order == 0)
		order = strcmp(a->source, b->source);
	return order != 0 ? order : compare_newest(a, b);
}

static int compare_candidates(const void *left, const void *right)
{
	const struct candidate *a = left, *b = right;
	int order = period_compare(a->reporting, b->reporting);
	if (order == 0)
		order = (int)a->worth - (int)b->worth;
	if (order == 0)
		order = (int)a->part - (int)b->part;
	if (order == 0)
		order = (a->rank > b->rank) - (a->rank < b->rank);
	return order != 0 ? order : compare_newest(a->row, b->row);
}

static enum worth worth_of(const struct observation *row)
{
	if (row->status == OBS_MISSING || !row->has_value || !isfinite(row->value))
		return WORTH_NOTHING;
	return row->status == OBS_FORECAST ? WORTH_FORECAST : WORTH_USABLE;
}

static size_t source_rank(const struct indicator *indicator, const char *source)
{
	for (size_t i = 0; i < indicator->preference_count; i++) {
		if (strcmp(indicator->preference[i], source) == 0)
			return i;
	}
	return indicator->preference_count;
}

static bool may_stand_in(const struct indicator *indicator, struct period part,
			 struct period reporting)
{
	switch (indicator->basis) {
	case BASIS_END:
		return true;
	case BASIS_MEAN:
		return indicator->stand_in_months > 0 && part.from == reporting.from &&
		       period_months(part) >= indicator->stand_in_months;
	case BASIS_SUM:
		return false;
	}
	return false;
}

/* Fill a candidate; false when the row can stand for no reporting period. */
static bool consider(const struct indicator *indicator, const struct observation *row,
		     struct candidate *ret)
{
	struct period reporting = period_of_day(indicator->frequency, row->period.from);
	bool part = !period_equal(reporting, row->period);
	if (part && (!period_contains(reporting, row->period) ||
		     !may_stand_in(indicator, row->period, reporting)))
		return false;
	*ret = (struct candidate){.row = row,
				  .reporting = reporting,
				  .worth = worth_of(row),
				  .part = part,
				  .rank = source_rank(indicator, row->source)};
	return true;
}

/* The rows that count on the day, each period and source with its newest first. */
static size_t sort_known(const struct standing_input *input, const struct observation **ret)
{
	size_t known = 0;
	for (size_t i = 0; i < input->count; i++) {
		const struct observation *row = &input->rows[i];
		int32_t day = input->as_of.by_receipt ? input->received_days[i] : row->known_day;
		if (day <= input->as_of.day)
			ret[known++] = row;
	}
	qsort(ret, known, sizeof *ret, compare_vintages);
	return known;
}

static bool same_statement(const struct observation *a, const struct observation *b)
{
	return period_equal(a->period, b->period) && strcmp(a->source, b->source) == 0;
}

/* What is in force of each period and source, sorted so that what stands comes first. */
static size_t sort_candidates(const struct indicator *indicator,
			      const struct observation *const *known, size_t count,
			      struct candidate *ret)
{
	size_t candidates = 0;
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && same_statement(known[i - 1], known[i]))
			continue;
		if (known[i]->status == OBS_WITHDRAWN)
			continue;
		if (consider(indicator, known[i], &ret[candidates]))
			candidates++;
	}
	qsort(ret, candidates, sizeof *ret, compare_candidates);
	return candidates;
}

static size_t keep_first(const struct indicator *indicator, const struct candidate *candidates,
			 size_t count, struct standing_point *ret)
{
	size_t points = 0;
	for (size_t i = 0; i < count; i++) {
		const struct candidate *candidate = &candidates[i];
		if (i > 0 && period_equal(candidates[i - 1].reporting, candidate->reporting))
			continue;
		ret[points++] = (struct standing_point){
			.reporting = candidate->reporting,
			.row = candidate->row,
			.stand_in = candidate->part,
			.usable = candidate->worth == WORTH_USABLE,
			.time = period_time(indicator->frequency, candidate->reporting),
		};
	}
	return points;
}

bool standing_build(const struct standing_input *input, struct standing *ret, struct error *err)
{
	size_t count = input->count;
	if (count > STANDING_VINTAGES_MAX)
		return error_set(err, ERROR_LIMIT, "%zu rows of one series: more than %d", count,
				 STANDING_VINTAGES_MAX);
	AUTO_FREE const struct observation **known = calloc(count + 1, sizeof *known);
	AUTO_FREE struct candidate *candidates = calloc(count + 1, sizeof *candidates);
	AUTO_FREE struct standing_point *points = calloc(count + 1, sizeof *points);
	if (known == NULL || candidates == NULL || points == NULL)
		return error_memory(err);

	size_t left = sort_known(input, known);
	left = sort_candidates(input->indicator, known, left, candidates);
	ret->count = keep_first(input->indicator, candidates, left, points);
	ret->points = ptr_take(&points);
	return true;
}

void standing_done(struct standing *standing)
{
	free(standing->points);
	*standing = (struct standing){0};
}

size_t standing_last_usable(const struct standing *standing)
{
	for (size_t i = standing->count; i > 0; i--) {
		if (standing->points[i - 1].usable)
			return i - 1;
	}
	return standing->count;
}
