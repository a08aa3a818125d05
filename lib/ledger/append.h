/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Rows that come sorted need no stage: they are appended one after the other. */

#include "ledger/log_batch.h"
#include "ledger/log_known.h"
#include "ledger/stage.h"

/* One run.  Zero it and set ledger and load, and look; the load is added when the first row needs
 * it.  Before the transaction ends: append_run_done. */
struct append_run {
	struct ledger *ledger;
	const struct load *load;
	struct log_look look; /* at what is new */
	struct stage_counts counts;
	struct series series;	 /* of the last row; id 0: not in the ledger yet */
	bool has_series;	 /* there was a row */
	struct observation last; /* the last row */
	struct log_known known;	 /* of the series */
	struct log_batch batch;
};

/* Free what is in it; rows that wait are lost. */
void append_run_done(struct append_run *run);

/* Append a row if it is new, in the caller's transaction.  Rows have to ascend by series
 * (indicator, breakdown, area), period, source and known day; *ret_in_order is false, and nothing
 * is done, when this one does not: then only a stage can sort them and find the duplicates. */
MUST_CHECK bool append_in_order(struct append_run *run, const struct series_key *key,
				const struct observation *obs, const struct provenance *from,
				bool *ret_in_order, struct error *err);

/* All rows have come: append those that wait; then the counts are complete. */
MUST_CHECK bool append_run_end(struct append_run *run, struct error *err);
