/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/format_csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/number.h"
#include "feed/csv_shape.h"
#include "feed/format_sdmxcsv.h"
#include "feed/title.h"
#include "feed/wide.h"

enum { WHY_BYTES = 240, SHOWN_BYTES = 240, LINE_BYTES = 64 << 10 };

struct feed_csv_reader {
	struct feed_source *source;
	size_t columns; /* 0: nothing has been read yet */
	size_t named;	/* as far as the last one that has a name; rows have to go so far */
	long to_skip;	/* rows after the header */
	int lines_before;
	int own_lines; /* of them that no key speaks of: "sep=;" */
	struct feed_csv_shape shape;
	struct feed_wide wide;
	bool *labelled;	  /* SDMX: cells of the column are "CODE: label"; NULL: none are */
	size_t action;	  /* SDMX: the column with the action; beyond the last one: there is none */
	bool is_found;	  /* the header is reached */
	struct text line; /* before it: the line at hand */
	struct feed_titles titles;
	struct csv_reader *rows;
};

struct row_cells {
	struct feed_cells cells;
	const struct csv_row *row;
	const struct feed_wide_column *wide; /* NULL: the table is not wide */
	const bool *labelled;
	const struct feed_titles *titles; /* as many as fields name */
	int line;
};

static const struct row_cells *row_cells_of(const struct feed_cells *cells)
{
	return (const void *)cells;
}

static bool read_piece(const struct feed_cells *cells, const struct feed_piece *piece,
		       struct text *scratch, struct feed_cell *ret, struct error *err)
{
	const struct row_cells *self = row_cells_of(cells);
	bool is_special = piece->kind == FEED_PIECE_SPECIAL;
	bool is_value = is_special && piece->column == FEED_WIDE_VALUE;
	bool is_next = is_special && piece->column == FEED_WIDE_NEXT;
	size_t column = piece->column;
	(void)scratch;
	(void)err;
	*ret = (struct feed_cell){.kind = FEED_CELL_ABSENT};
	if (piece->kind == FEED_PIECE_LINE) {
		*ret = (struct feed_cell){FEED_CELL_TEXT, text_span(&self->titles->lines[column])};
		return true;
	}
	if (is_special && self->wide == NULL)
		return true;
	if (is_value || is_next)
		column = self->wide->column + is_next;
	if (is_special && !is_value && !is_next)
		*ret = (struct feed_cell){.kind = FEED_CELL_TEXT,
					  .text = span_of(self->wide->parts[column])};
	else if (column < self->row->count)
		*ret = (struct feed_cell){.kind = FEED_CELL_TEXT, .text = self->row->cells[column]};
	if (!is_special && self->labelled != NULL && column < self->row->count &&
	    self->labelled[column])
		ret->text = feed_sdmxcsv_code(ret->text);
	return true;
}

static void print_place(const struct feed_cells *cells, const struct feed_piece *piece,
			struct text *out)
{
	const struct row_cells *self = row_cells_of(cells);
	struct span name = piece != NULL ? piece->text : (struct span){0};
	char line[NUMBER_BYTES];
	/* once for each record: printf would be a tenth of reading it */
	text_add_string(out, "line ");
	text_add_string(out, number_print_integer(self->line, line));
	if (piece == NULL)
		return;
	if (piece->kind == FEED_PIECE_NUMBER) {
		text_addf(out, ", column %zu", piece->column + 1);
		return;
	}
	if (piece->kind == FEED_PIECE_SPECIAL && self->wide != NULL)
		name = span_of(self->wide->parts[FEED_WIDE_HEADER]);
	text_add_string(out, ", column '");
	text_add(out, name.start, name.len);
	text_add_char(out, '\'');
}

/* The cells of a header, a line each. */
static void print_names(const struct csv_row *row, struct text *names)
{
	for (size_t i = 0; i < row->count; i++) {
		struct span name = span_trim(row->cells[i]);
		for (size_t at = 0; at < name.len; at++)
			text_add_char(names, name.start[at] == '\n' ? ' ' : name.start[at]);
		text_add_char(names, '\n');
	}
}

