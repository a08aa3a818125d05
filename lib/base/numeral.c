/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/numeral.h"

#include "base/decimal.h"

enum { GROUP_DIGITS = 3, INDIAN_DIGITS = 2 };

/* The number while it is taken apart. */
struct numeral {
	struct span text, shown;
	char decimal, grouping;
	size_t group_digits; /* of the groups in front of the last one, which has three */
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Nothing is added to what may be NULL. */
static struct span skip(struct span span, size_t len)
{
	if (len == 0)
		return span;
	return span_behind(span, len);
}

/* Bytes of the mark of `table` that the span begins with, or 0. */
static size_t mark_len(const char *const *table, struct span span)
{
	for (; *table != NULL; table++) {
		if (span_starts(span, *table))
			return strlen(*table);
	}
	return 0;
}

static size_t grouping_len(char grouping, struct span span)
{
	static const char *const spaces[] = {" ", "\u00a0", "\u202f", "\u2009", NULL};
	static const char *const apostrophes[] = {"'", "\u2019", NULL};
	if (grouping == ' ')
		return mark_len(spaces, span);
	if (grouping == '\'')
		return mark_len(apostrophes, span);
	return grouping != 0 && span.len > 0 && span.start[0] == grouping;
}

/* "3-5", "65 - 70", also with dashes, tilde, dots and the division sign that stands for "to" in
 * Viet Nam. */
static bool is_range(struct span text)
{
	static const char *const marks[] = {
		"-", "~", "..", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\xA6", "\xC3\xB7", NULL,
	};
	for (size_t at = 1; at < text.len; at++) {
		size_t len = mark_len(marks, skip(text, at));
		if (len == 0)
			continue;
		struct span before = span_trim((struct span){text.start, at});
		struct span after = span_trim(skip(text, at + len));
		if (before.len > 0 && is_digit(before.start[before.len - 1]) && after.len > 0 &&
		    is_digit(after.start[0]))
			return true;
	}
	return false;
}

static bool has_grouping(const struct numeral *numeral)
{
	for (size_t at = 0; at < numeral->text.len; at++) {
		if (grouping_len(numeral->grouping, skip(numeral->text, at)) > 0)
			return true;
	}
	return false;
}

/* Could "1.234" be 1234?  Not with a 0 in front, and not when groups are known to look different.
 */
static bool is_ambiguous(const struct numeral *numeral, size_t at)
{
	struct span text = numeral->text;
	if (numeral->grouping == '.' || numeral->grouping == ',' || has_grouping(numeral))
		return false;
	if (at < 1 || at > GROUP_DIGITS || text.len - at - 1 != GROUP_DIGITS)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (i != at && !is_digit(text.start[i]))
			return false;
	}
	return text.start[0] != '0';
}

static bool refuse_ambiguous(const struct numeral *numeral, size_t at, struct error *err)
{
	struct span text = numeral->text;
	int rest = (int)(text.len - at - 1);
	const char *after = text.start + at + 1;
	return error_set(
		err, ERROR_INPUT,
		"'%.*s' can be %.*s.%.*s or %.*s%.*s; set decimal = \",\" or \".\" for this "
		"feed",
		SPAN_ARGS(numeral->shown), (int)at, text.start, rest, after, (int)at, text.start,
		rest, after);
}

/* Find the decimal sign of a source that has not declared one. */
static bool find_decimal(struct numeral *numeral, struct error *err)
{
	size_t found = 0, place = 0;
	for (size_t at = 0; at < numeral->text.len; at++) {
		char c = numeral->text.start[at];
		if ((c == '.' || c == ',') && c != numeral->grouping) {
			found++;
			place = at;
		}
	}
	char fallback = numeral->grouping == '.' ? ',' : '.';
	numeral->decimal = found > 0 ? numeral->text.start[place] : fallback;
	if (found > 1)
		return error_set(err, ERROR_INPUT,
				 "'%.*s' has groups of digits or more than one decimal sign; set "
				 "decimal and grouping for this feed",
				 SPAN_ARGS(decimal_clip(numeral->shown)));
	if (found == 1 && is_ambiguous(numeral, place))
		return refuse_ambiguous(numeral, place, err);
	return true;
}

