/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/verdict.h"

#include <inttypes.h>
#include <stdio.h>

#include "fetch/file.h"

typedef bool say_fn(struct fetch_transfer *transfer, CURLcode code);

static const char *host_of(const struct fetch_transfer *transfer)
{
	return transfer->address.host;
}

/* libcurl's own words about it. */
static const char *words(const struct fetch_transfer *transfer, CURLcode code)
{
	return transfer->error_text[0] != '\0' ? transfer->error_text : curl_easy_strerror(code);
}

static bool say_resolve(struct fetch_transfer *transfer, CURLcode code)
{
	return transfer_fail(transfer, FETCH_CAUSE_RESOLVE, "no address is known for %s: %s",
			     host_of(transfer), words(transfer, code));
}

static bool say_connect(struct fetch_transfer *transfer, CURLcode code)
{
	long number = 0;
	(void)curl_easy_getinfo(transfer->easy, CURLINFO_OS_ERRNO, &number);
	return transfer_fail(transfer, FETCH_CAUSE_CONNECT, "no connection to %s port %s: %s",
			     host_of(transfer), transfer->address.port,
			     number != 0 ? strerror((int)number) : words(transfer, code));
}

static bool say_certificate(struct fetch_transfer *transfer, CURLcode code)
{
	static const char prefix[] = "SSL certificate problem: ";
	const char *why = words(transfer, code);
	if (strncmp(why, prefix, sizeof prefix - 1) == 0)
		why += sizeof prefix - 1;
	return transfer_fail(transfer, FETCH_CAUSE_TLS, "certificate of %s is not trusted: %s",
			     host_of(transfer), why);
}

static bool say_tls(struct fetch_transfer *transfer, CURLcode code)
{
	return transfer_fail(transfer, FETCH_CAUSE_TLS, "no TLS with %s: %s", host_of(transfer),
			     words(transfer, code));
}

static bool say_lost(struct fetch_transfer *transfer, CURLcode code)
{
	return transfer_fail(transfer, FETCH_CAUSE_LOST,
			     "the connection to %s was lost before its answer was complete: %s",
			     host_of(transfer), words(transfer, code));
}

static bool say_truncated(struct fetch_transfer *transfer, CURLcode code)
{
	(void)code;
	const struct answer *answer = &transfer->answer;
	if (answer->chunked || answer->content_length < 0)
		return transfer_fail(
			transfer, FETCH_CAUSE_TRUNCATED,
			"the document of %s breaks off after %zu bytes, before its end",
			host_of(transfer), transfer->hop_bytes);
	return transfer_fail(transfer, FETCH_CAUSE_TRUNCATED,
			     "the document of %s breaks off after %zu of %" PRId64 " bytes",
			     host_of(transfer), transfer->hop_bytes, answer->content_length);
}

static bool say_bad_answer(struct fetch_transfer *transfer, CURLcode code)
{
	return transfer_fail(transfer, FETCH_CAUSE_BAD_ANSWER, "%s does not speak sound HTTP: %s",
			     host_of(transfer), words(transfer, code));
}

static bool say_bad_encoding(struct fetch_transfer *transfer, CURLcode code)
{
	return transfer_fail(transfer, FETCH_CAUSE_BAD_ENCODING, "the document of %s: %s",
			     host_of(transfer), words(transfer, code));
}

static bool say_internal(struct fetch_transfer *transfer, CURLcode code)
{
	return transfer_fail(transfer, FETCH_CAUSE_INTERNAL, "%s: %s", host_of(transfer),
			     words(transfer, code));
}

/* libcurl has one code for what a reset and what bad chunks leave behind. */
static bool say_not_received(struct fetch_transfer *transfer, CURLcode code)
{
	bool is_bad = strstr(words(transfer, code), "in chunked-encoding") != NULL;
	return is_bad ? say_bad_answer(transfer, code) : say_lost(transfer, code);
}

/* It says so of a line of the head, too, that is longer than it takes. */
static bool say_no_memory(struct fetch_transfer *transfer, CURLcode code)
{
	if (transfer->answer.head_ended)
		return say_internal(transfer, code);
	return transfer_fail(transfer, FETCH_CAUSE_BAD_ANSWER,
			     "%s sent a head with a line that does not end", host_of(transfer));
}

static bool say_no_connection_in_time(struct fetch_transfer *transfer)
{
	curl_off_t resolved_us = 0;
	(void)curl_easy_getinfo(transfer->easy, CURLINFO_NAMELOOKUP_TIME_T, &resolved_us);
	bool resolved = resolved_us > 0;
	return transfer_fail(transfer, resolved ? FETCH_CAUSE_CONNECT : FETCH_CAUSE_RESOLVE,
			     resolved ? "no connection to %s within %" PRId64 " ms"
				      : "no address for %s within %" PRId64 " ms",
			     host_of(transfer), transfer->result.elapsed_ms);
}

/* libcurl has one code for three time-outs. */
static bool say_timeout(struct fetch_transfer *transfer, CURLcode code)
{
	(void)code;
	const struct fetch_limits *limits = &transfer->limits;
	long request_bytes = 0;
	(void)curl_easy_getinfo(transfer->easy, CURLINFO_REQUEST_SIZE, &request_bytes);
	if (request_bytes == 0)
		return say_no_connection_in_time(transfer);
	if (transfer->result.elapsed_ms >= limits->timeout_ms)
		return transfer_fail(transfer, FETCH_CAUSE_TIMEOUT,
				     "%s did not answer in full within %" PRId64 " ms",
				     host_of(transfer), limits->timeout_ms);
	return transfer_fail(transfer, FETCH_CAUSE_TOO_SLOW,
			     "%s sent less than %" PRId64 " bytes/s for %" PRId64 " s",
			     host_of(transfer), limits->low_speed_bytes_s, limits->low_speed_s);
}

