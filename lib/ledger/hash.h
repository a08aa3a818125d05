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

/* A hash of bytes that come in pieces. */
struct hashing;

#define AUTO_HASHING AUTO(hashing_free)

/* Begin one; then add what comes. */
MUST_CHECK bool hashing_new(struct hashing **ret, struct error *err);
void hashing_add(struct hashing *hashing, struct span bytes);

/* The hash of what came; the next byte begins another. */
struct sha256 hashing_end(struct hashing *hashing);

/* Frees *slot, which may be NULL, and makes it NULL. */
void hashing_free(struct hashing **slot);

/* Is there one? */
bool sha256_is_set(const struct sha256 *hash);
bool sha256_equal(const struct sha256 *a, const struct sha256 *b);

/* In 64 small hexadecimal digits.  Returns buffer. */
const char *sha256_print(const struct sha256 *hash, char buffer[SHA256_TEXT_BYTES]);

/* Read 64 hexadecimal digits. */
MUST_CHECK bool sha256_parse(struct span text, struct sha256 *ret, struct error *err);
