/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/field.h"

#include "base/number.h"
#include "base/unicode.h"
#include "feed/pointer.h"
#include "feed/title.h"

static bool add_piece(struct feed_field *field, struct feed_piece piece, const char *what,
		      struct error *err)
{
	if (field->count == FEED_PIECES_MAX)
		return error_set(err, ERROR_LIMIT, "%s has more than %d parts", what,
				 FEED_PIECES_MAX);
	field->pieces[field->count++] = piece;
	return true;
}

static bool add_constant(struct feed_field *field, struct span text, const char *what,
			 struct error *err)
{
	return add_piece(field, (struct feed_piece){.kind = FEED_PIECE_CONSTANT, .text = text},
			 what, err);
}

/* Take ".." off, with the '/' before it when it is not the first one. */
static bool take_level_up(struct span *text)
{
	size_t len = span_starts(*text, "../..") ? 3 : 2;
	if (!span_starts(*text, ".."))
		return false;
	*text = span_behind(*text, len);
	return true;
}

static bool add_pointer(struct feed_field *field, struct span text, const char *what,
			struct error *err)
{
	struct feed_piece piece = {.kind = FEED_PIECE_POINTER, .text = text};
	bool from_top = text.len > 0 && text.start[0] == '^';
	if (from_top) {
		piece.kind = FEED_PIECE_TOP;
		piece.text = span_behind(text, 1);
	}
	while (!from_top && take_level_up(&piece.text)) {
		piece.kind = FEED_PIECE_PARENT;
		piece.column++;
	}
	if (span_is(piece.text, piece.column > 0 ? "/@key" : "@key")) {
		piece.kind = FEED_PIECE_KEY;
		piece.text = (struct span){0};
	}
	piece.is_keyed = feed_pointer_is_keyed(piece.text);
	if (piece.text.len > 0 && piece.text.start[0] != '/')
		return error_set(err, ERROR_INPUT,
				 "%s '%.*s' is not a JSON pointer: it begins with '/', as in "
				 "'/value' from the record or '^/updated' from the top",
				 what, SPAN_ARGS(text));
	return feed_pointer_check(piece.text, what, err) && add_piece(field, piece, what, err);
}

static bool add_column(struct feed_field *field, struct span text, const char *what,
		       struct error *err)
{
	int64_t number;
	if (text.len == 0)
		return error_set(err, ERROR_INPUT, "%s names no column", what);
	if (text.len > 1 && text.start[0] == '#' &&
	    number_read_integer(span_behind(text, 1), 1, 100000, &number, NULL))
		return add_piece(field,
				 (struct feed_piece){.kind = FEED_PIECE_NUMBER,
						     .text = text,
						     .column = (size_t)number - 1},
				 what, err);
	if (text.len > 1 && text.start[0] == '^' &&
	    number_read_integer(span_behind(text, 1), 1, FEED_TITLES_MAX, &number, NULL))
		return add_piece(field,
				 (struct feed_piece){.kind = FEED_PIECE_LINE,
						     .text = text,
						     .column = (size_t)number - 1},
				 what, err);
	return add_piece(field, (struct feed_piece){.kind = FEED_PIECE_COLUMN, .text = text}, what,
			 err);
}

static bool add_source(struct feed_field *field, struct span text, bool is_json, const char *what,
		       struct error *err)
{
	return is_json ? add_pointer(field, text, what, err) : add_column(field, text, what, err);
}

/* A template: constants, "{{", and {source} pieces. */
static bool add_template(struct feed_field *field, struct span rest, bool is_json, const char *what,
			 struct error *err)
{
	while (rest.len > 0) {
		const char *open = span_find_char(rest, '{');
		size_t before = open == NULL ? rest.len : (size_t)(open - rest.start);
		bool doubled = before + 1 < rest.len && rest.start[before + 1] == '{';
		struct span constant = {rest.start, before + doubled};
		if (constant.len > 0 && !add_constant(field, constant, what, err))
			return false;
		size_t used = before + (doubled ? 2 : 0);
		rest = span_behind(rest, used);
		if (rest.len == 0 || doubled)
			continue;
		const char *close = span_find_char(rest, '}');
		if (close == NULL)
			return error_set(err, ERROR_INPUT,
					 "%s has a '{' without its '}'; a plain brace is '{{'",
					 what);
		size_t inside = (size_t)(close - rest.start) - 1;
		struct span name = {rest.start + 1, inside};
		bool is_optional = inside > 0 && name.start[0] == '?';
		name = span_behind(name, is_optional);
		if (!add_source(field, name, is_json, what, err))
			return false;
		field->pieces[field->count - 1].is_optional = is_optional;
		rest = (struct span){close + 1, rest.len - inside - 2};
	}
	return true;
}

bool feed_field_parse(const char *written, bool is_json, const char *what, struct feed_field *ret,
		      struct error *err)
{
	struct feed_field field = {0};
	struct span text = span_of(written);
	bool ok;
	if (text.len > 0 && text.start[0] == '=')
		ok = add_constant(&field, span_behind(text, 1), what, err);
	else if (span_find_char(text, '{') != NULL)
		ok = add_template(&field, text, is_json, what, err);
	else if (is_json && text.len == 0)
		ok = error_set(err, ERROR_INPUT,
			       "%s is empty; the record itself is '{}', an empty text '='", what);
	else
		ok = add_source(&field, text, is_json, what, err);
	if (ok)
		*ret = field;
	return ok;
}

