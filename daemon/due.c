/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/due.h"

#include <stdlib.h>

#include "base/text.h"

static void swap(struct due *due, size_t a, size_t b)
{
	struct due_entry kept = due->items[a];
	due->items[a] = due->items[b];
	due->items[b] = kept;
}

bool due_push(struct due *due, int64_t at, size_t what, struct error *err)
{
	if (!array_grow(&due->items, &due->room, due->count, sizeof *due->items, DUE_MAX,
			"due times", err))
		return false;
	size_t i = due->count++;
	due->items[i] = (struct due_entry){at, what};
	while (i > 0 && due->items[(i - 1) / 2].at > due->items[i].at) {
		swap(due, i, (i - 1) / 2);
		i = (i - 1) / 2;
	}
	return true;
}

const struct due_entry *due_first(const struct due *due)
{
	return due->count > 0 ? &due->items[0] : NULL;
}

void due_pop(struct due *due)
{
	due->items[0] = due->items[--due->count];
	for (size_t i = 0;;) {
		size_t least = i;
		for (size_t child = 2 * i + 1; child <= 2 * i + 2 && child < due->count; child++)
			least = due->items[child].at < due->items[least].at ? child : least;
		if (least == i)
			return;
		swap(due, i, least);
		i = least;
	}
}

void due_done(struct due *due)
{
	free(due->items);
	*due = (struct due){0};
}