static bool keep_names(struct feed_source *source, const struct csv_row *row, struct error *err)
{
	struct text *names = &source->page->columns;
	*names = text_with_limit(FEED_COLUMNS_MAX_BYTES);
	print_names(row, names);
	if (names->too_long)
		return feed_fail(source, FEED_CAUSE_LIMIT, err,
				 "the names of the columns are longer than %d bytes",
				 FEED_COLUMNS_MAX_BYTES);
	return text_ok(names, "the names of the columns", err) ||
	       feed_fail_as(source, FEED_CAUSE_INTERNAL);
}

/* Say why a column was not found, and which there are. */
static bool fail_column(struct feed_source *source, const struct csv_row *row,
			const struct error *why, struct error *err)
{
	AUTO_TEXT struct text there = text_with_limit(FEED_COLUMNS_MAX_BYTES * 2);
	for (size_t i = 0; i < row->count; i++) {
		struct span name = span_trim(row->cells[i]);
		text_addf(&there, "%s'%.*s'", i > 0 ? ", " : "", SPAN_ARGS(name));
	}
	struct span shown = text_span(&there);
	bool cut = shown.len > SHOWN_BYTES;
	if (cut)
		shown.len = SHOWN_BYTES;
	while (cut && shown.len > 0 && ((unsigned char)shown.start[shown.len] & 0xc0) == 0x80)
		shown.len--;
	return feed_fail(source, FEED_CAUSE_SHAPE, err, "%s; the columns are %.*s%s", why->text,
			 SPAN_ARGS(shown), cut ? " ..." : "");
}

struct binding {
	const struct feed_plan *plan;
	const struct csv_row *row;
	const struct feed_titles *titles;
};

static bool bind_field(void *self, struct feed_field *field, struct error *err)
{
	const struct binding *binding = self;
	for (size_t i = 0; i < field->count; i++)
		if (field->pieces[i].kind == FEED_PIECE_LINE &&
		    field->pieces[i].column >= binding->titles->count)
			return error_set(err, ERROR_INPUT,
					 "there is no line '%.*s' before the header",
					 SPAN_ARGS(field->pieces[i].text));
	if (feed_field_bind(field, binding->row->cells, binding->row->count, err))
		return true;
	if (!feed_plan_may_lack(binding->plan, field))
		return feed_plan_fail_default(binding->plan, field, err);
	field->count = 0;
	return true;
}

static bool check_required(struct feed_source *source, const struct csv_row *row, struct error *err)
{
	const struct key_texts *required = &source->plan->mapping->answer.columns;
	size_t column;
	for (size_t i = 0; i < required->count; i++)
		if (!feed_column_find(span_of(required->items[i]), row->cells, row->count, &column,
				      err))
			return false;
	return true;
}

static bool bind_all(struct feed_csv_reader *reader, const struct csv_row *row, struct error *err)
{
	struct feed_source *source = reader->source;
	struct binding binding = {source->plan, row, &reader->titles};
	struct error why = {0};
	if (feed_plan_fields(source->plan, bind_field, &binding, &why) &&
	    check_required(source, row, &why) && feed_csv_shape_bind(&reader->shape, row, &why) &&
	    (source->plan->mapping->csv.wide.count == 0 ||
	     feed_wide_find(source->plan, row, &reader->wide, source->page->unread, &why)))
		return true;
	if (why.code != ERROR_MEMORY)
		return fail_column(source, row, &why, err);
	feed_fail_as(source, FEED_CAUSE_INTERNAL);
	return error_memory(err);
}

