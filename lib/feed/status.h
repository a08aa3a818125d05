/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The source's status codes to ours, by the mapping's lists. */

#include "feed/mapping.h"
#include "obs/observation.h"

/* Of several codes the one that says most counts: missing, forecast, estimated, provisional,
 * normal.  An unknown code is ERROR_INPUT. */
MUST_CHECK bool feed_status_read(const struct feed_statuses *statuses, struct span text,
				 enum obs_status *ret, bool *ret_break, struct error *err);

/* The one of the two that says more: missing, forecast, estimated, provisional, normal. */
enum obs_status feed_status_weaker(enum obs_status a, enum obs_status b);

/* No code in two lists; codes of one letter where letters are codes. */
MUST_CHECK bool feed_status_check(const struct feed_statuses *statuses, struct error *err);
