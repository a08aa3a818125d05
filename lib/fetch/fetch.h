/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Documents and notices over the network (libcurl multi), for a host that has a poll() loop: wait
 * until fetcher_fd() is readable or fetcher_timeout_ms() has passed, then call fetcher_turn().
 * Nothing here waits, and nothing calls back outside fetcher_turn().  The program ignores SIGPIPE:
 * a host that goes away while TLS writes would end it.
 *
 * An answer counts as a document only when it is whole: the length as announced, the gzip stream
 * with its end, no part of a document, not empty, within the limits. */

#include <stddef.h>
#include <stdint.h>

#include "base/spool.h"
#include "fetch/cause.h"

enum {
	FETCHER_TRANSFERS_MAX = 256,  /* at once; fetcher_start says ERROR_LIMIT beyond */
	FETCHER_CONNECTIONS_MAX = 64, /* open at once; transfers beyond wait for one */
	FETCH_RETRY_AFTER_MAX_S = 86400,
	FETCH_HEADERS_MAX = 32, /* of a request */
	FETCH_ANSWER_HEADERS_MAX_BYTES = 256 << 10,
	FETCH_FIELD_BYTES = 1024, /* etag, content type and so on; longer ones count as absent */
	FETCH_LINK_BYTES = 4096,
	FETCH_TEXT_BYTES = 400,
};

enum fetch_method { FETCH_GET, FETCH_POST };

struct fetch_header {
	const char *name, *value;
	bool secret; /* a request with a secret header follows no redirect to another origin */
};

/* 0 takes the default in [...]. */
struct fetch_limits {
	int64_t timeout_ms;	    /* from start to end, redirects included [60000] */
	int64_t connect_timeout_ms; /* name look-up, TCP and TLS, each hop [15000] */
	int64_t low_speed_bytes_s;  /* slower than this ... [32] */
	int64_t low_speed_s;	    /* ... for so long is too slow [20] */
	size_t max_bytes;	    /* of the decoded document [64 MiB] */
	size_t max_wire_bytes;	    /* as it came over the wire [max_bytes] */
	int max_redirects;	    /* [5]; -1: none */
};

/* What to fetch.  Everything is read during fetcher_start() only. */
struct fetch_request {
	const char *url;       /* the real one, with its secrets: http, https or file */
	const char *shown_url; /* the template with `{key}` unfilled; the only one that is shown */
	enum fetch_method method;
	struct span body;	  /* POST */
	const char *content_type; /* of the body; NULL: none */
	const char *accept;	  /* NULL: any */
	const char *etag;	  /* validators of the last success; NULL or "": none */
	const char *last_modified;
	const struct fetch_header *headers;
	size_t header_count;
	struct fetch_limits limits;
	bool allow_http;	/* plain http too; otherwise only https */
	bool may_be_empty;	/* an empty answer is fine, as for a notice */
	const char *file_root;	/* file: reads regular files below this directory; NULL: file: is
				 * not allowed.  `file:a/b` is below it, `file:///x/a/b` must be */
	const char *ca_file;	/* PEM; NULL: the machine's */
	const char *proxy;	/* NULL: none (the environment is not asked) */
	const char *user_agent; /* NULL: "envgap" */
	const char *spool_dir;	/* where a document is put that is not small; NULL: it stays in
				 * memory as a whole */
};

enum fetch_outcome { FETCH_OK, FETCH_NOT_MODIFIED, FETCH_FAILED };

struct fetch_result {
	enum fetch_outcome outcome;
	enum fetch_cause cause;	     /* FETCH_CAUSE_NONE unless it failed */
	char text[FETCH_TEXT_BYTES]; /* of a failure, for people: "HTTP 503 from example.org, wants
				      * 120 s of rest"; names the host, never a path or a secret */
	int http_status;	     /* 0: there was no answer */
	int64_t retry_after_s;	     /* 0: nothing said; at most FETCH_RETRY_AFTER_MAX_S */
	int64_t elapsed_ms;
	int redirects;			       /* followed */
	struct spool body;		       /* FETCH_OK */
	size_t wire_bytes;		       /* of all bodies received */
	char etag[FETCH_FIELD_BYTES];	       /* of the answer; "": none */
	char last_modified[FETCH_FIELD_BYTES]; /* as written */
	char content_type[FETCH_FIELD_BYTES];
	char link[FETCH_LINK_BYTES]; /* Link fields (RFC 8288) joined by ", "; "" when too long */
	bool is_link_too_long;
	char host[256]; /* that answered, or did not; "" for a file */
};

struct fetcher;
struct fetch_transfer;

/* Called once for each transfer that was started and not cancelled.  The result is the fetcher's;
 * to keep the body: spool_take(&result->body).  May start and cancel transfers, its own excepted.
 */
typedef void fetch_done_fn(void *self, struct fetch_result *result);

/* A fetcher with no transfers. */
MUST_CHECK bool fetcher_new(struct fetcher **ret, struct error *err);

/* Drops what is still running, without calling back.  Not to be called from a callback. */
void fetcher_free(struct fetcher *fetcher);

#define AUTO_FETCHER AUTO(fetcher_free_slot)

/* fetcher_free() for AUTO_FETCHER. */
void fetcher_free_slot(struct fetcher **slot);

/* Begin.  Whatever is wrong with the request, its address or its answer arrives in `done`;
 * ERROR_LIMIT, ERROR_MEMORY and ERROR_SYSTEM are about ourselves, and then `done` is never called.
 * *ret (may be NULL) is for fetcher_cancel and valid until `done` was called. */
MUST_CHECK bool fetcher_start(struct fetcher *fetcher, const struct fetch_request *request,
			      fetch_done_fn *done, void *self, struct fetch_transfer **ret,
			      struct error *err);

/* Forget a transfer; `done` will not be called. */
void fetcher_cancel(struct fetcher *fetcher, struct fetch_transfer *transfer);

/* How many are started and not done. */
size_t fetcher_count(const struct fetcher *fetcher);

/* A descriptor that poll() finds readable (POLLIN) when there is something to do; the same for the
 * fetcher's life.  libcurl's time-outs are behind it as well. */
int fetcher_fd(const struct fetcher *fetcher);

/* To be asked before each wait, because time-outs are only set here.  0: call fetcher_turn() at
 * once; -1: as soon as fetcher_fd() is readable. */
int fetcher_timeout_ms(struct fetcher *fetcher);

/* Do what there is to do, without waiting, and call back for what is done. */
MUST_CHECK bool fetcher_turn(struct fetcher *fetcher, struct error *err);

/* Free what a result owns, and empty it. */
void fetch_result_done(struct fetch_result *result);
