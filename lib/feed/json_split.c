/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/json_split.h"

#include <stdlib.h>

#include "feed/json_cut.h"
#include "feed/json_document.h"
#include "feed/json_records.h"
#include "feed/json_value.h"
#include "feed/pointer.h"

enum { PATH_MAX_TOKENS = 16 };

struct feed_split {
	struct feed_source *source;
	struct feed_cut cut;
	struct span path[PATH_MAX_TOKENS]; /* of the list */
	size_t path_count;
	size_t matched; /* tokens of it that lead to the value at hand */
	struct text around;
	bool in_list, was_list;
	bool has_failed; /* for want of memory */
	bool is_known;	 /* `top` says all that stands around the list, if nothing is behind it */
	size_t head_len; /* of what stands before the list */
	bool is_late;	 /* the list was passed over, for want of something behind it */
	bool is_second;	 /* `top` is known from the first time */
	json_t *top;	 /* what stood before the list, or all that is around it */
	long wants[FEED_JSON_DEPTH_MAX + 2]; /* what is wanted of the container of this depth */
	struct feed_cut_part *part;	     /* that is being copied */
	struct error *err;
	struct feed_walk walk; /* last: it clears itself */
};

void feed_split_free(struct feed_split **slot)
{
	struct feed_split *split = *slot;
	*slot = NULL;
	if (split == NULL)
		return;
	feed_cut_done(&split->cut);
	text_done(&split->around);
	json_decref(split->top);
	free(split);
}

/* -- is the plan such that it can be done? -- */

static bool take_path(struct feed_split *split)
{
	struct span pointer = split->source->plan->records;
	struct span rest = pointer;
	if (pointer.len == 0)
		return true;
	if (span_find_char(pointer, '~') != NULL)
		return false;
	(void)span_cut(&rest, '/');
	while (rest.start != NULL && split->path_count < PATH_MAX_TOKENS)
		split->path[split->path_count++] = span_cut(&rest, '/');
	return rest.start == NULL;
}

static bool meets(const struct feed_split *split, const char *pointer)
{
	return pointer != NULL &&
	       feed_pointers_meet(span_of(pointer), split->source->plan->records);
}

static bool any_meets(const struct feed_split *split, const char *const *pointers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (meets(split, pointers[i]))
			return true;
	return false;
}

static bool list_meets(const struct feed_split *split, const struct key_texts *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (meets(split, list->items[i]))
			return true;
	return false;
}

static bool field_keeps_off(void *self, struct feed_field *field, struct error *err)
{
	const struct feed_split *split = self;
	(void)err;
	for (size_t i = 0; i < field->count; i++)
		if (field->pieces[i].kind == FEED_PIECE_TOP &&
		    feed_pointers_meet(field->pieces[i].text, split->source->plan->records))
			return false;
	return true;
}

/* Does whatever is read around the list keep off the list? */
static bool keeps_off(struct feed_split *split)
{
	const struct feed_plan *plan = split->source->plan;
	const struct feed_mapping *mapping = plan->mapping;
	const struct feed_list_rules *rules = plan->format->rules;
	const char *const pointers[] = {
		mapping->answer.error_text, mapping->paging.page, mapping->paging.pages,
		mapping->paging.total,	    mapping->paging.next, plan->revision,
		rules->counts.page,	    rules->counts.pages,  rules->counts.total,
		rules->counts.next,	    rules->reads[0],	  rules->reads[1]};
	return !any_meets(split, pointers, COUNT_OF(pointers)) &&
	       !list_meets(split, &mapping->answer.require) &&
	       !list_meets(split, &mapping->answer.forbid) &&
	       feed_plan_fields(split->source->plan, field_keeps_off, split, NULL);
}

/* -- what stands before the list -- */

/* Make it the document `top`.  What cannot be read is for somebody else to look at. */
static enum feed_split_answer load(struct feed_split *split, const struct text *text)
{
	AUTO_TEXT struct text marked = text_with_limit(FEED_SPLIT_AROUND_BYTES * 8);
	json_error_t why = {0};
	feed_json_mark(text_span(text), &marked);
	if (text->too_long || marked.too_long)
		return FEED_SPLIT_UNUSUAL;
	json_decref(split->top);
	split->top = NULL;
	if (text->failed || marked.failed)
		return FEED_SPLIT_FAILED;
	split->top = json_loadb(marked.data, marked.len, JSON_REJECT_DUPLICATES, &why);
	if (split->top != NULL)
		return FEED_SPLIT_ON;
	/* without memory jansson often has no words at all */
	bool is_memory = json_error_code(&why) == json_error_out_of_memory || why.text[0] == '\0';
	return is_memory ? FEED_SPLIT_FAILED : FEED_SPLIT_UNUSUAL;
}

static size_t token_count(struct span pointer)
{
	size_t count = 0;
	for (size_t i = 0; i < pointer.len; i++)
		count += pointer.start[i] == '/';
	return count;
}

