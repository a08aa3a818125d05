/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

static void plain_numbers_are_read_with_their_digits(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		double value;
		int decimals, digits;
		const char *why;
	} cases[] = {
		{"0", 0, 0, 1, "zero has one digit"},
		{"-0", 0, 0, 1, "zero has no sign"},
		{"0.00", 0, 2, 1, "and keeps its decimals"},
		{"91.70", 91.7, 2, 4, "zeros at the end are printed precision"},
		{"+5", 5, 0, 1, "a plus"},
		{"-12.5", -12.5, 1, 3, "a minus"},
		{"007", 7, 0, 1, "zeros in front do not count"},
		{"0.0012", 0.0012, 4, 2, "nor behind the sign"},
		{"1.5e3", 1500, 0, 2, "an exponent"},
		{"1.25E+1", 12.5, 1, 3, "an exponent with a sign"},
		{"5e-7", 5e-7, 7, 1, "a negative one adds decimals"},
		{"123456789012345", 123456789012345, 0, 15, "all that is kept exactly"},
		{"0.1", 0.1, 1, 1, "not exact in binary, the nearest double"},
		{"1500000000000000000", 1.5e18, 0, 19, "19 digits of which two say something"},
		{"1e23", 1e23, 0, 1, "beyond the exact powers of ten"},
		{"1.7e308", 1.7e308, 0, 2, "nearly the largest"},
		{"3e-300", 3e-300, 300, 1, "nearly the smallest"},
		{"19.300000000000004", 19.3, 1, 3, "the noise of a printed double"},
		{"0.7999999999999999", 0.8, 1, 1, "the same from below"},
		{"0.30000000000000004", 0.3, 1, 1, "0.1 + 0.2"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct number got;
		struct error err = {0};
		if (!number_read(span_of(cases[i].text), &got, &err))
			fail_msg("%s: %s", cases[i].why, err.text);
		if (got.value != cases[i].value || signbit(got.value) != signbit(cases[i].value) ||
		    got.decimals != cases[i].decimals || got.digits != cases[i].digits)
			fail_msg("%s: %.17g with %d decimals, %d digits", cases[i].why, got.value,
				 got.decimals, got.digits);
	}
}

