/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The one loop: signals, documents, requests, due times, and what follows from them. */

#include "daemon/daemon.h"
#include "daemon/requests.h"

enum { LOOP_STATUS_BYTES = 256 };

struct loop {
	struct daemon *daemon;
	struct requests requests;
	int signal_fd;
	int64_t watchdog_ms,
		alive_ms; /* how often the watchdog wants to hear, and when it last did */
	char status[LOOP_STATUS_BYTES]; /* as systemd last heard it, and when */
	int64_t status_ms;
	bool is_status_old;
};

/* Take signals and open the control socket.  SIGTERM and SIGINT end the loop, SIGHUP reads the
 * files again. */
MUST_CHECK bool loop_open(struct loop *loop, struct daemon *daemon, struct error *err);
void loop_close(struct loop *loop);

/* Run until a signal ends it. */
MUST_CHECK bool loop_run(struct loop *loop, struct error *err);
