/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/store.h"

#include <stdio.h>
#include <stdlib.h>

#include "daemon/job.h"
#include "daemon/schedule.h"

enum { FOREVER_MS = 3600 * 1000 };

/* How a run ended. */
struct ending {
	bool is_failure;
	bool is_alone;		  /* it was in a transaction with others that failed */
	struct feed_state before; /* what was remembered, for another try */
	struct feed_intake_counts counts;
	int64_t fetch;
};

static int64_t now_of(const struct poller *poller)
{
	return poller->clock->now(poller->clock->self);
}

static int64_t elapsed_of(const struct poller *poller)
{
	return poller->clock->elapsed_ms(poller->clock->self);
}

/* -- what is said and remembered of a run -------------------------------------------------------*/

static struct log_subject subject_of(const struct job *job)
{
	return (struct log_subject){.feed = job->feed->id,
				    .load = job->ending->counts.load,
				    .fetch = job->ending->fetch};
}

static void say_failed(const struct job *job)
{
	const struct feed_state *state = &job->remembered;
	const struct log_subject subject = subject_of(job);
	log_say(job->poller->log, LOG_LEVEL_WARNING, &subject,
		"feed '%s': %s: %s; next try in %lld s", job->feed->id, state->cause, state->error,
		(long long)(job->due - now_of(job->poller)));
}

static void say_held(const struct job *job)
{
	const struct log_subject subject = subject_of(job);
	log_say(job->poller->log, job->ending->fetch ? LOG_LEVEL_WARNING : LOG_LEVEL_INFO, &subject,
		"feed '%s': held back, nothing was taken: %s; 'envgap feeds %s --accept' takes it",
		job->feed->id, job->remembered.error, job->feed->id);
}

static void say_counts(const struct job *job)
{
	const struct feed_intake_counts *counts = &job->ending->counts;
	const struct log_subject subject = subject_of(job);
	log_say(job->poller->log,
		counts->load || counts->refused ? LOG_LEVEL_INFO : LOG_LEVEL_DEBUG, &subject,
		"feed '%s': %zu rows, %zu new (%zu revisions), %zu withdrawn, %zu refused",
		job->feed->id, counts->rows, counts->appended, counts->revised, counts->withdrawn,
		counts->refused);
}

static void rest(struct job *job)
{
	free(job->ending);
	job->ending = NULL;
	job_rest(job);
}

/* Its transaction is committed. */
static void acknowledge(struct job *job)
{
	const struct ending *ending = job->ending;
	if (ending->is_failure)
		say_failed(job);
	else if (ending->counts.is_held)
		say_held(job);
	else
		say_counts(job);
	job->poller->has_news = job->poller->has_news || ending->counts.load != 0;
	if (!ending->is_failure)
		job->is_holding = ending->counts.is_held;
	job->has_failed = ending->is_failure || ending->counts.is_held;
	rest(job);
}

/* Nothing can be kept of it, but it goes on. */
static void give_up(struct job *job, const struct error *err)
{
	const struct log_subject subject = subject_of(job);
	say_failed(job);
	log_say(job->poller->log, LOG_LEVEL_ERROR, &subject, "feed '%s': cannot keep its state: %s",
		job->feed->id, err->text);
	job->has_failed = true;
	rest(job);
}

/* -- joining ------------------------------------------------------------------------------------*/

static void join(struct job *job)
{
	struct poller *poller = job->poller;
	if (poller->ended_count == 0)
		poller->ended_ms = elapsed_of(poller);
	poller->ended[poller->ended_count++] = job;
	job_end(job);
}

void store_forget(struct job *job)
{
	struct poller *poller = job->poller;
	size_t kept = 0;
	for (size_t i = 0; i < poller->ended_count; i++)
		if (poller->ended[i] != job)
			poller->ended[kept++] = poller->ended[i];
	poller->ended_count = kept;
	free(job->ending);
	job->ending = NULL;
}

