/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/duty_rows.h"

#include <stdlib.h>

#include "base/unicode.h"
#include "query/name_order.h"
#include "query/phrase_duty.h"

static bool fail_unknown(const char *what, const char *id, const char *const *ids, size_t count,
			 struct error *err)
{
	const char *nearest = unicode_nearest(span_of(id), ids, count);
	return error_set(err, ERROR_NOT_FOUND, "%s '%s' is not in the catalogue%s%s%s", what, id,
			 nearest ? "; did you mean '" : "", nearest ? nearest : "",
			 nearest ? "'?" : "");
}

static bool find_duty(const struct query *query, const char *id, struct duty_rows *rows,
		      struct error *err)
{
	const struct catalogue *catalogue = query->judge.catalogue;
	const struct duty *duty = catalogue_duty(catalogue, span_of(id));
	if (duty != NULL) {
		rows->filter.duty = duty_family(duty);
		return true;
	}
	AUTO_FREE const char **ids = calloc(catalogue->duty_count + 1, sizeof *ids);
	if (ids == NULL)
		return error_memory(err);
	for (size_t i = 0; i < catalogue->duty_count; i++)
		ids[i] = catalogue->duties[i].id;
	return fail_unknown("duty", id, ids, catalogue->duty_count, err);
}

static bool find_owner(const struct query *query, const char *id, struct error *err)
{
	const struct catalogue *catalogue = query->judge.catalogue;
	if (catalogue_office(catalogue, span_of(id)) != NULL ||
	    catalogue_area(catalogue, span_of(id)) != NULL)
		return true;
	AUTO_FREE const char **ids = calloc(catalogue->office_count + 1, sizeof *ids);
	if (ids == NULL)
		return error_memory(err);
	for (size_t i = 0; i < catalogue->office_count; i++)
		ids[i] = catalogue->offices[i].id;
	return fail_unknown("owner", id, ids, catalogue->office_count, err);
}

bool duty_rows_begin(const struct query *query, const struct duties_question *question,
		     struct duty_rows *ret, struct error *err)
{
	*ret = (struct duty_rows){
		.query = query,
		.question = question,
		.filter = {.due_before = question->due_before, .all = question->all}};
	if (question->duty != NULL && !find_duty(query, question->duty, ret, err))
		return false;
	if (question->owner != NULL && !find_owner(query, question->owner, err))
		return false;
	if (question->period != NULL) {
		if (!period_parse(span_of(question->period), &ret->period, err))
			return error_within(err, "--period");
		ret->filter.period = &ret->period;
	}
	ret->has_state = question->state != NULL;
	return !ret->has_state || duty_state_parse(span_of(question->state), &ret->state, err) ||
	       error_within(err, "--state");
}

bool duty_rows_pass(const struct duty_rows *rows, const struct judged_owner *owner)
{
	bool is_open = owner->state == DUTY_MISSING || owner->state == DUTY_DUE_SOON;
	if ((rows->has_state && owner->state != rows->state) || (rows->reminders && !is_open))
		return false;
	return rows->question->owner == NULL ||
	       obliged_is(rows->query->judge.catalogue, &owner->obliged, rows->question->owner);
}

/* A duty whose owners are put in the order of their names before it is handed on. */
struct sorting {
	const struct query *query;
	judged_duty_fn *take;
	void *self;
};

struct owners {
	const struct query *query;
	const struct judged_duty *duty;
};

static const char *name_at(const void *self, size_t at)
{
	const struct owners *owners = self;
	return phrase_owner_name(owners->query, &owners->duty->owners[at]);
}

static bool take_sorted(void *self, const struct judged_duty *duty, struct error *err)
{
	const struct sorting *sorting = self;
	const struct owners owners = {sorting->query, duty};
	struct judged_duty sorted = *duty;
	AUTO_FREE size_t *order = NULL;
	AUTO_FREE struct judged_owner *items = calloc(duty->count + 1, sizeof *items);
	if (items == NULL)
		return error_memory(err);
	if (!name_order(&owners, duty->count, name_at, &order, err))
		return error_within(err, "owners of duty '%s'", duty->obligation.duty->id);
	for (size_t i = 0; i < duty->count; i++)
		items[i] = duty->owners[order[i]];
	sorted.owners = items;
	return sorting->take(sorting->self, &sorted, err);
}

bool duty_rows_each(const struct duty_rows *rows, judged_duty_fn *take, void *self,
		    struct error *err)
{
	struct duty_filter filter = rows->filter;
	struct sorting sorting = {rows->query, take, self};
	if (filter.period != NULL)
		filter.period = &rows->period;
	return judge_each_duty(&rows->query->judge, &filter, take_sorted, &sorting, err);
}
