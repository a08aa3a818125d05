/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Why is the state of a target what it is?  From the state back to the rows: the rule that decided,
 * the values that were used, and every method with its numbers in its formula. */

#include "query/rows.h"

/* About the target with this id, or (NULL) the one in force on the series that is due last and has
 * a level.  Tables "values", "rules", "methods" and "steps".  ERROR_NOT_FOUND when there is none.
 */
MUST_CHECK bool query_explain_verdict(const struct query *query, const struct query_series *series,
				      const char *target, struct report **ret, struct error *err);
