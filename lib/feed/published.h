/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Dates of publication that are not written as ISO 8601 says (periods.published). */

#include "feed/plan.h"

/* Read the patterns of a plan.  ERROR_INPUT names one that is none, or that is no date. */
MUST_CHECK bool feed_published_parse(struct feed_plan *plan, struct error *err);

/* Make *text, which may stand in `scratch`, a date of ISO 8601 in `scratch`, where a pattern
 * reads it; otherwise it stays as it is. */
MUST_CHECK bool feed_published_read(const struct feed_plan *plan, struct text *scratch,
				    struct span *text, struct error *err);
