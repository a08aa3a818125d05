/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/job.h"

#include <stdio.h>
#include <stdlib.h>

#include "daemon/budget.h"
#include "daemon/job_request.h"
#include "daemon/replay.h"
#include "daemon/schedule.h"
#include "daemon/store.h"
#include "intake/hold.h"

enum { MS = 1000, RECHECK_MS = 200, STEP_BACK_MS = 30000, SLICE_BYTES = 256 << 10 };

static int64_t now_of(const struct job *job)
{
	return job->poller->clock->now(job->poller->clock->self);
}

static int64_t elapsed_of(const struct job *job)
{
	return job->poller->clock->elapsed_ms(job->poller->clock->self);
}

static struct log_subject subject_of(const struct job *job)
{
	return (struct log_subject){.feed = job->feed->id};
}

static void join_active(struct job *job)
{
	struct poller *poller = job->poller;
	poller->active[poller->running++] = job;
}

static void leave_active(const struct job *job)
{
	struct poller *poller = job->poller;
	for (size_t i = 0; i < poller->running; i++) {
		if (poller->active[i] == job) {
			poller->active[i] = poller->active[--poller->running];
			return;
		}
	}
}

static bool is_active(enum job_state state)
{
	return state == JOB_WAITING || state == JOB_FETCHING || state == JOB_READING;
}

static bool is_busy(enum job_state state)
{
	return state == JOB_FETCHING || state == JOB_READING;
}

/* Whoever waits for the host of this job may look again. */
static void wake_next(const struct job *job)
{
	const struct poller *poller = job->poller;
	for (size_t i = 0; i < poller->running; i++)
		if (poller->active[i]->host_lane == job->host_lane)
			poller->active[i]->not_before_ms = 0;
}

/* On the lanes, and off them. */
static void change_lanes(struct job *job, enum job_state next)
{
	struct poller *poller = job->poller;
	bool waits = job->state == JOB_WAITING;
	bool will_wait = next == JOB_WAITING;
	bool was_busy = job->is_doubtful && is_busy(job->state);
	bool will_be_busy = job->is_doubtful && is_busy(next);
	poller->waiting += (size_t)(will_wait && !waits);
	poller->waiting -= (size_t)(waits && !will_wait);
	if (will_wait && !waits)
		lane_join(job->host_lane);
	if (will_be_busy && !was_busy)
		lane_join(&poller->doubtful);
	if (waits && !will_wait)
		lane_leave(job->host_lane);
	if (was_busy && !will_be_busy)
		lane_leave(&poller->doubtful);
}

/* The one place where a job changes its state. */
static void enter(struct job *job, enum job_state next)
{
	change_lanes(job, next);
	bool was_active = is_active(job->state);
	bool will_be = is_active(next);
	if (was_active && !will_be)
		leave_active(job);
	if (!was_active && will_be)
		join_active(job);
	if (job->state == JOB_FETCHING && next != JOB_FETCHING) {
		pace_ended(job->poller->pace, job->trip->host);
		job->transfer = NULL;
		wake_next(job);
	}
	job->state = next;
	if (next == JOB_IDLE)
		poller_await(job);
}

/* Nothing is left of the run. */
static void end_trip(struct job *job)
{
	feed_intake_free(&job->run);
	free(job->trip);
	job->trip = NULL;
}

/* Back to waiting for the next due time; a feed that is off was polled by hand. */
void job_rest(struct job *job)
{
	enter(job, job->feed->is_enabled ? JOB_IDLE : JOB_OFF);
	end_trip(job);
	job->runs++;
}

void job_end(struct job *job)
{
	enter(job, JOB_ENDING);
}

static void take_validators(struct feed_state *state, const struct job_trip *trip)
{
	memcpy(state->etag, trip->etag, sizeof state->etag);
	memcpy(state->last_modified, trip->last_modified, sizeof state->last_modified);
}

/* What every success leaves behind in the feed's state. */
void job_note_success(struct job *job, const char *note)
{
	struct feed_state *state = &job->remembered;
	int64_t now = now_of(job);
	(void)snprintf(state->feed, sizeof state->feed, "%s", job->feed->id);
	(void)snprintf(state->note, sizeof state->note, "%s", note);
	state->cause[0] = '\0';
	state->error[0] = '\0';
	state->failures = 0;
	state->last_try = now;
	state->last_success = now;
	job->due = schedule_after_success(job->feed, job->poller->desk->zone, now);
	state->next_due = job->due;
	take_validators(state, job->trip);
}

