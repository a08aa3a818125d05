/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The columns of the catalogue's tables as data: one row says a column's name, type, bounds and
 * help, and where its cells go in a struct. */

#include <stddef.h>

#include "base/text.h"

enum column_type {
	COLUMN_ID,	  /* char[ID_BYTES]; "" when empty */
	COLUMN_LABEL,	  /* char[ID_BYTES]; any short text */
	COLUMN_BREAKDOWN, /* char[BREAKDOWN_BYTES], in canonical order */
	COLUMN_TEXT,	  /* char *; owned, never NULL */
	COLUMN_ID_LIST,	  /* struct column_ids; "a;b;c" */
	COLUMN_NUMBER,	  /* double */
	COLUMN_INTEGER,	  /* int */
	COLUMN_DAY,	  /* int32_t; DAY_NONE when empty */
	COLUMN_LAST_DAY,  /* int32_t; of a day, a month or a year its last day */
	COLUMN_PERIOD,	  /* struct period; from == to when empty */
	COLUMN_CHOICE,	  /* int (or an enum of its size) */
	COLUMN_FLAG,	  /* bool: the value of a choice */
	COLUMN_SWITCH,	  /* bool; yes or no */
	COLUMN_FREQUENCY, /* enum frequency */
	COLUMN_OP,	  /* enum target_op */
};

enum { COLUMN_IDS_MAX = 256 };

struct column_ids {
	char (*items)[64];
	size_t count;
};

struct column_choice {
	const char *name; /* NULL ends the table */
	int value;
};

struct column {
	const char *name; /* NULL ends the table */
	enum column_type type;
	size_t offset;
	bool is_required;	/* the column has to be there, and no cell may be empty */
	const char *fallback;	/* for an empty cell, as it would be written */
	size_t has_offset;	/* numbers: bool that says that there is one; 0: none */
	size_t decimals_offset; /* numbers: int, decimals as printed; 0: none */
	double min, max;	/* numbers and integers, when min < max */
	const struct column_choice *choices;
	const char *help; /* for the manual */
};

/* Put a cell (trimmed) into the record.  The message begins with the column's name and what was
 * found.  Cells that a spreadsheet has mangled are refused with their likely original. */
MUST_CHECK bool column_set(const struct column *column, void *record, struct span cell,
			   struct error *err);

/* Put empty texts where the record owns texts, DAY_NONE and so on, before any cell is set. */
MUST_CHECK bool column_clear(const struct column *column, void *record, struct error *err);

/* Free what the columns own in the record. */
void columns_free(const struct column *columns, void *record);
