/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/request_build.h"

#include <stdlib.h>

#include "feed/url.h"

enum { BUILT_BYTES = 256 << 10 };

static void add_pairs(const struct key_texts *pairs, struct text *out, bool is_first)
{
	for (size_t i = 0; i < pairs->count; i++) {
		if (!is_first || i > 0)
			text_add_char(out, '&');
		feed_url_add_pair(span_of(pairs->items[i]), out);
	}
}

static bool replace(char **place, struct text *with, struct error *err)
{
	char *made = text_take(with);
	if (made == NULL)
		return error_memory(err);
	free(*place);
	*place = made;
	return true;
}

static bool add_query(struct config_feed *feed, struct error *err)
{
	AUTO_TEXT struct text url = text_with_limit(BUILT_BYTES);
	if (feed->query.count == 0 || feed->url == NULL)
		return true;
	const char *begun = strchr(feed->url, '?');
	text_add_string(&url, feed->url);
	if (begun == NULL)
		text_add_char(&url, '?');
	bool is_first = begun == NULL || begun[1] == '\0' || url.data == NULL ||
			url.data[url.len - 1] == '&';
	add_pairs(&feed->query, &url, is_first);
	return replace(&feed->url, &url, err);
}

static bool set_form(struct config_feed *feed, struct error *err)
{
	AUTO_TEXT struct text body = text_with_limit(BUILT_BYTES);
	if (feed->form.count == 0 || feed->body != NULL)
		return true;
	add_pairs(&feed->form, &body, true);
	if (!replace(&feed->body, &body, err))
		return false;
	if (feed->content_type == NULL)
		feed->content_type = span_dup(span_of(FEED_FORM_TYPE));
	return feed->content_type != NULL || error_memory(err);
}

bool request_complete(struct config_feed *feed, struct error *err)
{
	return add_query(feed, err) && set_form(feed, err);
}
