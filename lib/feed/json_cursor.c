/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/json_cursor.h"

#include <stdlib.h>

#include "feed/feed.h"
#include "feed/json_token.h"
#include "feed/json_value.h"

struct feed_hole_cursor feed_hole_begin(const struct feed_hole *hole)
{
	return (struct feed_hole_cursor){.at = hole->bytes.start + 1,
					 .is_object = hole->is_object,
					 .has_names = hole->has_names};
}

static const char *behind_string(const char *at)
{
	for (at++; *at != '"'; at++)
		at += *at == '\\';
	return at + 1;
}

static bool is_between(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == ',' || c == ':';
}

/* Behind a value; the walk has found that it is whole and that a bracket follows in the end. */
static const char *behind_value(const char *at)
{
	size_t depth = 0;
	for (;;) {
		bool is_open = *at == '[' || *at == '{';
		bool is_close = *at == ']' || *at == '}';
		if (depth == 0 && (is_close || is_between(*at)))
			return at;
		depth = depth + is_open - is_close;
		at = *at == '"' ? behind_string(at) : at + 1;
	}
}

bool feed_hole_next(struct feed_hole_cursor *cursor)
{
	const char *at = cursor->at;
	while (is_between(*at))
		at++;
	cursor->at = at;
	if (*at == ']' || *at == '}')
		return false;
	if (cursor->is_object) {
		const char *end = behind_string(at);
		cursor->name = (struct span){at + 1, (size_t)(end - at) - 2};
		if (!cursor->has_names && !feed_key_number(cursor->name, &cursor->offset))
			return false;
		for (at = end; is_between(*at);)
			at++;
	} else {
		cursor->offset += cursor->is_begun;
	}
	cursor->is_begun = true;
	cursor->at = behind_value(at);
	cursor->value = (struct span){at, (size_t)(cursor->at - at)};
	return true;
}

bool feed_hole_seek(struct feed_hole_cursor *cursor, size_t offset)
{
	while (!cursor->is_begun || cursor->offset < offset)
		if (!feed_hole_next(cursor))
			return false;
	return cursor->offset == offset;
}

/* Is it a text that stands for itself?  One that begins as the mark of numbers does has to be
 * marked. */
static bool is_plain(struct span value)
{
	return value.start[0] == '"' && value.start[1] != '\xEF' &&
	       span_find_char(value, '\\') == NULL;
}

json_t *feed_hole_value(const struct feed_hole_cursor *cursor)
{
	struct span value = cursor->value;
	if (value.start[0] == 'n')
		return json_null();
	if (is_plain(value))
		return json_stringn_nocheck(value.start + 1, value.len - 2);
	AUTO_TEXT struct text marked = text_with_limit(FEED_DOCUMENT_MAX_BYTES * 4 + 1);
	feed_json_mark(value, &marked);
	return marked.failed ? NULL
			     : json_loadb(marked.data, marked.len,
					  JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
}

/* -- names: a table of where they stand, by a hash of them -- */

struct names {
	uint32_t *places; /* from `start`, of the quote in front, and one more; 0: free.  32 bits
			   * hold FEED_DOCUMENT_MAX_BYTES */
	size_t room;	  /* more than there are names */
	const char *start;
};

/* Note the name; false when it is there. */
static bool add_name(struct names *names, struct span name)
{
	const char *quoted = name.start - 1;
	size_t at = (size_t)((feed_key_hash(name) & UINT32_MAX) * names->room >> 32);
	while (names->places[at] != 0) {
		/* what is there stands before this, so that as many bytes follow */
		if (memcmp(names->start + names->places[at] - 1, quoted, name.len + 2) == 0)
			return false;
		at = at + 1 < names->room ? at + 1 : 0;
	}
	names->places[at] = (uint32_t)(quoted - names->start) + 1;
	return true;
}

bool feed_hole_names_once(const struct feed_hole *hole)
{
	struct feed_hole_cursor cursor = feed_hole_begin(hole);
	size_t room = hole->count + hole->count / 4 + 1;
	AUTO_FREE uint32_t *places = calloc(room, sizeof *places);
	struct names names = {places, room, hole->bytes.start};
	bool once = places != NULL;
	while (once && feed_hole_next(&cursor))
		once = cursor.name.start == NULL || add_name(&names, cursor.name);
	return once;
}