/* The first `count` tokens. */
static struct span head_of(struct span pointer, size_t count)
{
	size_t at = 0;
	for (size_t seen = 0; at < pointer.len; at++) {
		seen += pointer.start[at] == '/';
		if (seen > count)
			break;
	}
	return (struct span){pointer.start, at};
}

struct resolving {
	const struct feed_split *split;
	bool is_any; /* is anything read at the top? */
};

/* Is it known by now what the pointer leads to?  It is not where the way ends in something that is
 * still open, which is where it parts from the way to the list. */
static bool is_resolved(const struct feed_split *split, struct span pointer)
{
	size_t shared = 0;
	size_t count = token_count(pointer);
	while (shared < count &&
	       feed_pointers_meet(head_of(pointer, shared + 1), split->source->plan->records))
		shared++;
	return feed_pointer_get(split->top, head_of(pointer, shared + 1)) != NULL;
}

static bool field_is_resolved(void *self, struct feed_field *field, struct error *err)
{
	struct resolving *resolving = self;
	(void)err;
	for (size_t i = 0; i < field->count; i++) {
		if (field->pieces[i].kind != FEED_PIECE_TOP)
			continue;
		resolving->is_any = true;
		if (resolving->split->top != NULL &&
		    !is_resolved(resolving->split, field->pieces[i].text))
			return false;
	}
	return true;
}

/* Make a document of what there is before the list. */
static enum feed_split_answer load_head(struct feed_split *split)
{
	AUTO_TEXT struct text head = text_with_limit(FEED_SPLIT_AROUND_BYTES + FEED_FIELD_BYTES);
	struct span there = text_span(&split->around);
	text_add(&head, there.start, there.len);
	text_add_string(&head, "null");
	for (size_t depth = split->walk.depth; depth > 0; depth--)
		text_add_char(&head, split->walk.levels[depth].is_object ? '}' : ']');
	return load(split, &head);
}

static void begin_list(struct feed_split *split)
{
	struct resolving resolving = {.split = split};
	split->in_list = split->was_list = true;
	if (split->is_second)
		return;
	/* does anything of the top matter? */
	(void)feed_plan_fields(split->source->plan, field_is_resolved, &resolving, NULL);
	if (!resolving.is_any)
		return;
	enum feed_split_answer answer = load_head(split);
	split->has_failed = answer == FEED_SPLIT_FAILED;
	split->is_late =
		answer != FEED_SPLIT_ON ||
		!feed_plan_fields(split->source->plan, field_is_resolved, &resolving, NULL);
	split->is_known = !split->is_late;
	split->head_len = split->around.len;
	feed_cut_set_top(&split->cut, split->top);
}

/* -- the walk -- */

static bool is_token(const struct feed_split *split, struct span token)
{
	const struct feed_walk_level *level = &split->walk.levels[split->walk.depth];
	char index[NUMBER_BYTES];
	if (level->is_object)
		return span_equal(split->walk.key, token);
	return span_is(token, number_print_integer((int64_t)level->index, index));
}

/* A value around the list. */
static enum feed_walk_interest value_around(struct feed_split *split, enum feed_walk_kind kind)
{
	size_t depth = split->walk.depth;
	bool is_way = depth == 0 || (split->matched + 1 == depth && depth <= split->path_count &&
				     is_token(split, split->path[depth - 1]));
	if (!is_way)
		return FEED_WALK_IGNORE;
	split->matched = depth;
	if (depth == split->path_count && kind == FEED_WALK_ARRAY)
		begin_list(split);
	return FEED_WALK_INTO;
}

static enum feed_walk_interest begin_part(struct feed_split *split, long slot,
					  enum feed_walk_kind kind)
{
	split->part = &split->cut.parts[slot];
	split->part->kind = kind;
	split->part->start = split->cut.bytes.len;
	split->walk.copy = &split->cut.bytes;
	return FEED_WALK_OVER;
}

/* What is wanted of the member at hand. */
static long find_member(const struct feed_split *split, long below)
{
	struct feed_name *name = split->walk.name;
	if (name != NULL && name->below == below + 1)
		return name->found;
	long found = feed_wants_member(&split->cut.wants, below, split->walk.key);
	if (name != NULL) {
		name->below = (short)(below + 1);
		name->found = (short)found;
	}
	return found;
}

/* A record, or a value in one. */
static enum feed_walk_interest value_within(struct feed_split *split, enum feed_walk_kind kind)
{
	const struct feed_wants *wants = &split->cut.wants;
	const struct feed_walk_level *level = &split->walk.levels[split->walk.depth];
	size_t depth = split->walk.depth;
	long at = 0;
	split->walk.copy = NULL;
	if (split->is_late)
		return FEED_WALK_IGNORE;
	if (depth == split->path_count + 1)
		feed_cut_clear(&split->cut);
	else
		at = level->is_object
			     ? find_member(split, split->wants[depth])
			     : feed_wants_element(wants, split->wants[depth], level->index);
	if (at == FEED_WANT_NONE)
		return FEED_WALK_IGNORE;
	if (wants->items[at].slot != FEED_WANT_NONE)
		return begin_part(split, wants->items[at].slot, kind);
	if (kind == FEED_WALK_OBJECT || kind == FEED_WALK_ARRAY)
		split->cut.kinds[at] = (unsigned char)kind;
	split->wants[depth + 1] = at;
	return FEED_WALK_INTO;
}

