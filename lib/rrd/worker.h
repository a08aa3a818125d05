/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A process that is spoken to over one socket, which is its stdin and stdout.  A socket and not two
 * pipes, because writing to a dead process through it need not raise SIGPIPE. */

#include <sys/types.h>

#include "base/clock.h"
#include "base/text.h"

struct rrd_worker {
	pid_t pid; /* 0: none */
	int fd;	   /* -1: none */
};

/* How long to wait: until the clock's monotonic time reaches deadline_ms; timeout_ms is what the
 * message names. */
struct rrd_turn {
	const struct clock *clock;
	int64_t deadline_ms;
	long timeout_ms;
};

/* A worker that has not been started. */
struct rrd_worker rrd_worker_none(void);

/* Start the program in a process group of its own, with no descriptor but 0, 1 and 2, unless it
 * runs already.  state_dir may be NULL. */
MUST_CHECK bool rrd_worker_start(struct rrd_worker *worker, const char *program,
				 const char *state_dir, struct error *err);

/* Send or receive some bytes, at least one.  Says how a worker that is gone came to its end. */
MUST_CHECK bool rrd_worker_send(struct rrd_worker *worker, const struct rrd_turn *turn,
				struct span bytes, size_t *ret_sent, struct error *err);
MUST_CHECK bool rrd_worker_receive(struct rrd_worker *worker, const struct rrd_turn *turn,
				   char *bytes, size_t size, size_t *ret_got, struct error *err);

/* Let it end by itself: it does at the end of its input.  After a second it is killed. */
void rrd_worker_stop(struct rrd_worker *worker);

/* End it at once. */
void rrd_worker_kill(struct rrd_worker *worker);
