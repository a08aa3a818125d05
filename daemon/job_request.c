/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/job_request.h"

#include <ctype.h>
#include <stdlib.h>

#include "config/secret.h"
#include "feed/url.h"
#include "feed/url_resolve.h"

enum { MS = 1000 };

static void wipe(char *secret)
{
	if (secret == NULL)
		return;
	explicit_bzero(secret, strlen(secret));
	free(secret);
}

void job_request_done(struct job_request *request)
{
	for (size_t i = 0; i < JOB_HEADERS_MAX; i++)
		wipe(request->header_values[i]);
	for (size_t i = 0; i < request->secrets.count; i++)
		wipe(request->secrets.items[i].value);
	free(request->secrets.items);
	wipe(request->url);
	wipe(request->body);
	*request = (struct job_request){0};
}

static bool read_secrets(const struct config_feed *feed, struct key_map *ret, struct error *err)
{
	if (feed->secrets.count == 0)
		return true;
	ret->items = calloc(feed->secrets.count, sizeof *ret->items);
	if (ret->items == NULL)
		return error_memory(err);
	for (size_t i = 0; i < feed->secrets.count; i++) {
		ret->items[i].name = feed->secrets.items[i].name;
		ret->count = i + 1;
		if (!secret_read(feed->secrets.items[i].value, &ret->items[i].value, err))
			return error_within(err, "secret '%s'", feed->secrets.items[i].name);
	}
	return true;
}

/* For whom a template is filled. */
struct filler {
	const struct job *job;
	const struct feed_run *run;
	const struct job_request *request;
};

/* A template, filled. */
struct filled {
	char *text;
	bool has_secret;
};

/* `kind` is NULL for a URL or header. */
static bool fill_any(const struct filler *filler, const char *pattern,
		     const enum feed_body_kind *kind, struct filled *ret, struct error *err)
{
	const struct job *job = filler->job;
	const struct feed_run *run = filler->run;
	AUTO_TEXT struct text filled = text_with_limit(kind ? JOB_BODY_BYTES : JOB_URL_BYTES);
	AUTO_TEXT struct text shown = text_with_limit(kind ? JOB_BODY_BYTES : JOB_URL_BYTES);
	const struct feed_url url = {.pattern = pattern,
				     .variables = &job->feed->variables,
				     .secrets = &filler->request->secrets,
				     .page = run->page,
				     .page_size = job->feed->mapping.paging.size,
				     .offset = run->offset,
				     .cursor = run->style == FEED_PAGING_CURSOR ? run->next : "",
				     .today = intake_day(&job->intake)};
	bool is_body = kind != NULL;
	bool done = is_body ? feed_body_fill(&url, *kind, &filled, err) &&
				      feed_body_show(&url, *kind, &shown, err)
			    : feed_url_fill(&url, &filled, err) && feed_url_show(&url, &shown, err);
	if (!done)
		return false;
	ret->has_secret = !span_equal(text_span(&filled), text_span(&shown));
	ret->text = text_take(&filled);
	return ret->text != NULL || error_memory(err);
}

static bool fill(const struct job *job, const struct job_request *request, const char *pattern,
		 const struct feed_run *run, struct filled *ret, struct error *err)
{
	const struct filler filler = {job, run, request};
	return fill_any(&filler, pattern, NULL, ret, err);
}

static bool fill_headers(const struct job *job, const struct feed_run *run,
			 struct job_request *request, struct error *err)
{
	const struct key_map *headers = &job->feed->headers;
	if (headers->count > JOB_HEADERS_MAX)
		return error_set(err, ERROR_LIMIT, "more than %d headers", JOB_HEADERS_MAX);
	for (size_t i = 0; i < headers->count; i++) {
		struct filled filled;
		if (!fill(job, request, headers->items[i].value, run, &filled, err))
			return error_within(err, "header '%s'", headers->items[i].name);
		request->header_values[i] = filled.text;
		/* a document must not send our keys to a server of its choice */
		if (filled.has_secret && request->is_elsewhere)
			continue;
		request->headers[request->request.header_count++] = (struct fetch_header){
			headers->items[i].name, filled.text, filled.has_secret};
	}
	request->request.headers = request->headers;
	return true;
}

void job_find_host(const char *url, char host[256])
{
	const char *begin = strstr(url, "://");
	const char *start = begin ? begin + strlen("://") : url;
	size_t len = strcspn(start, "/?#");
	const char *at = memchr(start, '@', len);
	if (at != NULL) {
		len -= (size_t)(at + 1 - start);
		start = at + 1;
	}
	host[0] = '\0';
	if (begin == NULL || strncmp(url, "file:", strlen("file:")) == 0 || len > 255)
		return;
	for (size_t i = 0; i < len; i++)
		host[i] = (char)tolower((unsigned char)start[i]);
	host[len] = '\0';
}

