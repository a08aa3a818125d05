/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A ledger in a directory of its own, filled from tests/query/ by the code that the daemon runs,
 * and opened for questions. */

#include "query/query.h"

struct query_world {
	char directory[64];
	char path[96]; /* of its envgap.conf */
	struct language language;
	struct ledger *ledger;
	struct catalogue *catalogue;
	struct zone *zone;
	struct query query;
};

/* figures.csv is received on 2026-11-20, later.csv on 2026-11-21; now is 2026-11-22 12:00 UTC, and
 * the question is as of that day. */
void query_world_open(struct query_world *world);
/* The same from another directory with such tables. */
void query_world_open_from(struct query_world *world, const char *tables);
void query_world_close(struct query_world *world);

/* Ask as of that day; by_receipt: as received by it. */
void query_world_as_of(struct query_world *world, const char *day, bool by_receipt);

/* Answer in a made-up language: commas, day first, local names. */
void query_world_speak_otherwise(struct query_world *world);

/* Render and free the report; for the caller to free. */
char *query_world_render(struct report *report, enum report_format format, int width);

/* Fail, showing the text, unless it contains the piece (or, lacks, does not). */
#define assert_says(text, piece) query_world_assert_says((text), (piece), true, __FILE__, __LINE__)
#define assert_lacks(text, piece)                                                                  \
	query_world_assert_says((text), (piece), false, __FILE__, __LINE__)
void query_world_assert_says(const char *text, const char *piece, bool wanted, const char *file,
			     int line);
