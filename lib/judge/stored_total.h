/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The totals of verdicts as they are kept in the ledger. */

#include "judge/judge.h"
#include "ledger/total.h"

/* The total of which the verdict is (judge_total_of) as a row. */
void stored_total_write(const struct total *total, bool decides, struct assessment_total *ret);

/* What was stored about judged->target in judged->area, put into *judged and, when it decided,
 * *ret_deciding.  *ret_found is false when it is not there, or names what the catalogue or this
 * program does not know. */
MUST_CHECK bool stored_total_read(const struct judge *judge, struct judged_target *judged,
				  struct observation *ret_deciding, bool *ret_found,
				  struct error *err);
