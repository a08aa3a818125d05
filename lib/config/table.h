/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One CSV table of the catalogue into an array of structs, as spreadsheets write it: with or
 * without BOM, `,` `;` or tab, LF or CRLF, columns in any order. */

#include "base/problem.h"
#include "config/column.h"

enum { TABLE_ROWS_MAX = 1000000, TABLE_COLUMNS_MAX = 64 };

struct table {
	const char *name; /* "targets.csv" */
	bool is_required; /* the file has to be there */
	const char *help;
	const struct column *columns;
	size_t row_bytes;
	size_t line_offset; /* int: the line on which a row begins */
	size_t max_rows;    /* 0: TABLE_ROWS_MAX */
};

struct table_rows {
	void *items;
	size_t count, room;
	bool *bad; /* rows with a problem, beside items: their other cells are there */
	size_t bad_room;
	bool is_partial; /* rows or their ids are missing: nothing can be said about what is not
			    there */
};

/* Read a document.  What is wrong goes to the problems, under the name `file`; false: memory or a
 * ceiling. */
MUST_CHECK bool table_read(const struct table *table, struct span document, const char *file,
			   struct problems *problems, struct table_rows *ret, struct error *err);

/* Free the rows and what they own. */
void table_rows_free(const struct table *table, struct table_rows *rows);
