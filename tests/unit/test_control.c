/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "control/message.h"

static const char first_line[] = "envgap 1\n";

/* Encode and decode again. */
static void send_over(const struct control_message *message, struct control_message *ret)
{
	AUTO_TEXT struct text wire = text_with_limit(CONTROL_MESSAGE_BYTES);
	size_t len = 0;
	assert_true(control_encode(message, &wire, NULL));
	assert_true(control_is_whole(text_span(&wire), &len));
	assert_int_equal(len, wire.len);
	assert_true(control_decode(text_span(&wire), ret, NULL));
}

static void a_message_is_lines_of_name_and_value(void **state)
{
	AUTO_MESSAGE struct control_message message = {0};
	AUTO_TEXT struct text wire = text_with_limit(1000);
	(void)state;
	control_set(&message, "verb", "record");
	control_set(&message, "raw", "two\nlines \\ and\rmore");
	control_set(&message, "empty", "");
	control_set(&message, "none", NULL);
	control_set_integer(&message, "exit", -3);
	assert_true(control_encode(&message, &wire, NULL));
	assert_string_equal(wire.data, "envgap 1\n"
				       "verb record\n"
				       "raw two\\nlines \\\\ and\\rmore\n"
				       "empty \n"
				       "exit -3\n"
				       ".\n");
}

static void whatever_goes_in_comes_out(void **state)
{
	static const char *const values[] = {
		"", " ", ".", "\n.\n", "\\", "\\\\n", "n\\", "Đồng Nai\t91,7 %", "\r\n",
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(values); i++) {
		AUTO_MESSAGE struct control_message message = {0};
		AUTO_MESSAGE struct control_message got = {0};
		control_set(&message, "raw", values[i]);
		send_over(&message, &got);
		assert_int_equal(got.count, 1);
		assert_string_equal(control_get(&got, "raw"), values[i]);
	}
}

static void a_message_without_fields_is_a_message(void **state)
{
	AUTO_MESSAGE struct control_message message = {0};
	AUTO_MESSAGE struct control_message got = {0};
	(void)state;
	send_over(&message, &got);
	assert_int_equal(got.count, 0);
	assert_null(control_get(&got, "verb"));
}

static void the_first_field_of_a_name_counts(void **state)
{
	AUTO_MESSAGE struct control_message message = {0};
	(void)state;
	control_set(&message, "feed", "one");
	control_set(&message, "feed", "two");
	assert_string_equal(control_get(&message, "feed"), "one");
}

static void what_is_no_integer_gives_the_fallback(void **state)
{
	static const struct {
		const char *value;
		long want;
		const char *why;
	} cases[] = {
		{"0", 0, "zero"},
		{"-1", -1, "negative"},
		{"2147483647", 2147483647, "the largest"},
		{"2147483648", 7, "one more"},
		{"-2147483648", -2147483648L, "the least"},
		{"1.5", 7, "no integer"},
		{"", 7, "empty"},
		{" 1", 7, "a blank"},
		{"0x1", 7, "not decimal"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_MESSAGE struct control_message message = {0};
		control_set(&message, "exit", cases[i].value);
		long got = control_get_integer(&message, "exit", 7);
		if (got != cases[i].want)
			print_error("%s\n", cases[i].why);
		assert_int_equal(got, cases[i].want);
		assert_int_equal(control_get_integer(&message, "other", 7), 7);
	}
}

static void a_name_that_is_no_word_fails_when_it_is_sent(void **state)
{
	static const char *const names[] = {"", "Verb", "a b", "a\nb", "a1", "."};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		AUTO_MESSAGE struct control_message message = {0};
		AUTO_TEXT struct text wire = text_with_limit(1000);
		struct error err = {0};
		control_set(&message, names[i], "x");
		assert_int_equal(message.count, 0);
		assert_false(control_encode(&message, &wire, &err));
		assert_int_equal(err.code, ERROR_INPUT);
	}
}

static void more_fields_than_a_message_holds_fail_when_it_is_sent(void **state)
{
	AUTO_MESSAGE struct control_message message = {0};
	AUTO_TEXT struct text wire = text_with_limit(10000);
	struct error err = {0};
	(void)state;
	for (int i = 0; i < CONTROL_FIELDS_MAX; i++)
		control_set_integer(&message, "field", i);
	assert_true(control_encode(&message, &wire, NULL));
	control_set(&message, "one_more", "");
	assert_false(control_encode(&message, &wire, &err));
	assert_non_null(strstr(err.text, "more than 64 fields"));
}

