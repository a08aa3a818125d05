/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"
#include "report/model.h"

enum { SHOWN_BYTES = 64 };

/* TSV has no quoting: the separators inside a field become blanks. */
static void add_plain(struct text *out, struct span field)
{
	for (size_t i = 0; i < field.len; i++) {
		char c = field.start[i];
		text_add_char(out, c == '\t' || c == '\n' || c == '\r' ? ' ' : c);
	}
}

static void add_field(struct text *out, struct span field, char separator, bool first)
{
	if (separator == ',') {
		csv_write_field(out, field, first);
		return;
	}
	if (!first)
		text_add_char(out, separator);
	add_plain(out, field);
}

static const struct report_table *first_table(const struct report *report)
{
	for (size_t i = 0; i < report->block_count; i++) {
		if (report->blocks[i].table != NULL)
			return report->blocks[i].table;
	}
	return NULL;
}

static struct span cell_machine(const struct cell *cell, char buffer[SHOWN_BYTES])
{
	if (cell->kind == CELL_SWITCH)
		return span_of(cell->on ? "true" : "false");
	return cell->kind == CELL_NONE ? span_of("") : cell_shown(cell, buffer, SHOWN_BYTES);
}

/* cells == NULL: the heading. */
static void add_row(struct text *out, const struct report_table *table, const struct cell *cells,
		    char separator)
{
	bool first = true;
	for (size_t i = 0; i < table->column_count; i++) {
		const struct report_column *column = &table->columns[i];
		char buffer[SHOWN_BYTES];
		if (!(column->flags & COLUMN_MACHINE))
			continue;
		add_field(out, cells ? cell_machine(&cells[i], buffer) : span_of(column->key),
			  separator, first);
		first = false;
	}
	csv_write_end(out);
}

void render_separated(const struct report *report, char separator, struct text *out)
{
	const struct report_table *table = first_table(report);
	if (table == NULL)
		return;
	add_row(out, table, NULL, separator);
	for (size_t row = 0; row < table->rows; row++)
		add_row(out, table, table->cells + row * table->column_count, separator);
}
