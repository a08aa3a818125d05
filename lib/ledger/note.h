/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Notes: what people say about a series or a target, for the table of that name; append-only. */

#include "ledger/ledger.h"
#include "obs/ids.h"

/* Texts: NULL and "" are the same; read ones are never NULL and borrowed until the callback
 * returns. */
struct note {
	int64_t id;	   /* not looked at when appending */
	int64_t at;	   /* unix seconds */
	const char *actor; /* needed */
	char indicator[ID_BYTES], breakdown[BREAKDOWN_BYTES], area[ID_BYTES];
	char target[ID_BYTES];		   /* "": the series */
	int year;			   /* 0: every year */
	const char *cause, *remedy, *text; /* all that holds from then on */
	bool is_removal;
};

/* Append one. */
MUST_CHECK bool note_append(struct ledger *ledger, const struct note *note, struct error *err);

/* Called for each; false stops, err says why. */
typedef bool note_fn(void *self, const struct note *note, struct error *err);

/* All of them, in order of id. */
MUST_CHECK bool note_each(struct ledger *ledger, note_fn *take, void *self, struct error *err);
