/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/receive.h"

#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>

static bool too_large(struct fetch_transfer *transfer, size_t limit_bytes)
{
	return transfer_fail(transfer, FETCH_CAUSE_TOO_LARGE,
			     "the document of %s is larger than %zu bytes", transfer->address.host,
			     limit_bytes);
}

/* Refuse by its head what need not be read. */
static bool judge_head(struct fetch_transfer *transfer)
{
	const struct answer *answer = &transfer->answer;
	const char *host = transfer->address.host;
	if (!answer_is_success(answer))
		return true;
	if (answer->status == 206)
		return transfer_fail(transfer, FETCH_CAUSE_PARTIAL_CONTENT,
				     "%s sent a part of the document, unasked (HTTP 206)", host);
	if (answer->unknown_encoding)
		return transfer_fail(transfer, FETCH_CAUSE_BAD_ENCODING,
				     "%s sent Content-Encoding '%s', asked for was gzip", host,
				     answer->encoding);
	if (answer->two_lengths)
		return transfer_fail(transfer, FETCH_CAUSE_LENGTH_MISMATCH,
				     "%s gave two different lengths, or none that is a number",
				     host);
	size_t limit_bytes = transfer->limits.max_wire_bytes;
	if (!answer->gzip && limit_bytes > transfer->limits.max_bytes)
		limit_bytes = transfer->limits.max_bytes;
	if (!answer->chunked && answer->content_length > (int64_t)limit_bytes)
		return too_large(transfer, limit_bytes);
	return true;
}

size_t receive_head(char *bytes, size_t one, size_t count, void *self)
{
	struct fetch_transfer *transfer = self;
	size_t len = one * count;
	bool ended = transfer->answer.head_ended;
	answer_take_line(&transfer->answer, (struct span){bytes, len});
	if (transfer->answer.head_bytes > FETCH_ANSWER_HEADERS_MAX_BYTES) {
		(void)transfer_fail(transfer, FETCH_CAUSE_BAD_ANSWER,
				    "%s sent headers of more than %d bytes", transfer->address.host,
				    FETCH_ANSWER_HEADERS_MAX_BYTES);
		return 0;
	}
	if (ended || !transfer->answer.head_ended)
		return len;
	/* libcurl passes over what is behind the announced length, and tells it to the trace only;
	 * from here on, so that the trace costs next to nothing */
	if (transfer->answer.content_length >= 0 && !transfer->answer.chunked)
		(void)curl_easy_setopt(transfer->easy, CURLOPT_VERBOSE, 1L);
	return judge_head(transfer) ? len : 0;
}

int receive_trace(CURL *easy, curl_infotype type, char *bytes, size_t len, void *self)
{
	(void)easy;
	(void)bytes;
	struct fetch_transfer *transfer = self;
	if (type == CURLINFO_DATA_IN)
		transfer->raw_bytes += len;
	return 0;
}

/* Is there more to read although all that was announced has come?  Behind TLS that cannot be told
 * from TLS's own messages. */
static bool more_waits(const struct fetch_transfer *transfer, curl_socket_t fd)
{
	char byte;
	return fd != CURL_SOCKET_BAD && strcmp(transfer->address.scheme, "http") == 0 &&
	       recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

static bool say_longer(struct fetch_transfer *transfer)
{
	return transfer_fail(transfer, FETCH_CAUSE_LENGTH_MISMATCH,
			     "%s sent more than the %" PRId64 " bytes that it announced",
			     transfer->address.host, transfer->answer.content_length);
}

static bool has_length(const struct answer *answer)
{
	return !answer->chunked && answer->content_length >= 0;
}

static bool length_holds(struct fetch_transfer *transfer)
{
	if (!has_length(&transfer->answer))
		return true;
	size_t announced = (size_t)transfer->answer.content_length;
	bool all_came = transfer->hop_bytes >= announced;
	if (transfer->raw_bytes <= announced &&
	    !(all_came && more_waits(transfer, transfer->socket)))
		return true;
	return say_longer(transfer);
}

bool receive_end(struct fetch_transfer *transfer)
{
	curl_socket_t fd = CURL_SOCKET_BAD;
	if (!has_length(&transfer->answer) ||
	    curl_easy_getinfo(transfer->easy, CURLINFO_ACTIVESOCKET, &fd) != CURLE_OK ||
	    !more_waits(transfer, fd))
		return true;
	(void)shutdown(fd, SHUT_RDWR);
	return say_longer(transfer);
}

/* Why the document cannot be kept. */
static bool refuse(struct fetch_transfer *transfer, const struct error *why)
{
	static const enum fetch_cause causes[] = {
		[ERROR_INPUT] = FETCH_CAUSE_BAD_ENCODING,
		[ERROR_SYSTEM] = FETCH_CAUSE_STORAGE,
		[ERROR_PERMISSION] = FETCH_CAUSE_STORAGE,
		[ERROR_MEMORY] = FETCH_CAUSE_INTERNAL,
	};
	const char *host = transfer->address.host;
	if (why->code == ERROR_LIMIT && !transfer->answer.gzip)
		return too_large(transfer, transfer->limits.max_bytes);
	if (why->code == ERROR_LIMIT)
		return transfer_fail(transfer, FETCH_CAUSE_TOO_LARGE_DECODED,
				     "the document of %s is larger than %zu bytes once decoded",
				     host, transfer->limits.max_bytes);
	return transfer_fail(transfer, causes[why->code], "the document of %s: %s", host,
			     why->text);
}

static bool keep(struct fetch_transfer *transfer, struct span bytes)
{
	struct error err = {0};
	bool done = transfer->answer.gzip
			    ? gunzip_add(&transfer->gunzip, bytes, &transfer->body, &err)
			    : spool_add(&transfer->body, bytes, &err);
	return done || refuse(transfer, &err);
}

size_t receive_body(char *bytes, size_t one, size_t count, void *self)
{
	struct fetch_transfer *transfer = self;
	size_t len = one * count;
	transfer->hop_bytes += len;
	transfer->result.wire_bytes += len;
	if (!answer_is_success(&transfer->answer))
		return transfer->hop_bytes > TRANSFER_DISCARD_MAX_BYTES ? 0 : len;
	if (!length_holds(transfer))
		return 0;
	if (transfer->hop_bytes > transfer->limits.max_wire_bytes) {
		(void)too_large(transfer, transfer->limits.max_wire_bytes);
		return 0;
	}
	return keep(transfer, (struct span){bytes, len}) ? len : 0;
}
