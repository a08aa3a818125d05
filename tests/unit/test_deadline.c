/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <string.h>

#include "obs/calendar.h"
#include "obs/deadline.h"

static struct rhythm rhythm_of(const char *text)
{
	struct rhythm rhythm = {0};
	struct error err = {0};
	if (!rhythm_parse(span_of(text), &rhythm, &err))
		fail_msg("%s", err.text);
	return rhythm;
}

static struct period period_of(const char *text)
{
	struct period period = {0};
	struct error err = {0};
	if (!period_parse(span_of(text), &period, &err))
		fail_msg("%s", err.text);
	return period;
}

static const struct {
	const char *rhythm, *deadline, *period, *first, *named, *latest, *why;
} deadlines[] = {
	{"year", "before 12-10", "2026", "", "2026-12-10", "2026-12-09",
	 "strictly before: 10 - 1 = 9 December"},
	{"year", "by 12-10", "2026", "", "2026-12-10", "2026-12-10", "inclusive"},
	{"once:2021-08", "by 2021-08-10", "2021-08", "", "2021-08-10", "2021-08-10",
	 "muộn nhất đến ngày 10/8/2021: that day is in time"},
	{"once:2023", "before 2023-10-01", "2023", "", "2023-10-01", "2023-09-30",
	 "the day before the first is the end of the month before"},
	{"year", "by next 01-15", "2022", "", "2023-01-15", "2023-01-15",
	 "the year after the period"},
	{"year", "before next 01-01", "2022", "", "2023-01-01", "2022-12-31",
	 "back into the year of the period"},
	{"year", "from 08-20 to 08-31", "2023", "2023-08-20", "2023-08-31", "2023-08-31",
	 "a window has both days"},
	{"once:2023-08", "from 2023-08-20 to 2023-08-31", "2023-08", "2023-08-20", "2023-08-31",
	 "2023-08-31", "a window of whole dates"},
	{"year", "from 12-20 to next 01-10", "2023", "2023-12-20", "2024-01-10", "2024-01-10",
	 "a window over the new year"},
	{"year", "in 08", "2023", "2023-08-01", "2023-08-31", "2023-08-31", "31 days"},
	{"year", "in 02", "2023", "2023-02-01", "2023-02-28", "2023-02-28", "28 days"},
	{"year", "in 02", "2024", "2024-02-01", "2024-02-29", "2024-02-29", "29 days"},
	{"year", "in next 03", "2023", "2024-03-01", "2024-03-31", "2024-03-31",
	 "a month of the year after"},
	{"year", "in year", "2023", "2023-01-01", "2023-12-31", "2023-12-31", "all of it"},
	{"once:2023", "in 2023", "2023", "2023-01-01", "2023-12-31", "2023-12-31", "Năm 2023"},
	{"once:2023", "in 2023-07", "2023", "2023-07-01", "2023-07-31", "2023-07-31",
	 "Trong tháng 7/2023"},
	{"once:2023", "in 2023-Q3", "2023", "2023-07-01", "2023-09-30", "2023-09-30", "a quarter"},
	{"once:2023", "before 09-15", "2023", "", "2023-09-15", "2023-09-14",
	 "a day without a year, in the year of what is owed"},
	{"month", "by day 20", "2026-01", "", "2026-02-20", "2026-02-20",
	 "the month after January"},
	{"month", "by day 20", "2026-12", "", "2027-01-20", "2027-01-20",
	 "the month after December is in the next year"},
	{"month", "before day 20", "2026-01", "", "2026-02-20", "2026-02-19", "strict"},
	{"month", "by day 31", "2026-01", "", "2026-02-28", "2026-02-28",
	 "February has 28 days: its end"},
	{"month", "by day 31", "2028-01", "", "2028-02-29", "2028-02-29", "a leap year"},
	{"month", "by day 31", "2026-05", "", "2026-06-30", "2026-06-30", "30 days"},
	{"month", "before day 31", "2026-05", "", "2026-06-30", "2026-06-30",
	 "all days of June are before its 31st, which does not come"},
	{"month", "before day 31", "2026-06", "", "2026-07-31", "2026-07-30", "July has a 31st"},
	{"month", "by month-end", "2026-01", "", "2026-02-28", "2026-02-28",
	 "the end of the month after"},
	{"month", "before month-end", "2026-06", "", "2026-07-31", "2026-07-30",
	 "strictly before 31 July"},
	{"month", "before month-end", "2026-05", "", "2026-06-30", "2026-06-29",
	 "strictly before 30 June, which comes, unlike a 31st"},
	{"quarter", "before month-end", "2025-Q4", "", "2026-01-31", "2026-01-30",
	 "strictly before 31 January"},
	{"month", "before month-end", "2024-01", "", "2024-02-29", "2024-02-28",
	 "strictly before 29 February"},
	{"month", "before month-end", "2026-01", "", "2026-02-28", "2026-02-27",
	 "strictly before 28 February"},
	{"month", "by day 25 of period", "2026-02", "", "2026-02-25", "2026-02-25",
	 "in the month itself"},
	{"quarter", "by day 25 of period", "2026-Q1", "", "2026-03-25", "2026-03-25",
	 "in the last month of the quarter"},
	{"quarter", "by day 10", "2026-Q4", "", "2027-01-10", "2027-01-10",
	 "the month after the quarter"},
	{"half", "by 15 days after", "2026-S1", "", "2026-07-15", "2026-07-15",
	 "30 June + 15 = 15 July"},
	{"month", "by 15 days after", "2026-02", "", "2026-03-15", "2026-03-15",
	 "28 February + 15 = 15 March, in a short month"},
	{"month", "by 15 days after", "2028-02", "", "2028-03-15", "2028-03-15",
	 "29 February + 15 = 15 March"},
	{"month", "by 1 day after", "2026-02", "", "2026-03-01", "2026-03-01", "one"},
	{"year", "by period-end", "2026", "", "2026-12-31", "2026-12-31", "its last day"},
	{"year", "before period-end", "2026", "", "2026-12-31", "2026-12-30", "strict"},
	{"year", "by 02-29", "2027", "", "2027-02-28", "2027-02-28",
	 "no 29 February: the end of the month"},
	{"year", "by 02-29", "2028", "", "2028-02-29", "2028-02-29", "there is one"},
	{"year", "before 02-29", "2027", "", "2027-02-28", "2027-02-28",
	 "28 February comes before 29 February"},
	{"year", "before 02-29", "2028", "", "2028-02-29", "2028-02-28", "29 - 1 = 28"},
	{"year", "by 02-29", "2100", "", "2100-02-28", "2100-02-28", "no leap year"},
	{"year", "  before   12-10 ", "2026", "", "2026-12-10", "2026-12-09",
	 "blanks do not count"},
};

