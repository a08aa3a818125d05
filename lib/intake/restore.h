/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* An export of the whole ledger, put back into an empty one. */

#include "intake/bag.h"
#include "intake/import.h"
#include "ledger/transfer.h"

/* A table of observations as it was exported. */
struct restore_order {
	const struct intake *intake;
	const char *name;
	struct span document;
	bool has_tables; /* loads and series have been put back already */
};

/* Put it back, in the caller's transaction.  The first bad row ends it, with its line. */
MUST_CHECK bool restore_observations(const struct restore_order *order, struct import_counts *ret,
				     struct problems *findings, struct error *err);

/* The tables of an export. */
struct restore_tables {
	struct span tables[TRANSFER_TABLES];
	struct span observations;
};

/* How many rows came back. */
struct restore_counts {
	size_t rows[TRANSFER_TABLES];
	size_t observations, documents, missing;
};

/* Put all tables back, in the caller's transaction; `where` goes before their names.  The failure
 * says "WHERE/events.csv:12: at: ...". */
MUST_CHECK bool restore_tables(const struct intake *intake, const char *where,
			       const struct restore_tables *tables, struct restore_counts *ret,
			       struct error *err);

/* Put back everything that an export holds, documents included, and the mirror of the catalogue:
 * all of it or nothing.  ERROR_REFUSED when the ledger has anything in it already, or when the
 * catalogue lacks an id that the log uses. */
MUST_CHECK bool restore_bag(const struct intake *intake, const struct bag *bag,
			    struct restore_counts *ret, struct error *err);
