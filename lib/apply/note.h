/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Writing down why a target is in its state and what is done about it. */

#include "apply/apply.h"

/* As somebody wrote it; NULL: not said. */
struct note_said {
	const char *what; /* a target or an indicator */
	const char *area; /* as in said.h; a target of one area needs none */
	const char *breakdown;
	const char *year;		   /* "2026"; NULL: every year */
	const char *cause, *remedy, *text; /* one line each; what is not said stays as it was */
	bool is_removal;
};

/* Append the note and say so in a line of `out`.  ERROR_NOT_FOUND for ids, ERROR_INPUT for texts
 * and years, ERROR_REFUSED when there is nothing to take back or nothing new. */
MUST_CHECK bool apply_note(const struct apply *apply, const struct note_said *said,
			   struct text *out, struct error *err);
