/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The first lines of answers. */

#include "query/rows.h"

/* "As of 2026-11-22" or "As received by ..."; appends. */
void heading_add_day(const struct query *query, struct text *out);

/* The same with how many targets there are and how they stand, and an empty line. */
void heading_add_counts(const struct query *query, const struct query_rows *rows,
			struct report *report);

/* A cell of what was written, which is then forgotten. */
void cell_take(struct report_table *table, struct text *text);
