/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/lint.h"

#include <stdlib.h>

enum { SAME_LENGTH_DAYS = 3 };

void lint_watch_done(struct lint_watch *watch)
{
	vintages_done(&watch->near);
	vintages_done(&watch->gone);
	text_done(&watch->warning);
}

static bool is_same_series(const struct series *a, const struct series *b)
{
	return strcmp(a->area, b->area) == 0 && strcmp(a->indicator, b->indicator) == 0 &&
	       strcmp(a->breakdown, b->breakdown) == 0;
}

static bool concerns(const struct catalogue *catalogue, const struct target *target,
		     const struct series *series)
{
	if (strcmp(target->indicator, series->indicator) != 0 ||
	    strcmp(target->breakdown, series->breakdown) != 0)
		return false;
	const struct area *area = catalogue_area(catalogue, span_of(series->area));
	return area != NULL && catalogue_target_has_area(catalogue, target, area);
}

static void find_targets(struct lint_watch *watch)
{
	const struct catalogue *catalogue = watch->intake->apply.catalogue;
	watch->target_count = 0;
	for (size_t i = 0; i < catalogue->target_count; i++) {
		if (watch->target_count < LINT_TARGETS_MAX &&
		    concerns(catalogue, &catalogue->targets[i], &watch->series))
			watch->targets[watch->target_count++] = &catalogue->targets[i];
	}
}

static bool is_same_key(const struct observation *a, const struct observation *b)
{
	return period_equal(a->period, b->period) && strcmp(a->source, b->source) == 0;
}

static bool note_gone(struct vintages *gone, const struct observation *row, struct error *err)
{
	if (!array_grow(&gone->rows, &gone->room, gone->count, sizeof *gone->rows, VINTAGES_MAX,
			"rows of a series", err))
		return false;
	gone->rows[gone->count++] = *row;
	return true;
}

/* Of each period and source only the last row: near if it has a value, gone if it withdraws. */
static bool keep_in_force(struct vintages *near, struct vintages *gone, struct error *err)
{
	size_t kept = 0;
	for (size_t i = 0; i < near->count; i++) {
		const struct observation *row = &near->rows[i];
		bool is_last = i + 1 == near->count || !is_same_key(row, &near->rows[i + 1]);
		if (is_last && row->status == OBS_WITHDRAWN && !note_gone(gone, row, err))
			return false;
		if (is_last && row->has_value)
			near->rows[kept++] = *row;
	}
	near->count = kept;
	return true;
}

/* Read the series from shortly before this row on: once for all rows of a run, which ascend. */
static bool enter_series(struct lint_watch *watch, const struct series *series,
			 const struct observation *obs, struct error *err)
{
	int32_t since = log_look_since(obs->period);
	bool is_same = watch->has_series && is_same_series(&watch->series, series);
	if (is_same && (since >= watch->since || series->id == 0))
		return true;
	watch->series = *series;
	watch->has_series = true;
	watch->since = since;
	watch->near.count = 0;
	watch->gone.count = 0;
	if (!is_same) {
		find_targets(watch);
		watch->area = catalogue_area(watch->intake->apply.catalogue, span_of(series->area));
	}
	if (series->id != 0 &&
	    !vintages_read_since(watch->intake->apply.ledger, series->id, since, &watch->near, err))
		return false;
	return keep_in_force(&watch->near, &watch->gone, err);
}

static int compare_keys(const struct observation *a, const struct observation *b)
{
	int order = period_compare(a->period, b->period);
	return order != 0 ? order : strcmp(a->source, b->source);
}

/* Where the row belongs; rows come sorted, so mostly at the end. */
static size_t find_place(const struct vintages *near, const struct observation *obs)
{
	size_t at = near->count;
	while (at > 0 && compare_keys(&near->rows[at - 1], obs) >= 0)
		at--;
	return at;
}

/* From now on it is a neighbour of those that follow. */
static bool note(struct lint_watch *watch, size_t at, const struct observation *obs,
		 struct error *err)
{
	struct vintages *near = &watch->near;
	if (!obs->has_value)
		return true;
	if (at < near->count && is_same_key(&near->rows[at], obs)) {
		near->rows[at] = *obs;
		return true;
	}
	if (!array_grow(&near->rows, &near->room, near->count, sizeof *near->rows, VINTAGES_MAX,
			"rows of a series", err))
		return false;
	memmove(&near->rows[at + 1], &near->rows[at], (near->count - at) * sizeof *near->rows);
	near->rows[at] = *obs;
	near->count++;
	return true;
}

