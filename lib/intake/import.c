/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/import.h"

#include <ctype.h>
#include <stdio.h>

#include "base/number.h"
#include "feed/guess.h"
#include "intake/columns.h"
#include "intake/figure.h"
#include "intake/lint.h"
#include "ledger/append.h"
#include "ledger/archive.h"
#include "ledger/catalogue_mirror.h"
#include "ledger/log.h"

enum { LOCATOR_BYTES = 1024 };

struct importing {
	const struct intake *intake;
	const char *name;
	struct columns columns;
	struct problems *findings;
	struct stage *stage;   /* NULL: rows go straight into the log */
	struct append_run run; /* then this one */
	struct lint_watch watch;
	bool is_check; /* nothing is taken in */
	size_t rows;
};

/* The line, which the locator of every row ends with. */
static int line_of(struct span locator)
{
	int64_t line = 0;
	size_t digits = 0;
	while (digits < locator.len &&
	       isdigit((unsigned char)locator.start[locator.len - 1 - digits]))
		digits++;
	const struct span last = {locator.start + locator.len - digits, digits};
	return number_read_integer(last, 0, INT32_MAX, &line, NULL) ? (int)line : 0;
}

static void tell_warning(void *self, const struct provenance *from,
			 const struct lint_finding *finding)
{
	struct importing *importing = self;
	AUTO_TEXT struct text said = text_with_limit(LINT_WARNING_BYTES);
	lint_say(&said, finding);
	problem_add(importing->findings, PROBLEM_WARNING, importing->name,
		    line_of(span_of(from->locator)), "%.*s", SPAN_ARGS(text_span(&said)));
}

static struct log_look look_of(struct importing *importing)
{
	importing->watch = (struct lint_watch){
		.intake = importing->intake, .tell = tell_warning, .self = importing};
	return lint_watch_look(&importing->watch);
}

static void importing_done(struct importing *importing)
{
	lint_watch_done(&importing->watch);
	append_run_done(&importing->run);
}

static struct figure figure_of(const struct columns *columns, const struct csv_row *row)
{
#define CELL(column) columns_cell(columns, row, column)
	return (struct figure){
		.indicator = CELL(EXCHANGE_INDICATOR),
		.breakdown = CELL(EXCHANGE_BREAKDOWN),
		.area = CELL(EXCHANGE_AREA),
		.period = CELL(EXCHANGE_PERIOD),
		.value = CELL(EXCHANGE_VALUE),
		.unit = CELL(EXCHANGE_UNIT),
		.status = CELL(EXCHANGE_STATUS),
		.source = CELL(EXCHANGE_SOURCE),
		.published = CELL(EXCHANGE_PUBLISHED),
		.num = CELL(EXCHANGE_NUM),
		.den = CELL(EXCHANGE_DEN),
		.qualifier = CELL(EXCHANGE_QUALIFIER),
		.place = CELL(EXCHANGE_PLACE),
		.raw = CELL(EXCHANGE_RAW),
	};
#undef CELL
}

/* Straight into the log only while all is well. */
static bool append_figure(struct importing *importing, const struct series_key *key,
			  const struct observation *obs, const struct provenance *from,
			  struct error *err)
{
	bool in_order = false;
	return append_in_order(&importing->run, key, obs, from, &in_order, err) &&
	       (in_order || error_set(err, ERROR_INPUT, "the rows are not sorted"));
}

static bool keep_figure(struct importing *importing, const struct figure *figure,
			const struct checked_figure *checked, int line, struct error *err)
{
	char locator[LOCATOR_BYTES];
	const struct series_key key = {checked->indicator->id, checked->breakdown,
				       checked->area->id};
	(void)snprintf(locator, sizeof locator, "%s%s%s line %d", figure->place,
		       figure->place[0] ? "; " : "", importing->name, line);
	const struct provenance from = {locator, figure->raw, checked->warning};
	return importing->stage != NULL
		       ? stage_add(importing->stage, &key, &checked->obs, &from, err)
		       : append_figure(importing, &key, &checked->obs, &from, err);
}

