/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <math.h>

#include "obs/day.h"
#include "rrd/layout.h"
#include "rrd/rows.h"

#define UNKNOWN ((double)NAN)

static void a_period_ends_its_row_at_the_next_grid_point(void **state)
{
	(void)state;
	/* (k + 1) * step, worked out by hand; 31557600 = 365.25 * 86400. */
	static const struct {
		enum frequency frequency;
		int32_t index;
		int64_t end_s;
		const char *why;
	} cases[] = {
		{FREQUENCY_YEAR, 20, 662709600, "1990: 21 * 31557600"},
		{FREQUENCY_YEAR, 23, 757382400, "1993: 24 * 31557600"},
		{FREQUENCY_HALF, 1, 31557600, "the second half of 1970 ends with the year"},
		{FREQUENCY_QUARTER, 3, 31557600, "so does its fourth quarter"},
		{FREQUENCY_MONTH, 11, 31557600, "and its twelfth month"},
		{FREQUENCY_WEEK, 0, 604800, "the first week"},
		{FREQUENCY_DAY, 365, 31622400, "1971-01-01: 366 * 86400"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct rrd_layout *layout = rrd_layout_find(cases[i].frequency);
		assert_non_null(layout);
		assert_int_equal(rrd_time_of_index(layout, cases[i].index), cases[i].end_s);
		assert_int_equal(rrd_index_of_time(layout, cases[i].end_s), cases[i].index);
	}
	assert_null(rrd_layout_find(FREQUENCY_NONE));
	assert_null(rrd_layout_find((enum frequency)'5'));
}

static void the_rows_of_all_years_up_to_2100_fit_where_they_should(void **state)
{
	(void)state;
	/* Sizes: 584 bytes of head and 8 a row; a block has 4096. */
	static const struct {
		enum frequency frequency;
		int blocks, years;
	} cases[] = {
		{FREQUENCY_YEAR, 1, 130}, {FREQUENCY_HALF, 1, 130}, {FREQUENCY_QUARTER, 1, 109},
		{FREQUENCY_MONTH, 2, 79}, {FREQUENCY_WEEK, 4, 37},  {FREQUENCY_DAY, 8, 11},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct rrd_layout *layout = rrd_layout_find(cases[i].frequency);
		assert_true(584 + 8 * layout->rows <= 4096 * cases[i].blocks);
		assert_true(584 + 8 * layout->rows > 4096 * (cases[i].blocks - 1));
		assert_true((int64_t)layout->rows * layout->step_s >=
			    (int64_t)cases[i].years * 31557600);
	}
}

static void the_first_period_is_of_1971_and_the_last_of_2100(void **state)
{
	(void)state;
	static const enum frequency all[] = {FREQUENCY_YEAR, FREQUENCY_HALF, FREQUENCY_QUARTER,
					     FREQUENCY_MONTH, FREQUENCY_DAY};
	int32_t first = day_from_parts(1971, 1, 1), last = day_from_parts(2100, 12, 31);
	for (size_t i = 0; i < COUNT_OF(all); i++) {
		const struct rrd_layout *layout = rrd_layout_find(all[i]);
		assert_int_equal(layout->first, period_index(all[i], first));
		assert_int_equal(layout->last, period_index(all[i], last));
	}
	/* 1971-01-01 was a Friday, of 1970-W53; 2100-12-31 is a Friday, of 2100-W52. */
	const struct rrd_layout *week = rrd_layout_find(FREQUENCY_WEEK);
	assert_int_equal(week->first, period_index(FREQUENCY_WEEK, first) + 1);
	assert_int_equal(week->last, period_index(FREQUENCY_WEEK, last));
}

static void a_path_has_frequency_low_byte_and_id(void **state)
{
	(void)state;
	char path[RRD_PATH_BYTES];
	struct error err = {0};
	const struct rrd_layout *month = rrd_layout_find(FREQUENCY_MONTH);
	assert_true(rrd_path_of_series("/var/lib/envgap", month, 4127, path, &err));
	/* 4127 = 16 * 256 + 31, and 31 is 1f. */
	assert_string_equal(path, "/var/lib/envgap/rrd/M/1f/4127.rrd");
	assert_false(rrd_path_of_series("lib", month, 1, path, &err));
	assert_string_equal(err.text, "state directory 'lib' is not an absolute path");
	err = (struct error){0};
	assert_false(rrd_path_of_series("/x", month, 0, path, &err));
	assert_string_equal(err.text, "series id '0' is not 1 or more");
	static char longest[RRD_PATH_BYTES];
	memset(longest, '/', sizeof longest - 1);
	err = (struct error){0};
	assert_false(rrd_path_of_series(longest, month, 1, path, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
}

static void unknown_rows_at_the_ends_are_cut_off(void **state)
{
	(void)state;
	double values[] = {UNKNOWN, UNKNOWN, 1, UNKNOWN, 2, UNKNOWN};
	struct rrd_rows rows = {10, COUNT_OF(values), values};
	struct rrd_rows trimmed = rrd_rows_trimmed(&rows);
	assert_int_equal(trimmed.first, 12);
	assert_int_equal(trimmed.count, 3);
	rows.count = 2;
	trimmed = rrd_rows_trimmed(&rows);
	assert_int_equal(trimmed.first, 0);
	assert_int_equal(trimmed.count, 0);
}

static void a_file_holds_what_its_years_and_its_ring_allow(void **state)
{
	(void)state;
	const struct rrd_layout *year = rrd_layout_find(FREQUENCY_YEAR);
	struct error err = {0};
	AUTO_RRD_ROWS struct rrd_rows rows = {0};
	/* 1961 to 2110: ten years too early (1961..1970), ten too late (2101..2110). */
	assert_true(rrd_rows_init(&rows, -9, 150, &err));
	for (size_t i = 0; i < rows.count; i++)
		rows.values[i] = (double)i;
	size_t left_out;
	struct rrd_rows held = rrd_rows_held(&rows, year, &left_out);
	assert_int_equal(held.first, 1);
	assert_int_equal(held.count, 130);
	assert_int_equal(left_out, 20);
	assert_int_equal((int)held.values[0], 10);

	/* Quarters from 1990 on, last value 2100-Q4 (523): the ring reaches back to 523 - 437. */
	const struct rrd_layout *quarter = rrd_layout_find(FREQUENCY_QUARTER);
	rrd_rows_done(&rows);
	assert_true(rrd_rows_init(&rows, 80, 444, &err));
	rows.values[0] = rows.values[5] = rows.values[6] = rows.values[443] = 1;
	held = rrd_rows_held(&rows, quarter, &left_out);
	assert_int_equal(held.first, 86);
	assert_int_equal(held.count, 438);
	assert_int_equal(left_out, 2);

	rows.first = 5000; /* all of it after 2100 */
	held = rrd_rows_held(&rows, quarter, &left_out);
	assert_int_equal(held.count, 0);
	assert_int_equal(left_out, 4);
}

static void rows_are_equal_at_15_digits_wherever_they_begin(void **state)
{
	(void)state;
	double a[] = {UNKNOWN, 91.7, UNKNOWN, 0.1 + 0.2},
	       b[] = {91.7, UNKNOWN, 0.3, UNKNOWN, UNKNOWN};
	struct rrd_rows left = {10, 4, a}, right = {11, 5, b};
	int32_t index;
	assert_true(rrd_rows_equal(&left, &right, &index));
	b[4] = 1;
	assert_false(rrd_rows_equal(&left, &right, &index));
	assert_int_equal(index, 15);
	b[4] = UNKNOWN;
	b[2] = 0.30000000000001;
	assert_false(rrd_rows_equal(&left, &right, &index));
	assert_int_equal(index, 13);
}

static void too_many_rows_are_refused(void **state)
{
	(void)state;
	struct error err = {0};
	struct rrd_rows rows = {0};
	assert_false(rrd_rows_init(&rows, 0, RRD_ROWS_MAX + 1, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
}

static void decimals_are_filled_up_to_1_2_4_or_8(void **state)
{
	(void)state;
	static const struct {
		double value;
		const char *text;
	} cases[] = {
		{12, "12"},
		{91.7, "91.7"},
		{88.25, "88.25"},
		{12.345, "12.3450"},
		{-0.12345, "-0.12345000"},
		{0.123456789, "0.123456789"},
		{1e20, "1e+20"},
		{0, "0"},
	};
	char buffer[NUMBER_BYTES];
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_string_equal(rrd_print_value(cases[i].value, buffer), cases[i].text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_period_ends_its_row_at_the_next_grid_point),
		cmocka_unit_test(the_rows_of_all_years_up_to_2100_fit_where_they_should),
		cmocka_unit_test(the_first_period_is_of_1971_and_the_last_of_2100),
		cmocka_unit_test(a_path_has_frequency_low_byte_and_id),
		cmocka_unit_test(unknown_rows_at_the_ends_are_cut_off),
		cmocka_unit_test(a_file_holds_what_its_years_and_its_ring_allow),
		cmocka_unit_test(rows_are_equal_at_15_digits_wherever_they_begin),
		cmocka_unit_test(too_many_rows_are_refused),
		cmocka_unit_test(decimals_are_filled_up_to_1_2_4_or_8),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
