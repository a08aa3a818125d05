/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <errno.h>
#include <string.h>

static void the_first_failure_wins(void **state)
{
	(void)state;
	struct error err = {0};
	assert_false(error_set(&err, ERROR_INPUT, "'%s' is not a number", "x"));
	assert_false(error_set(&err, ERROR_LIMIT, "later"));
	assert_false(error_memory(&err));
	errno = ENOENT;
	assert_false(error_errno(&err, "later still"));
	assert_int_equal(err.code, ERROR_INPUT);
	assert_string_equal(err.text, "'x' is not a number");
}

static void without_an_object_a_failure_is_still_false(void **state)
{
	(void)state;
	assert_false(error_set(NULL, ERROR_INPUT, "x"));
	assert_false(error_memory(NULL));
	assert_false(error_errno(NULL, "x"));
	assert_false(error_at(NULL, 1, 2));
	assert_false(error_within(NULL, "x"));
}

static void contexts_go_in_front_outermost_first(void **state)
{
	(void)state;
	struct error err = {0};
	(void)error_set(&err, ERROR_INPUT, "part 7 is not within 1..4");
	assert_false(error_within(&err, "period '%s'", "2021-Q7"));
	assert_false(error_within(&err, "feed '%s'", "ghg"));
	assert_string_equal(err.text, "feed 'ghg': period '2021-Q7': part 7 is not within 1..4");
}

static void a_context_without_a_failure_adds_nothing(void **state)
{
	(void)state;
	struct error err = {0};
	assert_false(error_within(&err, "feed 'x'"));
	assert_false(error_at(&err, 3, 4));
	assert_string_equal(err.text, "");
	assert_int_equal(err.line, 0);
}

static void the_innermost_place_is_kept(void **state)
{
	(void)state;
	struct error err = {0};
	(void)error_set(&err, ERROR_INPUT, "x");
	(void)error_at(&err, 214, 3);
	(void)error_at(&err, 1, 1);
	assert_int_equal(err.line, 214);
	assert_int_equal(err.column, 3);
}

static void a_context_that_does_not_fit_is_cut_and_the_cause_is_not(void **state)
{
	(void)state;
	struct error err = {0};
	char cause[401], context[201];
	memset(cause, 'c', 400);
	cause[400] = '\0';
	memset(context, 'x', 200);
	context[200] = '\0';
	(void)error_set(&err, ERROR_INPUT, "%s", cause);
	(void)error_within(&err, "%s", context);
	/* 511 bytes of text = 400 of cause + 2 of ": " + 109 of context */
	assert_int_equal(strlen(err.text), 511);
	assert_memory_equal(err.text + 109, ": c", 3);
	assert_string_equal(err.text + 111, cause);

	/* No room for one byte of context: nothing changes. */
	(void)error_within(&err, "more");
	assert_int_equal(strlen(err.text), 511);
}

static void a_context_for_which_there_is_no_room_is_left_out(void **state)
{
	(void)state;
	struct error err = {0};
	char cause[510];
	memset(cause, 'c', 509);
	cause[509] = '\0';
	(void)error_set(&err, ERROR_INPUT, "%s", cause);
	(void)error_within(&err, "x");
	assert_string_equal(err.text, cause);
}

static void text_is_never_cut_in_the_middle_of_a_character(void **state)
{
	(void)state;
	struct error err = {0};
	char long_text[601];
	/* "x" and then two-byte characters: byte 511 is the second half of one. */
	long_text[0] = 'x';
	for (size_t i = 1; i + 1 < sizeof long_text; i += 2)
		memcpy(long_text + i, "\xC3\xA9", 2);
	long_text[599] = '\0';
	(void)error_set(&err, ERROR_INPUT, "x%s", long_text);
	assert_int_equal(strlen(err.text), 510);
	assert_int_equal((unsigned char)err.text[509], 0xA9);
}

