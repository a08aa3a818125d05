/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A cell to a number, by the mapping's rules.  What is not certainly one number is refused. */

#include "base/number.h"
#include "feed/field.h"

/* *ret_missing: null, empty or one of the missing markers, then *ret is not written.  ERROR_INPUT:
 * absent, ambiguous, a range, a bound, a mangled cell, not plausible. */
MUST_CHECK bool feed_value_read(const struct feed_numbers *numbers, const struct feed_cell *cell,
				bool *ret_missing, struct number *ret, struct error *err);
