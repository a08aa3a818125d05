/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The first lines of answers. */

#include "query/rows.h"

/* "As of 2026-11-22" or "As received by ..."; appends. */
void heading_add_day(const struct query *query, struct text *out);

/* The same with the area, where all are of one, with how many targets there are and how they
 * stand, and an empty line. */
void heading_add_counts(const struct query *query, const struct query_rows *rows,
			struct report *report);

/* Rows of only one area, which the heading names, are told apart by the ids of their targets: these
 * take the column of the areas, and that of the ids at the end goes.  NULL: there are several. */
void heading_tell_apart(const struct area *only, struct query_column *area,
			struct query_column *id);

/* The cell for it: the area or the id; appends. */
void heading_add_place(const struct query *query, const struct area *only,
		       const struct query_row *row, struct text *out);

/* A cell of what was written, which is then forgotten. */
void cell_take(struct report_table *table, struct text *text);
