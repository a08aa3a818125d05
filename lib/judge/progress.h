/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How far the appliers are, as the ledger remembers it. */

#include "ledger/derived.h"

/* A pass over the series ends at the row that was the last when it began; rows that come meanwhile
 * are for the next one. */
struct judge_progress {
	int64_t rows;	   /* all rows up to this seq have been applied */
	int64_t standing;  /* the load whose catalogue all standing values rest on */
	int64_t catalogue; /* the same for all verdicts */
	int64_t day;	   /* the day for which all verdicts were made, plus one; 0: never */
	int64_t until;	   /* a pass over the series is under way, up to this seq; 0: none */
	int64_t series;	   /* of that pass: the last series done */
	int64_t groups;	   /* of that pass, behind its series: how many items were looked at */
	int64_t items;	   /* of a pass over all verdicts: how many are done */
	int64_t pass_catalogue, pass_day; /* for which either pass began */
};

/* Zeros before the appliers have begun. */
MUST_CHECK bool judge_progress_read(struct ledger *ledger, struct judge_progress *ret,
				    struct error *err);
/* In the caller's transaction. */
MUST_CHECK bool judge_progress_write(struct ledger *ledger, const struct judge_progress *progress,
				     struct error *err);

/* Do the derived tables say what the log and the catalogue in force say on this day? */
MUST_CHECK bool judge_is_current(struct ledger *ledger, const struct judge_progress *progress,
				 int32_t day, bool *ret, struct error *err);
