/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The order of names as a Vietnamese dictionary has it, which is that of other Latin alphabets
 * too. */

#include "base/text.h"

/* A key that strcmp puts in order: the letters first (a ă â b c d đ e ê ... o ô ơ ... u ư ...,
 * capitals as small ones), then the tones of all letters (none, huyền, hỏi, ngã, sắc, nặng).
 * Blanks stand before digits, digits before letters, other scripts last.  The text is UTF-8 in any
 * normal form.  For the caller to free; NULL: ERROR_INPUT, or memory. */
MUST_CHECK char *collate_key(struct span text, struct error *err);
