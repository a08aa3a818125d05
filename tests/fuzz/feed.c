/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/feed.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "feed/reader.h"
#include "feed/run.h"
#include "feed/table.h"
#include "tests/unit/mapping_file.h"

enum { TREE_PIECE_BYTES = 4096 };

/* -- mappings -- */

/* The next block of lines; *rest moves behind the line "--" after it. */
static struct span cut_block(struct span *rest)
{
	struct span block = {rest->start, 0};
	while (rest->start != NULL) {
		struct span line = span_cut(rest, '\n');
		if (span_is(line, "--"))
			break;
		block.len = (size_t)(line.start + line.len - block.start);
	}
	return block;
}

static struct feed_mapping *read_mapping(struct span block)
{
	struct error err = {0};
	struct feed_mapping *mapping = calloc(1, sizeof *mapping);
	fuzz_must(mapping != NULL && feed_mapping_init(mapping, NULL), "there is memory");
	if (!mapping_file_parse(block, mapping, NULL, NULL, &err) ||
	    !feed_mapping_check(mapping, &err) || !feed_tables_load(mapping, NULL, NULL, &err)) {
		(void)fprintf(stderr, "fuzz: %.*s\nfuzz: %s\n", SPAN_ARGS(block), err.text);
		abort();
	}
	return mapping;
}

const struct fuzz_mappings *fuzz_mappings_read(const char *name)
{
	AUTO_TEXT struct text text = mapping_file_text(name);
	struct fuzz_mappings *mappings = calloc(1, sizeof *mappings);
	struct span rest = text_span(&text);
	fuzz_must(mappings != NULL, "there is memory");
	if (mappings == NULL)
		abort();
	while (rest.len > 0) {
		fuzz_must(mappings->count < FUZZ_MAPPINGS_MAX, "there are not too many mappings");
		mappings->items[mappings->count++] = read_mapping(cut_block(&rest));
	}
	fuzz_must(mappings->count > 0, "there are mappings (run it where the tree is)");
	return mappings;
}

const struct feed_mapping *fuzz_mapping_at(const struct fuzz_mappings *mappings, uint8_t byte)
{
	return mappings->items[byte % mappings->count];
}

/* -- what comes out -- */

struct outcome {
	const struct feed_mapping *mapping;
	size_t taken, refused;
	size_t stop_after; /* callbacks until one fails */
	size_t passed;
	uint64_t hash;
	bool is_stopped;
	bool ok;
	enum feed_cause cause;
	struct error err;
};

static void mix(struct outcome *outcome, const void *bytes, size_t len)
{
	const unsigned char *at = bytes;
	for (size_t i = 0; i < len; i++)
		outcome->hash = (outcome->hash ^ at[i]) * UINT64_C(1099511628211);
}

static void check_text(struct outcome *outcome, struct span text, const char *what)
{
	fuzz_must_be_text(text, what);
	mix(outcome, text.start, text.len);
	mix(outcome, &text.len, sizeof text.len);
}

static void check_buffer(struct outcome *outcome, const char *buffer, size_t size, const char *what)
{
	fuzz_must(memchr(buffer, '\0', size) != NULL, what);
	check_text(outcome, span_of(buffer), what);
}

static bool go_on(struct outcome *outcome, struct error *err)
{
	if (outcome->taken + outcome->refused <= outcome->stop_after)
		return true;
	outcome->is_stopped = true;
	return error_set(err, ERROR_BUSY, "the sink is full");
}

static void check_number(const struct feed_record *record)
{
	fuzz_must(isfinite(record->number.value), "a number is finite");
	fuzz_must(record->number.decimals >= 0 && record->number.digits >= 0,
		  "a number has no negative count of digits");
}

static void check_period(struct period period)
{
	char printed[PERIOD_BYTES];
	struct period again;
	fuzz_must(period.from < period.to, "a period has a day");
	fuzz_must(period_parse(span_of(period_print(period, printed)), &again, NULL) &&
			  period_equal(period, again),
		  "a period can be printed and read");
}

