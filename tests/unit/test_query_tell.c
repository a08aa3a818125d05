/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "query/check.h"
#include "query/phrase.h"
#include "query/tell.h"
#include "tests/unit/figures.h"
#include "tests/unit/query_world.h"

enum { PO_BYTES = 1 << 20 };

static const struct language english = {0};
static const struct language other = {
	.words = {[WORD_PERIOD_FIRST_MONTHS] = "tháng 01–{2}/{1}", [WORD_NEARLY] = "gần {1}"},
	.has_decimal_comma = true,
	.is_day_first = true,
};

/* Compare and forget. */
static void expect(struct text *text, const char *want)
{
	assert_string_equal(text->data ? text->data : "", want);
	text_clear(text);
}

/* Fail unless the message file has the word as a message. */
static void assert_translated(const char *po, const char *word)
{
	AUTO_TEXT struct text line = TELL_TEXT;
	text_add_string(&line, "\nmsgid \"");
	for (const char *c = word; *c != '\0'; c++)
		text_addf(&line, "%s%c", *c == '"' ? "\\" : "", *c);
	text_add_string(&line, "\"\nmsgstr \"");
	assert_says(po, line.data);
}

static void every_word_is_there_and_is_translated(void **state)
{
	(void)state;
	AUTO_FREE char *po = calloc(1, PO_BYTES);
	FILE *file = fopen("po/vi.po", "r");
	assert_non_null(file);
	assert_non_null(po);
	assert_in_range(fread(po, 1, PO_BYTES - 1, file), 1, PO_BYTES - 2);
	assert_int_equal(fclose(file), 0);
	for (int i = 0; i < WORD_COUNT; i++) {
		assert_non_null(word_english((enum word)i));
		assert_translated(po, word_of(&english, (enum word)i));
	}
}

static void words_take_what_belongs_into_them(void **state)
{
	(void)state;
	AUTO_TEXT struct text out = TELL_TEXT;
	word_fill(&out, "{2} of {1} {3} {x} {", (const char *const[]){"a", "b"}, 2);
	expect(&out, "b of a {3} {x} {");
	word_add_count(&out, &english, WORD_OVERDUE_ONE, WORD_OVERDUE, 1);
	expect(&out, "overdue 1 period");
	word_add_count(&out, &english, WORD_OVERDUE_ONE, WORD_OVERDUE, 4);
	expect(&out, "overdue 4 periods");
	word_add(&out, &other, WORD_NEARLY, "95 %");
	expect(&out, "gần 95 %");
}

static void numbers_follow_the_language(void **state)
{
	(void)state;
	AUTO_TEXT struct text out = TELL_TEXT;
	tell_number(&out, &english, 91.7, TELL_AS_IS);
	expect(&out, "91.7");
	tell_number(&out, &other, 91.7, 2);
	expect(&out, "91,70");
	tell_computed(&out, &english, 2.50, 2);
	expect(&out, "2.5");
	tell_computed(&out, &english, 3, 2);
	expect(&out, "3");
	tell_computed(&out, &english, 100, 0);
	expect(&out, "100");
	tell_computed(&out, &english, -0.001, 2);
	expect(&out, "0");
}

static void periods_are_short(void **state)
{
	static const struct {
		const char *period, *english, *other;
	} cases[] = {
		{"2021", "2021", "2021"},
		{"2021-S2", "2021-S2", "2021-S2"},
		{"2021-Q3", "2021-Q3", "2021-Q3"},
		{"2021-07", "2021-07", "2021-07"},
		{"2021-W05", "2021-W05", "2021-W05"},
		{"2021-10-08", "2021-10-08", "08/10/2021"},
		{"2021-01/2021-09", "2021-01..09", "tháng 01–09/2021"},
		{"2021-04/2021-09", "2021-04..09", "2021-04..09"},
		{"2019/2020", "2019/2020", "2019/2020"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_TEXT struct text out = TELL_TEXT;
		tell_period(&out, &english, figures_period(cases[i].period));
		expect(&out, cases[i].english);
		tell_period(&out, &other, figures_period(cases[i].period));
		expect(&out, cases[i].other);
	}
}

static void days_of_any_precision_follow_the_language(void **state)
{
	static const struct {
		const char *published, *english, *other;
	} cases[] = {
		{"", "-", "-"},
		{"2025", "2025", "2025"},
		{"2025-01", "2025-01", "01/2025"},
		{"2025-01-06", "2025-01-06", "06/01/2025"},
	};
	(void)state;
	AUTO_TEXT struct text out = TELL_TEXT;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		tell_published(&out, &english, cases[i].published);
		expect(&out, cases[i].english);
		tell_published(&out, &other, cases[i].published);
		expect(&out, cases[i].other);
	}
	tell_day(&out, &other, DAY_NONE);
	expect(&out, "-");
}

