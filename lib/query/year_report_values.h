/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The values of a series that stand beside the deciding one in the account of a year. */

#include "query/year_report.h"

/* Fill start, last year, parts and completion of an item whose row has its verdict.  `series` has
 * no period after the year. */
void year_item_add_values(const struct year_report *report, const struct judged_series *series,
			  struct year_item *item);
