/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* From a command line to a question, and from its answer to the terminal. */

#include "query/query.h"
#include "tools/session.h"

/* The ledger opened for reading, one transaction for the whole answer. */
struct answer {
	struct query query;
	struct language language;
	enum report_format format;
	struct ledger *ledger;
	struct catalogue *catalogue;
	struct zone *zone;
};

#define AUTO_ANSWER AUTO(answer_done)

/* Read the options that are common to all questions, the configuration, the mirror of the
 * catalogue. */
MUST_CHECK bool answer_open(struct session *session, struct answer *ret, struct error *err);

/* The same for a question that needs no ledger: language and format only. */
MUST_CHECK bool answer_begin(const struct session *session, struct answer *ret, struct error *err);

/* For AUTO_ANSWER. */
void answer_done(struct answer *answer);

/* Render to standard output for this terminal. */
MUST_CHECK bool answer_print(const struct session *session, const struct answer *answer,
			     const struct report *report, struct error *err);
