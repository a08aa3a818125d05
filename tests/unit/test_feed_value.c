/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <math.h>

#include "feed/mangled.h"
#include "feed/status.h"
#include "feed/value.h"

static char point_marker[] = "..";
static char not_available[] = "NA";
static char *markers[] = {point_marker, not_available};

static const struct feed_numbers plain = {
	.decimal = '.', .decimals = -1, .missing = {markers, COUNT_OF(markers)}};

static struct feed_cell text_cell(const char *text)
{
	return (struct feed_cell){.kind = FEED_CELL_TEXT, .text = span_of(text)};
}

static void a_text_is_a_number_only_when_it_is_certainly_one(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		double want;
		int decimals;
		const char *why; /* it is refused; NULL: it is not */
	} cases[] = {
		{"91.70", 91.7, 2, NULL},
		{" 5\t", 5, 0, NULL},
		{"-0.5", -0.5, 1, NULL},
		{"48345", 48345, 0, NULL},
		{"1.234", 1.234, 3, NULL}, /* '.' is declared */
		{"12,4", 0, 0, "','"},
		{"1e3", 0, 0, "'e'"},
		{"nan", 0, 0, "not a number"},
		{"inf", 0, 0, "not a number"},
		{"0x10", 0, 0, "not a number"},
		{"12%", 0, 0, "'%'"},
		{"<0.1", 0, 0, "a bound"},
		{"\u226450", 0, 0, "a bound"},
		{"10-12", 0, 0, "a range"},
		{"10\u201312", 0, 0, "a range"},
		{"3 to 5", 0, 0, "a range"},
		{"61.76 [56.88-67.01]", 0, 0, "a range"},
		{"3-May", 0, 0, "'3.5' or '5.3'"},
		{"#DIV/0!", 0, 0, "an error value"},
		{"-", 0, 0, "not a number"},
		{"No data", 0, 0, "not a number"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct feed_cell cell = text_cell(cases[i].text);
		struct number got = {.value = 77};
		struct error err = {0};
		bool missing = false;
		bool ok = feed_value_read(&plain, &cell, &missing, &got, &err);
		if (ok != (cases[i].why == NULL))
			fail_msg("'%s': %s", cases[i].text, err.text);
		assert_true(got.value == (ok ? cases[i].want : 77));
		assert_false(missing);
		if (ok)
			assert_int_equal(got.decimals, cases[i].decimals);
		else if (cases[i].why != NULL && strstr(err.text, cases[i].why) == NULL)
			fail_msg("'%s' does not say '%s'", err.text, cases[i].why);
	}
}

static void null_empty_and_markers_are_missing_and_absence_is_not(void **state)
{
	(void)state;
	const struct feed_cell missing_cells[] = {{.kind = FEED_CELL_NULL},
						  text_cell(""),
						  text_cell("  "),
						  text_cell(".."),
						  text_cell(" NA ")};
	struct number number;
	struct error err = {0};
	for (size_t i = 0; i < COUNT_OF(missing_cells); i++) {
		bool missing = false;
		assert_true(feed_value_read(&plain, &missing_cells[i], &missing, &number, NULL));
		assert_true(missing);
	}
	const struct feed_cell absent = {.kind = FEED_CELL_ABSENT};
	bool missing = false;
	assert_false(feed_value_read(&plain, &absent, &missing, &number, &err));
	assert_string_equal(err.text,
			    "there is no value; numbers.absent says whether that means that it is "
			    "missing");
}

static void values_are_scaled_rounded_and_held_against_their_bounds(void **state)
{
	(void)state;
	const struct feed_numbers rules = {.decimal = '.',
					   .scale = {true, 0.001},
					   .decimals = 1,
					   .min = {true, 0},
					   .max = {true, 100}};
	const struct {
		struct feed_cell cell;
		double want; /* NAN: refused */
		int decimals;
	} cases[] = {
		{text_cell("1234"), 1.2, 1},		    /* 1.234 */
		{text_cell("1250"), 1.3, 1},		    /* 1.25, half up */
		{text_cell("100000"), 100, 1},		    /* the bound itself */
		{text_cell("100100"), (double)NAN, 0},	    /* 100.1 */
		{text_cell("-100"), (double)NAN, 0},	    /* -0.1 */
		{{FEED_CELL_NUMBER, span_of("1e3")}, 1, 1}, /* JSON knows exponents */
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct number got;
		bool missing;
		bool ok = feed_value_read(&rules, &cases[i].cell, &missing, &got, NULL);
		assert_int_equal(ok, !isnan(cases[i].want));
		if (!ok)
			continue;
		assert_true(got.value == cases[i].want);
		assert_int_equal(got.decimals, cases[i].decimals);
	}
}

