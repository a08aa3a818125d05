/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <string.h>

#include "obs/observation.h"

static void statuses_are_read_as_letters_and_words(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum obs_status want;
		const char *code;
	} cases[] = {
		{"A", OBS_NORMAL, "A"},	     {"normal", OBS_NORMAL, "A"},
		{"P", OBS_PROVISIONAL, "P"}, {"provisional", OBS_PROVISIONAL, "P"},
		{"E", OBS_ESTIMATED, "E"},   {"estimated", OBS_ESTIMATED, "E"},
		{"F", OBS_FORECAST, "F"},    {"forecast", OBS_FORECAST, "F"},
		{"M", OBS_MISSING, "M"},     {"missing", OBS_MISSING, "M"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		enum obs_status got = OBS_WITHDRAWN;
		struct error err = {0};
		assert_true(obs_status_parse(span_of(cases[i].text), &got, &err));
		assert_int_equal(got, cases[i].want);
		assert_string_equal(obs_status_code(got), cases[i].code);
	}
	assert_string_equal(obs_status_code(OBS_WITHDRAWN), "W");
	assert_string_equal(obs_status_code((enum obs_status)0), "");
}

static void other_statuses_are_refused(void **state)
{
	(void)state;
	static const char *const texts[] = {"", "a", "W", "AA", "Normal", "D"};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		enum obs_status got = OBS_WITHDRAWN;
		struct error err = {0};
		if (obs_status_parse(span_of(texts[i]), &got, &err))
			fail_msg("'%s' was read", texts[i]);
		assert_int_equal(err.code, ERROR_INPUT);
		assert_int_equal(got, OBS_WITHDRAWN);
	}
	enum obs_status got;
	struct error err = {0};
	assert_false(obs_status_parse(span_of("X"), &got, &err));
	assert_string_equal(err.text, "'X' is not a status; use A (normal), P (provisional), "
				      "E (estimated), F (forecast) or M (missing)");
}

static void qualifiers_are_read_as_signs_and_words(void **state)
{
	(void)state;
	static const struct {
		const char *text, *code;
	} cases[] = {
		{"", ""},	 {"~", "~"},	 {"about", "~"}, {"<", "<"},
		{"nearly", "<"}, {"under", "<"}, {">", ">"},	 {"over", ">"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		enum obs_qualifier got = (enum obs_qualifier)1;
		struct error err = {0};
		assert_true(obs_qualifier_parse(span_of(cases[i].text), &got, &err));
		assert_string_equal(obs_qualifier_code(got), cases[i].code);
	}
	enum obs_qualifier got = QUALIFIER_ABOUT;
	struct error err = {0};
	assert_false(obs_qualifier_parse(span_of("roughly"), &got, &err));
	assert_int_equal(err.code, ERROR_INPUT);
	assert_string_equal(err.text,
			    "'roughly' is not a qualifier; use ~ (about), < (nearly, under), "
			    "> (over) or nothing");
	assert_int_equal(got, QUALIFIER_ABOUT);
	assert_string_equal(obs_qualifier_code((enum obs_qualifier)1), "");
}

static void a_figure_is_known_from_the_earlier_of_publication_and_receipt(void **state)
{
	(void)state;
	assert_int_equal(obs_known_day(100, 200), 100);
	assert_int_equal(obs_known_day(200, 100), 100);
	assert_int_equal(obs_known_day(DAY_NONE, 200), 200);
	assert_int_equal(obs_known_day(-5, 3), -5);
}

static const struct observation base_row = {
	.has_value = true,
	.has_num = true,
	.has_den = true,
	.value = 91.7,
	.num = 11,
	.den = 12,
	.status = OBS_NORMAL,
	.published = "2024",
};

static void differences_that_state_something_make_a_new_row(void **state)
{
	(void)state;
	struct observation rows[10];
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		rows[i] = base_row;
	rows[0].value = 91.8;
	rows[1].has_value = false;
	rows[2].num = 10;
	rows[3].has_num = false;
	rows[4].den = 13;
	rows[5].has_den = false;
	rows[6].qualifier = QUALIFIER_ABOUT;
	rows[7].status = OBS_PROVISIONAL;
	rows[8].status = OBS_WITHDRAWN;
	rows[9].value = -91.7;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (!obs_differs(&base_row, &rows[i]) || !obs_differs(&rows[i], &base_row))
			fail_msg("row %zu", i);
	}
}

static void the_same_statement_again_is_nothing_new(void **state)
{
	(void)state;
	struct observation again = base_row;
	again.value = 91.700000000000003; /* equal at 15 digits */
	again.decimals = 2;
	again.seq = 5;
	again.load = 6;
	again.known_day = 7;
	again.received = 8;
	memcpy(again.published, "2025-01", 8);
	assert_false(obs_differs(&base_row, &again));

	/* What is absent is not compared. */
	struct observation a = {.value = 1, .status = OBS_MISSING};
	struct observation b = {.value = 2, .status = OBS_MISSING};
	assert_false(obs_differs(&a, &b));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(statuses_are_read_as_letters_and_words),
		cmocka_unit_test(other_statuses_are_refused),
		cmocka_unit_test(qualifiers_are_read_as_signs_and_words),
		cmocka_unit_test(a_figure_is_known_from_the_earlier_of_publication_and_receipt),
		cmocka_unit_test(differences_that_state_something_make_a_new_row),
		cmocka_unit_test(the_same_statement_again_is_nothing_new),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
