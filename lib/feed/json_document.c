/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/json_document.h"

#include <inttypes.h>

#include "feed/json_complaint.h"
#include "feed/pointer.h"

enum {
	SHOWN_BYTES = 300,
	GATHER_DEPTH_MAX = 8,
	MARKED_BYTES = 4 * FEED_DOCUMENT_MAX_BYTES + 1, /* "[1,1,1]" becomes the longest */
};

int feed_json_depth(struct span document)
{
	int depth = 0;
	int deepest = 0;
	bool in_string = false;
	for (size_t i = 0; i < document.len; i++) {
		char c = document.start[i];
		if (in_string && c == '\\')
			i++;
		else if (c == '"')
			in_string = !in_string;
		else if (!in_string && (c == '[' || c == '{'))
			depth++;
		else if (!in_string && (c == ']' || c == '}'))
			depth--;
		deepest = depth > deepest ? depth : deepest;
	}
	return deepest;
}

json_t *feed_json_parse(struct span document, json_error_t *why)
{
	AUTO_TEXT struct text marked = text_with_limit(MARKED_BYTES);
	feed_json_mark(document, &marked);
	*why = (json_error_t){0};
	return marked.failed ? NULL
			     : json_loadb(marked.data, marked.len, JSON_REJECT_DUPLICATES, why);
}

bool feed_json_load(struct feed_source *source, json_t **ret, struct error *err)
{
	struct span document = source->document;
	json_error_t why;
	int depth = feed_json_depth(document);
	if (depth > FEED_JSON_DEPTH_MAX)
		return feed_fail(source, FEED_CAUSE_LIMIT, err,
				 "the document has %d lists and objects in each other; at most %d "
				 "are read",
				 depth, FEED_JSON_DEPTH_MAX);
	json_t *top = feed_json_parse(document, &why);
	bool is_syntax = top == NULL && why.text[0] != '\0' &&
			 json_error_code(&why) != json_error_out_of_memory;
	if (is_syntax) {
		/* once more, for the place in the document as it is */
		json_error_t shown = {0};
		json_auto_t *plain =
			json_loadb(document.start, document.len,
				   JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL, &shown);
		if (plain == NULL && json_error_code(&shown) != json_error_numeric_overflow)
			why = shown;
	}
	if (top == NULL)
		return feed_json_complain(source, &why, err);
	*ret = top;
	return true;
}

static void gather(const json_t *value, const char *separator, int depth, struct text *out)
{
	if (value == NULL || depth > GATHER_DEPTH_MAX)
		return;
	const char *name;
	json_t *member;
	size_t i;
	if (!json_is_array(value) && !json_is_object(value) && out->len > 0)
		text_add_string(out, separator);
	struct span text = feed_json_text(value);
	if (feed_json_is_number(value))
		feed_number_plain(text, out);
	else
		text_add(out, text.start, text.len);
	json_array_foreach(value, i, member)
	{
		gather(member, separator, depth + 1, out);
	}
	/* jansson wants the object without const to walk it */
	json_t *object;
	memcpy(&object, &value, sizeof object);
	json_object_foreach(object, name, member)
	{
		gather(member, separator, depth + 1, out);
	}
}

void feed_json_gather(const json_t *value, const char *separator, struct text *out)
{
	gather(value, separator, 0, out);
}

/* null, false, "", [] and {} say the same as nothing. */
static bool is_there(const json_t *value)
{
	if (value == NULL || json_is_null(value) || json_is_false(value))
		return false;
	if (json_is_string(value))
		return json_string_length(value) > 0;
	return !(json_is_array(value) && json_array_size(value) == 0) &&
	       !(json_is_object(value) && json_object_size(value) == 0);
}

static struct span head_of(struct span text)
{
	size_t len = text.len < SHOWN_BYTES ? text.len : SHOWN_BYTES;
	while (len < text.len && len > 0 && ((unsigned char)text.start[len] & 0xc0) == 0x80)
		len--;
	return (struct span){text.start, len};
}

static bool fail_showing(struct feed_source *source, enum feed_cause cause, const char *what,
			 const json_t *shown, struct error *err)
{
	AUTO_TEXT struct text text = text_with_limit(FEED_SCRATCH_BYTES);
	feed_json_gather(shown, ", ", &text);
	struct span head = head_of(text_span(&text));
	if (head.len == 0)
		return feed_fail(source, cause, err, "%s", what);
	return feed_fail(source, cause, err, "%s: %.*s", what, SPAN_ARGS(head));
}

