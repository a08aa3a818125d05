/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/reader.h"

#include <stdlib.h>

#include "feed/encoding.h"
#include "feed/format_csv.h"
#include "feed/guess.h"
#include "feed/json_lines.h"
#include "feed/json_split.h"
#include "feed/source.h"

enum { FRONT_BYTES = 4, FRONT_STEP_BYTES = 512 };

/* How the document is read; a reader goes down this list, never up. */
enum way {
	WAY_ROWS,	 /* row by row */
	WAY_SPLIT,	 /* record by record */
	WAY_SPLIT_AGAIN, /* a second time, now that it is known what stands behind the records */
	WAY_WHOLE,	 /* all of its bytes are gathered first */
};

struct feed_reader {
	struct feed_plan *plan;
	struct feed_source source;
	struct feed_split *split;
	struct feed_csv_reader *rows;
	struct feed_encoding encoding;
	struct feed_json_lines lines;
	struct text front; /* of a table: until it has more than blanks */
	enum way way;
	bool has_front;
	bool wants_again;
	bool is_begun;	/* something was pushed that is not the byte order mark */
	size_t bytes;	/* that came */
	size_t padding; /* NUL bytes among them that may be the last ones */
	char mark[3];	/* what may be the byte order mark */
	size_t mark_len;
	struct text gathered;
	const struct feed_sink *sink;
	struct feed_sink counting;
	size_t given, known; /* calls of the sink; those that it has had before */
};

void feed_reader_free(struct feed_reader **slot)
{
	struct feed_reader *reader = *slot;
	*slot = NULL;
	if (reader == NULL)
		return;
	feed_split_free(&reader->split);
	feed_csv_free(&reader->rows);
	feed_encoding_done(&reader->encoding);
	feed_json_lines_done(&reader->lines);
	text_done(&reader->front);
	feed_source_done(&reader->source);
	text_done(&reader->gathered);
	feed_plan_free(&reader->plan);
	free(reader);
}

/* -- the sink sees each record once, although the document may come twice -- */

static bool is_known(struct feed_reader *reader)
{
	return reader->given++ < reader->known;
}

static bool take(void *self, const struct feed_record *record, struct error *err)
{
	struct feed_reader *reader = self;
	return is_known(reader) || reader->sink->take(reader->sink->self, record, err);
}

static bool refuse(void *self, const struct feed_refusal *refusal, struct error *err)
{
	struct feed_reader *reader = self;
	return is_known(reader) || reader->sink->refuse(reader->sink->self, refusal, err);
}

/* -- from outside -- */

static bool begin(struct feed_reader *reader, struct error *err)
{
	struct feed_source *source = &reader->source;
	reader->way = WAY_ROWS;
	if (!source->plan->format->is_json)
		return feed_csv_new(source, &reader->rows, err);
	if (!feed_split_new(source, &reader->split, err))
		return false;
	reader->way = reader->split != NULL ? WAY_SPLIT : WAY_WHOLE;
	return true;
}

bool feed_reader_new(const struct feed_mapping *mapping, const struct feed_sink *sink,
		     struct feed_page *page, struct feed_reader **ret, struct error *err)
{
	AUTO_FEED_READER struct feed_reader *reader = calloc(1, sizeof *reader);
	page->page = page->pages = page->total = -1;
	page->cause = FEED_CAUSE_INTERNAL; /* until there is a reader */
	if (reader == NULL)
		return error_memory(err);
	if (!feed_plan_new(mapping, &reader->plan, err))
		return false;
	reader->gathered = text_with_limit(FEED_DOCUMENT_MAX_BYTES + 1);
	reader->encoding.kind = mapping->csv.encoding;
	reader->sink = sink;
	reader->counting = (struct feed_sink){take, refuse, reader};
	reader->source =
		(struct feed_source){.plan = reader->plan, .sink = &reader->counting, .page = page};
	for (size_t i = 0; i < COUNT_OF(reader->source.scratch); i++)
		reader->source.scratch[i] = text_with_limit(FEED_SCRATCH_BYTES);
	reader->front = text_with_limit(FEED_DOCUMENT_MAX_BYTES + 1);
	if (!begin(reader, err))
		return false;
	page->cause = FEED_CAUSE_NONE;
	*ret = ptr_take(&reader);
	return true;
}

void feed_reader_force_whole(struct feed_reader *reader)
{
	reader->way = WAY_WHOLE;
	reader->source.wants_tree = true;
}

static bool fail_too_long(struct feed_reader *reader, struct error *err)
{
	return feed_fail(&reader->source, FEED_CAUSE_LIMIT, err,
			 "the document has more than %d bytes, which is all that is read",
			 FEED_DOCUMENT_MAX_BYTES);
}

