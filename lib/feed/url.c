/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/url.h"

#include <inttypes.h>
#include <strings.h>

#include "feed/window.h"

enum { CONTROL_MAX = 0x20 };

#define CURSOR "cursor"
#define ONLY_CURSOR "={" CURSOR "}"

/* What is to be done with a template. */
struct filling {
	const struct feed_url *url;
	enum feed_body_kind kind;
	bool is_body, is_shown;
};

static bool stays(char c)
{
	bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
	return letter || (c >= '0' && c <= '9') || (c != '\0' && strchr("-._~;,:@", c) != NULL);
}

static void add_encoded(struct text *out, struct span value)
{
	for (size_t i = 0; i < value.len; i++) {
		if (stays(value.start[i]))
			text_add_char(out, value.start[i]);
		else
			text_addf(out, "%%%02X", (unsigned char)value.start[i]);
	}
}

static void add_in_json(struct text *out, struct span value)
{
	for (size_t i = 0; i < value.len; i++) {
		unsigned char c = (unsigned char)value.start[i];
		if (c < CONTROL_MAX) {
			text_addf(out, "\\u%04x", c);
			continue;
		}
		if (c == '"' || c == '\\')
			text_add_char(out, '\\');
		text_add_char(out, value.start[i]);
	}
}

static void add_value(const struct filling *filling, struct text *out, struct span value, bool raw)
{
	if (raw || (filling->is_body && filling->kind == FEED_BODY_PLAIN))
		text_add(out, value.start, value.len);
	else if (filling->is_body && filling->kind == FEED_BODY_JSON)
		add_in_json(out, value);
	else
		add_encoded(out, value);
}

static bool is_name(struct span name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.start[i];
		bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
		if (!letter && !(c >= '0' && c <= '9') && c != '_' && c != '-')
			return false;
	}
	return name.len > 0;
}

/* What the program itself knows; false: it knows nothing of this name. */
static bool print_own(const struct feed_url *url, struct span name, struct text *out)
{
	if (span_is(name, CURSOR)) {
		text_add_string(out, url->cursor);
		return true;
	}
	const struct {
		const char *name;
		int64_t value;
	} counts[] = {{"page", url->page}, {"per_page", url->page_size}, {"offset", url->offset}};
	for (size_t i = 0; i < COUNT_OF(counts); i++) {
		if (span_is(name, counts[i].name)) {
			text_addf(out, "%" PRId64, counts[i].value);
			return true;
		}
	}
	if (url->today != DAY_NONE)
		return feed_window_add(name, url->today, out);
	if (!feed_window_is(name))
		return false;
	text_addf(out, "{%.*s}", SPAN_ARGS(name));
	return true;
}

/* Does the name stay in its braces, for people? */
static bool stays_unfilled(const struct filling *filling, struct span name, const char *secret)
{
	bool is_window = filling->url->today == DAY_NONE && feed_window_is(name);
	bool is_unknown = filling->url->cursor == NULL && span_is(name, CURSOR);
	return (secret != NULL && filling->is_shown) || is_window || is_unknown;
}

/* The value of a name; false: there is none. */
static bool add_known(const struct filling *filling, struct span name, bool raw, struct text *out)
{
	AUTO_TEXT struct text own = text_with_limit(out->limit_bytes);
	const struct feed_url *url = filling->url;
	const char *value = url->variables == NULL ? NULL : key_map_get(url->variables, name);
	const char *secret = url->secrets == NULL ? NULL : key_map_get(url->secrets, name);
	if (stays_unfilled(filling, name, secret)) {
		text_addf(out, "{%.*s}", SPAN_ARGS(name));
		return true;
	}
	if (secret != NULL || value != NULL) {
		add_value(filling, out, span_of(secret != NULL ? secret : value), raw);
		return true;
	}
	if (!print_own(url, name, &own))
		return false;
	out->failed = out->failed || own.failed;
	add_value(filling, out, text_span(&own), raw);
	return true;
}

/* One {name} or {+name}, without its braces. */
static bool add_variable(const struct filling *filling, struct span inside, struct text *out,
			 struct error *err)
{
	bool raw = inside.len > 0 && inside.start[0] == '+';
	struct span name = span_behind(inside, raw);
	const char *pattern = filling->url->pattern;
	if (!is_name(name) && !feed_window_is(name))
		return error_set(err, ERROR_INPUT,
				 "URL '%s' has '{%.*s}', which is not a name in braces", pattern,
				 SPAN_ARGS(inside));
	return add_known(filling, name, raw, out) ||
	       error_set(err, ERROR_INPUT, "URL '%s' has '{%.*s}', for which there is no value",
			 pattern, SPAN_ARGS(name));
}

static bool ends_with(struct span span, const char *tail)
{
	size_t len = strlen(tail);
	return span.len >= len && span_is(span_behind(span, span.len - len), tail);
}

/* "a=1&at={cursor}&b=2" for the first request, which has no cursor: a parameter that is nothing
 * else is left out, because not every server takes an empty one for none. */
