/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/collate.h"

static void assert_in_order(const char *before, const char *after)
{
	struct error err = {0};
	AUTO_FREE char *first = collate_key(span_of(before), &err);
	AUTO_FREE char *second = collate_key(span_of(after), &err);
	assert_non_null(first);
	assert_non_null(second);
	if (strcmp(first, second) >= 0)
		fail_msg("'%s' is not before '%s'", before, after);
}

/* The alphabet and the order of tones are those that Vietnamese schools and dictionaries use. */
static void names_are_in_the_order_of_a_dictionary(void **state)
{
	static const struct {
		const char *before, *after, *why;
	} cases[] = {
		{"ca", "că", "a before ă"},
		{"că", "câ", "ă before â"},
		{"cân", "da", "all of c before d"},
		{"Dung", "Đàn", "all of d before đ"},
		{"Đồng Nai", "Gia Lai", "đ before e and g"},
		{"en", "ên", "e before ê"},
		{"on", "ôn", "o before ô"},
		{"ôn", "ơn", "ô before ơ"},
		{"un", "ưn", "u before ư"},
		{"ma", "mà", "no tone first"},
		{"mà", "mả", "huyền before hỏi"},
		{"mả", "mã", "hỏi before ngã"},
		{"mã", "má", "ngã before sắc"},
		{"má", "mạ", "sắc before nặng"},
		{"mạ", "man", "the letters of all decide before a tone"},
		{"Hà Giang", "Ha Nam", "letters before tones, over words"},
		{"An Giang", "Bà Rịa - Vũng Tàu", "a before b"},
		{"Bắc Kạn", "Bắc Ninh", "k before n"},
		{"Bạc Liêu", "Bắc Giang", "a before ă, whatever the tones"},
		{"Bình Dương", "Bình Định", "d before đ"},
		{"Tây Ninh", "Tuyên Quang", "â before u"},
		{"Thanh Hóa", "thanh hoá x", "capitals are small letters"},
		{"Vùng 2", "Vùng A", "digits before letters"},
		{"A B", "AA", "a blank before a letter"},
		{"Zimbabwe", "Ελλάδα", "other scripts last"},
		{"ma", "m\xC3\xA4", "a foreign mark after none"},
		{"m\xE1\xBA\xA1", "m\xC3\xA4", "and after all tones"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_in_order(cases[i].before, cases[i].after);
}

static void a_name_has_one_place_in_every_normal_form(void **state)
{
	static const char *const forms[][2] = {
		{"\xE1\xBB\x87", "e\xCC\xA3\xCC\x82"},			   /* ệ */
		{"\xE1\xBB\x9D", "o\xCC\x9B\xCC\x80"},			   /* ờ */
		{"\xC4\x90\xE1\xBB\x93ng", "\xC4\x91o\xCC\x82\xCC\x80ng"}, /* Đồng, đồng */
		{"HUẾ", "huế"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		struct error err = {0};
		AUTO_FREE char *first = collate_key(span_of(forms[i][0]), &err);
		AUTO_FREE char *second = collate_key(span_of(forms[i][1]), &err);
		assert_string_equal(first, second);
	}
}

static void what_is_no_text_is_refused(void **state)
{
	struct error err = {0};
	(void)state;
	assert_null(collate_key(span_of("\xFF"), &err));
	assert_int_equal(err.code, ERROR_INPUT);
	AUTO_FREE char *empty = collate_key((struct span){NULL, 0}, &err);
	assert_string_equal(empty, "\x01");
	AUTO_FREE char *lone = collate_key(span_of("\xCC\x80"), &err); /* a mark on nothing */
	assert_string_equal(lone, "\x01");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_in_the_order_of_a_dictionary),
		cmocka_unit_test(a_name_has_one_place_in_every_normal_form),
		cmocka_unit_test(what_is_no_text_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
