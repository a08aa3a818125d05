/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Series: the identity of what is observed; an id never changes meaning. */

#include "ledger/ledger.h"
#include "obs/ids.h"

struct series {
	int64_t id;
	char indicator[ID_BYTES], area[ID_BYTES];
	char breakdown[BREAKDOWN_BYTES]; /* normalised; "" is the total */
};

struct series_key {
	const char *indicator, *breakdown, *area; /* never NULL */
};

/* The id; 0 when no value has ever come for it. */
MUST_CHECK bool series_find(struct ledger *ledger, const struct series_key *key, int64_t *ret,
			    struct error *err);

/* The id, made when it is new.  In a write transaction. */
MUST_CHECK bool series_ensure(struct ledger *ledger, const struct series_key *key, int64_t *ret,
			      struct error *err);

/* ERROR_NOT_FOUND when there is none of this id. */
MUST_CHECK bool series_read(struct ledger *ledger, int64_t id, struct series *ret,
			    struct error *err);

/* Called for each; false stops, err says why. */
typedef bool series_fn(void *self, const struct series *series, struct error *err);

/* All of them, or those of one indicator (not NULL), by indicator, breakdown, area. */
MUST_CHECK bool series_each(struct ledger *ledger, const char *indicator, series_fn *take,
			    void *self, struct error *err);

/* Series with an id above `above` that have rows with seq > after, in order of id: what an applier
 * has to look at, and where it goes on. */
MUST_CHECK bool series_each_changed(struct ledger *ledger, int64_t after, int64_t above,
				    series_fn *take, void *self, struct error *err);

/* How many there are. */
MUST_CHECK bool series_count(struct ledger *ledger, int64_t *ret, struct error *err);
