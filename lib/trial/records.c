/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/outcome.h"

#include <stdlib.h>

#include "feed/pick.h"
#include "feed/reader.h"
#include "feed/run.h"
#include "trial/documents.h"

/* A trial whose records are looked at as they come out of the documents. */
struct reading {
	const struct feed_mapping *mapping;
	size_t piece_bytes;
	struct outcome *outcome;
	struct feed_run run;
	struct feed_pick pick;
	const struct feed_record *record; /* the one that is being taken */
	char number[NUMBER_BYTES], period[PERIOD_BYTES];
	char numerator[NUMBER_BYTES], denominator[NUMBER_BYTES];
	bool is_ours; /* the failure is not the document's */
};

static struct span dimension_of(const struct reading *reading, const char *name)
{
	const struct key_map *dims = &reading->mapping->dims;
	for (size_t i = 0; i < dims->count && i < reading->record->dim_count; i++)
		if (strcmp(dims->items[i].name, name) == 0)
			return reading->record->dims[i];
	return (struct span){0};
}

static struct span record_cell(void *self, const char *column)
{
	struct reading *reading = self;
	const struct feed_record *record = reading->record;
	const struct {
		const char *name;
		struct span text;
	} cells[] = {
		{"area", record->area},
		{"period", span_of(reading->period)},
		{"series", record->series},
		{"value", span_of(reading->number)},
		{"status", span_of(obs_status_code(record->status_parsed))},
		{"break", span_of(record->is_break ? "yes" : "")},
		{"unit", record->unit},
		{"published", record->published},
		{"qualifier", span_of(obs_qualifier_code(record->qualifier))},
		{"num", span_of(reading->numerator)},
		{"den", span_of(reading->denominator)},
		{"place", span_of(record->place)},
	};
	for (size_t i = 0; i < COUNT_OF(cells); i++)
		if (strcmp(column, cells[i].name) == 0)
			return cells[i].text;
	return dimension_of(reading, column + strlen("dims."));
}

static void print(bool has, double value, char buffer[NUMBER_BYTES])
{
	buffer[0] = '\0';
	if (has)
		(void)number_print(value, buffer);
}

static bool take(void *self, const struct feed_record *record, struct error *err)
{
	struct reading *reading = self;
	reading->record = record;
	print(!record->is_missing, record->number.value, reading->number);
	print(record->has_parts, record->numerator, reading->numerator);
	print(record->has_parts, record->denominator, reading->denominator);
	(void)period_print(record->period_parsed, reading->period);
	reading->is_ours = !rows_add(&reading->outcome->observations, record->place, record_cell,
				     reading, err);
	return !reading->is_ours;
}

static bool refuse(void *self, const struct feed_refusal *refusal, struct error *err)
{
	struct reading *reading = self;
	reading->is_ours = !outcome_refuse(reading->outcome, refusal, err);
	return !reading->is_ours;
}

/* Push all of the document once. */
static bool push_all(struct feed_reader *reader, struct span document, size_t piece_bytes,
		     struct error *err)
{
	for (size_t at = 0; at < document.len && !feed_reader_wants_again(reader);) {
		size_t left = document.len - at;
		size_t len = left < piece_bytes ? left : piece_bytes;
		/* a copy of just this size, so that a sanitizer sees who reads beyond it */
		AUTO_FREE char *piece = span_dup((struct span){document.start + at, len});
		if (piece == NULL)
			return error_memory(err);
		if (!feed_reader_push(reader, (struct span){piece, len}, err))
			return false;
		at += len;
	}
	return true;
}

static bool decode(struct reading *reading, struct span document, struct feed_page *page,
		   struct error *err)
{
	AUTO_FEED_READER struct feed_reader *reader = NULL;
	const struct feed_sink sink = feed_pick_sink(&reading->pick);
	bool again = true;
	if (reading->piece_bytes == 0)
		return feed_decode(reading->mapping, document, &sink, page, err);
	bool ok = feed_reader_new(reading->mapping, &sink, page, &reader, err);
	while (ok && again)
		ok = push_all(reader, document, reading->piece_bytes, err) &&
		     feed_reader_end(reader, &again, err);
	return ok;
}

static bool read_one(struct reading *reading, const char *path, const char *link, struct error *err)
{
	AUTO_FREE char *bytes = NULL;
	AUTO_FEED_PAGE struct feed_page page = {0};
	size_t len = 0;
	reading->is_ours = !document_read(path, &bytes, &len, err);
	if (reading->is_ours)
		return false;
	if (!decode(reading, (struct span){bytes, len}, &page, err)) {
		reading->run.cause = page.cause;
		return false;
	}
	return feed_run_link(&reading->run, span_of(link), err) &&
	       feed_run_page(&reading->run, &page, err);
}

static bool read_all(struct reading *reading, const struct trial *trial, struct error *err)
{
	struct feed_pick_counts counts = {0};
	const struct key_texts *documents = &trial->documents;
	for (size_t i = 0; i < documents->count && feed_run_wants(&reading->run); i++)
		if (!read_one(reading, documents->items[i], trial_link(trial, i), err))
			return false;
	if (!feed_run_end(&reading->run, err) || !feed_pick_end(&reading->pick, &counts, err))
		return false;
	feed_pick_count(&counts, &reading->run);
	return true;
}

static void reading_done(struct reading *reading)
{
	feed_pick_done(&reading->pick);
}

bool outcome_of_records(const struct trial *trial, const struct trial_how *how, struct outcome *ret,
			struct error *err)
{
	struct error why = {0};
	const struct config_feed *feed =
		trial->feed != NULL ? config_feed_find(trial->config, span_of(trial->feed)) : NULL;
	AUTO(reading_done)
	struct reading reading = {.mapping = feed != NULL ? &feed->mapping : &trial->mapping,
				  .piece_bytes = how->piece_bytes,
				  .outcome = ret};
	if (!feed_mapping_check(reading.mapping, &why))
		return why.code == ERROR_MEMORY ? error_memory(err)
						: outcome_fail(ret, "mapping", &why);
	const struct feed_sink sink = {take, refuse, &reading};
	feed_run_begin(&reading.run, reading.mapping);
	feed_pick_begin(&reading.pick, reading.mapping, &sink);
	bool ok = read_all(&reading, trial, &why);
	ret->passed_over = reading.run.passed;
	if (ok)
		return true;
	if (reading.is_ours || why.code == ERROR_MEMORY)
		return error_set(err, why.code, "%s", why.text);
	return outcome_fail(ret, feed_cause_name(reading.run.cause), &why);
}
