/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: the tables of the mirror, as rows that one loop can write and read. */

#include "ledger/fields.h"
#include "obs/catalogue.h"

enum { CATALOGUE_ROWS_MAX = 1000000 }; /* of one table */

struct catalogue_table {
	const char *name;
	const char *insert; /* from catalogue_rows, in the order of the fields */
	const char *select; /* the same columns */
	const struct field *fields;
	size_t field_count;
	size_t items_at, count_at, item_bytes; /* of its array in struct catalogue */
	/* For what is not a plain column; NULL: nothing more. */
	void (*put_rest)(sqlite3_context *to, const struct catalogue *catalogue, const void *item);
	void (*read_rest)(struct sql *sql, const struct catalogue *catalogue, void *item);
};

/* In the order in which they can be filled. */
extern const struct catalogue_table catalogue_tables[];
extern const size_t catalogue_table_count;
