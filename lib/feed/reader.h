/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One document that comes in pieces, to records; feed_decode() is this with one piece.
 *
 * Records go to the sink as soon as they are read, which is before the document is known to be
 * whole and good: on false, whatever the sink has been given is to be thrown away.
 *
 * Most documents are read once, in memory that does not grow with them.  Some turn out in the
 * middle to need what stands behind their records, or all of their bytes: then feed_reader_end()
 * asks for the document once more, from the start.  The sink sees every record once all the same.
 *
 *	do {
 *		for every piece: feed_reader_push(reader, piece, err)
 *		feed_reader_end(reader, &again, err)
 *	} while (again);
 */

#include "feed/feed.h"

struct feed_reader;

#define AUTO_FEED_READER AUTO(feed_reader_free)

/* A reader of one document.  Mapping, sink and page are borrowed and outlive it; the page is zeroed
 * by the caller.  page->cause says why this or anything below failed. */
MUST_CHECK bool feed_reader_new(const struct feed_mapping *mapping, const struct feed_sink *sink,
				struct feed_page *page, struct feed_reader **ret,
				struct error *err);

/* Frees *slot, which may be NULL, and makes it NULL. */
void feed_reader_free(struct feed_reader **slot);

/* The next bytes, of any number.  false: it is no answer; nothing more is to be pushed. */
MUST_CHECK bool feed_reader_push(struct feed_reader *reader, struct span piece, struct error *err);

/* Is what is pushed now of no use, because the document has to come again from the start anyway?
 * The caller may go to feed_reader_end() without pushing the rest. */
bool feed_reader_wants_again(const struct feed_reader *reader);

/* The document has ended.  *ret_again: push all of it again and end it again; this is asked for
 * once at most. */
MUST_CHECK bool feed_reader_end(struct feed_reader *reader, bool *ret_again, struct error *err);

/* Before the first push: read it by a tree of the whole document, whatever it is.  For tests, which
 * hold the two ways against each other. */
void feed_reader_force_whole(struct feed_reader *reader);
