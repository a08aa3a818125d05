/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/cell.h"

#include <stdint.h>
#include <strings.h>

#include "base/number.h"
#include "obs/day.h"
#include "obs/mangled.h"

/* Day 0 of spreadsheets is 1899-12-30; these are the numbers of 1927 to 2173. */
enum { SHEET_DAY_ZERO = -25569, SHEET_DAY_MIN = 10000, SHEET_DAY_MAX = 99999 };

/* "#N/A", "#REF!", "#NAME?", "########", "Err:502" */
static bool is_error_value(struct span cell)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ/0!?";
	if (cell.len == 0 || (cell.start[0] != '#' && cell.start[0] != 'E'))
		return false;
	if (span_starts(cell, "###") || span_starts(cell, "Err:5"))
		return true;
	if (cell.len < 4 || cell.start[0] != '#')
		return false;
	for (size_t i = 1; i < cell.len; i++) {
		if (memchr(letters, cell.start[i], sizeof letters - 1) == NULL)
			return false;
	}
	return span_is(cell, "#N/A") || cell.start[cell.len - 1] == '!' ||
	       cell.start[cell.len - 1] == '?';
}

bool cell_check_any(struct span cell, struct error *err)
{
	if (!is_error_value(cell))
		return true;
	return error_set(err, ERROR_INPUT,
			 "'%.*s' is an error of the spreadsheet, not a value; correct its formula "
			 "or column width and save again",
			 SPAN_ARGS(cell));
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_sheet_day(struct span cell, int32_t *ret)
{
	int64_t number;
	struct span rest = cell;
	if (!number_read_integer(span_cut(&rest, '.'), SHEET_DAY_MIN, SHEET_DAY_MAX, &number, NULL))
		return false;
	for (size_t i = 0; i < rest.len; i++) {
		if (!is_digit(rest.start[i]))
			return false;
	}
	*ret = (int32_t)number + SHEET_DAY_ZERO;
	return true;
}

static bool check_sheet_day(struct span cell, struct error *err)
{
	int32_t day;
	char printed[DAY_BYTES];
	if (!is_sheet_day(cell, &day))
		return true;
	return error_set(err, ERROR_INPUT,
			 "'%.*s' is a spreadsheet's number of a day; it may have been %s",
			 SPAN_ARGS(cell), day_print(day, printed));
}

static bool check_time_of_day(struct span cell, struct error *err)
{
	int32_t day;
	struct span head = {cell.start, cell.len > 10 ? 10 : cell.len};
	if (cell.len <= 10 || (cell.start[10] != ' ' && cell.start[10] != 'T') ||
	    !day_parse(head, &day, NULL))
		return true;
	return error_set(err, ERROR_INPUT, "'%.*s' has a time of day; it may have been %.*s",
			 SPAN_ARGS(cell), SPAN_ARGS(head));
}

bool cell_check_day(struct span cell, struct error *err)
{
	return check_sheet_day(cell, err) && check_time_of_day(cell, err);
}

static int month_of(struct span word)
{
	static const char *const names[] = {"jan", "feb", "mar", "apr", "may", "jun",
					    "jul", "aug", "sep", "oct", "nov", "dec"};
	for (int i = 0; i < (int)COUNT_OF(names); i++) {
		if (word.len == 3 && strncasecmp(word.start, names[i], 3) == 0)
			return i + 1;
	}
	return 0;
}

/* "Oct-21" and "21-Oct". */
static bool check_month_name(struct span cell, struct error *err)
{
	struct span second = cell;
	struct span first = span_cut(&second, '-');
	int month = month_of(first) + month_of(second);
	struct span digits = month_of(first) > 0 ? second : first;
	if (month == 0 || digits.len != 2 || !is_digit(digits.start[0]) ||
	    !is_digit(digits.start[1]))
		return true;
	return error_set(err, ERROR_INPUT,
			 "'%.*s' is a date as a spreadsheet shows it; it may have been 20%.*s-%02d",
			 SPAN_ARGS(cell), SPAN_ARGS(digits), month);
}

bool cell_check_period(struct span cell, struct error *err)
{
	return cell_check_day(cell, err) && check_month_name(cell, err);
}

static bool looks_like(struct span cell, struct number_rule rule, char buffer[NUMBER_BYTES])
{
	struct number number;
	if (!number_read_by(&rule, cell, &number, NULL))
		return false;
	(void)number_print_fixed(number.value, number.decimals > 15 ? 15 : number.decimals, '.',
				 buffer);
	return true;
}

static bool check_percent(struct span cell, struct error *err)
{
	if (cell.len == 0 || cell.start[cell.len - 1] != '%')
		return true;
	return error_set(err, ERROR_INPUT,
			 "'%.*s' has a unit; write the number alone, the unit stands with the "
			 "indicator",
			 SPAN_ARGS(cell));
}

static bool check_comma(struct span cell, struct error *err)
{
	char decimal[NUMBER_BYTES];
	char grouped[NUMBER_BYTES];
	if (span_find_char(cell, ',') == NULL)
		return true;
	bool may_be_decimal = looks_like(cell, (struct number_rule){.decimal = ','}, decimal);
	bool may_be_grouped =
		looks_like(cell, (struct number_rule){.decimal = '.', .grouping = ','}, grouped);
	if (may_be_decimal && may_be_grouped)
		return error_set(err, ERROR_INPUT, "'%.*s' can be %s or %s; write one of them",
				 SPAN_ARGS(cell), decimal, grouped);
	if (!may_be_decimal && !may_be_grouped)
		return true;
	return error_set(err, ERROR_INPUT, "'%.*s' has a comma; write %s", SPAN_ARGS(cell),
			 may_be_decimal ? decimal : grouped);
}

static bool check_exponent(struct span cell, struct error *err)
{
	struct number number;
	const struct number_rule rule = {.decimal = '.', .exponents = true};
	char printed[NUMBER_BYTES];
	bool has_e = span_find_char(cell, 'E') != NULL || span_find_char(cell, 'e') != NULL;
	if (!has_e || !number_read_by(&rule, cell, &number, NULL))
		return true;
	return error_set(err, ERROR_INPUT,
			 "'%.*s' is a spreadsheet's short form, which may have lost digits of %s; "
			 "write the number in full",
			 SPAN_ARGS(cell), number_print(number.value, printed));
}

static bool check_is_date(struct span cell, struct error *err)
{
	struct mangled mangled;
	if (!mangled_recognise(cell, &mangled) || strcmp(mangled.what, "a date") != 0)
		return true;
	return error_set(
		err, ERROR_INPUT,
		"'%.*s' is a date, not a number; a spreadsheet makes dates of numbers such "
		"as 1.10 or 3-12",
		SPAN_ARGS(cell));
}

bool cell_check_number(struct span cell, struct error *err)
{
	return check_percent(cell, err) && check_comma(cell, err) && check_exponent(cell, err) &&
	       check_is_date(cell, err);
}
