/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: what passes a question about duties. */

#include "query/duties.h"

/* A question as it was understood. */
struct duty_rows {
	const struct query *query;
	const struct duties_question *question;
	struct duty_filter filter;
	struct period period;
	bool has_state, reminders; /* reminders: what is missing or due soon */
	enum duty_state state;
};

/* Understand the question. */
MUST_CHECK bool duty_rows_begin(const struct query *query, const struct duties_question *question,
				struct duty_rows *ret, struct error *err);

/* Does this owner pass? */
bool duty_rows_pass(const struct duty_rows *rows, const struct judged_owner *owner);

/* Go through the duties, their owners in the order of names. */
MUST_CHECK bool duty_rows_each(const struct duty_rows *rows, judged_duty_fn *take, void *self,
			       struct error *err);