/* Begin anew in another way. */
static void begin_again(struct feed_reader *reader, enum way way)
{
	struct feed_page *page = reader->source.page;
	reader->way = way;
	reader->wants_again = true;
	reader->known = reader->given > reader->known ? reader->given : reader->known;
	reader->given = 0;
	page->rows = page->taken = page->refused = page->passed = 0;
	page->page = page->pages = page->total = -1;
	page->next_url[0] = page->revision[0] = '\0';
	page->present = 0;
}

static bool take_answer(struct feed_reader *reader, enum feed_split_answer answer)
{
	if (answer == FEED_SPLIT_FAILED)
		return false;
	if (answer != FEED_SPLIT_ON)
		begin_again(reader, answer == FEED_SPLIT_AGAIN ? WAY_SPLIT_AGAIN : WAY_WHOLE);
	return true;
}

/* What is wrong before any format looks at it? */
static bool check_bytes(struct feed_source *source, struct span document, struct error *err)
{
	struct span text = span_trim(document);
	if (text.len == 0)
		return feed_fail(source, FEED_CAUSE_EMPTY, err, "the document is empty");
	if (feed_guess_file(text) != NULL)
		return feed_fail(source, FEED_CAUSE_SYNTAX, err, "the document is %s, not %s",
				 feed_guess_file(text),
				 source->plan->format->is_json ? "JSON" : "CSV");
	if (text.start[0] == '<')
		return feed_fail(source, FEED_CAUSE_MARKUP, err,
				 "the document is an HTML or XML page, not %s",
				 source->plan->format->is_json ? "JSON" : "CSV");
	return true;
}

static bool check_rows(struct feed_source *source, struct error *err)
{
	const struct feed_mapping *mapping = source->plan->mapping;
	bool may_end = mapping->paging.until != FEED_UNTIL_COUNT; /* with a page without any */
	if (source->page->rows > 0 || may_end || mapping->answer.min_rows == 0)
		return true;
	return feed_fail(source, FEED_CAUSE_EMPTY, err, "the answer has no rows");
}

/* The table has begun: look at its first bytes before the rows do. */
static bool push_front(struct feed_reader *reader, struct error *err)
{
	struct span front = text_span(&reader->front);
	bool ok =
		check_bytes(&reader->source, front, err) && feed_csv_push(reader->rows, front, err);
	text_done(&reader->front);
	return ok;
}

static bool push_rows(struct feed_reader *reader, struct span piece, struct error *err)
{
	while (!reader->has_front && piece.len > 0) {
		size_t len = piece.len < FRONT_STEP_BYTES ? piece.len : FRONT_STEP_BYTES;
		text_add(&reader->front, piece.start, len);
		piece = span_behind(piece, len);
		if (!text_ok(&reader->front, "the document", err))
			return feed_fail_as(&reader->source, FEED_CAUSE_INTERNAL);
		/* a blank may be cut off in the middle */
		reader->has_front = span_trim(text_span(&reader->front)).len >= FRONT_BYTES;
		if (reader->has_front && !push_front(reader, err))
			return false;
	}
	return piece.len == 0 || feed_csv_push(reader->rows, piece, err);
}

static bool end_rows(struct feed_reader *reader, struct error *err)
{
	return (reader->has_front || push_front(reader, err)) && feed_csv_end(reader->rows, err) &&
	       check_rows(&reader->source, err);
}

static bool split(struct feed_reader *reader, struct span piece, struct error *err)
{
	if (reader->wants_again || piece.len == 0)
		return true;
	if (reader->way == WAY_ROWS)
		return push_rows(reader, piece, err);
	return take_answer(reader, feed_split_push(reader->split, piece, err));
}

/* Take off the byte order mark in front. */
static bool split_front(struct feed_reader *reader, struct span piece, struct error *err)
{
	static const char bom[] = "\xEF\xBB\xBF";
	while (!reader->is_begun && piece.len > 0) {
		reader->is_begun = *piece.start != bom[reader->mark_len];
		if (reader->is_begun)
			break;
		reader->mark[reader->mark_len++] = *piece.start;
		piece = span_behind(piece, 1);
		reader->is_begun = reader->mark_len == sizeof reader->mark;
		if (reader->is_begun)
			reader->mark_len = 0;
	}
	if (!reader->is_begun)
		return true;
	struct span mark = {reader->mark, reader->mark_len};
	reader->mark_len = 0;
	return split(reader, mark, err) && split(reader, piece, err);
}

/* Hold NUL bytes back as long as they may be the end. */
static bool split_back(struct feed_reader *reader, struct span piece, struct error *err)
{
	size_t len = piece.len;
	while (len > 0 && piece.start[len - 1] == '\0')
		len--;
	static const char nul[1] = "";
	for (; len > 0 && reader->padding > 0 && !reader->wants_again; reader->padding--)
		if (!split_front(reader, (struct span){nul, 1}, err))
			return false;
	reader->padding += piece.len - len;
	return split_front(reader, (struct span){piece.start, len}, err);
}

