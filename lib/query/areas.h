/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Areas through time: what they are called, what they belong to, what became of them. */

#include "query/query.h"

/* Without `written` every area that is valid on the day; else those with that id, or that carry it
 * as a code or name on any day (compared folded), or, when none does, as a part of a name.  The
 * table "areas".  ERROR_NOT_FOUND when there is none. */
MUST_CHECK bool query_areas(const struct query *query, const char *written, struct report **ret,
			    struct error *err);
