/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Encodings that the C library knows (iconv(3)), to UTF-8. */

#include <iconv.h>

#include "base/text.h"

enum { FEED_CHARSET_HELD = 8 };

/* Zeroed by the caller. */
struct feed_charset {
	iconv_t converter;
	bool is_open;
	bool is_wide;		      /* of UTF-16 */
	char held[FEED_CHARSET_HELD]; /* bytes that wait for those behind them */
	size_t held_count;
};

/* Append the next bytes of an encoding (enum feed_encoding_id, not UTF-8, always the same one) to
 * *out, as UTF-8.  ERROR_INPUT names a byte that is no character, when what stands before it has
 * been appended; ERROR_SYSTEM when the machine lacks the encoding. */
MUST_CHECK bool feed_charset_push(struct feed_charset *charset, int encoding, struct span piece,
				  struct text *out, struct error *err);

/* Nothing follows: append what waited for a mark of its own (windows-1258).  ERROR_INPUT when the
 * last character is cut off. */
MUST_CHECK bool feed_charset_end(struct feed_charset *charset, struct text *out, struct error *err);

/* Closes it. */
void feed_charset_done(struct feed_charset *charset);
