/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How each method came to its measure, with its numbers in the formula.
 * Letters as in METHOD_LETTERS. */

#include "assess/judgement.h"
#include "query/working.h"

/* What a method was asked. */
struct explained {
	const struct judgement *judgement; /* after judgement_ask with this method */
	const struct indicator *indicator;
	struct mark mark; /* of the target, or of the milestone that comes first */
	double due;
};

/* The question that the judgement's method was asked. */
struct explained explained_of(const struct judgement *judgement);

/* The steps of the judgement's method; only the inputs where it has no measure. */
void explain_method(const struct working *working, const struct explained *explained);
