/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Figures that are about to be appended, held against their series: what is doubtful is kept with
 * the row and told to whoever brings it. */

#include "assess/lint.h"
#include "intake/intake.h"
#include "ledger/append.h"

enum { LINT_TARGETS_MAX = 64 }; /* of one series; more are not looked at */

/* Called for each warning; `from` is where the row comes from. */
typedef void lint_tell_fn(void *self, const struct provenance *from,
			  const struct lint_finding *finding);

/* One run.  Set what is said below, zero the rest. */
struct lint_watch {
	const struct intake *intake;
	lint_tell_fn *tell; /* NULL: nobody is told */
	void *self;
	bool is_single; /* nothing else of the series comes in this run */

	struct series series;	 /* of the last row */
	const struct area *area; /* of it; NULL: not in the catalogue */
	bool has_series;
	const struct target *targets[LINT_TARGETS_MAX]; /* on it */
	size_t target_count;
	struct vintages near; /* in force and with a value, by period and source */
	struct vintages gone; /* withdrawals in force, likewise */
	int32_t since;	      /* first day of the periods among them */
	size_t warned;	      /* rows so far */
	struct text warning;  /* of the last row */
};

#define AUTO_LINT_WATCH AUTO(lint_watch_done)
/* Free what it remembers. */
void lint_watch_done(struct lint_watch *watch);

/* For a stage or an append_run; the watch has to stay where it is. */
struct log_look lint_watch_look(struct lint_watch *watch);
