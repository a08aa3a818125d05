/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Events: state changes, acknowledgements, notes, deliveries; append-only, never rebuilt. */

#include "ledger/derived.h"
#include "obs/day.h"
#include "obs/ids.h"

enum { EVENT_NAME_BYTES = 32 };

/* Texts: NULL and "" are the same; read ones are never NULL and borrowed until the callback
 * returns. */
struct event {
	int64_t id;		  /* not looked at when appending */
	int64_t at;		  /* unix seconds */
	const char *kind, *actor; /* needed; kind: "state", "ack", "note", ... */
	const char *target, *area, *feed, *duty;
	const char *old_state, *new_state, *reason, *cause;
	int64_t seq;	   /* the row that did it; 0: none */
	int32_t until_day; /* DAY_NONE: none */
	const char *note;
	/* what decided the state */
	const char *method, *symbol;
	struct derived_number value, target_value, measure;
	int64_t used_count;	    /* values in the window; 0: none */
	int32_t used_from, used_to; /* its days; DAY_NONE: none */
};

/* Append one. */
MUST_CHECK bool event_append(struct ledger *ledger, const struct event *event, int64_t *ret_id,
			     struct error *err);

/* Called for each; false stops, err says why. */
typedef bool event_fn(void *self, const struct event *event, struct error *err);

/* Which ones; NULL or 0: any. */
struct event_filter {
	const char *kind, *target, *area, *feed;
	const char *state; /* the new one */
	int64_t after;	   /* ids above this */
	size_t last;	   /* only the last so many of them */
};

/* In order of id. */
MUST_CHECK bool event_each(struct ledger *ledger, const struct event_filter *filter, event_fn *take,
			   void *self, struct error *err);

/* Acknowledgements (kind "ack") and what takes them back ("unack") of all targets, in order of
 * id. */
MUST_CHECK bool event_each_ack(struct ledger *ledger, event_fn *take, void *self,
			       struct error *err);

/* The last event of kind "state" of a target in an area. */
struct event_state {
	int64_t id; /* 0: there is none */
	int64_t at, seq;
	char state[EVENT_NAME_BYTES], reason[EVENT_NAME_BYTES];
};

/* The last state; id 0 when there is none. */
MUST_CHECK bool event_last_state(struct ledger *ledger, const char *target, const char *area,
				 struct event_state *ret, struct error *err);
