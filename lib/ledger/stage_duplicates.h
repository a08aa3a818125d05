/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Rows of one run that are about the same. */

#include "ledger/log.h"

struct stage;

/* What to do when the series, period, source and known day occur twice in one run. */
enum stage_duplicates {
	STAGE_DUPLICATES_REFUSE, /* all of them */
	STAGE_DUPLICATES_FIRST,	 /* the first one counts */
	STAGE_DUPLICATES_LAST,	 /* the last one counts */
	STAGE_DUPLICATES_SAME,	 /* one counts if all say the same, otherwise none */
};

/* A row that is refused, and the other one with its key. */
struct stage_duplicate {
	struct series series; /* id 0: not looked up */
	struct observation obs;
	struct provenance from, other; /* borrowed until the callback returns */
};

/* Called for each; false stops, err says why. */
typedef bool stage_duplicate_fn(void *self, const struct stage_duplicate *duplicate,
				struct error *err);

/* Apply the policy: what does not count leaves the stage; what is refused is told to `take` in the
 * order in which it came and is as if mentioned.  *ret_refused counts them. */
MUST_CHECK bool stage_duplicates(struct stage *stage, enum stage_duplicates policy,
				 stage_duplicate_fn *take, void *self, size_t *ret_refused,
				 struct error *err);
