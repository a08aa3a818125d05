/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/encoding.h"

#include <stdlib.h>

#include "base/unicode.h"
#include "feed/feed.h"

enum {
	OUT_BYTES_MAX = 4 * FEED_DOCUMENT_MAX_BYTES,
	HIGH_FIRST = 0xd800,
	LOW_FIRST = 0xdc00,
	LOW_LAST = 0xdfff,
	PLANE_FIRST = 0x10000,
	ASCII_END = 0x80,
	CONTROLS_END = 0xa0,
};

/* Bytes 0x80 to 0x9f of windows-1252; 0: no character. */
static const uint16_t upper[] = {
	0x20ac, 0,	0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
	0x2039, 0x0152, 0,	0x017d, 0,	0,	0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
	0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,	0x017e, 0x0178,
};

/* Where windows-1258 is another; marks stand behind the letter to which they belong. */
static const struct {
	unsigned char byte;
	uint16_t code;
} vietnamese[] = {
	{0x8a, 0},	{0x8e, 0},	{0x9a, 0},	{0x9e, 0},	{0xc3, 0x0102},
	{0xcc, 0x0300}, {0xd0, 0x0110}, {0xd2, 0x0309}, {0xd5, 0x01a0}, {0xdd, 0x01af},
	{0xde, 0x0303}, {0xe3, 0x0103}, {0xec, 0x0301}, {0xf0, 0x0111}, {0xf2, 0x0323},
	{0xf5, 0x01a1}, {0xfd, 0x01b0}, {0xfe, 0x20ab},
};

void feed_encoding_done(struct feed_encoding *encoding)
{
	text_done(&encoding->out);
	feed_charset_done(&encoding->charset);
}

static size_t print_code(uint32_t code, char buffer[4])
{
	if (code < 0x80) {
		buffer[0] = (char)code;
		return 1;
	}
	size_t len = code < 0x800 ? 2 : code < PLANE_FIRST ? 3 : 4;
	static const unsigned char heads[] = {0, 0, 0xc0, 0xe0, 0xf0};
	for (size_t i = len - 1; i > 0; i--) {
		buffer[i] = (char)(0x80 | (code & 0x3f));
		code >>= 6;
	}
	buffer[0] = (char)(heads[len] | code);
	return len;
}

static void add_code(struct feed_encoding *encoding, uint32_t code)
{
	char buffer[4];
	text_add(&encoding->out, buffer, print_code(code, buffer));
}

/* -- one byte for each character -- */

static uint32_t code_of(int kind, unsigned char byte)
{
	for (size_t i = 0; kind == FEED_WINDOWS_1258 && i < COUNT_OF(vietnamese); i++)
		if (vietnamese[i].byte == byte)
			return vietnamese[i].code;
	return byte >= ASCII_END && byte < CONTROLS_END ? upper[byte - ASCII_END] : byte;
}

static bool is_mark(uint32_t code)
{
	return code == 0x300 || code == 0x301 || code == 0x303 || code == 0x309 || code == 0x323;
}

static void flush_last(struct feed_encoding *encoding)
{
	text_add(&encoding->out, encoding->last, encoding->last_len);
	encoding->last_len = 0;
}

/* Put the mark on the letter before it. */
static bool add_mark(struct feed_encoding *encoding, uint32_t code, struct error *err)
{
	char both[sizeof encoding->last + 4];
	memcpy(both, encoding->last, encoding->last_len);
	size_t len = encoding->last_len + print_code(code, both + encoding->last_len);
	AUTO_FREE char *composed = unicode_nfc((struct span){both, len}, err);
	if (composed == NULL)
		return false;
	encoding->last_len = 0;
	text_add_string(&encoding->out, composed);
	return true;
}

static bool push_bytes(struct feed_encoding *encoding, struct span piece, struct error *err)
{
	for (size_t i = 0; i < piece.len; i++) {
		unsigned char byte = (unsigned char)piece.start[i];
		uint32_t code = code_of(encoding->kind, byte);
		if (code == 0 && byte != 0) {
			flush_last(encoding);
			return error_set(err, ERROR_INPUT,
					 "byte 0x%02X is no character of the encoding that "
					 "csv.encoding says",
					 byte);
		}
		if (is_mark(code)) {
			if (!add_mark(encoding, code, err))
				return false;
			continue;
		}
		flush_last(encoding);
		encoding->last_len = print_code(code, encoding->last);
	}
	return true;
}

/* -- two bytes -- */

