/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"

#include <csv.h>
#include <stdlib.h>

#include "base/unicode.h"

enum {
	ROW_MAX_BYTES = 1 << 20,
	COLUMNS_MAX = 4096,
	PARSER_BLOCK_BYTES = 4096,
	PLAIN_ROW_BYTES = 4096,
	STEP_BYTES = 64 << 10, /* of a table in pieces that are looked at in one go */
};

/* libcsv takes the cells apart; what it does not tell (where a row begins, what was quoted, an open
 * quote) comes from walking over the bytes of each row with this table first. */
enum walk { WALK_START, WALK_PLAIN, WALK_QUOTED, WALK_CLOSING, WALK_CLOSED, WALK_BAD, WALK_END };
enum byte_class { BYTE_OTHER, BYTE_BLANK, BYTE_QUOTE, BYTE_DELIMITER, BYTE_LINE_END, BYTE_CLASSES };

static const unsigned char walk_next[][BYTE_CLASSES] = {
	[WALK_START] = {WALK_PLAIN, WALK_START, WALK_QUOTED, WALK_START, WALK_END},
	[WALK_PLAIN] = {WALK_PLAIN, WALK_PLAIN, WALK_PLAIN, WALK_START, WALK_END},
	[WALK_QUOTED] = {WALK_QUOTED, WALK_QUOTED, WALK_CLOSING, WALK_QUOTED, WALK_QUOTED},
	[WALK_CLOSING] = {WALK_BAD, WALK_CLOSED, WALK_QUOTED, WALK_START, WALK_END},
	[WALK_CLOSED] = {WALK_BAD, WALK_CLOSED, WALK_BAD, WALK_START, WALK_END},
};

struct csv_reader {
	struct csv_dialect dialect;
	struct span document; /* or as much of it as is there */
	bool is_last;	      /* nothing comes behind it */
	bool is_begun;	      /* the dialect is known */
	size_t at;	      /* where the row begins */
	size_t row_len;	      /* without its line end */
	int line;	      /* on which the row begins */
	int quote_line;	      /* on which the last quote was opened */
	int next_line;
	struct csv_parser parser;
	struct text content; /* of the cells one after the other, each with a NUL */
	size_t count;	     /* cells that libcsv has given */
	size_t walked;	     /* cells that the walk has seen */
	size_t room;	     /* of these two */
	struct span *cells;
	bool *quoted;
	struct error *err;
	csv_row_fn *take;
	void *self;
	struct text window; /* what came and is not read yet, when the table comes in pieces */
};

static void reader_done(struct csv_reader *reader)
{
	csv_free(&reader->parser);
	text_done(&reader->content);
	text_done(&reader->window);
	free(reader->cells);
	free(reader->quoted);
}

static struct span without_bom(struct span document)
{
	static const char bom[] = "\xEF\xBB\xBF";
	if (!span_starts(document, bom))
		return document;
	return span_behind(document, strlen(bom));
}

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

char csv_guess_delimiter(struct span document)
{
	static const char candidates[] = {',', ';', '\t'};
	size_t counts[COUNT_OF(candidates)] = {0};
	struct span text = document.len > 0 ? without_bom(document) : document;
	bool in_quotes = false;
	for (size_t i = 0; i < text.len && (in_quotes || !is_line_end(text.start[i])); i++) {
		in_quotes ^= text.start[i] == '"';
		for (size_t k = 0; k < COUNT_OF(candidates) && !in_quotes; k++)
			counts[k] += text.start[i] == candidates[k];
	}
	size_t best = 0;
	for (size_t k = 1; k < COUNT_OF(candidates); k++) {
		if (counts[k] > counts[best])
			best = k;
	}
	return candidates[best];
}

static bool refuse(const struct csv_reader *reader, enum error_code code, int line, const char *why)
{
	(void)error_set(reader->err, code, "%s", why);
	return error_at(reader->err, line, 0);
}

/* Room for one more column in both arrays. */
static bool grow_columns(struct csv_reader *reader, size_t count)
{
	size_t max = reader->dialect.max_columns;
	size_t room = reader->room;
	if (!array_grow(&reader->cells, &room, count, sizeof *reader->cells, max,
			"columns in a row", reader->err) ||
	    !array_grow(&reader->quoted, &reader->room, count, sizeof *reader->quoted, max,
			"columns in a row", reader->err))
		return error_at(reader->err, reader->line, 0);
	return true;
}

