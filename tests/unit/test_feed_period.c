/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "feed/period_pattern.h"

/* Read `text` by one pattern; "" when it is refused. */
static const char *read_by(const char *written, const struct feed_periods *settings,
			   const char *text, struct error *err, char buffer[PERIOD_BYTES])
{
	struct feed_period_pattern pattern;
	struct period period;
	buffer[0] = '\0';
	assert_true(feed_period_pattern_parse(written, &pattern, NULL));
	if (feed_period_read(&pattern, 1, settings, span_of(text), &period, err))
		period_print(period, buffer);
	return buffer;
}

static void every_named_pattern_reads_what_it_is_named_for(void **state)
{
	(void)state;
	static const struct {
		const char *pattern, *text, *want;
	} cases[] = {
		{"ISO", "2021-01/2021-09", "2021-01/2021-09"},
		{"YYYY", "2021", "2021"},
		{"YYYY.0", "2021.0", "2021"},
		{"[YYYY]", "[2021]", "2021"},
		{"YYYY-MM", "2021-07", "2021-07"},
		{"YYYYMM", "202107", "2021-07"},
		{"YYYY MM", "1993 01", "1993-01"},
		{"YYYYMmm", "2021M07", "2021-07"},
		{"YYYY-Mmm", "2021-M07", "2021-07"},
		{"MM/YYYY", "07/2021", "2021-07"},
		{"YYYYQn", "2021Q3", "2021-Q3"},
		{"YYYY-Qn", "2021-Q3", "2021-Q3"},
		{"YYYY Qn", "2013 Q1", "2013-Q1"},
		{"Qn YYYY", "Q4 2013", "2013-Q4"},
		{"Qn/YYYY", "Q4/2013", "2013-Q4"},
		{"YYYYSn", "2021S2", "2021-S2"},
		{"YYYY-Sn", "2021-S1", "2021-S1"},
		{"YYYYHn", "2021H1", "2021-S1"},
		{"YYYYWww", "2021W05", "2021-W05"},
		{"YYYY-Www", "2020-W53", "2020-W53"},
		{"YYYY-MM-DD", "2021-10-08", "2021-10-08"},
		{"YYYYMMDD", "20211008", "2021-10-08"},
		{"YYYY-Dddd", "2021-D281", "2021-10-08"},
		{"DD/MM/YYYY", "8/10/2021", "2021-10-08"},
		{"MM/DD/YYYY", "10/8/2021", "2021-10-08"},
		{"DD.MM.YYYY", "08.10.2021", "2021-10-08"},
		{"YYYY/YY", "1999/00", "2000"},
		{"YYYY/YYYY", "2019/2020", "2020"},
		{"YYYY-YY", "1999-01", "1999/2001"},
		{"YYYY-YYYY", "1987-1991", "1987/1991"},
		{"YYYY to YYYY", "2018 to 2020", "2018/2020"},
	};
	const struct feed_periods settings = {.split_year = FEED_SPAN_LAST,
					      .range = FEED_SPAN_WHOLE};
	char buffer[PERIOD_BYTES];
	size_t names = 0;
	while (feed_period_names[names].name != NULL)
		names++;
	assert_int_equal(names, COUNT_OF(cases));
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_string_equal(feed_period_names[i].name, cases[i].pattern);
		assert_string_equal(
			read_by(cases[i].pattern, &settings, cases[i].text, NULL, buffer),
			cases[i].want);
	}
}

