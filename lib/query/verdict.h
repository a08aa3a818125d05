/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A target and its verdict for machines: the members of "targets" in JSON, the columns of CSV and
 * TSV, the same in every answer. */

#include "query/rows.h"

enum { VERDICT_COLUMNS = 47 };
extern const struct query_column verdict_columns[VERDICT_COLUMNS];

/* The cells of those columns. */
void verdict_add_cells(const struct query_row *row, struct report_table *table);

/* "about", "nearly", "over"; NULL for none. */
const char *verdict_qualifier_name(enum obs_qualifier qualifier);
