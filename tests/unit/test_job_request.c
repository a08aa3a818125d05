/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/zone.h"
#include "daemon/job_request.h"

/* 2026-11-22 20:00 UTC, which is the 23rd in Viet Nam. */
static const int64_t NOW = 1795377600;

struct world {
	struct zone *zone;
	struct config config;
	struct setup setup;
	struct desk desk;
	struct poller poller;
	struct config_feed feed;
	struct job job;
	struct feed_run run;
	struct key_pair variables[2], secrets[1], headers[2];
	char secret_path[64];
};

static char name_area[] = "area", value_area[] = "Hà \"Nội\"";
static char name_key[] = "key", header_key[] = "X-Key", with_key[] = "k {key}";
static char header_plain[] = "X-From", with_date[] = "{today-1m}";
static char base_url[] = "https://e.org/v1/rows?from={month-3:YYYYMM}&to={quarter}&o={offset}";

static int begin(void **state)
{
	struct world *world = calloc(1, sizeof *world);
	*state = world;
	if (world == NULL)
		return -1;
	(void)snprintf(world->secret_path, sizeof world->secret_path, "/tmp/envgap-key-XXXXXX");
	int fd = mkstemp(world->secret_path);
	if (fd < 0 || write(fd, "s3cret\n", 7) != 7 || close(fd) != 0 ||
	    !zone_open("Asia/Ho_Chi_Minh", &world->zone, NULL))
		return -1;
	world->variables[0] = (struct key_pair){name_area, value_area};
	world->secrets[0] = (struct key_pair){name_key, world->secret_path};
	world->headers[0] = (struct key_pair){header_key, with_key};
	world->headers[1] = (struct key_pair){header_plain, with_date};
	world->setup.config = &world->config;
	world->desk.setup = &world->setup;
	world->poller.desk = &world->desk;
	if (!feed_mapping_init(&world->feed.mapping, NULL))
		return -1;
	world->feed.mapping.format = FEED_JSON;
	world->feed.mapping.paging.style = FEED_PAGING_NEXT;
	world->feed.url = base_url;
	world->feed.variables = (struct key_map){world->variables, 1};
	world->feed.headers = (struct key_map){world->headers, 2};
	world->feed.secrets = (struct key_map){world->secrets, 1};
	world->job = (struct job){.poller = &world->poller, .feed = &world->feed};
	world->job.intake.apply.zone = world->zone;
	world->job.intake.apply.now = NOW;
	feed_run_begin(&world->run, &world->feed.mapping);
	return 0;
}

static int end(void **state)
{
	struct world *world = *state;
	(void)unlink(world->secret_path);
	zone_free(world->zone);
	feed_mapping_done(&world->feed.mapping);
	free(world);
	return 0;
}

static void make(struct world *world, struct job_request *request)
{
	struct error err = {0};
	if (!job_request_make(&world->job, &world->run, request, &err))
		fail_msg("%s", err.text);
}

static void names_and_dates_are_filled_as_of_the_day_in_the_zone(void **state)
{
	struct world *world = *state;
	AUTO_JOB_REQUEST struct job_request request = {0};
	world->run.offset = 200;
	make(world, &request);
	assert_string_equal(request.url, "https://e.org/v1/rows?from=202608&to=2026-Q4&o=200");
	assert_int_equal(request.request.header_count, 2);
	assert_string_equal(request.headers[0].value, "k s3cret");
	assert_true(request.headers[0].secret);
	assert_string_equal(request.headers[1].value, "2026-10-23");
	assert_false(request.headers[1].secret);
}

static void the_next_document_may_be_named_relative_to_the_first(void **state)
{
	struct world *world = *state;
	AUTO_JOB_REQUEST struct job_request request = {0};
	(void)snprintf(world->run.next, sizeof world->run.next, "more?p=2");
	make(world, &request);
	assert_string_equal(request.url, "https://e.org/v1/more?p=2");
	assert_int_equal(request.request.header_count, 2);
}

static void secrets_stay_with_the_server_that_they_are_for(void **state)
{
	static const char *const elsewhere[] = {"https://x.org/rows", "http://e.org/rows",
						"https://e.org:8443/rows", "//e.org.x/rows"};
	struct world *world = *state;
	for (size_t i = 0; i < COUNT_OF(elsewhere); i++) {
		AUTO_JOB_REQUEST struct job_request request = {0};
		(void)snprintf(world->run.next, sizeof world->run.next, "%s", elsewhere[i]);
		make(world, &request);
		assert_int_equal(request.request.header_count, 1);
		assert_string_equal(request.headers[0].name, "X-From");
	}
}

static void a_body_is_filled_as_its_kind_wants_it(void **state)
{
	static char json[] = "application/json", form[] = "application/x-www-form-urlencoded";
	static char in_json[] =
		"{\"q\": {\"a\":\"{area}\",\"n\":{offset},\"x\":{}}, \"k\":\"{key}\"}";
	static char in_form[] = "a={area}&k={key}", plain[] = "{area} {nobody} {+key} {";
	static const struct {
		char *body, *type;
		const char *want;
	} cases[] = {
		{in_json, json,
		 "{\"q\": {\"a\":\"Hà \\\"Nội\\\"\",\"n\":0,\"x\":{}}, \"k\":\"s3cret\"}"},
		{in_form, form, "a=H%C3%A0%20%22N%E1%BB%99i%22&k=s3cret"},
		{plain, NULL, "Hà \"Nội\" {nobody} s3cret {"},
	};
	struct world *world = *state;
	world->feed.method = CONFIG_POST;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_JOB_REQUEST struct job_request request = {0};
		world->feed.body = cases[i].body;
		world->feed.content_type = cases[i].type;
		make(world, &request);
		assert_int_equal(request.request.method, FETCH_POST);
		assert_string_equal(request.body, cases[i].want);
	}
	struct error err = {0};
	AUTO_JOB_REQUEST struct job_request request = {0};
	(void)snprintf(world->run.next, sizeof world->run.next, "https://x.org/rows");
	assert_false(job_request_make(&world->job, &world->run, &request, &err));
	assert_non_null(strstr(err.text, "x.org"));
	assert_null(strstr(err.text, "s3cret"));
}

static void what_is_shown_has_neither_secrets_nor_dates(void **state)
{
	struct world *world = *state;
	char *shown = NULL;
	assert_true(job_shown_url(&world->feed, &shown, NULL));
	assert_string_equal(shown, "https://e.org/v1/rows?from={month-3:YYYYMM}&to={quarter}&o=0");
	free(shown);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			names_and_dates_are_filled_as_of_the_day_in_the_zone, begin, end),
		cmocka_unit_test_setup_teardown(
			the_next_document_may_be_named_relative_to_the_first, begin, end),
		cmocka_unit_test_setup_teardown(secrets_stay_with_the_server_that_they_are_for,
						begin, end),
		cmocka_unit_test_setup_teardown(a_body_is_filled_as_its_kind_wants_it, begin, end),
		cmocka_unit_test_setup_teardown(what_is_shown_has_neither_secrets_nor_dates, begin,
						end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
