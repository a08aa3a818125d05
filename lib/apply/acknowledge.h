/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Saying that somebody has seen the state of a target, and taking it back. */

#include "apply/apply.h"

/* As somebody wrote it; NULL: not said. */
struct acknowledgement {
	const char *what; /* a target or an indicator */
	const char *area; /* id, or a name that only one area carries today */
	const char *breakdown, *target;
	const char *until;	  /* the day on which it ends */
	const char *note, *cause; /* one line each, for whoever looks next */
	bool is_removal;
};

/* Append an event for each target in force that it is about and that is neither met nor on track
 * (or, for a removal, whose acknowledgement holds), in one transaction; the appliers have to have
 * passed everything.  Says each in a line of `out`.  ERROR_NOT_FOUND for ids, ERROR_INPUT for texts
 * and days, ERROR_REFUSED when there is nothing to acknowledge or to take back. */
MUST_CHECK bool apply_acknowledge(const struct apply *apply,
				  const struct acknowledgement *acknowledgement, struct text *out,
				  struct error *err);
