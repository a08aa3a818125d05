/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/daemon.h"

#include <malloc.h>
#include <stdlib.h>

#include "daemon/replay.h"
#include "daemon/say_events.h"
#include "daemon/store.h"
#include "generated/paths.h"
#include "ledger/archive_expire.h"
#include "ledger/disk.h"
#include "ledger/fetch_log.h"
#include "rrd/worker_path.h"

enum {
	MAINTENANCE_S = 3600,
	FLUSH_SLICE = 20,
	PAUSE_MS = 60000, /* after a failure */
	KEEP_MS = 5000,	  /* after a feed was found unchanged */
	DISK_TICK_MS = 2000,
	CLOCK_TICK_MS = 1000,
	TICK_MS = 30000,
	MS = 1000,
};

int64_t daemon_now(const struct daemon *daemon)
{
	return daemon->clock.now(daemon->clock.self);
}

int32_t daemon_today(const struct daemon *daemon)
{
	return zone_day(daemon->desk.zone, daemon_now(daemon));
}

static bool open_client(struct daemon *daemon, struct error *err)
{
	const struct config *config = daemon->desk.setup->config;
	AUTO_FREE char *program = NULL;
	if (!config->has_rrd)
		return true;
	if (!worker_path(config->worker, PATH_LIBEXEC "/envgap-rrd", &program, err))
		return false;
	/* the worker may not be told a place that depends on where we were started */
	AUTO_FREE char *state_dir = realpath(config->state_dir, NULL);
	if (state_dir == NULL)
		return error_errno(err, "state_dir '%s'", config->state_dir);
	const struct rrd_client_options options = {
		.program = program, .state_dir = state_dir, .clock = &daemon->clock};
	return rrd_client_open(&options, &daemon->client, err);
}

static void watch_disk(struct daemon *daemon)
{
	struct error err = {0};
	int64_t free_bytes = 0;
	const struct config *config = daemon->desk.setup->config;
	if (!ledger_free_bytes(config->state_dir, &free_bytes, &err))
		return;
	bool is_short = free_bytes < config->min_free_space_bytes;
	if (is_short != daemon->poller.is_paused)
		log_say(&daemon->log, is_short ? LOG_LEVEL_ERROR : LOG_LEVEL_NOTICE, NULL,
			is_short ? "%lld MiB are free under %s, less than min_free_space: polling "
				   "pauses"
				 : "%lld MiB are free under %s: polling goes on",
			(long long)(free_bytes >> 20), config->state_dir);
	if (daemon->poller.is_paused && !is_short)
		daemon->apply_again_ms = daemon->flush_again_ms = 0;
	daemon->poller.is_paused = is_short;
}

/* Nothing may start before it is known that there is room for it.  What reading a large
 * configuration took goes back to the system first: it would stay with the process for years. */
static bool open_poller(struct daemon *daemon, struct error *err)
{
	(void)malloc_trim(0);
	if (!poller_open(&daemon->poller, &daemon->desk, &daemon->clock, &daemon->log, err))
		return false;
	watch_disk(daemon);
	return true;
}

void daemon_keep_states(struct daemon *daemon)
{
	struct error err = {0};
	if (!poller_keep(&daemon->poller, &err))
		log_say(&daemon->log, LOG_LEVEL_ERROR, NULL, "cannot keep the states of feeds: %s",
			err.text);
}

bool daemon_open(struct daemon *daemon, const char *path, struct error *err)
{
	AUTO_PROBLEMS struct problems problems = {0};
	bool done = desk_open(path, daemon_now(daemon), "envgapd", &daemon->desk, &problems, err);
	log_problems(&daemon->log, &problems);
	daemon->has_said_why = !done && problems.errors == 1;
	if (!done)
		return false;
	daemon->log.level = daemon->desk.setup->config->log_level;
	daemon->has_apply_work = true;
	daemon->has_flush_work = true;
	daemon->day = daemon_today(daemon);
	if (!open_client(daemon, err) ||
	    !events_last(daemon->desk.ledger, &daemon->last_event, err))
		return false;
	daemon->flush = (struct flush){&daemon->desk, daemon->client};
	return open_poller(daemon, err);
}

void daemon_close(struct daemon *daemon)
{
	daemon_keep_states(daemon);
	poller_close(&daemon->poller);
	rrd_client_free(daemon->client);
	desk_close(&daemon->desk);
	daemon->client = NULL;
}

bool daemon_reload(struct daemon *daemon, const char *actor, struct problems *problems,
		   struct error *err)
{
	bool changed = false;
	daemon_keep_states(daemon);
	if (!desk_reload(&daemon->desk, daemon_now(daemon), actor, problems, &changed, err))
		return false;
	poller_close(&daemon->poller);
	if (!open_poller(daemon, err))
		return false;
	daemon->generation++;
	daemon->log.level = daemon->desk.setup->config->log_level;
	daemon->has_apply_work = true;
	return true;
}

static int64_t elapsed_ms(const struct daemon *daemon)
{
	return daemon->clock.elapsed_ms(daemon->clock.self);
}

