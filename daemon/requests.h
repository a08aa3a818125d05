/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the daemon does when it is asked: the verbs of lib/intake, and reload and poll, which need a
 * daemon. */

#include "daemon/daemon.h"
#include "daemon/server.h"

/* Those who asked for a poll and wait for its end. */
struct waiting {
	size_t client;
	char feed[ID_BYTES];
	uint64_t runs;	     /* of the job when it was asked */
	uint64_t generation; /* of the jobs: daemon->generation */
	bool is_used;
};

struct requests {
	struct daemon *daemon;
	struct server *server;
	struct waiting waiting[SERVER_CLIENTS_MAX];
};

/* For struct server_options; self is a struct requests. */
bool requests_handle(void *self, const struct server_request *request,
		     struct control_message *answer);

/* Answer those whose poll has ended. */
void requests_turn(struct requests *requests);

/* After the jobs were made anew: those who wait for a poll wait for the new job's. */
void requests_follow_reload(struct requests *requests);

/* Read the files again, as a request or a signal asks; the answer may be NULL. */
void requests_reload(struct daemon *daemon, const char *actor, struct control_message *answer);
