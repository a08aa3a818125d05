/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* SHA-256, by which documents are known. */

#include <stdint.h>

#include "base/text.h"

enum { SHA256_BYTES = 32, SHA256_TEXT_BYTES = 65 };

/* All zeros: none. */
struct sha256 {
	uint8_t bytes[SHA256_BYTES];
};

/* The hash of these bytes. */
struct sha256 sha256_of(struct span bytes);

/* Is there one? */
bool sha256_is_set(const struct sha256 *hash);
bool sha256_equal(const struct sha256 *a, const struct sha256 *b);

/* In 64 small hexadecimal digits.  Returns buffer. */
const char *sha256_print(const struct sha256 *hash, char buffer[SHA256_TEXT_BYTES]);

/* Read 64 hexadecimal digits. */
MUST_CHECK bool sha256_parse(struct span text, struct sha256 *ret, struct error *err);
