/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A state directory with an open ledger, for the tests of lib/ledger and of what stands on it. */

#include "ledger/log.h"

enum { LEDGER_WORLD_NOW = 1700000000 }; /* 2023-11-14 22:13:20 UTC */

struct ledger_world {
	char directory[64];
	struct writer_lock *lock;
	struct ledger *ledger; /* open for writing */
	struct error err;
};

/* For cmocka_unit_test_setup_teardown(): *state is the struct ledger_world. */
int ledger_world_set_up(void **state);
int ledger_world_tear_down(void **state);

/* The call that set world->err failed: show it. */
void ledger_world_must(struct ledger_world *world, bool done);

/* It failed with this code, and its text has these words.  Clears world->err. */
void ledger_world_expect(struct ledger_world *world, bool done, enum error_code code,
			 const char *words);

/* Close the ledger and its lock, or open them again. */
void ledger_world_close(struct ledger_world *world);
void ledger_world_open(struct ledger_world *world);

/* "2021-10-08" as a day. */
int32_t ledger_world_day(const char *day);

/* An observation of series 0 by 'gso' for "2021" with this value, known on that day. */
struct observation ledger_world_value(const char *period, double value, const char *known);

/* A load of this kind by 'tester', in the open transaction. */
int64_t ledger_world_load(struct ledger_world *world, enum load_kind kind, const char *feed);

/* The id of a series 'usw' of this area, in the open transaction. */
int64_t ledger_world_series(struct ledger_world *world, const char *area);

/* Append obs without provenance, in the open transaction. */
enum append_result ledger_world_append(struct ledger_world *world, const struct observation *obs);

/* Append a value of 'usw' in VN for this year, with a load of its own, in the open transaction, or
 * in one of its own. */
void ledger_world_append_year(struct ledger_world *world, int year, double value);
void ledger_world_commit_year(struct ledger_world *world, int year, double value);

/* Rows of the log that this connection sees; -1 when it cannot. */
int64_t ledger_world_count(struct ledger *ledger);

/* Run SQL as somebody with a shell and no guards of ours would, on an own connection; SQLite's
 * status.  The words of a failure go to `words` (may be NULL). */
int ledger_world_sql(const struct ledger_world *world, const char *sql, char words[128]);
