/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The request for the next document of a run, put together from the feed's settings. */

#include "daemon/poller.h"

enum { JOB_HEADERS_MAX = FETCH_HEADERS_MAX, JOB_URL_BYTES = 8192, JOB_BODY_BYTES = 256 << 10 };

/* What fetcher_start needs, with the memory behind it. */
struct job_request {
	struct fetch_request request;
	struct fetch_header headers[JOB_HEADERS_MAX];
	char *header_values[JOB_HEADERS_MAX];
	struct key_map secrets; /* name = secret */
	char *url, *body;
	bool is_elsewhere; /* a document named it, at another server: keys stay here */
	char host[256];
};

#define AUTO_JOB_REQUEST AUTO(job_request_done)

/* Secrets are read from their files now.  job->shown has been made.  *ret borrows from the job and
 * its feed. */
MUST_CHECK bool job_request_make(const struct job *job, const struct feed_run *run,
				 struct job_request *ret, struct error *err);
/* Frees it and wipes the secrets. */
void job_request_done(struct job_request *request);

/* The URL for people, keys unfilled; for the caller to free. */
MUST_CHECK bool job_shown_url(const struct config_feed *feed, char **ret, struct error *err);

/* Host and port of a URL in small letters, for the pace; "" for a file. */
void job_find_host(const char *url, char host[256]);