static bool take_row(void *self, const struct csv_row *row, struct error *err)
{
	struct importing *importing = self;
	if (!importing->columns.is_read)
		return columns_read(&importing->columns, row, EXCHANGE_IMPORTED, importing->name,
				    importing->findings) ||
		       error_set(err, ERROR_INPUT, "the heading of the table cannot be read");
	if (++importing->rows > IMPORT_ROWS_MAX)
		return error_set(err, ERROR_LIMIT, "the table has more than %d rows",
				 IMPORT_ROWS_MAX);

	struct error reason = {0};
	struct checked_figure checked;
	const struct figure figure = figure_of(&importing->columns, row);
	bool is_good = row->count <= importing->columns.count &&
		       figure_check(importing->intake, &figure, &checked, &reason);
	if (is_good)
		return keep_figure(importing, &figure, &checked, row->line, err);
	if (reason.code == ERROR_MEMORY)
		return error_memory(err);
	if (row->count > importing->columns.count)
		problem_add(importing->findings, PROBLEM_ERROR, importing->name, row->line,
			    "%zu cells, but the heading has %zu columns", row->count,
			    importing->columns.count);
	else
		problem_add(importing->findings, PROBLEM_ERROR, importing->name, row->line, "%s",
			    reason.text);
	return importing->stage != NULL || error_set(err, ERROR_INPUT, "a row is refused");
}

static bool refuse_duplicate(void *self, const struct stage_duplicate *duplicate, struct error *err)
{
	struct importing *importing = self;
	char period[PERIOD_BYTES];
	(void)err;
	problem_add(importing->findings, PROBLEM_ERROR, importing->name,
		    line_of(span_of(duplicate->from.locator)),
		    "the figure of %s %s %s from %s is there twice, also in line %d",
		    duplicate->series.indicator, duplicate->series.area,
		    period_print(duplicate->obs.period, period), duplicate->obs.source,
		    line_of(span_of(duplicate->other.locator)));
	return true;
}

static struct import_counts count_up(const struct importing *importing,
				     const struct stage_counts *counts)
{
	return (struct import_counts){importing->rows, counts->appended, counts->revised,
				      counts->unchanged, counts->load};
}

static bool append_staged(struct importing *importing, struct span document,
			  struct import_counts *ret, struct error *err)
{
	const struct apply *apply = &importing->intake->apply;
	bool is_check = importing->is_check;
	struct load load;
	struct stage_counts counts;
	if (!intake_load(importing->intake, LOAD_IMPORT, &load, err) ||
	    (!is_check &&
	     !archive_put(ledger_directory(apply->ledger), document, &load.document, err)))
		return false;
	const struct stage_order order = {.load = &load,
					  .withdrawn_day = DAY_NONE,
					  .dry_run = is_check,
					  .look = look_of(importing)};
	bool done = (is_check || ledger_begin(apply->ledger, err)) &&
		    stage_append(importing->stage, &order, &counts, err) &&
		    (is_check || ledger_commit(apply->ledger, err));
	if (!done) {
		if (!is_check)
			ledger_rollback(apply->ledger);
		return false;
	}
	*ret = count_up(importing, &counts);
	return true;
}

/* What brought the newest row of the log. */
static bool note_load(void *self, const struct log_row *row, struct error *err)
{
	struct load *newest = self;
	(void)err;
	*newest = row->load;
	return true;
}

/* Was this very document, under the catalogue in force, the last that changed the log?  Then every
 * row of it is in force and nothing can be new. */
static bool is_known(const struct intake *intake, struct span document, bool *ret,
		     struct error *err)
{
	struct ledger *ledger = intake->apply.ledger;
	const struct sha256 hash = sha256_of(document);
	struct load newest = {0};
	int64_t last = 0;
	int64_t catalogue = 0;
	if (!log_last_seq(ledger, &last, err) || !ledger_catalogue_load(ledger, &catalogue, err) ||
	    (last != 0 && !log_read(ledger, last, note_load, &newest, err)))
		return false;
	*ret = newest.kind == LOAD_IMPORT && newest.id > catalogue &&
	       sha256_equal(&newest.document, &hash) &&
	       archive_has(ledger_directory(ledger), &hash);
	return true;
}

static bool count_row(void *self, const struct csv_row *row, struct error *err)
{
	size_t *rows = self;
	(void)row;
	(void)err;
	++*rows;
	return true;
}

/* All rows of a document that is known; the first is the heading. */
static bool count_unchanged(struct span document, struct import_counts *ret, struct error *err)
{
	const struct csv_dialect dialect = {0};
	size_t rows = 0;
	if (!csv_read(document, &dialect, count_row, &rows, err))
		return false;
	*ret = (struct import_counts){.rows = rows - 1, .unchanged = rows - 1};
	return true;
}

