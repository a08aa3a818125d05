/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "tests/unit/fetch_world.h"

#include <stdio.h>
#include <stdlib.h>

const char fetch_world_lines[] = "area,year,value\nVN,2021,91.7\nVN,2022,92.4\n";

const char *fetch_world_url(struct fetch_world *world, const char *path)
{
	snprintf(world->url, sizeof world->url, "http://127.0.0.1:%d%s", world->server.port, path);
	return world->url;
}

struct fetch_request fetch_world_request(struct fetch_world *world, const char *path)
{
	return (struct fetch_request){
		.url = fetch_world_url(world, path),
		.shown_url = "http://host/{key}",
		.allow_http = true,
		.limits = {.timeout_ms = 5000, .max_bytes = 1 << 20},
	};
}

struct fetch_result fetch_world_get(struct fetch_world *world, const char *path)
{
	struct fetch_request request = fetch_world_request(world, path);
	return loopback_fetch(world->fetcher, &request);
}

void fetch_world_expect_failure(struct fetch_result *result, enum fetch_cause cause,
				const char *text)
{
	assert_string_equal(fetch_cause_name(result->cause), fetch_cause_name(cause));
	assert_string_equal(result->text, text);
	assert_int_equal(result->outcome, FETCH_FAILED);
	assert_int_equal(spool_len(&result->body), 0);
}

void fetch_world_expect_document(struct fetch_result *result, const char *body)
{
	if (result->outcome != FETCH_OK)
		fail_msg("%s: %s", fetch_cause_name(result->cause), result->text);
	assert_int_equal(result->cause, FETCH_CAUSE_NONE);
	assert_int_equal(spool_len(&result->body), strlen(body));
	if (body[0] != '\0')
		assert_string_equal(result->body.held.data, body);
	fetch_result_done(result);
}

int fetch_world_set_up(void **state)
{
	struct fetch_world *world = calloc(1, sizeof *world);
	struct error err = {0};
	if (world == NULL || !fetcher_new(&world->fetcher, &err))
		return -1;
	world->server = loopback_start(NULL);
	*state = world;
	return 0;
}

int fetch_world_tear_down(void **state)
{
	struct fetch_world *world = *state;
	fetcher_free(world->fetcher);
	loopback_stop(&world->server);
	free(world);
	return 0;
}
