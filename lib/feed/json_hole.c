/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/json_hole.h"

#include "base/number.h"
#include "feed/json_document.h"
#include "feed/json_walk.h"
#include "feed/pointer.h"

enum {
	PATH_MAX_TOKENS = 16,
	KEY_DIGITS_MAX = 15,
	HOLE_BYTES = 16, /* of the list that stands for one */
	DECIMAL = 10,
};

/* U+FFFE, which Unicode sets aside as it does the mark of numbers. */
static const char mark[] = "\xEF\xBF\xBE";

struct digging {
	const struct feed_hole_rules *rules;
	struct feed_walk walk;
	struct span path[PATH_MAX_TOKENS];
	size_t path_count;
	size_t matched;	   /* tokens of it that lead to the value at hand */
	struct text *rest; /* the document without the lists */
	struct feed_holes *holes;
	struct feed_hole *hole; /* that the walk is in */
	size_t hole_depth;
	bool is_odd; /* the hole has something in it that is for the tree */
	bool is_unusual;
};

/* -- the list that is walked over -- */

static bool read_key(struct span key, size_t *ret)
{
	size_t value = 0;
	if (key.len == 0 || key.len > KEY_DIGITS_MAX || (key.len > 1 && key.start[0] == '0'))
		return false;
	for (size_t i = 0; i < key.len; i++) {
		if (key.start[i] < '0' || key.start[i] > '9')
			return false;
		value = value * DECIMAL + (size_t)(key.start[i] - '0');
	}
	*ret = value;
	return true;
}

static enum feed_walk_interest value_in_hole(struct digging *digging, enum feed_walk_kind kind)
{
	struct feed_hole *hole = digging->hole;
	bool is_container = kind == FEED_WALK_OBJECT || kind == FEED_WALK_ARRAY;
	size_t offset = hole->count;
	if (hole->is_object &&
	    (!read_key(digging->walk.key, &offset) || (hole->count > 0 && offset <= hole->last)))
		digging->is_odd = true;
	if (is_container && !digging->rules->has_rows)
		digging->is_odd = true;
	hole->last = offset;
	hole->count++;
	return FEED_WALK_IGNORE;
}

static enum feed_walk_interest begin_hole(struct digging *digging, enum feed_walk_kind kind)
{
	struct feed_holes *holes = digging->holes;
	if (holes->count == FEED_HOLES_MAX) {
		digging->is_unusual = true;
		return FEED_WALK_IGNORE;
	}
	text_addf(digging->rest, "[\"%s%zu\"]", mark, holes->count);
	digging->hole = &holes->items[holes->count++];
	*digging->hole = (struct feed_hole){.bytes.start = digging->walk.at,
					    .is_object = kind == FEED_WALK_OBJECT};
	digging->hole_depth = digging->walk.depth;
	digging->is_odd = false;
	digging->walk.copy = NULL;
	/* rows are looked at one by one; names in order are only once there */
	digging->walk.trusts_keys = !digging->rules->has_rows;
	return FEED_WALK_INTO;
}

static void end_hole(struct digging *digging)
{
	struct feed_hole *hole = digging->hole;
	hole->bytes.len = (size_t)(digging->walk.at + 1 - hole->bytes.start);
	digging->walk.copy = digging->rest;
	digging->walk.trusts_keys = true;
	digging->hole = NULL;
	if (!digging->is_odd || digging->rest->failed)
		return;
	/* fill it up */
	digging->holes->count--;
	while (digging->rest->data[digging->rest->len - 1] != '[')
		digging->rest->len--;
	digging->rest->len--;
	text_add(digging->rest, hole->bytes.start, hole->bytes.len);
}

/* -- what is around -- */

static bool is_token(const struct digging *digging, struct span token)
{
	const struct feed_walk_level *level = &digging->walk.levels[digging->walk.depth];
	char index[NUMBER_BYTES];
	if (level->is_object)
		return span_equal(digging->walk.key, token);
	return span_is(token, number_print_integer((int64_t)level->index, index));
}

static bool is_named(const struct digging *digging)
{
	for (size_t i = 0; i < COUNT_OF(digging->rules->names); i++)
		if (digging->rules->names[i] != NULL &&
		    span_is(digging->walk.key, digging->rules->names[i]))
			return true;
	return false;
}

