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
	char held[FEED_CHARSET_HELD]; /* bytes that wait for those behind them */
	size_t held_count;
};

/* What the C library calls an encoding (enum feed_encoding_id); NULL when it is not read so. */
const char *feed_charset_name(int encoding);

/* Append the next bytes to *out, as UTF-8.  ERROR_INPUT names a byte that is no character, which
 * what stands before it has been appended; ERROR_SYSTEM when the machine lacks the encoding. */
MUST_CHECK bool feed_charset_push(struct feed_charset *charset, const char *name, struct span piece,
				  struct text *out, struct error *err);

/* Nothing follows.  ERROR_INPUT when the last character is cut off. */
MUST_CHECK bool feed_charset_end(const struct feed_charset *charset, struct error *err);

/* Closes it. */
void feed_charset_done(struct feed_charset *charset);
