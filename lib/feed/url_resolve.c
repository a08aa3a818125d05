/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/url_resolve.h"

#include <strings.h>

/* start NULL: the URL has no such part. */
struct url_parts {
	struct span scheme, authority, path, query;
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool may_be_in_scheme(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

static void take_scheme(struct span *rest, struct url_parts *parts)
{
	size_t len = 0;
	while (len < rest->len && may_be_in_scheme(rest->start[len]))
		len++;
	if (len == 0 || !is_letter(rest->start[0]) || len == rest->len || rest->start[len] != ':')
		return;
	parts->scheme = (struct span){rest->start, len};
	*rest = span_behind(*rest, len + 1);
}

static size_t length_until(struct span text, const char *ends)
{
	size_t len = 0;
	while (len < text.len && strchr(ends, text.start[len]) == NULL)
		len++;
	return len;
}

static struct url_parts split(struct span url)
{
	struct url_parts parts = {0};
	struct span rest = {url.start, length_until(url, "#")};
	take_scheme(&rest, &parts);
	if (span_starts(rest, "//")) {
		struct span behind = span_behind(rest, 2);
		parts.authority = (struct span){behind.start, length_until(behind, "/?")};
		rest = span_behind(behind, parts.authority.len);
	}
	parts.path = (struct span){rest.start, length_until(rest, "?")};
	if (parts.path.len < rest.len)
		parts.query = span_behind(rest, parts.path.len + 1);
	return parts;
}

/* Where in the path is its last '/', counted from behind it; 0: nowhere. */
static size_t behind_last_slash(struct span path)
{
	size_t len = path.len;
	while (len > 0 && path.start[len - 1] != '/')
		len--;
	return len;
}

/* Take the last segment off what is written from `from` on, with the '/' before it. */
static void drop_segment(struct text *out, size_t from)
{
	while (out->len > from && out->data[out->len - 1] != '/')
		out->len--;
	if (out->len > from)
		out->len--;
	if (out->data != NULL)
		out->data[out->len] = '\0';
}

/* RFC 3986, 5.2.4. */
static void add_without_dots(struct span path, struct text *out)
{
	size_t from = out->len;
	while (path.len > 0 && !out->failed) {
		bool slash = path.start[0] == '/';
		struct span behind = span_behind(path, slash);
		struct span segment = {behind.start, length_until(behind, "/")};
		bool is_last = segment.len == behind.len;
		path = span_behind(behind, segment.len);
		if (span_is(segment, "..") && slash)
			drop_segment(out, from);
		bool is_dots = span_is(segment, ".") || span_is(segment, "..");
		if (is_dots && is_last && slash)
			text_add_char(out, '/');
		if (is_dots)
			continue;
		if (slash)
			text_add_char(out, '/');
		text_add(out, segment.start, segment.len);
	}
}

static bool merge(const struct url_parts *base, struct span path, struct text *out,
		  struct error *err)
{
	AUTO_TEXT struct text merged = text_with_limit(out->limit_bytes);
	size_t kept = behind_last_slash(base->path);
	if (base->authority.start != NULL && base->path.len == 0)
		text_add_char(&merged, '/');
	text_add(&merged, base->path.start, kept);
	text_add(&merged, path.start, path.len);
	if (!text_ok(&merged, "a URL", err)) {
		out->too_long = out->too_long || merged.too_long;
		return false;
	}
	add_without_dots(text_span(&merged), out);
	return true;
}

static void add_front(const struct url_parts *scheme, const struct url_parts *authority,
		      struct text *out)
{
	if (scheme->scheme.start != NULL)
		text_addf(out, "%.*s:", SPAN_ARGS(scheme->scheme));
	if (authority->authority.start != NULL)
		text_addf(out, "//%.*s", SPAN_ARGS(authority->authority));
}

static void add_query(struct span query, struct text *out)
{
	if (query.start != NULL)
		text_addf(out, "?%.*s", SPAN_ARGS(query));
}

bool feed_url_resolve(struct span base, struct span reference, struct text *out, struct error *err)
{
	const struct url_parts from = split(base);
	const struct url_parts to = split(reference);
	bool is_whole = base.len == 0 || to.scheme.start != NULL;
	bool has_place = is_whole || to.authority.start != NULL;
	add_front(is_whole ? &to : &from, has_place ? &to : &from, out);
	if (base.len == 0)
		text_add(out, to.path.start, to.path.len);
	else if (has_place || span_starts(to.path, "/"))
		add_without_dots(to.path, out);
	else if (to.path.len == 0)
		text_add(out, from.path.start, from.path.len);
	else if (!merge(&from, to.path, out, err))
		return false;
	bool keeps_query = !has_place && to.path.len == 0 && to.query.start == NULL;
	add_query(keeps_query ? from.query : to.query, out);
	return text_ok(out, "a URL", err);
}

/* Without the port that the scheme has anyway, and without who asks. */
static struct span place_of(const struct url_parts *parts)
{
	static const char *const usual[] = {"https", ":443", "http", ":80"};
	struct span place = parts->authority;
	const char *at = place.len > 0 ? memrchr(place.start, '@', place.len) : NULL;
	if (at != NULL)
		place = (struct span){at + 1, (size_t)(place.start + place.len - at - 1)};
	for (size_t i = 0; i < COUNT_OF(usual); i += 2) {
		size_t len = strlen(usual[i + 1]);
		bool is_scheme = parts->scheme.len == strlen(usual[i]) &&
				 strncasecmp(parts->scheme.start, usual[i], parts->scheme.len) == 0;
		if (is_scheme && place.len > len &&
		    memcmp(place.start + place.len - len, usual[i + 1], len) == 0)
			place.len -= len;
	}
	return place;
}

static bool is_same(struct span a, struct span b)
{
	return a.len == b.len && (a.len == 0 || strncasecmp(a.start, b.start, a.len) == 0);
}

bool feed_url_same_origin(struct span a, struct span b)
{
	const struct url_parts one = split(a);
	const struct url_parts other = split(b);
	return one.scheme.len > 0 && is_same(one.scheme, other.scheme) &&
	       is_same(place_of(&one), place_of(&other));
}
