/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The tables as they were read, with what their checks need: look-up by id and a short way to name
 * a row's problem. */

#include "base/keys.h"
#include "base/problem.h"
#include "config/tables.h"

struct raw {
	struct table_rows rows[TABLE_COUNT];
	const void **by_id[TABLE_COUNT]; /* rows with an id, sorted by it; NULL for tables without
					  */
	size_t by_id_count[TABLE_COUNT];
	char *files[TABLE_COUNT]; /* paths, for messages */
	const struct key_texts
		*more; /* directories whose rows have lines of their own, see below */
	struct problems *problems;
};

/* The rows of the n-th further directory (from 1) have lines from n * RAW_PART_LINES on, so that a
 * line says of which file it is. */
enum { RAW_PART_LINES = 1 << 27 };

/* Fill by_id, and name rows whose id was there before. */
MUST_CHECK bool raw_index(struct raw *raw, struct error *err);
/* Free what it holds. */
void raw_done(struct raw *raw);

/* The row with this id, or NULL. */
const void *raw_find(const struct raw *raw, enum table_id table, const char *id);

/* The i-th row; NULL when it has a problem of its own, so that nothing more is to be said. */
const void *raw_row(const struct raw *raw, enum table_id table, size_t i);

/* Add a problem about this line of the table. */
void raw_problem(const struct raw *raw, enum problem_level level, enum table_id table, int line,
		 const char *fmt, ...) PRINTF_LIKE(5, 6);

/* Something in a row that names a row of another table.  `who` goes in front of messages. */
struct raw_reference {
	enum table_id from;
	int line;
	const char *who;    /* "target 'a': " or "" */
	const char *column; /* "area" */
	const char *id;	    /* "" refers to nothing, which is fine */
	enum table_id to;
};

/* The row that is meant.  When there is none it is named with what may have been meant (unless the
 * other table is known to be incomplete), and NULL is returned. */
const void *raw_refer(const struct raw *raw, const struct raw_reference *reference);

/* valid_to after valid_from?  Names the problem otherwise. */
bool raw_check_validity(const struct raw *raw, enum table_id table, int line, int32_t from,
			int32_t to);

/* Do two half-open spans of days have a day in common?  DAY_NONE is open. */
bool raw_overlaps(int32_t a_from, int32_t a_to, int32_t b_from, int32_t b_to);

/* Name the rows from which the ids at `offset` (of rows of the same table) lead back to them. */
void raw_check_cycles(const struct raw *raw, enum table_id table, size_t offset,
		      const char *column);
