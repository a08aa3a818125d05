/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Times of the day as people say them. */

#include "query/query.h"
#include "query/tell.h"

/* "today 06:00", "tomorrow 06:00", "3 days ago", else the day; 0 is "never".  Appends. */
void moment_tell(struct text *out, const struct query *query, int64_t at);
