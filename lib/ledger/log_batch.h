/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: rows that are appended with one statement.  SQLite reads them out of
 * memory as a table (`log_rows`), so that cursors are opened and a statement is run once for many
 * of them. */

#include "base/text.h"
#include "ledger/log.h"

enum { LOG_BATCH_ROWS = 128 };

/* A row; texts are places in `texts`. */
struct log_batch_row {
	struct observation obs;
	uint32_t locator, raw, warning;
};

/* Zero it and set ledger.  The ledger knows of it while rows wait. */
struct log_batch {
	struct ledger *ledger;
	struct log_batch_row *rows; /* LOG_BATCH_ROWS of them */
	size_t count;
	struct text texts;
	int64_t first_seq, last_seq; /* of all that was written; 0: nothing was */
};

/* Free what is in it; rows that wait are lost. */
void log_batch_done(struct log_batch *batch);

#define AUTO_LOG_BATCH AUTO(log_batch_done)

/* Append the row with the next of them, in the caller's transaction; what cannot be appended fails
 * then.  Both are copied. */
MUST_CHECK bool log_batch_add(struct log_batch *batch, const struct observation *obs,
			      const struct provenance *from, struct error *err);

/* Append the rows that wait. */
MUST_CHECK bool log_batch_write(struct log_batch *batch, struct error *err);

/* The same for whatever waits in this ledger: before rows are read. */
MUST_CHECK bool log_batch_settle(struct ledger *ledger, struct error *err);

/* Let the connection know the table of rows. */
MUST_CHECK bool log_batch_register(struct ledger *ledger, struct error *err);
