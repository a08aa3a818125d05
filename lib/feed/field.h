/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Where a text comes from, read once from its written form (feed/mapping.h says which forms there
 * are) and then used for every record. */

#include "base/text.h"
#include "feed/mapping.h"

enum { FEED_PIECES_MAX = 32 };

enum feed_piece_kind {
	FEED_PIECE_CONSTANT,
	FEED_PIECE_POINTER, /* from the record */
	FEED_PIECE_TOP,	    /* a pointer from the top of the document */
	FEED_PIECE_COLUMN,  /* by name */
	FEED_PIECE_NUMBER,  /* by number */
	FEED_PIECE_LINE,    /* before the header of a table, by number */
	FEED_PIECE_PARENT,  /* a pointer from the record `column` levels above */
	FEED_PIECE_KEY,	    /* where the record `column` levels above stands: its name or number */
	FEED_PIECE_SPECIAL, /* what else the format knows, by its number in `column` */
};

struct feed_piece {
	enum feed_piece_kind kind;
	struct span text; /* the constant, pointer or name */
	size_t column;	  /* 0-based */
	bool is_keyed;	  /* the pointer has a "*", which is the record's own name or number */
	bool is_optional; /* with a '/' before it, and nothing at all where it is empty */
};

struct feed_field {
	size_t count; /* 0: there is no such field */
	struct feed_piece pieces[FEED_PIECES_MAX];
};

/* Read the written form, which has to outlive the field.  The message names `what`. */
MUST_CHECK bool feed_field_parse(const char *written, bool is_json, const char *what,
				 struct feed_field *ret, struct error *err);

/* Find its columns in the header.  ERROR_NOT_FOUND when one is not there, ERROR_REFUSED when a
 * name is there twice. */
MUST_CHECK bool feed_field_bind(struct feed_field *field, const struct span *header, size_t count,
				struct error *err);

/* The number of a column by its name, with the same failures. */
MUST_CHECK bool feed_column_find(struct span name, const struct span *header, size_t count,
				 size_t *ret, struct error *err);

enum feed_cell_kind {
	FEED_CELL_ABSENT,
	FEED_CELL_NULL,
	FEED_CELL_TEXT,
	FEED_CELL_NUMBER,
	FEED_CELL_SWITCH, /* JSON's true or false, whose text is that word */
};

struct feed_cell {
	enum feed_cell_kind kind;
	struct span text; /* a JSON number as it was written */
};

/* Append a JSON number as it stands in a name: as it was written, but 2007.0 is "2007". */
void feed_number_plain(struct span number, struct text *out);

/* One record of some format: what its pieces say. */
struct feed_cells {
	/* ERROR_INPUT when what is there is not a text or number.  Numbers are printed into
	 * `scratch`. */
	MUST_CHECK bool (*read)(const struct feed_cells *self, const struct feed_piece *piece,
				struct text *scratch, struct feed_cell *ret, struct error *err);
	/* Where the piece stands, for people; piece NULL: the record. */
	void (*place)(const struct feed_cells *self, const struct feed_piece *piece,
		      struct text *out);
};

/* What the field says of this record.  Of one piece the cell itself, of several one text in
 * `scratch`, which is cleared first and holds it. */
MUST_CHECK bool feed_field_read(const struct feed_field *field, const struct feed_cells *cells,
				struct text *scratch, struct feed_cell *ret, struct error *err);

/* The first piece that is not a constant; NULL when there is none. */
const struct feed_piece *feed_field_origin(const struct feed_field *field);
