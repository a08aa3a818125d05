/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The documents of one answer, all or nothing: which one comes next, and whether they fit
 * together.  The caller fetches and decodes; records count only when feed_run_end() is true. */

#include "feed/feed.h"

struct feed_run {
	const struct feed_mapping *mapping;
	enum feed_paging_style style;
	int64_t page;	/* number of the document that is to be fetched now */
	int64_t offset; /* the same in records */
	int64_t pages_read;
	int64_t pages, total; /* as the first document announced; -1: not said */
	size_t rows, taken, refused, passed;
	char next[FEED_URL_BYTES];     /* what the document before named: with style CURSOR the
					* {cursor} of the template, else the URL to be fetched instead
					* of the template, which it may be relative to; "": nothing */
	char link_url[FEED_URL_BYTES]; /* what the Link header of the document at hand names */
	char seen_url[FEED_URL_BYTES]; /* some earlier next, to notice a circle */
	char revision[FEED_MARK_BYTES];
	bool wants_more;
	enum feed_cause cause; /* why it failed */
};

/* A run that wants its first document.  The mapping has to outlive it. */
void feed_run_begin(struct feed_run *run, const struct feed_mapping *mapping);

/* Does it want another document?  Then run->page and run->next say which. */
bool feed_run_wants(const struct feed_run *run);

/* The Link header of the document that feed_run_page() is about to get; "" for none.  Looked at
 * where the next document stands there.  ERROR_LIMIT: its URL is too long. */
MUST_CHECK bool feed_run_link(struct feed_run *run, struct span header, struct error *err);

/* Take in what a document said.  false: the run has failed (loop, too many pages, another page
 * than was asked for, a count or revision that changed). */
MUST_CHECK bool feed_run_page(struct feed_run *run, const struct feed_page *page,
			      struct error *err);

/* Is it whole: are all pages there, as many records as announced, at least min_rows? */
MUST_CHECK bool feed_run_end(struct feed_run *run, struct error *err);
