/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/reader.h"

#include <stdlib.h>

#include "feed/source.h"

struct feed_reader {
	struct feed_plan *plan;
	struct feed_source source;
	struct text gathered;
};

void feed_reader_free(struct feed_reader **slot)
{
	struct feed_reader *reader = *slot;
	*slot = NULL;
	if (reader == NULL)
		return;
	feed_source_done(&reader->source);
	text_done(&reader->gathered);
	feed_plan_free(&reader->plan);
	free(reader);
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
	reader->source = (struct feed_source){.plan = reader->plan, .sink = sink, .page = page};
	for (size_t i = 0; i < COUNT_OF(reader->source.scratch); i++)
		reader->source.scratch[i] = text_with_limit(FEED_SCRATCH_BYTES);
	page->cause = FEED_CAUSE_NONE;
	*ret = ptr_take(&reader);
	return true;
}

static bool fail_too_long(struct feed_reader *reader, struct error *err)
{
	return feed_fail(&reader->source, FEED_CAUSE_LIMIT, err,
			 "the document has more than %d bytes, which is all that is read",
			 FEED_DOCUMENT_MAX_BYTES);
}

bool feed_reader_push(struct feed_reader *reader, struct span piece, struct error *err)
{
	text_add(&reader->gathered, piece.start, piece.len);
	if (reader->gathered.too_long)
		return fail_too_long(reader, err);
	return text_ok(&reader->gathered, "the document", err) ||
	       feed_fail_as(&reader->source, FEED_CAUSE_INTERNAL);
}

bool feed_reader_wants_again(const struct feed_reader *reader)
{
	(void)reader;
	return false;
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

/* What is wrong before any format looks at it? */
static bool check_bytes(struct feed_source *source, struct error *err)
{
	struct span text = span_trim(source->document);
	if (text.len == 0)
		return feed_fail(source, FEED_CAUSE_EMPTY, err, "the document is empty");
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

static bool decode(struct feed_reader *reader, struct span document, struct error *err)
{
	struct feed_source *source = &reader->source;
	source->document = strip(document);
	if (document.len > FEED_DOCUMENT_MAX_BYTES)
		return fail_too_long(reader, err);
	return check_bytes(source, err) && source->plan->format->decode(source, err) &&
	       check_rows(source, err);
}

bool feed_reader_end(struct feed_reader *reader, bool *ret_again, struct error *err)
{
	if (!decode(reader, text_span(&reader->gathered), err))
		return false;
	*ret_again = false;
	return true;
}

bool feed_decode(const struct feed_mapping *mapping, struct span document,
		 const struct feed_sink *sink, struct feed_page *page, struct error *err)
{
	AUTO_FEED_READER struct feed_reader *reader = NULL;
	return feed_reader_new(mapping, sink, page, &reader, err) && decode(reader, document, err);
}
