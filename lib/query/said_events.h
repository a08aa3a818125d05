/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What people wrote down, as happenings among the events: notes, and what was said to be delivered.
 * They are rows of their own tables; no event repeats them. */

#include "ledger/event.h"
#include "query/query.h"

enum { SAID_EVENTS_MAX = 1000000 };

/* An event, and what only notes and deliveries have. */
struct said_event {
	struct event event; /* kind "note" or "delivery", its id among those; texts are owned */
	char indicator[ID_BYTES], breakdown[BREAKDOWN_BYTES];
	const char *remedy, *owner; /* "": none */
	char period[PERIOD_BYTES];  /* of the delivery, or the year of the note; "": every year */
	int32_t day;		    /* of the delivery; DAY_NONE: a note */
	bool is_removal;	    /* it takes one back */
	char *texts;
};

struct said_events {
	struct said_event *items; /* by the time when they were said */
	size_t count, room;
};

#define AUTO_SAID_EVENTS AUTO(said_events_done)
/* Free them and make it empty again. */
void said_events_done(struct said_events *events);

/* All of them. */
MUST_CHECK bool said_events_read(struct ledger *ledger, struct said_events *ret, struct error *err);
