/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: rows in memory that SQLite reads as a table, so that one statement writes
 * many of them. */

#include "ledger/sql.h"

struct rows_table {
	const char *name;
	const char *create; /* CREATE TABLE with its columns */
	size_t (*count)(const struct ledger *ledger);
	/* Give the column of the row with sqlite3_result_*(); NULL when nothing is given.  Texts
	 * stay until the statement is done. */
	void (*put)(const struct ledger *ledger, size_t row, int column, sqlite3_context *to);
};

/* Let the connection know the table; both must outlive it. */
MUST_CHECK bool rows_table_register(struct ledger *ledger, const struct rows_table *table,
				    struct error *err);
