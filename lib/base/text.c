/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { TEXT_FIRST_BYTES = 64, ARRAY_FIRST_ITEMS = 16 };

struct span span_of(const char *string)
{
	return (struct span){string, string ? strlen(string) : 0};
}

bool span_equal(struct span a, struct span b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.start, b.start, a.len) == 0);
}

bool span_is(struct span span, const char *string)
{
	return span_equal(span, span_of(string));
}

bool span_starts(struct span span, const char *prefix)
{
	struct span head = span_of(prefix);
	return span.len >= head.len && span_equal((struct span){span.start, head.len}, head);
}

static const char *const blanks[] = {" ", "\t", "\r", "\n", "\xC2\xA0", "\xE2\x80\xAF"};

static size_t blank_at_start(struct span span)
{
	for (size_t i = 0; i < COUNT_OF(blanks); i++) {
		if (span_starts(span, blanks[i]))
			return strlen(blanks[i]);
	}
	return 0;
}

static size_t blank_at_end(struct span span)
{
	for (size_t i = 0; i < COUNT_OF(blanks); i++) {
		size_t len = strlen(blanks[i]);
		if (span.len >= len && memcmp(span.start + span.len - len, blanks[i], len) == 0)
			return len;
	}
	return 0;
}

/* The bytes with which a blank may begin, and end. */
static bool may_be_blank(unsigned char c)
{
	return c <= ' ' || c >= 0x80;
}

struct span span_trim(struct span span)
{
	size_t len;
	while (span.len > 0 && may_be_blank((unsigned char)span.start[0]) &&
	       (len = blank_at_start(span)) > 0) {
		span.start += len;
		span.len -= len;
	}
	while (span.len > 0 && may_be_blank((unsigned char)span.start[span.len - 1]) &&
	       (len = blank_at_end(span)) > 0)
		span.len -= len;
	return span;
}

bool span_copy(struct span span, char *buffer, size_t size)
{
	if (size == 0)
		return false;
	if (span.len >= size) {
		buffer[0] = '\0';
		return false;
	}
	if (span.len > 0)
		memcpy(buffer, span.start, span.len);
	buffer[span.len] = '\0';
	return true;
}

char *span_dup(struct span span)
{
	char *copy = malloc(span.len + 1);
	return copy != NULL && span_copy(span, copy, span.len + 1) ? copy : NULL;
}

struct span span_cut(struct span *rest, char separator)
{
	struct span piece = *rest;
	const char *found = span_find_char(*rest, separator);
	if (found == NULL) {
		*rest = (struct span){NULL, 0};
		return piece;
	}
	piece.len = (size_t)(found - piece.start);
	rest->start = found + 1;
	rest->len -= piece.len + 1;
	return piece;
}

/* Make room for `more` bytes and a NUL. */
static bool reserve(struct text *text, size_t more)
{
	if (text->failed)
		return false;
	if (text->limit_bytes <= text->len || more >= text->limit_bytes - text->len) {
		text->failed = text->too_long = true;
		return false;
	}
	size_t need = text->len + more + 1;
	if (need <= text->room)
		return true;

	size_t first = text->limit_bytes < TEXT_FIRST_BYTES ? text->limit_bytes : TEXT_FIRST_BYTES;
	size_t room = text->room ? text->room : first;
	while (room < need)
		room = room > text->limit_bytes / 2 ? text->limit_bytes : room * 2;
	char *data = realloc(text->data, room);
	if (data == NULL) {
		text->failed = true;
		return false;
	}
	text->data = data;
	text->room = room;
	return true;
}

void text_add(struct text *text, const char *bytes, size_t len)
{
	if (!reserve(text, len))
		return;
	if (len > 0)
		memcpy(text->data + text->len, bytes, len);
	text->len += len;
	text->data[text->len] = '\0';
}

void text_add_string(struct text *text, const char *string)
{
	struct span span = span_of(string);
	text_add(text, span.start, span.len);
}

void text_add_char(struct text *text, char c)
{
	text_add(text, &c, 1);
}

void text_addf(struct text *text, const char *fmt, ...)
{
	if (!reserve(text, 0))
		return;
	va_list args;
	va_start(args, fmt);
	va_list again;
	va_copy(again, args);
	int len = vsnprintf(text->data + text->len, text->room - text->len, fmt, args);
	va_end(args);

	if (len < 0) {
		text->failed = true;
	} else if ((size_t)len < text->room - text->len) {
		text->len += (size_t)len;
	} else if (reserve(text, (size_t)len)) {
		(void)vsnprintf(text->data + text->len, text->room - text->len, fmt, again);
		text->len += (size_t)len;
	}
	va_end(again);
	if (text->failed)
		text->data[text->len] = '\0';
}

void text_clear(struct text *text)
{
	text->len = 0;
	if (text->data != NULL)
		text->data[0] = '\0';
}

struct span text_span(const struct text *text)
{
	return (struct span){text->data, text->len};
}

bool text_ok(const struct text *text, const char *what, struct error *err)
{
	if (!text->failed)
		return true;
	if (text->too_long)
		return error_set(err, ERROR_LIMIT, "%s is longer than %zu bytes", what,
				 text->limit_bytes);
	return error_memory(err);
}

const char *text_part(const struct text *part, struct text *whole)
{
	if (part->failed && !part->too_long)
		whole->failed = true;
	return part->data != NULL ? part->data : "";
}

char *text_take(struct text *text)
{
	if (text->failed || !reserve(text, 0)) {
		text_done(text);
		return NULL;
	}
	text->data[text->len] = '\0';
	char *data = ptr_take(&text->data);
	text_done(text);
	return data;
}

void text_done(struct text *text)
{
	free(text->data);
	*text = text_with_limit(text->limit_bytes);
}

void text_free_pointer(void *slot)
{
	free(ptr_take(slot));
}

bool array_grow_within(void *items, size_t *room, size_t count, size_t item_bytes,
		       struct array_limit limit, struct error *err)
{
	if (count < *room)
		return true;
	if (count >= limit.max)
		return error_set(err, ERROR_LIMIT, "more than %zu %s", limit.max, limit.what);

	size_t more = *room ? *room : ARRAY_FIRST_ITEMS;
	size_t want = more > limit.max / 2 ? limit.max : more * 2;
	size_t bytes;
	if (__builtin_mul_overflow(want, item_bytes, &bytes))
		return error_memory(err);
	void *old;
	memcpy(&old, items, sizeof old);
	void *grown = realloc(old, bytes);
	if (grown == NULL)
		return error_memory(err);
	memcpy(items, &grown, sizeof grown);
	*room = want;
	return true;
}
