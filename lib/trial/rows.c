/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/rows.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/csv.h"
#include "base/unicode.h"
#include "trial/documents.h"

static const char dims_prefix[] = "dims.";

void row_done(struct row *row, size_t columns)
{
	for (size_t i = 0; row->cells != NULL && i < columns; i++)
		free(row->cells[i]);
	free(row->cells);
	free(row->place);
}

void rows_done(struct rows *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		row_done(&rows->items[i], rows->column_count);
	for (size_t i = 0; i < rows->column_count; i++)
		free(rows->names[i]);
	free(rows->items);
	*rows = (struct rows){0};
}

void rows_like(const struct rows *other, struct rows *ret)
{
	*ret = (struct rows){.column_count = other->column_count};
	memcpy(ret->columns, other->columns, sizeof ret->columns);
}

static bool append(struct rows *rows, struct row *row, struct error *err)
{
	if (!array_grow(&rows->items, &rows->room, rows->count, sizeof *rows->items, TRIAL_ROWS_MAX,
			"rows", err)) {
		row_done(row, rows->column_count);
		return false;
	}
	rows->items[rows->count++] = *row;
	return true;
}

bool rows_add(struct rows *rows, const char *place,
	      struct span (*cell)(void *self, const char *column), void *self, struct error *err)
{
	struct row row = {.cells = calloc(rows->column_count + 1, sizeof *row.cells),
			  .place = span_dup(span_of(place))};
	bool ok = row.cells != NULL && row.place != NULL;
	for (size_t i = 0; ok && i < rows->column_count; i++) {
		row.cells[i] = span_dup(cell(self, rows->columns[i]->name));
		ok = row.cells[i] != NULL;
	}
	if (ok)
		return append(rows, &row, err);
	row_done(&row, rows->column_count);
	return error_memory(err);
}

/* -- a table -- */

struct reading {
	const struct rows_kind *kind;
	const char *path;
	struct rows *rows;
	struct trial_findings *findings;
	bool has_header, ok;
};

static const struct rows_column *find(const struct rows_column *columns, struct span name)
{
	for (; columns->name != NULL; columns++)
		if (span_is(name, columns->name))
			return columns;
	return NULL;
}

static void unknown_column(struct reading *reading, struct span name, int line)
{
	const char *names[ROWS_COLUMNS_MAX];
	size_t count = 0;
	for (const struct rows_column *known = reading->kind->columns; known->name != NULL; known++)
		names[count++] = known->name;
	const char *nearest = unicode_nearest(name, names, count);
	reading->ok = false;
	finding_add(reading->findings,
		    nearest != NULL ? "%s:%d: column '%.*s' is not known; did you mean '%s'?"
				    : "%s:%d: column '%.*s' is not known",
		    reading->path, line, SPAN_ARGS(name), nearest);
}

static bool add_column(struct reading *reading, struct span name, int line, struct error *err)
{
	struct rows *rows = reading->rows;
	size_t at = rows->column_count;
	if (at == ROWS_COLUMNS_MAX)
		return error_set(err, ERROR_LIMIT, "%s: more than %d columns", reading->path,
				 ROWS_COLUMNS_MAX);
	rows->columns[at] = find(reading->kind->columns, name);
	if (rows->columns[at] == NULL && reading->kind->has_dims &&
	    span_starts(name, dims_prefix)) {
		rows->names[at] = span_dup(name);
		if (rows->names[at] == NULL)
			return error_memory(err);
		rows->named[at] = (struct rows_column){.name = rows->names[at], .is_key = true};
		rows->columns[at] = &rows->named[at];
	}
	if (rows->columns[at] == NULL)
		unknown_column(reading, name, line);
	else
		rows->column_count++;
	return true;
}

static bool take_header(struct reading *reading, const struct csv_row *row, struct error *err)
{
	reading->has_header = true;
	for (size_t i = 0; i < row->count; i++)
		if (!add_column(reading, span_trim(row->cells[i]), row->line, err))
			return false;
	return true;
}

static bool set_cell(struct reading *reading, const struct csv_row *row, size_t i, struct row *into,
		     struct error *err)
{
	char cell[ROWS_CELL_BYTES];
	struct error why = {0};
	struct span written = row->cells[i];
	const struct rows_column *column = reading->rows->columns[i];
	if (column->normalise != NULL && written.len > 0) {
		if (!column->normalise(written, cell, &why)) {
			reading->ok = false;
			finding_add(reading->findings, "%s:%d: %s: %s", reading->path, row->line,
				    column->name, why.text);
			(void)snprintf(cell, sizeof cell, "%.*s", SPAN_ARGS(written));
		}
		written = span_of(cell);
	}
	into->cells[i] = span_dup(written);
	return into->cells[i] != NULL || error_memory(err);
}

static bool take_row(void *self, const struct csv_row *row, struct error *err)
{
	struct reading *reading = self;
	struct rows *rows = reading->rows;
	if (!reading->has_header)
		return take_header(reading, row, err);
	if (!reading->ok)
		return true;
	if (row->count != rows->column_count) {
		reading->ok = false;
		finding_add(reading->findings, "%s:%d: %zu cells, and the header has %zu",
			    reading->path, row->line, row->count, rows->column_count);
		return true;
	}
	struct row into = {.cells = calloc(rows->column_count + 1, sizeof *into.cells),
			   .line = row->line};
	bool ok = into.cells != NULL || error_memory(err);
	for (size_t i = 0; ok && i < row->count; i++)
		ok = set_cell(reading, row, i, &into, err);
	if (ok)
		return append(rows, &into, err);
	row_done(&into, rows->column_count);
	return false;
}

static bool read_document(struct reading *reading, struct error *err)
{
	AUTO_FREE char *bytes = NULL;
	size_t len = 0;
	const struct csv_dialect dialect = {.delimiter = ','};
	if (!document_read(reading->path, &bytes, &len, err))
		return false;
	return csv_read((struct span){bytes, len}, &dialect, take_row, reading, err) ||
	       error_within(err, "%s", reading->path);
}

bool rows_read(const struct rows_kind *kind, const char *path, struct rows *ret, bool *ret_ok,
	       struct trial_findings *findings, struct error *err)
{
	struct error why = {0};
	struct reading reading = {kind, path, ret, findings, false, true};
	*ret_ok = true;
	for (size_t i = 0; path == NULL && kind->fallback[i] != NULL; i++)
		if (!add_column(&reading, span_of(kind->fallback[i]), 0, err))
			return false;
	if (path == NULL)
		return true;
	if (!read_document(&reading, &why)) {
		if (why.code == ERROR_MEMORY)
			return error_memory(err);
		finding_add(findings, "%s", why.text);
		reading.ok = false;
	} else if (!reading.has_header) {
		finding_add(findings, "%s: it is empty; its first row names the columns", path);
		reading.ok = false;
	}
	*ret_ok = reading.ok;
	return true;
}
