/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Servers on 127.0.0.1 that a test starts and stops, and a host loop for a fetcher. */

#include <sys/types.h>

#include "fetch/fetch.h"

struct loopback {
	pid_t pid;
	int input;  /* its standard input: closing it ends the server */
	int output; /* its standard output, unread */
	int port;   /* where it listens */
};

/* Start $OUT/tests/fakes/fakehttp (OUT: build/release) on the files of `dir` (may be NULL).  A
 * server that does not start fails the test. */
struct loopback loopback_start(const char *dir);

/* Start `openssl s_server`, which answers with the files of `dir` as they are (head and all), using
 * the certificate dir/NAME.pem and the key dir/key.pem. */
struct loopback loopback_start_tls(const char *dir, const char *name);
void loopback_stop(struct loopback *loopback);

/* Run a program to its end; it must succeed. */
void loopback_run(const char *const *argv);

struct loopback_seen {
	int calls;
	struct fetch_result result;
};

/* A fetch_done_fn that keeps the result in a struct loopback_seen. */
void loopback_keep(void *self, struct fetch_result *result);

/* Turn until nothing is left to do, ten seconds at most. */
void loopback_turn(struct fetcher *fetcher);

/* Start and turn: what became of the request.  For fetch_result_done(). */
struct fetch_result loopback_fetch(struct fetcher *fetcher, const struct fetch_request *request);