/* Is the value at hand a list of cells? */
static bool is_hole(const struct digging *digging, enum feed_walk_kind kind)
{
	size_t depth = digging->walk.depth;
	bool may_be_deeper = digging->rules->is_at_records && digging->path_count == 0;
	bool is_place =
		(digging->matched == digging->path_count && depth == digging->path_count + 1) ||
		(may_be_deeper && depth == 2);
	bool is_kind =
		kind == FEED_WALK_ARRAY || (kind == FEED_WALK_OBJECT && !digging->rules->has_rows);
	return is_place && is_kind && digging->walk.levels[depth].is_object && is_named(digging);
}

static enum feed_walk_interest take_value(void *self, enum feed_walk_kind kind)
{
	struct digging *digging = self;
	size_t depth = digging->walk.depth;
	if (digging->hole != NULL)
		return value_in_hole(digging, kind);
	if (depth == 0)
		return FEED_WALK_INTO;
	if (is_hole(digging, kind))
		return begin_hole(digging, kind);
	if (digging->rules->is_at_records && digging->path_count == 0 && depth == 1)
		return FEED_WALK_INTO;
	if (digging->matched + 1 != depth || depth > digging->path_count ||
	    !is_token(digging, digging->path[depth - 1]))
		return FEED_WALK_IGNORE;
	digging->matched = depth;
	return FEED_WALK_INTO;
}

static void take_leave(void *self)
{
	(void)self;
}

static enum feed_walk_answer take_end(void *self)
{
	struct digging *digging = self;
	size_t depth = digging->walk.depth;
	if (digging->hole != NULL && depth == digging->hole_depth)
		end_hole(digging);
	else if (depth > 0 && depth <= digging->path_count)
		digging->matched = depth - 1;
	return FEED_WALK_ON;
}

static bool take_path(struct digging *digging, struct span pointer)
{
	struct span rest = pointer;
	if (!digging->rules->is_at_records || pointer.len == 0)
		return true;
	if (memchr(pointer.start, '~', pointer.len) != NULL)
		return false;
	(void)span_cut(&rest, '/');
	while (rest.start != NULL && digging->path_count < PATH_MAX_TOKENS)
		digging->path[digging->path_count++] = span_cut(&rest, '/');
	return rest.start == NULL;
}

/* -- does the mapping read something in the lists? -- */

static bool may_enter(const struct feed_hole_rules *rules, const char *pointer)
{
	struct span rest = span_of(pointer);
	while (rest.start != NULL) {
		struct span token = span_cut(&rest, '/');
		bool is_escaped = token.len > 0 && memchr(token.start, '~', token.len) != NULL;
		for (size_t i = 0; i < COUNT_OF(rules->names); i++)
			if (is_escaped ||
			    (rules->names[i] != NULL && span_is(token, rules->names[i])))
				return true;
	}
	return false;
}

static bool any_may_enter(const struct feed_hole_rules *rules, const struct key_texts *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (may_enter(rules, list->items[i]))
			return true;
	return false;
}

static bool keeps_off(const struct feed_source *source, const struct feed_hole_rules *rules)
{
	const struct feed_mapping *mapping = source->plan->mapping;
	const char *const pointers[] = {mapping->answer.error_text, mapping->paging.page,
					mapping->paging.pages,	    mapping->paging.total,
					mapping->paging.next,	    source->plan->revision};
	for (size_t i = 0; i < COUNT_OF(pointers); i++)
		if (may_enter(rules, pointers[i]))
			return false;
	return !any_may_enter(rules, &mapping->answer.require) &&
	       !any_may_enter(rules, &mapping->answer.forbid);
}

/* Is what would be gathered there one text?  Else it may have a list in it. */
static bool is_text_at(const json_t *top, const char *pointer)
{
	const json_t *value = pointer == NULL ? NULL : feed_pointer_get(top, span_of(pointer));
	return !json_is_array(value) && !json_is_object(value);
}

static bool gathers_texts(const struct feed_source *source, const json_t *top)
{
	return is_text_at(top, source->plan->mapping->paging.next) &&
	       is_text_at(top, source->plan->revision);
}

/* -- from outside -- */

