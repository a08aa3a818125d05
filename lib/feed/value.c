/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/value.h"

#include "feed/mangled.h"
#include "obs/shape.h"

static bool is_listed(const struct key_texts *list, struct span text)
{
	for (size_t i = 0; i < list->count; i++)
		if (span_is(text, list->items[i]))
			return true;
	return false;
}

/* What the mapping lists as 0 is none, although the format has it as one. */
static bool is_marker(const struct feed_numbers *numbers, struct span text)
{
	const char *const *own = numbers->own_missing;
	if (is_listed(&numbers->missing, text))
		return true;
	if (own == NULL || is_listed(&numbers->zero, text))
		return false;
	for (size_t i = 0; own[i] != NULL; i++)
		if (span_is(text, own[i]))
			return true;
	return false;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Two numbers with something that joins them: "10-12", "3 to 5", "61.76 [56.88-67.01]". */
static bool is_range(struct span text)
{
	static const char *const joints[] = {"-", "\u2013", "\u2014", "..", "~", " to ", "[", "/"};
	for (size_t i = 0; i < COUNT_OF(joints); i++) {
		const char *at = span_find(text, joints[i]);
		if (at == NULL || at == text.start)
			continue;
		const char *after = at + strlen(joints[i]);
		struct span tail = {after, (size_t)(text.start + text.len - after)};
		tail = span_trim(tail);
		struct span head = span_trim((struct span){text.start, (size_t)(at - text.start)});
		if (tail.len > 0 && head.len > 0 && is_digit(tail.start[0]) &&
		    is_digit(head.start[head.len - 1]))
			return true;
	}
	return false;
}

struct sign {
	const char *text;
	enum obs_qualifier qualifier;
};

static const struct sign signs[] = {{"<", QUALIFIER_BELOW},
				    {">", QUALIFIER_ABOVE},
				    {"\u2264", QUALIFIER_BELOW},
				    {"\u2265", QUALIFIER_ABOVE}};

/* The sign with which a bound begins; NULL when it is none. */
static const struct sign *bound_sign(struct span text)
{
	for (size_t i = 0; i < COUNT_OF(signs); i++)
		if (span_starts(text, signs[i].text))
			return &signs[i];
	return NULL;
}

static struct span without_head(struct span text, size_t len)
{
	return span_trim(span_behind(text, len));
}

static struct span without_tail(struct span text, size_t len)
{
	return span_trim((struct span){text.start, text.len - len});
}

static bool ends_with(struct span text, struct span tail)
{
	return text.len > tail.len &&
	       span_equal((struct span){text.start + text.len - tail.len, tail.len}, tail);
}

void feed_value_take_mark(const struct key_texts *marks, struct span *text, struct span *ret)
{
	struct span best = {0};
	for (size_t i = 0; i < marks->count; i++) {
		struct span mark = span_of(marks->items[i]);
		bool fits = mark.len < text->len &&
			    (ends_with(*text, mark) || span_starts(*text, marks->items[i]));
		if (fits && mark.len > best.len)
			best = mark;
	}
	if (best.len == 0)
		return;
	*ret = best;
	*text = ends_with(*text, best) ? without_tail(*text, best.len)
				       : without_head(*text, best.len);
}

/* Take off what says nothing, such as a sign for per cent. */
static void strip(const struct key_texts *list, struct span *text)
{
	struct span nothing;
	for (size_t i = 0; i < list->count; i++)
		feed_value_take_mark(list, text, &nothing);
}

void feed_value_undress(const struct feed_numbers *numbers, struct feed_cell *cell,
			struct feed_dressing *ret)
{
	struct span text = span_trim(cell->text);
	if (cell->kind != FEED_CELL_TEXT || is_marker(numbers, text) ||
	    is_listed(&numbers->zero, text))
		return;
	strip(&numbers->strip, &text);
	feed_value_take_mark(&numbers->marks, &text, &ret->mark);
	strip(&numbers->strip, &text);
	const struct sign *sign = bound_sign(text);
	cell->text = text;
	if (sign == NULL || numbers->bounds == FEED_BOUNDS_REFUSE || text.len == strlen(sign->text))
		return;
	if (numbers->bounds == FEED_BOUNDS_MISSING) {
		cell->text = (struct span){0};
		return;
	}
	ret->qualifier = sign->qualifier;
	cell->text = without_head(text, strlen(sign->text));
}

static double scale_of(const struct feed_numbers *numbers)
{
	return numbers->scale.is_set ? numbers->scale.value : 0;
}

/* Why it is no number, and which key may make it one. */
static bool fail_number(const struct error *why, struct span text, struct error *err)
{
	bool has_digit = false;
	for (size_t i = 0; i < text.len; i++)
		has_digit = has_digit || is_digit(text.start[i]);
	/* "(1.5)" is -1.5 in accounts */
	bool has_stranger = strstr(why->text, "has no place in it") != NULL;
	if ((has_digit && !has_stranger) || text.start[0] == '(')
		return error_set(err, why->code, "%s", why->text);
	const char *advice = "numbers.marks and numbers.strip list what may stand beside a number";
	if (!has_digit)
		advice = "numbers.missing lists what says that there is no value, numbers.zero "
			 "what says 0";
	else if (is_digit(text.start[0]) && is_digit(text.start[text.len - 1]))
		advice = "numbers.decimal, grouping and exponents say how numbers are written";
	return error_set(err, why->code, "%s; %s", why->text, advice);
}

/* Take off what says that the number is below zero. */
static bool take_negative(int negative, struct span *text)
{
	bool ends = text->len > 1 &&
		    text->start[text->len - 1] == (negative == FEED_NEGATIVE_BEHIND ? '-' : ')');
	struct span bare = {0};
	if (ends && negative == FEED_NEGATIVE_BEHIND)
		bare = without_tail(*text, 1);
	else if (ends && negative == FEED_NEGATIVE_PARENTHESES && text->start[0] == '(')
		bare = without_head(without_tail(*text, 1), 1);
	/* a sign beside it would be a second one */
	if (bare.len == 0 || !is_digit(bare.start[0]))
		return false;
	*text = bare;
	return true;
}

static bool read_text(const struct feed_numbers *numbers, struct span text, struct number *ret,
		      struct error *err)
{
	struct number_rule rule = {.decimal = (char)numbers->decimal,
				   .grouping = (char)numbers->grouping,
				   .scale = scale_of(numbers),
				   .exponents = numbers->exponents};
	struct span shown = {text.start, (size_t)shape_clip(text)};
	UNINITIALISED struct error why;
	why.code = ERROR_NONE;
	why.line = why.column = 0;
	if (bound_sign(text) != NULL)
		return error_set(err, ERROR_INPUT, "'%.*s' is a bound, not a value",
				 SPAN_ARGS(shown));
	struct span bare = text;
	bool is_negative = take_negative(numbers->negative, &bare);
	if (number_read_by(&rule, bare, ret, &why)) {
		if (is_negative && ret->value != 0)
			ret->value = -ret->value;
		return true;
	}
	if (why.code == ERROR_INPUT && !feed_mangled_check_value(text, err))
		return false;
	if (why.code == ERROR_INPUT && is_range(text))
		return error_set(err, ERROR_INPUT, "'%.*s' is a range, not a value",
				 SPAN_ARGS(shown));
	return fail_number(&why, text, err);
}

/* A JSON number, whose writing is not the source's choice. */
static bool read_number(const struct feed_numbers *numbers, struct span text, struct number *ret,
			struct error *err)
{
	struct number_rule rule = {.decimal = '.', .scale = scale_of(numbers), .exponents = true};
	if (!numbers->scale.is_set)
		return number_read_json(text, ret, err);
	return number_read_by(&rule, text, ret, err);
}

static bool add_offset(const struct feed_numbers *numbers, struct number *number, struct error *err)
{
	char printed[NUMBER_BYTES];
	struct number offset;
	if (!numbers->offset.is_set)
		return true;
	if (!number_read_json(span_of(number_print(numbers->offset.value, printed)), &offset, err))
		return false;
	number->value = number_round15(number->value + offset.value);
	if (offset.decimals > number->decimals)
		number->decimals = offset.decimals;
	return true;
}

static bool keep_decimals(const struct feed_numbers *numbers, struct number *number,
			  struct error *err)
{
	char printed[NUMBER_BYTES];
	if (numbers->decimals < 0)
		return true;
	number_print_fixed(number->value, (int)numbers->decimals, '.', printed);
	return number_read_json(span_of(printed), number, err);
}

static bool check_plausible(const struct feed_numbers *numbers, double value, struct error *err)
{
	char shown[NUMBER_BYTES];
	char bound[NUMBER_BYTES];
	if (numbers->min.is_set && value < numbers->min.value)
		return error_set(err, ERROR_INPUT, "%s is below %s, the smallest that is plausible",
				 number_print(value, shown),
				 number_print(numbers->min.value, bound));
	if (numbers->max.is_set && value > numbers->max.value)
		return error_set(err, ERROR_INPUT, "%s is above %s, the largest that is plausible",
				 number_print(value, shown),
				 number_print(numbers->max.value, bound));
	return true;
}

static bool read_by_kind(const struct feed_numbers *numbers, enum feed_cell_kind kind,
			 struct span text, struct number *ret, struct error *err)
{
	if (kind == FEED_CELL_NUMBER)
		return read_number(numbers, text, ret, err);
	if (kind == FEED_CELL_SWITCH)
		return error_set(err, ERROR_INPUT, "'%.*s' is true or false, not a number",
				 SPAN_ARGS(text));
	return read_text(numbers, is_listed(&numbers->zero, text) ? span_of("0") : text, ret, err);
}

bool feed_value_read(const struct feed_numbers *numbers, const struct feed_cell *cell,
		     bool *ret_missing, struct number *ret, struct error *err)
{
	struct span text = span_trim(cell->text);
	struct number number = {0};
	if (cell->kind == FEED_CELL_ABSENT && numbers->absent == FEED_ABSENT_REFUSE)
		return error_set(err, ERROR_INPUT,
				 "there is no value; numbers.absent says whether that means that "
				 "it is missing");
	bool empty =
		cell->kind == FEED_CELL_ABSENT || cell->kind == FEED_CELL_NULL || text.len == 0;
	if (empty || is_marker(numbers, text)) {
		*ret_missing = true;
		return true;
	}
	if (!read_by_kind(numbers, cell->kind, text, &number, err) ||
	    !add_offset(numbers, &number, err) || !keep_decimals(numbers, &number, err) ||
	    !check_plausible(numbers, number.value, err))
		return false;
	*ret_missing = false;
	*ret = number;
	return true;
}
