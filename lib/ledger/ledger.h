/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The ledger of a state directory: <state>/ledger.db, its connection and its transactions.
 *
 * Functions of this room that write need a write transaction (ledger_begin) unless they say
 * otherwise; functions that read use the transaction that is open or a short one of their own.
 * Failures: ERROR_SYSTEM for disk ("the disk is full"), damage and SQLite's own; ERROR_BUSY for a
 * lock not got in time; ERROR_PERMISSION; ERROR_REFUSED when a guard of the log said no. */

#include "ledger/lock.h"

#include <stdint.h>

enum {
	LEDGER_BUSY_MS = 5000, /* how long a statement waits for another connection */
	LEDGER_ACTOR_BYTES = 64,
};

struct ledger;

#define AUTO_LEDGER AUTO(ledger_close)

/* Who opens it for writing: kept beside each migration. */
struct ledger_build {
	const char *program; /* "envgap 1.0" */
	int64_t now;	     /* unix seconds */
};

/* Open as the writer: make the file or bring it up to the present version, keeping everything.
 * The lock must be exclusive and outlive the ledger.  ERROR_VERSION when a newer program made it;
 * ERROR_SYSTEM on a file system with small blocks. */
MUST_CHECK bool ledger_open_writer(const struct writer_lock *lock, const struct ledger_build *build,
				   struct ledger **ret, struct error *err);

/* Open for reading only, beside a writer or without one.  ERROR_NOT_FOUND when there is no ledger
 * yet; ERROR_VERSION when it is newer than this program, or older and waits for its writer. */
MUST_CHECK bool ledger_open_reader(const char *state_dir, struct ledger **ret, struct error *err);

/* Close and free *slot and make it NULL; an open transaction is rolled back. */
void ledger_close(struct ledger **slot);

/* One read transaction, so that a whole answer sees one state.  End it soon: it holds back the
 * checkpoint of the writer.  ledger_end_read does nothing when none is open. */
MUST_CHECK bool ledger_begin_read(struct ledger *ledger, struct error *err);
void ledger_end_read(struct ledger *ledger);

/* A write transaction.  Not nested.  After a failed commit it has been rolled back.  Committed
 * means on the disk.  ledger_rollback does nothing when none is open, so that it can be called on
 * any way out. */
MUST_CHECK bool ledger_begin(struct ledger *ledger, struct error *err);
MUST_CHECK bool ledger_commit(struct ledger *ledger, struct error *err);
void ledger_rollback(struct ledger *ledger);

/* Is a write transaction open? */
bool ledger_in_transaction(const struct ledger *ledger);

/* A number that changes whenever anybody, this connection included, has changed the ledger; for
 * caches. */
MUST_CHECK bool ledger_generation(struct ledger *ledger, int64_t *ret, struct error *err);

/* The directory that it is in; borrowed. */
const char *ledger_directory(const struct ledger *ledger);

/* Fold the write-ahead log back into the file.  For idle moments; outside of transactions. */
MUST_CHECK bool ledger_checkpoint(struct ledger *ledger, struct error *err);
