/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: what a trial's documents gave. */

#include "feed/feed.h"
#include "trial/rows.h"

struct outcome {
	struct rows observations, refusals;
	size_t passed_over;
	char cause[32]; /* "" when it is an answer */
	char why[ERROR_TEXT_BYTES];
};

/* The columns of each kind of table. */
extern const struct rows_kind outcome_records, outcome_bound, outcome_refusals;

/* Note that it is no answer.  Always true. */
bool outcome_fail(struct outcome *outcome, const char *cause, const struct error *why);

/* Add a refused record. */
MUST_CHECK bool outcome_refuse(struct outcome *outcome, const struct feed_refusal *refusal,
			       struct error *err);

/* What the mapping makes of the documents, before it is bound to ids.  false: it could not be run.
 */
MUST_CHECK bool outcome_of_records(const struct trial *trial, const struct trial_how *how,
				   struct outcome *ret, struct error *err);

/* What stands in the log of a new ledger after the feed has taken in the documents.  Problems of
 * the catalogue are findings, and *ret_ok is false. */
MUST_CHECK bool outcome_of_bound(const struct trial *trial, const struct trial_how *how,
				 struct outcome *ret, bool *ret_ok, struct trial_findings *findings,
				 struct error *err);
