/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A total, member by member, so that it can be added up by hand. */

#include "query/rows.h"

enum { TOTALS_SAID_MAX = 10 };

/* "2024: 95.3 % computed from 58 of 63 members (91 % of weight); missing: A, B"; appends. */
void totals_tell(struct text *out, const struct query *query, const struct indicator *indicator,
		 const struct total *total);

/* Fields about the total of a period (NULL: the last one that any member has a value for) and the
 * table "members".  ERROR_NOT_FOUND when there can be no total, or none of that period. */
MUST_CHECK bool query_totals(const struct query *query, const struct query_series *series,
			     const char *period, struct report **ret, struct error *err);
