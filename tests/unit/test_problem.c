/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <string.h>

#include "base/problem.h"

static void problems_print_by_file_in_order_of_mention_then_by_line(void **state)
{
	(void)state;
	AUTO_PROBLEMS struct problems problems = {0};
	problem_add(&problems, PROBLEM_ERROR, "b.csv", 7, "id '%s' is there twice", "x");
	problem_add(&problems, PROBLEM_ERROR, "a.csv", 3, "third");
	problem_add(&problems, PROBLEM_WARNING, "b.csv", 2, "second");
	problem_add(&problems, PROBLEM_ERROR, "b.csv", 0, "about all of it");
	problem_add(&problems, PROBLEM_ERROR, "b.csv", 7, "same line, later");
	problem_add(&problems, PROBLEM_ERROR, NULL, 0, "about no file");
	problem_add(&problems, PROBLEM_ERROR, NULL, 4, "a line of no file");
	AUTO_TEXT struct text out = text_with_limit(1000);
	problems_print(&problems, &out);
	assert_string_equal(out.data, "b.csv: about all of it\n"
				      "b.csv:2: warning: second\n"
				      "b.csv:7: id 'x' is there twice\n"
				      "b.csv:7: same line, later\n"
				      "a.csv:3: third\n"
				      "about no file\n"
				      "line 4: a line of no file\n");
	assert_int_equal(problems.errors, 6);
	assert_int_equal(problems.warnings, 1);
}

static void a_note_is_said_to_whoever_checks_and_to_nobody_else(void **state)
{
	(void)state;
	AUTO_PROBLEMS struct problems problems = {0};
	struct error err = {0};
	problem_add(&problems, PROBLEM_NOTE, "a.csv", 3, "nobody knows the day");
	problem_add(&problems, PROBLEM_WARNING, "a.csv", 2, "odd");
	AUTO_TEXT struct text out = text_with_limit(1000);
	problems_print(&problems, &out);
	assert_string_equal(out.data, "a.csv:2: warning: odd\n");
	text_clear(&out);
	problems_print_all(&problems, &out);
	assert_string_equal(out.data, "a.csv:2: warning: odd\n"
				      "a.csv:3: note: nobody knows the day\n");
	assert_int_equal(problems.warnings, 1);
	assert_int_equal(problems.notes, 1);
	assert_true(problems_ok(&problems, &err));
}

static void without_errors_all_is_well(void **state)
{
	(void)state;
	AUTO_PROBLEMS struct problems problems = {0};
	struct error err = {0};
	assert_true(problems_ok(&problems, &err));
	problem_add(&problems, PROBLEM_WARNING, "a.csv", 1, "odd");
	assert_true(problems_ok(&problems, &err));
	assert_int_equal(err.code, ERROR_NONE);
}

static void one_error_is_told_as_it_is_and_several_with_their_count(void **state)
{
	(void)state;
	AUTO_PROBLEMS struct problems problems = {0};
	problem_add(&problems, PROBLEM_WARNING, "a.csv", 1, "odd");
	problem_add(&problems, PROBLEM_ERROR, "a.csv", 2, "wrong");
	struct error one = {0};
	assert_false(problems_ok(&problems, &one));
	assert_int_equal(one.code, ERROR_INPUT);
	assert_string_equal(one.text, "a.csv:2: wrong");
	problem_add(&problems, PROBLEM_ERROR, "a.csv", 3, "worse");
	struct error two = {0};
	assert_false(problems_ok(&problems, &two));
	assert_string_equal(two.text, "2 errors, the first: a.csv:2: wrong");
}

static void a_text_too_long_for_an_error_is_still_an_error(void **state)
{
	(void)state;
	AUTO_PROBLEMS struct problems problems = {0};
	char endless[ERROR_TEXT_BYTES + 1];
	memset(endless, 'x', ERROR_TEXT_BYTES);
	endless[ERROR_TEXT_BYTES] = '\0';
	problem_add(&problems, PROBLEM_ERROR, "a.csv", 2, "%s", endless);
	struct error err = {0};
	assert_false(problems_ok(&problems, &err));
	assert_int_equal(strlen(err.text), ERROR_TEXT_BYTES - 1);
}

static void a_full_list_only_counts(void **state)
{
	(void)state;
	AUTO_PROBLEMS struct problems problems = {0};
	for (int i = 0; i < PROBLEMS_MAX; i++)
		problem_add(&problems, PROBLEM_WARNING, "a.csv", i + 1, "w");
	for (int i = 0; i < 5; i++)
		problem_add(&problems, PROBLEM_ERROR, "a.csv", i + 1, "e");
	assert_int_equal(problems.count, PROBLEMS_MAX);
	assert_int_equal(problems.errors, 5);
	struct error err = {0};
	assert_false(problems_ok(&problems, &err));
	assert_string_equal(err.text, "5 errors");
	AUTO_TEXT struct text out = text_with_limit(1 << 20);
	problems_print(&problems, &out);
	static const char end[] = "a.csv:1000: warning: w\nand 5 more\n";
	assert_string_equal(out.data + out.len - strlen(end), end);
}

static void lost_problems_are_no_success(void **state)
{
	(void)state;
	const struct problems warned = {.warnings = 1, .no_memory = true};
	const struct problems failed = {.errors = 1, .no_memory = true};
	struct error first = {0}, second = {0};
	assert_false(problems_ok(&warned, &first));
	assert_int_equal(first.code, ERROR_MEMORY);
	assert_false(problems_ok(&failed, &second));
	assert_int_equal(second.code, ERROR_MEMORY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(problems_print_by_file_in_order_of_mention_then_by_line),
		cmocka_unit_test(a_note_is_said_to_whoever_checks_and_to_nobody_else),
		cmocka_unit_test(without_errors_all_is_well),
		cmocka_unit_test(one_error_is_told_as_it_is_and_several_with_their_count),
		cmocka_unit_test(a_text_too_long_for_an_error_is_still_an_error),
		cmocka_unit_test(a_full_list_only_counts),
		cmocka_unit_test(lost_problems_are_no_success),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
