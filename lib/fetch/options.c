/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/options.h"

#include "fetch/receive.h"

enum { HEADER_LINE_BYTES = 8192 };

/* What holds for every request.  HTTP/1.1 only, because what we check about lengths is about it. */
static const struct {
	CURLoption option;
	long value;
} always[] = {
	{CURLOPT_NOSIGNAL, 1},
	/* do not wait for a name look-up that hangs when its transfer is given up */
	{CURLOPT_QUICK_EXIT, 1},
	{CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1},
	{CURLOPT_HTTP09_ALLOWED, 0},
	{CURLOPT_FOLLOWLOCATION, 0},
	{CURLOPT_HTTP_CONTENT_DECODING, 0},
	{CURLOPT_SUPPRESS_CONNECT_HEADERS, 1},
	{CURLOPT_NETRC, CURL_NETRC_IGNORED},
	{CURLOPT_UNRESTRICTED_AUTH, 0},
	{CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2},
	{CURLOPT_SSL_VERIFYPEER, 1},
	{CURLOPT_SSL_VERIFYHOST, 2},
};

/* Options are set stickily: after the first that is refused nothing more is tried. */
struct options {
	CURL *easy;
	CURLcode first_failure;
};

static void set_long(struct options *options, CURLoption option, long value)
{
	if (options->first_failure == CURLE_OK)
		options->first_failure = curl_easy_setopt(options->easy, option, value);
}

static void set_pointer(struct options *options, CURLoption option, const void *value)
{
	if (options->first_failure == CURLE_OK)
		options->first_failure = curl_easy_setopt(options->easy, option, value);
}

static void set_size(struct options *options, CURLoption option, curl_off_t value)
{
	if (options->first_failure == CURLE_OK)
		options->first_failure = curl_easy_setopt(options->easy, option, value);
}

static void add_line(struct fetch_transfer *transfer, struct options *options, const char *line)
{
	struct curl_slist *longer = curl_slist_append(transfer->header_lines, line);
	if (longer == NULL)
		options->first_failure = CURLE_OUT_OF_MEMORY;
	else
		transfer->header_lines = longer;
}

static void add_header(struct fetch_transfer *transfer, struct options *options, const char *name,
		       const char *value)
{
	AUTO_TEXT struct text line = text_with_limit(HEADER_LINE_BYTES);
	/* libcurl's way of writing a header without a value is a semicolon */
	if (value[0] == '\0')
		text_addf(&line, "%s;", name);
	else
		text_addf(&line, "%s: %s", name, value);
	AUTO_FREE char *string = text_take(&line);
	if (string == NULL)
		options->first_failure = CURLE_OUT_OF_MEMORY;
	else
		add_line(transfer, options, string);
}

static void add_if_said(struct fetch_transfer *transfer, struct options *options, const char *name,
			const char *value)
{
	if (value != NULL && value[0] != '\0')
		add_header(transfer, options, name, value);
}

static void set_headers(struct fetch_transfer *transfer, const struct fetch_request *request,
			struct options *options)
{
	add_header(transfer, options, "Accept-Encoding", "gzip");
	add_if_said(transfer, options, "Accept", request->accept);
	add_if_said(transfer, options, "If-None-Match", request->etag);
	add_if_said(transfer, options, "If-Modified-Since", request->last_modified);
	for (size_t i = 0; i < request->header_count; i++)
		add_header(transfer, options, request->headers[i].name, request->headers[i].value);
	set_pointer(options, CURLOPT_HTTPHEADER, transfer->header_lines);
}

static void set_post(struct fetch_transfer *transfer, const struct fetch_request *request,
		     struct options *options)
{
	if (request->method != FETCH_POST)
		return;
	set_long(options, CURLOPT_POST, 1);
	set_size(options, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.len);
	set_pointer(options, CURLOPT_COPYPOSTFIELDS,
		    request->body.len > 0 ? request->body.start : "");
	/* a name without a value takes libcurl's own header away */
	add_line(transfer, options, "Expect:");
	if (request->content_type == NULL)
		add_line(transfer, options, "Content-Type:");
	else
		add_header(transfer, options, "Content-Type", request->content_type);
}

static void set_callbacks(struct fetch_transfer *transfer, struct options *options)
{
	CURL *easy = options->easy;
	set_pointer(options, CURLOPT_PRIVATE, transfer);
	set_pointer(options, CURLOPT_ERRORBUFFER, transfer->error_text);
	set_pointer(options, CURLOPT_HEADERDATA, transfer);
	set_pointer(options, CURLOPT_WRITEDATA, transfer);
	set_pointer(options, CURLOPT_DEBUGDATA, transfer);
	if (options->first_failure == CURLE_OK)
		options->first_failure =
			curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, receive_head);
	if (options->first_failure == CURLE_OK)
		options->first_failure =
			curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive_body);
	if (options->first_failure == CURLE_OK)
		options->first_failure =
			curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, receive_trace);
}

static void set_strings(const struct fetch_request *request, struct options *options)
{
	set_pointer(options, CURLOPT_URL, request->url);
	set_pointer(options, CURLOPT_USERAGENT,
		    request->user_agent != NULL ? request->user_agent : "envgap");
	set_pointer(options, CURLOPT_PROTOCOLS_STR, request->allow_http ? "http,https" : "https");
	/* "" also keeps libcurl from asking http_proxy and no_proxy of the environment */
	set_pointer(options, CURLOPT_PROXY, request->proxy != NULL ? request->proxy : "");
	set_pointer(options, CURLOPT_NOPROXY, "");
	/* a directory of certificates would be searched anew for each connection: 26 ms of CPU */
	set_pointer(options, CURLOPT_CAPATH, NULL);
	if (request->ca_file != NULL)
		set_pointer(options, CURLOPT_CAINFO, request->ca_file);
}

static long as_long(int64_t value)
{
	return value > INT32_MAX ? INT32_MAX : (long)value;
}

bool options_set(struct fetch_transfer *transfer, const struct fetch_request *request,
		 struct error *err)
{
	struct options options = {.easy = transfer->easy};
	for (size_t i = 0; i < COUNT_OF(always); i++)
		set_long(&options, always[i].option, always[i].value);
	set_long(&options, CURLOPT_CONNECTTIMEOUT_MS, as_long(transfer->limits.connect_timeout_ms));
	set_long(&options, CURLOPT_LOW_SPEED_LIMIT, as_long(transfer->limits.low_speed_bytes_s));
	set_long(&options, CURLOPT_LOW_SPEED_TIME, as_long(transfer->limits.low_speed_s));
	set_strings(request, &options);
	set_callbacks(transfer, &options);
	set_post(transfer, request, &options);
	set_headers(transfer, request, &options);
	if (options.first_failure == CURLE_OUT_OF_MEMORY)
		return error_memory(err);
	if (options.first_failure != CURLE_OK || !options_set_time(transfer))
		return error_set(err, ERROR_SYSTEM, "libcurl does not take an option: %s",
				 curl_easy_strerror(options.first_failure));
	return true;
}

bool options_set_time(struct fetch_transfer *transfer)
{
	int64_t left_ms = transfer->limits.timeout_ms - transfer->result.elapsed_ms;
	return left_ms > 0 &&
	       curl_easy_setopt(transfer->easy, CURLOPT_TIMEOUT_MS, as_long(left_ms)) == CURLE_OK;
}
