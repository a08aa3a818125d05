/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The home of utf8proc: validity, width on a terminal, folding for look-ups. */

#include "base/text.h"

/* Is it well-formed UTF-8 without NUL?  *ret_at is the offset of the first bad byte. */
MUST_CHECK bool unicode_valid(struct span text, size_t *ret_at);

/* Append for people what somebody else wrote: bytes that are no character, control characters and
 * what turns the direction of writing are shown as '?', so that no text commands a terminal. */
void unicode_show(struct text *out, struct span text);

/* The same in a C string, byte for byte. */
void unicode_mask(char *string);

/* Append valid UTF-8 with its first letter as a capital. */
void unicode_add_capital(struct text *out, const char *string);

/* Columns on a terminal: wide characters count 2, combining marks 0, what is shown as
 * '?' 1. */
int unicode_width(struct span text);

/* The longest head that fits into `columns`. */
struct span unicode_head(struct span text, int columns);

/* For comparing names: NFC, case folded, accents removed (also d for U+0111), runs of blanks as
 * one, ends trimmed: "Thanh Hoá" and "THANH  HÓA" are equal.  For the caller to free. */
MUST_CHECK char *unicode_fold(struct span text, struct error *err);

/* In normal form C.  For the caller to free. */
MUST_CHECK char *unicode_nfc(struct span text, struct error *err);

/* The candidate nearest to `word` by edit distance, for "did you mean": at most a third of its
 * length away; NULL when there is none. */
const char *unicode_nearest(struct span word, const char *const *candidates, size_t count);
