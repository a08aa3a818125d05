/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What belongs to one area on a day: codes, groups, members, what it came from and went into. */

#include "query/query.h"

enum { AROUND_MEMBERS_SHOWN = 64, AROUND_LINKS_MAX = 1 << 20 };

/* Another area, and the change by which it was or became this one (NULL: it is in it, or holds
 * it). */
struct around_link {
	const struct area *area;
	const struct area_change *change;
};

struct around_links {
	struct around_link *items;
	size_t count, room;
};

struct around {
	const struct query *query;
	const struct area *area;
	int32_t day;
	struct text codes; /* "gso 75; iso VN-39" */
	struct around_links groups, members, before, after;
};

#define AUTO_AROUND AUTO(around_done)
/* Free it and make it empty again. */
void around_done(struct around *around);

/* Look at the area on the day; borrows from the catalogue. */
MUST_CHECK bool around_look(const struct query *query, const struct area *area, int32_t day,
			    struct around *ret, struct error *err);

/* "P63:70 (merge, 2025-07-01); P63:75 (merge, 2025-07-01)": for programs.  Appends. */
void around_write(const struct around_links *links, struct text *out);

/* A line for each kind of them, by names in the order of a dictionary. */
MUST_CHECK bool around_say(const struct around *around, struct report *report, struct error *err);
