/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "obs/instant.h"

#include <stdio.h>

#include "base/number.h"

enum { INSTANT_LEN = 20, DAY_LEN = 10, HOUR_SECONDS = 3600, MINUTE_SECONDS = 60 };

const char *instant_print(int64_t at, char buffer[INSTANT_BYTES])
{
	char day[DAY_BYTES];
	int64_t days = at / DAY_SECONDS - (at % DAY_SECONDS < 0 ? 1 : 0);
	int second = (int)(at - days * DAY_SECONDS);
	(void)snprintf(buffer, INSTANT_BYTES, "%sT%02d:%02d:%02dZ", day_print((int32_t)days, day),
		       second / HOUR_SECONDS, second % HOUR_SECONDS / MINUTE_SECONDS,
		       second % MINUTE_SECONDS);
	return buffer;
}

static bool two_digits(struct span text, size_t at, int64_t max, int64_t *ret)
{
	const struct span digits = {text.start + at, 2};
	return number_read_integer(digits, 0, max, ret, NULL);
}

bool instant_parse(struct span text, int64_t *ret, struct error *err)
{
	int32_t day = 0;
	int64_t hour = 0;
	int64_t minute = 0;
	int64_t second = 0;
	const struct span date = {text.start, DAY_LEN};
	if (text.len != INSTANT_LEN || text.start[10] != 'T' || text.start[13] != ':' ||
	    text.start[16] != ':' || text.start[19] != 'Z' || !two_digits(text, 11, 23, &hour) ||
	    !two_digits(text, 14, 59, &minute) || !two_digits(text, 17, 59, &second) ||
	    !day_parse(date, &day, NULL))
		return error_set(err, ERROR_INPUT,
				 "'%.*s' is not an instant such as 2026-11-22T18:05:09Z",
				 SPAN_ARGS(text));
	*ret = (int64_t)day * DAY_SECONDS + hour * HOUR_SECONDS + minute * MINUTE_SECONDS + second;
	return true;
}
