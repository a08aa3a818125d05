/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Several records of one run with the same area, series, dimensions and period. */

#include "feed/mapping.h"

/* What becomes of the two. */
enum feed_verdict { FEED_KEEP_FIRST, FEED_TAKE_SECOND, FEED_REFUSE_ALL };

struct feed_duplicate {
	bool is_missing;
	double value; /* when it is not missing */
	int status;   /* enum obs_status */
};

/* What the policy says of the one that stands and the one that comes.  Once refused, the key stays
 * refused: the caller does not ask again. */
enum feed_verdict feed_duplicate_judge(enum feed_duplicates policy,
				       const struct feed_duplicate *stands,
				       const struct feed_duplicate *comes);

/* Why records were refused, for struct feed_refusal. */
const char *feed_duplicate_why(enum feed_duplicates policy);
