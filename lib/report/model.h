/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a report is inside; for the renderers only. */

#include "report/report.h"

enum cell_kind { CELL_NONE, CELL_TEXT, CELL_NUMBER, CELL_INTEGER, CELL_SWITCH };

struct cell {
	enum cell_kind kind;
	union {
		char *text;
		double number;
		long integer;
		bool on;
	};
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
	size_t cell_count, cell_room, rows;
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
	bool failed;
};

/* One renderer a file. */
MUST_CHECK bool render_table(const struct report *report, const struct report_look *look,
			     struct text *out, struct error *err);
MUST_CHECK bool render_json(const struct report *report, struct text *out, struct error *err);
void render_separated(const struct report *report, char separator, struct text *out);

/* The cell as people see it: numbers in their shortest form, "-" for none. */
struct span cell_shown(const struct cell *cell, char buffer[], size_t size);
