/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/release.h"

#include "base/number.h"

enum { CENTURY = 100, MONTHS = 12, MONTH_DAYS = 31 };

static bool read_two(struct span text, int64_t max, int *ret)
{
	int64_t number;
	if (text.len == 0 || text.len > 2 || !number_read_integer(text, 1, max, &number, NULL))
		return false;
	*ret = (int)number;
	return true;
}

/* "15", or "03-15". */
static bool read_end(struct span text, bool *ret_yearly, int *ret)
{
	struct span rest = text;
	struct span first = span_cut(&rest, '-');
	int month;
	int day;
	*ret_yearly = rest.start != NULL;
	if (!*ret_yearly)
		return read_two(text, MONTH_DAYS, ret);
	if (!read_two(first, MONTHS, &month) || !read_two(rest, MONTH_DAYS, &day))
		return false;
	*ret = month * CENTURY + day;
	return true;
}

bool release_parse(struct span written, struct release *ret, struct error *err)
{
	static const char dots[] = "..";
	const char *at = span_find(written, dots);
	size_t head = at == NULL ? written.len : (size_t)(at - written.start);
	struct span from = {written.start, head};
	struct span to =
		at == NULL ? from
			   : (struct span){at + strlen(dots), written.len - head - strlen(dots)};
	struct release read;
	bool yearly;
	if (!read_end(from, &read.is_yearly, &read.from) || !read_end(to, &yearly, &read.to) ||
	    yearly != read.is_yearly)
		return error_set(
			err, ERROR_INPUT,
			"'%.*s' is not days of a month such as '15..25', or of a year such "
			"as '03-10..03-31'",
			SPAN_ARGS(written));
	*ret = read;
	return true;
}

bool release_has(const struct key_texts *releases, int32_t day)
{
	const struct day_parts parts = day_parts(day);
	for (size_t i = 0; i < releases->count; i++) {
		struct release release;
		if (!release_parse(span_of(releases->items[i]), &release, NULL))
			continue;
		int at = release.is_yearly ? parts.month * CENTURY + parts.day : parts.day;
		bool is_over_end = release.from > release.to;
		if (is_over_end ? at >= release.from || at <= release.to
				: at >= release.from && at <= release.to)
			return true;
	}
	return false;
}
