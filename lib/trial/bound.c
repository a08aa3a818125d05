/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/outcome.h"

#include <stdlib.h>

#include "intake/desk.h"
#include "intake/document.h"
#include "ledger/log.h"
#include "obs/day.h"
#include "trial/documents.h"

enum { DAY_S = 86400, NOON_S = 43200 };

static const char actor[] = "envgap test";

/* A row of the log, as the columns of a table want it. */
struct telling {
	const struct log_row *row;
	struct rows *rows;
	char period[PERIOD_BYTES], value[NUMBER_BYTES], num[NUMBER_BYTES], den[NUMBER_BYTES];
};

static struct span bound_cell(void *self, const char *column)
{
	const struct telling *telling = self;
	const struct log_row *row = telling->row;
	const struct {
		const char *name, *text;
	} cells[] = {
		{"area", row->series.area},
		{"period", telling->period},
		{"indicator", row->series.indicator},
		{"breakdown", row->series.breakdown},
		{"value", telling->value},
		{"status", obs_status_code(row->obs.status)},
		{"break", row->obs.is_break ? "yes" : ""},
		{"published", row->obs.published},
		{"qualifier", obs_qualifier_code(row->obs.qualifier)},
		{"source", row->obs.source},
		{"num", telling->num},
		{"den", telling->den},
		{"place", row->from.locator},
	};
	for (size_t i = 0; i < COUNT_OF(cells); i++)
		if (strcmp(column, cells[i].name) == 0)
			return span_of(cells[i].text);
	return (struct span){0};
}

static void print(bool has, double value, char buffer[NUMBER_BYTES])
{
	if (has)
		(void)number_print(value, buffer);
}

static bool take_row(void *self, const struct log_row *row, struct error *err)
{
	struct telling telling = {.row = row, .rows = self};
	(void)period_print(row->obs.period, telling.period);
	print(row->obs.has_value, row->obs.value, telling.value);
	print(row->obs.has_num, row->obs.num, telling.num);
	print(row->obs.has_den, row->obs.den, telling.den);
	return rows_add(telling.rows, row->from.locator, bound_cell, &telling, err);
}

/* A file has no content type; it is taken for the one that the feed wants. */
static const char *wanted_type(const struct config_feed *feed)
{
	const struct key_texts *types = &feed->mapping.answer.content_types;
	return types->count > 0 ? types->items[0] : "";
}

static bool feed_documents(struct feed_intake *run, const struct trial *trial,
			   const struct config_feed *feed, const char **ret_cause,
			   struct error *ret_why, struct error *err)
{
	const struct key_texts *documents = &trial->documents;
	for (size_t i = 0; i < documents->count && feed_intake_wants(run) != NULL; i++) {
		AUTO_FREE char *bytes = NULL;
		size_t len = 0;
		if (!document_read(documents->items[i], &bytes, &len, err))
			return false;
		const struct feed_head head = {.content_type = wanted_type(feed),
					       .link = trial_link(trial, i)};
		if (!feed_intake_head(run, &head, ret_cause, ret_why) ||
		    !feed_intake_document(run, (struct span){bytes, len}, ret_cause, ret_why))
			return true;
	}
	return true;
}

static bool take_refusals(const struct feed_intake *run, struct outcome *ret, struct error *err)
{
	const struct feed_refusal *refusals = NULL;
	size_t count = feed_intake_refusals(run, &refusals);
	for (size_t i = 0; i < count; i++)
		if (!outcome_refuse(ret, &refusals[i], err))
			return false;
	return true;
}

static bool is_fault(const struct error *why)
{
	return why->code == ERROR_MEMORY || why->code == ERROR_SYSTEM;
}

/* Let the feed take them in, as the daemon would. */
static bool take_in(const struct desk *desk, const struct trial *trial, int64_t now,
		    struct outcome *ret, struct error *err)
{
	AUTO_FEED_INTAKE struct feed_intake *run = NULL;
	struct feed_intake_counts counts = {0};
	struct feed_state state = {.last_success = now, .last_try = now};
	struct error why = {0};
	const struct feed_got got = {.url = ""};
	const char *cause = "";
	struct intake intake = desk_intake(desk, now, actor);
	const struct config_feed *feed =
		config_feed_find(desk->setup->config, span_of(trial->feed));
	intake.at_any_time = true;
	if (!feed_intake_new(&intake, feed, false, &run, err) ||
	    !feed_documents(run, trial, feed, &cause, &why, err))
		return false;
	bool ok =
		why.code == ERROR_NONE && feed_intake_end(run, &got, &state, &counts, &cause, &why);
	if (!ok && is_fault(&why))
		return error_set(err, why.code, "%s", why.text);
	if (!ok)
		return outcome_fail(ret, cause, &why);
	ret->passed_over = counts.passed;
	return take_refusals(run, ret, err) &&
	       log_each(desk->ledger, 1, take_row, &ret->observations, err);
}

static int64_t time_of(const struct trial *trial, const struct trial_how *how)
{
	int32_t day = 0;
	if (trial->today == NULL || !day_parse(span_of(trial->today), &day, NULL))
		return how->now;
	return (int64_t)day * DAY_S + NOON_S;
}

bool outcome_of_bound(const struct trial *trial, const struct trial_how *how, struct outcome *ret,
		      bool *ret_ok, struct trial_findings *findings, struct error *err)
{
	AUTO_SETUP struct setup *setup = NULL;
	AUTO_DESK struct desk desk = {0};
	AUTO_PROBLEMS struct problems problems = {0};
	struct error why = {0};
	const struct setup_source source = {.path = trial->config->path,
					    .catalogue = trial->catalogue};
	int64_t now = time_of(trial, how);
	*ret_ok = setup_load(&source, &setup, &problems, &why);
	for (size_t i = 0; i < problems.count && !*ret_ok; i++)
		finding_add_problem(findings, &problems.items[i]);
	if (!*ret_ok && problems.errors == 0)
		return error_set(err, why.code, "%s", why.text);
	return !*ret_ok || (desk_open_scratch(&setup, how->scratch, now, actor, &desk, err) &&
			    take_in(&desk, trial, now, ret, err));
}
