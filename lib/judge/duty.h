/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Duties held against what was delivered, also where nobody delivered anything.
 *
 * What was said to be delivered counts from its day on (by receipt: from the day on which that was
 * said); a delivery that was withdrawn never counted (by receipt: until it was).  Figures count
 * from the day on which the last of them was known. */

#include "judge/judge.h"
#include "ledger/delivery.h"
#include "obs/obligation.h"

enum duty_state {
	DUTY_ON_TIME,  /* delivered in time */
	DUTY_LATE,     /* delivered late */
	DUTY_MISSING,  /* not delivered, and the last day in time has passed */
	DUTY_DUE_SOON, /* not delivered, and due within a month */
	DUTY_AWAITED,  /* not delivered, and due later */
};

enum { DUTY_STATES = DUTY_AWAITED + 1, DUTY_SOON_DAYS = 30, DUTY_OWNERS_MAX = 100000 };

/* "on_time" ... "awaited". */
const char *duty_state_name(enum duty_state state);
MUST_CHECK bool duty_state_parse(struct span text, enum duty_state *ret, struct error *err);

/* Was it delivered? */
bool duty_is_received(enum duty_state state);

/* What one owner delivered. */
struct judged_owner {
	struct obliged obliged; /* of what is missing `answers` is who does so on the day asked */
	enum duty_state state;
	int32_t day;				  /* of delivery; DAY_NONE: not yet */
	int32_t late_days;			  /* late or missing: after `latest` */
	size_t indicators;			  /* of figures: so many are there */
	uint8_t missing[DUTY_INDICATORS_MAX / 8]; /* of figures: a bit for each that is not */
	int64_t delivery;			  /* what was said; 0: figures, or nothing */
	struct sha256 document;			  /* of it */
};

/* Is this indicator of the duty one whose figure is missing? */
bool judged_owner_lacks(const struct judged_owner *owner, size_t indicator);

/* A duty for one period with all who owe it. */
struct judged_duty {
	struct obligation obligation;
	struct judged_owner *owners;
	size_t count, room;
	size_t by_state[DUTY_STATES];
};

#define AUTO_JUDGED_DUTY AUTO(judged_duty_done)
/* Free its memory and make it empty again. */
void judged_duty_done(struct judged_duty *duty);

/* Judge one obligation; *ret can be handed in again and again. */
MUST_CHECK bool judge_duty(const struct judge *judge, const struct obligation *obligation,
			   struct judged_duty *ret, struct error *err);

/* Which ones; NULL and DAY_NONE: any. */
struct duty_filter {
	const char *duty;	     /* by the id that its versions share */
	const struct period *period; /* this one alone, whenever it is due */
	int32_t due_before;	     /* that are due before this day; at least a year back */
	bool all;		     /* also what was due more than a year before */
};

/* Borrowed until it returns; false stops, err says why. */
typedef bool judged_duty_fn(void *self, const struct judged_duty *duty, struct error *err);

/* The duties that had to be done within the last year, whose period has ended, or that come next,
 * in the order in which they are due.  Duties of acts adopted after the day are left out. */
MUST_CHECK bool judge_each_duty(const struct judge *judge, const struct duty_filter *filter,
				judged_duty_fn *take, void *self, struct error *err);