/* Feeds without news are the common case: what is remembered of them goes into the ledger together.
 */
static void keep_later(struct job *job)
{
	job->is_unkept = true;
	if (!job->poller->has_unkept)
		job->poller->unkept_ms = elapsed_of(job);
	job->poller->has_unkept = true;
}

static void end_unchanged(struct job *job, const char *note)
{
	const struct log_subject subject = subject_of(job);
	job_note_success(job, note);
	keep_later(job);
	log_say(job->poller->log, LOG_LEVEL_DEBUG, &subject, "feed '%s': %s", job->feed->id, note);
	job->has_failed = false;
	job_rest(job);
}

/* What is held back came again: nothing to be done, and nothing is well either. */
static void end_held(struct job *job)
{
	const struct log_subject subject = subject_of(job);
	struct feed_state *state = &job->remembered;
	struct feed_held held = {0};
	struct error err = {0};
	if (!feed_held_read(job->poller->desk->ledger, job->feed->id, &held, &err)) {
		store_failure(job, "internal", err.text, 0);
		return;
	}
	hold_note_state(held.why, state);
	state->last_try = now_of(job);
	job->due = schedule_after_success(job->feed, job->poller->desk->zone, state->last_try);
	state->next_due = job->due;
	take_validators(state, job->trip);
	keep_later(job);
	log_say(job->poller->log, LOG_LEVEL_INFO, &subject, "feed '%s': still held back: %s",
		job->feed->id, state->error);
	job->has_failed = true;
	job_rest(job);
}

/* The last good document is back: what was held back is of no interest any more. */
static void end_known(struct job *job)
{
	struct error err = {0};
	if (job->is_holding && !hold_end(&job->intake, job->feed->id, &err)) {
		store_failure(job, "internal", err.text, 0);
		return;
	}
	job->is_holding = false;
	end_unchanged(job, "unchanged (same content)");
}

static void end_run(struct job *job)
{
	struct error err = {0};
	const char *cause = "";
	if (feed_intake_settle(job->run, &cause, &err))
		store_run(job);
	else
		store_failure(job, cause, err.text, 0);
}

/* A document was taken in. */
static void go_on(struct job *job)
{
	enter(job, JOB_WAITING);
	if (feed_intake_wants(job->run) != NULL)
		job_fetch(job);
	else
		end_run(job);
}

void job_read(struct job *job)
{
	enum reading_state state;
	struct error err = {0};
	const char *cause = "";
	job->intake.apply.now = now_of(job);
	if (!feed_intake_step(job->run, SLICE_BYTES, &state, &cause, &err)) {
		store_failure(job, cause, err.text, 0);
		return;
	}
	switch (state) {
	case READING_GOES_ON:
		enter(job, JOB_READING);
		break;
	case READING_IS_KNOWN:
		end_known(job);
		break;
	case READING_IS_HELD:
		end_held(job);
		break;
	case READING_DONE:
		go_on(job);
		break;
	}
}

/* Small ones are read at once, unless a transaction is open: what is staged must not be part of it.
 */
static void take_document(struct job *job, struct fetch_result *result)
{
	struct error err = {0};
	const char *cause = "internal";
	const struct feed_head head = {result->content_type, result->link,
				       result->is_link_too_long};
	if (!feed_intake_head(job->run, &head, &cause, &err))
		store_failure(job, cause, err.text, 0);
	else if (!feed_intake_open(job->run, &result->body, &job->remembered, &err))
		store_failure(job, "internal", err.text, 0);
	else if (store_is_busy(job->poller))
		enter(job, JOB_READING);
	else
		job_read(job);
}

static void rest_host(struct job *job, const struct fetch_result *result)
{
	if (result->retry_after_s > 0)
		pace_rest(job->poller->pace, job->trip->host,
			  elapsed_of(job) + result->retry_after_s * MS);
}

/* Those of the first document that has any. */
static void keep_validators(struct job_trip *trip, const struct fetch_result *result)
{
	if (trip->etag[0] != '\0' || trip->last_modified[0] != '\0')
		return;
	(void)snprintf(trip->etag, sizeof trip->etag, "%.*s", (int)sizeof trip->etag - 1,
		       result->etag);
	(void)snprintf(trip->last_modified, sizeof trip->last_modified, "%.*s",
		       (int)sizeof trip->last_modified - 1, result->last_modified);
}

