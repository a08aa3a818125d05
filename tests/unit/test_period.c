/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <math.h>
#include <string.h>

#include "obs/period.h"

static struct period parse(const char *text)
{
	struct period period;
	struct error err = {0};
	if (!period_parse(span_of(text), &period, &err))
		fail_msg("%s", err.text);
	return period;
}

static void periods_are_half_open_intervals_of_days(void **state)
{
	(void)state;
	static const struct {
		const char *text, *first, *last;
		enum frequency frequency;
		const char *printed;
	} cases[] = {
		{"2021", "2021-01-01", "2021-12-31", FREQUENCY_YEAR, "2021"},
		{"1800", "1800-01-01", "1800-12-31", FREQUENCY_YEAR, "1800"},
		{"2200", "2200-01-01", "2200-12-31", FREQUENCY_YEAR, "2200"},
		{"2021-S1", "2021-01-01", "2021-06-30", FREQUENCY_HALF, "2021-S1"},
		{"2021-S2", "2021-07-01", "2021-12-31", FREQUENCY_HALF, "2021-S2"},
		{"1969-S2", "1969-07-01", "1969-12-31", FREQUENCY_HALF, "1969-S2"},
		{"2021-Q3", "2021-07-01", "2021-09-30", FREQUENCY_QUARTER, "2021-Q3"},
		{"2003-05", "2003-05-01", "2003-05-31", FREQUENCY_MONTH, "2003-05"},
		{"2024-02", "2024-02-01", "2024-02-29", FREQUENCY_MONTH, "2024-02"},
		{"1900-02", "1900-02-01", "1900-02-28", FREQUENCY_MONTH, "1900-02"},
		{"2021-W05", "2021-02-01", "2021-02-07", FREQUENCY_WEEK, "2021-W05"},
		{"2020-W01", "2019-12-30", "2020-01-05", FREQUENCY_WEEK, "2020-W01"},
		{"2020-W53", "2020-12-28", "2021-01-03", FREQUENCY_WEEK, "2020-W53"},
		{"2015-W53", "2015-12-28", "2016-01-03", FREQUENCY_WEEK, "2015-W53"},
		{"1970-W01", "1969-12-29", "1970-01-04", FREQUENCY_WEEK, "1970-W01"},
		{"2021-10-08", "2021-10-08", "2021-10-08", FREQUENCY_DAY, "2021-10-08"},
		{"2021-01/2021-09", "2021-01-01", "2021-09-30", FREQUENCY_NONE, "2021-01/2021-09"},
		{"2021-01/2021-12", "2021-01-01", "2021-12-31", FREQUENCY_YEAR, "2021"},
		{"2021-Q1/2021-Q2", "2021-01-01", "2021-06-30", FREQUENCY_HALF, "2021-S1"},
		{"2021-01/2021-01", "2021-01-01", "2021-01-31", FREQUENCY_MONTH, "2021-01"},
		{"2019/2020", "2019-01-01", "2020-12-31", FREQUENCY_NONE, "2019/2020"},
		{"2019-S2/2020-S1", "2019-07-01", "2020-06-30", FREQUENCY_NONE, "2019-07/2020-06"},
		{"2021-W01/2021-W02", "2021-01-04", "2021-01-17", FREQUENCY_NONE,
		 "2021-01-04/2021-01-17"},
		{"2021-01-01/2021-03-31", "2021-01-01", "2021-03-31", FREQUENCY_QUARTER, "2021-Q1"},
		{"2021-02-01/2021-02-07", "2021-02-01", "2021-02-07", FREQUENCY_WEEK, "2021-W05"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct period got = parse(cases[i].text);
		char first[DAY_BYTES], last[DAY_BYTES], printed[PERIOD_BYTES];
		assert_string_equal(day_print(period_first_day(got), first), cases[i].first);
		assert_string_equal(day_print(period_last_day(got), last), cases[i].last);
		assert_int_equal(period_frequency(got), cases[i].frequency);
		assert_string_equal(period_print(got, printed), cases[i].printed);
		assert_true(period_equal(parse(printed), got));
	}
}

static void what_is_no_period_is_refused_with_what_is_right(void **state)
{
	(void)state;
	static const struct {
		const char *text, *message;
	} cases[] = {
		{"2021-13", "'2021-13': month 13 is not within 1..12"},
		{"2021-00", "'2021-00': month 0 is not within 1..12"},
		{"2021-S3", "'2021-S3': half 3 is not within 1..2"},
		{"2021-Q5", "'2021-Q5': quarter 5 is not within 1..4"},
		{"2021-Q0", "'2021-Q0': quarter 0 is not within 1..4"},
		{"2021-W53", "'2021-W53': week 53 is not within 1..52"},
		{"2020-W54", "'2020-W54': week 54 is not within 1..53"},
		{"2021-W00", "'2021-W00': week 0 is not within 1..52"},
		{"2021-02-30", "'2021-02-30': day 30 is not within 1..28"},
		{"1799", "'1799': year 1799 is not within 1800..2200"},
		{"2201-Q1", "'2201-Q1': year 2201 is not within 1800..2200"},
		{"2003-2005", "'2003-2005' is not a period; a range of years is written 2003/2005"},
		{"31/12/2021", "'31/12/2021' is not a date in ISO 8601; write 2021-12-31"},
		{"31.12.2021", "'31.12.2021' is not a date in ISO 8601; write 2021-12-31"},
		{"20x1",
		 "'20x1' is not a period such as 2021, 2021-S1, 2021-Q3, 2021-07, 2021-W05, "
		 "2021-10-08 or 2021-01/2021-09"},
		{"", "'' is not a period such as 2021, 2021-S1, 2021-Q3, 2021-07, 2021-W05, "
		     "2021-10-08 or 2021-01/2021-09"},
		{"2021-q3", "'2021-q3' is not a period such as 2021, 2021-S1, 2021-Q3, 2021-07, "
			    "2021-W05, 2021-10-08 or 2021-01/2021-09"},
		{"2022/2021", "range '2022/2021' ends before it begins"},
		{"2021-Q1/2021-08", "range '2021-Q1/2021-08' goes from a quarter to a month; both "
				    "must be of one kind"},
		{"2021-01/2021-13",
		 "range '2021-01/2021-13': '2021-13': month 13 is not within 1..12"},
		{"x/2021", "range 'x/2021': 'x' is not a period such as 2021, 2021-S1, 2021-Q3, "
			   "2021-07, 2021-W05, 2021-10-08 or 2021-01/2021-09"},
		{"2021/",
		 "range '2021/': '' is not a period such as 2021, 2021-S1, 2021-Q3, 2021-07, "
		 "2021-W05, 2021-10-08 or 2021-01/2021-09"},
		{"2019/2020/2021",
		 "range '2019/2020/2021': '2020/2021' is not a period such as 2021, "
		 "2021-S1, 2021-Q3, 2021-07, 2021-W05, 2021-10-08 or 2021-01/2021-09"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct period period = {7, 8};
		struct error err = {0};
		if (period_parse(span_of(cases[i].text), &period, &err))
			fail_msg("'%s' was read", cases[i].text);
		assert_int_equal(err.code, ERROR_INPUT);
		assert_string_equal(err.text, cases[i].message);
		assert_int_equal(period.from, 7);
	}
}

static void a_range_too_long_to_be_one_is_shown_clipped(void **state)
{
	(void)state;
	struct period period;
	struct error err = {0};
	char text[201] = "2021/";
	for (size_t i = 5; i + 2 < sizeof text; i += 2)
		memcpy(text + i, "\xC3\xA9", 2);
	assert_false(period_parse(span_of(text), &period, &err));
	assert_true(strlen(err.text) < 200);
}

static const enum frequency all_frequencies[] = {
	FREQUENCY_YEAR,	 FREQUENCY_HALF, FREQUENCY_QUARTER,
	FREQUENCY_MONTH, FREQUENCY_WEEK, FREQUENCY_DAY,
};

static void periods_of_a_kind_follow_each_other_without_gap(void **state)
{
	(void)state;
	for (size_t k = 0; k < COUNT_OF(all_frequencies); k++) {
		enum frequency frequency = all_frequencies[k];
		for (int32_t index = -1000; index < 1000; index++) {
			struct period period = period_at_index(frequency, index);
			assert_int_equal(period.to, period_at_index(frequency, index + 1).from);
			assert_int_equal(period_index(frequency, period.from), index);
			assert_int_equal(period_index(frequency, period.to - 1), index);
			assert_int_equal(period_frequency(period), frequency);
		}
		assert_true(period_contains(period_at_index(frequency, 0), (struct period){0, 1}));
	}
}

static void the_period_of_a_day_contains_it(void **state)
{
	(void)state;
	int32_t day = parse("2021-10-08").from; /* a Friday */
	static const char *const want[] = {"2021",    "2021-S2",  "2021-Q4",
					   "2021-10", "2021-W40", "2021-10-08"};
	for (size_t k = 0; k < COUNT_OF(all_frequencies); k++) {
		struct period got = period_of_day(all_frequencies[k], day);
		char printed[PERIOD_BYTES];
		assert_string_equal(period_print(got, printed), want[k]);
	}
}

static void stepping_keeps_the_kind_or_the_length(void **state)
{
	(void)state;
	static const struct {
		const char *from;
		int n;
		const char *to, *why;
	} cases[] = {
		{"2021", 1, "2022", "years"},
		{"2020-S2", 1, "2021-S1", "halves across the year"},
		{"2021-Q1", -1, "2020-Q4", "quarters back"},
		{"2024-01", 1, "2024-02", "months of different length"},
		{"2020-W53", 1, "2021-W01", "weeks"},
		{"2024-02-28", 2, "2024-03-01", "days over the leap day"},
		{"2021-01/2021-09", 1, "2021-10/2022-06", "nine months"},
		{"2021-01/2021-09", -1, "2020-04/2020-12", "nine months back"},
		{"2019/2020", 1, "2021/2022", "two years"},
		{"2021-01-02/2021-01-04", 2, "2021-01-08/2021-01-10", "three days, twice"},
		{"2021", 0, "2021", "not at all"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct period got = period_step(parse(cases[i].from), cases[i].n);
		if (!period_equal(got, parse(cases[i].to)))
			fail_msg("%s", cases[i].why);
	}
}

static void order_is_by_first_day_then_by_last(void **state)
{
	(void)state;
	assert_true(period_compare(parse("2020"), parse("2021")) < 0);
	assert_true(period_compare(parse("2021-02"), parse("2021")) > 0);
	assert_true(period_compare(parse("2021-01"), parse("2021")) < 0);
	assert_true(period_compare(parse("2021"), parse("2021-Q1")) > 0);
	assert_int_equal(period_compare(parse("2021"), parse("2021-01/2021-12")), 0);
	assert_true(period_contains(parse("2021"), parse("2021-Q4")));
	assert_true(period_contains(parse("2021"), parse("2021")));
	assert_false(period_contains(parse("2021-Q4"), parse("2021")));
	assert_false(period_contains(parse("2020"), parse("2020-W53")));
}

static void months_are_counted_only_when_they_are_whole(void **state)
{
	(void)state;
	assert_int_equal(period_months(parse("2021")), 12);
	assert_int_equal(period_months(parse("2021-01/2021-09")), 9);
	assert_int_equal(period_months(parse("2024-02")), 1);
	assert_int_equal(period_months(parse("2021-W05")), 0); /* 1 to 7 February */
	assert_int_equal(period_months(parse("2021-01-15/2021-02-28")), 0);
	assert_int_equal(period_months((struct period){0, 0}), 0);
}

static void time_in_years_is_even_for_consecutive_periods(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum frequency frequency;
		double want;
		const char *why;
	} cases[] = {
		{"2021", FREQUENCY_YEAR, 2021, "a year is itself"},
		{"1969", FREQUENCY_YEAR, 1969, "before the epoch too"},
		{"2021-S2", FREQUENCY_HALF, 2021.5, "(2-1)/2"},
		{"2021-Q4", FREQUENCY_QUARTER, 2021.75, "(4-1)/4"},
		{"1969-Q4", FREQUENCY_QUARTER, 1969.75, "before the epoch"},
		{"2021-07", FREQUENCY_MONTH, 2021.5, "(7-1)/12"},
		{"1970-01-01", FREQUENCY_DAY, 1970, "the epoch"},
		/* day 18908 of the mean calendar: 1970 + 18908/365.25 = 2021.767282683... */
		{"2021-10-08", FREQUENCY_DAY, 1970 + 18908 / 365.25, "days"},
		/* the week of 2021-02-01 has the index (18659 + 3)/7 = 2666; 2666 * 7 = 18662 */
		{"2021-W05", FREQUENCY_WEEK, 1970 + 18662 / 365.25, "weeks"},
		/* 2021-01-04 is day 18631 */
		{"2021-W01/2021-W02", FREQUENCY_NONE, 1970 + 18631 / 365.25, "ranges"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		double got = period_time(cases[i].frequency, parse(cases[i].text));
		if (fabs(got - cases[i].want) > 1e-9)
			fail_msg("%s: %.12g", cases[i].why, got);
	}
}

static void frequencies_are_read_as_codes_and_words(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum frequency want;
		const char *name;
	} cases[] = {
		{"A", FREQUENCY_YEAR, "year"},
		{"annual", FREQUENCY_YEAR, "year"},
		{"yearly", FREQUENCY_YEAR, "year"},
		{"S", FREQUENCY_HALF, "half"},
		{"half", FREQUENCY_HALF, "half"},
		{"Q", FREQUENCY_QUARTER, "quarter"},
		{"quarterly", FREQUENCY_QUARTER, "quarter"},
		{"M", FREQUENCY_MONTH, "month"},
		{"monthly", FREQUENCY_MONTH, "month"},
		{"W", FREQUENCY_WEEK, "week"},
		{"day", FREQUENCY_DAY, "day"},
		{"D", FREQUENCY_DAY, "day"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		enum frequency got = FREQUENCY_NONE;
		struct error err = {0};
		assert_true(frequency_parse(span_of(cases[i].text), &got, &err));
		assert_int_equal(got, cases[i].want);
		assert_string_equal(frequency_name(got), cases[i].name);
	}
	enum frequency got = FREQUENCY_NONE;
	struct error err = {0};
	assert_false(frequency_parse(span_of("fortnight"), &got, &err));
	assert_string_equal(err.text,
			    "'fortnight' is not a frequency; use year, half, quarter, month, "
			    "week or day");
	assert_string_equal(frequency_name(FREQUENCY_NONE), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(periods_are_half_open_intervals_of_days),
		cmocka_unit_test(what_is_no_period_is_refused_with_what_is_right),
		cmocka_unit_test(a_range_too_long_to_be_one_is_shown_clipped),
		cmocka_unit_test(periods_of_a_kind_follow_each_other_without_gap),
		cmocka_unit_test(the_period_of_a_day_contains_it),
		cmocka_unit_test(stepping_keeps_the_kind_or_the_length),
		cmocka_unit_test(order_is_by_first_day_then_by_last),
		cmocka_unit_test(months_are_counted_only_when_they_are_whole),
		cmocka_unit_test(time_in_years_is_even_for_consecutive_periods),
		cmocka_unit_test(frequencies_are_read_as_codes_and_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
