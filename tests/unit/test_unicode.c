/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/unicode.h"

static void bad_utf8_is_found_where_it_begins(void **state)
{
	(void)state;
	static const struct {
		struct span text;
		bool valid;
		size_t at;
		const char *why;
	} cases[] = {
		{{"", 0}, true, 0, "nothing"},
		{{"abc", 3}, true, 0, "ASCII"},
		{{"a\xC3\xA9\xE1\xBA\xA1\xF0\x9F\x8C\x8D", 10}, true, 0, "two, three, four bytes"},
		{{"a\0b", 3}, false, 1, "NUL"},
		{{"ab\xFF", 3}, false, 2, "never a byte of UTF-8"},
		{{"a\xC3", 2}, false, 1, "cut off"},
		{{"a\x80", 2}, false, 1, "a continuation alone"},
		{{"\xC0\x80", 2}, false, 0, "overlong"},
		{{"\xED\xA0\x80", 3}, false, 0, "a surrogate"},
		{{"\xF4\x90\x80\x80", 4}, false, 0, "beyond U+10FFFF"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		size_t at = 0;
		if (unicode_valid(cases[i].text, &at) != cases[i].valid || at != cases[i].at)
			fail_msg("%s: %zu", cases[i].why, at);
	}
	bool valid = unicode_valid(cases[4].text, NULL);
	assert_false(valid);
}

static void width_is_in_columns_of_a_terminal(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int width;
		const char *why;
	} cases[] = {
		{"", 0, "nothing"},
		{"abc", 3, "ASCII"},
		{"\xC4\x90\xC3\xA0 N\xE1\xBA\xB5ng", 7, "composed: D a blank N a n g"},
		{"Da\xCC\x80", 2, "a combining mark takes no room"},
		{"\xE4\xB8\xAD\xE5\x9B\xBD", 4, "wide ones take two"},
		{"a\xFF"
		 "b",
		 3, "a bad byte takes one"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		if (unicode_width(span_of(cases[i].text)) != cases[i].width)
			fail_msg("%s", cases[i].why);
	}
}

static void the_head_fits_and_keeps_marks_with_their_letters(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int columns;
		const char *want, *why;
	} cases[] = {
		{"abc", 2, "ab", "ASCII"},
		{"abc", 9, "abc", "all of it"},
		{"abc", 0, "", "none of it"},
		{"\xE4\xB8\xAD\xE5\x9B\xBD", 3, "\xE4\xB8\xAD", "half of a wide one does not fit"},
		{"a\xCC\x80"
		 "b",
		 1, "a\xCC\x80", "the mark comes along"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct span got = unicode_head(span_of(cases[i].text), cases[i].columns);
		if (!span_is(got, cases[i].want))
			fail_msg("%s: '%.*s'", cases[i].why, SPAN_ARGS(got));
	}
}

static void names_that_people_take_for_one_fold_to_one(void **state)
{
	(void)state;
	static const struct {
		const char *text, *want, *why;
	} cases[] = {
		{"Ho\xC3\xA0 B\xC3\xACnh", "hoa binh", "the mark on the a"},
		{"H\xC3\xB2"
		 "a B\xC3\xACnh",
		 "hoa binh", "the mark on the o"},
		{"Thanh Ho\xC3\xA1", "thanh hoa", "lower case"},
		{"  THANH \t H\xC3\x93"
		 "A ",
		 "thanh hoa", "upper case, runs of blanks, ends"},
		{"\xC4\x90\xC3\xA0\xC2\xA0N\xE1\xBA\xB5ng", "da nang",
		 "D with stroke, no-break space"},
		{"\xC4\x91\xE1\xBA\xAFk l\xE1\xBA\xAFk", "dak lak",
		 "d with stroke, two marks at once"},
		{"\xC3\x90"
		 "ak",
		 "dak", "Eth typed for D with stroke"},
		{"a\xCC\x81", "a", "a decomposed mark"},
		{"Stra\xC3\x9F"
		 "e",
		 "strasse", "case folding"},
		{"", "", "nothing"},
		{"\xE2\x80\xAF \xE3\x80\x80", "", "blanks only"},
		{"001", "001", "digits stay"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct error err = {0};
		AUTO_FREE char *got = unicode_fold(span_of(cases[i].text), &err);
		if (got == NULL || strcmp(got, cases[i].want) != 0)
			fail_msg("%s: '%s' %s", cases[i].why, got ? got : "", err.text);
	}
}

static void normal_form_c_composes(void **state)
{
	(void)state;
	struct error err = {0};
	AUTO_FREE char *got = unicode_nfc(span_of("H\xC3\xB2"
						  "a a\xCC\x80 \xC4\x90"),
					  &err);
	assert_string_equal(got, "H\xC3\xB2"
				 "a \xC3\xA0 \xC4\x90");
}

/* A letter with an accent behind it makes utf8proc fold the whole. */
static void plain_texts_fold_as_all_others_do(void **state)
{
	(void)state;
	for (int c = 1; c < 128; c++) {
		struct error err = {0};
		const char plain[] = {'A', (char)c, ' ', 'e', '\0'};
		const char accented[] = {'A', (char)c, ' ', '\xC3', '\xA9', '\0'};
		AUTO_FREE char *a = unicode_fold(span_of(plain), &err);
		AUTO_FREE char *b = unicode_fold(span_of(accented), &err);
		assert_non_null(a);
		assert_non_null(b);
		assert_string_equal(a, b);
	}
}

static void what_is_not_utf8_is_not_folded(void **state)
{
	(void)state;
	struct error err = {0};
	assert_null(unicode_fold(span_of("a\xFF"), &err));
	assert_int_equal(err.code, ERROR_INPUT);
	assert_string_equal(err.text, "not UTF-8 text");
	assert_null(unicode_nfc(span_of("a\xFF"), NULL));
}

static void the_nearest_word_is_at_most_a_third_away(void **state)
{
	(void)state;
	static const char *const words[] = {"indicator", "indicators", "area", "status", "show"};
	static char endless[100];
	memset(endless, 'a', sizeof endless - 1);
	static const struct {
		const char *word, *want, *why;
	} cases[] = {
		{"indicatr", "indicator", "one letter is missing"},
		{"indicatorz", "indicator", "of two at the same distance the first"},
		{"statsu", "status", "two swapped letters are two changes; a third of 6 is 2"},
		{"shw", "show", "a third of 3 is 1"},
		{"sh", NULL, "a third of 2 is none"},
		{"feeds", NULL, "nothing is near"},
		{"", NULL, "nothing"},
		{endless, NULL, "longer than any word"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const char *got = unicode_nearest(span_of(cases[i].word), words, COUNT_OF(words));
		if (got != cases[i].want &&
		    (got == NULL || cases[i].want == NULL || strcmp(got, cases[i].want) != 0))
			fail_msg("%s: %s", cases[i].why, got ? got : "none");
	}
	const char *long_words[] = {endless, "area"};
	assert_string_equal(unicode_nearest(span_of("areas"), long_words, 2), "area");
}

static void what_is_shown_commands_no_terminal(void **state)
{
	(void)state;
	static const struct {
		const char *found, *shown, *why;
	} cases[] = {
		{"Thanh H\xC3\xB3"
		 "a",
		 "Thanh H\xC3\xB3"
		 "a",
		 "nothing to hide"},
		{"", "", "nothing at all"},
		{"\x1B[31mred\x07", "?[31mred?", "an escape sequence and the bell"},
		{"\xC2\x9B"
		 "1m",
		 "?1m", "the same as one character, U+009B"},
		{"a\rb\tc\n", "a?b?c?", "blanks that move"},
		{"\xE2\x80\xAE"
		 "abc\xE2\x81\xA9",
		 "?abc?", "U+202E and U+2069"},
		{"x\xC3", "x?", "half of a character"},
		{"\xE2\x80\x93", "\xE2\x80\x93", "U+2013 is a dash"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_TEXT struct text out = text_with_limit(64);
		unicode_show(&out, span_of(cases[i].found));
		if (!span_is(text_span(&out), cases[i].shown))
			fail_msg("%s: '%.*s'", cases[i].why, SPAN_ARGS(text_span(&out)));
		assert_int_equal(unicode_width(span_of(cases[i].found)),
				 unicode_width(text_span(&out)));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_shown_commands_no_terminal),
		cmocka_unit_test(bad_utf8_is_found_where_it_begins),
		cmocka_unit_test(width_is_in_columns_of_a_terminal),
		cmocka_unit_test(the_head_fits_and_keeps_marks_with_their_letters),
		cmocka_unit_test(names_that_people_take_for_one_fold_to_one),
		cmocka_unit_test(normal_form_c_composes),
		cmocka_unit_test(plain_texts_fold_as_all_others_do),
		cmocka_unit_test(what_is_not_utf8_is_not_folded),
		cmocka_unit_test(the_nearest_word_is_at_most_a_third_away),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
