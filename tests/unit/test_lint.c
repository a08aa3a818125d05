/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "assess/lint.h"
#include "obs/day.h"

enum { SAID_BYTES = 1024 };

static struct period period_of(const char *text)
{
	struct period period;
	assert_true(period_parse(span_of(text), &period, NULL));
	return period;
}

static int32_t day_of(const char *text)
{
	int32_t day;
	assert_true(day_parse(span_of(text), &day, NULL));
	return day;
}

/* A figure as it came on 2026-11-22, beside up to two values before and one after. */
struct figure_case {
	const char *period;
	double value;
	int decimals;
	double num, den; /* 0: none */
	enum obs_status status;
	const char *published; /* a day; NULL: 2026-11-22 and not said */
	struct {
		const char *period;
		double value, num, den;
	} before[LINT_NEAR], after[1];
	double jump;   /* 0: none */
	double target; /* for the year 2021; 0: none */
	bool is_last;
	const char *wanted, *why;
};

static void add_near(const char *period, double value, double num, double den,
		     struct lint_value *values, size_t *count)
{
	if (period == NULL)
		return;
	values[(*count)++] = (struct lint_value){period_of(period), value, den != 0, num, den};
}

static void assert_case(const struct figure_case *item)
{
	const struct indicator indicator = {.id = "usw",
					    .unit = "%",
					    .has_high = true,
					    .high = 100,
					    .has_jump = item->jump > 0,
					    .jump = item->jump};
	struct observation obs = {.period = period_of(item->period),
				  .has_value = true,
				  .value = item->value,
				  .decimals = item->decimals,
				  .has_num = item->den != 0,
				  .has_den = item->den != 0,
				  .num = item->num,
				  .den = item->den,
				  .source = "monre",
				  .status = item->status ? item->status : OBS_NORMAL,
				  .known_day = day_of("2026-11-22")};
	struct target target = {.id = "t-2021",
				.has_value = item->target > 0,
				.value = item->target,
				.period = period_of("2021")};
	const struct target *const targets[] = {&target};
	struct lint_case subject = {.indicator = &indicator,
				    .obs = &obs,
				    .today = day_of("2026-11-22"),
				    .targets = targets,
				    .target_count = 1,
				    .is_last = item->is_last};
	struct lint_finding findings[LINT_RULES];
	AUTO_TEXT struct text said = text_with_limit(SAID_BYTES);
	if (item->published != NULL) {
		int32_t last = day_of(item->published);
		assert_true(
			span_copy(span_of(item->published), obs.published, sizeof obs.published));
		obs.known_day = obs_known_day(last, obs.known_day);
	}
	for (size_t i = 0; i < LINT_NEAR; i++)
		add_near(item->before[i].period, item->before[i].value, item->before[i].num,
			 item->before[i].den, subject.before, &subject.before_count);
	add_near(item->after[0].period, item->after[0].value, 0, 0, subject.after,
		 &subject.after_count);
	lint_write(&said, findings, lint_look(&subject, findings));
	if (strcmp(said.data ? said.data : "", item->wanted) != 0)
		print_error("%s\n", item->why);
	assert_string_equal(said.data ? said.data : "", item->wanted);
}