static bool make_ending(struct job *job)
{
	struct error err = {0};
	if (job->ending == NULL)
		job->ending = calloc(1, sizeof *job->ending);
	if (job->ending != NULL)
		return true;
	const struct log_subject subject = {.feed = job->feed->id};
	(void)error_memory(&err);
	log_say(job->poller->log, LOG_LEVEL_ERROR, &subject, "feed '%s': %s", job->feed->id,
		err.text);
	job->due = schedule_after_failure(job->feed, ++job->remembered.failures, 0,
					  now_of(job->poller));
	job->has_failed = true;
	job_rest(job);
	return false;
}

void store_run(struct job *job)
{
	if (!make_ending(job))
		return;
	job->got.duration_ms = elapsed_of(job->poller) - job->started_ms;
	job->ending->before = job->remembered;
	join(job);
}

static void note_failure(struct job *job, const char *cause, const char *text,
			 int64_t retry_after_s)
{
	struct feed_state *state = &job->remembered;
	int64_t now = now_of(job->poller);
	(void)snprintf(state->feed, sizeof state->feed, "%s", job->feed->id);
	(void)snprintf(state->cause, sizeof state->cause, "%s", cause);
	(void)snprintf(state->error, sizeof state->error, "%s", text);
	state->failures++;
	state->last_try = now;
	job->due = schedule_after_failure(job->feed, state->failures, retry_after_s, now);
	state->next_due = job->due;
	job->got.duration_ms = elapsed_of(job->poller) - job->started_ms;
	job->intake.apply.now = now;
}

void store_failure(struct job *job, const char *cause, const char *text, int64_t retry_after_s)
{
	if (!make_ending(job))
		return;
	*job->ending = (struct ending){.is_failure = true};
	note_failure(job, cause, text, retry_after_s);
	join(job);
}

/* -- storing ------------------------------------------------------------------------------------*/

/* In the transaction that is open. */
static bool store_some(struct job *job, size_t limit_rows, bool *ret_done, struct error *err)
{
	struct ending *ending = job->ending;
	*ret_done = true;
	if (ending->is_failure)
		return feed_failure_put(&job->intake, &job->got, &job->remembered, &ending->fetch,
					err);
	job->remembered = ending->before;
	job_note_success(job, "");
	const struct feed_store order = {&job->got, &job->remembered, limit_rows};
	if (!feed_intake_store(job->run, &order, ret_done, &ending->counts, err))
		return false;
	ending->fetch = ending->counts.fetch;
	return true;
}

static void stop(struct job *job)
{
	if (job->run != NULL)
		feed_intake_store_stop(job->run);
}

/* What could not be stored has failed; and a failure that cannot be noted is only said. */
static void fail(struct job *job, const struct error *err)
{
	if (job->ending->is_failure) {
		give_up(job, err);
		return;
	}
	job->remembered = job->ending->before;
	store_failure(job, "internal", err->text, 0);
}

static bool is_large(const struct job *job)
{
	return !job->ending->is_failure && feed_intake_rows(job->run) > STORE_ROWS_MAX;
}

/* How many of those that wait go into one transaction: all that are small, in their order. */
static size_t count_group(const struct poller *poller)
{
	size_t rows = 0;
	size_t count = 0;
	for (; count < poller->ended_count && count < STORE_RUNS_MAX; count++) {
		const struct job *job = poller->ended[count];
		rows += job->ending->is_failure ? 0 : feed_intake_rows(job->run);
		if (count > 0 && (job->ending->is_alone || rows > STORE_ROWS_MAX))
			break;
		if (job->ending->is_alone)
			return 1;
	}
	return count;
}

/* The first ones no longer wait. */
static void take_group(struct poller *poller, struct job **group, size_t count)
{
	memcpy(group, poller->ended, count * sizeof *group);
	poller->ended_count -= count;
	memmove(poller->ended, poller->ended + count, poller->ended_count * sizeof *group);
}

