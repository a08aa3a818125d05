/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Dates of publication that are not written as ISO 8601 says (periods.published). */

#include "feed/source.h"

/* Read the patterns of a plan.  ERROR_INPUT names one that is none, or that is no date. */
MUST_CHECK bool feed_published_parse(struct feed_plan *plan, struct error *err);

/* Make *text, which may stand in the scratch text of its slot, a date of ISO 8601 there, where a
 * pattern of the plan reads it; otherwise it stays as it is. */
MUST_CHECK bool feed_published_read(struct feed_source *source, struct span *text,
				    struct error *err);
