/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Staging: the rows of one run of a feed (or of one import) are put aside, sorted, cleared of
 * duplicates, and appended together when the run is complete.  Several runs can be staged at the
 * same time.  Staged rows lie in memory, or, when they are many, in temporary tables, and die with
 * the ledger; adding needs no transaction (inside one that is rolled back they are lost). */

#include "ledger/stage_duplicates.h"

enum { STAGE_ROWS_MAX = 20000000, STAGES_MAX = 1000 };

struct stage;

#define AUTO_STAGE AUTO(stage_free)

/* Begin a run. */
MUST_CHECK bool stage_new(struct ledger *ledger, struct stage **ret, struct error *err);

/* Throw its rows away, free *slot and make it NULL.  Before ledger_close. */
void stage_free(struct stage **slot);

/* Add one row.  obs->series, ->seq, ->load and ->received are not looked at. */
MUST_CHECK bool stage_add(struct stage *stage, const struct series_key *series,
			  const struct observation *obs, const struct provenance *from,
			  struct error *err);

/* A record of this key came but was refused: nothing of it is appended, and it is not gone either
 * (see `complete` below). */
MUST_CHECK bool stage_mention(struct stage *stage, const struct series_key *series,
			      struct period period, const char *source, struct error *err);

/* Rows that are added between these two are added together, which costs less; in a transaction of
 * the caller both do nothing.  Whatever came in between, the second has to be called. */
void stage_batch_begin(struct stage *stage);
MUST_CHECK bool stage_batch_end(struct stage *stage, struct error *err);

/* How many rows lie there to be appended. */
size_t stage_count(const struct stage *stage);

struct stage_order {
	const struct load *load; /* added when the first row needs it; not at all when none does */
	/* The run is complete: the keys of this feed's rows in force that the run did not have
	 * are withdrawn.  Rows that others (a record, another feed) put over it stay.
	 * What this feed withdrew so and now brings again is appended again. */
	bool complete;
	/* The feed's last document is read again in another way (not NULL), and what is different
	 * was our own mistake: rows in force of this feed are corrected with the known day that
	 * they have, rows that others put over them stay.  With `complete`, of the rows in force
	 * only those are withdrawn that this document gave, or whose keys stand in `before`. */
	const struct sha256 *replayed;
	struct stage *before; /* the document as it was read before; may be NULL */
	/* Known day of withdrawals and returns; DAY_NONE: that of the row that they answer. */
	int32_t withdrawn_day;
	bool dry_run;	      /* only count; needs no write transaction */
	struct log_look look; /* at what is new, in a dry run too */
};

struct stage_counts {
	size_t rows, appended, revised, unchanged, withdrawn; /* revised is part of appended */
	int64_t load;					      /* 0: nothing was new */
	int64_t first_seq, last_seq;			      /* 0: nothing was new */
};

/* Append what is new, sorted by series and period, in the caller's transaction, all of it or (after
 * a failure, which the caller answers with a rollback) nothing.  The stage stays as it is. */
MUST_CHECK bool stage_append(struct stage *stage, const struct stage_order *order,
			     struct stage_counts *ret, struct error *err);

/* The same in slices. */
struct stage_appending;

/* Between slices the caller does other things but begins no transaction.  The order is copied; what
 * it points to outlives the appending, and the stage as well. */
MUST_CHECK bool stage_appending_new(struct stage *stage, const struct stage_order *order,
				    struct stage_appending **ret, struct error *err);

/* Before the transaction ends; *slot may be NULL, and is afterwards. */
void stage_appending_free(struct stage_appending **slot);

/* Append up to so many rows more.  *ret_done: that were all, and the counts are complete. */
MUST_CHECK bool stage_appending_step(struct stage_appending *to, size_t limit, bool *ret_done,
				     struct error *err);
const struct stage_counts *stage_appending_counts(const struct stage_appending *to);