/* SDMX: bind to the names alone, and note the columns with labels. */
static bool bind_codes(struct feed_csv_reader *reader, const struct csv_row *row, struct error *err)
{
	AUTO_FREE struct span *names = calloc(row->count, sizeof *names);
	reader->labelled = calloc(row->count, sizeof *reader->labelled);
	if (names == NULL || reader->labelled == NULL) {
		feed_fail_as(reader->source, FEED_CAUSE_INTERNAL);
		return error_memory(err);
	}
	reader->action = row->count;
	for (size_t i = 0; i < row->count; i++) {
		names[i] = feed_sdmxcsv_name(row->cells[i], &reader->labelled[i]);
		if (span_is(names[i], "ACTION"))
			reader->action = i;
	}
	struct csv_row bare = {.line = row->line, .count = row->count, .cells = names};
	return bind_all(reader, &bare, err);
}

/* Bind to the names of csv.names instead of those of the document. */
static bool bind_names(struct feed_csv_reader *reader, const struct csv_row *row, struct error *err)
{
	const struct key_texts *names = &reader->source->plan->mapping->csv.names;
	AUTO_FREE struct span *cells = calloc(names->count + 1, sizeof *cells);
	if (cells == NULL) {
		feed_fail_as(reader->source, FEED_CAUSE_INTERNAL);
		return error_memory(err);
	}
	for (size_t i = 0; i < names->count; i++)
		cells[i] = span_of(names->items[i]);
	struct csv_row named = {.line = row->line, .count = names->count, .cells = cells};
	reader->columns = reader->named = names->count;
	return bind_all(reader, &named, err);
}

/* The number of columns without those at the end that have no name. */
static size_t named_columns(const struct csv_row *header)
{
	size_t count = header->count;
	while (count > 1 && span_trim(header->cells[count - 1]).len == 0)
		count--;
	return count;
}

static bool begin(struct feed_csv_reader *reader, const struct csv_row *row, struct error *err)
{
	struct feed_source *source = reader->source;
	const struct feed_csv *csv = &source->plan->mapping->csv;
	reader->columns = row->count;
	reader->named = csv->has_header ? named_columns(row) : row->count;
	if (!feed_wide_bind(source->plan, err))
		return feed_fail_as(source, FEED_CAUSE_INTERNAL);
	if (csv->has_header && !keep_names(source, row, err))
		return false;
	if (csv->names.count > 0)
		return bind_names(reader, row, err);
	return source->plan->format->is_sdmx ? bind_codes(reader, row, err)
					     : bind_all(reader, row, err);
}

/* The header again, as when tables are put together from several. */
static bool is_header_again(const struct feed_csv_reader *reader, const struct csv_row *row,
			    bool *ret_failed)
{
	AUTO_TEXT struct text names = text_with_limit(FEED_COLUMNS_MAX_BYTES);
	const struct text *header = &reader->source->page->columns;
	struct span rest = text_span(header);
	if (rest.len == 0 || row->count != reader->columns ||
	    !span_equal(span_trim(row->cells[0]), span_cut(&rest, '\n')))
		return false;
	print_names(row, &names);
	*ret_failed = names.failed;
	return span_equal(text_span(&names), text_span(header));
}

static bool offer_row(struct feed_csv_reader *reader, struct row_cells *cells, struct error *err)
{
	bool is_deleted = reader->labelled != NULL && reader->action < cells->row->count &&
			  feed_sdmxcsv_deletes(cells->row->cells[reader->action]);
	size_t count = reader->wide.count == 0 ? 1 : reader->wide.count;
	for (size_t i = 0; i < count; i++) {
		cells->wide = reader->wide.count == 0 ? NULL : &reader->wide.columns[i];
		bool ok = is_deleted ? feed_record_delete(reader->source, &cells->cells, err)
				     : feed_record_offer(reader->source, &cells->cells, err);
		if (!ok)
			return false;
	}
	return true;
}

/* Cells beyond the header are fine when they are empty. */
static bool fits(const struct feed_csv_reader *reader, const struct csv_row *row)
{
	for (size_t i = reader->columns; i < row->count; i++)
		if (span_trim(row->cells[i]).len > 0)
			return false;
	return row->count >= reader->named;
}

