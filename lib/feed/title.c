/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/title.h"

bool feed_title_begins_with(struct span line, const char *first, char quote)
{
	static const char ends[] = ",;\t\"'";
	line = span_trim(line);
	if (line.len > 0 && line.start[0] == quote)
		line = span_behind(line, 1);
	line = span_trim(line);
	if (!span_starts(line, first))
		return false;
	size_t len = strlen(first);
	return line.len == len || strchr(ends, line.start[len]) != NULL;
}

bool feed_title_is_delimiter(struct span line)
{
	enum { LINE_LEN = sizeof "sep=;" - 1 };
	line = span_trim(line);
	return line.len == LINE_LEN && span_starts(line, "sep=");
}

/* As far as there is room, up to the end of a character. */
static struct span cut(struct span line)
{
	size_t len = FEED_TITLE_BYTES;
	if (line.len <= len)
		return line;
	while (len > 0 && ((unsigned char)line.start[len] & 0xc0) == 0x80)
		len--;
	return (struct span){line.start, len};
}

static struct span without_cells(struct span line)
{
	line = span_trim(line);
	while (line.len > 0 && strchr(",;\t|", line.start[line.len - 1]) != NULL)
		line = span_trim((struct span){line.start, line.len - 1});
	return line;
}

bool feed_titles_add(struct feed_titles *titles, struct span line, char quote, struct error *err)
{
	if (titles->count == FEED_TITLES_MAX)
		return true;
	line = without_cells(line);
	if (line.len > 1 && line.start[0] == quote && line.start[line.len - 1] == quote)
		line = span_trim((struct span){line.start + 1, line.len - 2});
	line = cut(line);
	struct text *kept = &titles->lines[titles->count++];
	*kept = text_with_limit(FEED_TITLE_BYTES);
	text_add(kept, line.start, line.len);
	return text_ok(kept, "a line before the header", err);
}

void feed_titles_done(struct feed_titles *titles)
{
	for (size_t i = 0; i < titles->count; i++)
		text_done(&titles->lines[i]);
	titles->count = 0;
}
