/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A run of a feed: its documents are decoded, their records bound to ids and staged; when the run
 * is whole, what is new is appended in one transaction.  The caller fetches; this decides what is
 * fetched next. */

#include "config/config.h"
#include "feed/run.h"
#include "intake/intake.h"
#include "ledger/feed_state.h"
#include "ledger/stage.h"

struct feed_intake;

#define AUTO_FEED_INTAKE AUTO(feed_intake_free)

enum { FEED_INTAKE_REFUSALS_MAX = 10000 };

/* Called for each record that was read and bound, for a dry run that shows them; NULL fields were
 * not given. */
struct bound_record {
	const struct feed_record *record;
	const char *indicator, *breakdown, *area; /* ids */
};
typedef bool bound_record_fn(void *self, const struct bound_record *bound, struct error *err);

/* Begin a run.  intake and feed outlive it. */
MUST_CHECK bool feed_intake_new(const struct intake *intake, const struct config_feed *feed,
				struct feed_intake **ret, struct error *err);
void feed_intake_free(struct feed_intake **slot);

/* Also tell these of every record, before binding (`record` alone is set) or after. */
void feed_intake_watch(struct feed_intake *run, bound_record_fn *take, void *self);

/* The run wants this page next; false when it has all. */
bool feed_intake_wants(const struct feed_intake *run, int64_t *ret_page, const char **ret_next_url);

/* Take in one document.  false: it is no answer; *ret_cause (a stable word) and err say why, and
 * the run is over: free it. */
MUST_CHECK bool feed_intake_document(struct feed_intake *run, struct span document,
				     const char **ret_cause, struct error *err);

struct feed_intake_counts {
	size_t rows, taken, refused, passed;		/* of the documents */
	size_t appended, revised, unchanged, withdrawn; /* in the log */
	int64_t load;					/* 0: nothing was new */
};

/* The run is whole: archive the documents when something is new, append, keep the refusals, update
 * `state` (hash, revision, counts; the caller has put validators and times there) in one
 * transaction.  dry: only count. */
MUST_CHECK bool feed_intake_end(struct feed_intake *run, bool dry, struct feed_state *state,
				struct feed_intake_counts *ret, const char **ret_cause,
				struct error *err);

/* The refusals so far, in the order in which they came; borrowed. */
size_t feed_intake_refusals(const struct feed_intake *run, const struct feed_refusal **ret);