static void what_is_not_a_plain_number_is_refused_with_the_reason(void **state)
{
	(void)state;
	static const struct {
		const char *text, *message;
	} cases[] = {
		{"", "'' is not a number"},
		{"-", "'-' is not a number: a digit is missing at its end"},
		{"5.", "'5.' is not a number: a digit is missing at its end"},
		{".5", "'.5' is not a number: a digit is missing before its decimal sign"},
		{"-.5", "'-.5' is not a number: a digit is missing before its decimal sign"},
		{"1e", "'1e' is not a number: a digit is missing at its end"},
		{"1e+", "'1e+' is not a number: a digit is missing at its end"},
		{"1e5x", "'1e5x' is not a number: 'x' has no place in it"},
		{" 1", "' 1' is not a number: ' ' has no place in it"},
		{"1 ", "'1 ' is not a number: ' ' has no place in it"},
		{"1,5", "'1,5' is not a number: ',' has no place in it"},
		{"1.2.3", "'1.2.3' is not a number: '.' has no place in it"},
		{"0x10", "'0x10' is not a number: 'x' has no place in it"},
		{"nan", "'nan' is not a number: 'n' has no place in it"},
		{"inf", "'inf' is not a number: 'i' has no place in it"},
		{"45\xE2\x80\xB0",
		 "'45\xE2\x80\xB0' is not a number: '\xE2\x80\xB0' has no place in it"},
		{"1e309",
		 "'1e309' is too large or too small; magnitudes from 1e-307 to 1e308 can be "
		 "kept"},
		{"1e-400",
		 "'1e-400' is too large or too small; magnitudes from 1e-307 to 1e308 can be "
		 "kept"},
		{"1e99999999999",
		 "'1e99999999999' is too large or too small; magnitudes from 1e-307 to "
		 "1e308 can be kept"},
		{"1234567890123456",
		 "'1234567890123456' has 16 significant digits; at most 15 can be "
		 "kept exactly"},
		{"3.3333333333333335",
		 "'3.3333333333333335' has 17 significant digits; at most 15 can "
		 "be kept exactly"},
		{"19.30000000000000000004",
		 "'19.30000000000000000004' has 22 significant digits; at "
		 "most 15 can be kept exactly"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct number got = {.value = 42};
		struct error err = {0};
		if (number_read(span_of(cases[i].text), &got, &err))
			fail_msg("'%s' was read", cases[i].text);
		assert_int_equal(err.code, ERROR_INPUT);
		assert_string_equal(err.text, cases[i].message);
		assert_true(got.value == 42);
	}
}

static void documents_may_print_any_number_of_digits(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		double value;
		int decimals, digits;
		const char *why;
	} cases[] = {
		{"19.300000000000004", 19.3, 1, 3, "noise"},
		{"3.3333333333333335", 3.33333333333333, 14, 15, "rounded down at the 15th"},
		{"6.66666666666666666", 6.66666666666667, 14, 15, "rounded up"},
		{"9.9999999999999999", 10, 0, 1, "the carry goes all the way"},
		{"99999999999999999", 1e17, 0, 1, "in a whole number too"},
		{"0.000012345678901234567", 0.0000123456789012346, 19, 15, "zeros in front"},
		{"12.50", 12.5, 2, 4, "what fits is not touched"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct number got;
		struct error err = {0};
		if (!number_read_json(span_of(cases[i].text), &got, &err))
			fail_msg("%s: %s", cases[i].why, err.text);
		if (got.value != cases[i].value || got.decimals != cases[i].decimals ||
		    got.digits != cases[i].digits)
			fail_msg("%s: %.17g with %d decimals, %d digits", cases[i].why, got.value,
				 got.decimals, got.digits);
	}
	static char endless[5000];
	memset(endless, '1', sizeof endless - 1);
	struct number unused;
	struct error err = {0};
	assert_false(number_read_json(span_of(endless), &unused, &err));
	assert_non_null(strstr(err.text, "is too long for a number"));
}

static void numbers_print_as_the_shortest_decimal(void **state)
{
	(void)state;
	static const struct {
		double value;
		const char *want;
	} cases[] = {
		{0, "0"},
		{-0.0, "0"},
		{91.7, "91.7"},
		{-12.5, "-12.5"},
		{100, "100"},
		{0.1 + 0.2, "0.3"},
		{1.0 / 3, "0.333333333333333"},
		{0.0001, "0.0001"},
		{0.00001, "1e-05"},
		{-1.25e-7, "-1.25e-07"},
		{123456789012345.0, "123456789012345"},
		{1e15, "1e+15"},
		{1.5e300, "1.5e+300"},
		{(double)NAN, "nan"},
		{(double)INFINITY, "inf"},
		{-(double)INFINITY, "-inf"},
	};
	char buffer[NUMBER_BYTES];
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_string_equal(number_print(cases[i].value, buffer), cases[i].want);
}

static void printing_agrees_with_c_and_reads_back(void **state)
{
	(void)state;
	/* A walk over all magnitudes; %.15g of the C locale is the independent answer. */
	double value = 1.2345678901234567e-280;
	for (int i = 0; i < 5600; i++) {
		value *= -1.2589254117941673;
		char ours[NUMBER_BYTES], theirs[64];
		(void)snprintf(theirs, sizeof theirs, "%.15g", value);
		assert_string_equal(number_print(value, ours), theirs);
		struct number got;
		struct error err = {0};
		assert_true(number_read(span_of(ours), &got, &err));
		assert_true(got.value == strtod(theirs, NULL));
		assert_true(got.value == number_round15(value));
	}
}

/* Magnitudes on both sides of where whole numbers take over from printf, ties, and powers of ten
 * with their neighbours; printf itself is the other computation. */
static void fifteen_digits_are_those_of_printf_at_every_magnitude(void **state)
{
	(void)state;
	static const double steps[] = {1.0, 1.5, 3.0, 7.25, 9.99999999999999, 9.999999999999996};
	char ours[NUMBER_BYTES], theirs[64];
	uint64_t random = 1;
	for (int power = -8; power <= 18; power++) {
		for (size_t i = 0; i < 2000; i++) {
			random = random * 6364136223846793005u + 1442695040888963407u;
			double value =
				i < COUNT_OF(steps) ? steps[i] : (double)(random >> 11) / 1e15;
			value *= pow(10, power);
			value = i % 3 == 1 ? nextafter(value, 0) : value;
			/* 2^-k behind 15 digits is a tie */
			value = i % 7 == 3 ? floor(value) + ldexp(1, -(int)(i % 9)) : value;
			(void)snprintf(theirs, sizeof theirs, "%.15g", value);
			assert_string_equal(number_print(value, ours), theirs);
		}
	}
}

static void documents_and_tables_round_as_the_nearest_double_does(void **state)
{
	(void)state;
	/* strtod and %.15g of the C locale are the independent answer, also for halves of the 15th
	 * digit. */
	double value = 1.0;
	for (int i = 0; i < 20000; i++) {
		value = value < 1e200 ? value * 1.0471285480508996 : 1e-200;
		char text[64], theirs[64];
		(void)snprintf(text, sizeof text, i % 2 ? "%.17g" : "%.16g", value);
		(void)snprintf(theirs, sizeof theirs, "%.15g", strtod(text, NULL));
		struct number got;
		struct error err = {0};
		assert_true(number_read_json(span_of(text), &got, &err));
		if (got.value != strtod(theirs, NULL))
			fail_msg("%s: %.17g", text, got.value);
	}
	/* 2^-53 + 1 is the half between 1 and the next double; the 1 far behind it decides. */
	struct number got;
	struct error err = {0};
	assert_true(number_read_json(
		span_of("1.00000000000000011102230246251565404236316680908203125000001"), &got,
		&err));
	assert_true(got.value == 1);
	assert_false(number_read_json(span_of("1.2345678901234567e-320"), &got, &err));
}

static void fixed_decimals_round_half_up_in_decimal(void **state)
{
	(void)state;
	static const struct {
		double value;
		int decimals;
		char sign;
		const char *want, *why;
	} cases[] = {
		{0, 2, '.', "0.00", "zero"},
		{0, 0, '.', "0", "zero without decimals"},
		{91.7, 2, '.', "91.70", "zeros are added"},
		{91.7, 0, ',', "92", "none left"},
		{2.675, 2, '.', "2.68", "2.675 is below it in binary; people round the decimal"},
		{-2.675, 2, ',', "-2,68", "away from zero"},
		{0.05, 1, '.', "0.1", "half of the last place"},
		{0.04, 1, '.', "0.0", "less than half"},
		{-0.004, 2, '.', "0.00", "no sign on a zero"},
		{9.999, 2, '.', "10.00", "the carry"},
		{0.00012, 3, '.', "0.000", "far below"},
		{1e-30, 15, '.', "0.000000000000000", "further below"},
		{1.5, -3, '.', "2", "less than none is none"},
		{1.5, 99, '.', "1.500000000000000", "15 at most"},
		{123456789012345.0, 15, '.', "123456789012345.000000000000000", "the longest"},
		{1e20, 2, '.', "1e+20", "too long for this form"},
	};
	char buffer[NUMBER_BYTES];
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const char *got = number_print_fixed(cases[i].value, cases[i].decimals,
						     cases[i].sign, buffer);
		if (strcmp(got, cases[i].want) != 0)
			fail_msg("%s: %s", cases[i].why, got);
	}
}

