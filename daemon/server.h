/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The control socket: takes requests of members of its group, a file with them as a descriptor, and
 * sends answers.  Never waits for a client. */

#include <poll.h>
#include <stdint.h>

#include "control/message.h"

enum {
	SERVER_CLIENTS_MAX = 16,
	SERVER_POLLS_MAX = SERVER_CLIENTS_MAX + 1,
	SERVER_PATIENCE_MS = 10000, /* for a whole request, and for taking an answer */
	SERVER_NAME_BYTES = 64,
};

struct server;

/* One request that is waiting for its answer. */
struct server_request {
	struct control_message *message;
	char user[SERVER_NAME_BYTES]; /* as the kernel and the user database say */
	int file; /* descriptor that came with it; -1: none.  The server closes it */
	size_t client;
};

/* Called for each whole request.  true: `answer` is filled and goes out; false: it comes later, by
 * server_answer. */
typedef bool server_handle_fn(void *self, const struct server_request *request,
			      struct control_message *answer);

struct server_options {
	const char *path; /* of the socket; an old one is replaced */
	const char
		*group; /* that may connect; NULL or one that does not exist: the process's own */
	server_handle_fn *handle;
	void *self;
};

/* Listen.  ERROR_SYSTEM, ERROR_PERMISSION. */
MUST_CHECK bool server_open(const struct server_options *options, struct server **ret,
			    struct error *err);

/* Close everything and remove the socket. */
void server_close(struct server *server);

/* What to poll for; returns the count. */
size_t server_polls(const struct server *server, struct pollfd polls[SERVER_POLLS_MAX]);

/* Do what the polled descriptors are ready for; now_ms is monotonic. */
void server_turn(struct server *server, const struct pollfd *polls, size_t count, int64_t now_ms);

/* The late answer to a request of the client with this index; nothing happens when its client is
 * gone. */
void server_answer(struct server *server, size_t index, const struct control_message *answer);
