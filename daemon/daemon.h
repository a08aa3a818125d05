/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Everything that envgapd knows. */

#include "daemon/flush.h"
#include "daemon/poller.h"

struct server;

struct daemon {
	struct clock clock;
	struct log log;
	struct desk desk;
	struct poller poller;
	struct flush flush;
	struct rrd_client *client; /* NULL: no RRD files are kept */
	struct server *server;	   /* NULL: nobody can ask (--once) */
	bool has_said_why;	   /* daemon_open failed, and the log has the one reason */
	bool is_stopping;
	bool wants_reload;
	bool has_apply_work, has_flush_work;
	uint64_t generation;			/* counts the reloads that made the jobs anew */
	int64_t apply_again_ms, flush_again_ms; /* monotonic: after a failure */
	int32_t day;				/* the last civil day on which verdicts were made */
	int64_t last_event;			/* events up to this id have been said */
	int64_t maintenance;			/* unix seconds: when to clean up next */
};

#define AUTO_DAEMON AUTO(daemon_close)

/* Read the files, become the writer, make the jobs.  The clock and log are in *daemon already. What
 * is wrong with the files is logged. */
MUST_CHECK bool daemon_open(struct daemon *daemon, const char *path, struct error *err);
void daemon_close(struct daemon *daemon);

/* Read the files again and put them in force, all or nothing.  What is wrong with them is in
 * `problems`. */
MUST_CHECK bool daemon_reload(struct daemon *daemon, const char *actor, struct problems *problems,
			      struct error *err);

/* Put into the ledger what is remembered of unchanged feeds; otherwise that happens every few
 * seconds.  A failure is logged. */
void daemon_keep_states(struct daemon *daemon);

/* A slice of what follows from news: verdicts, then files, then cleaning up.  Failures are logged
 * and tried again. */
void daemon_work(struct daemon *daemon);

/* Is the clock right, as far as we can tell?  Otherwise nothing is polled, taken in or judged. */
bool daemon_knows_time(const struct daemon *daemon);

/* Are there verdicts to be made now, not after the pause that follows a failure? */
bool daemon_is_judging(const struct daemon *daemon);

/* For how long daemon_work has nothing to do; 0: it has. */
int64_t daemon_wait_ms(const struct daemon *daemon);

/* Verdicts and files, all of them, as --once needs it. */
MUST_CHECK bool daemon_work_off(struct daemon *daemon, struct error *err);

/* Unix seconds and the civil day now. */
int64_t daemon_now(const struct daemon *daemon);
int32_t daemon_today(const struct daemon *daemon);
