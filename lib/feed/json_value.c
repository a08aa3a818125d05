/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/json_value.h"

#include <strings.h>

#include "base/number.h"

/* A number is a text that begins with this.  Behind it and TEXT stands a text that begins so by
 * itself. */
static const char mark[] = "\xEF\xBF\xBF";
enum { TEXT = 't' };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t digits_at(struct span json, size_t at)
{
	size_t from = at;
	while (at < json.len && is_digit(json.start[at]))
		at++;
	return at - from;
}

static bool is_one_of(struct span json, size_t at, const char *set)
{
	return at < json.len && json.start[at] != '\0' && strchr(set, json.start[at]) != NULL;
}

/* Bytes of the number that begins here; 0: there is none that is JSON. */
static size_t number_at(struct span json, size_t from)
{
	size_t at = from + is_one_of(json, from, "-");
	size_t whole = digits_at(json, at);
	if (whole == 0 || (whole > 1 && json.start[at] == '0'))
		return 0;
	at += whole;
	if (is_one_of(json, at, ".")) {
		size_t fraction = digits_at(json, at + 1);
		if (fraction == 0)
			return 0;
		at += 1 + fraction;
	}
	if (is_one_of(json, at, "eE")) {
		at += 1 + is_one_of(json, at + 1, "+-");
		size_t exponent = digits_at(json, at);
		if (exponent == 0)
			return 0;
		at += exponent;
	}
	return at - from;
}

/* Behind the string that begins here. */
static size_t behind_string(struct span json, size_t at)
{
	for (at++; at < json.len && json.start[at] != '"'; at++)
		at += json.start[at] == '\\';
	return at < json.len ? at + 1 : json.len;
}

/* Does the string that begins here, and is no name of a member, begin with the mark? */
static bool is_marked(struct span json, size_t at, size_t behind)
{
	struct span inside = {json.start + at + 1, behind - at - 1};
	bool is_same = span_starts(inside, mark) ||
		       (inside.len >= 6 && strncasecmp(inside.start, "\\uffff", 6) == 0);
	while (behind < json.len && is_one_of(json, behind, " \t\r\n"))
		behind++;
	return is_same && !is_one_of(json, behind, ":");
}

void feed_json_mark(struct span json, struct text *out)
{
	size_t copied = 0;
	size_t at = 0;
	while (at < json.len) {
		char c = json.start[at];
		size_t len = c == '-' || is_digit(c) ? number_at(json, at) : 0;
		if (len > 0) {
			text_add(out, json.start + copied, at - copied);
			text_add_char(out, '"');
			text_add(out, mark, strlen(mark));
			text_add(out, json.start + at, len);
			text_add_char(out, '"');
			copied = at + len;
		}
		size_t behind = c == '"' ? behind_string(json, at) : at + (len > 0 ? len : 1);
		if (c == '"' && is_marked(json, at, behind)) {
			text_add(out, json.start + copied, at + 1 - copied);
			text_addf(out, "%s%c", mark, TEXT);
			copied = at + 1;
		}
		at = behind;
	}
	json = span_behind(json, copied);
	text_add(out, json.start, json.len);
}

bool feed_json_is_number(const json_t *value)
{
	const char *text = json_string_value(value);
	return text != NULL && strncmp(text, mark, strlen(mark)) == 0 && text[strlen(mark)] != TEXT;
}

bool feed_json_is_text(const json_t *value)
{
	return json_is_string(value) && !feed_json_is_number(value);
}

struct span feed_json_text(const json_t *value)
{
	struct span text = {json_string_value(value), json_string_length(value)};
	size_t len = strlen(mark) + !feed_json_is_number(value);
	if (!span_starts(text, mark))
		return text;
	return span_behind(text, len);
}

bool feed_json_integer(const json_t *value, int64_t min, int64_t max, int64_t *ret)
{
	return feed_json_is_number(value) &&
	       number_read_integer(feed_json_text(value), min, max, ret, NULL);
}

const char *feed_json_kind(const json_t *value)
{
	if (value == NULL)
		return "nothing";
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return "an object";
	case JSON_ARRAY:
		return "a list";
	case JSON_STRING:
		return feed_json_is_number(value) ? "a number" : "a text";
	case JSON_INTEGER:
	case JSON_REAL:
		return "a number";
	case JSON_TRUE:
	case JSON_FALSE:
		return "true or false";
	case JSON_NULL:
		return "null";
	}
	return "something else";
}
