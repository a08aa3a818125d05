/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* An answer described once and rendered many ways.  A report has fields (for JSON), tables (rows of
 * typed cells) and lines of text for people.  Building is sticky: after the first failure the rest
 * are no-ops and report_render says so.  Headings, words and shown texts come from the caller, in
 * the caller's language. */

#include "base/text.h"

enum report_format { REPORT_TABLE, REPORT_JSON, REPORT_CSV, REPORT_TSV };

enum { REPORT_CELLS_MAX = 16000000, REPORT_OUTPUT_BYTES = 1 << 30 };

enum column_flags {
	COLUMN_HUMAN = 1,   /* in tables */
	COLUMN_MACHINE = 2, /* in JSON, CSV and TSV */
	COLUMN_BOTH = 3,
	COLUMN_RIGHT = 4,  /* aligned right in tables */
	COLUMN_SHRINK = 8, /* may be cut, with an ellipsis, when the terminal is too narrow */
	COLUMN_GROUP = 16, /* in tables a line of its own above the rows that share its text */
	COLUMN_WRAP =
		32, /* may become narrower, too, but its text goes on below and is never cut */
};

struct report_column {
	const char *key;     /* snake_case, for JSON and CSV; static */
	const char *heading; /* for tables; NULL is the key; must outlive the report */
	unsigned flags;
	int drop; /* 0: always shown; otherwise on a narrow terminal the highest goes first,
		   * COLUMN_EXTRA and above before any column is cut */
};

enum { COLUMN_EXTRA = 10 };

struct report;
struct report_table;

#define AUTO_REPORT AUTO(report_free)

/* A new report, NULL without memory; AUTO_REPORT frees it with its tables. */
struct report *report_new(void);

/* The same for one format only.  For machines nothing is kept but the rendered rows, so that a long
 * answer takes little memory. */
struct report *report_new_for(enum report_format format);

/* Will people read it? */
bool report_is_for_people(const struct report *report);
void report_free(struct report **slot);

/* Members of the JSON object beside "version": 1, in this order.  A NULL text is null. */
void report_field_text(struct report *report, const char *key, const char *text);
void report_field_number(struct report *report, const char *key, bool is_set, double value);
void report_field_integer(struct report *report, const char *key, long value);
void report_field_switch(struct report *report, const char *key, bool value);

/* A line for people, before, between or after the tables, where it is called. */
void report_line(struct report *report, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* The same of a text; one for which there was no memory fails the report. */
void report_words(struct report *report, const struct text *line);

/* Add a table; `name` is its JSON member; the columns are copied, their texts borrowed.  CSV and
 * TSV show the first table only.  Never NULL (a failed report returns a table that takes nothing).
 */
struct report_table *report_add_table(struct report *report, const char *name,
				      const struct report_column *columns, size_t count);

/* Cells of the next row, in the order of the columns; table_end_row checks the count. */
void cell_text(struct report_table *table, const char *text); /* NULL: none */
void cell_span(struct report_table *table, struct span text);
void cell_words(struct report_table *table, const struct text *text); /* as report_words */
void cell_textf(struct report_table *table, const char *fmt, ...) PRINTF_LIKE(2, 3);
void cell_number(struct report_table *table, bool is_set, double value);
void cell_integer(struct report_table *table, bool is_set, long value);
void cell_switch(struct report_table *table, bool value);
void cell_none(struct report_table *table);
void table_end_row(struct report_table *table);

/* How many rows it has. */
size_t table_rows(const struct report_table *table);

struct report_look {
	int width;   /* columns of the terminal; 0: no limit */
	bool colour; /* may colour headings */
};

/* Render into out.  Tables end with LF; JSON is one object, indented by one; absent values are
 * null, "-" in tables, empty in CSV. */
MUST_CHECK bool report_render(const struct report *report, enum report_format format,
			      const struct report_look *look, struct text *out, struct error *err);

/* "table", "json", "csv", "tsv". */
MUST_CHECK bool report_format_parse(struct span text, enum report_format *ret, struct error *err);
