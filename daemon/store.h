/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Runs that have ended, and their way into the ledger: those that end shortly after each other in
 * one transaction, a large one in slices.  A run is acknowledged, in the log and to whoever asked
 * for it, when its transaction is committed. */

#include "daemon/poller.h"

enum {
	STORE_RUNS_MAX = 32,   /* in one transaction */
	STORE_ROWS_MAX = 4096, /* looked at in one call; a run of more comes alone, in slices */
	STORE_WAIT_MS = 20,    /* the first of them waits for others that are under way */
};

/* A run that has all its documents, or has failed: store it soon.  It is JOB_ENDING until then. */
void store_run(struct job *job);
void store_failure(struct job *job, const char *cause, const char *text, int64_t retry_after_s);

/* Store what is to be stored now, or the next slice of what is under way. */
void store_turn(struct poller *poller);

/* Is a transaction open?  Then nobody else may begin one. */
bool store_is_busy(const struct poller *poller);

/* Milliseconds until store_turn has something to do. */
int64_t store_wait_ms(const struct poller *poller);

/* Store all that has ended now; a large one that is under way is broken off, and comes again. */
void store_settle(struct poller *poller);

/* Forget a run that waits to be stored. */
void store_forget(struct job *job);