static void apply_slice(struct daemon *daemon, size_t limit)
{
	struct error err = {0};
	const struct intake intake = desk_intake(&daemon->desk, daemon_now(daemon), "envgapd");
	daemon->day = daemon_today(daemon);
	daemon->poller.has_news = false;
	if (!apply_step(&intake.apply, limit, &daemon->has_apply_work, NULL, &err)) {
		log_say(&daemon->log, LOG_LEVEL_ERROR, NULL, "cannot judge: %s; next try in %d s",
			err.text, PAUSE_MS / MS);
		daemon->apply_again_ms = elapsed_ms(daemon) + PAUSE_MS;
		daemon->has_apply_work = true;
	}
	daemon->has_flush_work = true;
	say_events(&daemon->log, &intake.apply, &daemon->last_event);
}

static void flush_slice(struct daemon *daemon)
{
	struct error err = {0};
	if (elapsed_ms(daemon) < daemon->flush_again_ms)
		return;
	if (!flush_some(&daemon->flush, FLUSH_SLICE, &daemon->has_flush_work, &err)) {
		log_say(&daemon->log, LOG_LEVEL_ERROR, NULL, "%s; next try in %d s", err.text,
			PAUSE_MS / MS);
		daemon->flush_again_ms = elapsed_ms(daemon) + PAUSE_MS;
		daemon->has_flush_work = true;
	}
}

/* What is kept for a while only. */
static bool expire(struct daemon *daemon, int64_t now, struct error *err)
{
	const struct config *config = daemon->desk.setup->config;
	struct ledger *ledger = daemon->desk.ledger;
	size_t removed = 0;
	bool done = ledger_begin(ledger, err) &&
		    fetch_expire(ledger, now - config->keep_fetches_s, now - config->keep_rejects_s,
				 err) &&
		    ledger_commit(ledger, err);
	if (!done)
		ledger_rollback(ledger);
	return done && archive_expire(ledger, now - config->keep_documents_s, &removed, err) &&
	       ledger_checkpoint(ledger, err);
}

static void maintain(struct daemon *daemon)
{
	struct error err = {0};
	int64_t now = daemon_now(daemon);
	watch_disk(daemon);
	if (now < daemon->maintenance && now > daemon->maintenance - 2 * MAINTENANCE_S)
		return;
	daemon->maintenance = now + MAINTENANCE_S;
	if (!expire(daemon, now, &err))
		log_say(&daemon->log, LOG_LEVEL_WARNING, NULL, "cleaning up: %s", err.text);
}

bool daemon_knows_time(const struct daemon *daemon)
{
	return intake_check_time(daemon_now(daemon), NULL);
}

bool daemon_is_judging(const struct daemon *daemon)
{
	return daemon_knows_time(daemon) &&
	       (daemon->poller.has_news ||
		(daemon->poller.replays_left > 0 && !daemon->poller.is_paused) ||
		(daemon->has_apply_work && elapsed_ms(daemon) >= daemon->apply_again_ms));
}

/* Until the states of unchanged feeds are to be kept. */
static int64_t keep_wait_ms(const struct daemon *daemon)
{
	int64_t wait = daemon->poller.unkept_ms + KEEP_MS - elapsed_ms(daemon);
	if (!daemon->poller.has_unkept)
		return TICK_MS;
	return wait > 0 ? wait : 0;
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

int64_t daemon_wait_ms(const struct daemon *daemon)
{
	int64_t wait =
		least(daemon->poller.is_paused ? DISK_TICK_MS : TICK_MS, keep_wait_ms(daemon));
	int64_t now_ms = elapsed_ms(daemon);
	if (!daemon_knows_time(daemon))
		return CLOCK_TICK_MS;
	if (daemon_is_judging(daemon))
		return 0;
	if (daemon->has_apply_work)
		wait = least(wait, daemon->apply_again_ms - now_ms);
	if (daemon->has_flush_work)
		wait = least(wait, daemon->flush_again_ms - now_ms);
	return wait > 0 ? wait : 0;
}

void daemon_work(struct daemon *daemon)
{
	if (store_is_busy(&daemon->poller))
		return; /* nobody else may write meanwhile */
	if (keep_wait_ms(daemon) == 0)
		daemon_keep_states(daemon);
	if (!daemon_knows_time(daemon))
		return;
	replay_some(&daemon->poller, 1);
	if (daemon_is_judging(daemon) || daemon->day != daemon_today(daemon))
		apply_slice(daemon, APPLY_SLICE_SERIES);
	else if (daemon->has_flush_work)
		flush_slice(daemon);
	maintain(daemon);
}

bool daemon_work_off(struct daemon *daemon, struct error *err)
{
	const struct intake intake = desk_intake(&daemon->desk, daemon_now(daemon), "envgapd");
	bool more = false;
	if (!apply_all(&intake.apply, NULL, err))
		return false;
	say_events(&daemon->log, &intake.apply, &daemon->last_event);
	return flush_some(&daemon->flush, 0, &more, err);
}