static enum byte_class class_of(const struct csv_dialect *dialect, char c)
{
	if (c == dialect->delimiter)
		return BYTE_DELIMITER;
	if (c == dialect->quote)
		return BYTE_QUOTE;
	if (is_line_end(c))
		return BYTE_LINE_END;
	return c == ' ' || c == '\t' ? BYTE_BLANK : BYTE_OTHER;
}

/* The number of lines up to and with the line end at `i`: 0 for the CR of a CRLF. */
static int ends_line(struct span text, size_t i)
{
	bool followed = text.start[i] == '\r' && i + 1 < text.len && text.start[i + 1] == '\n';
	return is_line_end(text.start[i]) && !followed;
}

static bool begin_cell(struct csv_reader *reader)
{
	if (reader->walked >= reader->room && !grow_columns(reader, reader->walked))
		return false;
	reader->quoted[reader->walked++] = false;
	return true;
}

/* What a step of the walk means for the cells. */
static bool note_step(struct csv_reader *reader, enum walk from, enum byte_class class)
{
	if (class == BYTE_DELIMITER && from != WALK_QUOTED)
		return begin_cell(reader);
	if (class == BYTE_QUOTE && from == WALK_START) {
		reader->quoted[reader->walked - 1] = true;
		reader->quote_line = reader->next_line;
	}
	return true;
}

static bool finish_walk(struct csv_reader *reader, enum walk state, size_t end)
{
	reader->row_len = end - reader->at;
	if (state == WALK_BAD)
		return refuse(reader, ERROR_INPUT, reader->next_line,
			      "text between a closing quote and the next delimiter");
	if (reader->row_len > reader->dialect.max_row_bytes) {
		(void)error_set(reader->err, ERROR_LIMIT, "row is longer than %zu bytes%s",
				reader->dialect.max_row_bytes,
				state == WALK_QUOTED ? "; is a quote not closed?" : "");
		return error_at(reader->err, reader->line, 0);
	}
	if (state == WALK_QUOTED)
		return refuse(reader, ERROR_INPUT, reader->quote_line,
			      "a quote is opened here and never closed");
	return true;
}

/* Most rows end in a LF and have no quotes.  *ret_whole: this one is such and is there. */
static bool walk_plain_row(struct csv_reader *reader, bool *ret_whole)
{
	const char *row = reader->document.start + reader->at;
	size_t left = reader->document.len - reader->at;
	size_t most = reader->dialect.max_row_bytes;
	most = most < PLAIN_ROW_BYTES ? most : PLAIN_ROW_BYTES;
	const char *end = memchr(row, '\n', left < most ? left : most);
	size_t len = end == NULL ? 0 : (size_t)(end - row);
	len -= len > 0 && row[len - 1] == '\r';
	*ret_whole = end != NULL && memchr(row, '\r', len) == NULL &&
		     memchr(row, reader->dialect.quote, len) == NULL;
	if (!*ret_whole)
		return true;
	struct span rest = {row, len};
	for (reader->walked = 0; rest.start != NULL;
	     (void)span_cut(&rest, reader->dialect.delimiter))
		if (!begin_cell(reader))
			return false;
	reader->row_len = len;
	return true;
}

/* Find the end of the row that begins at `at`; *ret_whole: it is there. */
static bool walk_row(struct csv_reader *reader, bool *ret_whole)
{
	if (!walk_plain_row(reader, ret_whole))
		return false;
	if (*ret_whole)
		return true;
	struct span text = reader->document;
	size_t stop = reader->at + reader->dialect.max_row_bytes + 1;
	size_t i = reader->at;
	enum walk state = WALK_START;
	reader->walked = 0;
	*ret_whole = true;
	if (!begin_cell(reader))
		return false;
	for (; i < text.len && i < stop; i++) {
		enum byte_class class = class_of(&reader->dialect, text.start[i]);
		enum walk next = walk_next[state][class];
		if (!note_step(reader, state, class))
			return false;
		state = next;
		if (state >= WALK_BAD)
			break;
		reader->next_line += ends_line(text, i);
	}
	/* a CR may be the first half of a line end */
	bool is_half = state == WALK_END && text.start[i] == '\r' && i + 1 == text.len;
	if (!reader->is_last && i < stop && (i == text.len || is_half)) {
		reader->next_line = reader->line;
		*ret_whole = false;
		return true;
	}
	return finish_walk(reader, state, i);
}

static bool check_bytes(const struct csv_reader *reader, struct span row)
{
	size_t bad;
	if (unicode_valid(row, &bad))
		return true;
	int line = reader->line;
	for (size_t i = 0; i < bad; i++)
		line += ends_line(row, i);
	if (row.start[bad] == '\0')
		return refuse(reader, ERROR_INPUT, line, "a NUL byte; tables are text in UTF-8");
	(void)error_set(reader->err, ERROR_INPUT,
			"byte 0x%02X is not UTF-8; save the table as UTF-8",
			(unsigned)(unsigned char)row.start[bad]);
	return error_at(reader->err, line, 0);
}

