/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The whole ledger as files: the tables of the log, and every document that it speaks of. */

#include "query/export.h"

/* Who takes the files. */
struct export_files {
	/* From now on pieces are of this file: "events.csv", "documents/0a1b...". */
	bool (*begin)(void *self, const char *name, struct error *err);
	export_fn *take;
	void *self;
};

enum { EXPORT_DOCUMENT_BYTES = 256 << 20 };

/* Hand out all files, always in the same order, and the same bytes for the same ledger.  A document
 * that the archive has no more is a row of missing.csv; *ret_missing is how many. */
MUST_CHECK bool query_export_whole(const struct query *query, const struct export_files *files,
				   size_t *ret_missing, struct error *err);