static const struct {
	const char *pattern, *text, *want;
} spelt_out[] = {
	{"Prel. {year}", "Prel. 2016", "2016"},
	{"{year}{*}", "1974a", "1974"},
	{"{year}{*}", "2016", "2016"},
	{"{*}, {year}", "Hanoi, 2016", "2016"},
	{"{*}, {year}", "2016", ""},
	{"{*}{year}", "a2016", "2016"},
	{"{*} {year}", "17 May to 11 June 2023", "2023"},
	{"{*} {year}", "2023 ", ""},
	{"{year}/{*} to {to_year}/{*}", "2007/08 to 2009/10", "2007/2009"},
	{"{mon} {year}", "Jan 2016", "2016-01"},
	{"{mon} {year}", "SEPT. 2016", "2016-09"},
	{"{mon} {year}", "December 2016", "2016-12"},
	{"{mon} {year}", "Ma 2016", ""}, /* March or May */
	{"{mon} {year}", "Januar 2016", "2016-01"},
	{"{mon} {year}", "Januarys 2016", ""},
	{"{d} {mon} {year}", "8 Oct 2021", "2021-10-08"},
	{"{year}-{month}-01", "2014-03-01", "2014-03"},
	{"{year}-{month}-01", "2014-03-02", ""},
	{"{year}-{month} to {to_month}", "2021-01 to 09", "2021-01/2021-09"},
	{"{year}Q{quarter}-{to_year}Q{to_quarter}", "2020Q3-2021Q2", "2020-07/2021-06"},
	{"{year}-{month} to {to_yy}-{to_month}", "2019-11 to 20-02", "2019-11/2020-02"},
	{"{mon}-{yy}", "Jan-24", "2024-01"},
	{"{mon}-{yy}", "Dec-69", "2069-12"},
	{"{mon}-{yy}", "Jan-70", "1970-01"},
	{"{d} {mon} to {to_d} {to_mon} {year}", "17 May to 11 June 2023", "2023-05-17/2023-06-11"},
	{"{d} {mon} {year} - {to_d} {to_mon} {to_year}", "30 Dec 2022 - 2 Jan 2023",
	 "2022-12-30/2023-01-02"},
	{"{day}-{to_day}/{month}/{year}", "05-11/02/2024", "2024-W06"},
	{"{m}-{to_m}/{year}", "1-9/2024", "2024-01/2024-09"},
	{"{year}-S{half}/{to_year}-S{to_half}", "2023-S2/2024-S1", "2023-07/2024-06"},
	/* the first six months, the first nine months, the third quarter */
	{"6 tháng đầu năm {year}{half=1}", "6 tháng đầu năm 2024", "2024-S1"},
	{"{month=1}{to_month=9}9 tháng {year}", "9 tháng 2024", "2024-01/2024-09"},
	{"Quý {quarter}/{year}", "Quý III/2024", "2024-Q3"},
	{"Quý {quarter}/{year}", "Quý IV/2024", "2024-Q4"},
	{"Quý {quarter}/{year}", "Quý V/2024", ""},
	{"{half} {year}", "II 2024", "2024-S2"},
	{"{month}/{year}", "II/2024", ""},
	{"{epoch_s}", "1704067200", "2024-01-01"}, /* 19723 days */
	{"{epoch_ms}", "1704067199999", "2023-12-31"},
	{"{epoch_ms}", "-1", "1969-12-31"},
	{"{epoch_s}", "0", "1970-01-01"},
	{"{epoch_s}", "-", ""},
	{"/Date({epoch_ms})/", "/Date(1704067200000)/", "2024-01-01"},
	{"{year}", "20211", ""},
	{"{year}", "202", ""},
	{"{year}", " 2021", ""},
};

static void spelt_out_patterns_read_what_stands_around(void **state)
{
	(void)state;
	const struct feed_periods settings = {.range = FEED_SPAN_WHOLE};
	char buffer[PERIOD_BYTES];
	for (size_t i = 0; i < COUNT_OF(spelt_out); i++) {
		read_by(spelt_out[i].pattern, &settings, spelt_out[i].text, NULL, buffer);
		if (strcmp(buffer, spelt_out[i].want) != 0)
			fail_msg("%s by %s: '%s'", spelt_out[i].text, spelt_out[i].pattern, buffer);
	}
}

#define SPLITS "{year}/{next_yy} to {to_year}/{to_next_yy}"
#define SHORT_SPLITS "{year}/{next_yy}-{to_yy}"

