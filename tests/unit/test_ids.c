/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "obs/ids.h"

static void ids_begin_with_a_letter_and_keep_to_their_characters(void **state)
{
	(void)state;
	static const struct {
		const char *text, *message; /* "": fine */
	} cases[] = {
		{"P63:75", ""},
		{"R63:DNB", ""},
		{"usw", ""},
		{"a_b-c.d:e9", ""},
		{"MAR75", ""},
		{"", "area is empty"},
		{"75", "area '75' does not begin with a letter"},
		{"_x", "area '_x' does not begin with a letter"},
		{"a b", "area 'a b' has something else in it than letters, digits and _ - . :"},
		{"a/b", "area 'a/b' has something else in it than letters, digits and _ - . :"},
		{"B\xE1\xBA\xAF"
		 "c",
		 "area 'B\xE1\xBA\xAF"
		 "c' has something else in it than letters, "
		 "digits and _ - . :"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct error err = {0};
		bool fine = id_check(span_of(cases[i].text), "area", &err);
		assert_int_equal(fine, cases[i].message[0] == '\0');
		assert_string_equal(err.text, cases[i].message);
	}
}

static void ids_have_at_most_63_bytes(void **state)
{
	(void)state;
	char id[ID_BYTES + 1];
	memset(id, 'x', sizeof id);
	struct error err = {0};
	assert_true(id_check((struct span){id, 63}, "indicator", &err));
	assert_false(id_check((struct span){id, 64}, "indicator", &err));
	assert_non_null(strstr(err.text, "is longer than 63 bytes"));
}

static void what_a_spreadsheet_has_mangled_is_named_with_its_likely_original(void **state)
{
	(void)state;
	static const struct {
		const char *text, *what;
	} cases[] = {
		{"34:01:00", "a time that a spreadsheet made of '34:01'"},
		{"1:15 PM", "a time that a spreadsheet made of '13:15'"},
		{"12:15 PM", "a time that a spreadsheet made of '12:15'"},
		{"1:15 AM", "a time that a spreadsheet made of '01:15'"},
		{"1:15:00 PM", "a time that a spreadsheet made of '13:15'"},
		{"01:15:30", "a time that a spreadsheet made"},
		{"00:34", "a time that a spreadsheet made"},
		{"Mar-75", "a date that a spreadsheet made of 'MAR75'"},
		{"12-Mar", "a date that a spreadsheet made of 'MAR12'"},
		{"1-Sep", "a date that a spreadsheet made of 'SEP1'"},
		{"2021-03-01", "a date that a spreadsheet made"},
		{"3/1/2021", "a date that a spreadsheet made"},
		{"1.23E+05", "a power of ten that a spreadsheet made of '123000'"},
		{"1E+10", "a power of ten that a spreadsheet made of '10000000000'"},
		{"1.2345E+02", "a power of ten that a spreadsheet made"},
		{"1E-05", "a power of ten that a spreadsheet made"},
		{"1E+99", "a power of ten that a spreadsheet made"},
		{"#N/A", "an error value that a spreadsheet made"},
		{"#REF!", "an error value that a spreadsheet made"},
		{"########", "a column too narrow to print that a spreadsheet made"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct error err = {0};
		char want[200];
		(void)snprintf(want, sizeof want, "area '%s' looks like %s", cases[i].text,
			       cases[i].what);
		assert_false(id_check(span_of(cases[i].text), "area", &err));
		assert_string_equal(err.text, want);
	}
}

static void what_only_resembles_a_mangled_cell_is_not_called_one(void **state)
{
	(void)state;
	static const char *const texts[] = {"34:1",  "1:15 XM", "12345:01", "Mar-",
					    "Mar-x", "Mars-75", "Mar-123",  "12E+05",
					    "1.E+5", "1:15 P",	"-Mar"};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct error err = {0};
		(void)!id_check(span_of(texts[i]), "area", &err);
		assert_null(strstr(err.text, "spreadsheet"));
	}
}

static void breakdowns_are_put_in_order(void **state)
{
	(void)state;
	static const struct {
		const char *text, *want, *why;
	} cases[] = {
		{"", "", "the total"},
		{"sex=F", "sex=F", "one"},
		{"sex=F;age=15-24", "age=15-24;sex=F", "by dimension"},
		{"ab=1;a=2;b=_T", "a=2;ab=1;b=_T", "the shorter first"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char got[BREAKDOWN_BYTES];
		struct error err = {0};
		if (!breakdown_normalise(span_of(cases[i].text), got, &err))
			fail_msg("%s", err.text);
		if (strcmp(got, cases[i].want) != 0)
			fail_msg("%s: %s", cases[i].why, got);
	}
}

static void bad_breakdowns_are_refused_and_leave_the_buffer_alone(void **state)
{
	(void)state;
	static const struct {
		const char *text, *message;
	} cases[] = {
		{"sex", "breakdown 'sex': 'sex' is not DIMENSION=CODE"},
		{"sex=F;", "breakdown 'sex=F;': '' is not DIMENSION=CODE"},
		{"sex=F;sex=M", "breakdown 'sex=F;sex=M': dimension 'sex' is there twice"},
		{"sex=", "breakdown 'sex=': code is empty"},
		{"=F", "breakdown '=F': dimension is empty"},
		{"1=F", "breakdown '1=F': dimension '1' does not begin with a letter"},
		{"sex=F M",
		 "breakdown 'sex=F M': code 'F M' has something else in it than letters, "
		 "digits and _ - . :"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char got[BREAKDOWN_BYTES] = "untouched";
		struct error err = {0};
		assert_false(breakdown_normalise(span_of(cases[i].text), got, &err));
		assert_int_equal(err.code, ERROR_INPUT);
		assert_string_equal(err.text, cases[i].message);
		assert_string_equal(got, "untouched");
	}
}

static void breakdowns_have_ceilings(void **state)
{
	(void)state;
	char got[BREAKDOWN_BYTES];
	struct error many = {0};
	const char *dimensions = "a=1;b=1;c=1;d=1;e=1;f=1;g=1;h=1;i=1;j=1;k=1;l=1;m=1;n=1;o=1;p=1";
	assert_true(breakdown_normalise(span_of(dimensions), got, &many));
	assert_string_equal(got, dimensions);
	char more[200];
	(void)snprintf(more, sizeof more, "%s;q=1", dimensions);
	assert_false(breakdown_normalise(span_of(more), got, &many));
	assert_int_equal(many.code, ERROR_LIMIT);

	char endless[BREAKDOWN_BYTES + 1];
	memset(endless, 'x', sizeof endless - 1);
	endless[BREAKDOWN_BYTES] = '\0';
	struct error err = {0};
	assert_false(breakdown_normalise(span_of(endless), got, &err));
	assert_non_null(strstr(err.text, "is longer than 255 bytes"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ids_begin_with_a_letter_and_keep_to_their_characters),
		cmocka_unit_test(ids_have_at_most_63_bytes),
		cmocka_unit_test(what_a_spreadsheet_has_mangled_is_named_with_its_likely_original),
		cmocka_unit_test(what_only_resembles_a_mangled_cell_is_not_called_one),
		cmocka_unit_test(breakdowns_are_put_in_order),
		cmocka_unit_test(bad_breakdowns_are_refused_and_leave_the_buffer_alone),
		cmocka_unit_test(breakdowns_have_ceilings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
