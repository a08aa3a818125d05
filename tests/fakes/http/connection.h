/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the parts of the fake HTTP server say to each other. */

#include <stdint.h>

#include "base/text.h"

enum { ANSWER_MAX_BYTES = 64 << 20 };

/* What happens after the answer. */
enum ending { KEEP_ALIVE, CLOSE, RESET, STALL, ENDLESS };

struct connection {
	int fd; /* -1: a free place */
	struct text in, out;
	size_t sent;
	bool answering;
	enum ending ending;
	const char *more; /* what comes again and again with ENDLESS; NULL: a chunk */
	bool drips;	  /* the answer goes out a few bytes at a time */
	int64_t next_drip_ms;
};

struct request {
	struct span head; /* all of it, with the request line and the blank line */
	struct span method, path, query, body;
};

/* What answers need to know about the server. */
struct site {
	const char *dir; /* NULL: no files */
	int port;
	int counted; /* requests for /fault/count so far */
};

/* Answer with a status and a body that says it; `more` is further header lines with their ends. */
void connection_put_status(struct connection *c, int status, const char *more);

/* The head of an answer of this length. */
void connection_put_head(struct connection *c, int status, const char *more, size_t len);

/* The value of a header of the request, trimmed; empty when it is not there. */
struct span request_header(const struct request *request, const char *name);
