/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/url.h"

#include <inttypes.h>

static bool stays(char c)
{
	bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
	return letter || (c >= '0' && c <= '9') || (c != '\0' && strchr("-._~;,:@", c) != NULL);
}

static void add_encoded(struct text *out, struct span value, bool raw)
{
	for (size_t i = 0; i < value.len; i++) {
		char c = value.start[i];
		if (raw || stays(c))
			text_add_char(out, c);
		else
			text_addf(out, "%%%02X", (unsigned char)c);
	}
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

/* One {name} or {+name}, without its braces. */
static bool add_variable(const struct feed_url *url, struct span inside, bool shown,
			 struct text *out, struct error *err)
{
	bool raw = inside.len > 0 && inside.start[0] == '+';
	struct span name = {inside.start + raw, inside.len - raw};
	const char *value = url->variables == NULL ? NULL : key_map_get(url->variables, name);
	const char *secret = url->secrets == NULL ? NULL : key_map_get(url->secrets, name);
	if (!is_name(name))
		return error_set(err, ERROR_INPUT,
				 "URL '%s' has '{%.*s}', which is not a name in braces",
				 url->pattern, SPAN_ARGS(inside));
	if (secret != NULL && shown)
		text_addf(out, "{%.*s}", SPAN_ARGS(name));
	else if (secret != NULL)
		add_encoded(out, span_of(secret), raw);
	else if (value != NULL)
		add_encoded(out, span_of(value), raw);
	else if (span_is(name, "page"))
		text_addf(out, "%" PRId64, url->page);
	else if (span_is(name, "offset"))
		text_addf(out, "%" PRId64, url->offset);
	else if (span_is(name, "per_page"))
		text_addf(out, "%" PRId64, url->page_size);
	else
		return error_set(err, ERROR_INPUT,
				 "URL '%s' has '{%.*s}', for which there is no value", url->pattern,
				 SPAN_ARGS(name));
	return true;
}

static bool fill(const struct feed_url *url, bool shown, struct text *out, struct error *err)
{
	struct span rest = span_of(url->pattern);
	while (rest.len > 0) {
		const char *open = memchr(rest.start, '{', rest.len);
		size_t before = open == NULL ? rest.len : (size_t)(open - rest.start);
		text_add(out, rest.start, before);
		rest = (struct span){rest.start + before, rest.len - before};
		if (rest.len == 0)
			break;
		const char *close = memchr(rest.start, '}', rest.len);
		if (close == NULL)
			return error_set(err, ERROR_INPUT, "URL '%s' has a '{' without its '}'",
					 url->pattern);
		struct span inside = {rest.start + 1, (size_t)(close - rest.start) - 1};
		if (!add_variable(url, inside, shown, out, err))
			return false;
		rest = (struct span){close + 1, rest.len - inside.len - 2};
	}
	return text_ok(out, "a URL", err);
}

bool feed_url_fill(const struct feed_url *url, struct text *out, struct error *err)
{
	return fill(url, false, out, err);
}

bool feed_url_show(const struct feed_url *url, struct text *out, struct error *err)
{
	return fill(url, true, out, err);
}
