/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"
#include "report/model.h"

enum { FIELDS_MAX = 100, BLOCKS_MAX = 100000, LINE_BYTES = 1 << 16 };

struct report *report_new_for(enum report_format format)
{
	struct report *report = calloc(1, sizeof *report);
	if (report == NULL)
		return NULL;
	report->nowhere.report = report;
	report->format = format;
	return report;
}

struct report *report_new(void)
{
	return report_new_for(REPORT_TABLE);
}

bool report_is_for_people(const struct report *report)
{
	return report->format == REPORT_TABLE;
}

static void free_cell(struct cell *cell)
{
	free(cell->copy);
}

static void free_table(struct report_table *table)
{
	if (table == NULL)
		return;
	for (size_t i = 0; table->cells != NULL && i < table->cell_count; i++)
		free_cell(&table->cells[i]);
	text_done(&table->rendered);
	free(table->cells);
	free(table->columns);
	free(table);
}

void report_free(struct report **slot)
{
	struct report *report = *slot;
	*slot = NULL;
	if (report == NULL)
		return;
	for (size_t i = 0; i < report->field_count; i++)
		free_cell(&report->fields[i].cell);
	for (size_t i = 0; i < report->block_count; i++) {
		free(report->blocks[i].line);
		free_table(report->blocks[i].table);
	}
	free(report->fields);
	free(report->blocks);
	free(report);
}

static char report_separator(enum report_format format)
{
	return format == REPORT_CSV ? ',' : '\t';
}

static void add_field(struct report *report, const char *key, struct cell cell)
{
	if (!report->failed && array_grow(&report->fields, &report->field_room, report->field_count,
					  sizeof *report->fields, FIELDS_MAX, "fields", NULL)) {
		report->fields[report->field_count++] = (struct field){key, cell};
		return;
	}
	report->failed = true;
	free_cell(&cell);
}

/* A text cell with a copy; on failure the report has failed and the cell is empty. */
static struct cell text_cell(struct report *report, struct span text)
{
	char *copy = span_dup(text);
	if (copy == NULL) {
		report->failed = true;
		return (struct cell){.kind = CELL_NONE};
	}
	return (struct cell){.kind = CELL_TEXT, .text = {copy, text.len}, .copy = copy};
}

void report_field_text(struct report *report, const char *key, const char *text)
{
	struct cell none = {.kind = CELL_NONE};
	add_field(report, key, text ? text_cell(report, span_of(text)) : none);
}

void report_field_number(struct report *report, const char *key, bool is_set, double value)
{
	struct cell cell = {.kind = is_set ? CELL_NUMBER : CELL_NONE, .number = value};
	add_field(report, key, cell);
}

void report_field_integer(struct report *report, const char *key, long value)
{
	add_field(report, key, (struct cell){.kind = CELL_INTEGER, .integer = value});
}

void report_field_switch(struct report *report, const char *key, bool value)
{
	add_field(report, key, (struct cell){.kind = CELL_SWITCH, .on = value});
}

static bool add_block(struct report *report, struct block block)
{
	if (report->failed || !array_grow(&report->blocks, &report->block_room, report->block_count,
					  sizeof *report->blocks, BLOCKS_MAX, "lines", NULL)) {
		report->failed = true;
		return false;
	}
	report->blocks[report->block_count++] = block;
	return true;
}

static char *PRINTF_LIKE(1, 0) format_text(const char *fmt, va_list args)
{
	va_list again;
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, fmt, args);
	char *text = len < 0 || len > LINE_BYTES ? NULL : malloc((size_t)len + 1);
	if (text != NULL)
		(void)vsnprintf(text, (size_t)len + 1, fmt, again);
	va_end(again);
	return text;
}

void report_line(struct report *report, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	char *line = format_text(fmt, args);
	va_end(args);
	if (line == NULL)
		report->failed = true;
	if (line != NULL && !add_block(report, (struct block){.line = line}))
		free(line);
}

static bool has_no_memory(const struct text *text)
{
	return text->failed && !text->too_long;
}

void report_words(struct report *report, const struct text *line)
{
	if (has_no_memory(line))
		report->failed = true;
	report_line(report, "%.*s", SPAN_ARGS(text_span(line)));
}

struct report_table *report_add_table(struct report *report, const char *name,
				      const struct report_column *columns, size_t count)
{
	struct report_table *table = calloc(1, sizeof *table);
	if (table == NULL) {
		report->failed = true;
		return &report->nowhere;
	}
	*table = (struct report_table){
		.report = report,
		.name = name,
		.column_count = count,
		.rendered = text_with_limit(REPORT_OUTPUT_BYTES),
	};
	table->columns = calloc(count ? count : 1, sizeof *columns);
	if (table->columns == NULL)
		report->failed = true;
	else
		memcpy(table->columns, columns, count * sizeof *columns);
	if (add_block(report, (struct block){.table = table}))
		return table;
	free_table(table);
	return &report->nowhere;
}

