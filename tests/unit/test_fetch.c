/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/unit/fetch_world.h"

static void a_document_comes_whole_with_its_validators(void **state)
{
	struct fetch_result result = fetch_world_get(*state, "/fault/plain");
	assert_int_equal(result.http_status, 200);
	assert_string_equal(result.etag, "\"v1\"");
	assert_string_equal(result.last_modified, "");
	assert_string_equal(result.content_type, "text/csv; charset=utf-8");
	assert_string_equal(result.host, "127.0.0.1");
	assert_string_equal(result.text, "");
	assert_int_equal(result.wire_bytes, strlen(fetch_world_lines));
	assert_int_equal(result.redirects, 0);
	fetch_world_expect_document(&result, fetch_world_lines);
}

static void what_is_a_whole_document_is_taken(void **state)
{
	static const struct {
		const char *path, *body, *why;
	} cases[] = {
		{"/fault/chunked", fetch_world_lines, "chunked"},
		{"/fault/gzip-ok", fetch_world_lines, "gzip"},
		{"/fault/html", "<!DOCTYPE html><title>Maintenance</title><p>Back soon\n",
		 "what is in it is for the reader of the format to judge"},
		{"/fault/redirect-ok", fetch_world_lines, "a relative redirect"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fetch_result result = fetch_world_get(*state, cases[i].path);
		if (result.outcome != FETCH_OK)
			fail_msg("%s (%s): %s", cases[i].path, cases[i].why, result.text);
		fetch_world_expect_document(&result, cases[i].body);
	}
}

static void what_stands_behind_the_body_is_not_a_header(void **state)
{
	struct fetch_result result = fetch_world_get(*state, "/fault/chunked");
	assert_string_equal(result.etag, "");
	fetch_world_expect_document(&result, fetch_world_lines);
}

static void gzip_members_are_joined(void **state)
{
	struct fetch_result result = fetch_world_get(*state, "/fault/gzip-members");
	assert_int_equal(spool_len(&result.body), 2 * strlen(fetch_world_lines));
	assert_true(result.wire_bytes != spool_len(&result.body));
	fetch_result_done(&result);
}

/* The document of these cases has 42 bytes */
static const struct {
	const char *path;
	enum fetch_cause cause;
	const char *text;
} bad_answers[] = {
	{"/fault/206", FETCH_CAUSE_PARTIAL_CONTENT,
	 "127.0.0.1 sent a part of the document, unasked (HTTP 206)"},
	{"/fault/bad-status", FETCH_CAUSE_BAD_ANSWER,
	 "127.0.0.1 does not speak sound HTTP: Unsupported HTTP version in response"},
	{"/fault/brotli", FETCH_CAUSE_BAD_ENCODING,
	 "127.0.0.1 sent Content-Encoding 'br', asked for was gzip"},
	{"/fault/chunked-cut", FETCH_CAUSE_TRUNCATED,
	 "the document of 127.0.0.1 breaks off after 42 bytes, before its end"},
	{"/fault/empty", FETCH_CAUSE_EMPTY, "127.0.0.1 answered with success and no document"},
	{"/fault/gzip-bomb", FETCH_CAUSE_TOO_LARGE_DECODED,
	 "the document of 127.0.0.1 is larger than 1048576 bytes once decoded"},
	{"/fault/gzip-cut", FETCH_CAUSE_TRUNCATED,
	 "the gzip stream of 127.0.0.1 breaks off before its end"},
	{"/fault/gzip-no-end", FETCH_CAUSE_TRUNCATED,
	 "the gzip stream of 127.0.0.1 breaks off before its end"},
	{"/fault/gzip-garbage", FETCH_CAUSE_BAD_ENCODING,
	 "the document of 127.0.0.1: gzip: incorrect header check (not gzip, or more "
	 "behind its end)"},
	{"/fault/gzip-not", FETCH_CAUSE_BAD_ENCODING,
	 "the document of 127.0.0.1: gzip: incorrect header check (not gzip, or more "
	 "behind its end)"},
	{"/fault/hops/6", FETCH_CAUSE_REDIRECTS, "127.0.0.1 redirects more than 5 times"},
	{"/fault/huge", FETCH_CAUSE_TOO_LARGE,
	 "the document of 127.0.0.1 is larger than 1048576 bytes"},
	{"/fault/longer", FETCH_CAUSE_LENGTH_MISMATCH,
	 "127.0.0.1 sent more than the 42 bytes that it announced"},
	{"/fault/longer-large", FETCH_CAUSE_LENGTH_MISMATCH,
	 "127.0.0.1 sent more than the 25200 bytes that it announced"},
	{"/fault/many-headers", FETCH_CAUSE_BAD_ANSWER,
	 "127.0.0.1 sent headers of more than 262144 bytes"},
	{"/fault/redirect-file", FETCH_CAUSE_REDIRECT_REFUSED,
	 "127.0.0.1 redirects to what is neither http nor https"},
	{"/fault/redirect-nowhere", FETCH_CAUSE_REDIRECT_REFUSED,
	 "127.0.0.1 redirects to what is not a URL"},
	{"/fault/redirect-loop", FETCH_CAUSE_REDIRECTS, "127.0.0.1 redirects more than 5 times"},
	{"/fault/status/404", FETCH_CAUSE_HTTP_STATUS, "HTTP 404 from 127.0.0.1"},
	{"/fault/status/304", FETCH_CAUSE_HTTP_STATUS, "HTTP 304 from 127.0.0.1"},
	{"/fault/status/302", FETCH_CAUSE_HTTP_STATUS, "HTTP 302 from 127.0.0.1"},
	{"/fault/truncated", FETCH_CAUSE_TRUNCATED,
	 "the document of 127.0.0.1 breaks off after 42 of 142 bytes"},
	{"/fault/two-lengths", FETCH_CAUSE_LENGTH_MISMATCH,
	 "127.0.0.1 gave two different lengths, or none that is a number"},
};

static void every_bad_answer_fails_with_its_cause(void **state)
{
	for (size_t i = 0; i < COUNT_OF(bad_answers); i++) {
		struct fetch_result result = fetch_world_get(*state, bad_answers[i].path);
		if (result.cause != bad_answers[i].cause)
			fail_msg("%s: %s: %s", bad_answers[i].path, fetch_cause_name(result.cause),
				 result.text);
		fetch_world_expect_failure(&result, bad_answers[i].cause, bad_answers[i].text);
	}
}

/* A host that is quick answers on a kept connection before libcurl has named its socket, and the
 * other request would take the connection over, with the surplus as the head of its answer. */
static void surplus_is_noticed_while_another_waits_for_the_connection(void **state)
{
	enum { ROUNDS = 300 };
	struct fetch_world *world = *state;
	struct error err = {0};
	for (int i = 0; i < ROUNDS; i++) {
		struct loopback_seen longer = {0}, plain = {0};
		struct fetch_result first = fetch_world_get(world, "/fault/plain");
		fetch_world_expect_document(&first, fetch_world_lines);
		struct fetch_request request = fetch_world_request(world, "/fault/longer-large");
		assert_true(fetcher_start(world->fetcher, &request, loopback_keep, &longer, NULL,
					  &err));
		request = fetch_world_request(world, "/fault/plain");
		assert_true(
			fetcher_start(world->fetcher, &request, loopback_keep, &plain, NULL, &err));
		loopback_turn(world->fetcher);
		fetch_world_expect_failure(
			&longer.result, FETCH_CAUSE_LENGTH_MISMATCH,
			"127.0.0.1 sent more than the 25200 bytes that it announced");
		fetch_world_expect_document(&plain.result, fetch_world_lines);
	}
}

static void what_never_ends_is_ended(void **state)
{
	static const struct {
		const char *path;
		enum fetch_cause cause;
		const char *text;
	} cases[] = {
		{"/fault/endless-body", FETCH_CAUSE_TOO_LARGE,
		 "the document of 127.0.0.1 is larger than 1048576 bytes"},
		{"/fault/endless-head", FETCH_CAUSE_BAD_ANSWER,
		 "127.0.0.1 sent headers of more than 262144 bytes"},
		{"/fault/endless-interim", FETCH_CAUSE_BAD_ANSWER,
		 "127.0.0.1 sent headers of more than 262144 bytes"},
		{"/fault/endless-line", FETCH_CAUSE_BAD_ANSWER,
		 "127.0.0.1 sent a head with a line that does not end"},
		{"/fault/endless-trailer", FETCH_CAUSE_BAD_ANSWER,
		 "127.0.0.1 sent headers of more than 262144 bytes"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fetch_result result = fetch_world_get(*state, cases[i].path);
		fetch_world_expect_failure(&result, cases[i].cause, cases[i].text);
	}
}

static void lengths_that_are_none_are_a_bad_answer(void **state)
{
	static const char *const paths[] = {"/fault/bad-chunk", "/fault/huge-chunk",
					    "/fault/negative-length"};
	for (size_t i = 0; i < COUNT_OF(paths); i++) {
		struct fetch_result result = fetch_world_get(*state, paths[i]);
		if (result.cause != FETCH_CAUSE_BAD_ANSWER)
			fail_msg("%s: %s: %s", paths[i], fetch_cause_name(result.cause),
				 result.text);
		assert_non_null(strstr(result.text, "127.0.0.1 does not speak sound HTTP: "));
	}
}

/* The whole answer is 63 bytes of head ("HTTP/1.1 200 OK", "Content-Type: text/csv" and
 * "Content-Length: 42" with their line ends, and the blank line: 17 + 24 + 20 + 2) and 42 of
 * document. */
static void an_answer_that_ends_at_any_byte_is_no_document(void **state)
{
	enum { ALL = 63 + 42 };
	static const char *const endings[] = {"close", "reset"};
	for (size_t i = 0; i < 2 * ALL; i++) {
		char path[64];
		size_t at = i / 2;
		snprintf(path, sizeof path, "/fault/%s-at/%zu", endings[i % 2], at);
		struct fetch_result result = fetch_world_get(*state, path);
		bool named = result.cause == FETCH_CAUSE_LOST ||
			     (at < 17 && result.cause == FETCH_CAUSE_BAD_ANSWER) ||
			     (at >= 61 && result.cause == FETCH_CAUSE_TRUNCATED);
		if (result.outcome != FETCH_FAILED || !named)
			fail_msg("%s: %s: %s", path, fetch_cause_name(result.cause), result.text);
	}
	char path[64];
	snprintf(path, sizeof path, "/fault/close-at/%d", ALL);
	struct fetch_result result = fetch_world_get(*state, path);
	fetch_world_expect_document(&result, fetch_world_lines);
}

static void a_lost_connection_is_told_from_a_host_that_cannot_be_reached(void **state)
{
	static const char *const lost[] = {"/fault/reset", "/fault/reset-body"};
	for (size_t i = 0; i < COUNT_OF(lost); i++) {
		struct fetch_result result = fetch_world_get(*state, lost[i]);
		assert_string_equal(fetch_cause_name(result.cause), "lost");
		assert_non_null(strstr(result.text, "the connection to 127.0.0.1 was lost before "
						    "its answer was complete: "));
	}
	struct fetch_result garbage = fetch_world_get(*state, "/fault/not-http");
	assert_string_equal(fetch_cause_name(garbage.cause), "bad_answer");
	assert_non_null(strstr(garbage.text, "127.0.0.1 does not speak sound HTTP: "));
}

/* A port on which nobody listens: bound, so that nobody else gets it. */
static int closed_port(int *ret_fd, int backlog)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
				      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof address;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, size), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &size), 0);
	if (backlog >= 0)
		assert_int_equal(listen(fd, backlog), 0);
	*ret_fd = fd;
	return ntohs(address.sin_port);
}