static bool import_staged(const struct importing *order, struct span document,
			  struct import_counts *ret, struct error *err)
{
	const struct intake *intake = order->intake;
	const char *name = order->name;
	struct problems *findings = order->findings;
	AUTO_STAGE struct stage *stage = NULL;
	AUTO(importing_done) struct importing importing = *order;
	const struct csv_dialect dialect = {0};
	struct error reading = {0};
	size_t refused = 0;
	const char *kind = feed_guess_file(document);
	if (kind != NULL) {
		problem_add(findings, PROBLEM_ERROR, name, 0,
			    "this is %s, not CSV; save the sheet as \"CSV UTF-8\"", kind);
		return problems_ok(findings, err);
	}
	if (!stage_new(intake->apply.ledger, &stage, err))
		return false;
	importing.stage = stage;
	if (!csv_read(document, &dialect, take_row, &importing, &reading)) {
		if (reading.code != ERROR_INPUT)
			return error_set(err, reading.code, "%s:%d: %s", name, reading.line,
					 reading.text);
		if (findings->errors == 0)
			problem_add(findings, PROBLEM_ERROR, name, reading.line, "%s",
				    reading.text);
	} else if (!importing.columns.is_read) {
		problem_add(findings, PROBLEM_ERROR, name, 0, "the table is empty");
	} else if (!stage_duplicates(stage, STAGE_DUPLICATES_REFUSE, refuse_duplicate, &importing,
				     &refused, err)) {
		return false;
	}
	return problems_ok(findings, err) && append_staged(&importing, document, ret, err);
}

static bool keep(const struct importing *importing, struct span document, struct error *err)
{
	struct ledger *ledger = importing->intake->apply.ledger;
	struct sha256 hash;
	return archive_put(ledger_directory(ledger), document, &hash, err) &&
	       ledger_commit(ledger, err);
}

/* A table that is sorted and without a fault needs no stage.  *ret_done is false, and nothing has
 * happened, when it is not so. */
static bool import_straight(const struct importing *order, struct span document,
			    struct import_counts *ret, bool *ret_done, struct error *err)
{
	const struct intake *intake = order->intake;
	AUTO_PROBLEMS struct problems found = {0};
	const struct csv_dialect dialect = {0};
	struct load load;
	struct error reading = {0};
	struct ledger *ledger = intake->apply.ledger;
	AUTO(importing_done)
	struct importing importing = {
		.intake = intake,
		.name = order->name,
		.findings = &found,
		.run = {.ledger = ledger, .load = &load},
	};
	importing.run.look = look_of(&importing);
	if (!intake_load(intake, LOAD_IMPORT, &load, err) || !ledger_begin(ledger, err))
		return false;
	load.document = sha256_of(document);
	*ret_done = csv_read(document, &dialect, take_row, &importing, &reading) &&
		    importing.columns.is_read;
	if (!*ret_done || !append_run_end(&importing.run, err) ||
	    !keep(&importing, document, err)) {
		ledger_rollback(ledger);
		return !*ret_done && (reading.code == ERROR_NONE || reading.code == ERROR_INPUT ||
				      error_set(err, reading.code, "%s:%d: %s", order->name,
						reading.line, reading.text));
	}
	*ret = count_up(&importing, &importing.run.counts);
	problems_done(order->findings);
	*order->findings = found;
	found = (struct problems){0};
	return true;
}

bool import_table(const struct intake *intake, const char *name, struct span document,
		  struct import_counts *ret, struct problems *findings, struct error *err)
{
	const struct importing order = {.intake = intake, .name = name, .findings = findings};
	bool known = false;
	bool done = false;
	if (document.len > IMPORT_DOCUMENT_BYTES)
		return error_set(err, ERROR_LIMIT, "%s has more than %d MiB", name,
				 IMPORT_DOCUMENT_BYTES >> 20);
	if (!is_known(intake, document, &known, err))
		return false;
	if (known)
		return count_unchanged(document, ret, err);
	return import_straight(&order, document, ret, &done, err) &&
	       (done || import_staged(&order, document, ret, err));
}

bool import_check(const struct intake *intake, const char *name, struct span document,
		  struct import_counts *ret, struct problems *findings, struct error *err)
{
	const struct importing order = {
		.intake = intake, .name = name, .findings = findings, .is_check = true};
	return import_staged(&order, document, ret, err);
}