static void ranges_and_split_years_are_the_year_that_the_mapping_says(void **state)
{
	(void)state;
	static const struct {
		const char *pattern, *text;
		enum feed_span split, range;
		long month;
		const char *want;
	} cases[] = {
		{"YYYY/YY", "2019/20", FEED_SPAN_FIRST, 0, 0, "2019"},
		{"YYYY/YY", "2019/20", FEED_SPAN_LAST, 0, 0, "2020"},
		{"YYYY/YY", "2019/20", FEED_SPAN_WHOLE, 0, 4, "2019-04/2020-03"},
		{"YYYY/YY", "2019/20", FEED_SPAN_WHOLE, 0, 1, "2019"},
		{"YYYY-YYYY", "2003-2005", 0, FEED_SPAN_FIRST, 0, "2003"},
		{"YYYY-YYYY", "2003-2005", 0, FEED_SPAN_LAST, 0, "2005"},
		{"YYYY-YYYY", "2003-2005", 0, FEED_SPAN_MIDDLE, 0, "2004"},
		{"YYYY-YYYY", "2003-2005", 0, FEED_SPAN_WHOLE, 0, "2003/2005"},
		/* a range of split years: 2007/08, 2008/09, 2009/10 */
		{SPLITS, "2007/08 to 2009/10", FEED_SPAN_FIRST, FEED_SPAN_FIRST, 0, "2007"},
		{SPLITS, "2007/08 to 2009/10", FEED_SPAN_LAST, FEED_SPAN_FIRST, 0, "2008"},
		{SPLITS, "2007/08 to 2009/10", FEED_SPAN_FIRST, FEED_SPAN_LAST, 0, "2009"},
		{SPLITS, "2007/08 to 2009/10", FEED_SPAN_LAST, FEED_SPAN_LAST, 0, "2010"},
		{SPLITS, "2007/08 to 2009/10", FEED_SPAN_LAST, FEED_SPAN_MIDDLE, 0, "2009"},
		{SPLITS, "2007/08 to 2009/10", FEED_SPAN_WHOLE, FEED_SPAN_WHOLE, 4,
		 "2007-04/2010-03"},
		{SHORT_SPLITS, "2007/08-09", FEED_SPAN_FIRST, FEED_SPAN_WHOLE, 0, "2007/2009"},
	};
	char buffer[PERIOD_BYTES];
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct feed_periods settings = {.split_year = (int)cases[i].split,
						      .range = (int)cases[i].range,
						      .split_month = cases[i].month};
		assert_string_equal(
			read_by(cases[i].pattern, &settings, cases[i].text, NULL, buffer),
			cases[i].want);
	}
}

static void an_impossible_period_says_what_is_impossible(void **state)
{
	(void)state;
	static const struct {
		const char *pattern, *text, *says;
	} cases[] = {
		{"YYYY-MM", "2021-13", "month 13 is not within 1..12"},
		{"YYYYQn", "2021Q5", "quarter 5 is not within 1..4"},
		{"YYYY-MM-DD", "2021-02-30", "day 30 is not within 1..28"},
		{"YYYY", "1066", "1800"},
		{"YYYY/YY", "2019/21", "2021 is not the year after 2019"},
		{"YYYY-YYYY", "2005-2003", "ends in 2003"},
		{"YYYY-YYYY", "2003-2004", "no year in the middle"},
		{"YYYY-YYYY", "2199-2301", "is not within 1800..2200"},
		{"YYYY-YY", "2021-07", "2021 to 2107 is no range"},
		{"YYYY-MM", "2021-00", "month 0 is not within 1..12"},
		{"YYYYQn", "2021Q0", "quarter 0 is not within 1..4"},
		{"{year}-{month} to {to_month}", "2021-01 to 00", "month 0"},
		{SPLITS, "2007/08 to 2009/11", "2011 is not the year after 2009"},
		{SPLITS, "2007/08 to 2008/09", "no year in the middle"},
		{SPLITS, "2009/10 to 2007/08", "ends in 2007"},
		{"{epoch_s}", "1704067200000", "{epoch_ms}"},
		{"ISO", "2021-Q9", "2021-Q9"},
		{"YYYY", "Jan-20", "a spreadsheet"},
	};
	const struct feed_periods settings = {.range = FEED_SPAN_MIDDLE,
					      .split_year = FEED_SPAN_LAST};
	char buffer[PERIOD_BYTES];
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct error err = {0};
		read_by(cases[i].pattern, &settings, cases[i].text, &err, buffer);
		assert_string_equal(buffer, "");
		assert_non_null(strstr(err.text, cases[i].text));
		if (strstr(err.text, cases[i].says) == NULL)
			fail_msg("'%s' does not say '%s'", err.text, cases[i].says);
	}
}

