/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One series: all that is known, and how sure it is. */

#include "query/rows.h"

/* Fields about the series, and the tables "values" (what stands), "vintages" (every row that
 * counts on the day), "breaks", "targets" (all that were ever set by the day) and "methods"; with
 * has_about the definition and the formula for people, too. */
MUST_CHECK bool query_show(const struct query *query, const struct query_series *series,
			   bool has_about, struct report **ret, struct error *err);
