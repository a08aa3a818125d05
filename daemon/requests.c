/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/requests.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/read_file.h"
#include "daemon/notify.h"
#include "daemon/replay.h"
#include "daemon/say_events.h"
#include "intake/import.h"
#include "intake/request.h"

enum {
	TEXT_BYTES = 1 << 18,
	US_PER_MS = 1000,
	EXIT_FAILED = 3,
	REPLAYS_AT_ONCE = 100,
	WAIT_MOST_S = 60
};

static void answer_with(struct control_message *answer, int exit_status, const char *text,
			const char *error)
{
	control_set_integer(answer, "exit", exit_status);
	control_set(answer, "text", text);
	control_set(answer, "error", error);
}

void requests_reload(struct daemon *daemon, const char *actor, struct control_message *answer)
{
	AUTO_PROBLEMS struct problems problems = {0};
	AUTO_TEXT struct text findings = text_with_limit(TEXT_BYTES);
	struct error err = {0};
	notify_reloading(daemon->clock.elapsed_ms(daemon->clock.self) * US_PER_MS);
	bool done = daemon_reload(daemon, actor, &problems, &err);
	log_problems(&daemon->log, &problems);
	problems_print(&problems, &findings);
	if (done) {
		log_say(&daemon->log, LOG_LEVEL_NOTICE, NULL, "reloaded");
		if (daemon_knows_time(daemon))
			replay_some(&daemon->poller, REPLAYS_AT_ONCE);
	} else {
		log_say(&daemon->log, LOG_LEVEL_ERROR, NULL,
			"reload refused, everything stays as it was: %s", err.text);
		text_addf(&findings, "reload refused, everything stays as it was: %s\n", err.text);
	}
	notify_ready();
	if (answer != NULL)
		answer_with(answer, done ? 0 : 1, done ? "reloaded\n" : "",
			    findings.data ? findings.data : "");
}

static bool verb_reload(struct requests *requests, const struct server_request *request,
			struct control_message *answer)
{
	requests_reload(requests->daemon, request->user, answer);
	requests_follow_reload(requests);
	return true;
}

/* Why nothing is polled now; NULL: it is. */
static const char *pause_of(const struct daemon *daemon)
{
	if (!daemon_knows_time(daemon))
		return "polling pauses: the clock says a time before envgap was made\n";
	if (daemon->poller.is_paused)
		return "polling pauses: less than min_free_space is free in state_dir\n";
	return NULL;
}

static bool verb_poll(struct requests *requests, const struct server_request *request,
		      struct control_message *answer)
{
	const char *feed = control_get(request->message, "feed");
	struct job *job = feed ? poller_find(&requests->daemon->poller, feed) : NULL;
	if (job == NULL) {
		char text[ERROR_TEXT_BYTES];
		(void)snprintf(text, sizeof text, "there is no feed '%s'\n", feed ? feed : "");
		answer_with(answer, 2, NULL, text);
		return true;
	}
	const char *pause = pause_of(requests->daemon);
	if (pause != NULL) {
		answer_with(answer, 3, NULL, pause);
		return true;
	}
	struct waiting *waiting = &requests->waiting[request->client];
	*waiting = (struct waiting){.client = request->client,
				    .runs = job->runs,
				    .generation = requests->daemon->generation,
				    .is_used = true};
	(void)snprintf(waiting->feed, sizeof waiting->feed, "%s", feed);
	poller_hurry(job);
	return false;
}

/* Only a file that cannot make us wait: no pipe, no terminal. */
static bool read_attached(int fd, char **ret, size_t *ret_len, struct error *err)
{
	struct stat status;
	if (fd < 0)
		return true;
	if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
		return error_set(err, ERROR_INPUT, "what came with the request is no regular file");
	return read_file(fd, IMPORT_DOCUMENT_BYTES, ret, ret_len, err);
}

/* What failed may be in the log already and not judged: the loop tries again. */
static void note_intake(struct daemon *daemon, const struct server_request *request,
			const struct intake *intake, const struct control_message *answer)
{
	long status = control_get_integer(answer, "exit", EXIT_FAILED);
	const char *verb = control_get(request->message, "verb");
	const struct log_subject subject = {.indicator = control_get(request->message, "indicator"),
					    .area = control_get(request->message, "area")};
	log_say(&daemon->log, status == EXIT_FAILED ? LOG_LEVEL_WARNING : LOG_LEVEL_INFO, &subject,
		"%s by %s: exit %ld", verb ? verb : "", request->user, status);
	say_events(&daemon->log, &intake->apply, &daemon->last_event);
	daemon->has_flush_work = true;
	if (status == EXIT_FAILED)
		daemon->has_apply_work = true;
}

/* The request may have changed what the ledger remembers of this feed. */
static void follow_feed(struct daemon *daemon, const char *feed)
{
	struct error err = {0};
	struct job *job = feed ? poller_find(&daemon->poller, feed) : NULL;
	if (job != NULL && !poller_remember(job, &err))
		log_say(&daemon->log, LOG_LEVEL_ERROR, NULL, "feed '%s': %s", feed, err.text);
}