static void a_date_is_the_period_in_which_it_lies_when_the_mapping_says_so(void **state)
{
	(void)state;
	static const struct {
		const char *pattern, *text;
		enum frequency dates;
		long offset;
		const char *want;
	} cases[] = {
		{"YYYY-MM-DD", "2024-05-31", FREQUENCY_MONTH, 0, "2024-05"},
		{"YYYY-MM-DD", "2024-05-31", FREQUENCY_QUARTER, 0, "2024-Q2"},
		{"YYYY-MM-DD", "2024-05-31", FREQUENCY_HALF, 0, "2024-S1"},
		{"DD/MM/YYYY", "31/12/2019", FREQUENCY_YEAR, 0, "2019"},
		{"YYYY-MM", "2024-05", FREQUENCY_YEAR, 0, "2024-05"},
		/* 17:00 UTC of 31 December is midnight in Hanoi */
		{"{epoch_ms}", "1704042000000", FREQUENCY_NONE, 0, "2023-12-31"},
		{"{epoch_ms}", "1704042000000", FREQUENCY_NONE, 420, "2024-01-01"},
		{"{epoch_ms}", "1704042000000", FREQUENCY_MONTH, 420, "2024-01"},
	};
	char buffer[PERIOD_BYTES];
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct feed_periods settings = {.dates = (int)cases[i].dates,
						      .utc_offset = cases[i].offset};
		assert_string_equal(
			read_by(cases[i].pattern, &settings, cases[i].text, NULL, buffer),
			cases[i].want);
	}
}

static void years_of_other_calendars_and_years_named_by_half_of_them_are_read(void **state)
{
	(void)state;
	static const struct {
		const char *pattern, *text, *want, *why;
	} cases[] = {
		{"{year-543}", "2566", "2023", "Thailand: 2566 - 543"},
		{"{m}/{year-543}", "3/2567", "2024-03", "also with a month"},
		{"{yy+1957}", "66", "2023", "2500 + 66 - 543"},
		{"{yyy+1911}年第{quarter}季", "112年第3季", "2023-Q3", "Taiwan: 112 + 1911"},
		{"令和{y+2018}年", "令和5年", "2023", "Reiwa 1 is 2019"},
		{"令和{y+2018}年", "令和12年", "2030", "one digit or two"},
		{"令和元年{year=2019}", "令和元年", "2019", "which has no digit"},
		{"{year-543}/{next_year-543}", "2565/2566", "2022-04/2023-03", "2022/2023"},
		{"{year-543}/{next_yy-43}", "2565/66", "2022-04/2023-03", "66 - 43 = 23"},
		{"{year-57}/{next_yy-57}", "2056/57", "1999-04/2000-03", "57 - 57 is 00"},
		{"{year+57}/{next_yy+57}", "1942/43", "1999-04/2000-03", "43 + 57 is 00, too"},
		{"{year-543} to {to_year-543}", "2560 to 2562", "2017/2019", "a range"},
		{"FY{next_year}", "FY2023", "2022-04/2023-03", "called by its last year"},
		{"FY{next_yy}", "FY23", "2022-04/2023-03", "the same in short"},
		{"FY{next_yy}", "FY00", "1999-04/2000-03", "00 is 2000"},
		{"{year}年度{next_year=+1}", "2020年度", "2020-04/2021-03", "by its first year"},
		{"{year-543}", "1980", "", "1437 is no year of ours"},
	};
	const struct feed_periods settings = {
		.split_year = FEED_SPAN_WHOLE, .split_month = 4, .range = FEED_SPAN_WHOLE};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char buffer[PERIOD_BYTES];
		read_by(cases[i].pattern, &settings, cases[i].text, NULL, buffer);
		if (strcmp(buffer, cases[i].want) != 0)
			fail_msg("%s by %s is '%s', not '%s': %s", cases[i].text, cases[i].pattern,
				 buffer, cases[i].want, cases[i].why);
	}
}