static bool push_unit(struct feed_encoding *encoding, uint32_t unit, struct error *err)
{
	bool is_low = unit >= LOW_FIRST && unit <= LOW_LAST;
	if (is_low != (encoding->high != 0))
		return error_set(err, ERROR_INPUT, "half of a character of UTF-16 is missing");
	if (unit >= HIGH_FIRST && unit < LOW_FIRST) {
		encoding->high = unit;
		return true;
	}
	if (is_low)
		unit = PLANE_FIRST + ((encoding->high - HIGH_FIRST) << 10) + (unit - LOW_FIRST);
	encoding->high = 0;
	add_code(encoding, unit);
	return true;
}

static bool push_units(struct feed_encoding *encoding, struct span piece, struct error *err)
{
	bool is_big = encoding->kind == FEED_UTF_16BE;
	for (size_t i = 0; i < piece.len; i++) {
		encoding->held[encoding->held_count++] = (unsigned char)piece.start[i];
		if (encoding->held_count < 2)
			continue;
		unsigned unit = (unsigned)encoding->held[!is_big] << 8 | encoding->held[is_big];
		encoding->held_count = 0;
		if (!push_unit(encoding, unit, err))
			return false;
	}
	return true;
}

/* -- from outside -- */

bool feed_encoding_is_wide(struct span document)
{
	return span_starts(document, "\xFF\xFE") || span_starts(document, "\xFE\xFF");
}

/* Look for the mark of UTF-16; false as long as there are too few bytes to say. */
static bool begin(struct feed_encoding *encoding, struct span *piece)
{
	while (encoding->held_count < 2 && piece->len > 0) {
		encoding->held[encoding->held_count++] = (unsigned char)*piece->start;
		*piece = span_behind(*piece, 1);
	}
	if (encoding->held_count < 2)
		return false;
	encoding->is_begun = true;
	if (encoding->held[0] == 0xff && encoding->held[1] == 0xfe)
		encoding->kind = FEED_UTF_16LE;
	else if (encoding->held[0] == 0xfe && encoding->held[1] == 0xff)
		encoding->kind = FEED_UTF_16BE;
	return true;
}

static bool push(struct feed_encoding *encoding, struct span piece, struct error *err)
{
	if (encoding->kind == FEED_UTF_16LE || encoding->kind == FEED_UTF_16BE)
		return push_units(encoding, piece, err);
	const char *name = feed_charset_name(encoding->kind);
	if (name != NULL)
		return feed_charset_push(&encoding->charset, name, piece, &encoding->out, err);
	if (encoding->kind != FEED_UTF_8)
		return push_bytes(encoding, piece, err);
	text_add(&encoding->out, piece.start, piece.len);
	return true;
}

bool feed_encoding_push(struct feed_encoding *encoding, struct span piece, struct span *ret,
			struct error *err)
{
	if (encoding->is_begun && encoding->kind == FEED_UTF_8) {
		*ret = piece;
		return true;
	}
	struct span whole = piece;
	*ret = (struct span){0};
	if (encoding->out.limit_bytes == 0)
		encoding->out = text_with_limit(OUT_BYTES_MAX);
	text_clear(&encoding->out);
	bool was_begun = encoding->is_begun;
	bool has_all = encoding->held_count == 0;
	if (!was_begun && !begin(encoding, &piece))
		return true;
	/* most documents come in one piece and are UTF-8: that is not copied */
	if (!was_begun && has_all && encoding->kind == FEED_UTF_8) {
		encoding->held_count = 0;
		*ret = whole;
		return true;
	}
	struct span first = {(const char *)encoding->held, 2};
	unsigned char held[2] = {encoding->held[0], encoding->held[1]};
	first.start = (const char *)held;
	if (!was_begun)
		encoding->held_count = 0;
	bool is_good = (was_begun || push(encoding, first, err)) && push(encoding, piece, err);
	*ret = text_span(&encoding->out);
	return is_good && text_ok(&encoding->out, "the document in UTF-8", err);
}

bool feed_encoding_end(struct feed_encoding *encoding, struct span *ret, struct error *err)
{
	struct span held = {(const char *)encoding->held, encoding->held_count};
	bool is_wide = encoding->kind == FEED_UTF_16LE || encoding->kind == FEED_UTF_16BE;
	if (encoding->out.limit_bytes == 0)
		encoding->out = text_with_limit(OUT_BYTES_MAX);
	text_clear(&encoding->out);
	if (is_wide && (encoding->held_count > 0 || encoding->high != 0))
		return error_set(err, ERROR_INPUT, "half of a character of UTF-16 is missing");
	if (!is_wide && !push(encoding, held, err))
		return false;
	if (!feed_charset_end(&encoding->charset, err))
		return false;
	flush_last(encoding);
	encoding->held_count = 0;
	*ret = text_span(&encoding->out);
	return text_ok(&encoding->out, "the document in UTF-8", err);
}