/* The verbs that the command can carry out itself when no daemon runs. */
static bool verb_intake(struct requests *requests, const struct server_request *request,
			struct control_message *answer)
{
	struct daemon *daemon = requests->daemon;
	struct error err = {0};
	AUTO_FREE char *document = NULL;
	size_t len = 0;
	if (!read_attached(request->file, &document, &len, &err)) {
		answer_with(answer, error_exit_status(err.code), NULL, err.text);
		return true;
	}
	if (!poller_keep(&daemon->poller, &err)) {
		answer_with(answer, error_exit_status(err.code), NULL, err.text);
		return true;
	}
	const struct intake intake = desk_intake(&daemon->desk, daemon_now(daemon), request->user);
	request_carry_out(&intake, request->message, (struct span){document, len}, answer);
	follow_feed(daemon, control_get(request->message, "feed"));
	note_intake(daemon, request, &intake, answer);
	return true;
}

static const struct {
	const char *name;
	bool (*carry_out)(struct requests *requests, const struct server_request *request,
			  struct control_message *answer);
} own_verbs[] = {{"reload", verb_reload}, {"poll", verb_poll}};

bool requests_handle(void *self, const struct server_request *request,
		     struct control_message *answer)
{
	struct requests *requests = self;
	const char *verb = control_get(request->message, "verb");
	for (size_t i = 0; verb != NULL && i < COUNT_OF(own_verbs); i++) {
		if (strcmp(verb, own_verbs[i].name) == 0)
			return own_verbs[i].carry_out(requests, request, answer);
	}
	return verb_intake(requests, request, answer);
}

static void answer_poll(struct requests *requests, struct waiting *waiting, const struct job *job)
{
	AUTO_MESSAGE struct control_message answer = {0};
	char text[FEED_STATE_TEXT_BYTES + ID_BYTES + 64];
	const struct feed_state *state = &job->remembered;
	if (job->has_failed)
		(void)snprintf(text, sizeof text, "feed '%s': %s: %s\n", waiting->feed,
			       state->cause, state->error);
	else if (state->note[0] != '\0')
		(void)snprintf(text, sizeof text, "feed '%s': %s\n", waiting->feed, state->note);
	else
		(void)snprintf(text, sizeof text, "feed '%s': %lld rows, %lld new, %lld refused\n",
			       waiting->feed, (long long)state->rows, (long long)state->new_rows,
			       (long long)state->refused);
	answer_with(&answer, job->has_failed ? 1 : 0, job->has_failed ? NULL : text,
		    job->has_failed ? text : NULL);
	server_answer(requests->server, waiting->client, &answer);
	waiting->is_used = false;
}

/* How long a feed that is to be polled now waits for its host or its budget; 0: it does not. */
static int64_t rest_of(const struct daemon *daemon, const struct job *job)
{
	int64_t rest = job->due - daemon_now(daemon);
	return job->state == JOB_IDLE && job->has_stepped_back && rest > 0 ? rest : 0;
}

/* Nobody sits before a command for hours. */
static void answer_rest(struct requests *requests, struct waiting *waiting, int64_t rest_s)
{
	AUTO_MESSAGE struct control_message answer = {0};
	char text[ID_BYTES + 128];
	(void)snprintf(text, sizeof text,
		       "feed '%s': its server, or its budget, allows no request now; next try in "
		       "%lld s\n",
		       waiting->feed, (long long)rest_s);
	daemon_keep_states(requests->daemon);
	answer_with(&answer, 1, NULL, text);
	server_answer(requests->server, waiting->client, &answer);
	waiting->is_used = false;
}

/* Who asked may look at once at what is in the ledger. */
static void end_poll(struct requests *requests, struct waiting *waiting, const struct job *job)
{
	daemon_keep_states(requests->daemon);
	answer_poll(requests, waiting, job);
}

/* A reload makes the jobs anew: what was asked for begins again. */
static void ask_again(const struct daemon *daemon, struct waiting *waiting, struct job *job)
{
	waiting->generation = daemon->generation;
	waiting->runs = job->runs;
	poller_hurry(job);
}

static void forget(struct requests *requests, struct waiting *waiting)
{
	AUTO_MESSAGE struct control_message answer = {0};
	if (!waiting->is_used)
		return;
	answer_with(&answer, 1, NULL, "the feed went away with a reload\n");
	server_answer(requests->server, waiting->client, &answer);
	waiting->is_used = false;
}

void requests_follow_reload(struct requests *requests)
{
	for (size_t i = 0; i < SERVER_CLIENTS_MAX; i++) {
		struct waiting *waiting = &requests->waiting[i];
		struct job *job = waiting->is_used
					  ? poller_find(&requests->daemon->poller, waiting->feed)
					  : NULL;
		if (job == NULL)
			continue;
		waiting->runs = job->runs;
		poller_hurry(job);
	}
}

void requests_turn(struct requests *requests)
{
	struct daemon *daemon = requests->daemon;
	if (daemon_is_judging(daemon))
		return; /* the next status has to show what was polled */
	for (size_t i = 0; i < SERVER_CLIENTS_MAX; i++) {
		struct waiting *waiting = &requests->waiting[i];
		struct job *job =
			waiting->is_used ? poller_find(&daemon->poller, waiting->feed) : NULL;
		if (job == NULL)
			forget(requests, waiting);
		else if (waiting->generation != daemon->generation)
			ask_again(daemon, waiting, job);
		else if (job->runs != waiting->runs)
			end_poll(requests, waiting, job);
		else if (rest_of(daemon, job) > WAIT_MOST_S)
			answer_rest(requests, waiting, rest_of(daemon, job));
	}
}