static char code_a[] = "A", code_p[] = "p", code_e[] = "e", code_b[] = "b", code_m[] = ":";
static char code_w[] = "Estimated value", code_i[] = "x";
static char *list_normal[] = {code_a}, *list_provisional[] = {code_p};
static char *list_estimated[] = {code_e, code_w}, *list_break[] = {code_b};
static char *list_missing[] = {code_m}, *list_ignored[] = {code_i};

static const struct feed_statuses statuses = {
	.normal = {list_normal, 1},
	.provisional = {list_provisional, 1},
	.estimated = {list_estimated, 2},
	.missing = {list_missing, 1},
	.is_break = {list_break, 1},
	.ignored = {list_ignored, 1},
};

static void of_several_codes_the_one_that_says_most_counts(void **state)
{
	(void)state;
	static char semicolon[] = ";";
	static const struct {
		const char *text;
		bool letters;
		bool parts;
		char want; /* 0: refused */
		bool is_break;
	} cases[] = {
		{"", false, false, 'A', false},
		{" A ", false, false, 'A', false},
		{"Estimated value", false, false, 'E', false},
		{"b", false, false, 'A', true},
		{"x", false, false, 'A', false},
		{"ep", false, false, 0, false},
		{"ep", true, false, 'E', false},
		{"pb", true, false, 'P', true},
		{"bx", true, false, 'A', true},
		{"pz", true, false, 0, false},
		{"p; Estimated value", false, true, 'E', false},
		{"A;:", false, true, 'M', false},
		{";p", false, true, 'P', false},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct feed_statuses rules = statuses;
		enum obs_status got = OBS_WITHDRAWN;
		bool is_break = false;
		rules.letters = cases[i].letters;
		rules.separator = cases[i].parts ? semicolon : NULL;
		bool ok = feed_status_read(&rules, span_of(cases[i].text), &got, &is_break, NULL);
		if (ok != (cases[i].want != 0))
			fail_msg("'%s'", cases[i].text);
		assert_int_equal(got, ok ? (int)cases[i].want : OBS_WITHDRAWN);
		assert_int_equal(is_break, cases[i].is_break);
	}
}

static void status_lists_that_contradict_themselves_are_refused(void **state)
{
	(void)state;
	static char two[] = ";;", one[] = ";";
	struct feed_statuses rules = statuses;
	assert_true(feed_status_check(&rules, NULL));
	rules.letters = true;
	assert_false(feed_status_check(&rules, NULL)); /* "Estimated value" is no letter */
	rules.estimated.count = 1;
	assert_true(feed_status_check(&rules, NULL));
	rules.separator = one;
	assert_false(feed_status_check(&rules, NULL)); /* letters or parts */
	rules.letters = false;
	assert_true(feed_status_check(&rules, NULL));
	rules.separator = two;
	assert_false(feed_status_check(&rules, NULL));
	rules.separator = NULL;
	rules.forecast = rules.normal;
	assert_false(feed_status_check(&rules, NULL)); /* A twice */
}

static void codes_that_only_look_odd_are_left_alone(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool ok;
		const char *why;
	} cases[] = {
		{"VNM", true, "a code"},
		{"34:01", true, "may well be the source's own"},
		{"2021-10-08", true, "may well be a series of that day"},
		{"34:01:00", false, "seconds come from a spreadsheet"},
		{"Mar-75", false, "was MAR75"},
		{"1.23E+05", false, "was 123000"},
		{"###", false, "too narrow"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		if (feed_mangled_check_code(span_of(cases[i].text), NULL) != cases[i].ok)
			fail_msg("%s: %s", cases[i].text, cases[i].why);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_is_a_number_only_when_it_is_certainly_one),
		cmocka_unit_test(null_empty_and_markers_are_missing_and_absence_is_not),
		cmocka_unit_test(values_are_scaled_rounded_and_held_against_their_bounds),
		cmocka_unit_test(of_several_codes_the_one_that_says_most_counts),
		cmocka_unit_test(status_lists_that_contradict_themselves_are_refused),
		cmocka_unit_test(codes_that_only_look_odd_are_left_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
