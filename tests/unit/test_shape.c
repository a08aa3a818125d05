/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>

#include "intake/shape.h"

static struct config_feed feed_with(long rows, bool columns, bool units)
{
	return (struct config_feed){.hold = {rows, columns, units}};
}

/* What is said of two looks; "" when they are alike. */
static const char *compare(const struct config_feed *feed, const struct feed_look *before,
			   const struct feed_look *now, char why[FEED_HELD_WHY_BYTES])
{
	const struct shape_question question = {feed, before, now, true};
	bool differs = shape_differs(&question, why);
	assert_int_equal(differs, why[0] != '\0');
	return why;
}

static void rows_may_fall_by_the_configured_share(void **state)
{
	static const struct {
		long share;
		int64_t before, now;
		bool is_held;
		const char *why;
	} cases[] = {
		{50, 10, 5, false, "exactly half"},
		{50, 10, 4, true, "one less than half"},
		{50, 1, 0, true, "nothing is less than half of one"},
		{50, 0, 0, false, "nothing and nothing"},
		{50, 10, 100, false, "more is never held"},
		{0, 10, 9, true, "not one may go"},
		{0, 10, 10, false, "none went"},
		{100, 10, 0, false, "any number may go"},
		{33, 100, 67, false, "100 - 33 = 67"},
		{33, 100, 66, true, "below 67"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct config_feed feed = feed_with(cases[i].share, true, true);
		const struct feed_look before = {.rows = cases[i].before};
		const struct feed_look now = {.rows = cases[i].now};
		char why[FEED_HELD_WHY_BYTES];
		if ((compare(&feed, &before, &now, why)[0] != '\0') != cases[i].is_held)
			fail_msg("%s: '%s'", cases[i].why, why);
	}
}

static void a_column_that_is_gone_is_named_and_a_new_one_is_not(void **state)
{
	static const struct {
		const char *before, *now, *said, *why;
	} cases[] = {
		{"a\nb\n", "b\na\n", "", "another order"},
		{"a\nb\n", "a\nb\nc\n", "", "one more"},
		{"a\nb\n", "b\n", "gone from the header: 'a'", "one less"},
		{"a\nb\nc\n", "b\n", "gone from the header: 'a', 'c'", "two less"},
		{"ab\n", "a\n", "gone from the header: 'ab'", "a name that begins like another"},
		{"a\n", "", "", "a header too long to be kept says nothing"},
		{"", "a\n", "", "nothing was known"},
		{"a\nb\nc\nd\ne\nf\ng\nz\n", "z\n",
		 "gone from the header: 'a', 'b', 'c', 'd', 'e' ...",
		 "no more than five are named"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct config_feed feed = feed_with(50, true, true);
		struct feed_look before = {0}, now = {0};
		char why[FEED_HELD_WHY_BYTES];
		(void)snprintf(before.columns, sizeof before.columns, "%s", cases[i].before);
		(void)snprintf(now.columns, sizeof now.columns, "%s", cases[i].now);
		if (strcmp(compare(&feed, &before, &now, why), cases[i].said) != 0)
			fail_msg("%s: '%s'", cases[i].why, why);
		feed.hold.columns = false;
		assert_string_equal(compare(&feed, &before, &now, why), "");
	}
}

static void in_a_wide_table_years_come_and_go(void **state)
{
	char pattern[] = "YYYY", *patterns[] = {pattern};
	struct config_feed feed = feed_with(50, true, true);
	struct feed_look before = {.columns = "area\n2015\n2016\n"};
	struct feed_look now = {.columns = "area\n2016\n2017\n"};
	char why[FEED_HELD_WHY_BYTES];
	(void)state;
	assert_string_equal(compare(&feed, &before, &now, why), "gone from the header: '2015'");
	feed.mapping.csv.wide = (struct key_texts){patterns, 1};
	assert_string_equal(compare(&feed, &before, &now, why), "");
	(void)snprintf(now.columns, sizeof now.columns, "place\n2016\n2017\n");
	assert_string_equal(compare(&feed, &before, &now, why), "gone from the header: 'area'");
}

static void a_member_that_no_record_has_any_more_is_named(void **state)
{
	char name[] = "sex", field[] = "/sex";
	struct key_pair pair = {name, field};
	struct config_feed feed = feed_with(50, true, true);
	struct feed_look before = {.present = 1 << FEED_SLOT_STATUS | 1 << FEED_SLOT_VALUE |
					      1 << FEED_SLOTS};
	struct feed_look now = {.present = 1 << FEED_SLOT_VALUE | 1 << FEED_SLOT_UNIT};
	char why[FEED_HELD_WHY_BYTES];
	(void)state;
	feed.mapping.dims = (struct key_map){&pair, 1};
	assert_string_equal(compare(&feed, &before, &now, why),
			    "no record has any more: 'fields.status', 'sex'");
	const struct shape_question other = {&feed, &before, &now, false};
	assert_false(shape_differs(&other, why)); /* mapped in another way */
}

static void note(struct shape *shape, const char *series, const char *unit)
{
	const struct feed_record record = {.series = span_of(series), .unit = span_of(unit)};
	shape_note_record(shape, &record);
}

static void each_series_keeps_its_unit(void **state)
{
	static const struct {
		const char *series, *unit, *said, *why;
	} cases[] = {
		{"A", "%", "", "the same"},
		{"B", "ha", "", "the same of the second series"},
		{"A", "ha", "the unit of 'A' was '%' and is 'ha'", "one that another series has"},
		{"B", "m2", "the unit of 'B' was 'ha' and is 'm2'", "a new one"},
		{"C", "m2", "", "a new series"},
		{"A", "", "", "no unit is not another unit"},
	};
	struct config_feed feed = feed_with(50, true, true);
	struct shape before = {0};
	(void)state;
	for (int i = 0; i < 3; i++) {
		note(&before, "A", "%");
		note(&before, "B", "ha");
	}
	assert_string_equal(before.look.units, "A\t%\nB\tha\n");
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct shape now = {0};
		char why[FEED_HELD_WHY_BYTES];
		note(&now, cases[i].series, cases[i].unit);
		if (strcmp(compare(&feed, &before.look, &now.look, why), cases[i].said) != 0)
			fail_msg("%s: '%s'", cases[i].why, why);
		feed.hold.units = false;
		assert_string_equal(compare(&feed, &before.look, &now.look, why), "");
		feed.hold.units = true;
	}
}

static void units_of_too_many_series_are_not_compared(void **state)
{
	struct shape shape = {0};
	char series[16];
	(void)state;
	for (int i = 0; i < FEED_UNITS_BYTES; i++) {
		(void)snprintf(series, sizeof series, "S%d", i);
		note(&shape, series, "%");
	}
	assert_string_equal(shape.look.units, "");
	assert_true(shape.has_many_units);
}

static void several_differences_are_all_said(void **state)
{
	struct config_feed feed = feed_with(50, true, true);
	const struct feed_look before = {.rows = 10, .columns = "a\nb\n", .units = "A\t%\n"};
	const struct feed_look now = {.rows = 1, .columns = "a\n", .units = "A\tha\n"};
	char why[FEED_HELD_WHY_BYTES];
	(void)state;
	assert_string_equal(compare(&feed, &before, &now, why),
			    "rows fell from 10 to 1, by more than 50 %; gone from the header: 'b'; "
			    "the unit of 'A' was '%' and is 'ha'");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_may_fall_by_the_configured_share),
		cmocka_unit_test(a_column_that_is_gone_is_named_and_a_new_one_is_not),
		cmocka_unit_test(in_a_wide_table_years_come_and_go),
		cmocka_unit_test(a_member_that_no_record_has_any_more_is_named),
		cmocka_unit_test(each_series_keeps_its_unit),
		cmocka_unit_test(units_of_too_many_series_are_not_compared),
		cmocka_unit_test(several_differences_are_all_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
