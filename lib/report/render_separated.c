/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv_write.h"
#include "report/model.h"

static bool is_separator(char c)
{
	return c == '\t' || c == '\n' || c == '\r';
}

/* TSV has no quoting: the separators inside a field become blanks. */
static void add_plain(struct text *out, struct span field)
{
	while (field.len > 0) {
		size_t clean = 0;
		while (clean < field.len && !is_separator(field.start[clean]))
			clean++;
		text_add(out, field.start, clean);
		if (clean == field.len)
			return;
		text_add_char(out, ' ');
		field = (struct span){field.start + clean + 1, field.len - clean - 1};
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

static struct span cell_machine(const struct cell *cell, char buffer[CELL_SHOWN_BYTES])
{
	if (cell->kind == CELL_SWITCH)
		return span_of(cell->on ? "true" : "false");
	return cell->kind == CELL_NONE ? span_of("") : cell_shown(cell, buffer);
}

void separated_put_cell(struct text *out, char separator, const struct report_table *table,
			size_t column, const struct cell *cell)
{
	char buffer[CELL_SHOWN_BYTES];
	add_field(out, cell_machine(cell, buffer), separator, column_is_first(table, column));
	if (column_is_last(table, column))
		csv_write_end(out);
}

static void add_heading(struct text *out, const struct report_table *table, char separator)
{
	bool first = true;
	for (size_t i = 0; i < table->column_count; i++) {
		const struct report_column *column = &table->columns[i];
		if (!(column->flags & COLUMN_MACHINE))
			continue;
		add_field(out, span_of(column->key), separator, first);
		first = false;
	}
	csv_write_end(out);
}

void render_separated(const struct report *report, char separator, struct text *out)
{
	const struct report_table *table = first_table(report);
	if (table == NULL)
		return;
	add_heading(out, table, separator);
	text_add(out, table->rendered.data, table->rendered.len);
	for (size_t i = 0; table->cells != NULL && i < table->cell_count; i++) {
		size_t column = i % table->column_count;
		if (table->columns[column].flags & COLUMN_MACHINE)
			separated_put_cell(out, separator, table, column, &table->cells[i]);
	}
}
