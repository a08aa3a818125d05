/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What has gone or goes wrong, the worst first. */

#include "query/rows.h"

/* The share of the way that is missed: gap / |T - base|, with the first usable value of the series
 * where the target has no baseline.  Above 1 when the value is further off than where the way
 * began; unset when there was no way to go. */
struct measure gaps_missed_share(const struct query_row *row);

/* A table "targets" of those that are missed, worsening, off track or nearly on track, by the share
 * of the way missed, largest first, with it as "missed_share"; and a line with how many cannot be
 * judged and why. */
MUST_CHECK bool query_gaps(const struct query *query, const struct query_filter *filter,
			   struct report **ret, struct error *err);
