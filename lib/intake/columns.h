/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which column of a table of figures is which, and the cells of a row by their names. */

#include "base/csv.h"
#include "base/problem.h"
#include "obs/exchange.h"

struct columns {
	bool is_read;		     /* the heading has been seen */
	size_t at[EXCHANGE_COLUMNS]; /* index + 1 of the cell; 0: the table has no such column */
	size_t count;		     /* of cells in the heading */
};

/* Where findings about one line go. */
struct problem_place {
	struct problems *findings;
	const char *name;
	int line;
};

/* Read the heading; only the first `known` exchange columns may be there, and note and comment.
 * Everything that is wrong with it is a finding; false when there was any. */
MUST_CHECK bool columns_read(struct columns *columns, const struct csv_row *heading, size_t known,
			     const char *name, struct problems *findings);

/* The cell of a column; "" when the row or the table has none.  NUL-terminated, borrowed from the
 * row. */
const char *columns_cell(const struct columns *columns, const struct csv_row *row,
			 enum exchange_column column);
