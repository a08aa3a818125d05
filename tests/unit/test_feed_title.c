/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "feed/title.h"

static void a_line_is_kept_without_what_only_a_table_needs(void **state)
{
	(void)state;
	static const struct {
		const char *line, *want, *why;
	} cases[] = {
		{"Waste 2023\r\n", "Waste 2023", "the end of the line"},
		{"Waste 2023;; ;\n", "Waste 2023", "empty cells"},
		{"Waste, 2023,,,", "Waste, 2023", "a comma within stays"},
		{"\"Waste, 2023\",,", "Waste, 2023", "quotes around"},
		{"\"Waste\" 2023", "\"Waste\" 2023", "quotes within stay"},
		{";;;", "", "nothing but empty cells"},
		{"", "", "nothing"},
		{"\"", "\"", "a quote alone"},
	};
	AUTO(feed_titles_done) struct feed_titles titles = {0};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_true(feed_titles_add(&titles, span_of(cases[i].line), '"', NULL));
		if (!span_is(text_span(&titles.lines[i]), cases[i].want))
			fail_msg("'%s' became '%.*s': %s", cases[i].line,
				 SPAN_ARGS(text_span(&titles.lines[i])), cases[i].why);
	}
}

static void a_long_line_is_cut_at_a_character_and_the_lines_are_counted(void **state)
{
	(void)state;
	char line[FEED_TITLE_BYTES + 2];
	AUTO(feed_titles_done) struct feed_titles titles = {0};
	memset(line, 'a', sizeof line);
	/* two bytes, of which one would fit */
	line[FEED_TITLE_BYTES - 1] = '\xC3';
	line[FEED_TITLE_BYTES] = '\xA9';
	for (size_t i = 0; i < FEED_TITLES_MAX + 1; i++)
		assert_true(feed_titles_add(&titles, (struct span){line, sizeof line}, '"', NULL));
	assert_int_equal(titles.count, FEED_TITLES_MAX);
	assert_int_equal(titles.lines[0].len, FEED_TITLE_BYTES - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_kept_without_what_only_a_table_needs),
		cmocka_unit_test(a_long_line_is_cut_at_a_character_and_the_lines_are_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
