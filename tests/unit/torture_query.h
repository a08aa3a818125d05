/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Questions while memory runs out: each is answered whole, or fails for that reason. */

#include "report/report.h"
#include "tests/unit/query_world.h"
#include "tests/unit/torture.h"

/* Asks, and appends what is answered. */
typedef bool torture_ask_fn(const struct query_world *world, struct text *out, struct error *err);

struct torture_question {
	const char *what;
	torture_ask_fn *ask;
};

/* Append a report in every format, and free nothing. */
MUST_CHECK bool torture_render(const struct report *report, struct text *out, struct error *err);

/* Torture each of them; an answer that is given has to be what it is with memory, to the byte.
 * `runs_max` is as in struct torture. */
void torture_questions(const struct query_world *world, const struct torture_question *questions,
		       size_t count, enum torture_whose whose, long runs_max);