static const struct figure_case doubts[] = {
	{.period = "2019",
	 .value = 98.86,
	 .decimals = 2,
	 .num = 21562,
	 .den = 21810,
	 .wanted = "",
	 .why = "100 * 21562 / 21810 = 98.8629...: rounds to 98.86"},
	{.period = "2019",
	 .value = 4.3,
	 .decimals = 1,
	 .num = 9,
	 .den = 200,
	 .wanted = "parts: 4.3; 4.500",
	 .why = "100 * 9 / 200 = 4.5, not 4.3"},
	{.period = "2017",
	 .value = 78.1,
	 .decimals = 1,
	 .num = 221,
	 .den = 283,
	 .wanted = "",
	 .why = "100 * 221 / 283 = 78.0918..., rounds to 78.1"},
	{.period = "2017",
	 .value = 78.1,
	 .decimals = 2,
	 .num = 221,
	 .den = 283,
	 .wanted = "parts: 78.1; 78.0919",
	 .why = "printed as 78.10, it is not"},
	{.period = "2013",
	 .value = 73,
	 .jump = 5,
	 .before = {{"2012", 60, 0, 0}},
	 .wanted = "jump: 73; 60 (2012)",
	 .why = "13 points in a year, 5 are credible"},
	{.period = "2013",
	 .value = 73,
	 .jump = 5,
	 .before = {{"2010", 60, 0, 0}},
	 .wanted = "",
	 .why = "13 points in three years, 15 are credible"},
	{.period = "2013",
	 .value = 73,
	 .before = {{"2012", 60, 0, 0}},
	 .wanted = "",
	 .why = "nothing was said about what is credible"},
	{.period = "2013",
	 .value = 73,
	 .jump = 5,
	 .after = {{"2014", 60, 0, 0}},
	 .wanted = "jump: 73; 60 (2014)",
	 .why = "there is only a later one"},
	{.period = "2021",
	 .value = 9.17,
	 .before = {{"2020", 89.6, 0, 0}, {"2019", 89, 0, 0}},
	 .wanted = "power: 9.17; 89.6 (2020)",
	 .why = "a tenth of both"},
	{.period = "2021",
	 .value = 0.917,
	 .before = {{"2020", 89.6, 0, 0}, {"2019", 89, 0, 0}},
	 .wanted = "power: 0.917; 89.6 (2020)",
	 .why = "a share for per cent"},
	{.period = "2021",
	 .value = 0.917,
	 .before = {{"2020", 89.6, 0, 0}},
	 .wanted = "power: 0.917; 89.6 (2020)",
	 .why = "a hundredth of one is enough"},
	{.period = "2021",
	 .value = 9.17,
	 .before = {{"2020", 89.6, 0, 0}},
	 .wanted = "",
	 .why = "a tenth of one value alone may be"},
	{.period = "2021",
	 .value = 9.17,
	 .before = {{"2020", 89.6, 0, 0}, {"2019", 30, 0, 0}},
	 .wanted = "",
	 .why = "the neighbours do not agree among themselves"},
	{.period = "2021",
	 .value = 30,
	 .before = {{"2020", 89.6, 0, 0}, {"2019", 89, 0, 0}},
	 .wanted = "",
	 .why = "a third is no power of ten"},
	{.period = "2021",
	 .value = 85,
	 .target = 85,
	 .status = OBS_ESTIMATED,
	 .wanted = "target: t-2021",
	 .why = "one number is value and target"},
	{.period = "2021-01/2021-09",
	 .value = 87,
	 .target = 87,
	 .wanted = "target: t-2021",
	 .why = "a part of the target's year"},
	{.period = "2021",
	 .value = 87.2,
	 .target = 87,
	 .wanted = "",
	 .why = "a measurement near the target"},
	{.period = "2020",
	 .value = 87,
	 .target = 87,
	 .wanted = "",
	 .why = "the target of another year"},
	{.period = "2021",
	 .value = 100,
	 .target = 100,
	 .wanted = "",
	 .why = "many reach the bound itself"},
	{.period = "2021", .value = 2021, .wanted = "year: 2021", .why = "the year"},
	{.period = "2021-01/2021-09",
	 .value = 2021,
	 .wanted = "year: 2021",
	 .why = "the year of its period"},
	{.period = "2021", .value = 2022, .wanted = "", .why = "another number"},
	{.period = "2021",
	 .value = 85,
	 .published = "2021-10-08",
	 .wanted = "early: 2021-10-08; 2021-12-31",
	 .why = "said to be final before the year ended"},
	{.period = "2021",
	 .value = 85,
	 .published = "2021-10-08",
	 .status = OBS_ESTIMATED,
	 .wanted = "",
	 .why = "an estimate may"},
	{.period = "2021",
	 .value = 85,
	 .published = "2021-12-31",
	 .wanted = "",
	 .why = "on the last day"},
	{.period = "2026",
	 .value = 85,
	 .wanted = "early: 2026-11-22; 2026-12-31",
	 .why = "received before its year ended"},
	{.period = "2021",
	 .value = 85,
	 .published = "2026-11-23",
	 .wanted = "future: 2026-11-23",
	 .why = "tomorrow"},
	{.period = "2012",
	 .value = 60,
	 .published = "2023-08-14",
	 .is_last = true,
	 .wanted = "old: 2023-08-14; 2012",
	 .why = "eleven years later, nothing newer"},
	{.period = "2012",
	 .value = 60,
	 .published = "2023-08-14",
	 .is_last = true,
	 .after = {{"2013", 61, 0, 0}},
	 .wanted = "",
	 .why = "a newer one is there"},
	{.period = "2012",
	 .value = 60,
	 .published = "2023-08-14",
	 .wanted = "",
	 .why = "a newer one may come with it"},
	{.period = "2021",
	 .value = 64.7,
	 .published = "2022-12-30",
	 .is_last = true,
	 .wanted = "",
	 .why = "twelve months later is usual"},
	{.period = "2018",
	 .value = 78.1,
	 .decimals = 1,
	 .num = 221,
	 .den = 283,
	 .before = {{"2017", 78, 221, 283}},
	 .wanted = "twice: 78 (2017)",
	 .why = "221 of 283 in both years"},
	{.period = "2018",
	 .value = 78.4,
	 .decimals = 1,
	 .num = 222,
	 .den = 283,
	 .before = {{"2017", 78, 221, 283}},
	 .wanted = "",
	 .why = "100 * 222 / 283 = 78.445...: one more"},
};

