/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <string.h>

#include "obs/day.h"

/* Day numbers computed with another calendar (proleptic Gregorian ordinals, 1970-01-01 = 719163).
 */
static void dates_and_day_numbers_are_one_to_one(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int32_t day;
	} cases[] = {
		{"1800-01-01", -62091}, {"1899-12-31", -25568}, {"1900-02-28", -25509},
		{"1900-03-01", -25508}, {"1969-12-31", -1},	{"1970-01-01", 0},
		{"1972-02-29", 789},	{"2000-02-29", 11016},	{"2000-03-01", 11017},
		{"2021-10-08", 18908},	{"2024-02-29", 19782},	{"2024-12-31", 20088},
		{"2025-07-01", 20270},	{"2030-12-31", 22279},	{"2100-03-01", 47541},
		{"2200-12-31", 84370},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		int32_t day;
		struct error err = {0};
		char buffer[DAY_BYTES];
		if (!day_parse(span_of(cases[i].text), &day, &err))
			fail_msg("%s", err.text);
		assert_int_equal(day, cases[i].day);
		assert_string_equal(day_print(day, buffer), cases[i].text);
	}
}

/* Count the days of the month on from `day`; returns the first day of the next. */
static int32_t check_month(int year, int month, int32_t day)
{
	for (int date = 1; date <= day_month_length(year, month); date++, day++) {
		struct day_parts parts = day_parts(day);
		bool same = parts.year == year && parts.month == month && parts.day == date;
		if (!same || day_from_parts(year, month, date) != day)
			fail_msg("%04d-%02d-%02d", year, month, date);
	}
	return day;
}

static void every_day_of_four_centuries_is_the_one_after_the_last(void **state)
{
	(void)state;
	int32_t day = -62091;
	for (int year = DAY_YEAR_MIN; year <= DAY_YEAR_MAX; year++) {
		for (int month = 1; month <= 12; month++)
			day = check_month(year, month, day);
	}
	assert_int_equal(day, 84371);
}

static void february_is_long_in_leap_years_only(void **state)
{
	(void)state;
	assert_int_equal(day_month_length(1900, 2), 28);
	assert_int_equal(day_month_length(2000, 2), 29);
	assert_int_equal(day_month_length(2023, 2), 28);
	assert_int_equal(day_month_length(2024, 2), 29);
	assert_int_equal(day_month_length(2024, 4), 30);
	assert_int_equal(day_month_length(2024, 12), 31);
}

static void a_date_that_is_none_is_refused_with_what_is_right(void **state)
{
	(void)state;
	static const struct {
		const char *text, *message;
	} cases[] = {
		{"2021-13-01", "'2021-13-01': month 13 is not within 1..12"},
		{"2021-00-01", "'2021-00-01': month 0 is not within 1..12"},
		{"2021-02-30", "'2021-02-30': day 30 is not within 1..28"},
		{"1900-02-29", "'1900-02-29': day 29 is not within 1..28"},
		{"2024-02-30", "'2024-02-30': day 30 is not within 1..29"},
		{"2021-01-00", "'2021-01-00': day 0 is not within 1..31"},
		{"1799-12-31", "'1799-12-31': year 1799 is not within 1800..2200"},
		{"2201-01-01", "'2201-01-01': year 2201 is not within 1800..2200"},
		{"31/12/2021", "'31/12/2021' is not a date in ISO 8601; write 2021-12-31"},
		{"12/31/2021", "'12/31/2021' is not a date in ISO 8601; write 2021-12-31"},
		{"08/10/2021",
		 "'08/10/2021' is not a date in ISO 8601; write 2021-10-08 or 2021-08-10"},
		{"08.08.2021", "'08.08.2021' is not a date in ISO 8601; write 2021-08-08"},
		{"08-10-2021",
		 "'08-10-2021' is not a date in ISO 8601; write 2021-10-08 or 2021-08-10"},
		{"32/13/2021", "'32/13/2021' is not a date such as 2021-10-08"},
		{"", "'' is not a date such as 2021-10-08"},
		{"2021", "'2021' is not a date such as 2021-10-08"},
		{"2021-1-01", "'2021-1-01' is not a date such as 2021-10-08"},
		{"2021-10-0x", "'2021-10-0x' is not a date such as 2021-10-08"},
		{"2021-10-08 ", "'2021-10-08 ' is not a date such as 2021-10-08"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		int32_t day = 77;
		struct error err = {0};
		if (day_parse(span_of(cases[i].text), &day, &err))
			fail_msg("'%s' was read", cases[i].text);
		assert_int_equal(err.code, ERROR_INPUT);
		assert_string_equal(err.text, cases[i].message);
		assert_int_equal(day, 77);
	}
}

static void no_day_prints_as_nothing_and_far_days_print_whole(void **state)
{
	(void)state;
	char buffer[DAY_BYTES];
	assert_string_equal(day_print(DAY_NONE, buffer), "");
	/* 2^31 - 1 days are 5879610.9 mean Gregorian years of 365.2425 days */
	assert_string_equal(day_print(INT32_MAX, buffer), "5881580-07-11");
}

static void a_publication_date_counts_by_its_last_day(void **state)
{
	(void)state;
	static const struct {
		const char *text, *last;
	} cases[] = {
		{"", ""},
		{"2024", "2024-12-31"},
		{"2024-02", "2024-02-29"},
		{"2023-02", "2023-02-28"},
		{"2025-01-06", "2025-01-06"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		int32_t last;
		struct error err = {0};
		char buffer[DAY_BYTES];
		if (!day_parse_published(span_of(cases[i].text), &last, &err))
			fail_msg("%s", err.text);
		assert_string_equal(day_print(last, buffer), cases[i].last);
	}
	static const struct {
		const char *text, *message;
	} bad[] = {
		{"2024-13", "'2024-13': month 13 is not within 1..12"},
		{"2024-02-30", "'2024-02-30': day 30 is not within 1..29"},
		{"1066", "'1066': year 1066 is not within 1800..2200"},
		{"Q1 2024", "'Q1 2024' is not a date such as 2025, 2025-01 or 2025-01-06"},
		{"06/01/2025",
		 "'06/01/2025' is not a date in ISO 8601; write 2025-01-06 or 2025-06-01"},
	};
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		int32_t last = 77;
		struct error err = {0};
		assert_false(day_parse_published(span_of(bad[i].text), &last, &err));
		assert_string_equal(err.text, bad[i].message);
		assert_int_equal(last, 77);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_and_day_numbers_are_one_to_one),
		cmocka_unit_test(every_day_of_four_centuries_is_the_one_after_the_last),
		cmocka_unit_test(february_is_long_in_leap_years_only),
		cmocka_unit_test(a_date_that_is_none_is_refused_with_what_is_right),
		cmocka_unit_test(no_day_prints_as_nothing_and_far_days_print_whole),
		cmocka_unit_test(a_publication_date_counts_by_its_last_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