static void a_deadline_says_its_last_day_in_time(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(deadlines); i++) {
		struct rhythm rhythm = rhythm_of(deadlines[i].rhythm);
		struct deadline deadline;
		struct error err = {0};
		char first[DAY_BYTES], named[DAY_BYTES], latest[DAY_BYTES];
		if (!deadline_parse(span_of(deadlines[i].deadline), &rhythm, &deadline, &err))
			fail_msg("%s: %s", deadlines[i].deadline, err.text);
		struct due_days due = deadline_due(&deadline, period_of(deadlines[i].period));
		bool same = strcmp(day_print(due.first, first), deadlines[i].first) == 0 &&
			    strcmp(day_print(due.named, named), deadlines[i].named) == 0 &&
			    strcmp(day_print(due.latest, latest), deadlines[i].latest) == 0;
		if (!same)
			fail_msg("'%s' for %s (%s): %s, %s, %s", deadlines[i].deadline,
				 deadlines[i].period, deadlines[i].why, first, named, latest);
	}
}

static void what_cannot_be_read_is_refused_with_what_would_have_been_right(void **state)
{
	(void)state;
	static const struct {
		const char *rhythm, *deadline, *says;
	} cases[] = {
		{"year", "12-10", "write 'before 12-10' or 'by 12-10'"},
		{"year", "befor 12-10", "did you mean 'before'?"},
		{"year", "", "does not begin with before, by, from or in"},
		{"year", "until 12-10", "does not begin with before, by, from or in"},
		{"year", "before 13-10", "the month goes first: 10-13"},
		{"year", "before 25-12", "the month goes first: 12-25"},
		{"year", "before 00-12", "no month between 01 and 12"},
		{"year", "before 40-50", "no month between 01 and 12"},
		{"year", "before 02-30", "month 02 has days 01 to 29"},
		{"year", "by 04-31", "month 04 has days 01 to 30"},
		{"year", "by 04-00", "month 04 has days 01 to 30"},
		{"year", "before 10/12", "is not a month and day such as 12-10"},
		{"year", "by", "is not a month and day such as 12-10"},
		{"year", "before 2026-12-10", "is for what is owed once; for each year write"},
		{"once:2023", "before 2023-02-29", "day 29 is not within 1..28"},
		{"once:2023", "before 10 December", "is not a date such as 2023-09-15"},
		{"month", "before 12-10", "is for what is owed each year; for each month write"},
		{"quarter", "in 08", "is for what is owed each year"},
		{"month", "in year", "is for what is owed each year"},
		{"month", "by 20", "is not 'day 20', 'month-end' or '15 days after'"},
		{"month", "by day 32", "not a day of a month"},
		{"month", "by day 0", "not a day of a month"},
		{"month", "by day 20 of month", "not a day of a month"},
		{"month", "by x days after", "between 0 and 3660"},
		{"month", "by 4000 days after", "between 0 and 3660"},
		{"year", "from 08-20", "has no end; write 'from 08-20 to 08-31'"},
		{"year", "from 08-31 to 08-20", "ends before it begins"},
		{"year", "from 08-20 to 13-01", "the month goes first"},
		{"year", "from 12-20 to 01-10", "write 'next' before a day of the year after"},
		{"once:2023", "from 2023-08-31 to 2023-08-20", "ends before it begins"},
		{"year", "in 13", "no month between 01 and 12"},
		{"year", "in August", "names no time; write 'in 08'"},
		{"year", "in 2023", "is for what is owed once"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct rhythm rhythm = rhythm_of(cases[i].rhythm);
		struct deadline deadline = {0};
		struct error err = {0};
		if (deadline_parse(span_of(cases[i].deadline), &rhythm, &deadline, &err))
			fail_msg("'%s' was read", cases[i].deadline);
		assert_int_equal(err.code, ERROR_INPUT);
		if (strstr(err.text, cases[i].says) == NULL)
			fail_msg("'%s': %s", cases[i].deadline, err.text);
	}
}

static void a_rhythm_is_a_kind_of_period_or_once(void **state)
{
	(void)state;
	static const struct {
		const char *rhythm, *period;
		bool has;
	} cases[] = {
		{"year", "2026", true},
		{"year", "2026-01", false},
		{"month", "2026-02", true},
		{"quarter", "2026-Q1", true},
		{"half", "2026-S1", true},
		{"half", "2026-Q1", false},
		{"once:2023-08", "2023-08", true},
		{"once:2023-08", "2023-09", false},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct rhythm rhythm = rhythm_of(cases[i].rhythm);
		assert_int_equal(rhythm_has(&rhythm, period_of(cases[i].period)), cases[i].has);
	}
	static const struct {
		const char *text, *says;
	} wrong[] = {{"week", "is not year, half, quarter, month or once:PERIOD"},
		     {"now", "is not year"},
		     {"", "is not year"},
		     {"once:", "once: "},
		     {"once:2023-13", "once: "}};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct rhythm rhythm;
		struct error err = {0};
		assert_false(rhythm_parse(span_of(wrong[i].text), &rhythm, &err));
		if (strstr(err.text, wrong[i].says) == NULL)
			fail_msg("%s", err.text);
	}
}