static void each_doubt_is_found_and_nothing_else(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(doubts); i++)
		assert_case(&doubts[i]);
}

static void one_figure_under_two_names_is_doubtful_and_agreement_is_not(void **state)
{
	static const struct {
		const char *source, *published;
		double value, den;
		size_t wanted;
		const char *why;
	} cases[] = {
		{"gso", "2022-03-01", 91, 0, 1, "the same on the same day"},
		{"gso", "2022-05-01", 91, 0, 0, "the same on another day"},
		{"gso", "2022-03-01", 90, 0, 0, "another value"},
		{"gso", "2022-05-01", 91, 280, 1, "the same parts"},
		{"monre", "2022-03-01", 91, 0, 0, "its own row"},
	};
	const struct indicator indicator = {.id = "ip", .unit = "%"};
	struct observation obs = {.period = period_of("2021"),
				  .has_value = true,
				  .value = 91,
				  .source = "monre",
				  .published = "2022-03-01",
				  .status = OBS_NORMAL,
				  .known_day = day_of("2022-03-01"),
				  .decimals = -1,
				  .has_num = true,
				  .has_den = true,
				  .num = 255,
				  .den = 280};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct observation other = {.period = obs.period,
					    .has_value = true,
					    .value = cases[i].value,
					    .num = 255,
					    .has_num = cases[i].den != 0,
					    .has_den = cases[i].den != 0,
					    .den = cases[i].den};
		struct lint_case subject = {.indicator = &indicator,
					    .obs = &obs,
					    .today = day_of("2026-11-22"),
					    .others = &other,
					    .other_count = 1};
		struct lint_finding findings[LINT_RULES];
		assert_true(span_copy(span_of(cases[i].source), other.source, sizeof other.source));
		assert_true(span_copy(span_of(cases[i].published), other.published,
				      sizeof other.published));
		size_t count = lint_look(&subject, findings);
		if (count != cases[i].wanted)
			print_error("%s\n", cases[i].why);
		assert_int_equal(count, cases[i].wanted);
		if (count > 0)
			assert_string_equal(findings[0].detail, "gso");
	}
}

static void a_text_without_unit_or_with_two_readings_is_doubtful(void **state)
{
	static const struct {
		const char *raw, *unit, *wanted, *why;
	} cases[] = {
		{"", "", "", "nothing printed"},
		{"87,2%", "", "", "with its sign"},
		{"91,7", "", "no-unit: %", "the sign was left out"},
		{"91,7", "%", "", "the column says it"},
		{"1.234 %", "", "group: 1.234", "1234 or 1.234"},
		{"21,562", "%", "group: 21,562", "21562 or 21.562"},
		{"1.234,5%", "", "", "the comma says what the dot is"},
		{"0.917 %", "", "", "no group begins with 0"},
		{"1.23 %", "", "", "no group of three"},
		{"1234 %", "", "", "no sign in it"},
	};
	const struct indicator indicator = {.id = "usw", .unit = "%"};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct lint_finding findings[LINT_RULES];
		AUTO_TEXT struct text said = text_with_limit(SAID_BYTES);
		lint_write(&said, findings,
			   lint_look_text(&indicator, span_of(cases[i].raw), span_of(cases[i].unit),
					  findings));
		if (strcmp(said.data ? said.data : "", cases[i].wanted) != 0)
			print_error("%s\n", cases[i].why);
		assert_string_equal(said.data ? said.data : "", cases[i].wanted);
	}
}

