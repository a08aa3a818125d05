/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Documents that are not written in UTF-8, to UTF-8.  UTF-16 is known by its byte order mark. */

#include "base/text.h"
#include "feed/charset.h"
#include "feed/mapping.h"

struct feed_encoding {
	int kind; /* enum feed_encoding_id */
	bool is_begun;
	unsigned char held[2]; /* the first bytes, until there are enough to tell UTF-16 */
	size_t held_count;
	struct feed_charset charset; /* of all but UTF-8 */
	struct text out;
};

/* Does the document begin with the byte order mark of UTF-16? */
bool feed_encoding_is_wide(struct span document);

/* Frees what it holds. */
void feed_encoding_done(struct feed_encoding *encoding);

/* The next bytes in UTF-8, valid until the next call; those of UTF-8 as they are.  ERROR_INPUT
 * names a byte that is no character; *ret is then what stood before it. */
MUST_CHECK bool feed_encoding_push(struct feed_encoding *encoding, struct span piece,
				   struct span *ret, struct error *err);

/* What was held back.  ERROR_INPUT when half of a character is missing. */
MUST_CHECK bool feed_encoding_end(struct feed_encoding *encoding, struct span *ret,
				  struct error *err);
