/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One transfer: what was asked, what came so far, and why it failed.  Made here; receive.c fills
 * it, redirect.c sends it on, verdict.c judges it at its end, fetch.c has the loop. */

#include <curl/curl.h>
#include <sys/queue.h>

#include "fetch/address.h"
#include "fetch/answer.h"
#include "fetch/gunzip.h"
#include "fetch/handles.h"

/* More of an error page or a redirect's body than this is not read. */
enum { TRANSFER_DISCARD_MAX_BYTES = 64 << 10 };

struct fetch_transfer {
	TAILQ_ENTRY(fetch_transfer) entry;
	bool ready; /* the result is final and waits for its turn; in the fetcher's other list */
	CURL *easy; /* NULL: file:, or refused */
	struct handles *handles; /* where `easy` came from */
	bool attached;		 /* to the multi handle */
	struct curl_slist *header_lines;
	fetch_done_fn *done;
	void *self;

	/* of the request */
	struct fetch_limits limits; /* without zeros */
	char *file_url, *file_root; /* NULL unless file: */
	char *shown_url;
	enum fetch_method method;
	bool conditional, has_secrets, allow_http, may_be_empty;

	/* of this hop */
	struct address address;
	struct answer answer;
	struct gunzip gunzip;
	size_t hop_bytes; /* of the body, as handed to us */
	size_t raw_bytes; /* of the body, as read from the connection */
	curl_socket_t socket;
	char error_text[CURL_ERROR_SIZE];

	struct spool body;
	struct fetch_result result;
};

/* A transfer that is ready to be attached, or already has its result (`ready`) because the request
 * is refused.  ERROR_MEMORY, ERROR_LIMIT. */
MUST_CHECK bool transfer_new(const struct fetch_request *request, struct handles *handles,
			     struct fetch_transfer **ret, struct error *err);
void transfer_free(struct fetch_transfer *transfer);

#define AUTO_TRANSFER AUTO(transfer_free_slot)

/* transfer_free() for AUTO_TRANSFER. */
void transfer_free_slot(struct fetch_transfer **slot);

/* Record why it failed, for people, unless that is recorded already.  Always false. */
bool transfer_fail(struct fetch_transfer *transfer, enum fetch_cause cause, const char *fmt, ...)
	PRINTF_LIKE(3, 4);

/* Forget what came, before the next hop. */
void transfer_begin_hop(struct fetch_transfer *transfer);
