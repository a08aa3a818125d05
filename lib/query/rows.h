/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Targets with their verdicts, gathered so that an answer can count and sort them. */

#include "judge/ack.h"
#include "query/query.h"

enum { QUERY_ROWS_MAX = 2000000 };

/* One target in one area.  Borrows from the catalogue. */
struct query_row {
	const struct target *target;
	const struct area *area;
	const struct indicator *indicator;
	const struct act *act; /* may be NULL */
	struct verdict verdict;
	struct observation row;	 /* the deciding one, when verdict.has_point */
	struct period reporting; /* of it */
	bool stand_in, computed;
	struct total total;    /* as in judged_target */
	struct measure first;  /* the first usable value of the series */
	const struct ack *ack; /* that holds; NULL: none */
};

struct query_rows {
	struct query_row *items;
	size_t count, room;
	struct acks acks; /* the rows borrow from them */
};

#define AUTO_QUERY_ROWS AUTO(query_rows_done)
/* Free the rows and make it empty again. */
void query_rows_done(struct query_rows *rows);

/* What somebody wants to see; NULL or 0: any. */
struct query_filter {
	const char *indicator, *area, *breakdown, *act, *target, *state;
	int due_year;
	bool all;
	bool is_latest; /* `first` is not needed: verdicts may be those that are stored */
};

/* Borrowed until it returns; false stops, err says why. */
typedef bool query_row_fn(void *self, const struct query_row *row, struct error *err);

/* Judge what passes the filter, in the order of judge_each.  Targets of acts adopted after the day
 * are left out, also with `all`.  Ids that are not in the catalogue are ERROR_NOT_FOUND, a state
 * that does not exist ERROR_INPUT. */
MUST_CHECK bool query_rows_each(const struct query *query, const struct query_filter *filter,
				query_row_fn *take_row, void *self, struct error *err);

/* The same, gathered. */
MUST_CHECK bool query_rows_read(const struct query *query, const struct query_filter *filter,
				struct query_rows *ret, struct error *err);

/* How many are in each state. */
struct query_counts {
	long by_state[STATE_NOT_ASSESSABLE + 1];
	long unknown; /* insufficient_data, no_data, not_assessable */
};
struct query_counts query_rows_count(const struct query_rows *rows);

/* The area that all rows are about; NULL when there are several, or no rows. */
const struct area *query_rows_area(const struct query_rows *rows);

/* Is it one of the three states in which a target cannot be judged? */
bool query_is_unknown(enum assess_state state);
