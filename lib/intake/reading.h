/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One document on its way into the archive and through a reader, piece by piece: first it is
 * hashed, then archived, then read.  Its size is nowhere a matter of memory, unless the reader has
 * to have all of it at once. */

#include "base/spool.h"
#include "feed/feed.h"
#include "ledger/hash.h"

/* What is to be done with it; what is pointed at outlives the reading. */
struct reading_order {
	const char *state_dir; /* of the archive; NULL: nothing is kept */
	const struct feed_mapping *mapping;
	const struct feed_sink *sink;
	struct sha256 known; /* content that need not be read again; none: there is no such */
	struct sha256 held;  /* the same: content that was read and is held back */
};

enum reading_state {
	READING_GOES_ON,
	READING_IS_KNOWN, /* it is what was known; nothing was kept or read */
	READING_IS_HELD,  /* it is what is held back; likewise */
	READING_DONE,
};

struct reading;

/* Begin; the document is taken over. */
MUST_CHECK bool reading_new(const struct reading_order *order, struct spool *document,
			    struct reading **ret, struct error *err);

/* Go on for about so many bytes.  On false the page's cause says why, if it is the document. */
MUST_CHECK bool reading_step(struct reading *reading, size_t limit_bytes, enum reading_state *ret,
			     struct error *err);

/* Of the document; the page is as far as it has been read. */
struct sha256 reading_hash(const struct reading *reading);
const struct feed_page *reading_page(const struct reading *reading);

/* Which format the document looks like, when it could not be read as the one that the mapping
 * names; NULL when nothing can be said. */
const struct feed_format *reading_guess(const struct reading *reading);

/* Frees *slot, which may be NULL, and makes it NULL. */
void reading_free(struct reading **slot);
