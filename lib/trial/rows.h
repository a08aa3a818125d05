/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: rows of texts, as a table expects them and as a feed gives them.  Their
 * order does not count. */

#include "trial/finding.h"

enum { ROWS_COLUMNS_MAX = 32, ROWS_CELL_BYTES = 4096, ROWS_TABLE_MAX_BYTES = 64 << 20 };

/* One column that a table may have. */
struct rows_column {
	const char *name; /* NULL ends the list */
	bool is_key;	  /* rows that agree in all of these are about the same thing */
	/* The cell as the feed gives it, from what the table writes; NULL: they are the same. */
	bool (*normalise)(struct span written, char cell[ROWS_CELL_BYTES], struct error *err);
};

struct row {
	char **cells; /* in the order of rows->columns */
	int line;     /* of the table; 0: the feed gave it */
	char *place;  /* in the document; NULL: in the table */
};

struct rows {
	const struct rows_column *columns[ROWS_COLUMNS_MAX];
	struct rows_column named[ROWS_COLUMNS_MAX]; /* for columns "dims.NAME" */
	char *names[ROWS_COLUMNS_MAX];
	size_t column_count;
	struct row *items;
	size_t count, room;
};

#define AUTO_ROWS AUTO(rows_done)

/* The columns that a table may have and those that it has without a table. */
struct rows_kind {
	const struct rows_column *columns;
	const char *const *fallback;	     /* NULL-ended */
	bool has_dims;			     /* "dims.NAME" is a column as well */
	const char *not_come, *not_expected; /* what is said of a row that is only here or there */
};

/* Read a table whose first row names its columns.  What is wrong with it is a finding, and *ret_ok
 * is false.  path NULL: no rows, with the fallback columns.  false: memory. */
MUST_CHECK bool rows_read(const struct rows_kind *kind, const char *path, struct rows *ret,
			  bool *ret_ok, struct trial_findings *findings, struct error *err);

/* The same columns and no rows. */
void rows_like(const struct rows *other, struct rows *ret);

/* Add a row that the feed gave; `cell` says what stands in a column. */
MUST_CHECK bool rows_add(struct rows *rows, const char *place,
			 struct span (*cell)(void *self, const char *column), void *self,
			 struct error *err);

/* Frees one row of so many cells. */
void row_done(struct row *row, size_t columns);

/* Frees all rows. */
void rows_done(struct rows *rows);
