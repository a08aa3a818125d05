/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: who keeps the log append-only.  Triggers of the schema stop everybody who
 * opens the ledger; our own connection is stopped earlier, when a statement is prepared, because a
 * table with triggers makes SQLite copy every page that an INSERT touches
 * (docs/decisions/0016-guards-of-the-log.md). */

#include <sqlite3.h>
#include <stddef.h>

#include "base/error.h"

/* The tables that only grow, with three triggers each: TABLE_no_update, _no_delete, _no_repeat. */
extern const char *const LOG_GUARD_TABLES[];
extern const size_t LOG_GUARD_TABLE_COUNT;

/* From now on no statement of this connection that changes, removes or drops what is in the log can
 * be prepared (ERROR_PERMISSION); triggers are off.  After the schema is up to date. */
MUST_CHECK bool log_guard_set(sqlite3 *db, struct error *err);