static void a_pattern_that_is_none_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *written, *says;
	} cases[] = {{"yyyy-mm", "'YYYY-MM'"},
		     {"YYYYQ", "neither a name"},
		     {"{month}", "has no {year}"},
		     {"{year}-{monat}", "'{monat}'"},
		     {"{year}{half=x}", "'{half=x}'"},
		     {"{year}{mon=1}", "'{mon=1}'"},
		     {"{yyy}", "'{yyy}'"},
		     {"{month-1} {year}", "'{month-1}'"},
		     {"{year-x}", "'{year-x}'"},
		     {"{next_year=+1} {year}", "before its {next_year=+1}"},
		     {"{year}{next_year=+2}", "'{next_year=+2}'"},
		     {"{year-543}/{next_year}", "adds to one of its years"},
		     {"{to_year}", "has no {year}"},
		     {"{*}a{*}b{*}c{*}{year}", "more than 3 {*}"},
		     {"{year}-{month", "without its '}'"},
		     {"", "neither a name"}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct feed_period_pattern pattern = {0};
		struct error err = {0};
		bool is_read = feed_period_pattern_parse(cases[i].written, &pattern, &err);
		if (is_read)
			fail_msg("'%s' is read", cases[i].written);
		if (strstr(err.text, cases[i].says) == NULL)
			fail_msg("'%s' does not say '%s'", err.text, cases[i].says);
	}
}

static void a_shape_tells_patterns_apart(void **state)
{
	(void)state;
	static const struct {
		const char *pattern, *want;
	} cases[] = {{"YYYY-MM", "9999-99"},
		     {"YYYY-YY", "9999-99"},
		     {"YYYYQn", "9999Q9"},
		     {"DD/MM/YYYY", "8/8/9999"},
		     {"{year} [{*}]", "9999 [*]"},
		     {"{mon} {year}", "7 9999"},
		     {"{year}{next_year=+1}", "9999"},
		     {"{yyy+1911}-{y+1}", "999-8"},
		     {"ISO", ""}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct feed_period_pattern pattern;
		char shape[FEED_SHAPE_BYTES];
		assert_true(feed_period_pattern_parse(cases[i].pattern, &pattern, NULL));
		feed_period_pattern_shape(&pattern, shape);
		assert_string_equal(shape, cases[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_named_pattern_reads_what_it_is_named_for),
		cmocka_unit_test(spelt_out_patterns_read_what_stands_around),
		cmocka_unit_test(ranges_and_split_years_are_the_year_that_the_mapping_says),
		cmocka_unit_test(an_impossible_period_says_what_is_impossible),
		cmocka_unit_test(a_date_is_the_period_in_which_it_lies_when_the_mapping_says_so),
		cmocka_unit_test(years_of_other_calendars_and_years_named_by_half_of_them_are_read),
		cmocka_unit_test(a_pattern_that_is_none_is_refused),
		cmocka_unit_test(a_shape_tells_patterns_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