static void what_was_kept_is_read_again_and_said(void **state)
{
	struct span rest =
		span_of("jump: 73; 60 (2012) | not in the feed's answer any more|year: 2021");
	AUTO_TEXT struct text said = text_with_limit(SAID_BYTES);
	struct lint_finding finding;
	(void)state;
	while (lint_read(&rest, &finding)) {
		lint_say(&said, &finding);
		text_add_char(&said, '\n');
	}
	assert_string_equal(said.data,
			    "the change is greater than is credible in the time: 73; 60 (2012)\n"
			    "not in the feed's answer any more\n"
			    "the value is the year of its period: 2021\n");
}

static void bounds_say_what_was_perhaps_meant(void **state)
{
	static const struct {
		double value;
		const char *wanted;
	} cases[] = {
		{100, ""},
		{101, "value 101 is above what usw can be: at most 100 %"},
		{-1, "value -1 is below what usw can be: at least 0 %"},
		{917, "value 917 is above what usw can be: at most 100 %; is a decimal sign lost, "
		      "and 91.7 meant?"},
		{8320, "value 8320 is above what usw can be: at most 100 %; is a decimal sign "
		       "lost, and 83.2 meant?"},
		{2021, "value 2021 is above what usw can be: at most 100 %; is it the year?"},
		{250.5, "value 250.5 is above what usw can be: at most 100 %"},
		{1e9, "value 1000000000 is above what usw can be: at most 100 %"},
	};
	const struct indicator indicator = {
		.id = "usw", .unit = "%", .has_low = true, .has_high = true, .high = 100};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct error err = {0};
		bool done = lint_check_bounds(&indicator, cases[i].value, period_of("2021"), &err);
		assert_true(done == (cases[i].wanted[0] == '\0'));
		assert_string_equal(err.text, cases[i].wanted);
	}
}

static void points_are_told_from_per_cent(void **state)
{
	const struct indicator indicator = {.id = "usw", .unit = "%"};
	struct error err = {0};
	(void)state;
	assert_true(lint_check_unit(&indicator, span_of(""), &err));
	assert_true(lint_check_unit(&indicator, span_of("%"), &err));
	assert_false(lint_check_unit(&indicator, span_of("điểm %"), &err));
	assert_string_equal(err.text, "unit 'điểm %' is that of a difference: usw is a share in "
				      "'%', so its level is needed, not its change");
	err = (struct error){0};
	assert_false(lint_check_unit(&indicator, span_of("t"), &err));
	assert_string_equal(err.text, "unit 't' is not that of usw: '%'");
}

static void every_rule_has_a_code_of_its_own_and_says_something(void **state)
{
	(void)state;
	for (int i = 0; i < LINT_RULES; i++) {
		const struct lint_row *row = lint_row((enum lint_rule)i);
		assert_true(row->code[0] != '\0' && row->says[0] != '\0');
		assert_true(row->is_refused == (i >= LINT_BOUNDS));
		for (int k = 0; k < i; k++)
			assert_string_not_equal(row->code, lint_row((enum lint_rule)k)->code);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_doubt_is_found_and_nothing_else),
		cmocka_unit_test(one_figure_under_two_names_is_doubtful_and_agreement_is_not),
		cmocka_unit_test(a_text_without_unit_or_with_two_readings_is_doubtful),
		cmocka_unit_test(what_was_kept_is_read_again_and_said),
		cmocka_unit_test(bounds_say_what_was_perhaps_meant),
		cmocka_unit_test(points_are_told_from_per_cent),
		cmocka_unit_test(every_rule_has_a_code_of_its_own_and_says_something),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
