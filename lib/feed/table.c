/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/table.h"

#include <stdlib.h>

#include "base/csv.h"
#include "feed/field.h"
#include "obs/area.h"

enum { COLUMNS = 4 };

struct row {
	char *key, *to;
	int32_t valid_from, valid_to; /* half-open */
	int line;
};

struct feed_table {
	bool is_folded;
	struct row *rows; /* sorted by key */
	size_t count, room;
};

/* A table while it is read. */
struct loading {
	const struct feed_lookup *lookup;
	struct feed_table *table;
	bool has_header;
	size_t columns[COLUMNS]; /* from, to, valid_from, valid_to */
};

static void table_free(struct feed_table *table)
{
	if (table == NULL)
		return;
	for (size_t i = 0; i < table->count; i++) {
		free(table->rows[i].key);
		free(table->rows[i].to);
	}
	free(table->rows);
	free(table);
}

void feed_tables_free(struct feed_mapping *mapping)
{
	struct feed_lookup *lookups = mapping->lookups.items;
	for (size_t i = 0; i < mapping->lookups.count; i++) {
		table_free(lookups[i].table);
		lookups[i].table = NULL;
	}
}

static char *key_of(bool is_folded, struct span text, struct error *err)
{
	char *key = is_folded ? area_code_fold(text, err) : span_dup(text);
	if (key == NULL && !is_folded)
		(void)error_memory(err);
	return key;
}

static bool add_row(struct feed_table *table, struct span from, struct span to, struct row row,
		    struct error *err)
{
	if (!array_grow(&table->rows, &table->room, table->count, sizeof *table->rows,
			FEED_TABLE_ROWS_MAX, "rows of a look-up table", err))
		return false;
	row.key = key_of(table->is_folded, from, err);
	if (row.key == NULL)
		return false;
	row.to = span_dup(to);
	table->rows[table->count++] = row;
	return row.to != NULL || error_memory(err);
}

static bool find_columns(struct loading *loading, const struct csv_row *header, struct error *err)
{
	const struct feed_lookup *lookup = loading->lookup;
	const char *const names[COLUMNS] = {lookup->from, lookup->to, lookup->valid_from,
					    lookup->valid_to};
	loading->has_header = true;
	for (size_t i = 0; i < COLUMNS; i++) {
		loading->columns[i] = header->count;
		if (names[i] != NULL && !feed_column_find(span_of(names[i]), header->cells,
							  header->count, &loading->columns[i], err))
			return false;
	}
	return true;
}

static struct span cell(const struct loading *loading, const struct csv_row *row, size_t at)
{
	size_t column = loading->columns[at];
	return column < row->count ? span_trim(row->cells[column]) : (struct span){0};
}

static bool read_day(struct span text, int32_t *ret, struct error *err)
{
	*ret = DAY_NONE;
	return text.len == 0 || day_parse(text, ret, err);
}

static bool take_row(void *self, const struct csv_row *row, struct error *err)
{
	struct loading *loading = self;
	if (!loading->has_header)
		return find_columns(loading, row, err);
	struct row made = {.line = row->line};
	if (!read_day(cell(loading, row, 2), &made.valid_from, err) ||
	    !read_day(cell(loading, row, 3), &made.valid_to, err))
		return error_within(err, "line %d", row->line);
	return add_row(loading->table, cell(loading, row, 0), cell(loading, row, 1), made, err);
}

static int compare_rows(const void *a, const void *b)
{
	const struct row *left = a;
	const struct row *right = b;
	int order = strcmp(left->key, right->key);
	return order != 0 ? order : left->line - right->line;
}

static bool overlap(const struct row *a, const struct row *b)
{
	bool a_first = a->valid_to != DAY_NONE && b->valid_from != DAY_NONE &&
		       a->valid_to <= b->valid_from;
	bool b_first = b->valid_to != DAY_NONE && a->valid_from != DAY_NONE &&
		       b->valid_to <= a->valid_from;
	return !a_first && !b_first;
}

static bool check_rows(const struct feed_table *table, struct error *err)
{
	for (size_t i = 1; i < table->count; i++) {
		const struct row *row = &table->rows[i];
		for (size_t k = i; k-- > 0 && strcmp(table->rows[k].key, row->key) == 0;)
			if (overlap(&table->rows[k], row) &&
			    strcmp(table->rows[k].to, row->to) != 0)
				return error_set(err, ERROR_INPUT,
						 "'%s' is '%s' and '%s' at one time", row->key,
						 table->rows[k].to, row->to);
	}
	return true;
}

static bool add_map(struct feed_table *table, const struct key_map *map, struct error *err)
{
	const struct row always = {.valid_from = DAY_NONE, .valid_to = DAY_NONE};
	for (size_t i = 0; i < map->count; i++)
		if (!add_row(table, span_of(map->items[i].name), span_of(map->items[i].value),
			     always, err))
			return false;
	return true;
}

/* So that whoever keeps what was read notices a changed table (FNV-1a). */
static uint64_t hash_on(uint64_t hash, struct span bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		hash = (hash ^ (unsigned char)bytes.start[i]) * UINT64_C(1099511628211);
	return hash;
}

static bool read_file(struct loading *loading, struct span bytes, struct error *err)
{
	if (bytes.len > FEED_TABLE_MAX_BYTES)
		return error_set(err, ERROR_LIMIT, "the table is larger than %d bytes",
				 FEED_TABLE_MAX_BYTES);
	return csv_read(bytes, &(struct csv_dialect){0}, take_row, loading, err) &&
	       (loading->has_header || error_set(err, ERROR_INPUT, "the table has no header"));
}

static bool load(struct feed_lookup *lookup, struct span bytes, struct error *err)
{
	lookup->table = calloc(1, sizeof *lookup->table);
	if (lookup->table == NULL)
		return error_memory(err);
	lookup->table->is_folded = lookup->is_folded;
	struct loading loading = {.lookup = lookup, .table = lookup->table};
	if (!add_map(lookup->table, &lookup->map, err) ||
	    (lookup->file != NULL && !read_file(&loading, bytes, err)))
		return false;
	if (lookup->table->count > 1)
		qsort(lookup->table->rows, lookup->table->count, sizeof(struct row), compare_rows);
	return check_rows(lookup->table, err);
}

bool feed_tables_load(struct feed_mapping *mapping, feed_table_open_fn *give, void *self,
		      struct error *err)
{
	struct feed_lookup *lookups = mapping->lookups.items;
	mapping->tables_hash = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < mapping->lookups.count; i++) {
		struct feed_lookup *lookup = &lookups[i];
		struct span bytes = {0};
		if (lookup->file != NULL && !give(self, lookup->file, &bytes, err))
			return error_within(err, "lookups");
		if (!load(lookup, bytes, err))
			return error_within(err, "lookups: '%s'",
					    lookup->file != NULL ? lookup->file : "map");
		mapping->tables_hash = hash_on(mapping->tables_hash, bytes);
	}
	return true;
}

bool feed_table_find(const struct feed_table *table, struct span text, int32_t day,
		     const char **ret, struct error *err)
{
	AUTO_FREE char *key = key_of(table->is_folded, text, err);
	size_t low = 0;
	size_t high = table->count;
	*ret = NULL;
	if (key == NULL)
		return false;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(table->rows[middle].key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < table->count && strcmp(table->rows[low].key, key) == 0; low++) {
		const struct row *row = &table->rows[low];
		if (area_valid_on(row->valid_from, row->valid_to, day)) {
			*ret = row->to;
			return true;
		}
	}
	return true;
}
