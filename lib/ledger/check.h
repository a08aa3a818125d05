/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Is the ledger sound? */

#include "base/problem.h"
#include "ledger/ledger.h"

/* SQLite's own checks of pages and references, the guards of the log, the numbering of the log, and
 * that loads' documents can be read from the archive; a line per finding.  False only when it could
 * not be checked. */
MUST_CHECK bool ledger_check(struct ledger *ledger, struct problems *findings, struct error *err);
