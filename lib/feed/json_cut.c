/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/json_cut.h"

#include <stdlib.h>

#include "feed/json_records.h"
#include "feed/json_value.h"
#include "feed/pointer.h"

static const struct feed_cut *cut_of(const struct feed_cells *cells)
{
	return (const void *)cells;
}

static struct span bytes_of(const struct feed_cut *cut, const struct feed_cut_part *part)
{
	return (struct span){cut->bytes.data + part->start, part->len};
}

/* The top is the same for every record, and most plans read one thing there. */
static const json_t *top_value(const struct feed_cut *cut, const struct feed_piece *piece)
{
	return cut->known == piece ? cut->known_value : feed_pointer_get(cut->top, piece->text);
}

static bool read_piece(const struct feed_cells *cells, const struct feed_piece *piece,
		       struct text *scratch, struct feed_cell *ret, struct error *err)
{
	const struct feed_cut *cut = cut_of(cells);
	(void)scratch;
	*ret = (struct feed_cell){.kind = FEED_CELL_ABSENT};
	if (piece->kind == FEED_PIECE_TOP)
		return feed_json_cell(top_value(cut, piece), piece->text, ret, err);
	if (piece->kind != FEED_PIECE_POINTER)
		return true;
	const struct feed_cut_part *part = &cut->parts[piece->column];
	struct span bytes = bytes_of(cut, part);
	if (part->kind == FEED_WALK_TEXT)
		*ret = (struct feed_cell){FEED_CELL_TEXT, {bytes.start + 1, bytes.len - 2}};
	else if (part->kind == FEED_WALK_NUMBER)
		*ret = (struct feed_cell){FEED_CELL_NUMBER, bytes};
	else if (part->kind == FEED_WALK_NULL)
		ret->kind = FEED_CELL_NULL;
	return true;
}

static void print_place(const struct feed_cells *cells, const struct feed_piece *piece,
			struct text *out)
{
	const struct feed_cut *cut = cut_of(cells);
	char index[NUMBER_BYTES];
	if (piece == NULL || piece->kind != FEED_PIECE_TOP) {
		const struct span list = cut->source->plan->records;
		text_add(out, list.start, list.len);
		text_add_char(out, '/');
		text_add_string(out, number_print_integer((int64_t)cut->index, index));
	}
	if (piece != NULL)
		text_add(out, piece->text.start, piece->text.len);
}

bool feed_cut_init(struct feed_cut *cut, struct feed_source *source, bool *ret_able,
		   struct error *err)
{
	cut->cells = (struct feed_cells){read_piece, print_place};
	cut->source = source;
	cut->bytes = text_with_limit(FEED_CUT_BYTES);
	cut->tree = text_with_limit(FEED_CUT_BYTES * 2);
	if (!feed_wants_collect(&cut->wants, source->plan, ret_able, err))
		return false;
	cut->parts = calloc(cut->wants.slots + 1, sizeof *cut->parts);
	cut->kinds = calloc(cut->wants.count, sizeof *cut->kinds);
	text_add(&cut->bytes, "", 0);
	return (cut->parts != NULL && cut->kinds != NULL && text_ok(&cut->bytes, "", err)) ||
	       error_memory(err);
}

void feed_cut_done(struct feed_cut *cut)
{
	feed_wants_done(&cut->wants);
	text_done(&cut->bytes);
	text_done(&cut->tree);
	free(cut->parts);
	free(cut->kinds);
}

static bool find_known(void *self, struct feed_field *field, struct error *err)
{
	struct feed_cut *cut = self;
	(void)err;
	for (size_t i = 0; i < field->count && cut->known == NULL; i++)
		if (field->pieces[i].kind == FEED_PIECE_TOP)
			cut->known = &field->pieces[i];
	return cut->known == NULL;
}

void feed_cut_set_top(struct feed_cut *cut, const json_t *top)
{
	cut->top = top;
	cut->known = NULL;
	(void)feed_plan_fields(cut->source->plan, find_known, cut, NULL);
	if (cut->known != NULL && top != NULL)
		cut->known_value = feed_pointer_get(top, cut->known->text);
}

