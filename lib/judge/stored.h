/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The verdicts that the appliers left in the ledger. */

#include "judge/judge.h"

/* Do they hold for what this judge is asked: everything judged, for the same day? */
MUST_CHECK bool stored_verdicts_hold(const struct judge *judge, bool *ret, struct error *err);

/* The verdict of judged->target in judged->area, with its deciding row.  *ret_found is false when
 * it is not there, or has words that this program does not use. */
MUST_CHECK bool stored_verdict_read(const struct judge *judge, struct judged_target *judged,
				    struct observation *ret_deciding, bool *ret_found,
				    struct error *err);