static void render_cell(struct report_table *table, const struct cell *cell)
{
	size_t column = table->cell_count++ % table->column_count;
	if (table->columns == NULL || !(table->columns[column].flags & COLUMN_MACHINE))
		return;
	if (table->report->format == REPORT_JSON)
		json_put_cell(&table->rendered, table, column, cell);
	else
		separated_put_cell(&table->rendered, report_separator(table->report->format), table,
				   column, cell);
}

/* Does nothing more with what is added to a table that is rendered as it comes. */
static bool passes_by(struct report_table *table, const struct cell *cell)
{
	if (report_is_for_people(table->report))
		return false;
	if (!table->report->failed && table->column_count > 0)
		render_cell(table, cell);
	return true;
}

static void add_cell(struct report_table *table, struct cell cell)
{
	struct report *report = table->report;
	if (passes_by(table, &cell)) {
		free_cell(&cell);
		return;
	}
	if (!report->failed && array_grow(&table->cells, &table->cell_room, table->cell_count,
					  sizeof *table->cells, REPORT_CELLS_MAX, "cells", NULL)) {
		table->cells[table->cell_count++] = cell;
		return;
	}
	report->failed = true;
	free_cell(&cell);
}

void cell_text(struct report_table *table, const char *text)
{
	if (text == NULL)
		cell_none(table);
	else
		cell_span(table, span_of(text));
}

void cell_span(struct report_table *table, struct span text)
{
	const struct cell borrowed = {.kind = CELL_TEXT, .text = text};
	if (!passes_by(table, &borrowed))
		add_cell(table, text_cell(table->report, text));
}

void cell_words(struct report_table *table, const struct text *text)
{
	if (has_no_memory(text))
		table->report->failed = true;
	cell_span(table, text_span(text));
}

void cell_textf(struct report_table *table, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	char *text = format_text(fmt, args);
	va_end(args);
	if (text == NULL)
		table->report->failed = true;
	else
		add_cell(table, (struct cell){
					.kind = CELL_TEXT,
					.text = span_of(text),
					.copy = text,
				});
}

void cell_number(struct report_table *table, bool is_set, double value)
{
	add_cell(table, (struct cell){.kind = is_set ? CELL_NUMBER : CELL_NONE, .number = value});
}

void cell_integer(struct report_table *table, bool is_set, long value)
{
	add_cell(table, (struct cell){.kind = is_set ? CELL_INTEGER : CELL_NONE, .integer = value});
}

void cell_switch(struct report_table *table, bool value)
{
	add_cell(table, (struct cell){.kind = CELL_SWITCH, .on = value});
}

void cell_none(struct report_table *table)
{
	add_cell(table, (struct cell){.kind = CELL_NONE});
}

void table_end_row(struct report_table *table)
{
	table->rows++;
	if (table->rendered.failed)
		table->report->failed = true;
	if (table->cell_count != table->rows * table->column_count)
		table->report->failed = true;
}

size_t table_rows(const struct report_table *table)
{
	return table->rows;
}

bool column_is_first(const struct report_table *table, size_t column)
{
	for (size_t i = 0; i < column; i++) {
		if (table->columns[i].flags & COLUMN_MACHINE)
			return false;
	}
	return true;
}

bool column_is_last(const struct report_table *table, size_t column)
{
	for (size_t i = column + 1; i < table->column_count; i++) {
		if (table->columns[i].flags & COLUMN_MACHINE)
			return false;
	}
	return true;
}

struct span cell_shown(const struct cell *cell, char buffer[CELL_SHOWN_BYTES])
{
	switch (cell->kind) {
	case CELL_TEXT:
		return cell->text;
	case CELL_NUMBER:
		return span_of(number_print(cell->number, buffer));
	case CELL_INTEGER:
		return span_of(number_print_integer(cell->integer, buffer));
	case CELL_SWITCH:
		return span_of(cell->on ? "yes" : "no");
	case CELL_NONE:
		break;
	}
	return span_of("-");
}

bool report_format_parse(struct span text, enum report_format *ret, struct error *err)
{
	static const char *const names[] = {[REPORT_TABLE] = "table",
					    [REPORT_JSON] = "json",
					    [REPORT_CSV] = "csv",
					    [REPORT_TSV] = "tsv"};
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (span_is(text, names[i])) {
			*ret = (enum report_format)i;
			return true;
		}
	}
	return error_set(err, ERROR_INPUT, "format '%.*s' is not one of table, json, csv, tsv",
			 SPAN_ARGS(text));
}

bool report_render(const struct report *report, enum report_format format,
		   const struct report_look *look, struct text *out, struct error *err)
{
	if (report->failed)
		return error_set(err, ERROR_MEMORY, "no memory for the answer");
	if (!report_is_for_people(report) && report->format != format)
		return error_set(err, ERROR_SYSTEM, "the answer was made for another format");
	switch (format) {
	case REPORT_TABLE:
		if (!render_table(report, look, out, err))
			return false;
		break;
	case REPORT_JSON:
		render_json(report, out);
		break;
	case REPORT_CSV:
	case REPORT_TSV:
		render_separated(report, report_separator(format), out);
		break;
	}
	return text_ok(out, "the answer", err);
}
