/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/loop.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/notify.h"
#include "daemon/store.h"

enum { POLLS_MAX = SERVER_POLLS_MAX + 2, STATUS_PACE_MS = 1000, RUN_DIR_MODE = 0755 };

static const char edit_group[] = "envgap-edit";

static bool open_signals(struct loop *loop, struct error *err)
{
	sigset_t set;
	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	(void)sigaddset(&set, SIGHUP);
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0 || signal(SIGPIPE, SIG_IGN) == SIG_ERR)
		return error_errno(err, "signals");
	loop->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return loop->signal_fd >= 0 || error_errno(err, "signals");
}

/* systemd makes it for the service; elsewhere we do. */
static bool make_run_dir(const char *path, struct error *err)
{
	if (mkdir(path, RUN_DIR_MODE) == 0 || errno == EEXIST)
		return true;
	return error_errno(err, "run_dir '%s' cannot be made", path);
}

bool loop_open(struct loop *loop, struct daemon *daemon, struct error *err)
{
	*loop = (struct loop){.daemon = daemon, .signal_fd = -1, .requests = {.daemon = daemon}};
	const struct server_options options = {
		.path = daemon->desk.setup->config->control,
		.group = edit_group,
		.handle = requests_handle,
		.self = &loop->requests,
	};
	loop->watchdog_ms = notify_watchdog_ms();
	if (!open_signals(loop, err) || !make_run_dir(daemon->desk.setup->config->run_dir, err) ||
	    !server_open(&options, &loop->requests.server, err))
		return false;
	daemon->server = loop->requests.server;
	return true;
}

void loop_close(struct loop *loop)
{
	server_close(loop->requests.server);
	loop->requests.server = NULL;
	loop->daemon->server = NULL;
	if (loop->signal_fd >= 0)
		(void)close(loop->signal_fd);
	loop->signal_fd = -1;
}

static void take_signals(struct loop *loop)
{
	struct signalfd_siginfo info;
	while (read(loop->signal_fd, &info, sizeof info) == (ssize_t)sizeof info) {
		if (info.ssi_signo == SIGHUP)
			loop->daemon->wants_reload = true;
		else
			loop->daemon->is_stopping = true;
	}
}

static int64_t elapsed_ms(const struct loop *loop)
{
	return loop->daemon->clock.elapsed_ms(loop->daemon->clock.self);
}

/* How long there is nothing to do. */
static int wait_ms(const struct loop *loop)
{
	int64_t wait = daemon_wait_ms(loop->daemon);
	int64_t poller_wait = poller_wait_ms(&loop->daemon->poller);
	if (poller_wait < wait)
		wait = poller_wait;
	if (loop->watchdog_ms > 0 && loop->watchdog_ms < wait)
		wait = loop->watchdog_ms;
	if (loop->is_status_old && loop->status_ms + STATUS_PACE_MS - elapsed_ms(loop) < wait)
		wait = loop->status_ms + STATUS_PACE_MS - elapsed_ms(loop);
	return wait > 0 ? (int)wait : 0;
}

static void stay_alive(struct loop *loop)
{
	int64_t now_ms = elapsed_ms(loop);
	if (loop->watchdog_ms == 0 || now_ms - loop->alive_ms < loop->watchdog_ms / 2)
		return;
	loop->alive_ms = now_ms;
	notify_alive();
}

static void describe(const struct loop *loop, char status[LOOP_STATUS_BYTES])
{
	const struct poller *poller = &loop->daemon->poller;
	size_t failing = 0;
	for (size_t i = 0; i < poller->count; i++)
		failing +=
			poller->jobs[i].state != JOB_OFF && poller->jobs[i].remembered.failures > 0
				? 1
				: 0;
	const char *pause = "";
	if (!daemon_knows_time(loop->daemon))
		pause = "; polling pauses: the clock is wrong";
	else if (poller->is_paused)
		pause = "; polling pauses: the disk is nearly full";
	(void)snprintf(status, LOOP_STATUS_BYTES, "%zu feeds, %zu failing, %zu being read%s",
		       poller->count, failing, poller->running, pause);
}

/* When it has changed, and once a second at most. */
static void say_status(struct loop *loop)
{
	char status[LOOP_STATUS_BYTES];
	describe(loop, status);
	loop->is_status_old = strcmp(status, loop->status) != 0;
	if (!loop->is_status_old || elapsed_ms(loop) - loop->status_ms < STATUS_PACE_MS)
		return;
	memcpy(loop->status, status, sizeof status);
	loop->status_ms = elapsed_ms(loop);
	loop->is_status_old = false;
	notify_status(status);
}

/* Where the descriptors of one turn lie. */
struct turn {
	struct pollfd polls[POLLS_MAX];
	size_t count;
};

static bool wait_for_work(const struct loop *loop, struct turn *turn, struct error *err)
{
	turn->polls[0] = (struct pollfd){.fd = loop->signal_fd, .events = POLLIN};
	turn->polls[1] =
		(struct pollfd){.fd = fetcher_fd(loop->daemon->poller.fetcher), .events = POLLIN};
	turn->count = 2 + server_polls(loop->requests.server, turn->polls + 2);
	if (poll(turn->polls, turn->count, wait_ms(loop)) >= 0 || errno == EINTR)
		return true;
	return error_errno(err, "poll");
}

/* What may write into the ledger as well, and so waits while a large document is stored. */
static bool run_rest(struct loop *loop, const struct turn *turn, struct error *err)
{
	struct daemon *daemon = loop->daemon;
	server_turn(loop->requests.server, turn->polls + 2, turn->count - 2, elapsed_ms(loop));
	if (daemon->poller.fetcher == NULL)
		return error_set(err, ERROR_SYSTEM,
				 "the feeds could not be taken up again after a reload");
	poller_start_due(&daemon->poller);
	daemon_work(daemon);
	requests_turn(&loop->requests);
	return true;
}

static bool run_turn(struct loop *loop, struct error *err)
{
	struct turn turn;
	struct daemon *daemon = loop->daemon;
	if (!wait_for_work(loop, &turn, err))
		return false;
	take_signals(loop);
	if (daemon->is_stopping)
		return true;
	if (daemon->wants_reload && !store_is_busy(&daemon->poller)) {
		daemon->wants_reload = false;
		requests_reload(daemon, "envgapd", NULL);
		requests_follow_reload(&loop->requests);
	}
	if (daemon->poller.fetcher == NULL || !poller_turn(&daemon->poller, err))
		return error_set(err, ERROR_SYSTEM,
				 "the feeds could not be taken up again after a reload");
	stay_alive(loop);
	if (store_is_busy(&daemon->poller)) {
		poller_start_due(&daemon->poller);
		return true;
	}
	return run_rest(loop, &turn, err);
}

bool loop_run(struct loop *loop, struct error *err)
{
	loop->status_ms = elapsed_ms(loop) - STATUS_PACE_MS;
	notify_ready();
	say_status(loop);
	while (!loop->daemon->is_stopping) {
		if (!run_turn(loop, err))
			return false;
		say_status(loop);
	}
	notify_stopping();
	return true;
}