static void fetched(void *self, struct fetch_result *result)
{
	struct job *job = self;
	job->got.http_status = result->http_status;
	job->got.bytes += (int64_t)result->wire_bytes;
	job->intake.apply.now = now_of(job);
	enter(job, JOB_WAITING);
	if (feed_intake_wants(job->run) != NULL)
		keep_validators(job->trip, result);
	switch (result->outcome) {
	case FETCH_OK:
		take_document(job, result);
		break;
	case FETCH_NOT_MODIFIED:
		if (job->is_holding)
			end_held(job);
		else
			end_unchanged(job, "unchanged (304)");
		break;
	case FETCH_FAILED:
		rest_host(job, result);
		store_failure(job, fetch_cause_name(result->cause), result->text,
			      result->retry_after_s);
		break;
	}
}

static bool set_pace(struct job *job, const char *host, struct error *err)
{
	const struct config *config = job->poller->desk->setup->config;
	const struct pace_rule rule = {
		.max_running = (int)config->per_host_concurrency,
		.apart_ms = (int64_t)config->per_host_pace_s * MS,
	};
	return (host[0] == '\0' || pace_set(job->poller->pace, host, &rule, err)) &&
	       budget_set(job->poller->pace, job->feed, err);
}

/* For the host and for the feed's budget. */
static int64_t wait_of(const struct job *job, const char *host, int64_t now_ms)
{
	int64_t of_host = pace_wait_ms(job->poller->pace, host, now_ms);
	int64_t of_budget = budget_wait_ms(job->poller->pace, job->feed, now_ms);
	return of_budget > 0 && of_budget > of_host ? of_budget : of_host;
}

/* A long wait is not worth a place among those that are under way: the run begins anew then.  The
 * ledger has to know, for whoever asks when it is due, and for a daemon that is started meanwhile.
 */
static void step_back(struct job *job, int64_t wait_ms)
{
	struct feed_state *state = &job->remembered;
	job->due = now_of(job) + wait_ms / MS + 1;
	(void)snprintf(state->feed, sizeof state->feed, "%s", job->feed->id);
	state->next_due = job->due;
	keep_later(job);
	job->has_stepped_back = true;
	enter(job, JOB_IDLE);
	end_trip(job);
}

static bool send(struct job *job, struct error *err)
{
	AUTO_JOB_REQUEST struct job_request request = {0};
	struct poller *poller = job->poller;
	int64_t now_ms = elapsed_of(job);
	if (!job_request_make(job, feed_intake_wants(job->run), &request, err) ||
	    !set_pace(job, request.host, err))
		return false;
	int64_t wait_ms = wait_of(job, request.host, now_ms);
	if (wait_ms > STEP_BACK_MS && feed_intake_wants(job->run)->pages_read == 0) {
		step_back(job, wait_ms);
		return true;
	}
	if (wait_ms != 0) {
		job->not_before_ms = now_ms + (wait_ms > 0 ? wait_ms : RECHECK_MS);
		enter(job, JOB_WAITING);
		return true;
	}
	memcpy(job->trip->host, request.host, sizeof job->trip->host);
	if (!fetcher_start(poller->fetcher, &request.request, fetched, job, &job->transfer, err))
		return false;
	pace_started(poller->pace, job->trip->host, now_ms);
	budget_started(poller->pace, job->feed, now_ms);
	enter(job, JOB_FETCHING);
	return true;
}

void job_fetch(struct job *job)
{
	struct error err = {0};
	if (!send(job, &err))
		store_failure(job, "request", err.text, 0);
}

void job_begin(struct job *job)
{
	struct error err = {0};
	replay_job(job);
	job->intake = desk_intake(job->poller->desk, now_of(job), "envgapd");
	job->intake.section = &job->section;
	job->got = (struct feed_got){.url = job->shown};
	job->started_ms = elapsed_of(job);
	job->has_stepped_back = false;
	job->is_doubtful = job->remembered.failures > 0;
	enter(job, JOB_WAITING);
	job->trip = calloc(1, sizeof *job->trip);
	if (job->trip == NULL ? !error_memory(&err)
			      : !feed_intake_new(&job->intake, job->feed, false, &job->run, &err))
		store_failure(job, "internal", err.text, 0);
	else
		job_fetch(job);
}

void job_cancel(struct job *job)
{
	if (job->transfer != NULL)
		fetcher_cancel(job->poller->fetcher, job->transfer);
	if (job->state == JOB_ENDING)
		store_forget(job);
	if (job->state != JOB_OFF)
		enter(job, JOB_IDLE);
	end_trip(job);
}
