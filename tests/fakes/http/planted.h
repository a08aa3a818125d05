/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How a path has its answer planted. */

#include "tests/fakes/http/connection.h"

typedef void answer_fn(struct site *site, struct connection *c, const struct request *r);

#define ANSWER(name)                                                                               \
	static void name(struct site *site __attribute__((unused)), struct connection *c,          \
			 const struct request *r __attribute__((unused)))

/* A row of a table that ends with a path NULL. */
struct planted {
	const char *path; /* with a '/' at the end: everything below */
	answer_fn *answer;
};
