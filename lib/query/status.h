/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Where do we stand? */

#include "query/rows.h"

/* A table "targets" of those that pass the filter, one row each, and for people a heading with
 * counts, footnotes and what to do next. */
MUST_CHECK bool query_status(const struct query *query, const struct query_filter *filter,
			     struct report **ret, struct error *err);

/* Parts that other answers share: the table with its rows, and the lines below it. */
void status_add_table(const struct query *query, const struct query_rows *rows,
		      struct report *report);
/* A line about who acknowledged it; false when nobody did. */
bool status_add_ack(const struct query *query, const struct query_row *row, struct report *report);
void status_add_notes(const struct query *query, const struct query_rows *rows,
		      struct report *report);
/* For people: which areas that ended, and went into the one of the filter, have targets that it
 * would leave, and the command that shows them.  Nothing when the filter has no area. */
MUST_CHECK bool status_add_left_behind(const struct query *query, const struct query_filter *filter,
				       const char *command, struct report *report,
				       struct error *err);
