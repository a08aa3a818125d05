/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/by_name.h"

#include <stdlib.h>
#include <string.h>

#include "base/collate.h"
#include "query/name_order.h"

struct named {
	char *key;
	struct query_row row;
	size_t at;
};

struct named_rows {
	struct named *items;
	size_t count;
};

static void named_rows_done(struct named_rows *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		free(rows->items[i].key);
	free(rows->items);
}

static int compare(const void *left, const void *right)
{
	const struct named *a = left;
	const struct named *b = right;
	int order = strcmp(a->row.indicator->id, b->row.indicator->id);
	order = order != 0 ? order : strcmp(a->row.target->breakdown, b->row.target->breakdown);
	order = order != 0 ? order : strcmp(a->key, b->key);
	order = order != 0 ? order : strcmp(a->row.area->id, b->row.area->id);
	return order != 0 ? order : (a->at > b->at) - (a->at < b->at);
}

bool by_name_sort(const struct query *query, struct query_rows *rows, struct error *err)
{
	AUTO(named_rows_done) struct named_rows named = {0};
	if (rows->count < 2)
		return true;
	named.items = calloc(rows->count, sizeof *named.items);
	if (named.items == NULL)
		return error_memory(err);
	for (; named.count < rows->count; named.count++) {
		const struct query_row *row = &rows->items[named.count];
		const char *name = query_name(query, row->area->name, row->area->name_vi);
		char *key = collate_key(span_of(name), err);
		if (key == NULL)
			return error_within(err, "name of area '%s'", row->area->id);
		named.items[named.count] =
			(struct named){.key = key, .row = *row, .at = named.count};
	}
	qsort(named.items, named.count, sizeof *named.items, compare);
	for (size_t i = 0; i < named.count; i++)
		rows->items[i] = named.items[i].row;
	return true;
}

struct named_areas {
	const struct query *query;
	const struct area *const *areas;
};

static const char *name_at(const void *self, size_t at)
{
	const struct named_areas *named = self;
	return query_name(named->query, named->areas[at]->name, named->areas[at]->name_vi);
}

bool by_name_order(const struct query *query, const struct area *const *areas, size_t count,
		   size_t *ret, struct error *err)
{
	const struct named_areas named = {query, areas};
	AUTO_FREE size_t *order = NULL;
	if (!name_order(&named, count, name_at, &order, err))
		return error_within(err, "names of areas");
	for (size_t i = 0; i < count; i++)
		ret[i] = order[i];
	return true;
}