/* The tree with holes, or NULL. */
static json_t *dig(struct feed_source *source, const struct feed_hole_rules *rules,
		   struct feed_holes *holes)
{
	static const struct feed_walk_events events = {take_value, take_leave, take_end};
	struct digging digging = {.rules = rules, .holes = holes};
	json_error_t why;
	if (!keeps_off(source, rules) || !take_path(&digging, source->plan->records))
		return NULL;
	AUTO_TEXT struct text rest =
		text_with_limit(FEED_DOCUMENT_MAX_BYTES + FEED_HOLES_MAX * HOLE_BYTES);
	feed_walk_begin(&digging.walk, &events, &digging);
	digging.rest = digging.walk.copy = &rest;
	digging.walk.trusts_keys = true;
	bool ok = feed_walk_push(&digging.walk, source->document) == FEED_WALK_ON &&
		  feed_walk_is_whole(&digging.walk) && !digging.is_unusual;
	return ok && !rest.failed ? feed_json_parse(text_span(&rest), &why) : NULL;
}

const struct feed_hole *feed_hole_find(const struct feed_holes *holes, const json_t *value)
{
	struct span text = feed_json_text(json_array_get(value, 0));
	size_t number;
	if (json_array_size(value) != 1 || text.len <= strlen(mark) || !span_starts(text, mark))
		return NULL;
	text = (struct span){text.start + strlen(mark), text.len - strlen(mark)};
	return read_key(text, &number) && number < holes->count ? &holes->items[number] : NULL;
}

struct feed_hole_cursor feed_hole_begin(const struct feed_hole *hole)
{
	return (struct feed_hole_cursor){.at = hole->bytes.start + 1, .is_object = hole->is_object};
}

static const char *behind_string(const char *at)
{
	for (at++; *at != '"'; at++)
		at += *at == '\\';
	return at + 1;
}

static bool is_between(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == ',' || c == ':';
}

/* Behind a value; the walk has found that it is whole and that a bracket follows in the end. */
static const char *behind_value(const char *at)
{
	size_t depth = 0;
	for (;;) {
		bool is_open = *at == '[' || *at == '{';
		bool is_close = *at == ']' || *at == '}';
		if (depth == 0 && (is_close || is_between(*at)))
			return at;
		depth = depth + is_open - is_close;
		at = *at == '"' ? behind_string(at) : at + 1;
	}
}

bool feed_hole_next(struct feed_hole_cursor *cursor)
{
	const char *at = cursor->at;
	while (is_between(*at))
		at++;
	cursor->at = at;
	if (*at == ']' || *at == '}')
		return false;
	if (cursor->is_object) {
		const char *end = behind_string(at);
		if (!read_key((struct span){at + 1, (size_t)(end - at) - 2}, &cursor->offset))
			return false;
		for (at = end; is_between(*at);)
			at++;
	} else {
		cursor->offset += cursor->is_begun;
	}
	cursor->is_begun = true;
	cursor->at = behind_value(at);
	cursor->value = (struct span){at, (size_t)(cursor->at - at)};
	return true;
}

bool feed_hole_seek(struct feed_hole_cursor *cursor, size_t offset)
{
	while (!cursor->is_begun || cursor->offset < offset)
		if (!feed_hole_next(cursor))
			return false;
	return cursor->offset == offset;
}

json_t *feed_hole_value(const struct feed_hole_cursor *cursor)
{
	struct span value = cursor->value;
	char first = value.start[0];
	if (first == 'n')
		return json_null();
	if (first == '"' && memchr(value.start, '\\', value.len) == NULL)
		return json_stringn_nocheck(value.start + 1, value.len - 2);
	AUTO_TEXT struct text marked = text_with_limit(FEED_DOCUMENT_MAX_BYTES * 4 + 1);
	feed_json_mark(value, &marked);
	return marked.failed ? NULL
			     : json_loadb(marked.data, marked.len,
					  JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
}

static void forget(struct feed_source *source)
{
	struct feed_page *page = source->page;
	page->cause = FEED_CAUSE_NONE;
	page->page = page->pages = page->total = -1;
	page->next_url[0] = page->revision[0] = '\0';
}

bool feed_hole_open(struct feed_source *source, const struct feed_hole_rules *rules,
		    const struct feed_hole_opener *opener, struct feed_holes *holes,
		    json_t **ret_top, struct error *err)
{
	struct error why = {0};
	holes->count = 0;
	*ret_top = source->wants_tree ? NULL : dig(source, rules, holes);
	if (*ret_top != NULL && gathers_texts(source, *ret_top) &&
	    opener->open(opener->self, *ret_top, holes, &why))
		return true;
	json_decref(ptr_take(ret_top));
	holes->count = 0;
	forget(source);
	return feed_json_load(source, ret_top, err) &&
	       opener->open(opener->self, *ret_top, holes, err);
}