/* libcsv gives a cell.  Its place in `content` may still move, so only its length counts now. */
static void take_cell(void *bytes, size_t len, void *self)
{
	struct csv_reader *reader = self;
	text_add(&reader->content, bytes, len);
	text_add_char(&reader->content, '\0');
	if (reader->count < reader->walked)
		reader->cells[reader->count] = (struct span){NULL, len};
	reader->count++;
}

static bool take_apart(struct csv_reader *reader, struct span row)
{
	if (csv_parse(&reader->parser, row.start, row.len, take_cell, NULL, reader) != row.len ||
	    csv_fini(&reader->parser, take_cell, NULL, reader) != 0) {
		(void)error_set(reader->err, ERROR_MEMORY, "%s",
				csv_strerror(csv_error(&reader->parser)));
		return error_at(reader->err, reader->line, 0);
	}
	if (reader->count == 0)
		take_cell(NULL, 0, reader); /* a row of blanks is one empty cell */
	return true;
}

static struct span without_blanks(struct span cell)
{
	while (cell.len > 0 && (cell.start[0] == ' ' || cell.start[0] == '\t'))
		cell = span_behind(cell, 1);
	while (cell.len > 0 &&
	       (cell.start[cell.len - 1] == ' ' || cell.start[cell.len - 1] == '\t'))
		cell.len--;
	return cell;
}

/* The cells of a row without quotes, as libcsv gives them. */
static bool cut_apart(struct csv_reader *reader, struct span row)
{
	text_add(&reader->content, row.start, row.len);
	if (!text_ok(&reader->content, "row", reader->err))
		return error_at(reader->err, reader->line, 0);
	char *at = reader->content.data;
	struct span rest = text_span(&reader->content);
	for (reader->count = 0; reader->count < reader->walked; reader->count++) {
		struct span cell = without_blanks(span_cut(&rest, reader->dialect.delimiter));
		reader->cells[reader->count] = cell;
		at[(size_t)(cell.start - at) + cell.len] = '\0';
	}
	return true;
}

static bool split_row(struct csv_reader *reader, struct span row)
{
	text_clear(&reader->content);
	reader->count = 0;
	if (span_find_char(row, reader->dialect.quote) == NULL)
		return cut_apart(reader, row);
	if (!take_apart(reader, row))
		return false;
	if (!text_ok(&reader->content, "row", reader->err))
		return error_at(reader->err, reader->line, 0);
	if (reader->count != reader->walked)
		return refuse(reader, ERROR_INPUT, reader->line, "cells cannot be told apart");

	const char *at = reader->content.data;
	for (size_t i = 0; i < reader->count; i++) {
		reader->cells[i].start = at;
		at += reader->cells[i].len + 1;
	}
	return true;
}

static bool is_blank_row(const struct csv_reader *reader)
{
	for (size_t i = 0; i < reader->count; i++) {
		if (reader->cells[i].len > 0)
			return false;
	}
	return true;
}

static bool read_row(struct csv_reader *reader, bool *ret_whole)
{
	reader->line = reader->next_line;
	if (!walk_row(reader, ret_whole))
		return false;
	if (!*ret_whole)
		return true;
	struct span bytes = {reader->document.start + reader->at, reader->row_len};
	if (!check_bytes(reader, bytes) || !split_row(reader, bytes))
		return false;
	struct csv_row row = {reader->line, reader->count, reader->cells, reader->quoted};
	bool skip = is_blank_row(reader) && !reader->dialect.keep_blank_rows;
	if (!skip && !reader->take(reader->self, &row, reader->err))
		return error_at(reader->err, reader->line, 0);

	reader->at += reader->row_len;
	size_t left = reader->document.len - reader->at;
	if (left > 0) {
		bool pair = left > 1 && reader->document.start[reader->at] == '\r' &&
			    reader->document.start[reader->at + 1] == '\n';
		reader->at += pair ? 2 : 1;
		reader->next_line++;
	}
	return true;
}

static struct csv_dialect filled_in(const struct csv_dialect *dialect, struct span document)
{
	struct csv_dialect full = *dialect;
	if (full.delimiter == 0)
		full.delimiter = csv_guess_delimiter(document);
	if (full.quote == 0)
		full.quote = '"';
	if (full.max_row_bytes == 0)
		full.max_row_bytes = ROW_MAX_BYTES;
	if (full.max_columns == 0)
		full.max_columns = COLUMNS_MAX;
	return full;
}