static void a_value_shows_its_qualifier_and_how_sure_it_is(void **state)
{
	static const struct {
		const char *why;
		enum obs_status status;
		enum obs_qualifier qualifier;
		bool stand_in;
		int decimals;
		const char *want;
	} cases[] = {
		{"normal", OBS_NORMAL, QUALIFIER_NONE, false, 0, "95 %"},
		{"as printed", OBS_NORMAL, QUALIFIER_NONE, false, 1, "95.0 %"},
		{"nearly", OBS_NORMAL, QUALIFIER_BELOW, false, 0, "nearly 95 %"},
		{"over", OBS_NORMAL, QUALIFIER_ABOVE, false, 0, "over 95 %"},
		{"about, estimated", OBS_ESTIMATED, QUALIFIER_ABOUT, false, 0, "about 95 % e"},
		{"stands in", OBS_NORMAL, QUALIFIER_NONE, true, 0, "95 % e"},
		{"provisional", OBS_PROVISIONAL, QUALIFIER_NONE, false, 0, "95 % p"},
		{"forecast", OBS_FORECAST, QUALIFIER_NONE, false, 0, "95 % forecast"},
		{"missing", OBS_MISSING, QUALIFIER_NONE, false, 0, "said to be missing"},
		{"withdrawn", OBS_WITHDRAWN, QUALIFIER_NONE, false, 0, "withdrawn"},
	};
	const struct indicator indicator = {.unit = "%", .decimals = -1};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_TEXT struct text out = TELL_TEXT;
		const struct observation row = {.has_value = cases[i].status != OBS_MISSING,
						.value = 95,
						.decimals = cases[i].decimals,
						.status = cases[i].status,
						.qualifier = cases[i].qualifier};
		print_message("%s\n", cases[i].why);
		tell_value(&out, &english, &indicator, &row, cases[i].stand_in);
		expect(&out, cases[i].want);
	}
}

static void distances_of_shares_are_points(void **state)
{
	const struct indicator share = {.unit = "%"};
	const struct indicator mass = {.unit = "t/day"};
	const struct indicator bare = {.unit = ""};
	(void)state;
	AUTO_TEXT struct text out = TELL_TEXT;
	tell_distance(&out, &english, &share, 5, 1);
	expect(&out, "5 pts");
	tell_distance(&out, &english, &share, 1, 1);
	expect(&out, "1 pt");
	tell_distance(&out, &english, &mass, 1.25, 2);
	expect(&out, "1.25 t/day");
	tell_distance(&out, &english, &bare, 3, 0);
	expect(&out, "3");
}

