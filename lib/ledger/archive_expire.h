/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the archive may forget. */

#include "ledger/ledger.h"

/* Remove what was last put before `before` (unix seconds) and is neither document (or page of one)
 * nor mapping of a load or a feed's state, and at any age what a killed writer left half-made.
 * *ret_removed counts files.  For the one writer only. */
MUST_CHECK bool archive_expire(struct ledger *ledger, int64_t before, size_t *ret_removed,
			       struct error *err);
