/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/link.h"

#include <strings.h>

enum { VALUE_BYTES = 256 };

struct link {
	struct span target;
	bool is_next, has_rel, has_anchor;
};

static bool is_word(struct span text, const char *word)
{
	return text.len == strlen(word) && strncasecmp(text.start, word, text.len) == 0;
}

static void skip_blanks(struct span *rest)
{
	while (rest->len > 0 && (rest->start[0] == ' ' || rest->start[0] == '\t'))
		*rest = span_behind(*rest, 1);
}

static bool take_char(struct span *rest, char wanted)
{
	skip_blanks(rest);
	if (rest->len == 0 || rest->start[0] != wanted)
		return false;
	*rest = span_behind(*rest, 1);
	return true;
}

/* Everything before one of the characters. */
static struct span take_until(struct span *rest, const char *ends)
{
	size_t len = 0;
	while (len < rest->len && strchr(ends, rest->start[len]) == NULL)
		len++;
	struct span taken = {rest->start, len};
	*rest = span_behind(*rest, len);
	return span_trim(taken);
}

/* What stands in quotes, with its escapes resolved; cut when it is longer than a value can be. */
static void take_quoted(struct span *rest, struct text *out)
{
	while (rest->len > 0 && rest->start[0] != '"') {
		size_t escape = rest->start[0] == '\\' && rest->len > 1;
		text_add_char(out, rest->start[escape]);
		*rest = span_behind(*rest, escape + 1);
	}
	(void)take_char(rest, '"');
}

/* Relations are words with blanks between. */
static bool has_next(struct span relations)
{
	while (relations.len > 0)
		if (is_word(span_cut(&relations, ' '), "next"))
			return true;
	return false;
}

static void take_parameter(struct span *rest, struct link *link)
{
	AUTO_TEXT struct text value = text_with_limit(VALUE_BYTES);
	skip_blanks(rest);
	struct span name = take_until(rest, "=;,");
	if (take_char(rest, '=')) {
		if (take_char(rest, '"'))
			take_quoted(rest, &value);
		else {
			struct span token = take_until(rest, ";,");
			text_add(&value, token.start, token.len);
		}
	}
	if (is_word(name, "anchor"))
		link->has_anchor = true;
	if (!is_word(name, "rel") || link->has_rel)
		return;
	link->has_rel = true;
	link->is_next = has_next(text_span(&value));
}

/* One link-value; false: what is there is none. */
static bool take_link(struct span *rest, struct link *ret)
{
	*ret = (struct link){0};
	while (take_char(rest, ','))
		;
	if (!take_char(rest, '<'))
		return false;
	ret->target = take_until(rest, ">");
	if (!take_char(rest, '>'))
		return false;
	while (take_char(rest, ';'))
		take_parameter(rest, ret);
	return true;
}

bool feed_link_next(struct span header, char ret[FEED_URL_BYTES], struct error *err)
{
	struct link link;
	ret[0] = '\0';
	while (take_link(&header, &link)) {
		if (!link.is_next || link.has_anchor || link.target.len == 0)
			continue;
		return span_copy(link.target, ret, FEED_URL_BYTES) ||
		       error_set(err, ERROR_LIMIT,
				 "the URL of the next document is longer than %d bytes",
				 FEED_URL_BYTES - 1);
	}
	return true;
}