static void add_without_cursor(struct span query, const char *before, struct text *out)
{
	while (query.start != NULL) {
		struct span pair = span_cut(&query, '&');
		if (ends_with(pair, ONLY_CURSOR))
			continue;
		text_add_string(out, before);
		text_add(out, pair.start, pair.len);
		before = "&";
	}
}

/* The template, in the first request without what only the others have. */
static struct span find_pattern(const struct filling *filling, struct text *kept)
{
	struct span whole = span_of(filling->url->pattern);
	const char *cursor = filling->url->cursor;
	bool is_form = filling->is_body && filling->kind == FEED_BODY_FORM;
	if ((filling->is_body && !is_form) || cursor == NULL || cursor[0] != '\0' ||
	    span_find(whole, ONLY_CURSOR) == NULL)
		return whole;
	struct span query = whole;
	if (!is_form) {
		struct span before = span_cut(&query, '?');
		text_add(kept, before.start, before.len);
	}
	add_without_cursor(query, is_form ? "" : "?", kept);
	return text_span(kept);
}

static bool fill_url(const struct filling *filling, struct text *out, struct error *err)
{
	AUTO_TEXT struct text kept = text_with_limit(out->limit_bytes);
	struct span rest = find_pattern(filling, &kept);
	if (!text_ok(&kept, "a URL", err))
		return false;
	while (rest.len > 0) {
		const char *open = span_find_char(rest, '{');
		size_t before = open == NULL ? rest.len : (size_t)(open - rest.start);
		text_add(out, rest.start, before);
		rest = span_behind(rest, before);
		if (rest.len == 0)
			break;
		const char *close = span_find_char(rest, '}');
		if (close == NULL)
			return error_set(err, ERROR_INPUT, "URL '%s' has a '{' without its '}'",
					 filling->url->pattern);
		struct span inside = {rest.start + 1, (size_t)(close - rest.start) - 1};
		if (!add_variable(filling, inside, out, err))
			return false;
		rest = (struct span){close + 1, rest.len - inside.len - 2};
	}
	return text_ok(out, "a URL", err);
}

static bool fill_body(const struct filling *filling, struct text *out, struct error *err)
{
	AUTO_TEXT struct text kept = text_with_limit(out->limit_bytes);
	struct span rest = find_pattern(filling, &kept);
	if (!text_ok(&kept, "the body of a request", err))
		return false;
	while (rest.len > 0) {
		const char *close = rest.start[0] == '{' ? span_find_char(rest, '}') : NULL;
		size_t len = close == NULL ? 0 : (size_t)(close - rest.start) - 1;
		bool raw = len > 0 && rest.start[1] == '+';
		struct span name = {rest.start + 1 + raw, len - raw};
		bool may_be = len > 0 && (is_name(name) || feed_window_is(name));
		size_t used = 1;
		if (may_be && add_known(filling, name, raw, out))
			used = len + 2;
		else
			text_add_char(out, rest.start[0]);
		rest = span_behind(rest, used);
	}
	return text_ok(out, "the body of a request", err);
}

bool feed_url_fill(const struct feed_url *url, struct text *out, struct error *err)
{
	const struct filling filling = {.url = url};
	return fill_url(&filling, out, err);
}

bool feed_url_show(const struct feed_url *url, struct text *out, struct error *err)
{
	const struct filling filling = {.url = url, .is_shown = true};
	return fill_url(&filling, out, err);
}

enum feed_body_kind feed_body_kind(const char *content_type)
{
	if (content_type == NULL)
		return FEED_BODY_PLAIN;
	if (strcasestr(content_type, "json") != NULL)
		return FEED_BODY_JSON;
	return strncasecmp(content_type, FEED_FORM_TYPE, strlen(FEED_FORM_TYPE)) == 0
		       ? FEED_BODY_FORM
		       : FEED_BODY_PLAIN;
}

bool feed_body_fill(const struct feed_url *url, enum feed_body_kind kind, struct text *out,
		    struct error *err)
{
	const struct filling filling = {.url = url, .kind = kind, .is_body = true};
	return fill_body(&filling, out, err);
}

bool feed_body_show(const struct feed_url *url, enum feed_body_kind kind, struct text *out,
		    struct error *err)
{
	const struct filling filling = {
		.url = url, .kind = kind, .is_body = true, .is_shown = true};
	return fill_body(&filling, out, err);
}

/* Encode what stands outside of braces. */
static void add_part(struct span part, struct text *out)
{
	while (part.len > 0) {
		const char *close = part.start[0] == '{' ? span_find_char(part, '}') : NULL;
		size_t used = close == NULL ? 1 : (size_t)(close - part.start) + 1;
		struct span piece = {part.start, used};
		if (close != NULL)
			text_add(out, piece.start, piece.len);
		else
			add_encoded(out, piece);
		part = span_behind(part, used);
	}
}

void feed_url_add_pair(struct span pair, struct text *out)
{
	struct span value = pair;
	add_part(span_cut(&value, '='), out);
	if (value.start == NULL)
		return;
	text_add_char(out, '=');
	add_part(value, out);
}
