/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What is remembered about each feed between turns: replaced in place, worth nothing. */

#include "ledger/hash.h"
#include "ledger/ledger.h"
#include "obs/ids.h"

enum {
	FEED_ETAG_BYTES = 512,
	FEED_MODIFIED_BYTES = 64,
	FEED_STATE_CAUSE_BYTES = 32,
	FEED_STATE_TEXT_BYTES = 512,
	FEED_STATE_REVISION_BYTES = 128,
};

struct feed_state {
	char feed[ID_BYTES];
	char etag[FEED_ETAG_BYTES], last_modified[FEED_MODIFIED_BYTES]; /* "": none */
	struct sha256 content;			  /* of the last good document (or list of pages) */
	struct sha256 mapping;			  /* settings with which it was read */
	int64_t last_success, last_try, next_due; /* unix seconds; 0: never */
	int64_t last_change;			  /* when the last new row came */
	int failures;				  /* in a row */
	char cause[FEED_STATE_CAUSE_BYTES],
		error[FEED_STATE_TEXT_BYTES]; /* of the last try; "": it went well */
	char note[FEED_STATE_TEXT_BYTES];
	char revision[FEED_STATE_REVISION_BYTES]; /* what the publisher calls the version of the
						     data */
	int64_t rows, new_rows, refused;	  /* of the last good run that was read */
};

/* ret->feed is "" when nothing is remembered. */
MUST_CHECK bool feed_state_read(struct ledger *ledger, const char *feed, struct feed_state *ret,
				struct error *err);
MUST_CHECK bool feed_state_put(struct ledger *ledger, const struct feed_state *state,
			       struct error *err);
MUST_CHECK bool feed_state_remove(struct ledger *ledger, const char *feed, struct error *err);

/* Called for each by id; false stops, err says why. */
typedef bool feed_state_fn(void *self, const struct feed_state *state, struct error *err);
MUST_CHECK bool feed_state_each(struct ledger *ledger, feed_state_fn *take, void *self,
				struct error *err);
