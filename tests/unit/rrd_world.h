/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A directory with a state directory in it, and clients of workers that work or misbehave. */

#include "rrd/client.h"

enum { RRD_WORLD_PATH_BYTES = 512 };

struct rrd_world {
	char directory[RRD_WORLD_PATH_BYTES], state[RRD_WORLD_PATH_BYTES + 16];
	char worker[RRD_WORLD_PATH_BYTES]; /* the real program, $OUT/envgap-rrd */
	struct clock clock;
	struct rrd_client *client; /* of the real program */
};

/* cmocka's setup and teardown: *state is a struct rrd_world. */
int rrd_world_setup(void **state);
int rrd_world_teardown(void **state);

/* A client of a shell script, in which $WORKER is the real program and $HERE the directory. */
struct rrd_client *rrd_world_script(struct rrd_world *world, const char *script, long timeout_ms,
				    int graphs_a_life);

/* Run `rrdtool` with these words after it (NULL ends them) and put what it prints into `out`. */
void rrd_world_rrdtool(const char *const *words, struct text *out);

/* How many entries a directory has, without . and ..; -1: no such directory. */
int rrd_world_entries(const char *path);