static void whole_numbers_stay_within_their_bounds(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t min, max;
		bool fine;
		int64_t want;
	} cases[] = {
		{"0", 0, 10, true, 0},
		{"-5", -5, 5, true, -5},
		{"10", 1, 10, true, 10},
		{"007", 1, 10, true, 7},
		{"9223372036854775807", 0, INT64_MAX, true, INT64_MAX},
		{"-9223372036854775808", INT64_MIN, 0, true, INT64_MIN},
		{"11", 1, 10, false, 0},
		{"0", 1, 10, false, 0},
		{"", 0, 10, false, 0},
		{"-", -5, 5, false, 0},
		{"-0", -5, 5, true, 0},
		{"-0", 0, 59, false, 0},
		{"+5", 0, 10, false, 0},
		{"5 ", 0, 10, false, 0},
		{"1.0", 0, 10, false, 0},
		{"9223372036854775808", INT64_MIN, INT64_MAX, false, 0},
		{"99999999999999999999", INT64_MIN, INT64_MAX, false, 0},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		int64_t got = 77;
		struct error err = {0};
		bool fine = number_read_integer(span_of(cases[i].text), cases[i].min, cases[i].max,
						&got, &err);
		if (fine != cases[i].fine || got != (fine ? cases[i].want : 77))
			fail_msg("'%s': %s", cases[i].text, err.text);
	}
	int64_t got;
	struct error err = {0};
	assert_false(number_read_integer(span_of("x"), 1, 12, &got, &err));
	assert_string_equal(err.text, "'x' is not a whole number from 1 to 12");
}

