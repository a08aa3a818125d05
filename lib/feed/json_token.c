/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/json_token.h"

enum digit_class { DIGIT_ZERO, DIGIT_OTHER, DIGIT_POINT, DIGIT_E, DIGIT_SIGN, DIGIT_CLASSES };

enum { HEX_LETTERS_FROM = 10, CHARACTER_BYTES_MAX = 4, KEY_DIGITS_MAX = 15, DECIMAL = 10 };

static const unsigned char number_next[][DIGIT_CLASSES] = {
	[FEED_NUMBER_MINUS] = {FEED_NUMBER_ZERO, FEED_NUMBER_DIGITS, 0, 0, 0},
	[FEED_NUMBER_ZERO] = {0, 0, FEED_NUMBER_POINT, FEED_NUMBER_E, 0},
	[FEED_NUMBER_DIGITS] = {FEED_NUMBER_DIGITS, FEED_NUMBER_DIGITS, FEED_NUMBER_POINT,
				FEED_NUMBER_E, 0},
	[FEED_NUMBER_POINT] = {FEED_NUMBER_FRACTION, FEED_NUMBER_FRACTION, 0, 0, 0},
	[FEED_NUMBER_FRACTION] = {FEED_NUMBER_FRACTION, FEED_NUMBER_FRACTION, 0, FEED_NUMBER_E, 0},
	[FEED_NUMBER_E] = {FEED_NUMBER_EXPONENT, FEED_NUMBER_EXPONENT, 0, 0, FEED_NUMBER_E_SIGN},
	[FEED_NUMBER_E_SIGN] = {FEED_NUMBER_EXPONENT, FEED_NUMBER_EXPONENT, 0, 0, 0},
	[FEED_NUMBER_EXPONENT] = {FEED_NUMBER_EXPONENT, FEED_NUMBER_EXPONENT, 0, 0, 0},
};

static enum digit_class class_of(char c)
{
	switch (c) {
	case '0':
		return DIGIT_ZERO;
	case '.':
		return DIGIT_POINT;
	case 'e':
	case 'E':
		return DIGIT_E;
	case '+':
	case '-':
		return DIGIT_SIGN;
	default:
		return c >= '1' && c <= '9' ? DIGIT_OTHER : DIGIT_CLASSES;
	}
}

enum feed_number_place feed_number_step(enum feed_number_place place, char c)
{
	enum digit_class class = class_of(c);
	return class == DIGIT_CLASSES ? FEED_NUMBER_END
				      : (enum feed_number_place)number_next[place][class];
}

bool feed_number_may_end(enum feed_number_place place)
{
	return place == FEED_NUMBER_ZERO || place == FEED_NUMBER_DIGITS ||
	       place == FEED_NUMBER_FRACTION || place == FEED_NUMBER_EXPONENT;
}

bool feed_character_begin(unsigned char c, struct feed_character *ret)
{
	static const struct {
		unsigned char from, to;
		struct feed_character then;
	} rows[] = {
		{0xC2, 0xDF, {1, 0x80, 0xBF}}, {0xE0, 0xE0, {2, 0xA0, 0xBF}},
		{0xE1, 0xEC, {2, 0x80, 0xBF}}, {0xED, 0xED, {2, 0x80, 0x9F}},
		{0xEE, 0xEF, {2, 0x80, 0xBF}}, {0xF0, 0xF0, {3, 0x90, 0xBF}},
		{0xF1, 0xF3, {3, 0x80, 0xBF}}, {0xF4, 0xF4, {3, 0x80, 0x8F}},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (c < rows[i].from || c > rows[i].to)
			continue;
		*ret = rows[i].then;
		return true;
	}
	return false;
}

bool feed_character_step(struct feed_character *character, unsigned char c)
{
	bool fits = c >= character->low && c <= character->high;
	*character = (struct feed_character){character->left - 1, 0x80, 0xBF};
	return fits;
}

int feed_hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + HEX_LETTERS_FROM;
	return c >= 'A' && c <= 'F' ? c - 'A' + HEX_LETTERS_FROM : -1;
}

uint64_t feed_key_hash(struct span key)
{
	static const uint64_t factor = 0x9E3779B97F4A7C15u; /* 2^64 / the golden ratio */
	uint64_t hash = key.len;
	uint64_t part = 0;
	uint32_t head = 0;
	uint32_t tail = 0;
	while (key.len >= sizeof part) {
		memcpy(&part, key.start, sizeof part);
		hash = (hash ^ part) * factor;
		hash ^= hash >> 32;
		key = span_behind(key, sizeof part);
	}
	part = 0;
	if (key.len >= sizeof head) {
		/* both ends, which may overlap */
		memcpy(&head, key.start, sizeof head);
		memcpy(&tail, key.start + key.len - sizeof tail, sizeof tail);
		part = (uint64_t)head << 32 | tail;
		key.len = 0;
	}
	for (size_t i = 0; i < key.len; i++)
		part = part << 8 | (unsigned char)key.start[i];
	hash = (hash ^ part) * factor;
	return hash ^ hash >> 32;
}

bool feed_key_number(struct span key, size_t *ret)
{
	size_t value = 0;
	if (key.len == 0 || key.len > KEY_DIGITS_MAX || (key.len > 1 && key.start[0] == '0'))
		return false;
	for (size_t i = 0; i < key.len; i++) {
		if (key.start[i] < '0' || key.start[i] > '9')
			return false;
		value = value * DECIMAL + (size_t)(key.start[i] - '0');
	}
	*ret = value;
	return true;
}
