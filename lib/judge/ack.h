/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Acknowledgements in force: somebody has seen the state of a target and said so.  One holds until
 * it is taken back, its day has come, the state is clear, or the state is worse than the one that
 * was acknowledged. */

#include "assess/state.h"
#include "judge/judge.h"
#include "ledger/event.h"

enum { ACK_TEXT_BYTES = 1000, ACKS_MAX = 100000 };

struct ack {
	char target[ID_BYTES], area[ID_BYTES];
	int64_t id, at;	   /* of its event; unix seconds */
	int32_t until_day; /* the day on which it ends; DAY_NONE: when the state is clear */
	enum assess_state state;
	char actor[LEDGER_ACTOR_BYTES];
	char note[ACK_TEXT_BYTES], cause[ACK_TEXT_BYTES]; /* "" when nothing was said */
};

struct acks {
	struct ack *items; /* by target and area */
	size_t count, room;
};

#define AUTO_ACKS AUTO(acks_done)
/* Free them and make it empty again. */
void acks_done(struct acks *acks);

/* Those in force on the judge's day, by the events up to it. */
MUST_CHECK bool acks_read(const struct judge *judge, struct acks *ret, struct error *err);

/* The one on a target in an area; NULL when there is none, or when it ends with this state. */
const struct ack *acks_find(const struct acks *acks, const char *target, const char *area,
			    enum assess_state state);

/* Is there nothing to acknowledge in this state: met, on track? */
bool ack_is_clear(enum assess_state state);