static void goals_are_told_by_their_operator(void **state)
{
	static const struct {
		struct target target;
		struct measure level, high;
		const char *want;
	} cases[] = {
		{{.op = TARGET_AT_LEAST, .has_value = true, .value = 95},
		 {true, 95},
		 {0},
		 ">=95 %"},
		{{.op = TARGET_ABOVE, .has_value = true, .value = 95}, {true, 95}, {0}, ">95 %"},
		{{.op = TARGET_AT_MOST, .has_value = true, .value = 95}, {true, 95}, {0}, "<=95 %"},
		{{.op = TARGET_BELOW, .has_value = true, .value = 95, .decimals = 1},
		 {true, 95},
		 {0},
		 "<95.0 %"},
		{{.op = TARGET_ABOUT, .has_value = true, .value = 91}, {0}, {0}, "about 91 %"},
		{{.op = TARGET_RANGE, .has_value = true, .value = 93, .value_high = 95},
		 {true, 93},
		 {true, 95},
		 "93..95 %"},
		{{.op = TARGET_KEEP, .has_value = true, .value = 42}, {true, 42}, {0}, "keep 42 %"},
		{{.op = TARGET_KEEP}, {0}, {0}, "keep the level"},
		{{.op = TARGET_BETTER}, {true, 61.95}, {0}, "better than 62 %"},
		{{.op = TARGET_BETTER}, {0}, {0}, "better"},
		{{.op = TARGET_NONE}, {0}, {0}, "no number"},
		{{.op = TARGET_AT_MOST, .has_value = true, .value = -20, .relative = true},
		 {0},
		 {0},
		 "-20 % on base"},
		{{.op = TARGET_AT_MOST, .has_value = true, .value = -20, .relative = true},
		 {true, 40},
		 {0},
		 "<=40 %"},
	};
	const struct indicator indicator = {.unit = "%", .decimals = -1};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_TEXT struct text out = TELL_TEXT;
		const struct query_row row = {
			.target = &cases[i].target,
			.indicator = &indicator,
			.verdict = {.target_value = cases[i].level,
				    .target_value_high = cases[i].high},
		};
		phrase_goal(&out, &english, &row);
		expect(&out, cases[i].want);
	}
}

static const struct {
	const char *want;
	struct verdict verdict;
	enum obs_status status;
	bool stand_in;
} told_states[] = {
	{"met", {.state = STATE_MET, .final = true}, OBS_NORMAL, false},
	{"met, exceeded", {.state = STATE_MET, .final = true, .exceeded = true}, OBS_NORMAL, false},
	{"met so far", {.state = STATE_MET}, OBS_NORMAL, false},
	{"met by a later figure", {.state = STATE_MET, .late = true}, OBS_NORMAL, false},
	{"met (estimate)", {.state = STATE_MET}, OBS_ESTIMATED, false},
	{"met (estimate)", {.state = STATE_MET}, OBS_NORMAL, true},
	{"met (provisional)", {.state = STATE_MET}, OBS_PROVISIONAL, false},
	{"missed", {.state = STATE_MISSED}, OBS_NORMAL, false},
	{"missed, reached later", {.state = STATE_MISSED, .late = true}, OBS_NORMAL, false},
	{"on track (provisional), overdue 1 period",
	 {.state = STATE_ON_TRACK,
	  .provisional = true,
	  .freshness = FRESHNESS_OVERDUE,
	  .overdue_periods = 1},
	 OBS_NORMAL,
	 false},
	{"missed", /* the years that are overdue come after it */
	 {.state = STATE_MISSED, .freshness = FRESHNESS_OVERDUE, .overdue_periods = 2},
	 OBS_NORMAL,
	 false},
	{"missed (estimate), overdue 2 periods",
	 {.state = STATE_MISSED, .freshness = FRESHNESS_OVERDUE, .overdue_periods = 2},
	 OBS_ESTIMATED,
	 false},
	{"met",
	 {.state = STATE_MET, .final = true, .freshness = FRESHNESS_OVERDUE, .overdue_periods = 2},
	 OBS_NORMAL,
	 false},
	{"met so far, overdue 2 periods",
	 {.state = STATE_MET, .freshness = FRESHNESS_OVERDUE, .overdue_periods = 2},
	 OBS_NORMAL,
	 false},
	{"nearly on track", {.state = STATE_NEARLY_ON_TRACK}, OBS_NORMAL, false},
	{"met, may be lost again",
	 {.state = STATE_NEARLY_ON_TRACK, .reason = REASON_LOST_IF_CONTINUED},
	 OBS_NORMAL,
	 false},
	{"off track", {.state = STATE_OFF_TRACK}, OBS_NORMAL, false},
	{"off track, no change",
	 {.state = STATE_OFF_TRACK, .reason = REASON_NO_CHANGE},
	 OBS_NORMAL,
	 false},
	{"short so far",
	 {.state = STATE_OFF_TRACK, .reason = REASON_SHORT_SO_FAR},
	 OBS_NORMAL,
	 false},
	{"worsening", {.state = STATE_WORSENING}, OBS_ESTIMATED, false},
	{"too few values",
	 {.state = STATE_INSUFFICIENT_DATA, .reason = REASON_TOO_FEW_VALUES},
	 OBS_ESTIMATED,
	 false},
	{"too few since a break",
	 {.state = STATE_INSUFFICIENT_DATA, .reason = REASON_BREAK},
	 OBS_NORMAL,
	 false},
	{"not reported",
	 {.state = STATE_NO_DATA, .reason = REASON_PERIOD_NOT_REPORTED},
	 OBS_NORMAL,
	 false},
	{"area has ended",
	 {.state = STATE_NOT_ASSESSABLE, .reason = REASON_AREA_ENDED},
	 OBS_NORMAL,
	 false},
};

