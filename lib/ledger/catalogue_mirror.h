/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The mirror of the catalogue in force. */

#include "ledger/ledger.h"
#include "obs/catalogue.h"

/* Replace it whole, in the caller's transaction.  ERROR_REFUSED when an indicator, area or source
 * that rows of the log use is gone: names the id, says how many rows, and that it may be closed
 * with valid_to instead. */
MUST_CHECK bool ledger_catalogue_replace(struct ledger *ledger, const struct catalogue *catalogue,
					 struct error *err);

/* Read it; empty when none was ever put.  For the caller to free with catalogue_free. */
MUST_CHECK bool ledger_catalogue_read(struct ledger *ledger, struct catalogue **ret,
				      struct error *err);

/* The load with which it came; 0 when there is none. */
MUST_CHECK bool ledger_catalogue_load(struct ledger *ledger, int64_t *ret, struct error *err);
