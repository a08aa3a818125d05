/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What was said to be delivered; append-only.  Figures that come in are deliveries by themselves
 * and are not here. */

#include "ledger/hash.h"
#include "ledger/ledger.h"
#include "obs/ids.h"
#include "obs/period.h"

/* Texts: NULL and "" are the same; read ones are never NULL and borrowed until the callback
 * returns. */
struct delivery {
	int64_t id;	  /* not looked at when appending */
	const char *duty; /* the id that its versions share */
	struct period period;
	const char *owner;	/* an office or an area */
	int32_t day;		/* on which it was delivered */
	int64_t received;	/* when that was said, unix seconds */
	const char *actor;	/* who said it */
	struct sha256 document; /* in the archive; unset: none */
	const char *name;	/* of its file */
	const char *note;
	int64_t withdraws;    /* the delivery that was wrong; 0: none */
	int64_t withdrawn;    /* by which delivery this one was; 0: not */
	int64_t withdrawn_at; /* when that was said */
};

/* Append one; withdrawn and withdrawn_at are not looked at. */
MUST_CHECK bool delivery_append(struct ledger *ledger, const struct delivery *delivery,
				int64_t *ret_id, struct error *err);

/* Called for each; false stops, err says why. */
typedef bool delivery_fn(void *self, const struct delivery *delivery, struct error *err);

/* Those of a duty for a period, by day and id; withdrawn ones are among them, what withdraws them
 * is not. */
MUST_CHECK bool delivery_each(struct ledger *ledger, const char *duty, struct period period,
			      delivery_fn *take, void *self, struct error *err);

/* Everything that was said, in order of id: what withdraws another is among them, and withdrawn is
 * not looked at. */
MUST_CHECK bool delivery_each_said(struct ledger *ledger, delivery_fn *take, void *self,
				   struct error *err);
