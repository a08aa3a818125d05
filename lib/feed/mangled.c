/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/mangled.h"

static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
				     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
static const char *const errors[] = {"#N/A",   "#REF!", "#DIV/0!", "#VALUE!",
				     "#NAME?", "#NUM!", "#NULL!"};

/* 1..12 when the text is the short English name of a month, else 0. */
static int month_of(struct span text)
{
	for (size_t i = 0; i < COUNT_OF(months); i++)
		if (span_is(text, months[i]))
			return (int)i + 1;
	return 0;
}

/* Is the text digits, of which the pattern has one '9' each, and its other characters? */
static bool has_shape(struct span text, const char *shape)
{
	if (text.len != strlen(shape))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		bool digit = text.start[i] >= '0' && text.start[i] <= '9';
		if (shape[i] == '9' ? !digit : text.start[i] != shape[i])
			return false;
	}
	return true;
}

static bool all_are(struct span text, char c)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.start[i] != c)
			return false;
	return text.len > 0;
}

/* "3-May", "Mar-75" */
static bool check_date(struct span text, struct error *err)
{
	struct span tail = text;
	struct span head = span_cut(&tail, '-');
	bool month_first = month_of(head) != 0;
	struct span digits = month_first ? tail : head;
	int month = month_of(month_first ? head : tail);
	if (month == 0 || !(has_shape(digits, "9") || has_shape(digits, "99")))
		return true;
	if (month_first)
		return error_set(err, ERROR_INPUT,
				 "'%.*s' looks like a date that a spreadsheet made of it; it may "
				 "have been '%.*s%.*s' or '%d-%.*s'",
				 SPAN_ARGS(text), SPAN_ARGS(head), SPAN_ARGS(digits), month,
				 SPAN_ARGS(digits));
	return error_set(err, ERROR_INPUT,
			 "'%.*s' looks like a date that a spreadsheet made of it; it may have been "
			 "'%.*s.%d', '%.*s-%d' or '%d/%.*s'",
			 SPAN_ARGS(text), SPAN_ARGS(digits), month, SPAN_ARGS(digits), month, month,
			 SPAN_ARGS(digits));
}

static bool check_time(struct span text, struct error *err)
{
	if (!has_shape(text, "99:99:99") && !has_shape(text, "9:99:99"))
		return true;
	return error_set(err, ERROR_INPUT,
			 "'%.*s' looks like a time that a spreadsheet made of it; it may have been "
			 "'%.*s'",
			 SPAN_ARGS(text), (int)text.len - 3, text.start);
}

static bool check_long_code(struct span text, struct error *err)
{
	struct span tail = text;
	struct span head = span_cut(&tail, 'E');
	bool mangled = head.len > 0 && (has_shape(tail, "+99") || has_shape(tail, "+9"));
	for (size_t i = 0; i < head.len; i++)
		mangled = mangled && strchr("0123456789.,", head.start[i]) != NULL;
	if (!mangled)
		return true;
	return error_set(err, ERROR_INPUT,
			 "'%.*s' looks like a long code that a spreadsheet has rounded; its last "
			 "digits are lost",
			 SPAN_ARGS(text));
}

bool feed_mangled_check(struct span text, bool is_code, struct error *err)
{
	if (text.len > 2 && all_are(text, '#'))
		return error_set(err, ERROR_INPUT,
				 "'%.*s' is what a spreadsheet shows when the column is too narrow",
				 (int)(text.len < 12 ? text.len : 12), text.start);
	for (size_t i = 0; i < COUNT_OF(errors); i++)
		if (span_is(text, errors[i]))
			return error_set(err, ERROR_INPUT, "'%s' is a spreadsheet's error",
					 errors[i]);
	if (!check_date(text, err) || !check_time(text, err))
		return false;
	return !is_code || check_long_code(text, err);
}
