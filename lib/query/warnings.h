/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What was doubtful about figures when they came, of the rows that are in force. */

#include "query/query.h"

/* Which; NULL or 0: all. */
struct warnings_filter {
	const char *feed; /* that brought the row */
	int64_t series;
};

/* A table "warnings", a row for each, in the order in which they came. */
MUST_CHECK bool query_warnings(const struct query *query, const struct warnings_filter *filter,
			       struct report **ret, struct error *err);

/* How many there are. */
MUST_CHECK bool warnings_count(const struct query *query, const struct warnings_filter *filter,
			       long *ret, struct error *err);

/* A line for each under other answers: "  warning: 2021, Statistics: the value is ...". */
MUST_CHECK bool warnings_add_lines(const struct query *query, const struct warnings_filter *filter,
				   struct report *report, struct error *err);

/* "the value is the year itself: 2021", in the language.  Appends. */
struct lint_finding;
void warnings_tell(struct text *out, const struct language *language,
		   const struct lint_finding *finding);
