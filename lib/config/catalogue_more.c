/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/catalogue_more.h"

#include <stdint.h>
#include <stdlib.h>

enum { MORE_PATH_BYTES = 4096 };

static const enum table_id tables[] = {TABLE_SOURCES, TABLE_INDICATORS, TABLE_AREAS,
				       TABLE_AREA_CODES};

static char *row_at(const struct table *table, const struct table_rows *rows, size_t i)
{
	return (char *)rows->items + i * table->row_bytes;
}

static int compare_ids(const void *a, const void *b)
{
	const char *const *left = a;
	const char *const *right = b;
	return strcmp(*left, *right);
}

static int compare_codes(const void *a, const void *b)
{
	const struct code_row *const *left = a;
	const struct code_row *const *right = b;
	int order = strcmp((*left)->area, (*right)->area);
	order = order != 0 ? order : strcmp((*left)->scheme, (*right)->scheme);
	if (order != 0)
		return order;
	const char *one = (*left)->code ? (*left)->code : "";
	return strcmp(one, (*right)->code ? (*right)->code : "");
}

/* The first `count` rows, sorted by what makes two of them the same; for the caller to free. */
static const void **sorted_rows(const struct table *table, const struct table_rows *rows,
				int (*compare)(const void *, const void *), struct error *err)
{
	const void **sorted = calloc(rows->count + 1, sizeof *sorted);
	if (sorted == NULL) {
		(void)error_memory(err);
		return NULL;
	}
	for (size_t i = 0; i < rows->count; i++)
		sorted[i] = row_at(table, rows, i);
	qsort(sorted, rows->count, sizeof *sorted, compare);
	return sorted;
}

static bool make_room(const struct table *table, struct table_rows *into, size_t more,
		      struct error *err)
{
	size_t total = into->count + more;
	if (total > TABLE_ROWS_MAX)
		return error_set(err, ERROR_LIMIT, "%s has more than %d rows", table->name,
				 TABLE_ROWS_MAX);
	if (total <= into->room && total <= into->bad_room)
		return true;
	void *items = realloc(into->items, total * table->row_bytes);
	if (items == NULL)
		return error_memory(err);
	into->items = items;
	into->room = total;
	bool *bad = realloc(into->bad, total * sizeof *bad);
	if (bad == NULL)
		return error_memory(err);
	into->bad = bad;
	into->bad_room = total;
	return true;
}

/* Move the rows that are not there yet; *from keeps the others, to be freed. */
static bool join(const struct table *table, struct table_rows *into, struct table_rows *from,
		 int part, struct error *err)
{
	int (*compare)(const void *, const void *) =
		table == &config_tables[TABLE_AREA_CODES] ? compare_codes : compare_ids;
	if (from->count == 0)
		return true;
	if (!make_room(table, into, from->count, err))
		return false;
	AUTO_FREE const void **there = sorted_rows(table, into, compare, err);
	if (there == NULL)
		return false;
	size_t there_count = into->count;
	size_t left = 0;
	for (size_t i = 0; i < from->count; i++) {
		char *row = row_at(table, from, i);
		if (bsearch(&row, there, there_count, sizeof *there, compare) != NULL) {
			memmove(row_at(table, from, left++), row, table->row_bytes);
			continue;
		}
		int line;
		memcpy(&line, row + table->line_offset, sizeof line);
		line += part * RAW_PART_LINES;
		memcpy(row + table->line_offset, &line, sizeof line);
		into->bad[into->count] = from->bad[i];
		memcpy(row_at(table, into, into->count++), row, table->row_bytes);
	}
	from->count = left;
	return true;
}

static bool read_part(struct raw *raw, enum table_id id, int part, struct config_files *files,
		      struct error *err)
{
	const struct table *table = &config_tables[id];
	struct span bytes;
	struct error why = {0};
	struct table_rows rows = {0};
	AUTO_TEXT struct text path = text_with_limit(MORE_PATH_BYTES);
	text_addf(&path, "%s/%s", raw->more->items[part - 1], table->name);
	if (!text_ok(&path, "the path of a table", err))
		return false;
	if (!config_files_read(files, path.data, table->name, &bytes, &why)) {
		if (why.code == ERROR_NOT_FOUND)
			return config_files_note_missing(files, path.data, table->name, err);
		if (why.code == ERROR_MEMORY)
			return error_memory(err);
		raw->rows[id].is_partial = true;
		raw_problem(raw, PROBLEM_ERROR, id, part * RAW_PART_LINES, "%s", why.text);
		return true;
	}
	bool ok = table_read(table, bytes, path.data, raw->problems, &rows, err) &&
		  join(table, &raw->rows[id], &rows, part, err);
	raw->rows[id].is_partial = raw->rows[id].is_partial || rows.is_partial;
	table_rows_free(table, &rows);
	return ok;
}

bool catalogue_more_read(struct raw *raw, struct config_files *files, struct error *err)
{
	for (size_t part = 1; part <= raw->more->count; part++)
		for (size_t i = 0; i < COUNT_OF(tables); i++)
			if (!read_part(raw, tables[i], (int)part, files, err))
				return false;
	return true;
}
