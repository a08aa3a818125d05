/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Spans (borrowed bytes) and a growing string with a ceiling.  After the first failure every call
 * on a text is a no-op, so a writer checks once, at the end, in text_take() or text_ok(). */

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/attr.h"
#include "base/error.h"

/* A piece of somebody else's memory; never freed through this.  Not NUL-terminated. */
struct span {
	const char *start;
	size_t len;
};

/* For printf: printf("%.*s", SPAN_ARGS(span)). */
#define SPAN_ARGS(span) (int)(span).len, (span).start

/* The whole of a C string; an empty span for NULL. */
struct span span_of(const char *string);

/* Are both the same bytes? */
bool span_equal(struct span a, struct span b);

/* Is the span exactly this C string? */
bool span_is(struct span span, const char *string);

/* Does the span begin with this C string? */
bool span_starts(struct span span, const char *prefix);

/* Without blanks, tabs, CR, LF and no-break spaces (U+00A0, U+202F) at both ends. */
struct span span_trim(struct span span);

/* Without its first `len` bytes: nothing is left of a span that has no more.  The start may be
 * NULL, to which C does not define adding even nothing. */
static inline struct span span_behind(struct span span, size_t len)
{
	size_t cut = len < span.len ? len : span.len;
	return cut == 0 ? span : (struct span){span.start + cut, span.len - cut};
}

/* Where the character or the C string stands first in the span; NULL when it does not. */
static inline const char *span_find_char(struct span span, char c)
{
	return span.len == 0 ? NULL : memchr(span.start, c, span.len);
}
static inline const char *span_find(struct span span, const char *piece)
{
	return span.len == 0 ? NULL : memmem(span.start, span.len, piece, strlen(piece));
}

/* Copy into `buffer` with a NUL; false and an empty string when it does not fit. */
MUST_CHECK bool span_copy(struct span span, char *buffer, size_t size);

/* A new NUL-terminated copy for the caller to free; NULL without memory. */
MUST_CHECK char *span_dup(struct span span);

/* Cut *rest at the first `separator`: the piece before it is returned, *rest moves behind it.
 * When there is none the piece is all of *rest and *rest becomes {NULL, 0}. */
struct span span_cut(struct span *rest, char separator);

struct text {
	char *data;
	size_t len, room, limit_bytes;
	bool failed;   /* any failure */
	bool too_long; /* the failure was the ceiling, not memory */
};

#define AUTO_TEXT AUTO(text_done)

/* An empty text that may grow to limit_bytes (NUL included). */
static inline struct text text_with_limit(size_t limit_bytes)
{
	return (struct text){.limit_bytes = limit_bytes};
}

/* Append bytes, a C string, one character, formatted text. */
void text_add(struct text *text, const char *bytes, size_t len);
void text_add_string(struct text *text, const char *string);
void text_add_char(struct text *text, char c);
void text_addf(struct text *text, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Forget the content, keep the memory and any recorded failure. */
void text_clear(struct text *text);

/* What has been written so far, borrowed. */
struct span text_span(const struct text *text);

/* Did every write succeed?  Otherwise says ERROR_MEMORY, or ERROR_LIMIT with the ceiling and
 * `what` in the message. */
MUST_CHECK bool text_ok(const struct text *text, const char *what, struct error *err);

/* What was written so far as a C string, to be put into `whole`; "" when it is empty.  A part for
 * which there was no memory fails the whole as well.  Borrowed until the next write. */
const char *text_part(const struct text *part, struct text *whole);

/* The finished string, owned by the caller (free), or NULL if anything failed. */
MUST_CHECK char *text_take(struct text *text);

/* Free it and make it empty again. */
void text_done(struct text *text);

/* free() for AUTO_FREE. */
void text_free_pointer(void *slot);

/* A variable of any pointer type from malloc that is freed at the end of its scope. */
#define AUTO_FREE AUTO(text_free_pointer)

/* A ceiling and what it is about, for the message. */
struct array_limit {
	size_t max;
	const char *what;
};

/* Make room for one more element in a growing array: *items has *room elements of item_bytes, count
 * are used.  *items and *room change only on success.  ERROR_LIMIT names the limit. */
MUST_CHECK bool array_grow_within(void *items, size_t *room, size_t count, size_t item_bytes,
				  struct array_limit limit, struct error *err);

#define array_grow(items, room, count, item_bytes, max, what, err)                                 \
	array_grow_within(items, room, count, item_bytes, (struct array_limit){max, what}, err)
