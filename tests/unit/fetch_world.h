/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A fetcher and a host with planted faults, for the tests of lib/fetch. */

#include "tests/unit/loopback.h"

struct fetch_world {
	struct loopback server;
	struct fetcher *fetcher;
	char url[512];
};

/* The document of most planted answers: 42 bytes, a head and two rows. */
extern const char fetch_world_lines[];

/* For cmocka_run_group_tests(): *state is the struct fetch_world. */
int fetch_world_set_up(void **state);
int fetch_world_tear_down(void **state);

/* The address of a path on the host; valid until the next call. */
const char *fetch_world_url(struct fetch_world *world, const char *path);

/* What tests ask for unless they say otherwise. */
struct fetch_request fetch_world_request(struct fetch_world *world, const char *path);

/* Ask for it. */
struct fetch_result fetch_world_get(struct fetch_world *world, const char *path);

/* It failed, for this cause and in these words. */
void fetch_world_expect_failure(struct fetch_result *result, enum fetch_cause cause,
				const char *text);

/* It brought this document, which is freed. */
void fetch_world_expect_document(struct fetch_result *result, const char *body);