static void a_refused_connection_says_host_port_and_why(void **state)
{
	struct fetch_world *world = *state;
	int fd, port = closed_port(&fd, -1);
	struct fetch_request request = fetch_world_request(world, "");
	char url[64], text[128];
	snprintf(url, sizeof url, "http://127.0.0.1:%d/", port);
	snprintf(text, sizeof text, "no connection to 127.0.0.1 port %d: Connection refused", port);
	request.url = url;
	struct fetch_result result = loopback_fetch(world->fetcher, &request);
	fetch_world_expect_failure(&result, FETCH_CAUSE_CONNECT, text);
	assert_int_equal(result.http_status, 0);
	close(fd);
}

static void a_host_that_does_not_take_up_the_connection_is_given_up(void **state)
{
	struct fetch_world *world = *state;
	/* nobody accepts, and the kernel keeps one more than the backlog of 0 */
	int fd, waiting[4], port = closed_port(&fd, 0);
	struct sockaddr_in address = {.sin_family = AF_INET,
				      .sin_port = htons((uint16_t)port),
				      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	for (size_t i = 0; i < COUNT_OF(waiting); i++) {
		waiting[i] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
		(void)connect(waiting[i], (struct sockaddr *)&address, sizeof address);
	}
	struct fetch_request request = fetch_world_request(world, "");
	char url[64];
	snprintf(url, sizeof url, "http://127.0.0.1:%d/", port);
	request.url = url;
	request.limits.connect_timeout_ms = 200;
	struct fetch_result result = loopback_fetch(world->fetcher, &request);
	assert_string_equal(fetch_cause_name(result.cause), "connect");
	assert_non_null(strstr(result.text, "no connection to 127.0.0.1 within 2"));
	assert_in_range(result.elapsed_ms, 200, 2000);
	for (size_t i = 0; i < COUNT_OF(waiting); i++)
		close(waiting[i]);
	close(fd);
}

static void a_name_without_an_address_says_so(void **state)
{
	struct fetch_world *world = *state;
	struct fetch_request request = fetch_world_request(world, "");
	/* a label of a name has at most 63 letters, so that no name server needs to be asked */
	char url[128] = "";
	snprintf(url, sizeof url, "http://%064d.invalid/", 0);
	request.url = url;
	struct fetch_result result = loopback_fetch(world->fetcher, &request);
	assert_string_equal(fetch_cause_name(result.cause), "resolve");
	assert_non_null(strstr(result.text, "no address is known for 0000"));
}

static void time_is_bounded_in_full_and_by_speed(void **state)
{
	struct fetch_world *world = *state;
	static const struct {
		const char *path;
		struct fetch_limits limits;
		const char *cause, *text;
	} cases[] = {
		{"/fault/stall",
		 {.timeout_ms = 200},
		 "timeout",
		 "127.0.0.1 did not answer in full within 200 ms"},
		{"/fault/slow-drip",
		 {.timeout_ms = 300},
		 "timeout",
		 "127.0.0.1 did not answer in full within 300 ms"},
		/* it drips 5 bytes in 50 ms, 100 bytes/s */
		{"/fault/slow-drip",
		 {.timeout_ms = 9000, .low_speed_bytes_s = 10000, .low_speed_s = 1},
		 "too_slow",
		 "127.0.0.1 sent less than 10000 bytes/s for 1 s"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fetch_request request = fetch_world_request(world, cases[i].path);
		request.limits = cases[i].limits;
		struct fetch_result result = loopback_fetch(world->fetcher, &request);
		assert_string_equal(fetch_cause_name(result.cause), cases[i].cause);
		assert_string_equal(result.text, cases[i].text);
	}
}

static void sizes_are_bounded_on_the_wire_and_decoded(void **state)
{
	struct fetch_world *world = *state;
	static const struct {
		const char *path;
		size_t max_bytes, max_wire_bytes;
		const char *cause;
	} cases[] = {
		{"/fault/plain", 42, 0, "none"},
		{"/fault/plain", 41, 0, "too_large"},
		{"/fault/plain", 41, 1000, "too_large"},
		{"/fault/plain", 1000, 41, "too_large"},
		{"/fault/chunked", 42, 0, "none"},
		{"/fault/chunked", 41, 1000, "too_large"},
		{"/fault/chunked", 1000, 41, "too_large"},
		{"/fault/gzip-ok", 42, 1000, "none"},
		{"/fault/gzip-ok", 41, 1000, "too_large_decoded"},
		{"/fault/gzip-ok", 1000, 30, "too_large"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fetch_request request = fetch_world_request(world, cases[i].path);
		request.limits.max_bytes = cases[i].max_bytes;
		request.limits.max_wire_bytes = cases[i].max_wire_bytes;
		struct fetch_result result = loopback_fetch(world->fetcher, &request);
		if (strcmp(fetch_cause_name(result.cause), cases[i].cause) != 0)
			fail_msg("%s %zu %zu: %s", cases[i].path, cases[i].max_bytes,
				 cases[i].max_wire_bytes, result.text);
		fetch_result_done(&result);
	}
}

static void a_host_may_say_how_long_it_wants_rest(void **state)
{
	/* a date is meant as well; one far ahead, as any nearer one depends on today */
	static const struct {
		const char *path;
		int64_t want_s;
		const char *text;
	} cases[] = {
		{"/fault/status/503?Retry-After:+120", 120,
		 "HTTP 503 from 127.0.0.1, wants 120 s of rest"},
		{"/fault/status/429?Retry-After:+99999999", FETCH_RETRY_AFTER_MAX_S,
		 "HTTP 429 from 127.0.0.1, wants 86400 s of rest"},
		{"/fault/status/503?Retry-After:+Fri,+01+Jan+2100+00:00:00+GMT",
		 FETCH_RETRY_AFTER_MAX_S, "HTTP 503 from 127.0.0.1, wants 86400 s of rest"},
		{"/fault/status/503?Retry-After:+Fri,+01+Jan+1999+00:00:00+GMT", 0,
		 "HTTP 503 from 127.0.0.1"},
		{"/fault/status/503?Retry-After:+soon", 0, "HTTP 503 from 127.0.0.1"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fetch_result result = fetch_world_get(*state, cases[i].path);
		fetch_world_expect_failure(&result, FETCH_CAUSE_HTTP_STATUS, cases[i].text);
		assert_int_equal(result.retry_after_s, cases[i].want_s);
	}
}

static void links_are_joined_and_fields_that_are_too_long_are_absent(void **state)
{
	struct fetch_result result = fetch_world_get(*state, "/fault/links");
	assert_string_equal(result.link, "</a>; rel=\"next\", </b>; rel=\"last\"");
	fetch_world_expect_document(&result, fetch_world_lines);
	result = fetch_world_get(*state, "/fault/long-fields");
	assert_string_equal(result.link, "");
	assert_string_equal(result.etag, "");
	fetch_world_expect_document(&result, fetch_world_lines);
}

static void every_cause_has_a_name_and_a_sentence_of_its_own(void **state)
{
	(void)state;
	for (int i = 0; i < FETCH_CAUSES; i++) {
		assert_non_null(fetch_cause_name((enum fetch_cause)i));
		assert_true(strlen(fetch_cause_sentence((enum fetch_cause)i)) > 10);
		for (int j = 0; j < i; j++)
			assert_string_not_equal(fetch_cause_name((enum fetch_cause)i),
						fetch_cause_name((enum fetch_cause)j));
	}
	assert_string_equal(fetch_cause_name((enum fetch_cause)99), "internal");
}

/* Decoded it is larger than what is held in memory, and its place does not exist. */
static void a_document_that_our_disk_does_not_take_is_a_cause_of_its_own(void **state)
{
	struct fetch_world *world = *state;
	struct fetch_request request = fetch_world_request(world, "/fault/gzip-bomb");
	request.spool_dir = "/nowhere/at/all";
	struct fetch_result result = loopback_fetch(world->fetcher, &request);
	assert_string_equal(fetch_cause_name(result.cause), "storage");
	assert_string_equal(result.text,
			    "the document of 127.0.0.1: a temporary file in '/nowhere/at/all': No "
			    "such file or directory");
	fetch_result_done(&result);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_document_that_our_disk_does_not_take_is_a_cause_of_its_own),
		cmocka_unit_test(a_document_comes_whole_with_its_validators),
		cmocka_unit_test(what_is_a_whole_document_is_taken),
		cmocka_unit_test(what_stands_behind_the_body_is_not_a_header),
		cmocka_unit_test(gzip_members_are_joined),
		cmocka_unit_test(every_bad_answer_fails_with_its_cause),
		cmocka_unit_test(surplus_is_noticed_while_another_waits_for_the_connection),
		cmocka_unit_test(what_never_ends_is_ended),
		cmocka_unit_test(lengths_that_are_none_are_a_bad_answer),
		cmocka_unit_test(an_answer_that_ends_at_any_byte_is_no_document),
		cmocka_unit_test(a_lost_connection_is_told_from_a_host_that_cannot_be_reached),
		cmocka_unit_test(a_refused_connection_says_host_port_and_why),
		cmocka_unit_test(a_host_that_does_not_take_up_the_connection_is_given_up),
		cmocka_unit_test(a_name_without_an_address_says_so),
		cmocka_unit_test(time_is_bounded_in_full_and_by_speed),
		cmocka_unit_test(sizes_are_bounded_on_the_wire_and_decoded),
		cmocka_unit_test(a_host_may_say_how_long_it_wants_rest),
		cmocka_unit_test(links_are_joined_and_fields_that_are_too_long_are_absent),
		cmocka_unit_test(every_cause_has_a_name_and_a_sentence_of_its_own),
	};
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, fetch_world_set_up, fetch_world_tear_down);
}
