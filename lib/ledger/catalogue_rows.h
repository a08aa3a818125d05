/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: one table of a catalogue in memory, as SQLite reads it when the mirror is
 * written. */

#include "ledger/catalogue_tables.h"

/* A table of a catalogue that is written: what catalogue_rows gives. */
struct catalogue_rows {
	const struct catalogue *catalogue;
	const struct catalogue_table *table;
};

/* Let the connection know the table catalogue_rows: the rows of ledger->mirrored. */
MUST_CHECK bool catalogue_rows_register(struct ledger *ledger, struct error *err);
