/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <math.h>
#include <string.h>

#include "base/number.h"

struct rule_case {
	struct number_rule rule;
	const char *text;
	double value;
	int decimals;
	const char *why;
};

static const struct rule_case rule_cases[] = {
	{{0}, "12", 12, 0, "nothing to decide"},
	{{0}, "12.5", 12.5, 1, "can only be a point"},
	{{0}, "12,5", 12.5, 1, "can only be a comma"},
	{{0}, "0,123", 0.123, 3, "no group begins with 0"},
	{{0}, "1234.567", 1234.567, 3, "no group has four digits"},
	{{0},
	 " \xC2\xA0"
	 "7 ",
	 7,
	 0,
	 "blanks around"},
	{{0},
	 "\xE2\x88\x92"
	 "3,5",
	 -3.5,
	 1,
	 "the minus of typographers"},
	{{0}, "+3", 3, 0, "a plus"},
	{{.decimal = '.'}, "1.234", 1.234, 3, "declared"},
	{{.decimal = ','}, "1,234", 1.234, 3, "declared"},
	{{.decimal = '.', .grouping = ','}, "401,318", 401318, 0, "groups"},
	{{.decimal = '.', .grouping = ','}, "1,234,567.8", 1234567.8, 1, "two groups"},
	{{.decimal = ',', .grouping = '.'}, "1.234,5", 1234.5, 1, "the other way round"},
	{{.decimal = '.', .grouping = ','}, "1234567", 1234567, 0, "groups are not forced"},
	{{.grouping = '.'}, "1.234", 1234, 0, "grouping alone is declared"},
	{{.grouping = '.'}, "1,234", 1.234, 3, "then the other is decimal"},
	{{.decimal = ',', .grouping = ' '}, "12 345,6", 12345.6, 1, "a blank"},
	{{.grouping = ' '}, "12 345,678", 12345.678, 3, "groups are seen to be blanks"},
	{{.decimal = ',', .grouping = ' '},
	 "1\xC2\xA0"
	 "234",
	 1234,
	 0,
	 "a no-break space"},
	{{.decimal = ',', .grouping = ' '},
	 "1\xE2\x80\xAF"
	 "234",
	 1234,
	 0,
	 "a narrow one"},
	{{.decimal = '.', .grouping = '\''}, "1'234.5", 1234.5, 1, "Swiss"},
	{{.decimal = '.', .grouping = '\''}, "1\u2019234.5", 1234.5, 1, "as printers set it"},
	{{.decimal = ',', .grouping = ' '}, "1\u2009234,5", 1234.5, 1, "a thin blank"},
	{{.decimal = '.', .grouping = 'i'}, "1,45,000.5", 145000.5, 1, "India: 1 lakh 45 thousand"},
	{{.decimal = '.', .grouping = 'i'}, "12,34,56,789", 123456789, 0, "and crores"},
	{{.decimal = '.', .grouping = 'i'}, "1,234", 1234, 0, "up to 99,999 as elsewhere"},
	{{.grouping = 'i'}, "99,999.5", 99999.5, 1, "the other is decimal"},
	{{.decimal = '.', .exponents = true}, "1.5e3", 1500, 0, "exponents are allowed"},
	{{.decimal = '.', .scale = 1000}, "1.25", 1250, 0, "in thousands"},
	{{.decimal = '.', .scale = 0.01}, "91.7", 0.917, 3, "per cent to a share"},
	{{.decimal = '.', .scale = 0.4536}, "1.5", 0.6804, 5, "pounds to kilograms"},
	{{.decimal = '.', .scale = 1}, "1.5", 1.5, 1, "one changes nothing"},
	{{.decimal = '.', .scale = 1e-14}, "1.5", 1.5e-14, 15, "no more than 15 decimals"},
	{{.decimal = '.', .scale = -1}, "0", 0, 0, "zero keeps no sign"},
	{{.decimal = '.'}, "0.07137549668550491", 0.0713754966855049, 16, "a printed double"},
};

static void a_source_is_read_by_its_rule(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rule_cases); i++) {
		struct number got;
		struct error err = {0};
		if (!number_read_by(&rule_cases[i].rule, span_of(rule_cases[i].text), &got, &err))
			fail_msg("%s: %s", rule_cases[i].why, err.text);
		if (got.value != rule_cases[i].value ||
		    signbit(got.value) != signbit(rule_cases[i].value) ||
		    got.decimals != rule_cases[i].decimals)
			fail_msg("%s: %.17g with %d decimals", rule_cases[i].why, got.value,
				 got.decimals);
	}
}

