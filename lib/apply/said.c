/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "apply/said.h"

#include "base/unicode.h"
#include "obs/area_lookup.h"

bool said_find_area(const struct apply *apply, const char *written, int year,
		    const struct area **ret, struct error *err)
{
	int32_t today = zone_day(apply->zone, apply->now);
	const struct period period = year != 0 ? (struct period){day_from_parts(year, 1, 1),
								 day_from_parts(year + 1, 1, 1)}
					       : (struct period){today, today + 1};
	return area_lookup(apply->catalogue, span_of(written), period, ret, err);
}

bool said_check_line(const char *what, const char *text, int bytes, struct error *err)
{
	size_t at;
	struct span line = span_of(text);
	if (line.len >= (size_t)bytes)
		return error_set(err, ERROR_INPUT, "the %s is longer than %d bytes", what,
				 bytes - 1);
	if (!unicode_valid(line, &at))
		return error_set(err, ERROR_INPUT, "the %s is not UTF-8 at its byte %zu", what,
				 at + 1);
	for (size_t i = 0; i < line.len; i++)
		if ((unsigned char)line.start[i] < ' ')
			return error_set(err, ERROR_INPUT, "the %s has to be one line of text",
					 what);
	return true;
}
