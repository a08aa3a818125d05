/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/json_want.h"

#include <stdlib.h>

#include "base/number.h"

void feed_wants_done(struct feed_wants *wants)
{
	free(wants->items);
}

/* Most names differ in their length or first byte. */
static bool is_same(struct span a, struct span b)
{
	return a.len == b.len &&
	       (a.len == 0 || (a.start[0] == b.start[0] && memcmp(a.start, b.start, a.len) == 0));
}

long feed_wants_member(const struct feed_wants *wants, long at, struct span name)
{
	long child = wants->items[at].child;
	while (child != FEED_WANT_NONE && !is_same(wants->items[child].name, name))
		child = wants->items[child].next;
	return child;
}

long feed_wants_element(const struct feed_wants *wants, long at, size_t index)
{
	long child = wants->items[at].child;
	while (child != FEED_WANT_NONE && wants->items[child].index != (long)index)
		child = wants->items[child].next;
	return child;
}

bool feed_pointers_meet(struct span a, struct span b)
{
	struct span shorter = a.len < b.len ? a : b;
	struct span longer = a.len < b.len ? b : a;
	if (shorter.len == 0)
		return true;
	if (memcmp(shorter.start, longer.start, shorter.len) != 0)
		return false;
	return longer.len == shorter.len || longer.start[shorter.len] == '/';
}

/* An index as RFC 6901 writes it, or FEED_WANT_NONE. */
static long index_of(struct span token)
{
	int64_t index;
	bool leading_zero = token.len > 1 && token.start[0] == '0';
	if (leading_zero || !number_read_integer(token, 0, INT32_MAX, &index, NULL))
		return FEED_WANT_NONE;
	return (long)index;
}

static bool add_node(struct feed_wants *wants, struct feed_want node, struct error *err)
{
	if (!array_grow(&wants->items, &wants->room, wants->count, sizeof *wants->items,
			FEED_WANTS_MAX, "members of a record that are read", err))
		return false;
	wants->items[wants->count++] = node;
	return true;
}

struct collecting {
	struct feed_wants *wants;
	size_t levels; /* of `expand` */
	bool able;
};

static bool add_child(struct collecting *self, long at, struct span name, long *ret,
		      struct error *err)
{
	struct feed_wants *wants = self->wants;
	long found = feed_wants_member(wants, at, name);
	if (found == FEED_WANT_NONE) {
		const struct feed_want node = {name, index_of(name), FEED_WANT_NONE,
					       wants->items[at].child, FEED_WANT_NONE};
		found = (long)wants->count;
		self->able = self->able && node.index <= FEED_WANT_INDEX_MAX &&
			     span_find_char(name, '~') == NULL;
		if (!add_node(wants, node, err))
			return false;
		wants->items[at].child = found;
	}
	*ret = found;
	return true;
}

static bool add_pointer(struct collecting *self, struct span pointer, size_t *ret_slot,
			struct error *err)
{
	struct feed_wants *wants = self->wants;
	struct span rest = pointer;
	long at = 0;
	if (pointer.len > 0)
		(void)span_cut(&rest, '/');
	while (pointer.len > 0 && rest.start != NULL && self->able) {
		wants->is_plain = wants->is_plain && wants->items[at].slot == FEED_WANT_NONE;
		if (!add_child(self, at, span_cut(&rest, '/'), &at, err))
			return false;
	}
	if (!self->able)
		return true;
	struct feed_want *want = &wants->items[at];
	wants->is_plain = wants->is_plain && want->child == FEED_WANT_NONE;
	if (want->slot == FEED_WANT_NONE)
		want->slot = (long)wants->slots++;
	*ret_slot = (size_t)want->slot;
	return true;
}

static bool collect(void *self, struct feed_field *field, struct error *err)
{
	struct collecting *collecting = self;
	for (size_t i = 0; i < field->count; i++) {
		struct feed_piece *piece = &field->pieces[i];
		size_t slot = 0;
		bool is_own = piece->kind == FEED_PIECE_POINTER && collecting->levels == 0;
		bool is_outermost = piece->kind == FEED_PIECE_PARENT &&
				    piece->column == collecting->levels && collecting->levels > 0;
		if ((is_own || is_outermost) && !add_pointer(collecting, piece->text, &slot, err))
			return false;
		if (is_own)
			piece->column = slot;
	}
	return true;
}

bool feed_wants_collect(struct feed_wants *wants, struct feed_plan *plan, bool *ret_able,
			struct error *err)
{
	struct collecting self = {wants, plan->expand.count, true};
	const struct feed_want record = {.index = FEED_WANT_NONE,
					 .child = FEED_WANT_NONE,
					 .next = FEED_WANT_NONE,
					 .slot = FEED_WANT_NONE};
	size_t slot;
	wants->is_plain = true;
	if (!add_node(wants, record, err) || !feed_plan_fields(plan, collect, &self, err))
		return false;
	if (self.levels > 0 && !add_pointer(&self, span_of(plan->expand.items[0]), &slot, err))
		return false;
	*ret_able = self.able;
	return true;
}
