/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/poller.h"

#include <stdlib.h>

#include "daemon/budget.h"
#include "daemon/job.h"
#include "daemon/job_request.h"
#include "daemon/replay.h"
#include "daemon/schedule.h"
#include "daemon/store.h"
#include "ledger/feed_document.h"

enum { MS = 1000, WAIT_MAX_MS = 3600 * 1000 };

void poller_await(struct job *job)
{
	struct poller *poller = job->poller;
	struct error err = {0};
	if (!due_push(&poller->due, job->due, (size_t)(job - poller->jobs), &err))
		log_say(poller->log, LOG_LEVEL_ERROR, NULL, "feed '%s' cannot be planned: %s",
			job->feed->id, err.text);
}

bool poller_remember(struct job *job, struct error *err)
{
	struct ledger *ledger = job->poller->desk->ledger;
	struct feed_held held = {0};
	struct feed_state state = {0};
	if (!feed_state_read(ledger, job->feed->id, &state, err) ||
	    !feed_held_read(ledger, job->feed->id, &held, err))
		return false;
	job->remembered = state;
	job->is_holding = held.feed[0] != '\0';
	return true;
}

/* What was asked shortly before a restart counts as well. */
static bool recall_budget(struct poller *poller, const struct job *job, struct error *err)
{
	const struct config_feed *feed = job->feed;
	int64_t ago_s = poller->clock->now(poller->clock->self) - job->remembered.last_try;
	if (!budget_set(poller->pace, feed, err))
		return false;
	if (job->remembered.last_try != 0 && ago_s >= 0 && ago_s < feed->calls_per_s)
		budget_started(poller->pace, feed,
			       poller->clock->elapsed_ms(poller->clock->self) - ago_s * MS);
	return true;
}

static bool open_job(struct poller *poller, struct job *job, const struct config_feed *feed,
		     struct error *err)
{
	job->poller = poller;
	job->feed = feed;
	job->state = feed->is_enabled ? JOB_IDLE : JOB_OFF;
	if (!poller_remember(job, err) || !job_shown_url(feed, &job->shown, err))
		return error_within(err, "feed '%s'", feed->id);
	job->due = schedule_resume(feed, poller->desk->zone, &job->remembered,
				   poller->clock->now(poller->clock->self));
	if (job->state == JOB_IDLE)
		poller_await(job);
	return recall_budget(poller, job, err);
}

/* Feeds that come from one file have one section. */
static struct sha256 hash_section(const struct poller *poller, const struct job *job)
{
	const struct job *before = job - 1;
	if (job > poller->jobs && before->feed->section.start == job->feed->section.start &&
	    before->feed->section.len == job->feed->section.len)
		return before->section;
	return sha256_of(job->feed->section);
}

static const char *budget_of(const struct job *job)
{
	return job->feed->budget != NULL ? job->feed->budget : "";
}

/* What a feed waits for. */
struct awaited {
	struct job *job;
	char host[256];
};

static int by_what_they_wait_for(const void *a, const void *b)
{
	const struct awaited *x = a;
	const struct awaited *y = b;
	int order = strcmp(x->host, y->host);
	return order != 0 ? order : strcmp(budget_of(x->job), budget_of(y->job));
}

/* Jobs of the same host and budget have the same lane. */
static bool open_lanes(struct poller *poller, struct error *err)
{
	AUTO_FREE struct awaited *sorted = calloc(poller->count + 1, sizeof *sorted);
	poller->hosts = calloc(poller->count + 1, sizeof *poller->hosts);
	if (sorted == NULL || poller->hosts == NULL)
		return error_memory(err);
	for (size_t i = 0; i < poller->count; i++) {
		sorted[i].job = &poller->jobs[i];
		job_find_host(poller->jobs[i].shown, sorted[i].host);
	}
	qsort(sorted, poller->count, sizeof *sorted, by_what_they_wait_for);
	struct lane *lane = poller->hosts;
	for (size_t i = 0; i < poller->count; i++) {
		lane += i > 0 && by_what_they_wait_for(&sorted[i - 1], &sorted[i]) != 0;
		lane->max = 1;
		sorted[i].job->host_lane = lane;
	}
	size_t half = (size_t)poller->desk->setup->config->concurrency / 2;
	poller->doubtful.max = half > 0 ? half : 1;
	return true;
}

