/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/filter.h"

#include "base/number.h"

enum {
	REPEATS_MAX = 2,   /* intervals such as {2,5} in one expression */
	REPEAT_DIGITS = 2, /* and no number in them beyond 99 */
	REASON_BYTES = 160,
};

static bool is_listed(const struct key_texts *list, struct span text)
{
	for (size_t i = 0; i < list->count; i++)
		if (span_is(text, list->items[i]))
			return true;
	return false;
}

/* Is it a number within the bounds, if there are any? */
static bool is_within(const struct feed_filter *row, struct span text)
{
	struct number_rule rule = {.decimal = '.', .exponents = true};
	struct number number;
	if (!row->min.is_set && !row->max.is_set)
		return true;
	return number_read_by(&rule, text, &number, NULL) &&
	       (!row->min.is_set || number.value >= row->min.value) &&
	       (!row->max.is_set || number.value <= row->max.value);
}

/* An interval copies what stands before it so many times, and one within another multiplies. */
static bool is_cheap(const char *expression)
{
	int repeats = 0;
	for (const char *at = expression; *at != '\0'; at++) {
		if (*at == '\\' && at[1] != '\0') {
			at++;
			continue;
		}
		if (*at != '{')
			continue;
		const char *inside = at + 1;
		while (*inside != '\0' && *inside != '}') {
			size_t digits = strspn(inside, "0123456789");
			if (digits > REPEAT_DIGITS)
				return false;
			inside += digits > 0 ? digits : 1;
		}
		repeats++;
	}
	return repeats <= REPEATS_MAX;
}

static bool has_back_reference(const char *expression)
{
	for (const char *at = expression; *at != '\0'; at++) {
		if (*at != '\\' || at[1] == '\0')
			continue;
		at++;
		if (*at >= '1' && *at <= '9')
			return true;
	}
	return false;
}

static bool compile(const char *field, const char *key, const char *expression, regex_t *ret,
		    struct error *err)
{
	char reason[REASON_BYTES];
	if (has_back_reference(expression))
		return error_set(err, ERROR_INPUT,
				 "the filter on '%s': %s '%s' refers back to a group (\\1), which "
				 "takes too long to look for",
				 field, key, expression);
	if (!is_cheap(expression))
		return error_set(err, ERROR_INPUT,
				 "the filter on '%s': %s '%s' repeats too much; at most %d "
				 "repetitions {n} with n up to 99",
				 field, key, expression, REPEATS_MAX);
	int failed = regcomp(ret, expression, REG_EXTENDED);
	if (failed == 0)
		return true;
	if (failed == REG_ESPACE)
		return error_memory(err);
	(void)regerror(failed, ret, reason, sizeof reason);
	return error_set(err, ERROR_INPUT,
			 "the filter on '%s': %s '%s' is not a regular expression (POSIX ERE): %s",
			 field, key, expression, reason);
}

bool feed_filter_compile(const struct feed_filter *row, regex_t *matches, regex_t *matches_not,
			 struct error *err)
{
	if (row->matches != NULL && !compile(row->field, "matches", row->matches, matches, err))
		return false;
	if (row->matches_not == NULL ||
	    compile(row->field, "matches_not", row->matches_not, matches_not, err))
		return true;
	if (row->matches != NULL)
		regfree(matches);
	return false;
}

bool feed_filter_compile_part(const char *field, const char *expression, regex_t *ret,
			      struct error *err)
{
	if (!compile(field, "part", expression, ret, err))
		return false;
	if (ret->re_nsub > 0)
		return true;
	regfree(ret);
	return error_set(err, ERROR_INPUT,
			 "part '%s' has no parentheses around what is meant, as in '^([0-9]+)'",
			 expression);
}

bool feed_filter_part(const regex_t *expression, struct span text, struct span *ret)
{
	regmatch_t ranges[2] = {{.rm_so = 0, .rm_eo = (regoff_t)text.len}};
	if (text.len == 0 || text.len > FEED_MATCHED_BYTES ||
	    regexec(expression, text.start, COUNT_OF(ranges), ranges, REG_STARTEND) != 0 ||
	    ranges[1].rm_so < 0 || ranges[1].rm_so == ranges[1].rm_eo)
		return false;
	*ret = span_trim((struct span){text.start + ranges[1].rm_so,
				       (size_t)(ranges[1].rm_eo - ranges[1].rm_so)});
	return true;
}

static bool is_found(const regex_t *expression, struct span text)
{
	regmatch_t range = {.rm_so = 0, .rm_eo = (regoff_t)text.len};
	return regexec(expression, text.len > 0 ? text.start : "", 1, &range, REG_STARTEND) == 0;
}

static bool matches_all(const struct feed_filter *row, const regex_t *matches,
			const regex_t *matches_not, struct span text, bool *ret, struct error *err)
{
	*ret = true;
	if (row->matches == NULL && row->matches_not == NULL)
		return true;
	if (text.len > FEED_MATCHED_BYTES)
		return error_set(err, ERROR_LIMIT,
				 "the text is longer than %d bytes, too long for a regular "
				 "expression",
				 FEED_MATCHED_BYTES);
	*ret = (row->matches == NULL || is_found(matches, text)) &&
	       (row->matches_not == NULL || !is_found(matches_not, text));
	return true;
}

bool feed_filter_passes(const struct feed_filter *row, const regex_t *matches,
			const regex_t *matches_not, struct span text, bool *ret, struct error *err)
{
	bool matched;
	if (!matches_all(row, matches, matches_not, text, &matched, err))
		return false;
	bool is_in = row->is.count == 0 || is_listed(&row->is, text);
	bool is_right =
		row->empty == FEED_EMPTY_ANY || (row->empty == FEED_EMPTY_YES) == (text.len == 0);
	*ret = matched && is_in && is_right && !is_listed(&row->is_not, text) &&
	       is_within(row, text);
	return true;
}
