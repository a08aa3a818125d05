/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/answer.h"

#include <strings.h>

#include "obs/shape.h"

static bool is_kind(struct span said, const char *wanted)
{
	size_t len = strlen(wanted);
	bool is_family = len > 0 && wanted[len - 1] == '/';
	return (is_family ? said.len >= len : said.len == len) &&
	       (len == 0 || strncasecmp(said.start, wanted, len) == 0);
}

bool feed_answer_check_type(const struct feed_answer *answer, struct span content_type,
			    struct error *err)
{
	struct span rest = content_type;
	struct span said = span_trim(span_cut(&rest, ';'));
	for (size_t i = 0; i < answer->content_types.count; i++)
		if (is_kind(said, answer->content_types.items[i]))
			return true;
	if (answer->content_types.count == 0)
		return true;
	if (said.len == 0)
		return error_set(
			err, ERROR_INPUT,
			"the answer does not say what it is; answer.content_types has '%s'",
			answer->content_types.items[0]);
	return error_set(err, ERROR_INPUT, "the answer is '%.*s', not '%s' (answer.content_types)",
			 shape_clip(said), said.start, answer->content_types.items[0]);
}
