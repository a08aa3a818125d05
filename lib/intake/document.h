/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A run of a feed: its documents are decoded, their records bound to ids and staged; when the run
 * is whole, what is new is appended in one transaction.  The caller fetches; this says what is
 * fetched next. */

#include "config/config.h"
#include "feed/run.h"
#include "intake/bind.h"
#include "intake/failure.h"
#include "intake/reading.h"
#include "intake/refusals.h"
#include "ledger/feed_state.h"
#include "ledger/stage.h"

struct feed_intake;

#define AUTO_FEED_INTAKE AUTO(feed_intake_free)

/* Told of every record: `bound` is NULL when it could not be bound or is not wanted. */
typedef bool feed_record_fn(void *self, const struct feed_record *record, const struct bound *bound,
			    struct error *err);

/* Begin a run; intake and feed outlive it.  A dry run writes nothing, not even raw documents. */
MUST_CHECK bool feed_intake_new(const struct intake *intake, const struct config_feed *feed,
				bool is_dry, struct feed_intake **ret, struct error *err);
void feed_intake_free(struct feed_intake **slot);

/* What the documents are taken in for. */
enum feed_purpose {
	FEED_POLLED,
	FEED_ACCEPTED, /* they were held back, and somebody wants them all the same */
	FEED_REPLAYED, /* they are read again, with other settings */
};

/* It is for something else than a poll: documents from the archive that came at `received`.  What
 * is accepted is known from now on, what is replayed since the documents came. */
void feed_intake_for(struct feed_intake *run, enum feed_purpose purpose, int64_t received);

/* For FEED_REPLAYED: the same documents, given to a dry run with the settings of before.  It has to
 * outlive this run. */
void feed_intake_compare(struct feed_intake *run, const struct feed_intake *before);

/* For documents from the archive, which has no headers: behind the one that is given next there is
 * another one. */
void feed_intake_goes_on(struct feed_intake *run);

/* Tell `take` of every record. */
void feed_intake_watch(struct feed_intake *run, feed_record_fn *take, void *self);

/* The document that the run wants next; NULL when it has all. */
const struct feed_run *feed_intake_wants(const struct feed_intake *run);

/* Was the last good run read with the same settings of the feed and the same catalogue?  Only then
 * may the first document be asked for conditionally: otherwise an unchanged one says new things. */
bool feed_intake_may_skip(const struct feed_intake *run, const struct feed_state *state);

/* Which format the document looks like that could not be read last; NULL when nothing can be said.
 */
const struct feed_format *feed_intake_guess(const struct feed_intake *run);

/* What came before a document. */
struct feed_head {
	const char *content_type; /* "" when it was not said */
	const char *link;	  /* the Link header; "" for none */
	bool is_link_too_long;
};

/* Look at what came before the document that is about to be opened: is it one, and where is the
 * next?  false: the run is over; *ret_cause and err say why. */
MUST_CHECK bool feed_intake_head(struct feed_intake *run, const struct feed_head *head,
				 const char **ret_cause, struct error *err);

/* A document has come, and is taken over.  With `state` (or NULL) it is looked at first whether
 * this is the first document of the run and, byte for byte, what was read last time with the same
 * settings (then nothing can be new in it), or what is held back since it was. */
MUST_CHECK bool feed_intake_open(struct feed_intake *run, struct spool *document,
				 const struct feed_state *state, struct error *err);

/* Take in about so many bytes more of the document that was opened; when *ret is no longer
 * READING_GOES_ON it was taken in, or found to be known or held back.  false: it is no answer;
 * *ret_cause (a stable word) and err say why, and the run is over. */
MUST_CHECK bool feed_intake_step(struct feed_intake *run, size_t limit_bytes,
				 enum reading_state *ret, const char **ret_cause,
				 struct error *err);

/* Take in one document that is in memory, at once. */
MUST_CHECK bool feed_intake_document(struct feed_intake *run, struct span document,
				     const char **ret_cause, struct error *err);

/* The refusals so far, in the order in which they came; borrowed. */
size_t feed_intake_refusals(const struct feed_intake *run, const struct feed_refusal **ret);

struct feed_intake_counts {
	size_t rows, taken, refused, passed;		/* of the documents */
	size_t appended, revised, unchanged, withdrawn; /* in the log */
	int64_t load;					/* 0: nothing was new */
	int64_t fetch; /* line in the log of fetches; 0: nothing was new or refused */
	bool is_held;  /* nothing was taken: they look different from the last good ones */
};

/* The run is whole: append what is new, keep the refusals, and put `state` (the caller has set
 * times and validators; hashes, revision and counts are set here), all in one transaction.  Or,
 * when the documents look different from the last good ones, hold them back (intake/hold.h).  A dry
 * run only counts. */
MUST_CHECK bool feed_intake_end(struct feed_intake *run, const struct feed_got *got,
				struct feed_state *state, struct feed_intake_counts *ret,
				const char **ret_cause, struct error *err);

/* The same in three steps, for several runs in one transaction, and for one that is large.  First
 * what needs no transaction; once, when the run wants no more documents. */
MUST_CHECK bool feed_intake_settle(struct feed_intake *run, const char **ret_cause,
				   struct error *err);

/* Fields that the feed names and no record of the run had, see intake/shape.h. */
size_t feed_intake_unseen(const struct feed_intake *run, enum feed_slot ret[FEED_SLOTS]);

/* Headers of a wide table that its patterns do not fit, a line each; valid as long as the run. */
const char *feed_intake_unread(const struct feed_intake *run);

/* How many rows there are to be looked at. */
size_t feed_intake_rows(const struct feed_intake *run);

struct feed_store {
	const struct feed_got *got;
	struct feed_state *state;
	size_t limit_rows; /* about so many are looked at in one call */
};

/* Then, in the caller's transaction, again and again until *ret_done; `ret` and the state are
 * written then.  Between two calls nothing else is done with the ledger but reading. */
MUST_CHECK bool feed_intake_store(struct feed_intake *run, const struct feed_store *order,
				  bool *ret_done, struct feed_intake_counts *ret,
				  struct error *err);

/* Before the transaction ends, however it does: after a rollback the run can be stored anew. */
void feed_intake_store_stop(struct feed_intake *run);
