/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/json_lines.h"

#include <string.h>

#include "feed/feed.h"

enum { OUT_BYTES_MAX = 2 * FEED_DOCUMENT_MAX_BYTES };

void feed_json_lines_done(struct feed_json_lines *lines)
{
	text_done(&lines->out);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The bytes of the mark with which a document may begin. */
static bool is_mark(char c)
{
	return c == '\xEF' || c == '\xBB' || c == '\xBF';
}

static void take(struct feed_json_lines *lines, char c)
{
	if (!lines->is_begun && is_mark(c))
		return;
	if (!lines->is_begun && !is_blank(c)) {
		lines->is_begun = true;
		lines->is_markup = c == '<';
		if (!lines->is_markup)
			text_add_char(&lines->out, '[');
	}
	if (c == '\n' && lines->is_begun)
		lines->has_ended = true;
	else if (lines->has_ended && !is_blank(c)) {
		lines->has_ended = false;
		if (!lines->is_markup)
			text_add_char(&lines->out, ',');
	}
	text_add_char(&lines->out, c);
}

bool feed_json_lines_push(struct feed_json_lines *lines, struct span piece, struct span *ret,
			  struct error *err)
{
	if (lines->out.limit_bytes == 0)
		lines->out = text_with_limit(OUT_BYTES_MAX);
	text_clear(&lines->out);
	for (size_t i = 0; i < piece.len; i++)
		take(lines, piece.start[i]);
	*ret = text_span(&lines->out);
	return text_ok(&lines->out, "the document as a list", err);
}

struct span feed_json_lines_end(const struct feed_json_lines *lines)
{
	return span_of(lines->is_begun && !lines->is_markup ? "]" : "");
}
