/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/raw.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/unicode.h"

enum { RAW_TEXT_BYTES = 2048, NEAREST_MAX = 20000 };

static bool has_ids(enum table_id table)
{
	return config_tables[table].columns[0].offset == 0 &&
	       strcmp(config_tables[table].columns[0].name, "id") == 0;
}

static int line_of(enum table_id table, const void *row)
{
	int line;
	memcpy(&line, (const char *)row + config_tables[table].line_offset, sizeof line);
	return line;
}

/* An id is the first field of a row; rows of one array are in the order of their lines. */
static int compare_rows(const void *a, const void *b)
{
	const char *const *left = a;
	const char *const *right = b;
	int order = strcmp(*left, *right);
	return order != 0 ? order : (*left > *right) - (*left < *right);
}

static void name_duplicates(const struct raw *raw, enum table_id table)
{
	const void **sorted = raw->by_id[table];
	for (size_t i = 1; i < raw->by_id_count[table]; i++) {
		if (strcmp(sorted[i], sorted[i - 1]) == 0)
			raw_problem(raw, PROBLEM_ERROR, table, line_of(table, sorted[i]),
				    "id '%s' is on line %d already", (const char *)sorted[i],
				    line_of(table, sorted[i - 1]) % RAW_PART_LINES);
	}
}

static bool index_table(struct raw *raw, enum table_id table, struct error *err)
{
	const struct table_rows *rows = &raw->rows[table];
	const void **sorted = calloc(rows->count + 1, sizeof *sorted);
	if (sorted == NULL)
		return error_memory(err);
	size_t count = 0;
	for (size_t i = 0; i < rows->count; i++) {
		const char *row = (const char *)rows->items + i * config_tables[table].row_bytes;
		if (row[0] != '\0')
			sorted[count++] = row;
	}
	qsort(sorted, count, sizeof *sorted, compare_rows);
	raw->by_id[table] = sorted;
	raw->by_id_count[table] = count;
	name_duplicates(raw, table);
	return true;
}

bool raw_index(struct raw *raw, struct error *err)
{
	for (enum table_id table = 0; table < TABLE_COUNT; table++) {
		if (has_ids(table) && !index_table(raw, table, err))
			return false;
	}
	return true;
}

/* They came from a table of their own. */
static void free_milestones(const struct table_rows *rows)
{
	const struct target *targets = rows->items;
	for (size_t i = 0; i < rows->count; i++)
		free(targets[i].milestones);
}

void raw_done(struct raw *raw)
{
	free_milestones(&raw->rows[TABLE_TARGETS]);
	for (enum table_id table = 0; table < TABLE_COUNT; table++) {
		table_rows_free(&config_tables[table], &raw->rows[table]);
		free(raw->by_id[table]);
		free(raw->files[table]);
	}
}

static int compare_id_row(const void *id, const void *row)
{
	return strcmp(id, *(const char *const *)row);
}

const void *raw_find(const struct raw *raw, enum table_id table, const char *id)
{
	const void **found = bsearch(id, raw->by_id[table], raw->by_id_count[table],
				     sizeof *raw->by_id[table], compare_id_row);
	return found != NULL ? *found : NULL;
}

const void *raw_row(const struct raw *raw, enum table_id table, size_t i)
{
	const struct table_rows *rows = &raw->rows[table];
	if (rows->bad[i])
		return NULL;
	return (const char *)rows->items + i * config_tables[table].row_bytes;
}

void raw_problem(const struct raw *raw, enum problem_level level, enum table_id table, int line,
		 const char *fmt, ...)
{
	char text[RAW_TEXT_BYTES];
	va_list args;
	va_start(args, fmt);
	(void)vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	int part = line / RAW_PART_LINES;
	if (part == 0) {
		problem_add(raw->problems, level, raw->files[table], line, "%s", text);
		return;
	}
	AUTO_TEXT struct text path = text_with_limit(RAW_TEXT_BYTES * 4);
	text_addf(&path, "%s/%s", raw->more->items[part - 1], config_tables[table].name);
	problem_add(raw->problems, level, path.data, line % RAW_PART_LINES, "%s", text);
}

const void *raw_refer(const struct raw *raw, const struct raw_reference *ref)
{
	if (ref->id[0] == '\0')
		return NULL;
	const void *found = raw_find(raw, ref->to, ref->id);
	if (found != NULL || raw->rows[ref->to].is_partial)
		return found;
	const char *nearest = NULL;
	if (raw->by_id_count[ref->to] <= NEAREST_MAX && raw->problems->count < PROBLEMS_MAX)
		nearest =
			unicode_nearest(span_of(ref->id), (const char *const *)raw->by_id[ref->to],
					raw->by_id_count[ref->to]);
	raw_problem(raw, PROBLEM_ERROR, ref->from, ref->line,
		    nearest != NULL ? "%s%s '%s' is not in %s; did you mean '%s'?"
				    : "%s%s '%s' is not in %s",
		    ref->who, ref->column, ref->id, config_tables[ref->to].name, nearest);
	return NULL;
}

bool raw_check_validity(const struct raw *raw, enum table_id table, int line, int32_t from,
			int32_t to)
{
	char first[DAY_BYTES];
	char second[DAY_BYTES];
	if (from == DAY_NONE || to == DAY_NONE || from < to)
		return true;
	raw_problem(raw, PROBLEM_ERROR, table, line,
		    "valid_to %s is not after valid_from %s; valid_to is the first day on which it "
		    "holds no more",
		    day_print(to, first), day_print(from, second));
	return false;
}

bool raw_overlaps(int32_t a_from, int32_t a_to, int32_t b_from, int32_t b_to)
{
	bool a_begins = b_to == DAY_NONE || a_from == DAY_NONE || a_from < b_to;
	bool b_begins = a_to == DAY_NONE || b_from == DAY_NONE || b_from < a_to;
	return a_begins && b_begins;
}

void raw_check_cycles(const struct raw *raw, enum table_id table, size_t offset, const char *column)
{
	size_t count = raw->rows[table].count;
	for (size_t i = 0; i < count; i++) {
		const char *row = raw_row(raw, table, i);
		const char *at = row;
		size_t steps = 0;
		while (at != NULL && at[offset] != '\0' && steps <= count) {
			at = raw_find(raw, table, at + offset);
			steps++;
			if (at != row)
				continue;
			raw_problem(raw, PROBLEM_ERROR, table, line_of(table, row),
				    "%s '%s' leads back to '%s'", column, row + offset, row);
			break;
		}
	}
}
