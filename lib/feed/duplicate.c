/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/duplicate.h"

#include "base/number.h"

static bool are_same(const struct feed_duplicate *a, const struct feed_duplicate *b)
{
	if (a->is_missing != b->is_missing || a->status != b->status)
		return false;
	return a->is_missing || number_equal(a->value, b->value);
}

enum feed_verdict feed_duplicate_judge(enum feed_duplicates policy,
				       const struct feed_duplicate *stands,
				       const struct feed_duplicate *comes)
{
	switch (policy) {
	case FEED_DUPLICATES_FIRST:
		return FEED_KEEP_FIRST;
	case FEED_DUPLICATES_LAST:
		return FEED_TAKE_SECOND;
	case FEED_DUPLICATES_SAME:
		return are_same(stands, comes) ? FEED_KEEP_FIRST : FEED_REFUSE_ALL;
	case FEED_DUPLICATES_REFUSE:
		break;
	}
	return FEED_REFUSE_ALL;
}

const char *feed_duplicate_why(enum feed_duplicates policy)
{
	return policy == FEED_DUPLICATES_SAME
		       ? "the answer gives this area, series and period again with another value"
		       : "the answer gives this area, series and period more than once";
}
