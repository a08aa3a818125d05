/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a report is inside; for the renderers only. */

#include "base/number.h"
#include "report/report.h"

enum { CELL_SHOWN_BYTES = NUMBER_BYTES };

enum cell_kind { CELL_NONE, CELL_TEXT, CELL_NUMBER, CELL_INTEGER, CELL_SWITCH };

struct cell {
	enum cell_kind kind;
	union {
		struct span text;
		double number;
		long integer;
		bool on;
	};
	char *copy; /* what `text` is about, in a cell that is kept */
};

struct field {
	const char *key;
	struct cell cell;
};

struct report_table {
	struct report *report;
	const char *name;
	struct report_column *columns; /* owned */
	size_t column_count;
	struct cell *cells;
	size_t cell_count, cell_room, rows; /* the first counts also what is not kept */
	struct text rendered;		    /* the rows, where each is rendered as it ends */
};

/* A line of text or a table, in the order in which a person reads them. */
struct block {
	char *line;
	struct report_table *table;
};

struct report {
	struct field *fields;
	size_t field_count, field_room;
	struct block *blocks;
	size_t block_count, block_room;
	struct report_table nowhere; /* takes what is added after a failure */
	enum report_format format;   /* REPORT_TABLE keeps everything and can be rendered as any */
	bool failed;
};

/* One renderer a file. */
MUST_CHECK bool render_table(const struct report *report, const struct report_look *look,
			     struct text *out, struct error *err);
void render_json(const struct report *report, struct text *out);
void render_separated(const struct report *report, char separator, struct text *out);

/* The next cell of a row, and the end of a row, for one of the formats that need no table. */
void json_put_cell(struct text *out, const struct report_table *table, size_t column,
		   const struct cell *cell);
void separated_put_cell(struct text *out, char separator, const struct report_table *table,
			size_t column, const struct cell *cell);

/* Is it the first, the last column that machines see? */
bool column_is_first(const struct report_table *table, size_t column);
bool column_is_last(const struct report_table *table, size_t column);

/* The cell as people see it: numbers in their shortest form, "-" for none. */
struct span cell_shown(const struct cell *cell, char buffer[CELL_SHOWN_BYTES]);
