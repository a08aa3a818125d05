/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/wait_clock.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "daemon/notify.h"
#include "intake/intake.h"
#include "obs/instant.h"

enum { TICK_MS = 500, PATIENCE_MS = 30000, STATUS_BYTES = 128 };

static void close_fd(const int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

static int open_signals(struct error *err)
{
	sigset_t ends;
	sigset_t later;
	(void)sigemptyset(&ends);
	(void)sigaddset(&ends, SIGTERM);
	(void)sigaddset(&ends, SIGINT);
	later = ends;
	(void)sigaddset(&later, SIGHUP); /* for the loop */
	int fd = sigprocmask(SIG_BLOCK, &later, NULL) == 0
			 ? signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK)
			 : -1;
	if (fd < 0)
		(void)error_errno(err, "signals");
	return fd;
}

static void say(int64_t now)
{
	char said[INSTANT_BYTES];
	char status[STATUS_BYTES];
	(void)snprintf(status, sizeof status, "waits for the clock to be set: it says %s",
		       instant_print(now, said));
	notify_status(status);
	notify_patience(PATIENCE_MS);
}

bool wait_clock(const struct clock *clock, const struct log *log, bool *ret_stopped,
		struct error *err)
{
	struct error why = {0};
	if (intake_check_time(clock->now(clock->self), &why))
		return true;
	AUTO(close_fd) int fd = open_signals(err);
	if (fd < 0)
		return false;
	log_say(log, LOG_LEVEL_WARNING, NULL, "%s; waiting for that", why.text);
	for (int64_t now; now = clock->now(clock->self), !intake_check_time(now, NULL);) {
		struct pollfd signals = {.fd = fd, .events = POLLIN};
		say(now);
		int ready = poll(&signals, 1, TICK_MS);
		if (ready < 0 && errno != EINTR)
			return error_errno(err, "poll");
		if (ready > 0) {
			*ret_stopped = true;
			return true;
		}
	}
	log_say(log, LOG_LEVEL_NOTICE, NULL, "the clock is set");
	return true;
}
