/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <stdlib.h>

#include "base/number.h"
#include "report/model.h"

/* Written value by value: a tree of a long answer would take ten times its room.  jansson writes
 * what is not plain. */

enum { DIGITS = 15 };

static int add_piece(const char *bytes, size_t len, void *out)
{
	text_add(out, bytes, len);
	return 0;
}

static void put_value(struct text *out, json_t *value)
{
	if (value == NULL || json_dump_callback(value, add_piece, out,
						JSON_ENCODE_ANY | JSON_REAL_PRECISION(DIGITS)) != 0)
		out->failed = true;
	json_decref(value);
}

static bool is_plain(struct span text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.start[i];
		if (c < ' ' || c >= 0x7f || c == '"' || c == '\\')
			return false;
	}
	return true;
}

static void put_text(struct text *out, struct span text)
{
	if (!is_plain(text)) {
		put_value(out, json_stringn(text.start, text.len));
		return;
	}
	text_add_char(out, '"');
	text_add(out, text.start, text.len);
	text_add_char(out, '"');
}

/* A whole number has ".0" behind it, so that every reader takes it for a real. */
static void put_number(struct text *out, double number)
{
	char buffer[NUMBER_BYTES];
	const char *printed = number_print(number, buffer);
	if (printed[strspn(printed, "-.0123456789")] != '\0') {
		put_value(out, json_real(number));
		return;
	}
	text_add_string(out, printed);
	if (strchr(printed, '.') == NULL)
		text_add_string(out, ".0");
}

static void put_cell(struct text *out, const struct cell *cell)
{
	switch (cell->kind) {
	case CELL_TEXT:
		put_text(out, cell->text);
		return;
	case CELL_NUMBER:
		put_number(out, cell->number);
		return;
	case CELL_INTEGER:
		text_addf(out, "%ld", cell->integer);
		return;
	case CELL_SWITCH:
		text_add_string(out, cell->on ? "true" : "false");
		return;
	case CELL_NONE:
		break;
	}
	text_add_string(out, "null");
}

static void put_key(struct text *out, const char *before, const char *key)
{
	text_add_string(out, before);
	text_add_char(out, '"');
	text_add_string(out, key);
	text_add_string(out, "\": ");
}

/* `rendered` begins with what ends the row before, which the first row has not. */
void json_put_cell(struct text *out, const struct report_table *table, size_t column,
		   const struct cell *cell)
{
	bool first = column_is_first(table, column);
	if (first)
		text_add_string(out, out->len > 0 ? ",\n  {" : "\n  {");
	put_key(out, first ? "\n   " : ",\n   ", table->columns[column].key);
	put_cell(out, cell);
	if (column_is_last(table, column))
		text_add_string(out, "\n  }");
}

static void put_rows(struct text *out, const struct report_table *table)
{
	AUTO_TEXT struct text rows = text_with_limit(REPORT_OUTPUT_BYTES);
	for (size_t i = 0; table->cells != NULL && i < table->cell_count; i++) {
		size_t column = i % table->column_count;
		if (table->columns[column].flags & COLUMN_MACHINE)
			json_put_cell(&rows, table, column, &table->cells[i]);
	}
	const struct text *rendered = table->cells != NULL ? &rows : &table->rendered;
	text_add_char(out, '[');
	text_add(out, rendered->data, rendered->len);
	text_add_string(out, rendered->len > 0 ? "\n ]" : "]");
	if (rendered->failed)
		out->failed = true;
}

void render_json(const struct report *report, struct text *out)
{
	put_key(out, "{\n ", "version");
	text_add_char(out, '1');
	for (size_t i = 0; i < report->field_count; i++) {
		put_key(out, ",\n ", report->fields[i].key);
		put_cell(out, &report->fields[i].cell);
	}
	for (size_t i = 0; i < report->block_count; i++) {
		const struct report_table *table = report->blocks[i].table;
		if (table == NULL)
			continue;
		put_key(out, ",\n ", table->name);
		put_rows(out, table);
	}
	text_add_string(out, "\n}\n");
}