/* Validators speak of one document read with these settings; a paged answer has several. */
static bool may_be_conditional(const struct job *job, const struct feed_run *run)
{
	return run->style == FEED_PAGING_NONE && run->pages_read == 0 &&
	       feed_intake_may_skip(job->run, &job->remembered);
}

static void set_limits(const struct job *job, struct fetch_request *request)
{
	const struct config_feed *feed = job->feed;
	request->limits = (struct fetch_limits){
		.timeout_ms = (int64_t)feed->timeout_s * MS,
		.connect_timeout_ms = (int64_t)feed->connect_timeout_s * MS,
		.max_bytes = (size_t)feed->max_document_bytes,
		.max_redirects = feed->redirects == 0 ? -1 : (int)feed->redirects,
	};
	request->allow_http = feed->allow_http;
	request->file_root = feed->file_root;
	request->ca_file = feed->ca_file;
	request->spool_dir = job->poller->spool_dir;
	request->accept = feed->accept;
	request->user_agent = job->poller->desk->setup->config->user_agent;
	request->proxy = job->poller->desk->setup->config->proxy;
}

/* From the first document's URL to the one that a document named. */
static bool go_on(const char *next, struct job_request *ret, struct error *err)
{
	AUTO_TEXT struct text url = text_with_limit(JOB_URL_BYTES);
	if (!feed_url_resolve(span_of(ret->url), span_of(next), &url, err))
		return error_within(err, "the URL of the next document");
	char *taken = text_take(&url);
	if (taken == NULL)
		return error_memory(err);
	ret->is_elsewhere = !feed_url_same_origin(span_of(ret->url), span_of(taken));
	wipe(ret->url);
	ret->url = taken;
	return true;
}

static bool set_address(const struct job *job, const struct feed_run *run, struct job_request *ret,
			struct error *err)
{
	struct filled filled = {0};
	if (!fill(job, ret, job->feed->url, run, &filled, err))
		return error_within(err, "url");
	ret->url = filled.text;
	if (run->style != FEED_PAGING_CURSOR && run->next[0] != '\0' && !go_on(run->next, ret, err))
		return false;
	job_find_host(ret->url, ret->host);
	ret->request.url = ret->url;
	ret->request.shown_url = job->shown;
	return true;
}

static bool set_body(const struct job *job, const struct feed_run *run, struct job_request *ret,
		     struct error *err)
{
	if (job->feed->method != CONFIG_POST)
		return true;
	ret->request.method = FETCH_POST;
	ret->request.content_type = job->feed->content_type;
	if (job->feed->body == NULL)
		return true;
	const struct filler filler = {job, run, ret};
	const enum feed_body_kind kind = feed_body_kind(job->feed->content_type);
	struct filled filled;
	if (!fill_any(&filler, job->feed->body, &kind, &filled, err))
		return error_within(err, "body");
	ret->body = filled.text;
	ret->request.body = span_of(ret->body);
	return !filled.has_secret || !ret->is_elsewhere ||
	       error_set(err, ERROR_REFUSED,
			 "the next document is said to be at %s, and the body of the request has a "
			 "secret that stays with the first server",
			 ret->host);
}

bool job_request_make(const struct job *job, const struct feed_run *run, struct job_request *ret,
		      struct error *err)
{
	AUTO_JOB_REQUEST struct job_request request = {0};
	if (!read_secrets(job->feed, &request.secrets, err) ||
	    !set_address(job, run, &request, err) || !set_body(job, run, &request, err) ||
	    !fill_headers(job, run, &request, err))
		return false;
	set_limits(job, &request.request);
	if (may_be_conditional(job, run)) {
		request.request.etag = job->remembered.etag;
		request.request.last_modified = job->remembered.last_modified;
	}
	*ret = request;
	ret->request.headers = ret->headers;
	request = (struct job_request){0};
	return true;
}

bool job_shown_url(const struct config_feed *feed, char **ret, struct error *err)
{
	AUTO_TEXT struct text shown = text_with_limit(JOB_URL_BYTES);
	struct feed_run first;
	feed_run_begin(&first, &feed->mapping);
	const struct feed_url url = {.pattern = feed->url,
				     .variables = &feed->variables,
				     .secrets = &feed->secrets,
				     .page = first.page,
				     .page_size = feed->mapping.paging.size,
				     .offset = first.offset,
				     .today = DAY_NONE};
	if (!feed_url_show(&url, &shown, err))
		return false;
	*ret = text_take(&shown);
	return *ret != NULL || error_memory(err);
}
