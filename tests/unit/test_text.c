/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

static void spans_compare_by_their_bytes(void **state)
{
	(void)state;
	assert_true(span_equal(span_of("abc"), (struct span){"abcd", 3}));
	assert_false(span_equal(span_of("abc"), span_of("abd")));
	assert_false(span_equal(span_of("abc"), span_of("ab")));
	assert_true(span_equal(span_of(NULL), span_of("")));
	assert_true(span_is((struct span){"abcd", 2}, "ab"));
	assert_false(span_is((struct span){"abcd", 2}, "abc"));
	assert_true(span_starts(span_of("abc"), "ab"));
	assert_true(span_starts(span_of("abc"), ""));
	assert_false(span_starts(span_of("a"), "ab"));
	assert_false(span_starts(span_of("ba"), "a"));
}

static void trimming_takes_blanks_of_every_kind_from_both_ends_only(void **state)
{
	(void)state;
	static const struct {
		const char *text, *want, *why;
	} cases[] = {
		{"  a b\t\r\n", "a b", "ASCII blanks"},
		{"\xC2\xA0"
		 "a\xE2\x80\xAF",
		 "a", "no-break spaces"},
		{" \xC2\xA0 ", "", "blanks only"},
		{"", "", "nothing"},
		{"\xC2\xA9", "\xC2\xA9", "another character with the same first byte"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		if (!span_is(span_trim(span_of(cases[i].text)), cases[i].want))
			fail_msg("%s", cases[i].why);
	}
}

static void a_copy_fits_with_its_nul_or_is_not_made(void **state)
{
	(void)state;
	char buffer[4] = "zzz";
	assert_true(span_copy(span_of("abc"), buffer, sizeof buffer));
	assert_string_equal(buffer, "abc");
	assert_false(span_copy(span_of("abcd"), buffer, sizeof buffer));
	assert_string_equal(buffer, "");
	assert_false(span_copy(span_of("a"), buffer, 0));
	assert_true(span_copy(span_of(NULL), buffer, sizeof buffer));
	AUTO_FREE char *copy = span_dup((struct span){"abcd", 2});
	assert_string_equal(copy, "ab");
}

static void cutting_gives_every_piece_and_then_no_rest(void **state)
{
	(void)state;
	struct span rest = span_of("a;;b");
	assert_true(span_is(span_cut(&rest, ';'), "a"));
	assert_true(span_is(span_cut(&rest, ';'), ""));
	assert_non_null(rest.start);
	assert_true(span_is(span_cut(&rest, ';'), "b"));
	assert_null(rest.start);
	assert_int_equal(span_cut(&rest, ';').len, 0);

	struct span trailing = span_of("a;");
	(void)span_cut(&trailing, ';');
	assert_non_null(trailing.start);
	assert_int_equal(trailing.len, 0);
}

static void what_is_behind_is_cut_off_from_nothing_too(void **state)
{
	(void)state;
	assert_true(span_is(span_behind(span_of("abc"), 0), "abc"));
	assert_true(span_is(span_behind(span_of("abc"), 2), "c"));
	assert_true(span_is(span_behind(span_of("abc"), 3), ""));
	assert_true(span_is(span_behind(span_of("abc"), 4), ""));
	assert_null(span_behind((struct span){NULL, 0}, 0).start);
	assert_null(span_behind((struct span){NULL, 0}, 1).start);
}

static void a_character_or_a_piece_is_found_where_it_stands_first(void **state)
{
	(void)state;
	const struct span text = span_of("a, b, c");
	assert_ptr_equal(span_find_char(text, ','), text.start + 1);
	assert_ptr_equal(span_find(text, ", c"), text.start + 4);
	assert_null(span_find_char((struct span){text.start, 1}, ','));
	assert_null(span_find((struct span){text.start, 6}, ", c"));
	assert_null(span_find_char((struct span){NULL, 0}, '\0'));
	assert_null(span_find((struct span){NULL, 0}, "a"));
}

static void a_text_grows_by_all_ways_of_adding(void **state)
{
	(void)state;
	AUTO_TEXT struct text text = text_with_limit(200000);
	text_add(&text, "abc", 2);
	text_add_string(&text, "-");
	text_add_string(&text, NULL);
	text_add_char(&text, 'c');
	text_addf(&text, "%d%s", 12, "x");
	assert_true(span_is(text_span(&text), "ab-c12x"));
	for (int i = 0; i < 1000; i++)
		text_addf(&text, "%0100d", i);
	struct error err = {0};
	assert_true(text_ok(&text, "it", &err));
	assert_int_equal(text.len, 7 + 1000 * 100);
	assert_true(span_starts((struct span){text.data + text.len - 3, 3}, "999"));
}

static void the_ceiling_counts_the_nul(void **state)
{
	(void)state;
	AUTO_TEXT struct text text = text_with_limit(4);
	text_add_string(&text, "abc");
	assert_false(text.failed);
	text_add_string(&text, "");
	assert_false(text.failed);
	text_add_char(&text, 'd');
	assert_true(text.failed);
	assert_true(text.too_long);
	assert_true(span_is(text_span(&text), "abc"));
}

static void after_the_first_failure_nothing_is_added(void **state)
{
	(void)state;
	AUTO_TEXT struct text text = text_with_limit(8);
	text_add_string(&text, "abcd");
	text_addf(&text, "%s", "efghij");
	assert_true(text.too_long);
	text_add_char(&text, 'e');
	text_addf(&text, "f");
	assert_true(span_is(text_span(&text), "abcd"));
	text_clear(&text);
	text_add_char(&text, 'e');
	assert_int_equal(text.len, 0);

	struct error err = {0};
	assert_false(text_ok(&text, "the answer", &err));
	assert_int_equal(err.code, ERROR_LIMIT);
	assert_string_equal(err.text, "the answer is longer than 8 bytes");
	assert_null(text_take(&text));
}

static void a_failure_that_is_not_the_ceiling_is_memory(void **state)
{
	(void)state;
	const struct text text = {.failed = true};
	struct error err = {0};
	assert_false(text_ok(&text, "it", &err));
	assert_int_equal(err.code, ERROR_MEMORY);
}

static void taking_gives_the_string_and_leaves_an_empty_text(void **state)
{
	(void)state;
	AUTO_TEXT struct text text = text_with_limit(100);
	AUTO_FREE char *empty = text_take(&text);
	assert_string_equal(empty, "");
	text_add_string(&text, "abc");
	AUTO_FREE char *taken = text_take(&text);
	assert_string_equal(taken, "abc");
	assert_int_equal(text.len, 0);
	assert_null(text.data);
	text_clear(&text);
	text_add_string(&text, "d");
	assert_true(span_is(text_span(&text), "d"));
}

static void an_array_doubles_up_to_its_ceiling(void **state)
{
	(void)state;
	AUTO_FREE int *items = NULL;
	size_t room = 0;
	struct error err = {0};
	for (size_t count = 0; count < 40; count++) {
		assert_true(array_grow(&items, &room, count, sizeof *items, 40, "things", &err));
		items[count] = (int)count;
	}
	assert_int_equal(room, 40);
	for (int i = 0; i < 40; i++)
		assert_int_equal(items[i], i);
	assert_false(array_grow(&items, &room, 40, sizeof *items, 40, "things", &err));
	assert_int_equal(err.code, ERROR_LIMIT);
	assert_string_equal(err.text, "more than 40 things");
	assert_int_equal(room, 40);
}

static void an_array_too_large_to_count_is_no_memory(void **state)
{
	(void)state;
	AUTO_FREE char *items = NULL;
	size_t room = 0;
	struct error err = {0};
	assert_false(array_grow(&items, &room, 0, SIZE_MAX / 4, 1000, "things", &err));
	assert_int_equal(err.code, ERROR_MEMORY);
	assert_null(items);
	assert_int_equal(room, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spans_compare_by_their_bytes),
		cmocka_unit_test(trimming_takes_blanks_of_every_kind_from_both_ends_only),
		cmocka_unit_test(a_copy_fits_with_its_nul_or_is_not_made),
		cmocka_unit_test(cutting_gives_every_piece_and_then_no_rest),
		cmocka_unit_test(what_is_behind_is_cut_off_from_nothing_too),
		cmocka_unit_test(a_character_or_a_piece_is_found_where_it_stands_first),
		cmocka_unit_test(a_text_grows_by_all_ways_of_adding),
		cmocka_unit_test(the_ceiling_counts_the_nul),
		cmocka_unit_test(after_the_first_failure_nothing_is_added),
		cmocka_unit_test(a_failure_that_is_not_the_ceiling_is_memory),
		cmocka_unit_test(taking_gives_the_string_and_leaves_an_empty_text),
		cmocka_unit_test(an_array_doubles_up_to_its_ceiling),
		cmocka_unit_test(an_array_too_large_to_count_is_no_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