/* The dialect is filled in by what is there. */
static bool begin_reading(struct csv_reader *reader)
{
	reader->dialect = filled_in(&reader->dialect, reader->document);
	reader->at = reader->document.len - without_bom(reader->document).len;
	reader->next_line = 1;
	reader->content = text_with_limit(2 * reader->dialect.max_row_bytes + 8);
	reader->is_begun = true;
	if (csv_init(&reader->parser, CSV_APPEND_NULL) != 0)
		return error_memory(reader->err);
	csv_set_delim(&reader->parser, (unsigned char)reader->dialect.delimiter);
	csv_set_quote(&reader->parser, (unsigned char)reader->dialect.quote);
	csv_set_blk_size(&reader->parser, PARSER_BLOCK_BYTES);
	return true;
}

static bool read_rows(struct csv_reader *reader)
{
	bool whole = true;
	while (whole && reader->at < reader->document.len) {
		if (!read_row(reader, &whole))
			return false;
	}
	return true;
}

bool csv_read(struct span document, const struct csv_dialect *dialect, csv_row_fn *take, void *self,
	      struct error *err)
{
	if (document.len == 0)
		return true;
	AUTO(reader_done)
	struct csv_reader reader = {.dialect = *dialect,
				    .document = document,
				    .is_last = true,
				    .err = err,
				    .take = take,
				    .self = self};
	return begin_reading(&reader) && read_rows(&reader);
}

bool csv_reader_new(const struct csv_dialect *dialect, csv_row_fn *take, void *self,
		    struct csv_reader **ret, struct error *err)
{
	struct csv_reader *reader = calloc(1, sizeof *reader);
	if (reader == NULL)
		return error_memory(err);
	size_t row_bytes = dialect->max_row_bytes == 0 ? ROW_MAX_BYTES : dialect->max_row_bytes;
	reader->dialect = *dialect;
	reader->take = take;
	reader->self = self;
	reader->window = text_with_limit(row_bytes + 4 * STEP_BYTES);
	*ret = reader;
	return true;
}

void csv_reader_free(struct csv_reader **slot)
{
	struct csv_reader *reader = *slot;
	*slot = NULL;
	if (reader != NULL)
		reader_done(reader);
	free(reader);
}

/* Is the first line there, from which the delimiter is guessed? */
static bool may_begin(const struct csv_reader *reader)
{
	struct span text = reader->document;
	bool in_quotes = false;
	for (size_t i = 0; i < text.len; i++) {
		in_quotes ^= text.start[i] == '"';
		if (!in_quotes && is_line_end(text.start[i]))
			return true;
	}
	return reader->is_last || text.len > ROW_MAX_BYTES;
}

/* Read the rows that are whole, and keep the rest. */
static bool read_window(struct csv_reader *reader, struct error *err)
{
	reader->err = err;
	reader->document = text_span(&reader->window);
	if (!reader->is_begun && !may_begin(reader))
		return true;
	if ((!reader->is_begun && !begin_reading(reader)) || !read_rows(reader))
		return false;
	size_t rest = reader->window.len - reader->at;
	memmove(reader->window.data, reader->window.data + reader->at, rest);
	reader->window.len = rest;
	reader->at = 0;
	return true;
}

static bool has_line_end(struct span piece)
{
	return span_find_char(piece, '\n') != NULL || span_find_char(piece, '\r') != NULL;
}

static bool push_step(struct csv_reader *reader, struct span piece, struct error *err)
{
	/* a CR may have waited for what comes behind it */
	size_t len = reader->window.len;
	bool waits = len > 0 && reader->window.data[len - 1] == '\r';
	text_add(&reader->window, piece.start, piece.len);
	if (!text_ok(&reader->window, "a row", err))
		return false;
	bool is_long = reader->window.len > reader->window.limit_bytes - 2 * STEP_BYTES;
	return (!waits && !is_long && !has_line_end(piece)) || read_window(reader, err);
}

bool csv_reader_push(struct csv_reader *reader, struct span piece, struct error *err)
{
	while (piece.len > 0) {
		size_t len = piece.len < STEP_BYTES ? piece.len : STEP_BYTES;
		if (!push_step(reader, (struct span){piece.start, len}, err))
			return false;
		piece = span_behind(piece, len);
	}
	return true;
}

bool csv_reader_end(struct csv_reader *reader, struct error *err)
{
	reader->is_last = true;
	return reader->window.len == 0 || read_window(reader, err);
}