static enum feed_walk_interest take_value(void *self, enum feed_walk_kind kind)
{
	struct feed_split *split = self;
	return split->in_list ? value_within(split, kind) : value_around(split, kind);
}

static void take_leave(void *self)
{
	struct feed_split *split = self;
	if (!split->in_list || split->walk.depth != split->path_count + 1)
		return;
	split->in_list = false;
	split->walk.copy = &split->around;
}

static enum feed_walk_answer end_record(struct feed_split *split)
{
	split->cut.index = split->walk.levels[split->walk.depth].index;
	if (split->cut.bytes.failed)
		return FEED_WALK_FAILED;
	return feed_cut_offer(&split->cut, split->err) ? FEED_WALK_ON : FEED_WALK_FAILED;
}

static enum feed_walk_answer take_end(void *self)
{
	struct feed_split *split = self;
	size_t depth = split->walk.depth;
	if (!split->in_list) {
		split->matched = depth == 0 ? 0 : depth - 1;
		return FEED_WALK_ON;
	}
	if (split->part != NULL) {
		split->part->len = split->cut.bytes.len - split->part->start;
		split->part->has_escapes = split->walk.has_escapes;
		split->part = NULL;
		split->walk.copy = NULL;
	}
	return depth == split->path_count + 1 ? end_record(split) : FEED_WALK_ON;
}

static const struct feed_walk_events events = {take_value, take_leave, take_end};

/* -- from outside -- */

static void begin(struct feed_split *split)
{
	feed_walk_begin(&split->walk, &events, split);
	text_clear(&split->around);
	split->walk.copy = &split->around;
	split->in_list = split->was_list = split->is_late = split->is_known = false;
	split->matched = 0;
	split->part = NULL;
}

bool feed_split_new(struct feed_source *source, struct feed_split **ret, struct error *err)
{
	bool able;
	if (source->plan->format->rules == NULL || feed_json_is_keyed(source->plan))
		return true;
	AUTO_FEED_SPLIT struct feed_split *split = malloc(sizeof *split);
	if (split == NULL)
		return error_memory(err);
	memset(split, 0, offsetof(struct feed_split, walk));
	split->source = source;
	split->around = text_with_limit(FEED_SPLIT_AROUND_BYTES);
	begin(split);
	if (!feed_cut_init(&split->cut, source, &able, err))
		return false;
	if (able && take_path(split) && keeps_off(split))
		*ret = ptr_take(&split);
	return true;
}

static enum feed_split_answer fail(struct feed_split *split, struct error *err)
{
	feed_fail_as(split->source, FEED_CAUSE_INTERNAL);
	(void)error_memory(err);
	return FEED_SPLIT_FAILED;
}

enum feed_split_answer feed_split_push(struct feed_split *split, struct span piece,
				       struct error *err)
{
	split->err = err;
	enum feed_walk_answer answer = feed_walk_push(&split->walk, piece);
	if (answer == FEED_WALK_UNUSUAL || split->around.too_long || split->cut.bytes.too_long)
		return FEED_SPLIT_UNUSUAL;
	if (split->has_failed || split->around.failed || split->cut.bytes.failed)
		return fail(split, err);
	return answer == FEED_WALK_ON ? FEED_SPLIT_ON : FEED_SPLIT_FAILED;
}

/* Hold what is around the list against the rules.  Whatever is wrong is said of the whole document:
 * somebody else looks at it. */
static enum feed_split_answer check_around(struct feed_split *split, struct error *err)
{
	struct error why = {0};
	if (feed_json_open(split->source, split->top, &why))
		return FEED_SPLIT_ON;
	if (why.code == ERROR_MEMORY)
		return fail(split, err);
	split->source->page->cause = FEED_CAUSE_NONE;
	return FEED_SPLIT_UNUSUAL;
}

/* Make a document of what is around the list.  It is `top` already, where there are but brackets
 * behind the list, which nobody looks into. */
static enum feed_split_answer load_around(struct feed_split *split)
{
	size_t brackets = split->path_count + 2;
	if (split->is_known && split->around.len == split->head_len + brackets)
		return FEED_SPLIT_ON;
	return load(split, &split->around);
}

enum feed_split_answer feed_split_end(struct feed_split *split, struct error *err)
{
	bool is_late = split->is_late;
	if (!feed_walk_is_whole(&split->walk) || !split->was_list)
		return FEED_SPLIT_UNUSUAL;
	enum feed_split_answer answer = load_around(split);
	if (answer == FEED_SPLIT_FAILED)
		return fail(split, err);
	if (answer == FEED_SPLIT_ON)
		answer = check_around(split, err);
	if (answer != FEED_SPLIT_ON || !is_late)
		return answer;
	begin(split);
	split->is_second = true;
	feed_cut_set_top(&split->cut, split->top);
	return FEED_SPLIT_AGAIN;
}
