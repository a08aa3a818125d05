/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* --dry-run FEED: fetch and read a feed now and say what would come of it; the ledger is only read.
 */

#include <stdio.h>

#include "base/clock.h"
#include "base/problem.h"

struct dry_run {
	const char *path; /* of envgap.conf */
	const char *feed;
	bool with_records; /* also print every record, as CSV */
	const struct clock *clock;
	FILE *out, *complaints;
};

/* ERROR_REFUSED: the feed gave no answer. */
MUST_CHECK bool dry_run(const struct dry_run *run, struct problems *problems, struct error *err);