/* A row of values, which fits into the table. */
static bool take_values(struct feed_csv_reader *reader, const struct csv_row *row,
			struct error *err)
{
	struct csv_row whole;
	struct row_cells cells = {.cells = {read_piece, print_place},
				  .row = &whole,
				  .labelled = reader->labelled,
				  .titles = &reader->titles,
				  .line = row->line + reader->lines_before};
	char why[WHY_BYTES];
	if (!feed_csv_shape_row(&reader->shape, row, &whole, err))
		return feed_fail_as(reader->source, FEED_CAUSE_INTERNAL);
	if (fits(reader, &whole))
		return offer_row(reader, &cells, err);
	(void)snprintf(
		why, sizeof why,
		"the row has %zu cells where there are %zu columns, so that values may stand in "
		"the wrong one: where all rows are so, csv.names says which columns there are",
		row->count, reader->columns);
	return feed_record_refuse(reader->source, &cells.cells, why, err);
}

/* A row of the header, or the first row where there is none. */
static bool take_header(struct feed_csv_reader *reader, const struct csv_row *row,
			struct error *err)
{
	struct csv_row header = *row;
	bool is_whole = true;
	if (reader->source->plan->mapping->csv.has_header &&
	    !feed_csv_shape_header(&reader->shape, row, &header, &is_whole, err))
		return feed_fail_as(reader->source, err->code == ERROR_LIMIT ? FEED_CAUSE_LIMIT
									     : FEED_CAUSE_INTERNAL);
	return !is_whole || begin(reader, &header, err);
}

static bool take_row(void *self, const struct csv_row *row, struct error *err)
{
	struct feed_csv_reader *reader = self;
	struct feed_source *source = reader->source;
	bool is_first = reader->columns == 0;
	if (is_first && !take_header(reader, row, err))
		return false;
	if (is_first && source->plan->mapping->csv.has_header)
		return true;
	if (reader->to_skip > 0) {
		reader->to_skip--;
		return true;
	}
	bool failed = false;
	if (feed_csv_shape_ends(&reader->shape, row) || is_header_again(reader, row, &failed))
		return true;
	if (failed) {
		feed_fail_as(source, FEED_CAUSE_INTERNAL);
		return error_memory(err);
	}
	return take_values(reader, row, err);
}

/* -- before the header -- */

/* Is the line at hand the header? */
static bool is_header(const struct feed_csv_reader *reader)
{
	const struct feed_csv *csv = &reader->source->plan->mapping->csv;
	if (csv->header_first == NULL)
		return reader->lines_before - reader->own_lines == csv->skip_lines;
	struct span rest = text_span(&reader->line);
	return feed_title_begins_with(span_cut(&rest, '\n'), csv->header_first, (char)csv->quote);
}

/* Give a failure of the table its cause and its line in the document. */
static bool fail_rows(struct feed_csv_reader *reader, const struct error *why, struct error *err)
{
	struct feed_source *source = reader->source;
	if (source->page->cause != FEED_CAUSE_NONE)
		return error_set(err, why->code, "%s", why->text);
	feed_fail_as(source, why->code == ERROR_INPUT	? FEED_CAUSE_SYNTAX
			     : why->code == ERROR_LIMIT ? FEED_CAUSE_LIMIT
							: FEED_CAUSE_INTERNAL);
	/* the reader of tables does not know that there is a key for it */
	bool is_encoding = strstr(why->text, "UTF-8") != NULL;
	return error_set(err, why->code, "line %d: %s%s", why->line + reader->lines_before,
			 why->text, is_encoding ? ", or say how it is written (csv.encoding)" : "");
}

static bool push_rows(struct feed_csv_reader *reader, struct span piece, struct error *err)
{
	struct error why = {0};
	return csv_reader_push(reader->rows, piece, &why) || fail_rows(reader, &why, err);
}