static bool push(struct feed_reader *reader, struct span piece, struct error *err)
{
	if (reader->way != WAY_WHOLE)
		return split_back(reader, piece, err);
	text_add(&reader->gathered, piece.start, piece.len);
	return text_ok(&reader->gathered, "the document", err) ||
	       feed_fail_as(&reader->source, FEED_CAUSE_INTERNAL);
}

static bool fail_encoding(struct feed_reader *reader, const struct error *err)
{
	return feed_fail_as(&reader->source, err->code == ERROR_INPUT	? FEED_CAUSE_SYNTAX
					     : err->code == ERROR_LIMIT ? FEED_CAUSE_LIMIT
									: FEED_CAUSE_INTERNAL);
}

/* What stands before a byte that is no character fails first, as it does when it comes alone. */
static bool recode(struct feed_reader *reader, struct span *piece, struct error *err)
{
	struct error told = {0};
	if (feed_encoding_push(&reader->encoding, *piece, piece, &told))
		return true;
	if (!push(reader, *piece, err))
		return false;
	if (err != NULL)
		*err = told;
	return fail_encoding(reader, &told);
}

static bool push_lines(struct feed_reader *reader, struct span piece, struct error *err)
{
	if (piece.len == 0 || reader->wants_again)
		return true;
	if (reader->plan->mapping->is_lines &&
	    !feed_json_lines_push(&reader->lines, piece, &piece, err))
		return fail_encoding(reader, err);
	return push(reader, piece, err);
}

bool feed_reader_push(struct feed_reader *reader, struct span piece, struct error *err)
{
	if (reader->wants_again)
		return true;
	reader->bytes += piece.len;
	if (reader->bytes > FEED_DOCUMENT_MAX_BYTES)
		return fail_too_long(reader, err);
	if (!recode(reader, &piece, err))
		return false;
	return push_lines(reader, piece, err);
}

/* What the end of the document adds to it. */
static bool push_rest(struct feed_reader *reader, struct error *err)
{
	struct span rest;
	/* whoever breaks off in the middle knows nothing of the end */
	if (reader->wants_again)
		return true;
	if (!feed_encoding_end(&reader->encoding, &rest, err))
		return fail_encoding(reader, err);
	if (!push_lines(reader, rest, err))
		return false;
	rest = feed_json_lines_end(&reader->lines);
	return reader->wants_again || rest.len == 0 || push(reader, rest, err);
}

bool feed_reader_wants_again(const struct feed_reader *reader)
{
	return reader->wants_again;
}

/* Without the byte order mark in front and the NUL bytes with which some servers fill up. */
static struct span strip(struct span document)
{
	static const char bom[] = "\xEF\xBB\xBF";
	if (span_starts(document, bom)) {
		document.start += strlen(bom);
		document.len -= strlen(bom);
	}
	while (document.len > 0 && document.start[document.len - 1] == '\0')
		document.len--;
	return document;
}

static bool decode_whole(struct feed_reader *reader, struct span document, struct error *err)
{
	struct feed_source *source = &reader->source;
	source->document = strip(document);
	if (document.len > FEED_DOCUMENT_MAX_BYTES)
		return fail_too_long(reader, err);
	return check_bytes(source, source->document, err) &&
	       source->plan->format->decode(source, err) && check_rows(source, err);
}

/* Ready for the document from its start. */
static void rewind_reader(struct feed_reader *reader)
{
	reader->wants_again = reader->is_begun = false;
	reader->bytes = reader->padding = reader->mark_len = 0;
	reader->lines.is_begun = reader->lines.has_ended = false;
	feed_encoding_done(&reader->encoding);
	reader->encoding = (struct feed_encoding){.kind = reader->plan->mapping->csv.encoding};
}

bool feed_reader_end(struct feed_reader *reader, bool *ret_again, struct error *err)
{
	struct feed_source *source = &reader->source;
	if (!push_rest(reader, err))
		return false;
	if (reader->way == WAY_WHOLE && !reader->wants_again) {
		*ret_again = false;
		return decode_whole(reader, text_span(&reader->gathered), err);
	}
	if (reader->way == WAY_ROWS) {
		*ret_again = false;
		return end_rows(reader, err);
	}
	if (!reader->wants_again && !take_answer(reader, feed_split_end(reader->split, err)))
		return false;
	*ret_again = reader->wants_again;
	if (!reader->wants_again)
		return check_rows(source, err);
	rewind_reader(reader);
	return true;
}

bool feed_decode(const struct feed_mapping *mapping, struct span document,
		 const struct feed_sink *sink, struct feed_page *page, struct error *err)
{
	AUTO_FEED_READER struct feed_reader *reader = NULL;
	bool again = true;
	if (!feed_reader_new(mapping, sink, page, &reader, err))
		return false;
	while (again) {
		/* it is here already and need not be gathered */
		if (reader->way == WAY_WHOLE && !mapping->is_lines &&
		    !feed_encoding_is_wide(document))
			return decode_whole(reader, document, err);
		if (!feed_reader_push(reader, document, err) ||
		    !feed_reader_end(reader, &again, err))
			return false;
	}
	return true;
}
