/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which method has been right, on the ledger's own history. */

#include "query/query.h"

/* What to look back on; NULL: all. */
struct backtest_question {
	const char *indicator, *area, *method;
	int years; /* 1 to BACKTEST_YEARS_MAX */
};

/* A table "methods" with what each method said `years` ahead and what came of it
 * (assess/backtest.h), over every target of acts adopted by the day.  Targets of one series that
 * ask for the same by the same period count once.  ERROR_NOT_FOUND for ids that are not there,
 * ERROR_INPUT for years out of bounds. */
MUST_CHECK bool query_backtest(const struct query *query, const struct backtest_question *question,
			       struct report **ret, struct error *err);
