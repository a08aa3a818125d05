/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A cell to a number, by the mapping's rules.  What is not certainly one number is refused. */

#include "base/number.h"
#include "feed/field.h"
#include "obs/observation.h"

/* What stood around a number. */
struct feed_dressing {
	enum obs_qualifier qualifier; /* of "<0.1", where numbers.bounds takes such */
	struct span mark;	      /* one of numbers.marks; empty: none */
};

/* Cut the longest of the marks that stand before or behind the text off it; *ret is the mark, not
 * written when there is none. */
void feed_value_take_mark(const struct key_texts *marks, struct span *text, struct span *ret);

/* Take the mark off the cell, and the sign of a bound where the mapping takes bounds; where a bound
 * is a missing value, the cell becomes empty. */
void feed_value_undress(const struct feed_numbers *numbers, struct feed_cell *cell,
			struct feed_dressing *ret);

/* *ret_missing: null, empty or one of the missing markers, then *ret is not written.  ERROR_INPUT:
 * absent, ambiguous, a range, a bound, a mangled cell, not plausible. */
MUST_CHECK bool feed_value_read(const struct feed_numbers *numbers, const struct feed_cell *cell,
				bool *ret_missing, struct number *ret, struct error *err);
