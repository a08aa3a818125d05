/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What happened: every change of state with its cause, and what people said of it. */

#include "query/query.h"

/* NULL, 0 or DAY_NONE: any. */
struct query_events_filter {
	const char *indicator, *area, *target, *feed, *state; /* the new state */
	int32_t since, until; /* civil days, both included; DAY_NONE: any */
	size_t last;	      /* only the last so many */
};

/* A table "events", the oldest first, of those up to the day of the question. */
MUST_CHECK bool query_events(const struct query *query, const struct query_events_filter *filter,
			     struct report **ret, struct error *err);
