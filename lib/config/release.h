/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The days on which a publisher brings out figures. */

#include "base/keys.h"
#include "obs/day.h"

/* Days of every month ("15..25") or of every year ("03-10..03-31"), both ends inclusive; one that
 * ends before it begins goes over the end of the month or year.  A single day is one of its own. */
struct release {
	bool is_yearly;
	int from, to; /* day of the month; yearly: month * 100 + day */
};

/* The message says what would have been right. */
MUST_CHECK bool release_parse(struct span written, struct release *ret, struct error *err);

/* Is it a day of one of them?  What cannot be read is none. */
bool release_has(const struct key_texts *releases, int32_t day);