static int32_t day_of(const char *text)
{
	int32_t day = 0;
	struct error err = {0};
	assert_true(day_parse(span_of(text), &day, &err));
	return day;
}

static void a_deadline_moves_to_a_working_day_where_the_duty_says_so(void **state)
{
	(void)state;
	/* 2026-12-05 and 06 are Saturday and Sunday; people work on Saturday 12 for Monday 14. */
	const struct holiday holidays[] = {
		{.day = day_of("2026-12-12"), .is_working = true},
		{.day = day_of("2026-12-14")},
		{.day = day_of("2027-01-01")},
	};
	const struct calendar calendar = {holidays, COUNT_OF(holidays)};
	static const struct {
		const char *day;
		enum day_shift shift;
		const char *moved, *why;
	} cases[] = {
		{"2026-12-05", SHIFT_NONE, "2026-12-05", "not asked for"},
		{"2026-12-05", SHIFT_NEXT, "2026-12-07", "Saturday to Monday"},
		{"2026-12-06", SHIFT_NEXT, "2026-12-07", "Sunday to Monday"},
		{"2026-12-05", SHIFT_PREVIOUS, "2026-12-04", "Saturday to Friday"},
		{"2026-12-04", SHIFT_NEXT, "2026-12-04", "a Friday stays"},
		{"2026-12-12", SHIFT_NEXT, "2026-12-12", "a Saturday on which people work"},
		{"2026-12-13", SHIFT_NEXT, "2026-12-15", "Sunday, and Monday is off"},
		{"2026-12-14", SHIFT_PREVIOUS, "2026-12-12", "to the Saturday of work"},
		{"2027-01-01", SHIFT_NEXT, "2027-01-04", "Friday off, then a weekend"},
		{"1969-12-27", SHIFT_NEXT, "1969-12-29", "a Saturday before 1970"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char moved[DAY_BYTES];
		int32_t got = calendar_shift(&calendar, day_of(cases[i].day), cases[i].shift);
		if (strcmp(day_print(got, moved), cases[i].moved) != 0)
			fail_msg("%s: %s (%s)", cases[i].day, moved, cases[i].why);
	}
}

static void a_holiday_without_end_leaves_the_day_where_it_is(void **state)
{
	(void)state;
	struct holiday holidays[100] = {0};
	for (int i = 0; i < (int)COUNT_OF(holidays); i++)
		holidays[i].day = day_of("2026-01-01") + i;
	const struct calendar calendar = {holidays, COUNT_OF(holidays)};
	assert_int_equal(calendar_shift(&calendar, day_of("2026-01-05"), SHIFT_NEXT),
			 day_of("2026-01-05"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_deadline_says_its_last_day_in_time),
		cmocka_unit_test(what_cannot_be_read_is_refused_with_what_would_have_been_right),
		cmocka_unit_test(a_rhythm_is_a_kind_of_period_or_once),
		cmocka_unit_test(a_deadline_moves_to_a_working_day_where_the_duty_says_so),
		cmocka_unit_test(a_holiday_without_end_leaves_the_day_where_it_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
