/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/charset.h"

#include <errno.h>

#include "feed/mapping.h"

enum { CHUNK_BYTES = 4096 };

/* What the C library calls them. */
static const char *const names[] = {
	[FEED_UTF_16LE] = "UTF-16LE",	[FEED_UTF_16BE] = "UTF-16BE",
	[FEED_WINDOWS_1252] = "CP1252", [FEED_WINDOWS_1258] = "CP1258",
	[FEED_WINDOWS_874] = "CP874",	[FEED_WINDOWS_1250] = "CP1250",
	[FEED_WINDOWS_1251] = "CP1251", [FEED_WINDOWS_1253] = "CP1253",
	[FEED_WINDOWS_1254] = "CP1254", [FEED_WINDOWS_1256] = "CP1256",
	[FEED_WINDOWS_1257] = "CP1257", [FEED_SHIFT_JIS] = "CP932",
	[FEED_EUC_JP] = "EUC-JP",	[FEED_EUC_KR] = "CP949",
	[FEED_GB18030] = "GB18030",	[FEED_BIG5] = "CP950",
};

static bool open_converter(struct feed_charset *charset, int encoding, struct error *err)
{
	if (charset->is_open)
		return true;
	errno = 0;
	iconv_t converter = iconv_open("UTF-8", names[encoding]);
	if (converter == (iconv_t)-1)
		return errno == ENOMEM ? error_memory(err)
				       : error_set(err, ERROR_SYSTEM,
						   "the C library of this machine does not know "
						   "the encoding '%s'",
						   names[encoding]);
	*charset = (struct feed_charset){
		.converter = converter,
		.is_open = true,
		.is_wide = encoding == FEED_UTF_16LE || encoding == FEED_UTF_16BE,
	};
	return true;
}

/* What waits in the converter for a mark that may follow. */
static void flush(struct feed_charset *charset, struct text *out)
{
	char waiting[FEED_CHARSET_HELD];
	char *to = waiting;
	size_t room = sizeof waiting;
	(void)iconv(charset->converter, NULL, NULL, &to, &room);
	text_add(out, waiting, sizeof waiting - room);
}

static bool fail_half(struct error *err)
{
	return error_set(err, ERROR_INPUT, "half of a character of UTF-16 is missing");
}

static bool fail_byte(const struct feed_charset *charset, char byte, struct error *err)
{
	if (charset->is_wide)
		return fail_half(err);
	return error_set(err, ERROR_INPUT,
			 "byte 0x%02X is no character of the encoding that csv.encoding says",
			 (unsigned char)byte);
}

/* Convert what is whole; *bytes is what is left of it, which is a character that is cut off. */
static bool convert(struct feed_charset *charset, struct span *bytes, struct text *out,
		    struct error *err)
{
	char chunk[CHUNK_BYTES];
	/* iconv's bytes are not const, and not changed */
	char *from = (char *)(uintptr_t)bytes->start;
	size_t left = bytes->len;
	int problem = E2BIG;
	while (problem == E2BIG && left > 0) {
		char *to = chunk;
		size_t room = sizeof chunk;
		size_t done = iconv(charset->converter, &from, &left, &to, &room);
		problem = done == (size_t)-1 ? errno : 0;
		text_add(out, chunk, sizeof chunk - room);
	}
	*bytes = (struct span){from, left};
	if (problem != EILSEQ)
		return true;
	flush(charset, out);
	return fail_byte(charset, *from, err);
}

/* Fill up a character that waits with bytes of the piece until it is whole. */
static bool convert_held(struct feed_charset *charset, struct span *piece, struct text *out,
			 struct error *err)
{
	while (charset->held_count > 0 && piece->len > 0) {
		if (charset->held_count == sizeof charset->held)
			return fail_byte(charset, charset->held[0], err);
		charset->held[charset->held_count++] = *piece->start;
		*piece = span_behind(*piece, 1);
		struct span held = {charset->held, charset->held_count};
		if (!convert(charset, &held, out, err))
			return false;
		memmove(charset->held, held.start, held.len);
		charset->held_count = held.len;
	}
	return true;
}

bool feed_charset_push(struct feed_charset *charset, int encoding, struct span piece,
		       struct text *out, struct error *err)
{
	if (!open_converter(charset, encoding, err) || !convert_held(charset, &piece, out, err))
		return false;
	if (piece.len == 0)
		return true;
	if (!convert(charset, &piece, out, err))
		return false;
	if (piece.len > sizeof charset->held)
		return fail_byte(charset, *piece.start, err);
	memcpy(charset->held, piece.start, piece.len);
	charset->held_count = piece.len;
	return true;
}

bool feed_charset_end(struct feed_charset *charset, struct text *out, struct error *err)
{
	if (charset->is_open)
		flush(charset, out);
	if (charset->held_count == 0)
		return true;
	return charset->is_wide ? fail_half(err)
				: error_set(err, ERROR_INPUT,
					    "the last character of the document is cut off");
}

void feed_charset_done(struct feed_charset *charset)
{
	if (charset->is_open)
		(void)iconv_close(charset->converter);
	*charset = (struct feed_charset){0};
}
