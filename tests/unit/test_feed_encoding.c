/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "feed/encoding.h"

/* The bytes in UTF-8, pushed in pieces of this size; false when they are refused. */
static bool decode(int kind, struct span bytes, size_t piece, struct text *out, struct error *err)
{
	AUTO(feed_encoding_done) struct feed_encoding encoding = {.kind = kind};
	struct span ret;
	*out = text_with_limit(1000);
	for (size_t at = 0; at < bytes.len; at += piece) {
		size_t len = bytes.len - at < piece ? bytes.len - at : piece;
		bool is_good = feed_encoding_push(&encoding, (struct span){bytes.start + at, len},
						  &ret, err);
		text_add(out, ret.start, ret.len);
		if (!is_good)
			return false;
	}
	if (!feed_encoding_end(&encoding, &ret, err))
		return false;
	text_add(out, ret.start, ret.len);
	return true;
}

#define BYTES(literal)                                                                             \
	{                                                                                          \
		literal, sizeof(literal) - 1                                                       \
	}

struct becoming {
	int kind;
	struct span bytes;
	const char *want, *why;
};

static void check_becoming(const struct becoming *it, size_t piece)
{
	AUTO_TEXT struct text out = {0};
	struct error err = {0};
	if (!decode(it->kind, it->bytes, piece, &out, &err) || !span_is(text_span(&out), it->want))
		fail_msg("%s, pieces of %zu: '%.*s' %s", it->why, piece, SPAN_ARGS(text_span(&out)),
			 err.text);
}

static void bytes_become_the_characters_that_they_stand_for(void **state)
{
	(void)state;
	static const struct becoming cases[] = {
		{FEED_UTF_8, BYTES("a\xE1\xBA\xAF"), "a\u1eaf", "UTF-8 stays"},
		{FEED_UTF_8, BYTES("a"), "a", "one byte is too few to tell"},
		{FEED_UTF_8, BYTES(""), "", "nothing"},
		{FEED_UTF_8, BYTES("\xFF\xFE\x61\x00\xAF\x1E"), "\ufeffa\u1eaf", "little end"},
		{FEED_UTF_8, BYTES("\xFE\xFF\x00\x61\x1E\xAF"), "\ufeffa\u1eaf", "big end"},
		{FEED_UTF_16LE, BYTES("\x61\x00\x3D\xD8\x00\xDE"), "a\U0001F600", "a pair"},
		{FEED_UTF_16BE, BYTES("\x00\xE9"), "\u00e9", "two bytes of UTF-8"},
		{FEED_WINDOWS_1252, BYTES("\x80\xE9\x9F~"), "\u20ac\u00e9\u0178~", "1252"},
		{FEED_WINDOWS_1252, BYTES("\xD2\xEC"), "\u00d2\u00ec", "no marks in 1252"},
		/* the letter a with breve, then an acute accent: one character */
		{FEED_WINDOWS_1258, BYTES("\xE3\xECk"), "\u1eafk", "a mark behind its letter"},
		{FEED_WINDOWS_1258, BYTES("\xF5\xF2"), "\u1ee3", "at the end"},
		{FEED_WINDOWS_1258, BYTES("x\xEC"), "x\u0301", "no such letter"},
		{FEED_WINDOWS_1258, BYTES("\xEC"), "\u0301", "a mark alone"},
		{FEED_WINDOWS_1258, BYTES("\xD0\xFE\xE9"), "\u0110\u20ab\u00e9", "1258"},
		/* from the tables of unicode.org */
		{FEED_WINDOWS_874, BYTES("\xA1\x80"), "\u0e01\u20ac", "Thai ko kai, euro"},
		{FEED_WINDOWS_1250, BYTES("\xB9\x9C"), "\u0105\u015b", "Polish a, s"},
		{FEED_WINDOWS_1251, BYTES("\xCC\xFF"), "\u041c\u044f", "Cyrillic em, ya"},
		{FEED_WINDOWS_1253, BYTES("\xE1"), "\u03b1", "alpha"},
		{FEED_WINDOWS_1254, BYTES("\xFD"), "\u0131", "Turkish i without its dot"},
		{FEED_WINDOWS_1256, BYTES("\xC8"), "\u0628", "Arabic beh"},
		{FEED_WINDOWS_1257, BYTES("\xE0"), "\u0105", "Lithuanian a"},
		{FEED_SHIFT_JIS, BYTES("a\x93\xFA\xB1,\x87\x40"), "a\u65e5\uff71,\u2460",
		 "day, half a width, and a digit that Windows adds"},
		{FEED_EUC_JP, BYTES("\xC6\xFC"), "\u65e5", "day"},
		{FEED_EUC_KR, BYTES("\xB0\xA1\x81\x41"), "\uac00\uac02", "ga, and one of CP949"},
		{FEED_GB18030, BYTES("\xD6\xD0\x81\x30\x81\x30"), "\u4e2d\xC2\x80",
		 "two bytes and four"},
		{FEED_BIG5, BYTES("\xA4\xA4"), "\u4e2d", "middle"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		for (size_t piece = 1; piece < 5; piece++)
			check_becoming(&cases[i], piece);
}

struct refusal {
	int kind;
	struct span bytes;
	const char *says, *before; /* what stood before it */
};

static void check_refusal(const struct refusal *it, size_t piece)
{
	AUTO_TEXT struct text out = {0};
	struct error err = {0};
	assert_false(decode(it->kind, it->bytes, piece, &out, &err));
	if (strstr(err.text, it->says) == NULL)
		fail_msg("'%s' does not say '%s'", err.text, it->says);
	if (!span_is(text_span(&out), it->before))
		fail_msg("%s, pieces of %zu: '%.*s' before it", it->says, piece,
			 SPAN_ARGS(text_span(&out)));
}

static void bytes_that_are_no_character_are_refused(void **state)
{
	(void)state;
	static const struct refusal cases[] = {
		{FEED_WINDOWS_1252, BYTES("a\x81"), "byte 0x81 is no character", "a"},
		{FEED_WINDOWS_1252, BYTES("\x81z"), "byte 0x81 is no character", ""},
		{FEED_WINDOWS_1252, BYTES("ab\x8Ey\x81z"), "byte 0x81 is no character",
		 "ab\u017dy"},
		{FEED_WINDOWS_1258, BYTES("ab\x8E"), "byte 0x8E is no character", "ab"},
		{FEED_UTF_16LE, BYTES("\x61\x00\x62"), "half of a character", "a"},
		{FEED_UTF_16LE, BYTES("\x61\x00\x3D\xD8"), "half of a character", "a"},
		{FEED_UTF_16LE, BYTES("\x3D\xD8\x61\x00"), "half of a character", ""},
		{FEED_UTF_16LE, BYTES("\x00\xDE\x61\x00"), "half of a character", ""},
		{FEED_UTF_16LE, BYTES("\x3D\xD8\x3D\xD8"), "half of a character", ""},
		{FEED_SHIFT_JIS, BYTES("ab\x93\xFA\x93"), "last character", "ab\u65e5"},
		{FEED_EUC_KR, BYTES("ab\xB0\x20z"), "byte 0xB0 is no character", "ab"},
		{FEED_GB18030, BYTES("a\xFFz"), "byte 0xFF is no character", "a"},
		{FEED_WINDOWS_1253, BYTES("az\xD2"), "byte 0xD2 is no character", "az"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		for (size_t piece = 1; piece < 5; piece++)
			check_refusal(&cases[i], piece);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_become_the_characters_that_they_stand_for),
		cmocka_unit_test(bytes_that_are_no_character_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
