/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/outcome.h"

#include <stdio.h>

#include "base/number.h"
#include "obs/observation.h"
#include "obs/period.h"

static bool as_number(struct span written, char cell[ROWS_CELL_BYTES], struct error *err)
{
	struct number number;
	char printed[NUMBER_BYTES];
	if (!number_read_json(written, &number, err))
		return false;
	(void)snprintf(cell, ROWS_CELL_BYTES, "%s", number_print(number.value, printed));
	return true;
}

static bool as_period(struct span written, char cell[ROWS_CELL_BYTES], struct error *err)
{
	struct period period;
	char printed[PERIOD_BYTES];
	if (!period_parse(written, &period, err))
		return false;
	(void)snprintf(cell, ROWS_CELL_BYTES, "%s", period_print(period, printed));
	return true;
}

static bool as_status(struct span written, char cell[ROWS_CELL_BYTES], struct error *err)
{
	enum obs_status status;
	if (!obs_status_parse(written, &status, err))
		return false;
	(void)snprintf(cell, ROWS_CELL_BYTES, "%s", obs_status_code(status));
	return true;
}

static const struct rows_column record_columns[] = {
	{"area", true, NULL},
	{"period", true, as_period},
	{"series", true, NULL},
	{"value", false, as_number},
	{"status", false, as_status},
	{"break", false, NULL},
	{"unit", false, NULL},
	{"published", false, NULL},
	{"qualifier", false, NULL},
	{"num", false, as_number},
	{"den", false, as_number},
	{"place", false, NULL},
	{0},
};

static const struct rows_column bound_columns[] = {
	{"area", true, NULL},	     {"period", true, as_period},
	{"indicator", true, NULL},   {"breakdown", true, NULL},
	{"value", false, as_number}, {"status", false, as_status},
	{"break", false, NULL},	     {"published", false, NULL},
	{"qualifier", false, NULL},  {"source", false, NULL},
	{"num", false, as_number},   {"den", false, as_number},
	{"place", false, NULL},	     {0},
};

static const struct rows_column refusal_columns[] = {
	{"place", true, NULL}, {"found", false, NULL}, {"why", false, NULL}, {0}};

static const char *const record_fallback[] = {"area", "period", "series", "value", "status", NULL};
static const char *const bound_fallback[] = {"area",  "period", "indicator", "breakdown",
					     "value", "status", NULL};
static const char *const refusal_fallback[] = {"place", "found", "why", NULL};

const struct rows_kind outcome_records = {record_columns, record_fallback, true, "did not come",
					  "came, and is not expected"};
const struct rows_kind outcome_bound = {bound_columns, bound_fallback, false, "did not come",
					"came, and is not expected"};
const struct rows_kind outcome_refusals = {refusal_columns, refusal_fallback, false,
					   "was not refused", "refused, and that is not expected"};

bool outcome_fail(struct outcome *outcome, const char *cause, const struct error *why)
{
	(void)snprintf(outcome->cause, sizeof outcome->cause, "%s", cause);
	(void)snprintf(outcome->why, sizeof outcome->why, "%s", why->text);
	return true;
}

static struct span refusal_cell(void *self, const char *column)
{
	const struct feed_refusal *refusal = self;
	if (strcmp(column, "place") == 0)
		return span_of(refusal->place);
	return span_of(strcmp(column, "why") == 0 ? refusal->why : refusal->found);
}

bool outcome_refuse(struct outcome *outcome, const struct feed_refusal *refusal, struct error *err)
{
	struct feed_refusal copy = *refusal;
	return rows_add(&outcome->refusals, "", refusal_cell, &copy, err);
}