static const struct {
	struct number_rule rule;
	const char *text, *message;
} refused_cases[] = {
	{{0}, "1.234", "'1.234' can be 1.234 or 1234; set decimal = \",\" or \".\" for this feed"},
	{{0},
	 "-12,345",
	 "'-12,345' can be 12.345 or 12345; set decimal = \",\" or \".\" for this feed"},
	{{.grouping = ' '},
	 "123.456",
	 "'123.456' can be 123.456 or 123456; set decimal = \",\" or \".\" for this feed"},
	{{0},
	 "1,234.5",
	 "'1,234.5' has groups of digits or more than one decimal sign; set decimal and "
	 "grouping for this feed"},
	{{.decimal = '.'},
	 "1,234",
	 "'1,234' is not a number: ',' is neither the decimal sign '.' nor a declared "
	 "grouping"},
	{{.decimal = ','},
	 "1.234",
	 "'1.234' is not a number: '.' is neither the decimal sign ',' nor a declared "
	 "grouping"},
	{{.decimal = '.'},
	 "1.5.5",
	 "'1.5.5' is not a number: it has more than one decimal sign '.'"},
	{{.decimal = '.', .grouping = ','},
	 "1.234,5",
	 "'1.234,5' is not a number: ',' is neither the decimal sign '.' nor a declared "
	 "grouping"},
	{{.decimal = '.', .grouping = ','},
	 "12,34",
	 "'12,34' is not a number: groups between ',' have three digits, the first may "
	 "have "
	 "fewer and does not begin with 0"},
	{{.decimal = '.', .grouping = 'i'},
	 "123,456",
	 "'123,456' is not a number: of groups between ',' as India writes them the last has three "
	 "digits, those before it two and the first one or two, as in '1,23,456'"},
	{{.decimal = '.', .grouping = 'i'},
	 "1,234,567",
	 "'1,234,567' is not a number: of groups between ',' as India writes them the last has "
	 "three digits, those before it two and the first one or two, as in '1,23,456'"},
	{{.decimal = '.', .grouping = 'i'},
	 "1,23,45",
	 "'1,23,45' is not a number: of groups between ',' as India writes them the last has three "
	 "digits, those before it two and the first one or two, as in '1,23,456'"},
	{{.decimal = '.', .grouping = 'i'},
	 "0,12,345",
	 "'0,12,345' is not a number: of groups between ',' as India writes them the last has "
	 "three digits, those before it two and the first one or two, as in '1,23,456'"},
	{{.decimal = '.', .grouping = ','},
	 "1234,567",
	 "'1234,567' is not a number: groups between ',' have three digits, the first may "
	 "have "
	 "fewer and does not begin with 0"},
	{{.decimal = '.', .grouping = ','},
	 "0,123",
	 "'0,123' is not a number: groups between ',' have three digits, the first may "
	 "have "
	 "fewer and does not begin with 0"},
	{{.decimal = '.', .grouping = ','},
	 "1,23,456",
	 "'1,23,456' is not a number: groups between ',' have three digits, the first may "
	 "have "
	 "fewer and does not begin with 0"},
	{{.decimal = '.', .grouping = ','},
	 ",123",
	 "',123' is not a number: groups between ',' have three digits, the first may have "
	 "fewer and does not begin with 0"},
	{{0}, "65-70", "'65-70' is a range, not a value"},
	{{0}, "3 \xE2\x80\x93 5", "'3 \xE2\x80\x93 5' is a range, not a value"},
	{{0},
	 "65\xC3\xB7"
	 "70",
	 "'65\xC3\xB7"
	 "70' is a range, not a value"},
	{{.decimal = '.'}, "45%", "'45%' is not a number: '%' has no place in it"},
	{{.decimal = '.'}, "1e3", "'1e3' is not a number: 'e' has no place in it"},
	{{.decimal = '.'}, "<5", "'<5' is not a number: '<' has no place in it"},
	{{.decimal = '.'}, "", "'' is not a number"},
	{{.decimal = '.', .exponents = true, .scale = 1e300},
	 "1e300",
	 "'1e300' is too large to be scaled"},
};

static void what_a_rule_does_not_allow_is_refused_and_never_guessed(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(refused_cases); i++) {
		struct number got = {.value = 42};
		struct error err = {0};
		if (number_read_by(&refused_cases[i].rule, span_of(refused_cases[i].text), &got,
				   &err))
			fail_msg("'%s' was read", refused_cases[i].text);
		assert_int_equal(err.code, ERROR_INPUT);
		assert_string_equal(err.text, refused_cases[i].message);
		assert_true(got.value == 42);
	}
}

static void long_cells_are_shown_clipped(void **state)
{
	(void)state;
	char cell[301];
	for (size_t i = 0; i < 300; i += 2)
		memcpy(cell + i, "\xC3\xA9", 2);
	cell[300] = '\0';
	struct number_rule rule = {.decimal = '.'};
	struct number got;
	struct error err = {0};
	assert_false(number_read_by(&rule, span_of(cell), &got, &err));
	assert_true(strlen(err.text) < 120);
	char digits[301];
	memset(digits, '7', 300);
	digits[300] = '\0';
	struct error too_long = {0};
	assert_false(number_read_by(&rule, span_of(digits), &got, &too_long));
	assert_non_null(strstr(too_long.text, "is too long for a number"));
	/* A clip never ends in the middle of a character: "x" moves them to odd places. */
	cell[0] = cell[1] = 'x';
	struct error clipped = {0};
	assert_false(number_read(span_of(cell + 1), &got, &clipped));
	assert_non_null(strstr(clipped.text, "\xC3\xA9' is not"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_source_is_read_by_its_rule),
		cmocka_unit_test(what_a_rule_does_not_allow_is_refused_and_never_guessed),
		cmocka_unit_test(long_cells_are_shown_clipped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