static void check_texts(struct outcome *outcome, const struct feed_record *record)
{
	fuzz_must(record->area.len > 0, "a record has an area");
	fuzz_must(record->series.len > 0, "a record has a series");
	fuzz_must(record->period.len > 0, "a record has a period");
	check_text(outcome, record->area, "an area is a text");
	check_text(outcome, record->series, "a series is a text");
	check_text(outcome, record->period, "a period is a text");
	check_text(outcome, record->value, "a value is a text");
	check_text(outcome, record->status, "a status is a text");
	check_text(outcome, record->unit, "a unit is a text");
	check_text(outcome, record->published, "a date is a text");
	fuzz_must(record->dim_count == outcome->mapping->dims.count, "all dimensions are there");
	for (size_t i = 0; i < record->dim_count; i++)
		check_text(outcome, record->dims[i], "a dimension is a text");
	check_buffer(outcome, record->place, sizeof record->place, "a place is a text");
}

static bool take(void *self, const struct feed_record *record, struct error *err)
{
	struct outcome *outcome = self;
	outcome->taken++;
	check_texts(outcome, record);
	check_period(record->period_parsed);
	if (!record->is_missing)
		check_number(record);
	fuzz_must(record->is_missing == (record->status_parsed == OBS_MISSING),
		  "what is missing has the status missing");
	fuzz_must(obs_status_code(record->status_parsed) != NULL &&
			  record->status_parsed != OBS_WITHDRAWN,
		  "a status is one of ours");
	mix(outcome, &record->period_parsed, sizeof record->period_parsed);
	mix(outcome, &record->number.value, record->is_missing ? 0 : sizeof record->number.value);
	mix(outcome, &record->status_parsed, sizeof record->status_parsed);
	mix(outcome, &record->is_break, sizeof record->is_break);
	return go_on(outcome, err);
}

static bool refuse(void *self, const struct feed_refusal *refusal, struct error *err)
{
	struct outcome *outcome = self;
	outcome->refused++;
	check_buffer(outcome, refusal->place, sizeof refusal->place, "a place is a text");
	check_buffer(outcome, refusal->found, sizeof refusal->found, "what was found is a text");
	check_buffer(outcome, refusal->why, sizeof refusal->why, "a reason is a text");
	fuzz_must(refusal->why[0] != '\0', "a refusal has a reason");
	return go_on(outcome, err);
}

static void check_page(const struct feed_page *page, const struct outcome *outcome)
{
	/* a document that failed may have been read again in part */
	fuzz_must(!outcome->ok || page->taken == outcome->taken, "what was taken is counted");
	fuzz_must(!outcome->ok || page->refused == outcome->refused, "what was refused is counted");
	fuzz_must(page->rows == page->taken + page->refused + page->passed,
		  "every row was taken, refused or passed over");
	fuzz_must(page->page >= -1 && page->pages >= -1 && page->total >= -1,
		  "a count is not negative");
	fuzz_must(memchr(page->next_url, '\0', sizeof page->next_url) != NULL, "a URL ends");
	fuzz_must_be_text(span_of(page->next_url), "a URL is a text");
	fuzz_must(memchr(page->revision, '\0', sizeof page->revision) != NULL, "a mark ends");
	fuzz_must_be_text(span_of(page->revision), "a mark is a text");
	fuzz_must_be_text(text_span(&page->columns), "columns are texts");
}

static void check_run(const struct feed_mapping *mapping, const struct feed_page *page)
{
	struct error err = {0};
	struct feed_run run;
	feed_run_begin(&run, mapping);
	fuzz_must(feed_run_wants(&run), "a run wants a document");
	bool ok = feed_run_page(&run, page, &err);
	if (ok && feed_run_wants(&run))
		return;
	ok = ok && feed_run_end(&run, &err);
	fuzz_must(ok == (run.cause == FEED_CAUSE_NONE), "a run that failed has a cause");
	if (!ok)
		fuzz_must_be_told(&err);
}

/* -- how a document is read -- */

static bool push_all(struct feed_reader *reader, const struct fuzz_way *way, struct span document,
		     struct error *err)
{
	while (document.len > 0 && !feed_reader_wants_again(reader)) {
		struct span piece = {document.start, way->piece_bytes};
		piece.len = piece.len < document.len ? piece.len : document.len;
		/* of its own, so that whoever keeps it is found out */
		AUTO_FREE char *copy = fuzz_copy(piece);
		if (!feed_reader_push(reader, (struct span){copy, piece.len}, err))
			return false;
		document = (struct span){document.start + piece.len, document.len - piece.len};
	}
	return true;
}

