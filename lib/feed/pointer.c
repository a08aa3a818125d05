/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/pointer.h"

#include "base/number.h"
#include "feed/mapping.h"

bool feed_pointer_check(struct span pointer, const char *what, struct error *err)
{
	if (pointer.len > 0 && pointer.start[0] != '/')
		return error_set(err, ERROR_INPUT,
				 "%s '%.*s' is not a JSON pointer: it begins with '/', as in "
				 "'/data/0/value'",
				 what, SPAN_ARGS(pointer));
	if (pointer.len >= FEED_FIELD_BYTES)
		return error_set(err, ERROR_LIMIT, "%s is longer than %d bytes", what,
				 FEED_FIELD_BYTES - 1);
	for (size_t i = 0; i < pointer.len; i++) {
		if (pointer.start[i] != '~')
			continue;
		char next = i + 1 < pointer.len ? pointer.start[i + 1] : '\0';
		if (next != '0' && next != '1')
			return error_set(err, ERROR_INPUT,
					 "%s '%.*s' has a '~' that is neither '~0' (a '~') nor "
					 "'~1' (a '/')",
					 what, SPAN_ARGS(pointer));
	}
	return true;
}

/* Write the token without its escapes; false when it does not fit. */
static bool unescape(struct span token, char buffer[FEED_FIELD_BYTES], size_t *ret_len)
{
	size_t len = 0;
	if (token.len >= FEED_FIELD_BYTES)
		return false;
	for (size_t i = 0; i < token.len; i++) {
		char c = token.start[i];
		if (c == '~' && i + 1 < token.len)
			c = token.start[++i] == '1' ? '/' : '~';
		buffer[len++] = c;
	}
	*ret_len = len;
	return true;
}

static json_t *element(const json_t *array, struct span token)
{
	int64_t index;
	bool leading_zero = token.len > 1 && token.start[0] == '0';
	if (leading_zero || !number_read_integer(token, 0, INT32_MAX, &index, NULL))
		return NULL;
	return json_array_get(array, (size_t)index);
}

static json_t *step(const json_t *from, struct span token)
{
	if (json_is_array(from))
		return element(from, token);
	char name[FEED_FIELD_BYTES];
	size_t len;
	if (!json_is_object(from) || !unescape(token, name, &len))
		return NULL;
	return json_object_getn(from, name, len);
}

/* json_t is counted, not copied; jansson itself hands out members of a const value. */
static json_t *without_const(const json_t *value)
{
	json_t *same;
	memcpy(&same, &value, sizeof same);
	return same;
}

json_t *feed_pointer_get(const json_t *from, struct span pointer)
{
	json_t *at = without_const(from);
	struct span rest = pointer;
	if (pointer.len == 0)
		return at;
	if (span_cut(&rest, '/').len > 0)
		return NULL;
	while (at != NULL && rest.start != NULL)
		at = step(at, span_cut(&rest, '/'));
	return at;
}

size_t feed_pointer_stars(struct span token)
{
	size_t stars = 0;
	while (stars < token.len && token.start[stars] == '*')
		stars++;
	return stars == token.len ? stars : 0;
}

bool feed_pointer_is_keyed(struct span pointer)
{
	struct span rest = pointer;
	bool found = false;
	while (pointer.len > 0 && rest.start != NULL && !found)
		found = feed_pointer_stars(span_cut(&rest, '/')) > 0;
	return found;
}

bool feed_pointer_ends_keyed(struct span pointer, struct span *ret_list)
{
	enum { END_LEN = sizeof "/*" - 1 };
	if (pointer.len < END_LEN ||
	    memcmp(pointer.start + pointer.len - END_LEN, "/*", END_LEN) != 0)
		return false;
	*ret_list = (struct span){pointer.start, pointer.len - END_LEN};
	return true;
}
