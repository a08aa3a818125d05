/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/name_order.h"

#include <stdlib.h>
#include <string.h>

#include "base/collate.h"

struct named {
	char *key;
	size_t at;
};

struct names {
	struct named *items;
	size_t count;
};

static void names_done(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->items[i].key);
	free(names->items);
}

static int compare(const void *left, const void *right)
{
	const struct named *a = left, *b = right;
	int order = strcmp(a->key, b->key);
	return order != 0 ? order : (a->at > b->at) - (a->at < b->at);
}

bool name_order(const void *self, size_t count, name_at_fn *name_at, size_t **ret,
		struct error *err)
{
	AUTO(names_done) struct names names = {calloc(count + 1, sizeof *names.items), 0};
	AUTO_FREE size_t *places = calloc(count + 1, sizeof *places);
	if (names.items == NULL || places == NULL)
		return error_memory(err);
	for (; names.count < count; names.count++) {
		char *key = collate_key(span_of(name_at(self, names.count)), err);
		if (key == NULL)
			return false;
		names.items[names.count] = (struct named){key, names.count};
	}
	qsort(names.items, count, sizeof *names.items, compare);
	for (size_t i = 0; i < count; i++)
		places[i] = names.items[i].at;
	*ret = ptr_take(&places);
	return true;
}