static bool open_jobs(struct poller *poller, const struct config *config, struct error *err)
{
	size_t count = config->feeds.count;
	poller->jobs = calloc(count + 1, sizeof *poller->jobs);
	poller->active = calloc(count + 1, sizeof(struct job *));
	poller->ended = calloc(count + 1, sizeof(struct job *));
	if (poller->jobs == NULL || poller->active == NULL || poller->ended == NULL)
		return error_memory(err);
	for (size_t i = 0; i < count; i++) {
		poller->count = i + 1;
		if (!open_job(poller, &poller->jobs[i], config_feed_at(config, i), err))
			return false;
		poller->jobs[i].section = hash_section(poller, &poller->jobs[i]);
		if (!replay_mark(&poller->jobs[i], err))
			return false;
	}
	return open_lanes(poller, err);
}

bool poller_open(struct poller *poller, struct desk *desk, const struct clock *clock,
		 const struct log *log, struct error *err)
{
	*poller = (struct poller){.clock = clock,
				  .log = log,
				  .desk = desk,
				  .spool_dir = desk->setup->config->state_dir};
	bool done = fetcher_new(&poller->fetcher, err) && pace_new(&poller->pace, err) &&
		    open_jobs(poller, desk->setup->config, err);
	if (!done)
		poller_close(poller);
	return done;
}

void poller_close(struct poller *poller)
{
	store_settle(poller);
	for (size_t i = 0; poller->jobs != NULL && i < poller->count; i++) {
		job_cancel(&poller->jobs[i]);
		free(poller->jobs[i].shown);
	}
	fetcher_free(poller->fetcher);
	pace_free(poller->pace);
	due_done(&poller->due);
	free(poller->active);
	free(poller->ended);
	free(poller->hosts);
	free(poller->jobs);
	*poller = (struct poller){0};
}

struct job *poller_find(struct poller *poller, const char *feed)
{
	for (size_t i = 0; i < poller->count; i++) {
		if (strcmp(poller->jobs[i].feed->id, feed) == 0)
			return &poller->jobs[i];
	}
	return NULL;
}

void poller_hurry(struct job *job)
{
	if (job->state == JOB_OFF)
		job->state = JOB_IDLE;
	if (job->state != JOB_IDLE)
		return;
	job->due = 0;
	poller_await(job);
}

static bool has_room(const struct poller *poller)
{
	size_t at_once = (size_t)poller->desk->setup->config->concurrency;
	return poller->running - poller->waiting < at_once;
}

/* The next idle job; entries whose job has gone on meanwhile are thrown away. */
static struct job *first_due(struct poller *poller)
{
	for (const struct due_entry *entry = due_first(&poller->due); entry != NULL;
	     entry = due_first(&poller->due)) {
		struct job *job = &poller->jobs[entry->what];
		if (job->state == JOB_IDLE && job->due == entry->at && !job->is_parked)
			return job;
		due_pop(&poller->due);
	}
	return NULL;
}

static void go_on_waiting(struct poller *poller, int64_t now_ms)
{
	for (size_t i = poller->running; i-- > 0;) {
		struct job *job = poller->active[i];
		if (job->state == JOB_WAITING && job->not_before_ms <= now_ms && has_room(poller))
			job_fetch(job);
	}
}

/* Due times are far ahead when the clock was put back: without this nothing would be polled until
 * it is there again. */
static void follow_clock(struct poller *poller, int64_t now)
{
	int64_t back_s = poller->seen - now;
	poller->seen = now;
	if (back_s <= 0)
		return;
	for (size_t i = 0; i < poller->count; i++) {
		struct job *job = &poller->jobs[i];
		job->due -= back_s;
		job->remembered.next_due -= back_s;
		if (job->state == JOB_IDLE)
			poller_await(job);
	}
	log_say(poller->log, LOG_LEVEL_NOTICE, NULL,
		"the clock was put back by %lld s; feeds wait no longer for that",
		(long long)back_s);
}

