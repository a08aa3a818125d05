/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/table.h"

#include <stdlib.h>

#include "base/csv.h"
#include "base/unicode.h"

enum { UNUSED = -1, UNKNOWN = -2 };

struct reading {
	const struct table *table;
	const char *file;
	struct problems *problems;
	struct table_rows *rows;
	bool has_header, is_broken;	  /* broken: a required column is missing */
	int column_of[TABLE_COLUMNS_MAX]; /* of a cell: index into the columns, or UNUSED */
	bool is_given[TABLE_COLUMNS_MAX]; /* a column: a cell of each row sets it */
	size_t cell_count;
};

static size_t column_count(const struct table *table)
{
	size_t count = 0;
	while (table->columns[count].name != NULL)
		count++;
	return count;
}

static void problem_at(struct reading *reading, int line, const char *text)
{
	problem_add(reading->problems, PROBLEM_ERROR, reading->file, line, "%s", text);
}

static bool is_remark(struct span head)
{
	return head.len == 0 || head.start[0] == '#' || span_is(head, "note") ||
	       span_is(head, "comment");
}

static int find_column(const struct table *table, struct span head)
{
	for (int i = 0; table->columns[i].name != NULL; i++) {
		if (span_is(head, table->columns[i].name))
			return i;
	}
	return is_remark(head) ? UNUSED : UNKNOWN;
}

static void unknown_column(struct reading *reading, int line, struct span head)
{
	const char *names[TABLE_COLUMNS_MAX];
	size_t count = column_count(reading->table);
	for (size_t i = 0; i < count; i++)
		names[i] = reading->table->columns[i].name;
	const char *nearest = unicode_nearest(head, names, count);
	if (nearest != NULL)
		problem_add(reading->problems, PROBLEM_ERROR, reading->file, line,
			    "column '%.*s' is not known; did you mean '%s'?", SPAN_ARGS(head),
			    nearest);
	else
		problem_add(reading->problems, PROBLEM_ERROR, reading->file, line,
			    "column '%.*s' is not known; begin the name of a remark with #",
			    SPAN_ARGS(head));
}

static void missing_columns(struct reading *reading, int line)
{
	for (int i = 0; reading->table->columns[i].name != NULL; i++) {
		bool is_there = false;
		for (size_t cell = 0; cell < reading->cell_count; cell++)
			is_there = is_there || reading->column_of[cell] == i;
		if (is_there || !reading->table->columns[i].is_required)
			continue;
		reading->is_broken = true;
		reading->rows->is_partial = true;
		problem_add(reading->problems, PROBLEM_ERROR, reading->file, line,
			    "column '%s' is missing", reading->table->columns[i].name);
	}
}

static void take_head(struct reading *reading, int line, size_t cell, struct span head)
{
	int column = find_column(reading->table, head);
	if (column == UNKNOWN)
		unknown_column(reading, line, head);
	for (size_t i = 0; column >= 0 && i < cell; i++) {
		if (reading->column_of[i] != column)
			continue;
		problem_add(reading->problems, PROBLEM_ERROR, reading->file, line,
			    "column '%.*s' is there twice", SPAN_ARGS(head));
		column = UNUSED;
	}
	reading->column_of[cell] = column < 0 ? UNUSED : column;
	if (column >= 0)
		reading->is_given[column] = true;
}

static bool take_header(struct reading *reading, const struct csv_row *row, struct error *err)
{
	if (row->count > TABLE_COLUMNS_MAX)
		return error_set(err, ERROR_LIMIT,
				 "the header has %zu columns; at most %d are read", row->count,
				 TABLE_COLUMNS_MAX);
	reading->has_header = true;
	reading->cell_count = row->count;
	for (size_t i = 0; i < row->count; i++)
		take_head(reading, row->line, i, span_trim(row->cells[i]));
	missing_columns(reading, row->line);
	return true;
}

/* What no cell of the row will set gets its fallback. */
static bool clear_row(const struct reading *reading, void *record, struct error *err)
{
	const struct column *columns = reading->table->columns;
	for (size_t i = 0; columns[i].name != NULL; i++) {
		if (!reading->is_given[i] && !column_clear(&columns[i], record, err))
			return false;
	}
	return true;
}

/* A new row at the end. */
static bool add_row(struct reading *reading, int line, void **ret, struct error *err)
{
	struct table_rows *rows = reading->rows;
	const struct table *table = reading->table;
	size_t max = table->max_rows > 0 ? table->max_rows : TABLE_ROWS_MAX;
	if (!array_grow(&rows->items, &rows->room, rows->count, table->row_bytes, max, "rows",
			err) ||
	    !array_grow(&rows->bad, &rows->bad_room, rows->count, sizeof *rows->bad, max, "rows",
			err))
		return false;
	char *record = (char *)rows->items + rows->count * table->row_bytes;
	memset(record, 0, table->row_bytes);
	rows->bad[rows->count++] = reading->is_broken;
	memcpy(record + table->line_offset, &line, sizeof line);
	*ret = record;
	return clear_row(reading, record, err);
}

static bool is_full_row(struct reading *reading, const struct csv_row *row)
{
	size_t count = row->count;
	while (count > reading->cell_count && span_trim(row->cells[count - 1]).len == 0)
		count--;
	if (count == reading->cell_count)
		return true;
	reading->rows->is_partial = true;
	problem_add(reading->problems, PROBLEM_ERROR, reading->file, row->line,
		    "the row has %zu cells and the header %zu; look for a missing quote or "
		    "delimiter",
		    count, reading->cell_count);
	return false;
}

static bool take_cells(struct reading *reading, const struct csv_row *row, void *record,
		       struct error *err)
{
	bool *bad = &reading->rows->bad[reading->rows->count - 1];
	for (size_t i = 0; i < row->count && i < reading->cell_count; i++) {
		struct error why = {0};
		if (reading->column_of[i] < 0)
			continue;
		const struct column *column = &reading->table->columns[reading->column_of[i]];
		if (column_set(column, record, span_trim(row->cells[i]), &why))
			continue;
		if (why.code == ERROR_MEMORY)
			return error_memory(err);
		*bad = true;
		if (!column_clear(column, record, err))
			return false;
		if (column->offset == 0)
			reading->rows->is_partial = true;
		problem_at(reading, row->line, why.text);
	}
	return true;
}

static bool take_row(void *self, const struct csv_row *row, struct error *err)
{
	struct reading *reading = self;
	void *record;
	if (!reading->has_header)
		return take_header(reading, row, err);
	if (!is_full_row(reading, row))
		return true;
	return add_row(reading, row->line, &record, err) && take_cells(reading, row, record, err);
}

bool table_read(const struct table *table, struct span document, const char *file,
		struct problems *problems, struct table_rows *ret, struct error *err)
{
	struct error why = {0};
	struct reading reading = {.table = table, .file = file, .problems = problems, .rows = ret};
	const struct csv_dialect dialect = {0};
	if (!csv_read(document, &dialect, take_row, &reading, &why)) {
		if (why.code == ERROR_MEMORY)
			return error_memory(err);
		ret->is_partial = true;
		problem_at(&reading, why.line, why.text);
		return true;
	}
	if (!reading.has_header) {
		ret->is_partial = true;
		problem_at(&reading, 1, "the file is empty; its first row must name the columns");
	}
	return true;
}

void table_rows_free(const struct table *table, struct table_rows *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		columns_free(table->columns, (char *)rows->items + i * table->row_bytes);
	free(rows->items);
	free(rows->bad);
	*rows = (struct table_rows){0};
}
