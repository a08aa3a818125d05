/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Within the tokens of JSON, byte by byte: for the walk over a document that comes in pieces. */

#include <endian.h>
#include <stdint.h>

#include "base/text.h"

/* Where a number is, behind what was seen of it. */
enum feed_number_place {
	FEED_NUMBER_END, /* the byte does not belong to it */
	FEED_NUMBER_MINUS,
	FEED_NUMBER_ZERO,
	FEED_NUMBER_DIGITS,
	FEED_NUMBER_POINT,
	FEED_NUMBER_FRACTION,
	FEED_NUMBER_E,
	FEED_NUMBER_E_SIGN,
	FEED_NUMBER_EXPONENT,
};

/* Where it is after this byte; and may it end there? */
enum feed_number_place feed_number_step(enum feed_number_place place, char c);
bool feed_number_may_end(enum feed_number_place place);

/* A character that is not ASCII: how many bytes follow, and within which bounds the next one is. */
struct feed_character {
	int left;
	unsigned char low, high;
};

/* After its first byte; false when none begins so.  The bounds are those of the Unicode standard's
 * table of well-formed byte sequences. */
MUST_CHECK bool feed_character_begin(unsigned char c, struct feed_character *ret);

/* After another byte; false when it does not fit. */
MUST_CHECK bool feed_character_step(struct feed_character *character, unsigned char c);

/* The number of a hexadecimal digit, or -1. */
int feed_hex_digit(char c);

/* A number for a key such that equal keys have the same. */
uint64_t feed_key_hash(struct span key);

/* Is it a whole number as programs write them: no sign, no zeros in front, at most 15 digits? */
MUST_CHECK bool feed_key_number(struct span key, size_t *ret);

/* Is it no byte of a string that needs a look: quotes, backslashes, controls, what is not ASCII? */
static inline bool feed_is_plain(char c)
{
	return (unsigned char)(c - ' ') < 0x80 - ' ' && c != '"' && c != '\\';
}

enum { FEED_PLAIN_BYTES = 8 };

/* How many of the next eight bytes are plain, looked at in one go: in each byte of the sum the
 * highest bit says that it is not plain.  A bit too many is possible, but only behind a byte that
 * is not plain. */
static inline size_t feed_plain_count(const char *at)
{
	static const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
	uint64_t bytes;
	memcpy(&bytes, at, sizeof bytes);
	bytes = le64toh(bytes);
	uint64_t quote = bytes ^ (ones * '"');
	uint64_t backslash = bytes ^ (ones * '\\');
	uint64_t below = (bytes - ones * ' ') | (quote - ones) | (backslash - ones);
	uint64_t not_plain = (below | bytes) & high;
	return not_plain == 0 ? FEED_PLAIN_BYTES
			      : (size_t)__builtin_ctzll(not_plain) / FEED_PLAIN_BYTES;
}

/* Behind the plain bytes. */
static inline const char *feed_plain_end(const char *at, const char *end)
{
	while (end - at >= FEED_PLAIN_BYTES) {
		size_t count = feed_plain_count(at);
		at += count;
		if (count < FEED_PLAIN_BYTES)
			return at;
	}
	while (at < end && feed_is_plain(*at))
		at++;
	return at;
}