static bool refuse_groups(const struct numeral *numeral, struct error *err)
{
	if (numeral->group_digits == INDIAN_DIGITS)
		return error_set(err, ERROR_INPUT,
				 "'%.*s' is not a number: of groups between ',' as India writes "
				 "them the last has three digits, those before it two and the "
				 "first one or two, as in '1,23,456'",
				 SPAN_ARGS(decimal_clip(numeral->shown)));
	return error_set(err, ERROR_INPUT,
			 "'%.*s' is not a number: groups between '%c' have three digits, the "
			 "first may have fewer and does not begin with 0",
			 SPAN_ARGS(decimal_clip(numeral->shown)), numeral->grouping);
}

static bool refuse_sign(const struct numeral *numeral, char sign, struct error *err)
{
	struct span shown = decimal_clip(numeral->shown);
	if (sign == numeral->decimal)
		return error_set(err, ERROR_INPUT,
				 "'%.*s' is not a number: it has more than one decimal sign '%c'",
				 SPAN_ARGS(shown), sign);
	return error_set(err, ERROR_INPUT,
			 "'%.*s' is not a number: '%c' is neither the decimal sign '%c' nor a "
			 "declared grouping",
			 SPAN_ARGS(shown), sign, numeral->decimal);
}

static bool is_sign(char c)
{
	return c == '.' || c == ',';
}

/* Copy the digits before the decimal sign, without the marks between groups. */
static bool copy_whole(const struct numeral *numeral, struct span whole, struct text *out,
		       struct error *err)
{
	size_t marks = 0, digits = 0;
	bool begins_with_zero = span_starts(whole, "0");
	while (whole.len > 0) {
		size_t len = grouping_len(numeral->grouping, whole);
		if (len > 0) {
			if (digits == 0 || begins_with_zero || digits > numeral->group_digits ||
			    (marks > 0 && digits != numeral->group_digits))
				return refuse_groups(numeral, err);
			marks++;
			digits = 0;
		} else if (is_sign(whole.start[0])) {
			return refuse_sign(numeral, whole.start[0], err);
		} else {
			text_add_char(out, whole.start[0]);
			digits++;
			len = 1;
		}
		whole = skip(whole, len);
	}
	return marks > 0 && digits != GROUP_DIGITS ? refuse_groups(numeral, err) : true;
}

static bool copy_fraction(const struct numeral *numeral, struct span fraction, struct text *out,
			  struct error *err)
{
	for (size_t i = 0; i < fraction.len; i++) {
		if (is_sign(fraction.start[i]))
			return refuse_sign(numeral, fraction.start[i], err);
	}
	text_add_char(out, '.');
	text_add(out, fraction.start, fraction.len);
	return true;
}

/* Cut the sign off; U+2212 is a minus too. */
static char take_minus_or_plus(struct span *text)
{
	static const char minus[] = "\xE2\x88\x92";
	size_t len = span_starts(*text, minus) ? strlen(minus) : 0;
	char sign = len > 0 ? '-' : '\0';
	if (len == 0 && text->len > 0 && (text->start[0] == '-' || text->start[0] == '+')) {
		sign = text->start[0];
		len = 1;
	}
	*text = skip(*text, len);
	return sign;
}

bool numeral_plain(const struct number_rule *rule, struct span text, struct text *out,
		   struct error *err)
{
	if (is_range(text))
		return error_set(err, ERROR_INPUT, "'%.*s' is a range, not a value",
				 SPAN_ARGS(decimal_clip(text)));

	bool is_indian = rule->grouping == NUMBER_GROUPS_INDIAN;
	struct numeral numeral = {.text = text,
				  .shown = text,
				  .decimal = rule->decimal,
				  .grouping = is_indian ? ',' : rule->grouping,
				  .group_digits = is_indian ? INDIAN_DIGITS : GROUP_DIGITS};
	char sign = take_minus_or_plus(&numeral.text);
	if (rule->decimal == 0 && !find_decimal(&numeral, err))
		return false;
	if (sign != '\0')
		text_add_char(out, sign);

	struct span rest = numeral.text;
	struct span whole = span_cut(&rest, numeral.decimal);
	if (!copy_whole(&numeral, whole, out, err))
		return false;
	return rest.start == NULL || copy_fraction(&numeral, rest, out, err);
}
