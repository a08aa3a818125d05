/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The tables of the log, but for the observations, as tables of texts: what an export of the whole
 * ledger is made of, and what a restore puts back. */

#include "ledger/hash.h"
#include "ledger/ledger.h"

enum transfer_table {
	TRANSFER_LOADS,
	TRANSFER_SERIES,
	TRANSFER_EVENTS,
	TRANSFER_DELIVERIES,
	TRANSFER_NOTES,
	TRANSFER_TABLES,
};

enum { TRANSFER_COLUMNS_MAX = 24, TRANSFER_TEXT_BYTES = 8192 };

/* "loads", "series", "events", "deliveries", "notes". */
const char *transfer_name(enum transfer_table table);

/* How many columns it has, and their headings; the first one is the number of the row. */
size_t transfer_count(enum transfer_table table);
const char *transfer_column(enum transfer_table table, size_t index);

/* Called for each row with a text for each column, borrowed until it returns; "" where the ledger
 * has nothing.  Days are 2026-11-23, instants 2026-11-23T01:02:03Z, numbers have 15 digits, hashes
 * are hexadecimal.  False stops, err says why. */
typedef bool transfer_fn(void *self, const char *const *texts, struct error *err);

/* All rows in order of their numbers. */
MUST_CHECK bool transfer_each(struct ledger *ledger, enum transfer_table table, transfer_fn *take,
			      void *self, struct error *err);

/* Put a row back under its own number, as transfer_each gave it; the cells are NUL-terminated.
 * ERROR_INPUT names the column that cannot be. */
MUST_CHECK bool transfer_add(struct ledger *ledger, enum transfer_table table,
			     const struct span *cells, struct error *err);

/* How many rows all tables of the log have together. */
MUST_CHECK bool transfer_rows(struct ledger *ledger, int64_t *ret, struct error *err);

/* A document that the log speaks of. */
struct transfer_document {
	struct sha256 hash;
	int64_t load, delivery; /* the first that has it; 0: none of them */
};

/* Called for each; false stops, err says why. */
typedef bool transfer_document_fn(void *self, const struct transfer_document *document,
				  struct error *err);

/* Each document once, lists of pages as one, in order of their hashes. */
MUST_CHECK bool transfer_each_document(struct ledger *ledger, transfer_document_fn *take,
				       void *self, struct error *err);