bool feed_json_check(struct feed_source *source, const json_t *top, struct error *err)
{
	const struct feed_answer *answer = &source->plan->mapping->answer;
	const json_t *told = answer->error_text == NULL
				     ? NULL
				     : feed_pointer_get(top, span_of(answer->error_text));
	char what[FEED_FIELD_BYTES];
	bool is_wrong = (answer->type == FEED_ANSWER_OBJECT && !json_is_object(top)) ||
			(answer->type == FEED_ANSWER_LIST && !json_is_array(top));
	if (is_wrong) {
		(void)snprintf(what, sizeof what, "the answer is %s and not %s",
			       feed_json_kind(top),
			       answer->type == FEED_ANSWER_LIST ? "a list" : "an object");
		return fail_showing(source, FEED_CAUSE_SHAPE, what, told, err);
	}
	for (size_t i = 0; i < answer->forbid.count; i++) {
		const json_t *found = feed_pointer_get(top, span_of(answer->forbid.items[i]));
		if (is_there(found))
			return fail_showing(source, FEED_CAUSE_ERROR_BODY, "the source says",
					    told != NULL ? told : found, err);
	}
	for (size_t i = 0; i < answer->require.count; i++) {
		const char *pointer = answer->require.items[i];
		const json_t *found = feed_pointer_get(top, span_of(pointer));
		if (found != NULL && !json_is_null(found))
			continue;
		(void)snprintf(what, sizeof what, "the answer has no '%.400s'", pointer);
		return fail_showing(source, FEED_CAUSE_SHAPE, what, told, err);
	}
	return true;
}

/* A count written as a number or as a text; -1 when there is none. */
static int64_t count_at(const json_t *top, const char *given, const char *fallback)
{
	const char *pointer = given != NULL ? given : fallback;
	const json_t *value = pointer == NULL ? NULL : feed_pointer_get(top, span_of(pointer));
	int64_t count;
	return json_is_string(value) && number_read_integer(feed_json_text(value), 0, INT64_MAX,
							    &count, NULL)
		       ? count
		       : -1;
}

/* A text that the document says about itself. */
struct mark {
	const char *what, *pointer; /* pointer NULL: nothing is looked for */
	char *buffer;
	size_t size;
};

static bool copy_mark(struct feed_source *source, const json_t *top, const struct mark *mark,
		      struct error *err)
{
	AUTO_TEXT struct text text = text_with_limit(mark->size);
	if (mark->pointer == NULL)
		return true;
	feed_json_gather(feed_pointer_get(top, span_of(mark->pointer)), " ", &text);
	if (!text_ok(&text, mark->what, err))
		return feed_fail_as(source, text.too_long ? FEED_CAUSE_LIMIT : FEED_CAUSE_INTERNAL);
	return span_copy(text_span(&text), mark->buffer, mark->size);
}

static bool complain_of_count(struct feed_source *source, const char *key, const char *pointer,
			      const json_t *found, struct error *err)
{
	AUTO_TEXT struct text text = text_with_limit(FEED_MARK_BYTES);
	(void)feed_fail_as(source, FEED_CAUSE_SHAPE);
	if (found == NULL)
		return error_set(err, ERROR_INPUT, "%s: the document has nothing at '%.400s'", key,
				 pointer);
	feed_json_gather(found, " ", &text);
	return error_set(err, ERROR_INPUT, "%s: what stands at '%.400s' is no whole number: '%.*s'",
			 key, pointer, SPAN_ARGS(text_span(&text)));
}

/* A number that the operator named and that is not there would leave the answer unchecked. */
static bool has_counts(struct feed_source *source, const json_t *top, struct error *err)
{
	const struct feed_paging *paging = &source->plan->mapping->paging;
	const struct {
		const char *key, *pointer;
		int64_t count;
	} named[] = {{"paging.page", paging->page, source->page->page},
		     {"paging.pages", paging->pages, source->page->pages},
		     {"paging.total", paging->total, source->page->total}};
	for (size_t i = 0; i < COUNT_OF(named); i++) {
		if (named[i].pointer == NULL || named[i].pointer[0] == '\0' || named[i].count >= 0)
			continue;
		return complain_of_count(source, named[i].key, named[i].pointer,
					 feed_pointer_get(top, span_of(named[i].pointer)), err);
	}
	return true;
}

bool feed_json_announce(struct feed_source *source, const json_t *top,
			const struct feed_json_counts *counts, struct error *err)
{
	const struct feed_paging *paging = &source->plan->mapping->paging;
	struct feed_page *page = source->page;
	const char *next_at = paging->next != NULL ? paging->next : counts->next;
	const struct mark next = {"the URL of the next document", next_at, page->next_url,
				  sizeof page->next_url};
	const struct mark revision = {"the document's mark of its revision", source->plan->revision,
				      page->revision, sizeof page->revision};
	page->page = count_at(top, paging->page, counts->page);
	page->pages = count_at(top, paging->pages, counts->pages);
	page->total = count_at(top, paging->total, counts->total);
	return has_counts(source, top, err) && copy_mark(source, top, &next, err) &&
	       copy_mark(source, top, &revision, err);
}

bool feed_json_open(struct feed_source *source, const json_t *top, struct error *err)
{
	const struct feed_list_rules *rules = source->plan->format->rules;
	return (rules->check == NULL || rules->check(source, top, err)) &&
	       feed_json_check(source, top, err) &&
	       feed_json_announce(source, top, &rules->counts, err);
}