/* A line before the header, or the header itself, is there as far as it is looked at. */
static bool take_line(struct feed_csv_reader *reader, bool is_whole, struct error *err)
{
	bool is_own =
		reader->lines_before == 0 && feed_title_is_delimiter(text_span(&reader->line));
	reader->own_lines += is_own;
	reader->is_found = !is_own && is_header(reader);
	if (reader->is_found && !push_rows(reader, text_span(&reader->line), err))
		return false;
	reader->lines_before += !reader->is_found && is_whole;
	bool ok = is_own || reader->is_found ||
		  feed_titles_add(&reader->titles, text_span(&reader->line),
				  (char)reader->source->plan->mapping->csv.quote, err);
	text_clear(&reader->line);
	return ok || feed_fail_as(reader->source, FEED_CAUSE_INTERNAL);
}

/* Take from the piece what belongs to the line at hand. */
static bool push_line(struct feed_csv_reader *reader, struct span *piece, struct error *err)
{
	const char *end = span_find_char(*piece, '\n');
	size_t len = end == NULL ? piece->len : (size_t)(end - piece->start) + 1;
	size_t room = LINE_BYTES - reader->line.len;
	/* of a longer line the head is enough */
	text_add(&reader->line, piece->start, len < room ? len : room);
	if (!text_ok(&reader->line, "a line", err))
		return feed_fail_as(reader->source, FEED_CAUSE_INTERNAL);
	bool is_cut = len > room || reader->line.len == LINE_BYTES;
	bool is_long_header = is_cut && is_header(reader);
	if (is_long_header)
		len = len < room ? len : room;
	*piece = span_behind(*piece, len);
	return (end == NULL && !is_long_header) || take_line(reader, end != NULL, err);
}

/* -- from outside -- */

bool feed_csv_new(struct feed_source *source, struct feed_csv_reader **ret, struct error *err)
{
	const struct feed_csv *csv = &source->plan->mapping->csv;
	const struct csv_dialect dialect = {.delimiter = (char)csv->delimiter,
					    .quote = (char)csv->quote};
	AUTO_FEED_CSV struct feed_csv_reader *reader = calloc(1, sizeof *reader);
	if (reader == NULL)
		return error_memory(err);
	reader->source = source;
	reader->to_skip = csv->skip_after;
	reader->line = text_with_limit(LINE_BYTES + 1);
	reader->shape.csv = csv;
	if (!csv_reader_new(&dialect, take_row, reader, &reader->rows, err))
		return false;
	*ret = ptr_take(&reader);
	return true;
}

void feed_csv_free(struct feed_csv_reader **slot)
{
	struct feed_csv_reader *reader = *slot;
	*slot = NULL;
	if (reader == NULL)
		return;
	feed_wide_done(&reader->wide);
	feed_csv_shape_done(&reader->shape);
	csv_reader_free(&reader->rows);
	text_done(&reader->line);
	feed_titles_done(&reader->titles);
	free(reader->labelled);
	free(reader);
}

bool feed_csv_push(struct feed_csv_reader *reader, struct span piece, struct error *err)
{
	while (!reader->is_found && piece.len > 0)
		if (!push_line(reader, &piece, err))
			return false;
	return piece.len == 0 || push_rows(reader, piece, err);
}

bool feed_csv_end(struct feed_csv_reader *reader, struct error *err)
{
	struct feed_source *source = reader->source;
	const struct feed_csv *csv = &source->plan->mapping->csv;
	struct error why = {0};
	if (!reader->is_found && reader->line.len > 0 && !take_line(reader, false, err))
		return false;
	if (!reader->is_found && csv->header_first != NULL)
		return feed_fail(source, FEED_CAUSE_SHAPE, err,
				 "no line has '%s' in its first cell (csv.header_first)",
				 csv->header_first);
	if (!csv_reader_end(reader->rows, &why))
		return fail_rows(reader, &why, err);
	return reader->columns > 0 ||
	       feed_fail(source, FEED_CAUSE_EMPTY, err, "the document has no header");
}

bool feed_csv_decode(struct feed_source *source, struct error *err)
{
	AUTO_FEED_CSV struct feed_csv_reader *reader = NULL;
	if (!feed_csv_new(source, &reader, err))
		return feed_fail_as(source, FEED_CAUSE_INTERNAL);
	return feed_csv_push(reader, source->document, err) && feed_csv_end(reader, err);
}
