/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The archive of raw documents: <state>/archive/<2 hex>/<hex>.zst, named by the SHA-256 of the
 * bytes before compression. */

#include "ledger/hash.h"

enum {
	ARCHIVE_PAGES_MAX = 100000,
	ARCHIVE_HASHES_MAX = 10000000, /* that an expiry can hold in mind */
};

/* Keep these bytes; synced when it returns.  Does nothing when they are there already. */
MUST_CHECK bool archive_put(const char *state_dir, struct span bytes, struct sha256 *ret,
			    struct error *err);

/* The bytes into `out` (emptied first; its ceiling holds).  ERROR_NOT_FOUND; ERROR_SYSTEM when the
 * file is damaged: its hash is checked. */
MUST_CHECK bool archive_get(const char *state_dir, const struct sha256 *hash, struct text *out,
			    struct error *err);

/* Is it there? */
bool archive_has(const char *state_dir, const struct sha256 *hash);

/* A document that came in pages, or several files that belong together: one hash for all.  A single
 * page is its own list. */
MUST_CHECK bool archive_put_pages(const char *state_dir, const struct sha256 *pages, size_t count,
				  struct sha256 *ret, struct error *err);

/* The pages of a document: itself, unless the hash names a list.  For the caller to free. */
MUST_CHECK bool archive_get_pages(const char *state_dir, const struct sha256 *hash,
				  struct sha256 **ret_pages, size_t *ret_count, struct error *err);
