/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The questions about duties: who delivered, who is late, who has to be reminded. */

#include "judge/duty.h"
#include "query/check.h"
#include "query/query.h"

/* What somebody asks; NULL and DAY_NONE: any. */
struct duties_question {
	const char *duty, *period, *owner, *state;
	int32_t due_before;
	bool all;
};

/* Received, late and missing for each duty and period; with a duty, an owner or a state, for each
 * owner.  Ids that are not in the catalogue are ERROR_NOT_FOUND, a state or period that cannot be
 * read ERROR_INPUT. */
MUST_CHECK bool query_duties(const struct query *query, const struct duties_question *question,
			     struct report **ret, struct error *err);

/* The same for those owners only who have to be reminded: what is missing or due soon. */
MUST_CHECK bool query_duties_reminders(const struct query *query,
				       const struct duties_question *question, struct report **ret,
				       struct error *err);

/* A letter for each of these owners, ready to mail: headers of RFC 5322 and plain text in UTF-8;
 * more than one as an mbox. */
MUST_CHECK bool query_duties_letters(const struct query *query,
				     const struct duties_question *question, struct text *out,
				     struct error *err);

/* One line for a monitoring system: critical when something is missing, a warning when it is due
 * soon. */
MUST_CHECK bool query_duties_check(const struct query *query,
				   const struct duties_question *question, struct text *out,
				   enum check_status *ret, struct error *err);