static const struct {
	CURLcode code;
	say_fn *say;
} failures[] = {
	{CURLE_COULDNT_RESOLVE_HOST, say_resolve},
	{CURLE_COULDNT_RESOLVE_PROXY, say_resolve},
	{CURLE_COULDNT_CONNECT, say_connect},
	{CURLE_PROXY, say_connect},
	{CURLE_PEER_FAILED_VERIFICATION, say_certificate},
	{CURLE_SSL_CONNECT_ERROR, say_tls},
	{CURLE_SSL_CIPHER, say_tls},
	{CURLE_SSL_CACERT_BADFILE, say_tls},
	{CURLE_GOT_NOTHING, say_lost},
	{CURLE_SEND_ERROR, say_lost},
	{CURLE_RECV_ERROR, say_not_received},
	{CURLE_PARTIAL_FILE, say_truncated},
	{CURLE_OPERATION_TIMEDOUT, say_timeout},
	{CURLE_OUT_OF_MEMORY, say_no_memory},
	{CURLE_UNSUPPORTED_PROTOCOL, say_bad_answer}, /* HTTP/0.9; our URL's was seen to */
	{CURLE_WEIRD_SERVER_REPLY, say_bad_answer},
	{CURLE_BAD_CONTENT_ENCODING, say_bad_encoding},
};

static void say_failure(struct fetch_transfer *transfer, CURLcode code)
{
	for (size_t i = 0; i < COUNT_OF(failures); i++) {
		if (failures[i].code == code) {
			(void)failures[i].say(transfer, code);
			return;
		}
	}
	(void)say_internal(transfer, code);
}

static void say_status(struct fetch_transfer *transfer)
{
	char rest[64] = "";
	if (transfer->result.retry_after_s > 0)
		(void)snprintf(rest, sizeof rest, ", wants %" PRId64 " s of rest",
			       transfer->result.retry_after_s);
	(void)transfer_fail(transfer, FETCH_CAUSE_HTTP_STATUS, "HTTP %d from %s%s",
			    transfer->answer.status, host_of(transfer), rest);
}

static void keep_facts(struct fetch_transfer *transfer)
{
	const struct answer *answer = &transfer->answer;
	struct fetch_result *result = &transfer->result;
	curl_off_t wait_s = 0;
	(void)curl_easy_getinfo(transfer->easy, CURLINFO_RETRY_AFTER, &wait_s);
	if (wait_s > 0) /* a date in the past is negative */
		result->retry_after_s =
			wait_s < FETCH_RETRY_AFTER_MAX_S ? wait_s : FETCH_RETRY_AFTER_MAX_S;
	result->http_status = answer->status;
	memcpy(result->etag, answer->etag, sizeof result->etag);
	memcpy(result->last_modified, answer->last_modified, sizeof result->last_modified);
	memcpy(result->content_type, answer->content_type, sizeof result->content_type);
	memcpy(result->link, answer->link, sizeof result->link);
	result->is_link_too_long = answer->link_too_long;
}

static void take_document(struct fetch_transfer *transfer)
{
	struct fetch_result *result = &transfer->result;
	if (spool_len(&transfer->body) == 0 && !transfer->may_be_empty) {
		(void)transfer_fail(
			transfer, FETCH_CAUSE_EMPTY, "%s answered with success and no document",
			transfer->file_url != NULL ? transfer->shown_url : host_of(transfer));
		return;
	}
	result->body = spool_take(&transfer->body);
	result->outcome = FETCH_OK;
}

static bool gzip_is_whole(const struct fetch_transfer *transfer)
{
	return !transfer->answer.gzip || transfer->hop_bytes == 0 || transfer->gunzip.ended;
}

void verdict_reach(struct fetch_transfer *transfer, CURLcode code)
{
	struct fetch_result *result = &transfer->result;
	result->outcome = FETCH_FAILED;
	keep_facts(transfer);
	if (result->cause != FETCH_CAUSE_NONE)
		return;
	/* an error page need not be whole to be an error */
	bool answered = transfer->answer.head_ended && transfer->answer.status >= 300;
	if (answered && transfer->answer.status == 304 && transfer->conditional)
		result->outcome = FETCH_NOT_MODIFIED;
	else if (answered)
		say_status(transfer);
	else if (code != CURLE_OK)
		say_failure(transfer, code);
	else if (!transfer->answer.head_ended)
		(void)transfer_fail(transfer, FETCH_CAUSE_LOST,
				    "the connection to %s was lost within the head of its answer",
				    host_of(transfer));
	else if (!gzip_is_whole(transfer))
		(void)transfer_fail(transfer, FETCH_CAUSE_TRUNCATED,
				    "the gzip stream of %s breaks off before its end",
				    host_of(transfer));
	else
		take_document(transfer);
}

void verdict_reach_file(struct fetch_transfer *transfer)
{
	struct error err = {0};
	enum fetch_cause cause = FETCH_CAUSE_FILE;
	transfer->result.outcome = FETCH_FAILED;
	if (file_read(transfer->file_root, transfer->file_url, &transfer->body, &cause, &err))
		take_document(transfer);
	else
		(void)transfer_fail(transfer, cause, "'%.200s': %s", transfer->shown_url, err.text);
}
