/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <stdlib.h>

#include "report/model.h"

enum { DIGITS = 15 };

static json_t *cell_json(const struct cell *cell)
{
	switch (cell->kind) {
	case CELL_TEXT:
		return json_string(cell->text);
	case CELL_NUMBER:
		return json_real(cell->number);
	case CELL_INTEGER:
		return json_integer(cell->integer);
	case CELL_SWITCH:
		return json_boolean(cell->on);
	case CELL_NONE:
		break;
	}
	return json_null();
}

static bool add_rows(json_t *rows, const struct report_table *table)
{
	for (size_t row = 0; row < table->rows; row++) {
		json_t *object = json_object();
		if (json_array_append_new(rows, object) != 0)
			return false;
		const struct cell *cells = table->cells + row * table->column_count;
		for (size_t i = 0; i < table->column_count; i++) {
			const struct report_column *column = &table->columns[i];
			if ((column->flags & COLUMN_MACHINE) &&
			    json_object_set_new(object, column->key, cell_json(&cells[i])) != 0)
				return false;
		}
	}
	return true;
}

static bool build(const struct report *report, json_t *root)
{
	if (json_object_set_new(root, "version", json_integer(1)) != 0)
		return false;
	for (size_t i = 0; i < report->field_count; i++) {
		const struct field *field = &report->fields[i];
		if (json_object_set_new(root, field->key, cell_json(&field->cell)) != 0)
			return false;
	}
	for (size_t i = 0; i < report->block_count; i++) {
		const struct report_table *table = report->blocks[i].table;
		if (table == NULL)
			continue;
		json_t *rows = json_array();
		if (json_object_set_new(root, table->name, rows) != 0 || !add_rows(rows, table))
			return false;
	}
	return true;
}

static int add_piece(const char *bytes, size_t len, void *out)
{
	text_add(out, bytes, len);
	return 0;
}

bool render_json(const struct report *report, struct text *out, struct error *err)
{
	json_t *root = json_object();
	bool built = root != NULL && build(report, root) &&
		     json_dump_callback(root, add_piece, out,
					JSON_INDENT(1) | JSON_REAL_PRECISION(DIGITS)) == 0;
	json_decref(root);
	text_add_char(out, '\n');
	return built ? true : error_set(err, ERROR_MEMORY, "no memory for the answer as JSON");
}
