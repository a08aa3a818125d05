/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which document of each feed was the last good one and what it looked like, and which one is held
 * back because it looks different.  Replaced in place; the documents are in the archive. */

#include "ledger/hash.h"
#include "ledger/ledger.h"
#include "obs/ids.h"

enum {
	FEED_COLUMNS_BYTES = 8192, /* of names that are remembered */
	FEED_UNITS_BYTES = 4096,
	FEED_HELD_WHY_BYTES = 512,
	FEED_HELD_URL_BYTES = 512,
};

/* What a document looked like. */
struct feed_look {
	int64_t rows;
	int64_t present;		  /* bits of the fields that it had, as lib/feed has them */
	char columns[FEED_COLUMNS_BYTES]; /* names of CSV columns, a line each; "": not known */
	char units[FEED_UNITS_BYTES];	  /* "series TAB unit", a line each; "": not known */
};

struct feed_good {
	char feed[ID_BYTES];
	struct sha256 document; /* or the list of its pages */
	struct sha256 section;	/* the file of the feed's settings with which it was read */
	struct sha256 settings; /* that and the catalogue; for comparing only */
	struct sha256 request;	/* how it was asked for; for comparing only */
	int64_t received;	/* unix seconds */
	struct feed_look look;
};

/* ret->feed is "" when there is none. */
MUST_CHECK bool feed_good_read(struct ledger *ledger, const char *feed, struct feed_good *ret,
			       struct error *err);
MUST_CHECK bool feed_good_put(struct ledger *ledger, const struct feed_good *good,
			      struct error *err);

struct feed_held {
	char feed[ID_BYTES];
	struct sha256 document, section, settings; /* as above */
	int64_t received;			   /* unix seconds */
	char url[FEED_HELD_URL_BYTES];		   /* as shown; cut */
	char why[FEED_HELD_WHY_BYTES];		   /* what changed */
	int64_t rows;
};

/* ret->feed is "" when nothing is held back. */
MUST_CHECK bool feed_held_read(struct ledger *ledger, const char *feed, struct feed_held *ret,
			       struct error *err);
MUST_CHECK bool feed_held_put(struct ledger *ledger, const struct feed_held *held,
			      struct error *err);
MUST_CHECK bool feed_held_remove(struct ledger *ledger, const char *feed, struct error *err);
