/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "apply/said.h"

#include "base/unicode.h"

bool said_find_area(const struct apply *apply, const char *written, const struct area **ret,
		    struct error *err)
{
	static const char *const schemes[] = {"name", "name_vi"};
	const struct catalogue *catalogue = apply->catalogue;
	const struct area *area = catalogue_area(catalogue, span_of(written));
	int32_t today = zone_day(apply->zone, apply->now);
	for (size_t i = 0; area == NULL && i < COUNT_OF(schemes); i++) {
		struct error why = {0};
		if (!catalogue_area_by_code(catalogue, schemes[i], span_of(written), today, &area,
					    &why) &&
		    why.code != ERROR_NOT_FOUND)
			return error_set(err, why.code, "%s", why.text);
	}
	if (area == NULL)
		return error_set(err, ERROR_NOT_FOUND, "area '%s' is not in the catalogue",
				 written);
	*ret = area;
	return true;
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
