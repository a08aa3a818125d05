/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A document that comes into the archive in pieces, compressed on the way.  Nothing is seen of it
 * before its end. */

#include "ledger/hash.h"

struct archive_pack;

#define AUTO_ARCHIVE_PACK AUTO(archive_pack_free)

/* Is the document there already?  Then this says that it was wanted now. */
bool archive_touch_document(const char *state_dir, const struct sha256 *hash);

/* Begin one of len bytes in all. */
MUST_CHECK bool archive_pack_new(const char *state_dir, size_t len, struct archive_pack **ret,
				 struct error *err);
MUST_CHECK bool archive_pack_add(struct archive_pack *pack, struct span bytes, struct error *err);

/* That was all, and this is its hash: put it in its place; synced when it returns. */
MUST_CHECK bool archive_pack_end(struct archive_pack *pack, const struct sha256 *hash,
				 struct error *err);

/* Frees *slot, which may be NULL, and makes it NULL. */
void archive_pack_free(struct archive_pack **slot);