static bool read_pieces(const struct fuzz_way *way, const struct feed_mapping *mapping,
			struct span document, const struct feed_sink *sink, struct feed_page *page,
			struct error *err)
{
	AUTO_FEED_READER struct feed_reader *reader = NULL;
	bool again = false;
	if (!feed_reader_new(mapping, sink, page, &reader, err))
		return false;
	if (way->by_a_tree)
		feed_reader_force_whole(reader);
	for (int round = 0; round < 2; round++) {
		again = false;
		if (!push_all(reader, way, document, err) || !feed_reader_end(reader, &again, err))
			return false;
		if (!again)
			return true;
	}
	fuzz_must(false, "a document is asked for once more at most");
	return false;
}

static void read_document(struct outcome *outcome, const struct fuzz_way *way, struct span document)
{
	AUTO_FEED_PAGE struct feed_page page = {0};
	struct error err = {0};
	struct feed_sink sink = {take, refuse, outcome};
	AUTO_FREE char *copy = fuzz_copy(document);
	document.start = copy;
	outcome->ok = way->piece_bytes == 0
			      ? feed_decode(outcome->mapping, document, &sink, &page, &err)
			      : read_pieces(way, outcome->mapping, document, &sink, &page, &err);
	check_page(&page, outcome);
	outcome->cause = page.cause;
	outcome->passed = page.passed;
	outcome->err = err;
	fuzz_must(outcome->ok == (page.cause == FEED_CAUSE_NONE),
		  "a document that failed has a cause");
	fuzz_must(outcome->ok == (err.code == ERROR_NONE), "only a failure is told");
	if (outcome->is_stopped)
		fuzz_must(!outcome->ok && page.cause == FEED_CAUSE_INTERNAL &&
				  err.code == ERROR_BUSY,
			  "what the sink says is what comes out");
	if (outcome->ok)
		check_run(outcome->mapping, &page);
	else
		fuzz_must_be_told(&err);
}

static void print_outcome(const char *name, const struct outcome *outcome)
{
	(void)fprintf(stderr, "fuzz: %s: %zu taken, %zu refused, %zu passed, cause %d: %s\n", name,
		      outcome->taken, outcome->refused, outcome->passed, (int)outcome->cause,
		      outcome->err.text);
}

/* Say what both did before giving up, for whoever has nothing but the log. */
static void agree(bool holds, const char *what, const struct outcome *a, const struct outcome *b)
{
	if (!holds) {
		print_outcome("one way", a);
		print_outcome("the other", b);
	}
	fuzz_must(holds, what);
}

void fuzz_compare(const struct feed_mapping *mapping, const struct fuzz_way *a,
		  const struct fuzz_way *b, struct span document)
{
	struct outcome one = {.mapping = mapping, .stop_after = SIZE_MAX};
	struct outcome other = {.mapping = mapping, .stop_after = SIZE_MAX};
	read_document(&one, a, document);
	read_document(&other, b, document);
	agree(one.ok == other.ok, "both ways read it or none", &one, &other);
	agree(one.cause == other.cause, "both ways fail for the same cause", &one, &other);
	agree(!one.ok || (one.taken == other.taken && one.refused == other.refused &&
			  one.passed == other.passed),
	      "both ways count the same", &one, &other);
	agree(!one.ok || one.hash == other.hash, "both ways read the same", &one, &other);
}

size_t fuzz_piece_bytes(uint8_t byte)
{
	static const unsigned short bytes[] = {0, 1, 2, 3, 7, 16, 61, 300};
	return bytes[byte % COUNT_OF(bytes)];
}

void fuzz_feed(const struct fuzz_mappings *mappings, const uint8_t *data, size_t size)
{
	static const struct fuzz_way at_once = {0};
	static const struct fuzz_way tree = {.piece_bytes = TREE_PIECE_BYTES, .by_a_tree = true};
	struct span input = {(const char *)data, size};
	struct outcome outcome = {.mapping = fuzz_mapping_at(mappings, fuzz_take_byte(&input)),
				  .stop_after = SIZE_MAX};
	uint8_t how = fuzz_take_byte(&input);
	struct fuzz_way way = {.piece_bytes = fuzz_piece_bytes(how & 7)};
	if (how & 0x80)
		outcome.stop_after = how >> 3 & 0x0f;
	if ((how & 0xf0) == 0x10)
		fuzz_compare(outcome.mapping, &at_once, &way, input);
	else if ((how & 0xf0) == 0x20 && feed_format_find(outcome.mapping->format)->is_json)
		fuzz_compare(outcome.mapping, &tree, &way, input);
	else
		read_document(&outcome, &way, input);
}
