/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/transfer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "fetch/file.h"
#include "fetch/options.h"

static const struct fetch_limits defaults = {
	.timeout_ms = 60000,
	.connect_timeout_ms = 15000,
	.low_speed_bytes_s = 32,
	.low_speed_s = 20,
	.max_bytes = 64 << 20,
	.max_redirects = 5,
};

static int64_t or_default(int64_t value, int64_t fallback)
{
	return value > 0 ? value : fallback;
}

static struct fetch_limits limits_of(const struct fetch_limits *asked)
{
	struct fetch_limits limits = {
		.timeout_ms = or_default(asked->timeout_ms, defaults.timeout_ms),
		.connect_timeout_ms =
			or_default(asked->connect_timeout_ms, defaults.connect_timeout_ms),
		.low_speed_bytes_s =
			or_default(asked->low_speed_bytes_s, defaults.low_speed_bytes_s),
		.low_speed_s = or_default(asked->low_speed_s, defaults.low_speed_s),
		.max_bytes = asked->max_bytes > 0 ? asked->max_bytes : defaults.max_bytes,
		.max_wire_bytes = asked->max_wire_bytes,
		.max_redirects =
			asked->max_redirects != 0 ? asked->max_redirects : defaults.max_redirects,
	};
	if (limits.max_wire_bytes == 0)
		limits.max_wire_bytes = limits.max_bytes;
	return limits;
}

bool transfer_fail(struct fetch_transfer *transfer, enum fetch_cause cause, const char *fmt, ...)
{
	struct fetch_result *result = &transfer->result;
	if (result->cause != FETCH_CAUSE_NONE)
		return false;
	result->outcome = FETCH_FAILED;
	result->cause = cause;
	va_list args;
	va_start(args, fmt);
	(void)vsnprintf(result->text, sizeof result->text, fmt, args);
	va_end(args);
	return false;
}

static bool has_line_end(const char *string)
{
	return string != NULL && strpbrk(string, "\r\n") != NULL;
}

static bool headers_allowed(struct fetch_transfer *transfer, const struct fetch_request *request)
{
	if (request->header_count > FETCH_HEADERS_MAX)
		return transfer_fail(transfer, FETCH_CAUSE_NOT_ALLOWED, "more than %d headers",
				     FETCH_HEADERS_MAX);
	const char *const values[] = {request->accept, request->etag, request->last_modified,
				      request->content_type, request->user_agent};
	bool bad = false;
	for (size_t i = 0; i < COUNT_OF(values); i++)
		bad |= has_line_end(values[i]);
	for (size_t i = 0; i < request->header_count; i++)
		bad |= has_line_end(request->headers[i].name) ||
		       has_line_end(request->headers[i].value);
	return !bad ||
	       transfer_fail(transfer, FETCH_CAUSE_NOT_ALLOWED, "a header has a line end within");
}

/* Is this an address that we ask at all?  Otherwise the transfer has its result. */
static bool address_allowed(struct fetch_transfer *transfer, const struct fetch_request *request)
{
	struct address *address = &transfer->address;
	const char *shown = transfer->shown_url;
	if (!address_read(request->url, address))
		return transfer_fail(transfer, FETCH_CAUSE_NOT_ALLOWED, "'%.200s' is not a URL",
				     shown);
	if (strcmp(address->scheme, "http") == 0 && !request->allow_http)
		return transfer_fail(transfer, FETCH_CAUSE_NOT_ALLOWED,
				     "'%.200s' is http, allowed is https", shown);
	bool known = strcmp(address->scheme, "http") == 0 || strcmp(address->scheme, "https") == 0;
	if (!known || address->host[0] == '\0')
		return transfer_fail(transfer, FETCH_CAUSE_NOT_ALLOWED,
				     "'%.200s' is neither http nor https", shown);
	return headers_allowed(transfer, request);
}

static bool keep_file(struct fetch_transfer *transfer, const struct fetch_request *request,
		      struct error *err)
{
	if (request->file_root == NULL) {
		(void)transfer_fail(transfer, FETCH_CAUSE_NOT_ALLOWED,
				    "'%.200s': file: is not allowed", transfer->shown_url);
		return true;
	}
	transfer->file_url = strdup(request->url);
	transfer->file_root = strdup(request->file_root);
	if (transfer->file_url == NULL || transfer->file_root == NULL)
		return error_memory(err);
	return true;
}

static void keep_rules(struct fetch_transfer *transfer, const struct fetch_request *request)
{
	transfer->limits = limits_of(&request->limits);
	transfer->method = request->method;
	transfer->conditional =
		(request->etag != NULL && request->etag[0] != '\0') ||
		(request->last_modified != NULL && request->last_modified[0] != '\0');
	transfer->allow_http = request->allow_http;
	transfer->may_be_empty = request->may_be_empty;
	for (size_t i = 0; i < request->header_count; i++)
		transfer->has_secrets |= request->headers[i].secret;
	transfer->has_secrets |= request->method == FETCH_POST;
}

static bool prepare(struct fetch_transfer *transfer, const struct fetch_request *request,
		    struct error *err)
{
	if (file_is_url(request->url))
		return keep_file(transfer, request, err);
	if (!address_allowed(transfer, request))
		return true;
	transfer->has_secrets |= transfer->address.has_user;
	(void)snprintf(transfer->result.host, sizeof transfer->result.host, "%s",
		       transfer->address.host);
	transfer->easy = handles_take(transfer->handles);
	if (transfer->easy == NULL)
		return error_memory(err);
	transfer_begin_hop(transfer);
	return options_set(transfer, request, err);
}

bool transfer_new(const struct fetch_request *request, struct handles *handles,
		  struct fetch_transfer **ret, struct error *err)
{
	AUTO_TRANSFER struct fetch_transfer *transfer = calloc(1, sizeof *transfer);
	if (transfer == NULL)
		return error_memory(err);
	transfer->handles = handles;
	transfer->socket = CURL_SOCKET_BAD;
	transfer->shown_url = strdup(request->shown_url != NULL ? request->shown_url : "(unnamed)");
	if (transfer->shown_url == NULL)
		return error_memory(err);
	keep_rules(transfer, request);
	if (!spool_init(&transfer->body, request->spool_dir, transfer->limits.max_bytes, err))
		return false;
	if (!prepare(transfer, request, err))
		return false;
	*ret = ptr_take(&transfer);
	return true;
}

void transfer_free(struct fetch_transfer *transfer)
{
	if (transfer == NULL)
		return;
	handles_give(transfer->handles, transfer->easy);
	curl_slist_free_all(transfer->header_lines);
	gunzip_done(&transfer->gunzip);
	spool_done(&transfer->body);
	fetch_result_done(&transfer->result);
	free(transfer->file_url);
	free(transfer->file_root);
	free(transfer->shown_url);
	free(transfer);
}

void transfer_free_slot(struct fetch_transfer **slot)
{
	transfer_free(*slot);
}

void transfer_begin_hop(struct fetch_transfer *transfer)
{
	answer_init(&transfer->answer);
	gunzip_done(&transfer->gunzip);
	spool_clear(&transfer->body);
	transfer->hop_bytes = transfer->raw_bytes = 0;
	transfer->socket = CURL_SOCKET_BAD;
	transfer->error_text[0] = '\0';
	(void)curl_easy_setopt(transfer->easy, CURLOPT_VERBOSE, 0L);
}
