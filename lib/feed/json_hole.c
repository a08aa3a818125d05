/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/json_hole.h"

#include "base/number.h"
#include "feed/json_document.h"
#include "feed/json_token.h"
#include "feed/json_walk.h"
#include "feed/pointer.h"

enum {
	PATHS_MAX = 2,
	PATH_MAX_TOKENS = 16,
	HOLE_BYTES = 16, /* of the list that stands for one */
};

/* U+FFFE, which Unicode sets aside as it does the mark of numbers. */
static const char mark[] = "\xEF\xBF\xBE";

/* The way to an object with lists in it. */
struct path {
	struct span tokens[PATH_MAX_TOKENS]; /* without bytes: any */
	size_t count;
	size_t matched; /* tokens that lead to the value at hand */
};

struct digging {
	const struct feed_hole_rules *rules;
	struct feed_walk walk;
	struct path paths[PATHS_MAX];
	size_t path_count;
	struct text *rest; /* the document without the lists */
	struct feed_holes *holes;
	struct feed_hole *hole; /* that the walk is in */
	size_t hole_depth;
	bool is_odd; /* the hole has something in it that is for the tree */
	bool is_unusual;
};

/* -- the list that is walked over -- */

/* The names of the hole are looked at in its end, those of its rows while they are passed. */
static enum feed_walk_interest begin_row(struct digging *digging)
{
	digging->hole->count++;
	digging->walk.trusts_keys = false;
	return FEED_WALK_OVER;
}

static enum feed_walk_interest value_in_hole(struct digging *digging, enum feed_walk_kind kind)
{
	struct feed_hole *hole = digging->hole;
	bool is_container = kind == FEED_WALK_OBJECT || kind == FEED_WALK_ARRAY;
	size_t offset = hole->count;
	if (hole->has_names)
		return begin_row(digging);
	if (hole->is_object && (!feed_key_number(digging->walk.key, &offset) ||
				(hole->count > 0 && offset <= hole->last)))
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
					    .is_object = kind == FEED_WALK_OBJECT,
					    .has_names = digging->rules->has_names};
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
	if (hole->has_names && !feed_hole_names_once(hole))
		digging->is_unusual = true;
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
	if (token.start == NULL)
		return true;
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

/* Is the value at hand in an object to which a path leads? */
static bool is_place(const struct digging *digging)
{
	size_t depth = digging->walk.depth;
	bool is_at_end = false;
	for (size_t i = 0; i < digging->path_count; i++)
		is_at_end = is_at_end || (digging->paths[i].matched == digging->paths[i].count &&
					  depth == digging->paths[i].count + 1);
	return is_at_end && digging->walk.levels[depth].is_object && is_named(digging);
}

/* Is the value at hand, which is in its place, a list of cells? */
static bool is_kind(struct digging *digging, enum feed_walk_kind kind)
{
	/* a list might say what stands for a hole */
	digging->is_unusual =
		digging->is_unusual || (digging->rules->has_names && kind == FEED_WALK_ARRAY);
	return (kind == FEED_WALK_ARRAY && !digging->rules->has_names) ||
	       (kind == FEED_WALK_OBJECT && !digging->rules->has_rows);
}

/* Does a path lead into the value at hand? */
static bool follow(struct digging *digging)
{
	size_t depth = digging->walk.depth;
	bool leads = false;
	for (size_t i = 0; i < digging->path_count; i++) {
		struct path *path = &digging->paths[i];
		if (path->matched + 1 != depth || depth > path->count ||
		    !is_token(digging, path->tokens[depth - 1]))
			continue;
		path->matched = depth;
		leads = true;
	}
	return leads;
}

static enum feed_walk_interest take_value(void *self, enum feed_walk_kind kind)
{
	struct digging *digging = self;
	if (digging->hole != NULL)
		return value_in_hole(digging, kind);
	if (digging->walk.depth == 0)
		return FEED_WALK_INTO;
	if (is_place(digging) && is_kind(digging, kind))
		return begin_hole(digging, kind);
	return follow(digging) ? FEED_WALK_INTO : FEED_WALK_IGNORE;
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
	else if (digging->hole != NULL)
		digging->walk.trusts_keys = true; /* behind a row */
	for (size_t i = 0; i < digging->path_count; i++)
		if (digging->paths[i].matched >= depth && depth > 0)
			digging->paths[i].matched = depth - 1;
	return FEED_WALK_ON;
}

static bool add_path(struct digging *digging, struct span pointer, bool has_stars)
{
	struct path *path = &digging->paths[digging->path_count++];
	struct span rest = pointer;
	if (pointer.len == 0)
		return true;
	if (span_find_char(pointer, '~') != NULL)
		return false;
	(void)span_cut(&rest, '/');
	while (rest.start != NULL && path->count < PATH_MAX_TOKENS) {
		struct span token = span_cut(&rest, '/');
		if (has_stars && span_is(token, "*"))
			token.start = NULL;
		path->tokens[path->count++] = token;
	}
	return rest.start == NULL;
}

static bool add_paths(struct digging *digging, struct span records)
{
	const struct feed_hole_rules *rules = digging->rules;
	bool ok = true;
	if (rules->is_at_records)
		return add_path(digging, records, false) &&
		       (records.len > 0 || add_path(digging, span_of("/*"), true));
	if (rules->places[0] == NULL)
		return add_path(digging, (struct span){0}, false);
	for (size_t i = 0; i < COUNT_OF(rules->places) && rules->places[i] != NULL; i++)
		ok = ok && add_path(digging, span_of(rules->places[i]), true);
	return ok;
}

/* -- does the mapping read something in the lists? -- */

static bool may_enter(const struct feed_hole_rules *rules, const char *pointer)
{
	struct span rest = span_of(pointer);
	while (rest.start != NULL) {
		struct span token = span_cut(&rest, '/');
		bool is_escaped = span_find_char(token, '~') != NULL;
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
	if (!keeps_off(source, rules) || !add_paths(&digging, source->plan->records))
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
	text = span_behind(text, strlen(mark));
	return feed_key_number(text, &number) && number < holes->count ? &holes->items[number]
								       : NULL;
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
