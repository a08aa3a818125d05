/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/csv_shape.h"

#include <stdlib.h>

#include "feed/field.h"

enum { NAME_BYTES = 4096, COLUMNS_MAX = 4096, SHARED_BYTES = 64 << 10 };

void feed_csv_shape_done(struct feed_csv_shape *shape)
{
	for (size_t i = 0; i < shape->name_count; i++)
		text_done(&shape->names[i]);
	for (size_t i = 0; shape->above != NULL && i < shape->columns; i++)
		text_done(&shape->above[i]);
	free(shape->names);
	free(shape->cells);
	free(shape->fills);
	free(shape->above);
	*shape = (struct feed_csv_shape){0};
}

static bool make_room(struct feed_csv_shape *shape, size_t count, struct error *err)
{
	while (shape->cell_room < count)
		if (!array_grow(&shape->cells, &shape->cell_room, shape->cell_room,
				sizeof *shape->cells, COLUMNS_MAX, "cells of a row", err))
			return false;
	return true;
}

/* -- the header -- */

/* Add to the name of a column, which may be a new one. */
static bool add_name(struct feed_csv_shape *shape, size_t column, struct span said,
		     struct error *err)
{
	if (!array_grow(&shape->names, &shape->name_room, column, sizeof *shape->names, COLUMNS_MAX,
			"columns", err))
		return false;
	if (column == shape->name_count)
		shape->names[shape->name_count++] = text_with_limit(NAME_BYTES);
	struct text *name = &shape->names[column];
	if (name->len > 0 && said.len > 0)
		text_add_char(name, ' ');
	text_add(name, said.start, said.len);
	return text_ok(name, "the name of a column", err);
}

/* Add what a row of the header says of its columns.  Above the last row a cell without text belongs
 * to the one on its left. */
static bool add_names(struct feed_csv_shape *shape, const struct csv_row *row, struct error *err)
{
	bool is_last = shape->header_rows == shape->csv->header_rows;
	struct span left = {0};
	for (size_t i = 0; i < row->count || i < shape->name_count; i++) {
		struct span own = {0};
		if (i < row->count)
			own = span_trim(row->cells[i]);
		left = own.len > 0 || is_last ? own : left;
		if (!add_name(shape, i, left, err))
			return false;
	}
	return true;
}

bool feed_csv_shape_header(struct feed_csv_shape *shape, const struct csv_row *row,
			   struct csv_row *ret_row, bool *ret_whole, struct error *err)
{
	shape->header_rows++;
	*ret_whole = shape->header_rows == shape->csv->header_rows;
	if (shape->csv->header_rows == 1) {
		*ret_row = *row;
		return true;
	}
	if (!add_names(shape, row, err) || !make_room(shape, shape->name_count, err))
		return false;
	for (size_t i = 0; i < shape->name_count; i++)
		shape->cells[i] = text_span(&shape->names[i]);
	*ret_row = (struct csv_row){
		.line = row->line, .count = shape->name_count, .cells = shape->cells};
	return true;
}

/* -- the rows -- */

bool feed_csv_shape_bind(struct feed_csv_shape *shape, const struct csv_row *header,
			 struct error *err)
{
	const struct key_texts *list = &shape->csv->fill_down;
	shape->columns = header->count;
	if (list->count == 0)
		return true;
	shape->fills = calloc(header->count, sizeof *shape->fills);
	shape->above = calloc(header->count, sizeof *shape->above);
	if (shape->fills == NULL || shape->above == NULL)
		return error_memory(err);
	for (size_t i = 0; i < list->count; i++) {
		struct feed_field field;
		if (!feed_field_parse(list->items[i], false, "csv.fill_down", &field, err) ||
		    !feed_field_bind(&field, header->cells, header->count, err))
			return false;
		size_t column = field.pieces[0].column;
		shape->fills[column] = true;
		shape->above[column] = text_with_limit(SHARED_BYTES);
	}
	return true;
}

bool feed_csv_shape_ends(struct feed_csv_shape *shape, const struct csv_row *row)
{
	const struct key_texts *footer = &shape->csv->footer;
	struct span first = span_trim(row->cells[0]);
	for (size_t i = 0; i < footer->count && !shape->has_ended; i++)
		shape->has_ended = span_starts(first, footer->items[i]);
	return shape->has_ended;
}

/* What stands in the cell, or in the last one above it that is not empty. */
static bool share(struct text *above, struct span *cell, struct error *err)
{
	struct span own = span_trim(*cell);
	if (own.len > 0) {
		text_clear(above);
		text_add(above, own.start, own.len);
	}
	*cell = above->len > 0 ? text_span(above) : (struct span){"", 0};
	return text_ok(above, "a cell of a column of csv.fill_down", err);
}

bool feed_csv_shape_row(struct feed_csv_shape *shape, const struct csv_row *row,
			struct csv_row *ret, struct error *err)
{
	bool is_short = shape->csv->short_rows && row->count < shape->columns;
	*ret = *row;
	if (!is_short && shape->fills == NULL)
		return true;
	ret->count = is_short ? shape->columns : row->count;
	ret->quoted = NULL;
	if (!make_room(shape, ret->count, err))
		return false;
	for (size_t i = 0; i < ret->count; i++) {
		shape->cells[i] = i < row->count ? row->cells[i] : (struct span){"", 0};
		bool fills = shape->fills != NULL && i < shape->columns && shape->fills[i];
		if (fills && !share(&shape->above[i], &shape->cells[i], err))
			return false;
	}
	ret->cells = shape->cells;
	return true;
}
