/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A target and its verdict for machines: the members of "targets" in JSON, the columns of CSV and
 * TSV, the same in every answer. */

#include "query/rows.h"

enum { VERDICT_COLUMNS = 50 };
extern const struct query_column verdict_columns[VERDICT_COLUMNS];

/* How far a target has come, and when it will be reached if the method's change goes on: letters as
 * in gap_measure(). */
struct way {
	struct measure done; /* (x1 - x0) / (T - x0); below 0: moved away; unset without a baseline,
				for ranges and when nothing was to be done */
	struct measure reached; /* t1 + (T - x1) / b in years; unset when reached already, never, or
				   the due day is past */
};
struct way verdict_way(const struct query_row *row);

/* The cells of those columns. */
void verdict_add_cells(const struct query *query, const struct query_row *row,
		       struct report_table *table);

/* "about", "nearly", "over"; NULL for none. */
const char *verdict_qualifier_name(enum obs_qualifier qualifier);