static void states_are_told_with_what_makes_them_unsure(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(told_states); i++) {
		AUTO_TEXT struct text out = TELL_TEXT;
		const struct query_row row = {.verdict = told_states[i].verdict,
					      .row = {.status = told_states[i].status},
					      .stand_in = told_states[i].stand_in};
		phrase_state(&out, &english, &row);
		expect(&out, told_states[i].want);
	}
}

static void a_monitoring_system_gets_the_status_of_the_contract(void **state)
{
	static const struct {
		enum assess_state state;
		enum freshness freshness;
		enum check_status want;
	} cases[] = {
		{STATE_MET, FRESH, CHECK_OK},
		{STATE_ON_TRACK, FRESHNESS_DUE, CHECK_OK},
		{STATE_MET, FRESHNESS_OVERDUE, CHECK_WARNING},
		{STATE_ON_TRACK, FRESHNESS_OVERDUE, CHECK_WARNING},
		{STATE_NEARLY_ON_TRACK, FRESH, CHECK_WARNING},
		{STATE_OFF_TRACK, FRESH, CHECK_CRITICAL},
		{STATE_WORSENING, FRESHNESS_OVERDUE, CHECK_CRITICAL},
		{STATE_MISSED, FRESH, CHECK_CRITICAL},
		{STATE_INSUFFICIENT_DATA, FRESHNESS_OVERDUE, CHECK_UNKNOWN},
		{STATE_NO_DATA, FRESHNESS_NONE, CHECK_UNKNOWN},
		{STATE_NOT_ASSESSABLE, FRESH, CHECK_UNKNOWN},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct verdict verdict = {.state = cases[i].state,
						.freshness = cases[i].freshness};
		assert_int_equal(check_status_of(&verdict), cases[i].want);
	}
}

static void symbols_of_methods_have_words(void **state)
{
	(void)state;
	assert_string_equal(phrase_symbol(&english, "slightly cloudy"), "sun with some cloud");
	assert_string_equal(phrase_symbol(&english, "limited_progress"), "limited progress");
	assert_string_equal(phrase_symbol(&english, "of another method"), "of another method");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_word_is_there_and_is_translated),
		cmocka_unit_test(words_take_what_belongs_into_them),
		cmocka_unit_test(numbers_follow_the_language),
		cmocka_unit_test(periods_are_short),
		cmocka_unit_test(days_of_any_precision_follow_the_language),
		cmocka_unit_test(a_value_shows_its_qualifier_and_how_sure_it_is),
		cmocka_unit_test(distances_of_shares_are_points),
		cmocka_unit_test(goals_are_told_by_their_operator),
		cmocka_unit_test(states_are_told_with_what_makes_them_unsure),
		cmocka_unit_test(a_monitoring_system_gets_the_status_of_the_contract),
		cmocka_unit_test(symbols_of_methods_have_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
