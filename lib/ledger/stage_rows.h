/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: what a stage is made of. */

#include "ledger/stage.h"
#include "ledger/stage_memory.h"

struct stage {
	struct ledger *ledger;
	int64_t run;
	bool has_tables; /* they are made when the first row comes: most runs have none */
	int64_t first;	 /* its first row; 0: none yet */
	size_t count;
	bool is_batch;		 /* rows are added together ... */
	bool is_begun;		 /* ... in a transaction, which the first of them began */
	bool is_sorted;		 /* each row so far came after the one before, so none is double */
	struct observation last; /* its series is a stage series */
	struct series series;	 /* the last stage series that was named */
	bool is_in_tables;	 /* the rows lie in temporary tables, not in memory */
	struct stage_memory memory;
};

/* Put rows that lie in memory into the tables, in the order in which they came.  What needs more
 * than sorting (duplicates, withdrawals, very many rows) is done there. */
MUST_CHECK bool stage_move_to_tables(struct stage *stage, struct error *err);

/* Make the tables, unless the stage has used them already. */
MUST_CHECK bool stage_make_tables(struct stage *stage, struct error *err);

/* Columns of `temp.stage_row r` for a row: where it belongs, then what it says. */
#define STAGE_ROW_COLUMNS "r.stage_row_id, r.stage_series_id, " OBSERVATION_VALUES("r")

/* The order in which rows are compared and appended. */
#define STAGE_ROW_ORDER                                                                            \
	"r.stage_series_id, r.from_day, r.to_day, r.source_id, r.known_day, r.stage_row_id"

/* Who the stage series is; its id stays that of the stage. */
MUST_CHECK bool stage_series_read(struct stage *stage, int64_t id, struct series *ret,
				  struct error *err);
