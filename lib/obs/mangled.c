/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "obs/mangled.h"

#include <stdio.h>

#include "obs/shape.h"

enum { EXPONENT_MAX = 18, NOON_HOURS = 12, MONTH_LETTERS = 3 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t digits_len(struct span text)
{
	size_t len = 0;
	while (len < text.len && is_digit(text.start[len]))
		len++;
	return len;
}

/* Nothing is added to what may be NULL. */
static struct span skip(struct span text, size_t len)
{
	if (len == 0)
		return text;
	return span_behind(text, len);
}

static bool is_error_value(struct span text, struct mangled *ret)
{
	static const char *const values[] = {"#N/A",	"#REF!", "#NAME?", "#VALUE!",
					     "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!"};
	*ret = (struct mangled){.what = "an error value"};
	for (size_t i = 0; i < COUNT_OF(values); i++) {
		if (span_is(text, values[i]))
			return true;
	}
	ret->what = "a column too narrow to print";
	return span_starts(text, "###");
}

/* "34:01:00", "00:34" and "1:15 PM". */
static bool is_time(struct span text, struct mangled *ret)
{
	size_t hour_len = digits_len(text);
	if (hour_len < 1 || hour_len > 4 || text.len < hour_len + 3)
		return false;
	struct span rest = skip(text, hour_len);
	if (!shape_matches((struct span){rest.start, 3}, ":00"))
		return false;
	struct span minute = {rest.start + 1, 2};
	rest = skip(rest, 3);
	bool seconds = rest.len >= 3 && shape_matches((struct span){rest.start, 3}, ":00");
	bool whole = !seconds || span_starts(rest, ":00");
	rest = skip(rest, seconds ? 3 : 0);
	bool evening = span_is(rest, " PM");
	if (rest.len > 0 && !evening && !span_is(rest, " AM"))
		return false;

	*ret = (struct mangled){.what = "a time"};
	int hour = shape_number(text, 0, hour_len);
	hour += evening && hour < NOON_HOURS ? NOON_HOURS : 0;
	bool derived = whole && (seconds || rest.len > 0);
	if (derived)
		(void)snprintf(ret->original, sizeof ret->original, "%02d:%.2s", hour,
			       minute.start);
	return true;
}

static bool is_month(struct span text)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	for (size_t i = 0; months[i] != '\0'; i += MONTH_LETTERS) {
		if (text.len == MONTH_LETTERS && memcmp(text.start, months + i, text.len) == 0)
			return true;
	}
	return false;
}

/* "Mar-75" and "12-Mar" out of MAR75 and MAR12. */
static bool is_month_date(struct span text, struct mangled *ret)
{
	struct span second = text;
	struct span first = span_cut(&second, '-');
	bool month_first = is_month(first);
	struct span month = month_first ? first : second;
	struct span number = month_first ? second : first;
	if (!is_month(month) || number.len < 1 || number.len > 2 ||
	    digits_len(number) != number.len)
		return false;
	*ret = (struct mangled){.what = "a date"};
	(void)snprintf(ret->original, sizeof ret->original, "%c%c%c%.*s", month.start[0],
		       month.start[1] - 'a' + 'A', month.start[2] - 'a' + 'A', SPAN_ARGS(number));
	return true;
}

static bool is_date(struct span text, struct mangled *ret)
{
	static const char *const shapes[] = {"0000-00-00", "00/00/0000", "00.00.0000", "0/0/0000",
					     "0/00/0000",  "00/0/0000",	 "00/00/00"};
	*ret = (struct mangled){.what = "a date"};
	for (size_t i = 0; i < COUNT_OF(shapes); i++) {
		if (shape_matches(text, shapes[i]))
			return true;
	}
	return false;
}

/* "1.23E+05" out of 123000 (or 123E3; either way digits may be gone). */
static bool is_power(struct span text, struct mangled *ret)
{
	size_t whole = digits_len(text);
	struct span rest = skip(text, whole);
	size_t fraction = 0;
	if (whole == 1 && span_starts(rest, ".")) {
		fraction = digits_len(skip(rest, 1));
		rest = skip(rest, 1 + fraction);
	}
	bool shaped = shape_matches(rest, "E+00") || shape_matches(rest, "E-00") ||
		      shape_matches(rest, "E+000");
	if (whole != 1 || !shaped)
		return false;
	*ret = (struct mangled){.what = "a power of ten"};
	int power = shape_number(rest, 2, rest.len - 2);
	if (rest.start[1] == '-' || power > EXPONENT_MAX || power < (int)fraction)
		return true;
	(void)snprintf(ret->original, sizeof ret->original, "%c%.*s%.*s", text.start[0],
		       (int)fraction, text.start + 2, power - (int)fraction, "000000000000000000");
	return true;
}

/* Most texts are not: all of these begin with '#' or a digit, or with a month and '-'. */
static bool may_be_mangled(struct span text)
{
	if (text.len <= MONTH_LETTERS)
		return text.len > 0 && text.start[0] == '#';
	return text.start[0] == '#' || text.start[MONTH_LETTERS] == '-' || is_digit(text.start[0]);
}

bool mangled_recognise(struct span text, struct mangled *ret)
{
	static bool (*const kinds[])(struct span, struct mangled *) = {
		is_error_value, is_time, is_month_date, is_date, is_power,
	};
	struct mangled found;
	for (size_t i = 0; may_be_mangled(text) && i < COUNT_OF(kinds); i++) {
		if (kinds[i](text, &found)) {
			*ret = found;
			return true;
		}
	}
	return false;
}
