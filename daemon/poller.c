/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/poller.h"

#include <stdlib.h>

#include "daemon/job.h"
#include "daemon/job_request.h"
#include "daemon/schedule.h"

enum { MS = 1000, WAIT_MAX_MS = 3600 * 1000 };

static bool open_job(struct poller *poller, struct job *job, const struct config_feed *feed,
		     struct error *err)
{
	job->poller = poller;
	job->feed = feed;
	job->state = feed->is_enabled ? JOB_IDLE : JOB_OFF;
	if (!feed_state_read(poller->desk->ledger, feed->id, &job->remembered, err) ||
	    !job_shown_url(feed, &job->shown, err))
		return error_within(err, "feed '%s'", feed->id);
	job->due = schedule_resume(feed, &job->remembered, poller->clock->now(poller->clock->self));
	return true;
}

bool poller_open(struct poller *poller, struct desk *desk, const struct clock *clock,
		 const struct log *log, struct error *err)
{
	const struct config *config = desk->setup->config;
	*poller = (struct poller){.clock = clock, .log = log, .desk = desk};
	poller->jobs = calloc(config->feeds.count ? config->feeds.count : 1, sizeof *poller->jobs);
	bool done = poller->jobs != NULL || error_memory(err);
	done = done && fetcher_new(&poller->fetcher, err) && pace_new(&poller->pace, err);
	for (size_t i = 0; done && poller->jobs != NULL && i < config->feeds.count; i++) {
		poller->count = i + 1;
		done = open_job(poller, &poller->jobs[i], config_feed_at(config, i), err);
	}
	if (!done)
		poller_close(poller);
	return done;
}

void poller_close(struct poller *poller)
{
	for (size_t i = 0; poller->jobs != NULL && i < poller->count; i++) {
		job_cancel(&poller->jobs[i]);
		free(poller->jobs[i].shown);
	}
	fetcher_free(poller->fetcher);
	pace_free(poller->pace);
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
	if (job->state == JOB_IDLE)
		job->due = 0;
}

static bool has_room(const struct poller *poller)
{
	return poller->running < (size_t)poller->desk->setup->config->concurrency;
}

static void start_job(struct poller *poller, struct job *job, int64_t now, int64_t now_ms)
{
	switch (job->state) {
	case JOB_IDLE:
		if (!poller->is_paused && job->due <= now && has_room(poller))
			job_begin(job);
		break;
	case JOB_WAITING:
		if (job->not_before_ms <= now_ms)
			job_fetch(job);
		break;
	case JOB_OFF:
	case JOB_FETCHING:
		break;
	}
}

void poller_start_due(struct poller *poller)
{
	int64_t now = poller->clock->now(poller->clock->self);
	int64_t now_ms = poller->clock->elapsed_ms(poller->clock->self);
	for (size_t i = 0; i < poller->count; i++)
		start_job(poller, &poller->jobs[i], now, now_ms);
}

static int64_t job_wait_ms(const struct poller *poller, const struct job *job, int64_t now,
			   int64_t now_ms)
{
	switch (job->state) {
	case JOB_IDLE:
		if (poller->is_paused || (job->due <= now && !has_room(poller)))
			return WAIT_MAX_MS;
		return job->due <= now ? 0 : (job->due - now) * MS;
	case JOB_WAITING:
		return job->not_before_ms > now_ms ? job->not_before_ms - now_ms : 0;
	case JOB_OFF:
	case JOB_FETCHING:
		break;
	}
	return WAIT_MAX_MS;
}

int64_t poller_wait_ms(const struct poller *poller)
{
	int64_t now = poller->clock->now(poller->clock->self);
	int64_t now_ms = poller->clock->elapsed_ms(poller->clock->self);
	int64_t least = fetcher_timeout_ms(poller->fetcher) == 0 ? 0 : WAIT_MAX_MS;
	for (size_t i = 0; i < poller->count; i++) {
		int64_t wait = job_wait_ms(poller, &poller->jobs[i], now, now_ms);
		least = wait < least ? wait : least;
	}
	return least;
}

bool poller_turn(struct poller *poller, struct error *err)
{
	return fetcher_turn(poller->fetcher, err);
}
