/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "feed/window.h"

/* Counted with a calendar: 2024 is a leap year, 2026-11-22 is a Sunday. */
static void dates_move_with_the_day(void **state)
{
	static const struct {
		const char *name, *today, *want; /* want NULL: it is no date */
	} cases[] = {
		{"today", "2026-11-22", "2026-11-22"},
		{"today-1d", "2024-03-01", "2024-02-29"},
		{"today-365d", "2026-11-22", "2025-11-22"},
		{"today+2w", "2026-11-22", "2026-12-06"},
		{"today-1m", "2026-03-31", "2026-02-28"},
		{"today-13m", "2026-01-15", "2024-12-15"},
		{"today-2y", "2024-02-29", "2022-02-28"},
		{"year", "2026-11-22", "2026"},
		{"year-5", "2026-11-22", "2021"},
		{"month-3", "2026-02-01", "2025-11"},
		{"month-3:YYYYMM", "2026-02-01", "202511"},
		{"quarter", "2026-11-22", "2026-Q4"},
		{"quarter-4", "2026-03-31", "2025-Q1"},
		{"quarter:YYYYQn", "2026-04-01", "2026Q2"},
		{"today-30d:DD/MM/YY", "2026-11-22", "23/10/26"},
		{"year:ge datetime'YYYY-01-01'", "2026-11-22", "ge datetime'2026-01-01'"},
		{"today-400", "2026-11-22", NULL},
		{"today-d", "2026-11-22", NULL},
		{"today-1.5d", "2026-11-22", NULL},
		{"today--1d", "2026-11-22", NULL},
		{"today:", "2026-11-22", NULL},
		{"years", "2026-11-22", NULL},
		{"tomorrow", "2026-11-22", NULL},
		{"", "2026-11-22", NULL},
		{"year-1000", "2026-11-22", NULL},
		{"today-100000d", "2026-11-22", NULL},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_TEXT struct text out = text_with_limit(64);
		int32_t today;
		assert_true(day_parse(span_of(cases[i].today), &today, NULL));
		bool is = feed_window_add(span_of(cases[i].name), today, &out);
		if (is != (cases[i].want != NULL) || (is && strcmp(out.data, cases[i].want) != 0))
			fail_msg("{%s} on %s: '%s'", cases[i].name, cases[i].today,
				 is ? out.data : "none");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_move_with_the_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
