/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/zone_rule.h"

static void the_real_clock_is_the_machines(void **state)
{
	(void)state;
	struct clock clock = clock_real();
	int64_t before = (int64_t)time(NULL);
	int64_t now = clock.now(clock.self);
	assert_true(now >= before && now <= before + 60);
	int64_t first = clock.elapsed_ms(clock.self);
	assert_true(clock.elapsed_ms(clock.self) >= first);
}

/* Instants and offsets computed with another implementation of the tz database. */
static void instants_have_the_civil_time_of_the_zone(void **state)
{
	(void)state;
	static const struct {
		const char *zone;
		int64_t at;
		int32_t offset_s;
		const char *why;
	} cases[] = {
		{"UTC", 0, 0, "the epoch"},
		{"UTC", 253402300799, 0, "the year 9999"},
		{"Asia/Ho_Chi_Minh", 1782925200, 25200, "UTC+7"},
		{"Asia/Ho_Chi_Minh", 1767225600, 25200, "in winter too"},
		{"Europe/Berlin", 1774745999, 3600, "2026-03-29 00:59:59Z, a second before summer"},
		{"Europe/Berlin", 1774746000, 7200, "2026-03-29 01:00:00Z, summer"},
		{"Europe/Berlin", 1792889999, 7200, "2026-10-25 00:59:59Z, the last of summer"},
		{"Europe/Berlin", 1792890000, 3600, "2026-10-25 01:00:00Z, winter"},
		{"Europe/Berlin", 2058397199, 3600, "2035-03-25 00:59:59Z"},
		{"Europe/Berlin", 2058397200, 7200, "2035-03-25 01:00:00Z"},
		{"Europe/Berlin", 2077145999, 7200, "2035-10-28 00:59:59Z"},
		{"Europe/Berlin", 2077146000, 3600, "2035-10-28 01:00:00Z"},
		{"Europe/Berlin", 4118083200, 7200,
		 "2100-07-01, by the rule at the end of the file"},
		{"Europe/Berlin", -2208988800, 3600, "1900-01-01"},
		{"Europe/Berlin", -2840140800, 3208, "1880-01-01, local mean time"},
		{"America/New_York", 2224983600, -14400, "2040-07-04, west of Greenwich"},
		{"Australia/Sydney", 2366841600, 39600, "2045-01-01, summer across the new year"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_ZONE struct zone *zone = NULL;
		struct error err = {0};
		if (!zone_open(cases[i].zone, &zone, &err))
			fail_msg("%s", err.text);
		int64_t local = cases[i].at + cases[i].offset_s;
		int64_t second = ((local % 86400) + 86400) % 86400;
		if (zone_offset_s(zone, cases[i].at) != cases[i].offset_s ||
		    zone_day(zone, cases[i].at) != (local - second) / 86400 ||
		    zone_second_of_day(zone, cases[i].at) != second)
			fail_msg("%s %s: %d", cases[i].zone, cases[i].why,
				 zone_offset_s(zone, cases[i].at));
	}
}

static void midnight_is_the_zones(void **state)
{
	(void)state;
	AUTO_ZONE struct zone *zone = NULL;
	struct error err = {0};
	assert_true(zone_open("Asia/Ho_Chi_Minh", &zone, &err));
	/* 1782925200 = 2026-07-01 17:00:00Z = 2026-07-02 00:00:00+07; 2026-07-02 is day 20636 */
	assert_int_equal(zone_day(zone, 1782925199), 20635);
	assert_int_equal(zone_second_of_day(zone, 1782925199), 86399);
	assert_int_equal(zone_day(zone, 1782925200), 20636);
	assert_int_equal(zone_second_of_day(zone, 1782925200), 0);
	/* Saigon was at UTC+8 around 1970 */
	assert_int_equal(zone_day(zone, -8 * 3600), 0);
	assert_int_equal(zone_day(zone, -8 * 3600 - 1), -1);
}

static void times_beyond_all_calendars_do_not_overflow(void **state)
{
	(void)state;
	AUTO_ZONE struct zone *zone = NULL;
	struct error err = {0};
	assert_true(zone_open("Europe/Berlin", &zone, &err));
	assert_in_range(zone_day(zone, INT64_MAX), INT32_MAX - 3, INT32_MAX);
	assert_true(zone_day(zone, INT64_MIN) < -INT32_MAX + 4);
}

static void the_process_keeps_its_own_zone(void **state)
{
	(void)state;
	assert_int_equal(setenv("TZ", "America/New_York", 1), 0);
	tzset();
	AUTO_ZONE struct zone *zone = NULL;
	struct error err = {0};
	assert_true(zone_open("Europe/Berlin", &zone, &err));
	assert_int_equal(zone_offset_s(zone, 1774746000), 7200);
	struct tm local;
	time_t at = 1774746000; /* 2026-03-28 21:00 in New York */
	assert_non_null(localtime_r(&at, &local));
	assert_int_equal(local.tm_hour, 21);
	assert_string_equal(getenv("TZ"), "America/New_York");
}

static void names_that_are_not_zones_are_refused(void **state)
{
	(void)state;
	static const char *const names[] = {
		"",
		"../../etc/passwd",
		"/etc/localtime",
		"Europe",
		"Berlin",
		"Europe/Berlin/",
		"Europe//Berlin",
		"Europe/Berlin/x",
		"zone.tab",
		"Europe/Ber\nlin",
		"Nowhere/At_All",
		"Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	};
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct zone *zone = NULL;
		struct error err = {0};
		if (zone_open(names[i], &zone, &err))
			fail_msg("'%s' was opened", names[i]);
		assert_int_equal(err.code, ERROR_INPUT);
		assert_null(zone);
	}
	struct zone *zone = NULL;
	struct error err = {0};
	assert_false(zone_open("Nowhere/At_All", &zone, &err));
	assert_string_equal(err.text, "'Nowhere/At_All' is not a time zone of this machine; use an "
				      "IANA name such as Europe/Berlin");
	struct error other = {0};
	assert_false(zone_open("leapseconds", &zone, &other));
	assert_string_equal(other.text, "/usr/share/zoneinfo/leapseconds: not a time zone file "
					"(TZif version 2 or later)");
}

/* A TZif file of version 2 with an empty old block, one change at 1000 from UTC+1 to UTC+2. */
struct file {
	unsigned char bytes[256];
	size_t len;
};

static void put(struct file *file, const void *bytes, size_t len)
{
	memcpy(file->bytes + file->len, bytes, len);
	file->len += len;
}

static void put_header(struct file *file, unsigned char times, unsigned char types,
		       unsigned char chars)
{
	unsigned char header[44] = "TZif2";
	header[35] = times;
	header[39] = types;
	header[43] = chars;
	put(file, header, sizeof header);
}

static struct file small_file(const char *footer)
{
	static const unsigned char data[] = {
		0,   0, 0,    0,    0, 0, 0x03, 0xE8, /* at 1000 */
		1,				      /* to the second type */
		0,   0, 0x0E, 0x10, 0, 0,	      /* 3600 */
		0,   0, 0x1C, 0x20, 1, 0,	      /* 7200 */
		'A', 0,
	};
	static const unsigned char one_type[] = {0, 0, 0, 0, 0, 0, 0};
	struct file file = {.len = 0};
	put_header(&file, 0, 1, 1);
	put(&file, one_type, sizeof one_type);
	put_header(&file, 1, 2, 2);
	put(&file, data, sizeof data);
	put(&file, footer, strlen(footer));
	return file;
}

static void a_zone_without_a_rule_keeps_its_last_offset(void **state)
{
	(void)state;
	AUTO_ZONE struct zone *zone = NULL;
	struct error err = {0};
	struct file file = small_file("\n\n");
	assert_true(zone_read(file.bytes, file.len, &zone, &err));
	assert_int_equal(zone_offset_s(zone, 999), 3600);
	assert_int_equal(zone_offset_s(zone, 1000), 7200);
	assert_int_equal(zone_offset_s(zone, 1LL << 40), 7200);
}

static void a_damaged_zone_file_is_refused_wherever_it_is_cut_or_changed(void **state)
{
	(void)state;
	const struct file whole = small_file("\nXXX-3\n");
	struct zone *zone = NULL;
	for (size_t len = 0; len < whole.len - 7; len++) {
		struct error err = {0};
		assert_false(zone_read(whole.bytes, len, &zone, &err));
		assert_int_equal(err.code, ERROR_INPUT);
	}
	struct file kind = whole; /* the change names a third type */
	kind.bytes[44 + 7 + 44 + 8] = 2;
	struct error err = {0};
	assert_false(zone_read(kind.bytes, kind.len, &zone, &err));
	assert_string_equal(err.text, "damaged time zone file");
	struct file footer = small_file("\n???\n");
	assert_false(zone_read(footer.bytes, footer.len, &zone, NULL));
	struct file old = whole;
	old.bytes[4] = 0;
	assert_false(zone_read(old.bytes, old.len, &zone, NULL));
	zone_free(NULL);
}

static void posix_rules_are_read(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool fine;
		int32_t standard_s, summer_s;
		const char *why;
	} cases[] = {
		{"<+07>-7", true, 25200, 0, "a name in brackets"},
		{"CET-1CEST,M3.5.0,M10.5.0/3", true, 3600, 7200, "with summer"},
		{"EST5EDT4,M3.2.0,M11.1.0", true, -18000, -14400, "summer's offset is said"},
		{"<+0330>-3:30:15", true, 12615, 0, "3 * 3600 + 30 * 60 + 15"},
		{"IST-1GMT0,M10.5.0,M3.5.0/1", true, 3600, 0, "summer is behind"},
		{"AAA+3BBB,J60/-1,300/167", true, -10800, -7200, "other days, odd hours"},
		{"", false, 0, 0, "nothing"},
		{"CE-1", false, 0, 0, "a short name"},
		{"<+07-7", false, 0, 0, "a bracket is open"},
		{"CET", false, 0, 0, "no offset"},
		{"CET-25", false, 0, 0, "an offset beyond a day"},
		{"CET-1:60", false, 0, 0, "60 minutes"},
		{"CET-1:30:60", false, 0, 0, "60 seconds"},
		{"CET-1CEST", false, 0, 0, "summer without dates"},
		{"CET-1CE,M3.5.0,M10.5.0", false, 0, 0, "a short name of summer"},
		{"CET-1CEST+99,M3.5.0,M10.5.0", false, 0, 0, "summer beyond a day"},
		{"CET-1CEST,M13.5.0,M10.5.0", false, 0, 0, "month 13"},
		{"CET-1CEST,M3.6.0,M10.5.0", false, 0, 0, "week 6"},
		{"CET-1CEST,M3.5.7,M10.5.0", false, 0, 0, "weekday 7"},
		{"CET-1CEST,J0,M10.5.0", false, 0, 0, "Julian days begin with 1"},
		{"CET-1CEST,366,M10.5.0", false, 0, 0, "no such day"},
		{"CET-1CEST,M3.5.0/168,M10.5.0", false, 0, 0, "too many hours"},
		{"CET-1CEST,M3.5.0", false, 0, 0, "no end"},
		{"CET-1CEST,M3.5.0,M10.5.0x", false, 0, 0, "something behind"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct zone_rule rule = {0};
		if (zone_rule_parse(span_of(cases[i].text), &rule) != cases[i].fine ||
		    rule.standard_s != cases[i].standard_s || rule.summer_s != cases[i].summer_s)
			fail_msg("%s: %d %d", cases[i].why, rule.standard_s, rule.summer_s);
	}
}

static void julian_days_skip_the_leap_day_and_zero_based_ones_do_not(void **state)
{
	(void)state;
	struct zone_rule rule;
	/* Summer from J60 = 1 March in every year, until day 59 counted from 0 of the next. */
	assert_true(zone_rule_parse(span_of("AAA0BBB,J60/0,300/0"), &rule));
	/* 2024-03-01 = 1709251200, 2023-03-01 = 1677628800 */
	assert_int_equal(zone_rule_offset_s(&rule, 1709251199), 0);
	assert_int_equal(zone_rule_offset_s(&rule, 1709251200), 3600);
	assert_int_equal(zone_rule_offset_s(&rule, 1677628799), 0);
	assert_int_equal(zone_rule_offset_s(&rule, 1677628800), 3600);
	/* Day 300 from 0 of 2024 is 27 October (2024 is a leap year: 300 = 305 - 5), at 0:00 summer
	 * time, that is 2024-10-26 23:00Z = 1729983600. */
	assert_int_equal(zone_rule_offset_s(&rule, 1729983599), 3600);
	assert_int_equal(zone_rule_offset_s(&rule, 1729983600), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_real_clock_is_the_machines),
		cmocka_unit_test(instants_have_the_civil_time_of_the_zone),
		cmocka_unit_test(midnight_is_the_zones),
		cmocka_unit_test(times_beyond_all_calendars_do_not_overflow),
		cmocka_unit_test(the_process_keeps_its_own_zone),
		cmocka_unit_test(names_that_are_not_zones_are_refused),
		cmocka_unit_test(a_zone_without_a_rule_keeps_its_last_offset),
		cmocka_unit_test(a_damaged_zone_file_is_refused_wherever_it_is_cut_or_changed),
		cmocka_unit_test(posix_rules_are_read),
		cmocka_unit_test(julian_days_skip_the_leap_day_and_zero_based_ones_do_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
