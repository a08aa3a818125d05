/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/number.h"

/* Write a category of a compiled locale: a magic number, the count and the offsets of its elements,
 * then the elements (decimal sign, thousands sign, grouping, both signs as wide characters,
 * character set). */
static void write_comma_locale(const char *path)
{
	static const struct {
		uint32_t magic, count, offsets[6];
		char elements[32];
	} file = {
		.magic = 0x20031115 ^ LC_NUMERIC,
		.count = 6,
		.offsets = {32, 34, 36, 40, 44, 48},
		.elements = ",\0.\0\3\3\0\0,\0\0\0.\0\0\0UTF-8",
	};
	FILE *out = fopen(path, "wbe");
	assert_non_null(out);
	assert_int_equal(fwrite(&file, sizeof file, 1, out), 1);
	assert_int_equal(fclose(out), 0);
}

static void use_comma_locale(void)
{
	char dir[] = "/tmp/envgap-locale-XXXXXX", sub[64], path[80];
	assert_non_null(mkdtemp(dir));
	(void)snprintf(sub, sizeof sub, "%s/comma", dir);
	(void)snprintf(path, sizeof path, "%s/LC_NUMERIC", sub);
	assert_int_equal(mkdir(sub, 0700), 0);
	write_comma_locale(path);
	assert_int_equal(setenv("LOCPATH", dir, 1), 0);
	const char *set = setlocale(LC_NUMERIC, "comma");
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(sub), 0);
	assert_int_equal(rmdir(dir), 0);
	assert_int_equal(unsetenv("LOCPATH"), 0);
	assert_non_null(set);
}

static void a_locale_with_a_decimal_comma_changes_nothing(void **state)
{
	(void)state;
	use_comma_locale();
	char theirs[32];
	(void)snprintf(theirs, sizeof theirs, "%.1f", 1.5);
	assert_string_equal(theirs, "1,5"); /* the locale is in force */

	char buffer[NUMBER_BYTES];
	assert_string_equal(number_print(-1234.5, buffer), "-1234.5");
	assert_string_equal(number_print(1.25e-7, buffer), "1.25e-07");
	assert_string_equal(number_print_fixed(91.7, 2, '.', buffer), "91.70");
	assert_true(number_round15(0.1 + 0.2) == 0.3);

	struct number number;
	struct error err = {0};
	assert_true(number_read(span_of("1.5"), &number, &err));
	assert_true(number.value == 1.5);
	assert_true(number_read(span_of("1.25e-200"), &number, &err)); /* by way of strtod */
	assert_true(number.value == 1.25e-200);
	assert_true(number_read_json(span_of("19.300000000000004"), &number, &err));
	assert_true(number.value == 19.3);
	const struct number_rule rule = {.decimal = '.', .grouping = ','};
	assert_true(number_read_by(&rule, span_of("1,234.5"), &number, &err));
	assert_true(number.value == 1234.5);
	assert_false(number_read(span_of("1,5"), &number, &err));
	assert_non_null(setlocale(LC_NUMERIC, "C"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_locale_with_a_decimal_comma_changes_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
