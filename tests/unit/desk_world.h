/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A small office with configuration, catalogue and ledger in a directory of its own, for tests of
 * what stands on the ledger: bringing figures in, and judging them. */

#include "intake/desk.h"
#include "intake/figure.h"

enum { DESK_WORLD_NOW = 1795348800 }; /* 2026-11-22 12:00 UTC; its zone is UTC */

struct desk_world {
	char directory[64];
	char path[96]; /* of envgap.conf */
	struct desk desk;
	struct intake intake; /* at DESK_WORLD_NOW, by 'tester' */
	struct problems problems;
	struct error err;
};

/* For a test that is handed a fresh one, with an open desk, as *state. */
#define WITH_DESK(test)                                                                            \
	cmocka_unit_test_setup_teardown(test, desk_world_set_up, desk_world_tear_down)
int desk_world_set_up(void **state);
int desk_world_tear_down(void **state);

/* Write a file of the office: "catalogue/targets.csv". */
void desk_world_write(const struct desk_world *world, const char *name, const char *text);

/* Read the files again and put them in force, at this time. */
void desk_world_reload(struct desk_world *world, int64_t now);

/* Close the desk and open it again. */
void desk_world_reopen(struct desk_world *world);

/* From now on it is this time. */
void desk_world_set_time(struct desk_world *world, int64_t now);

/* The call that set world->err failed: show it. */
void desk_world_must(struct desk_world *world, bool done);

/* It failed with this code and exactly this text.  Clears world->err. */
void desk_world_refuses(struct desk_world *world, bool done, enum error_code code,
			const char *text);

/* Record a value of usw in VN by a source; returns what came of it. */
struct figure_result desk_world_record(struct desk_world *world, const char *period,
				       const char *value, const char *source,
				       const char *published);

/* Let the appliers pass everything. */
void desk_world_apply(struct desk_world *world);

/* How many rows the log has. */
int64_t desk_world_rows(struct desk_world *world);

/* The answer to a question in SQL as a text, asked beside the ledger; "" for NULL or no row. */
void desk_world_ask(const struct desk_world *world, const char *sql, char answer[256]);
void desk_world_asserts(const struct desk_world *world, const char *sql, const char *answer);

/* Run SQL as somebody with a shell would who removes the guards first. */
void desk_world_damage(const struct desk_world *world, const char *sql);
