/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Rows that come sorted need no stage: they are appended one after the other. */

#include "ledger/stage.h"

/* One run.  Zero it and set ledger and load, and look; the load is added when the first row needs
 * it. */
struct append_run {
	struct ledger *ledger;
	const struct load *load;
	struct log_look look; /* at what is new */
	struct stage_counts counts;
	struct series series;	 /* of the last row; id 0: not in the ledger yet */
	bool has_series;	 /* there was a row */
	bool is_fresh;		 /* the series came into being in this run */
	struct observation last; /* the last row */
};

/* Append a row if it is new, in the caller's transaction.  Rows have to ascend by series
 * (indicator, breakdown, area), period, source and known day; *ret_in_order is false, and nothing
 * is done, when this one does not: then only a stage can sort them and find the duplicates. */
MUST_CHECK bool append_in_order(struct append_run *run, const struct series_key *key,
				const struct observation *obs, const struct provenance *from,
				bool *ret_in_order, struct error *err);