void feed_cut_clear(struct feed_cut *cut)
{
	text_clear(&cut->bytes);
	memset(cut->parts, 0, cut->wants.slots * sizeof *cut->parts);
	memset(cut->kinds, 0, cut->wants.count * sizeof *cut->kinds);
}

/* Can all of it be read where it stands? */
static bool is_direct(const struct feed_cut *cut)
{
	if (!cut->wants.is_plain || cut->source->plan->expand.count > 0)
		return false;
	for (size_t i = 0; i < cut->wants.slots; i++) {
		const struct feed_cut_part *part = &cut->parts[i];
		bool is_scalar = part->kind == FEED_WALK_NONE || part->kind == FEED_WALK_TEXT ||
				 part->kind == FEED_WALK_NUMBER || part->kind == FEED_WALK_NULL;
		if (!is_scalar || part->has_escapes)
			return false;
	}
	return true;
}

static void write_want(struct feed_cut *cut, long at);

static bool is_there(const struct feed_cut *cut, long at)
{
	const struct feed_want *want = &cut->wants.items[at];
	return cut->kinds[at] != FEED_WALK_NONE ||
	       (want->slot != FEED_WANT_NONE && cut->parts[want->slot].kind != FEED_WALK_NONE);
}

static void write_members(struct feed_cut *cut, long at)
{
	bool is_first = true;
	for (long child = cut->wants.items[at].child; child != FEED_WANT_NONE;
	     child = cut->wants.items[child].next) {
		if (!is_there(cut, child))
			continue;
		text_addf(&cut->tree, "%s\"%.*s\":", is_first ? "" : ",",
			  SPAN_ARGS(cut->wants.items[child].name));
		write_want(cut, child);
		is_first = false;
	}
}

/* Elements that nobody reads are null. */
static void write_elements(struct feed_cut *cut, long at)
{
	long last = -1;
	for (long child = cut->wants.items[at].child; child != FEED_WANT_NONE;
	     child = cut->wants.items[child].next)
		if (is_there(cut, child) && cut->wants.items[child].index > last)
			last = cut->wants.items[child].index;
	for (long i = 0; i <= last; i++) {
		long child = feed_wants_element(&cut->wants, at, (size_t)i);
		if (i > 0)
			text_add_char(&cut->tree, ',');
		if (child != FEED_WANT_NONE && is_there(cut, child))
			write_want(cut, child);
		else
			text_add_string(&cut->tree, "null");
	}
}

static void write_want(struct feed_cut *cut, long at)
{
	const struct feed_want *want = &cut->wants.items[at];
	const struct feed_cut_part *part =
		want->slot == FEED_WANT_NONE ? NULL : &cut->parts[want->slot];
	if (part != NULL && part->kind != FEED_WALK_NONE) {
		feed_json_mark(bytes_of(cut, part), &cut->tree);
		return;
	}
	bool is_array = cut->kinds[at] == FEED_WALK_ARRAY;
	text_add_char(&cut->tree, is_array ? '[' : '{');
	if (is_array)
		write_elements(cut, at);
	else
		write_members(cut, at);
	text_add_char(&cut->tree, is_array ? ']' : '}');
}

static bool offer_tree(struct feed_cut *cut, struct error *err)
{
	text_clear(&cut->tree);
	write_want(cut, 0);
	struct span text = text_span(&cut->tree);
	json_auto_t *record =
		cut->tree.failed ? NULL : json_loadb(text.start, text.len, JSON_DECODE_ANY, NULL);
	if (record == NULL) {
		feed_fail_as(cut->source, FEED_CAUSE_INTERNAL);
		return error_memory(err);
	}
	return feed_json_record_offer(cut->source, cut->top, record, cut->index, err);
}

bool feed_cut_offer(struct feed_cut *cut, struct error *err)
{
	return is_direct(cut) ? feed_record_offer(cut->source, &cut->cells, err)
			      : offer_tree(cut, err);
}