/* A host that makes others wait, and feeds that failed, do not keep the rest from their time. */
static void begin_or_park(struct job *job)
{
	struct poller *poller = job->poller;
	if (lane_is_full(job->host_lane))
		lane_park(job->host_lane, job);
	else if (job->remembered.failures > 0 && lane_is_full(&poller->doubtful))
		lane_park(&poller->doubtful, job);
	else
		job_begin(job);
}

/* What ends meanwhile has to wait in memory, and a replay would begin a transaction. */
static bool is_held_up(const struct poller *poller)
{
	return poller->ended_count >= STORE_RUNS_MAX ||
	       (store_is_busy(poller) && poller->replays_left > 0);
}

void poller_start_due(struct poller *poller)
{
	int64_t now = poller->clock->now(poller->clock->self);
	if (!intake_check_time(now, NULL))
		return;
	follow_clock(poller, now);
	if (is_held_up(poller))
		return;
	go_on_waiting(poller, poller->clock->elapsed_ms(poller->clock->self));
	while (!poller->is_paused && has_room(poller)) {
		struct job *job = first_due(poller);
		if (job == NULL || job->due > now)
			return;
		due_pop(&poller->due);
		begin_or_park(job);
	}
}

static int64_t wait_of_active(const struct poller *poller)
{
	int64_t now_ms = poller->clock->elapsed_ms(poller->clock->self);
	int64_t least = WAIT_MAX_MS;
	for (size_t i = 0; i < poller->running; i++) {
		const struct job *job = poller->active[i];
		int64_t wait = WAIT_MAX_MS;
		if (job->state == JOB_READING)
			wait = 0;
		if (job->state == JOB_WAITING && has_room(poller))
			wait = job->not_before_ms - now_ms;
		least = wait < least ? wait : least;
	}
	int64_t wait = store_wait_ms(poller);
	least = wait < least ? wait : least;
	return least > 0 ? least : 0;
}

int64_t poller_wait_ms(struct poller *poller)
{
	int64_t now = poller->clock->now(poller->clock->self);
	int64_t least = fetcher_timeout_ms(poller->fetcher) == 0 ? 0 : wait_of_active(poller);
	if (poller->is_paused || !has_room(poller) || !intake_check_time(now, NULL))
		return least;
	const struct job *job = first_due(poller);
	if (job == NULL || job->due - now >= WAIT_MAX_MS / MS)
		return least;
	int64_t wait = job->due > now ? (job->due - now) * MS : 0;
	return wait < least ? wait : least;
}

static bool put_states(struct poller *poller, struct error *err)
{
	for (size_t i = 0; i < poller->count; i++) {
		struct job *job = &poller->jobs[i];
		if (job->is_unkept && !feed_state_put(poller->desk->ledger, &job->remembered, err))
			return false;
		job->is_unkept = false;
	}
	return true;
}

bool poller_keep(struct poller *poller, struct error *err)
{
	store_settle(poller);
	if (!poller->has_unkept)
		return true;
	struct ledger *ledger = poller->desk->ledger;
	poller->has_unkept = false;
	bool done =
		ledger_begin(ledger, err) && put_states(poller, err) && ledger_commit(ledger, err);
	if (!done)
		ledger_rollback(ledger);
	return done;
}

/* The one that has been at it for longest: documents are read one after the other, so that no more
 * than one of them holds what reading takes. */
static struct job *first_reading(const struct poller *poller)
{
	struct job *first = NULL;
	for (size_t i = 0; i < poller->running; i++) {
		struct job *job = poller->active[i];
		if (job->state == JOB_READING &&
		    (first == NULL || job->started_ms < first->started_ms))
			first = job;
	}
	return first;
}

bool poller_turn(struct poller *poller, struct error *err)
{
	struct job *job = store_is_busy(poller) ? NULL : first_reading(poller);
	if (job != NULL)
		job_read(job);
	if (!fetcher_turn(poller->fetcher, err))
		return false;
	store_turn(poller);
	return true;
}
