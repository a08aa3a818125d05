/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/once.h"

#include "daemon/replay.h"

#include <errno.h>
#include <poll.h>

enum { TICK_MS = 1000 };

static bool is_done(const struct poller *poller)
{
	for (size_t i = 0; i < poller->count; i++) {
		if (poller->jobs[i].state != JOB_OFF && poller->jobs[i].runs == 0)
			return false;
	}
	return true;
}

static bool wait_for_fetcher(struct poller *poller, struct error *err)
{
	struct pollfd ready = {.fd = fetcher_fd(poller->fetcher), .events = POLLIN};
	int64_t wait = poller_wait_ms(poller);
	if (poll(&ready, 1, wait < TICK_MS ? (int)wait : TICK_MS) < 0 && errno != EINTR)
		return error_errno(err, "poll");
	return true;
}

bool once_run(struct daemon *daemon, size_t *ret_failed, struct error *err)
{
	struct poller *poller = &daemon->poller;
	if (poller->is_paused)
		return error_set(err, ERROR_LIMIT,
				 "less than min_free_space is free: nothing is polled");
	replay_some(poller, SIZE_MAX);
	for (size_t i = 0; i < poller->count; i++) {
		if (poller->jobs[i].state == JOB_IDLE)
			poller_hurry(&poller->jobs[i]);
	}
	while (!is_done(poller)) {
		poller_start_due(poller);
		if (!wait_for_fetcher(poller, err) || !poller_turn(poller, err))
			return false;
	}
	if (!poller_keep(poller, err))
		return false;
	*ret_failed = 0;
	for (size_t i = 0; i < poller->count; i++)
		*ret_failed += poller->jobs[i].runs > 0 && poller->jobs[i].has_failed ? 1 : 0;
	return daemon_work_off(daemon, err);
}
