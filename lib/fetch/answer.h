/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The head of an HTTP answer, line by line, as far as it matters to us. */

#include "fetch/fetch.h"

struct answer {
	int status;	 /* 0: none seen */
	bool head_ended; /* the blank line was seen */
	bool gzip;
	bool chunked;
	bool two_lengths; /* Content-Length said twice, differently, or not a number */
	bool unknown_encoding;
	char encoding[64];	/* Content-Encoding as written, for a message */
	int64_t content_length; /* -1: not said */
	size_t head_bytes;	/* of all heads on this connection: 100, 200 ... */
	char etag[FETCH_FIELD_BYTES], last_modified[FETCH_FIELD_BYTES];
	char content_type[FETCH_FIELD_BYTES];
	char link[FETCH_LINK_BYTES];
	bool link_too_long;
};

/* Nothing seen yet. */
void answer_init(struct answer *answer);

/* Take a line of the head with its line end: a status line begins a new answer, the blank line ends
 * the head, and what comes later (trailers) is passed over. */
void answer_take_line(struct answer *answer, struct span line);

/* Is the body of this answer the document? */
bool answer_is_success(const struct answer *answer);