static void whole_numbers_print_with_all_their_digits(void **state)
{
	(void)state;
	static const struct {
		int64_t value;
		const char *text, *why;
	} cases[] = {
		{0, "0", "one digit at least"},
		{-7, "-7", "the sign is in front"},
		{INT64_MAX, "9223372036854775807", "2^63 - 1"},
		{INT64_MIN, "-9223372036854775808", "its magnitude is no int64_t"},
	};
	char text[NUMBER_BYTES];
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_string_equal(number_print_integer(cases[i].value, text), cases[i].text);
}

static void equal_means_equal_at_15_digits(void **state)
{
	(void)state;
	assert_true(number_equal(0.1 + 0.2, 0.3));
	assert_true(number_equal(0.0, -0.0));
	assert_true(number_equal(-19.300000000000004, -19.3));
	assert_false(number_equal(1, 1.00000000000001)); /* differs in the 15th digit */
	assert_false(number_equal(1, -1));
	assert_true(number_round15(1e-320) == 1e-320);
	assert_true(isinf(number_round15((double)INFINITY)));
	assert_true(number_round15(DBL_MAX) == DBL_MAX); /* rounding up would be infinite */
}

/* The decimal difference, worked by hand: doubles give 0.109999999999999 for the first. */
static void a_difference_is_that_of_the_decimals(void **state)
{
	static const struct {
		double a, b, difference;
	} cases[] = {
		{42, 41.89, 0.11},
		{100, 91.7, 8.3},
		{91.7, 100, -8.3},
		{0.3, 0.1, 0.2},
		{5, 5, 0},
		{0, 0, 0},
		{1e15, 1, 999999999999999},
		{1e20, 1, 1e20},
		{1234567.25, 0.1, 1234567.15},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_true(number_difference(cases[i].a, cases[i].b) == cases[i].difference);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_numbers_are_read_with_their_digits),
		cmocka_unit_test(what_is_not_a_plain_number_is_refused_with_the_reason),
		cmocka_unit_test(documents_may_print_any_number_of_digits),
		cmocka_unit_test(numbers_print_as_the_shortest_decimal),
		cmocka_unit_test(printing_agrees_with_c_and_reads_back),
		cmocka_unit_test(fifteen_digits_are_those_of_printf_at_every_magnitude),
		cmocka_unit_test(documents_and_tables_round_as_the_nearest_double_does),
		cmocka_unit_test(fixed_decimals_round_half_up_in_decimal),
		cmocka_unit_test(whole_numbers_stay_within_their_bounds),
		cmocka_unit_test(whole_numbers_print_with_all_their_digits),
		cmocka_unit_test(equal_means_equal_at_15_digits),
		cmocka_unit_test(a_difference_is_that_of_the_decimals),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
