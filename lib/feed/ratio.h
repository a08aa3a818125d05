/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Series that are made of two others of the same feed: treated by collected, times 100. */

#include "feed/keep.h"

/* Is every ratio whole, and does each make a series of its own?  ERROR_INPUT. */
MUST_CHECK bool feed_ratio_check(const struct feed_mapping *mapping, struct error *err);

/* Is the series the numerator or denominator of a ratio? */
bool feed_ratio_has_part(const struct feed_mapping *mapping, struct span series);

/* What comes of one ratio in one area, combination of dimensions and period. */
struct feed_ratio_case {
	const struct feed_mapping *mapping;
	const struct feed_ratio *ratio;
	struct feed_kept *const *group; /* all records there, in the order in which they came */
	size_t count;
};

enum feed_ratio_result {
	FEED_RATIO_NONE,    /* neither of the two is there */
	FEED_RATIO_MADE,    /* *ret; missing when one of the two is said to be missing */
	FEED_RATIO_REFUSED, /* *ret is the part at whose place it is, `why` says why */
};

/* Make it: value = numerator * factor / denominator, the status of the two that says more.  `why`
 * is for ERROR_INPUT alone. */
enum feed_ratio_result feed_ratio_make(const struct feed_ratio_case *subject, struct feed_kept *ret,
				       struct error *why);