static struct lint_value value_of(const struct observation *row)
{
	return (struct lint_value){row->period, row->value, row->has_num && row->has_den, row->num,
				   row->den};
}

static bool is_of_length(const struct observation *row, const struct observation *obs)
{
	int32_t difference =
		(row->period.to - row->period.from) - (obs->period.to - obs->period.from);
	return difference <= SAME_LENGTH_DAYS && difference >= -SAME_LENGTH_DAYS &&
	       !period_equal(row->period, obs->period);
}

/* Take one of another period; of two publishers that of the figure itself. */
static bool take_near(const struct observation *row, const struct observation *obs,
		      struct lint_value values[LINT_NEAR], size_t *count)
{
	bool is_again = *count > 0 && period_equal(values[*count - 1].period, row->period);
	if (is_again && strcmp(row->source, obs->source) == 0)
		values[*count - 1] = value_of(row);
	if (is_again || !is_of_length(row, obs))
		return true;
	if (*count == LINT_NEAR)
		return false;
	values[(*count)++] = value_of(row);
	return true;
}

static void find_near(const struct vintages *near, size_t at, struct lint_case *subject)
{
	const struct observation *obs = subject->obs;
	for (size_t i = at; i > 0; i--)
		if (!take_near(&near->rows[i - 1], obs, subject->before, &subject->before_count))
			break;
	for (size_t i = at; i < near->count; i++)
		if (!take_near(&near->rows[i], obs, subject->after, &subject->after_count))
			break;
}

/* The rows of the very period lie together. */
static void find_others(const struct vintages *near, size_t at, struct lint_case *subject)
{
	size_t first = at;
	size_t end = at;
	while (first > 0 && period_equal(near->rows[first - 1].period, subject->obs->period))
		first--;
	while (end < near->count && period_equal(near->rows[end].period, subject->obs->period))
		end++;
	if (first < end)
		subject->others = &near->rows[first];
	subject->other_count = end - first;
}

static int compare_key_with_row(const void *key, const void *row)
{
	return compare_keys(key, row);
}

static const struct observation *find_withdrawal(const struct vintages *gone,
						 const struct observation *obs)
{
	return gone->count == 0 ? NULL
				: bsearch(obs, gone->rows, gone->count, sizeof *gone->rows,
					  compare_key_with_row);
}

static void tell(struct lint_watch *watch, const struct provenance *from)
{
	struct span rest = text_span(&watch->warning);
	struct lint_finding finding;
	if (watch->warning.len == 0)
		return;
	watch->warned++;
	while (watch->tell != NULL && lint_read(&rest, &finding))
		watch->tell(watch->self, from, &finding);
}

static bool look(void *self, const struct series *series, const struct observation *obs,
		 const struct provenance *from, const char **ret_warning, struct error *err)
{
	struct lint_watch *watch = self;
	struct lint_finding findings[LINT_RULES];
	AUTO_TEXT struct text successors = text_with_limit(LINT_DETAIL_BYTES);
	if (!enter_series(watch, series, obs, err))
		return false;
	struct lint_case subject = {
		.indicator = catalogue_indicator(watch->intake->apply.catalogue,
						 span_of(series->indicator)),
		.obs = obs,
		.today = intake_day(watch->intake),
		.targets = watch->targets,
		.target_count = watch->target_count,
		.area = watch->area,
		.withdrawal = find_withdrawal(&watch->gone, obs),
		.is_last = watch->is_single,
	};
	size_t at = find_place(&watch->near, obs);
	text_clear(&watch->warning);
	if (from->warning != NULL)
		text_add_string(&watch->warning, from->warning);
	if (subject.indicator != NULL) {
		find_near(&watch->near, at, &subject);
		find_others(&watch->near, at, &subject);
		if (watch->area != NULL && watch->area->valid_to != DAY_NONE)
			area_kin_add(watch->intake->apply.catalogue, watch->area, false, false,
				     &successors);
		subject.successors = successors.data;
		lint_write(&watch->warning, findings, lint_look(&subject, findings));
	}
	if (!text_ok(&watch->warning, "the warnings of a figure", err) ||
	    !note(watch, at, obs, err))
		return false;
	tell(watch, from);
	*ret_warning = watch->warning.len > 0 ? watch->warning.data : "";
	return true;
}

struct log_look lint_watch_look(struct lint_watch *watch)
{
	watch->warning = text_with_limit(LINT_WARNING_BYTES);
	return (struct log_look){look, watch};
}