static bool store_all(struct poller *poller, struct job *const *group, size_t count,
		      struct error *err)
{
	struct ledger *ledger = poller->desk->ledger;
	bool is_done = ledger_begin(ledger, err);
	for (size_t i = 0; is_done && i < count; i++) {
		bool ignored;
		is_done = store_some(group[i], SIZE_MAX, &ignored, err);
		stop(group[i]);
	}
	is_done = is_done && ledger_commit(ledger, err);
	if (!is_done)
		ledger_rollback(ledger);
	return is_done;
}

/* Who of several was to blame shows when each comes alone. */
static void store_again(struct poller *poller, struct job *const *group, size_t count)
{
	memmove(poller->ended + count, poller->ended, poller->ended_count * sizeof(struct job *));
	memcpy(poller->ended, group, count * sizeof(struct job *));
	poller->ended_count += count;
	for (size_t i = 0; i < count; i++)
		group[i]->ending->is_alone = true;
}

static void store_group(struct poller *poller)
{
	struct job *group[STORE_RUNS_MAX];
	struct error err = {0};
	size_t count = count_group(poller);
	take_group(poller, group, count);
	bool is_done = store_all(poller, group, count, &err);
	if (!is_done && count > 1) {
		store_again(poller, group, count);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (is_done)
			acknowledge(group[i]);
		else
			fail(group[i], &err);
	}
}

/* -- a large one --------------------------------------------------------------------------------*/

static void end_large(struct poller *poller, bool is_done, struct error *err)
{
	struct job *job = poller->storing;
	struct ledger *ledger = poller->desk->ledger;
	poller->storing = NULL;
	stop(job);
	is_done = is_done && ledger_commit(ledger, err);
	if (is_done) {
		acknowledge(job);
		return;
	}
	ledger_rollback(ledger);
	fail(job, err);
}

static void store_slice(struct poller *poller)
{
	struct error err = {0};
	bool is_done = false;
	bool is_well = store_some(poller->storing, STORE_ROWS_MAX, &is_done, &err);
	if (!is_well || is_done)
		end_large(poller, is_well, &err);
}

static void begin_large(struct poller *poller)
{
	struct error err = {0};
	struct job *job;
	take_group(poller, &job, 1);
	if (ledger_begin(poller->desk->ledger, &err)) {
		poller->storing = job;
		store_slice(poller);
		return;
	}
	ledger_rollback(poller->desk->ledger);
	fail(job, &err);
}

/* -- turns --------------------------------------------------------------------------------------*/

bool store_is_busy(const struct poller *poller)
{
	return poller->storing != NULL;
}

int64_t store_wait_ms(const struct poller *poller)
{
	bool is_anyone_under_way = poller->running > poller->waiting;
	if (poller->storing != NULL)
		return 0;
	if (poller->ended_count == 0)
		return FOREVER_MS;
	if (poller->ended_count >= STORE_RUNS_MAX || !is_anyone_under_way)
		return 0;
	int64_t wait = poller->ended_ms + STORE_WAIT_MS - elapsed_of(poller);
	return wait > 0 ? wait : 0;
}

static void store_next(struct poller *poller)
{
	if (is_large(poller->ended[0]))
		begin_large(poller);
	else
		store_group(poller);
	poller->ended_ms = elapsed_of(poller);
}

void store_turn(struct poller *poller)
{
	if (poller->storing != NULL) {
		store_slice(poller);
		return;
	}
	if (poller->ended_count > 0 && store_wait_ms(poller) == 0)
		store_next(poller);
}

void store_settle(struct poller *poller)
{
	struct job *job = poller->storing;
	if (job != NULL) {
		poller->storing = NULL;
		stop(job);
		ledger_rollback(poller->desk->ledger);
		job->remembered = job->ending->before;
		store_forget(job);
		job_cancel(job);
		poller_hurry(job);
	}
	while (poller->ended_count > 0 && !is_large(poller->ended[0]))
		store_group(poller);
}
