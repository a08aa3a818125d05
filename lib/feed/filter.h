/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which records are wanted: one row of `filters` and the text that its field has. */

#include <regex.h>

#include "feed/mapping.h"

enum { FEED_MATCHED_BYTES = 4096 /* of a text in which an expression is looked for */ };

/* Compile what `row` has of matches and matches_not; the others are not written.  Both are for the
 * caller to regfree(); after a failure neither is.  ERROR_INPUT: not an expression, back
 * references, or repetitions that would cost too much. */
MUST_CHECK bool feed_filter_compile(const struct feed_filter *row, regex_t *matches,
				    regex_t *matches_not, struct error *err);

/* Compile the expression of a part of `field`, for the caller to regfree(); after a failure there
 * is nothing to free.  ERROR_INPUT: as above, or it has no group. */
MUST_CHECK bool feed_filter_compile_part(const char *field, const char *expression, regex_t *ret,
					 struct error *err);

/* What the first group finds in the text, within it; false: nothing, or the text is longer than
 * FEED_MATCHED_BYTES. */
bool feed_filter_part(const regex_t *expression, struct span text, struct span *ret);

/* Does the text pass?  ERROR_LIMIT when it is too long for an expression. */
MUST_CHECK bool feed_filter_passes(const struct feed_filter *row, const regex_t *matches,
				   const regex_t *matches_not, struct span text, bool *ret,
				   struct error *err);
