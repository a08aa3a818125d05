/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/fetch_world.h"

static void what_is_not_allowed_is_not_asked(void **state)
{
	struct fetch_world *world = *state;
	static const struct {
		const char *url;
		bool allow_http;
		const char *text;
	} cases[] = {
		{"http://127.0.0.1/", false, "'http://host/{key}' is http, allowed is https"},
		{"ftp://127.0.0.1/", true, "'http://host/{key}' is neither http nor https"},
		{"gopher://127.0.0.1/", true, "'http://host/{key}' is neither http nor https"},
		{"http://:no port:/", true, "'http://host/{key}' is not a URL"},
		{"", true, "'http://host/{key}' is not a URL"},
		{"file:/etc/passwd", true, "'http://host/{key}': file: is not allowed"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fetch_request request = fetch_world_request(world, "");
		request.url = cases[i].url;
		request.allow_http = cases[i].allow_http;
		struct fetch_result result = loopback_fetch(world->fetcher, &request);
		fetch_world_expect_failure(&result, FETCH_CAUSE_NOT_ALLOWED, cases[i].text);
	}
}

static void headers_cannot_smuggle_other_headers(void **state)
{
	struct fetch_world *world = *state;
	struct fetch_request request = fetch_world_request(world, "/fault/echo");
	request.etag = "\"a\"\r\nX-More: 1";
	struct fetch_result result = loopback_fetch(world->fetcher, &request);
	fetch_world_expect_failure(&result, FETCH_CAUSE_NOT_ALLOWED,
				   "a header has a line end within");

	struct fetch_header headers[FETCH_HEADERS_MAX + 1];
	for (size_t i = 0; i < COUNT_OF(headers); i++)
		headers[i] = (struct fetch_header){"X-A", i == 3 ? "1\n2" : "1", false};
	request.etag = NULL;
	request.headers = headers;
	request.header_count = 4;
	result = loopback_fetch(world->fetcher, &request);
	fetch_world_expect_failure(&result, FETCH_CAUSE_NOT_ALLOWED,
				   "a header has a line end within");
	request.header_count = COUNT_OF(headers);
	result = loopback_fetch(world->fetcher, &request);
	fetch_world_expect_failure(&result, FETCH_CAUSE_NOT_ALLOWED, "more than 32 headers");
}

static void the_request_says_what_it_was_told_to_and_little_else(void **state)
{
	struct fetch_world *world = *state;
	static const struct fetch_header headers[] = {{"X-Key", "secret", true},
						      {"X-Empty", "", false}};
	struct fetch_request request = fetch_world_request(world, "/fault/echo?a=1");
	request.headers = headers;
	request.header_count = COUNT_OF(headers);
	request.accept = "text/csv";
	request.etag = "\"v0\"";
	request.last_modified = "Mon, 01 Jan 2024 00:00:00 GMT";
	request.user_agent = "envgap/1 (test)";
	setenv("http_proxy", "http://127.0.0.1:1/", 1);
	struct fetch_result result = loopback_fetch(world->fetcher, &request);
	unsetenv("http_proxy");
	char want[1024];
	snprintf(want, sizeof want,
		 "GET /fault/echo?a=1 HTTP/1.1\r\n"
		 "Host: 127.0.0.1:%d\r\n"
		 "User-Agent: envgap/1 (test)\r\n"
		 "Accept-Encoding: gzip\r\n"
		 "Accept: text/csv\r\n"
		 "If-None-Match: \"v0\"\r\n"
		 "If-Modified-Since: Mon, 01 Jan 2024 00:00:00 GMT\r\n"
		 "X-Key: secret\r\n"
		 "X-Empty:\r\n\r\n",
		 world->server.port);
	fetch_world_expect_document(&result, want);
}

static void a_post_carries_its_body_and_survives_only_redirects_that_keep_it(void **state)
{
	struct fetch_world *world = *state;
	struct fetch_request request = fetch_world_request(world, "/fault/redirect/308");
	request.method = FETCH_POST;
	request.body = span_of("{\"query\":[]}");
	request.content_type = "application/json";
	struct fetch_result result = loopback_fetch(world->fetcher, &request);
	assert_int_equal(result.outcome, FETCH_OK);
	assert_int_equal(result.redirects, 1);
	assert_non_null(strstr(result.body.held.data, "POST /fault/echo HTTP/1.1\r\n"));
	assert_non_null(strstr(result.body.held.data, "Content-Type: application/json\r\n"));
	assert_non_null(strstr(result.body.held.data, "\r\n\r\n{\"query\":[]}"));
	fetch_result_done(&result);

	request.url = fetch_world_url(world, "/fault/redirect/303");
	request.content_type = NULL;
	result = loopback_fetch(world->fetcher, &request);
	fetch_world_expect_failure(&result, FETCH_CAUSE_REDIRECT_REFUSED,
				   "127.0.0.1 redirects a POST so that it would become a GET");
	request.url = fetch_world_url(world, "/fault/echo");
	result = loopback_fetch(world->fetcher, &request);
	assert_null(strstr(result.body.held.data, "Content-Type"));
	fetch_result_done(&result);
}

static void secrets_do_not_follow_a_redirect_to_another_host(void **state)
{
	struct fetch_world *world = *state;
	static const char refused[] = "127.0.0.1 redirects to another host, which must not see "
				      "this request's body, user or secret headers";
	struct fetch_header header = {"X-Key", "secret", true};
	struct fetch_request request = fetch_world_request(world, "/fault/redirect-other");
	request.headers = &header;
	request.header_count = 1;
	struct fetch_result result = loopback_fetch(world->fetcher, &request);
	fetch_world_expect_failure(&result, FETCH_CAUSE_REDIRECT_REFUSED, refused);

	char url[128];
	snprintf(url, sizeof url, "http://me:word@127.0.0.1:%d/fault/redirect-other",
		 world->server.port);
	request.url = url;
	header.secret = false;
	result = loopback_fetch(world->fetcher, &request);
	fetch_world_expect_failure(&result, FETCH_CAUSE_REDIRECT_REFUSED, refused);

	request.url = fetch_world_url(world, "/fault/redirect-other");
	result = loopback_fetch(world->fetcher, &request);
	assert_int_equal(result.outcome, FETCH_OK);
	assert_string_equal(result.host, "localhost");
	assert_non_null(strstr(result.body.held.data, "X-Key: secret\r\n"));
	fetch_result_done(&result);
}

static void redirects_can_be_forbidden(void **state)
{
	struct fetch_world *world = *state;
	struct fetch_request request = fetch_world_request(world, "/fault/redirect-ok");
	request.limits.max_redirects = -1;
	struct fetch_result result = loopback_fetch(world->fetcher, &request);
	fetch_world_expect_failure(&result, FETCH_CAUSE_REDIRECT_REFUSED,
				   "127.0.0.1 redirects although no redirect is allowed");
}

static void an_empty_answer_to_a_notice_is_fine(void **state)
{
	struct fetch_world *world = *state;
	struct fetch_request request = fetch_world_request(world, "/fault/empty");
	request.may_be_empty = true;
	struct fetch_result result = loopback_fetch(world->fetcher, &request);
	fetch_world_expect_document(&result, "");
}

static void many_transfers_run_at_once_and_one_can_be_forgotten(void **state)
{
	struct fetch_world *world = *state;
	struct error err = {0};
	struct loopback_seen seen[40] = {0};
	struct fetch_transfer *transfers[COUNT_OF(seen)];
	for (size_t i = 0; i < COUNT_OF(seen); i++) {
		/* the eighth is refused at once, so it waits in the other list */
		struct fetch_request request =
			fetch_world_request(world, i % 2 == 0 ? "/fault/stall" : "/fault/plain");
		if (i == 8)
			request.url = "";
		assert_true(fetcher_start(world->fetcher, &request, loopback_keep, &seen[i],
					  &transfers[i], &err));
	}
	for (size_t i = 0; i < COUNT_OF(seen); i += 2)
		fetcher_cancel(world->fetcher, transfers[i]);
	loopback_turn(world->fetcher);
	for (size_t i = 0; i < COUNT_OF(seen); i++) {
		assert_int_equal(seen[i].calls, i % 2);
		if (i % 2 == 1)
			fetch_world_expect_document(&seen[i].result, fetch_world_lines);
	}
}

static void a_fetcher_that_goes_takes_its_transfers_along(void **state)
{
	struct fetch_world *world = *state;
	struct error err = {0};
	struct loopback_seen seen = {0};
	AUTO_FETCHER struct fetcher *fetcher = NULL;
	assert_true(fetcher_new(&fetcher, &err));
	struct fetch_request request = fetch_world_request(world, "/fault/stall");
	assert_true(fetcher_start(fetcher, &request, loopback_keep, &seen, NULL, &err));
	request.url = "ftp://x/";
	assert_true(fetcher_start(fetcher, &request, loopback_keep, &seen, NULL, &err));
	assert_int_equal(fetcher_count(fetcher), 2);
	assert_int_equal(fetcher_timeout_ms(fetcher), 0);
	fetcher_free(fetcher);
	fetcher = NULL;
	assert_int_equal(seen.calls, 0);
}

static void there_is_a_ceiling_for_transfers(void **state)
{
	struct fetch_world *world = *state;
	struct error err = {0};
	struct loopback_seen seen = {0};
	struct fetch_request request = fetch_world_request(world, "");
	request.url = "ftp://x/";
	for (int i = 0; i < FETCHER_TRANSFERS_MAX; i++)
		assert_true(
			fetcher_start(world->fetcher, &request, loopback_keep, &seen, NULL, &err));
	assert_false(fetcher_start(world->fetcher, &request, loopback_keep, &seen, NULL, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
	assert_string_equal(err.text, "more than 256 transfers at once");
	loopback_turn(world->fetcher);
	assert_int_equal(seen.calls, FETCHER_TRANSFERS_MAX);
}

struct chain {
	struct fetch_world *world;
	int left;
};

static void start_next(void *self, struct fetch_result *result)
{
	struct chain *chain = self;
	struct error err = {0};
	assert_int_equal(result->outcome, FETCH_OK);
	struct fetch_request request = fetch_world_request(chain->world, "/fault/count");
	if (--chain->left > 0)
		assert_true(fetcher_start(chain->world->fetcher, &request, start_next, chain, NULL,
					  &err));
}

static void a_callback_may_start_the_next_transfer(void **state)
{
	struct chain chain = {*state, 3};
	struct error err = {0};
	struct fetch_request request = fetch_world_request(chain.world, "/fault/count");
	assert_true(fetcher_start(chain.world->fetcher, &request, start_next, &chain, NULL, &err));
	loopback_turn(chain.world->fetcher);
	assert_int_equal(chain.left, 0);
	struct fetch_result result = fetch_world_get(*state, "/fault/count");
	fetch_world_expect_document(&result, "request 4\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_allowed_is_not_asked),
		cmocka_unit_test(headers_cannot_smuggle_other_headers),
		cmocka_unit_test(the_request_says_what_it_was_told_to_and_little_else),
		cmocka_unit_test(a_post_carries_its_body_and_survives_only_redirects_that_keep_it),
		cmocka_unit_test(secrets_do_not_follow_a_redirect_to_another_host),
		cmocka_unit_test(redirects_can_be_forbidden),
		cmocka_unit_test(an_empty_answer_to_a_notice_is_fine),
		cmocka_unit_test(many_transfers_run_at_once_and_one_can_be_forgotten),
		cmocka_unit_test(a_fetcher_that_goes_takes_its_transfers_along),
		cmocka_unit_test(there_is_a_ceiling_for_transfers),
		cmocka_unit_test(a_callback_may_start_the_next_transfer),
	};
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, fetch_world_set_up, fetch_world_tear_down);
}