/* Are both the same name?  An accented letter may be written as one character or as two. */
static bool is_name(struct span written, struct span name)
{
	enum { ASCII_END = 0x80 };
	bool is_ascii = true;
	if (span_equal(written, name))
		return true;
	for (size_t i = 0; i < written.len && is_ascii; i++)
		is_ascii = (unsigned char)written.start[i] < ASCII_END;
	if (is_ascii)
		return false;
	AUTO_FREE char *one = unicode_nfc(written, NULL);
	AUTO_FREE char *other = unicode_nfc(name, NULL);
	return one != NULL && other != NULL && strcmp(one, other) == 0;
}

bool feed_column_find(struct span name, const struct span *header, size_t count, size_t *ret,
		      struct error *err)
{
	size_t found = count;
	for (size_t i = 0; i < count; i++) {
		if (!is_name(span_trim(header[i]), name))
			continue;
		if (found < count)
			return error_set(err, ERROR_REFUSED,
					 "column '%.*s' is there twice, as '#%zu' and '#%zu': name "
					 "it by number",
					 SPAN_ARGS(name), found + 1, i + 1);
		found = i;
	}
	if (found == count)
		return error_set(err, ERROR_NOT_FOUND, "there is no column '%.*s'",
				 SPAN_ARGS(name));
	*ret = found;
	return true;
}

bool feed_field_bind(struct feed_field *field, const struct span *header, size_t count,
		     struct error *err)
{
	for (size_t i = 0; i < field->count; i++) {
		struct feed_piece *piece = &field->pieces[i];
		if (piece->kind == FEED_PIECE_COLUMN &&
		    !feed_column_find(piece->text, header, count, &piece->column, err))
			return false;
		if (piece->kind == FEED_PIECE_NUMBER && piece->column >= count)
			return error_set(err, ERROR_NOT_FOUND,
					 "there is no column '%.*s': there are %zu",
					 SPAN_ARGS(piece->text), count);
	}
	return true;
}

void feed_number_plain(struct span number, struct text *out)
{
	const char *point = span_find_char(number, '.');
	bool has_exponent =
		span_find_char(number, 'e') != NULL || span_find_char(number, 'E') != NULL;
	size_t len = number.len;
	struct number read;
	char printed[NUMBER_BYTES];
	if (has_exponent && number_read_json(number, &read, NULL)) {
		text_add_string(out, number_print(read.value, printed));
		return;
	}
	while (point != NULL && !has_exponent && number.start + len > point &&
	       number.start[len - 1] == '0')
		len--;
	bool is_whole = point == number.start + len - 1;
	text_add(out, number.start, is_whole ? len - 1 : number.len);
}

/* Several pieces, or one that is not a cell as it is, put into `scratch`. */
static bool read_template(const struct feed_field *field, const struct feed_cells *cells,
			  struct text *scratch, struct feed_cell *ret, struct error *err)
{
	AUTO_TEXT struct text number = text_with_limit(FEED_FIELD_BYTES);
	struct feed_cell cell = {.kind = FEED_CELL_ABSENT};
	bool any = feed_field_origin(field) == NULL;
	for (size_t i = 0; i < field->count; i++) {
		const struct feed_piece *piece = &field->pieces[i];
		bool is_constant = piece->kind == FEED_PIECE_CONSTANT;
		cell = (struct feed_cell){.kind = FEED_CELL_TEXT, .text = piece->text};
		text_clear(&number);
		if (!is_constant && !cells->read(cells, piece, &number, &cell, err))
			return false;
		any = any || (!is_constant && cell.kind != FEED_CELL_ABSENT);
		if (piece->is_optional && span_trim(cell.text).len > 0)
			text_add_char(scratch, '/');
		if (cell.kind == FEED_CELL_NUMBER)
			feed_number_plain(cell.text, scratch);
		else
			text_add(scratch, cell.text.start, cell.text.len);
	}
	if (!text_ok(scratch, "the text of a field", err))
		return false;
	*ret = (struct feed_cell){.kind = any ? FEED_CELL_TEXT : FEED_CELL_ABSENT,
				  .text = text_span(scratch)};
	return true;
}

bool feed_field_read(const struct feed_field *field, const struct feed_cells *cells,
		     struct text *scratch, struct feed_cell *ret, struct error *err)
{
	text_clear(scratch);
	if (field->count == 1 && field->pieces[0].kind != FEED_PIECE_CONSTANT &&
	    !field->pieces[0].is_optional)
		return cells->read(cells, &field->pieces[0], scratch, ret, err);
	if (field->count == 0) {
		*ret = (struct feed_cell){.kind = FEED_CELL_ABSENT};
		return true;
	}
	return read_template(field, cells, scratch, ret, err);
}

const struct feed_piece *feed_field_origin(const struct feed_field *field)
{
	for (size_t i = 0; i < field->count; i++)
		if (field->pieces[i].kind != FEED_PIECE_CONSTANT)
			return &field->pieces[i];
	return NULL;
}