static void a_cut_context_ends_with_a_whole_character(void **state)
{
	(void)state;
	struct error err = {0};
	char cause[400], context[201];
	memset(cause, 'c', 399);
	cause[399] = '\0';
	for (size_t i = 0; i < 200; i += 2)
		memcpy(context + i, "\xC3\xA9", 2);
	context[200] = '\0';
	(void)error_set(&err, ERROR_INPUT, "%s", cause);
	(void)error_within(&err, "x%s", context);
	/* 511 - 399 - 2 = 110 bytes: x and 54 characters are 109, the 55th does not fit whole */
	assert_int_equal(strlen(err.text), 109 + 2 + 399);
	assert_int_equal((unsigned char)err.text[108], 0xA9);
}

static void a_text_is_utf8_whatever_was_found(void **state)
{
	(void)state;
	static const struct {
		const char *found, *text, *why;
	} cases[] = {
		{"a\xD9z\x9D", "near 'a?z?'", "bytes that are no character"},
		{"\xC3\xA9\xC3", "near '\xC3\xA9?'", "a character and half of one"},
		{"\xED\xA0\x80", "near '?\?\?'", "half of a surrogate pair"},
		{"\x1B[31m\r\x7F", "near '?[31m?\?'", "what commands a terminal"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct error err = {0};
		(void)error_set(&err, ERROR_INPUT, "near '%s'", cases[i].found);
		assert_string_equal(err.text, cases[i].text);
	}
	struct error err = {0};
	(void)error_set(&err, ERROR_INPUT, "x");
	(void)error_within(&err, "file '%s'", "b\xFF");
	assert_string_equal(err.text, "file 'b?': x");
}

static void the_kernels_reason_follows_what_was_tried(void **state)
{
	(void)state;
	static const struct {
		int number;
		enum error_code code;
		const char *text, *why;
	} cases[] = {
		{ENOENT, ERROR_SYSTEM, "cannot open 'x': No such file or directory", "plain"},
		{EACCES, ERROR_PERMISSION, "cannot open 'x': Permission denied", "not you"},
		{EPERM, ERROR_PERMISSION, "cannot open 'x': Operation not permitted", "not you"},
		{99999, ERROR_SYSTEM, "cannot open 'x': unknown error", "no such number"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct error err = {0};
		errno = cases[i].number;
		assert_false(error_errno(&err, "cannot open '%s'", "x"));
		if (err.code != cases[i].code || strcmp(err.text, cases[i].text) != 0)
			fail_msg("%s: %s", cases[i].why, err.text);
	}
}

static void every_code_has_the_exit_status_of_the_manual(void **state)
{
	(void)state;
	static const struct {
		enum error_code code;
		int status;
	} cases[] = {
		{ERROR_NONE, 0},   {ERROR_INPUT, 2},  {ERROR_REFUSED, 1},    {ERROR_NOT_FOUND, 2},
		{ERROR_LIMIT, 3},  {ERROR_BUSY, 3},   {ERROR_PERMISSION, 3}, {ERROR_VERSION, 3},
		{ERROR_SYSTEM, 3}, {ERROR_MEMORY, 3},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(error_exit_status(cases[i].code), cases[i].status);
	assert_int_equal(error_exit_status((enum error_code)1000), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_failure_wins),
		cmocka_unit_test(without_an_object_a_failure_is_still_false),
		cmocka_unit_test(contexts_go_in_front_outermost_first),
		cmocka_unit_test(a_context_without_a_failure_adds_nothing),
		cmocka_unit_test(the_innermost_place_is_kept),
		cmocka_unit_test(a_context_that_does_not_fit_is_cut_and_the_cause_is_not),
		cmocka_unit_test(a_context_for_which_there_is_no_room_is_left_out),
		cmocka_unit_test(text_is_never_cut_in_the_middle_of_a_character),
		cmocka_unit_test(a_cut_context_ends_with_a_whole_character),
		cmocka_unit_test(a_text_is_utf8_whatever_was_found),
		cmocka_unit_test(the_kernels_reason_follows_what_was_tried),
		cmocka_unit_test(every_code_has_the_exit_status_of_the_manual),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