static void a_message_over_the_ceiling_is_not_sent(void **state)
{
	AUTO_MESSAGE struct control_message message = {0};
	AUTO_TEXT struct text wire = text_with_limit(64);
	struct error err = {0};
	char value[100];
	(void)state;
	memset(value, 'x', sizeof value - 1);
	value[sizeof value - 1] = '\0';
	control_set(&message, "raw", value);
	assert_false(control_encode(&message, &wire, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
}

/* Byte by byte, as a socket may bring it. */
static void a_message_is_whole_with_its_last_byte_only(void **state)
{
	static const char wire[] = "envgap 1\nverb poll\nfeed a\n.\nrest";
	const size_t whole = sizeof "envgap 1\nverb poll\nfeed a\n.\n" - 1;
	(void)state;
	for (size_t i = 0; i < sizeof wire; i++) {
		size_t len = 0;
		bool is_whole = control_is_whole((struct span){wire, i}, &len);
		assert_int_equal(is_whole, i >= whole);
		assert_int_equal(len, is_whole ? whole : 0);
	}
	size_t len = 0;
	assert_false(control_is_whole((struct span){0}, &len));
}

static void what_is_no_message_is_refused(void **state)
{
	static const struct {
		const char *wire;
		enum error_code code;
		const char *words, *why;
	} cases[] = {
		{"envgap 2\n.\n", ERROR_VERSION, "version 1", "another version"},
		{"", ERROR_VERSION, "restart envgapd", "nothing"},
		{"GET / HTTP/1.1\n.\n", ERROR_VERSION, "version 1", "another protocol"},
		{"envgap 1\nverb\n.\n", ERROR_INPUT, "'name value'", "no value"},
		{"envgap 1\nVERB x\n.\n", ERROR_INPUT, "'name value'", "no name"},
		{"envgap 1\n x\n.\n", ERROR_INPUT, "'name value'", "an empty name"},
		{"envgap 1\n\n.\n", ERROR_INPUT, "'name value'", "an empty line"},
		{"envgap 1\nverb x\n", ERROR_INPUT, "'name value'", "no end"},
		{"envgap 1", ERROR_VERSION, "version 1", "half a first line"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct control_message got = {0};
		struct error err = {0};
		bool done = control_decode(span_of(cases[i].wire), &got, &err);
		if (done || strstr(err.text, cases[i].words) == NULL)
			print_error("%s: %s\n", cases[i].why, err.text);
		assert_false(done);
		assert_int_equal(err.code, cases[i].code);
		assert_non_null(strstr(err.text, cases[i].words));
		assert_int_equal(got.count, 0);
	}
}

static void a_message_cut_before_its_end_is_refused(void **state)
{
	struct control_message got = {0};
	struct error err = {0};
	(void)state;
	assert_false(control_decode(span_of("envgap 1\nverb x"), &got, &err));
	assert_string_equal(err.text, "the message has no end");
}

static void a_zero_byte_is_refused(void **state)
{
	static const char wire[] = "envgap 1\nraw a\0b\n.\n";
	struct control_message got = {0};
	(void)state;
	assert_false(control_decode((struct span){wire, sizeof wire - 1}, &got, NULL));
}

static void more_fields_than_a_message_holds_are_refused(void **state)
{
	AUTO_TEXT struct text wire = text_with_limit(10000);
	struct control_message got = {0};
	struct error err = {0};
	(void)state;
	text_add_string(&wire, first_line);
	for (int i = 0; i <= CONTROL_FIELDS_MAX; i++)
		text_add_string(&wire, "a b\n");
	text_add_string(&wire, ".\n");
	assert_false(control_decode(text_span(&wire), &got, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
	assert_int_equal(got.count, 0);
}

/* Each of these stands for itself: an unknown escape is the character behind the backslash. */
static void an_escape_that_nobody_writes_is_its_character(void **state)
{
	AUTO_MESSAGE struct control_message got = {0};
	(void)state;
	assert_true(control_decode(span_of("envgap 1\nraw \\q\\\\\\n\\\n.\n"), &got, NULL));
	assert_string_equal(control_get(&got, "raw"), "q\\\n\\");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_is_lines_of_name_and_value),
		cmocka_unit_test(whatever_goes_in_comes_out),
		cmocka_unit_test(a_message_without_fields_is_a_message),
		cmocka_unit_test(the_first_field_of_a_name_counts),
		cmocka_unit_test(what_is_no_integer_gives_the_fallback),
		cmocka_unit_test(a_name_that_is_no_word_fails_when_it_is_sent),
		cmocka_unit_test(more_fields_than_a_message_holds_fail_when_it_is_sent),
		cmocka_unit_test(a_message_over_the_ceiling_is_not_sent),
		cmocka_unit_test(a_message_is_whole_with_its_last_byte_only),
		cmocka_unit_test(what_is_no_message_is_refused),
		cmocka_unit_test(a_message_cut_before_its_end_is_refused),
		cmocka_unit_test(a_zero_byte_is_refused),
		cmocka_unit_test(more_fields_than_a_message_holds_are_refused),
		cmocka_unit_test(an_escape_that_nobody_writes_is_its_character),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
