/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The one CSV reader (libcsv; base/csv_write.h is the writer).  Takes BOM, LF or CRLF, quoted
 * fields with line ends inside; knows the line on which each row began. */

#include "base/text.h"

struct csv_dialect {
	char delimiter; /* ',' ';' or '\t'; 0: the one of them that occurs most in the first line */
	char quote;	/* 0: '"' */
	size_t max_row_bytes; /* 0: 1 MiB */
	size_t max_columns;   /* 0: 4096 */
	bool keep_blank_rows; /* false: rows whose cells are all empty are passed over */
};

struct csv_row {
	int line; /* 1-based line of the document on which the row begins */
	size_t count;
	const struct span *cells; /* borrowed, valid until the callback returns; NUL-terminated */
	const bool *quoted;	  /* per cell: was it written in quotes? */
};

/* Called for each row.  Returning false stops the reading; err says why. */
typedef bool csv_row_fn(void *self, const struct csv_row *row, struct error *err);

/* Read a whole document.  A quote that is never closed, bytes that are not UTF-8, a NUL byte, a row
 * over a ceiling: ERROR_INPUT or ERROR_LIMIT with the line. */
MUST_CHECK bool csv_read(struct span document, const struct csv_dialect *dialect, csv_row_fn *take,
			 void *self, struct error *err);

/* The same for a table that comes in pieces, of which it keeps only the row at hand. */
struct csv_reader;

#define AUTO_CSV_READER AUTO(csv_reader_free)

/* take() is called from within the two calls below.  The dialect is copied. */
MUST_CHECK bool csv_reader_new(const struct csv_dialect *dialect, csv_row_fn *take, void *self,
			       struct csv_reader **ret, struct error *err);

/* Frees *slot, which may be NULL, and makes it NULL. */
void csv_reader_free(struct csv_reader **slot);

/* The next bytes, of any number; the failures are those of csv_read. */
MUST_CHECK bool csv_reader_push(struct csv_reader *reader, struct span piece, struct error *err);

/* The table has ended. */
MUST_CHECK bool csv_reader_end(struct csv_reader *reader, struct error *err);

/* The delimiter that csv_read would take for `delimiter` 0. */
char csv_guess_delimiter(struct span document);
