/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: a row for each duty and period, in `envgap duties` and in the account of a
 * year. */

#include "judge/duty.h"
#include "query/query.h"

/* The table "duties". */
struct report_table *duties_add_table(const struct query *query, struct report *report);

/* A row of it. */
void duties_add_summary(const struct query *query, const struct judged_duty *judged,
			struct report_table *table);

/* The cell with the ids of all whose last day in time has passed, ";" between them. */
void duties_add_missing_owners(const struct judged_duty *judged, struct report_table *table);
