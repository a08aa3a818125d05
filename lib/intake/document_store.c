/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/document.h"

#include <stdio.h>

#include "intake/document_run.h"
#include "ledger/archive.h"
#include "ledger/archive_pack.h"
#include "ledger/fetch_log.h"

static const enum stage_duplicates policies[] = {
	[FEED_DUPLICATES_REFUSE] = STAGE_DUPLICATES_REFUSE,
	[FEED_DUPLICATES_FIRST] = STAGE_DUPLICATES_FIRST,
	[FEED_DUPLICATES_LAST] = STAGE_DUPLICATES_LAST,
	[FEED_DUPLICATES_SAME] = STAGE_DUPLICATES_SAME,
};

void feed_intake_store_stop(struct feed_intake *run)
{
	struct storing *storing = &run->storing;
	stage_appending_free(&storing->appending);
	lint_watch_done(&storing->lint);
	*storing = (struct storing){0};
}

static bool refuse_duplicate(void *self, const struct stage_duplicate *duplicate, struct error *err)
{
	struct feed_intake *run = self;
	run->refused++;
	return refusals_keep_duplicate(&run->refusals, duplicate, err);
}

/* The run as one document: the list of its pages, or the page itself. */
static bool run_document(struct feed_intake *run, struct sha256 *ret, struct error *err)
{
	if (run->page_count == 1 || run->is_dry) {
		*ret = run->page_count ? run->pages[0] : (struct sha256){0};
		return true;
	}
	return archive_put_pages(ledger_directory(run->intake->apply.ledger), run->pages,
				 run->page_count, ret, err);
}

static struct feed_intake_counts counts_of(const struct feed_intake *run,
					   const struct stage_counts *staged)
{
	return (struct feed_intake_counts){
		.rows = run->run.rows,
		.taken = run->run.taken - run->refused - run->ignored,
		.refused = run->run.refused + run->refused,
		.passed = run->run.passed + run->ignored,
		.appended = staged->appended,
		.revised = staged->revised,
		.unchanged = staged->unchanged,
		.withdrawn = staged->withdrawn,
		.load = staged->load,
	};
}

/* A record that could not even be read may be about any value, also one that seems to be gone. */
static bool is_complete(const struct feed_intake *run)
{
	return run->feed->is_complete && run->run.refused == 0;
}

/* A fetch that brought nothing new and refused nothing leaves no line. */
static bool log_fetch(struct feed_intake *run, const struct feed_got *got,
		      struct feed_intake_counts *counts, struct error *err)
{
	if (counts->load == 0 && counts->refused == 0)
		return true;
	const struct fetch_row row = {
		.at = run->intake->apply.now,
		.feed = run->feed->id,
		.outcome = counts->load != 0 ? "new" : "refused",
		.url = got->url,
		.http_status = got->http_status,
		.bytes = got->bytes,
		.duration_ms = got->duration_ms,
		.rows = (int64_t)counts->rows,
		.appended = (int64_t)counts->appended,
		.revised = (int64_t)counts->revised,
		.withdrawn = (int64_t)counts->withdrawn,
		.refused = (int64_t)counts->refused,
		.load = counts->load,
	};
	return fetch_append(run->intake->apply.ledger, &row, &counts->fetch, err) &&
	       refusals_append(&run->refusals, run->intake, run->feed->id, counts->fetch, err);
}

static void note_state(const struct feed_intake *run, const struct sha256 *document,
		       const struct feed_intake_counts *counts, struct feed_state *state)
{
	(void)snprintf(state->feed, sizeof state->feed, "%s", run->feed->id);
	(void)snprintf(state->revision, sizeof state->revision, "%s", run->run.revision);
	state->content = *document;
	state->mapping = run->settings;
	state->rows = (int64_t)counts->rows;
	state->new_rows = (int64_t)(counts->appended + counts->withdrawn);
	state->refused = (int64_t)counts->refused;
	if (counts->load != 0)
		state->last_change = run->intake->apply.now;
	if (run->feed->is_complete && !is_complete(run))
		(void)snprintf(state->note, sizeof state->note,
			       "%zu %s could not be read, so nothing counts as withdrawn",
			       run->run.refused, run->run.refused == 1 ? "record" : "records");
}

static bool begin_append(struct feed_intake *run, struct error *err)
{
	struct storing *storing = &run->storing;
	struct load *load = &storing->load;
	bool is_replay = run->purpose == FEED_REPLAYED;
	storing->lint = (struct lint_watch){.intake = run->intake};
	if (!run_document(run, &storing->document, err) ||
	    !intake_load(run->intake, is_replay ? LOAD_REPLAY : LOAD_POLL, load, err))
		return false;
	load->document = storing->document;
	load->mapping = run->mapping;
	if (!span_copy(span_of(run->feed->id), load->feed, sizeof load->feed))
		return error_set(err, ERROR_INPUT, "the feed's id is too long");
	const struct stage_order order = {
		.load = load,
		.complete = is_replay || is_complete(run),
		.replayed = is_replay ? &storing->document : NULL,
		.before = run->before,
		.withdrawn_day = is_replay ? DAY_NONE : intake_day(run->intake),
		.dry_run = run->is_dry,
		.look = lint_watch_look(&storing->lint),
	};
	return stage_appending_new(run->stage, &order, &storing->appending, err);
}

static struct hold_case case_of(struct feed_intake *run, const struct sha256 *document)
{
	run->shape.look.rows = (int64_t)run->run.rows;
	return (struct hold_case){
		.intake = run->intake,
		.feed = run->feed,
		.document = *document,
		.section = run->mapping,
		.settings = run->settings,
		.look = &run->shape.look,
		.received = run->received,
	};
}

/* Everything that the run leaves behind, beside its rows. */
static bool store_rest(struct feed_intake *run, const struct feed_got *got,
		       struct feed_state *state, struct feed_intake_counts *ret, struct error *err)
{
	const struct sha256 *document = &run->storing.document;
	*ret = counts_of(run, stage_appending_counts(run->storing.appending));
	if (run->is_dry)
		return true;
	note_state(run, document, ret, state);
	const struct hold_case subject = case_of(run, document);
	return log_fetch(run, got, ret, err) &&
	       (run->purpose == FEED_ACCEPTED ? hold_note_accepted(&subject, err)
					      : hold_note_good(&subject, err)) &&
	       feed_state_put(run->intake->apply.ledger, state, err);
}

/* The same when the documents are held back. */
static bool store_held(struct feed_intake *run, const struct feed_got *got,
		       struct feed_state *state, struct feed_intake_counts *ret, struct error *err)
{
	struct sha256 document;
	const struct stage_counts nothing = {0};
	if (!run_document(run, &document, err))
		return false;
	*ret = counts_of(run, &nothing);
	ret->is_held = true;
	const struct hold_case subject = case_of(run, &document);
	return hold_back(&subject, got, run->why, state, &ret->fetch, err);
}

/* Only what is polled is held back: what is accepted or read again was looked at. */
static bool look_whether_to_hold(struct feed_intake *run, struct error *err)
{
	static const struct sha256 none;
	const struct hold_case subject = case_of(run, &none);
	return run->is_dry || run->purpose != FEED_POLLED ||
	       hold_is_needed(&subject, &run->is_held, run->why, err);
}

static bool archive_mapping(const struct feed_intake *run, struct error *err)
{
	const char *state_dir = ledger_directory(run->intake->apply.ledger);
	struct sha256 hash;
	return run->is_dry || archive_touch_document(state_dir, &run->mapping) ||
	       archive_put(state_dir, run->feed->section, &hash, err);
}

/* What had to wait for the whole run goes on now, and is counted as if it had come so. */
static bool pick(struct feed_intake *run, struct error *err)
{
	struct feed_pick_counts counts = {0};
	if (!feed_pick_end(&run->pick, &counts, err))
		return false;
	feed_pick_count(&counts, &run->run);
	return true;
}

bool feed_intake_settle(struct feed_intake *run, const char **ret_cause, struct error *err)
{
	size_t refused = 0;
	*ret_cause = feed_cause_name(FEED_CAUSE_INTERNAL);
	if (!feed_run_end(&run->run, err)) {
		*ret_cause = feed_cause_name(run->run.cause);
		return false;
	}
	return pick(run, err) &&
	       stage_duplicates(run->stage, policies[run->feed->mapping.duplicates],
				refuse_duplicate, run, &refused, err) &&
	       archive_mapping(run, err) && look_whether_to_hold(run, err);
}

size_t feed_intake_rows(const struct feed_intake *run)
{
	return run->is_held ? 0 : stage_count(run->stage);
}

bool feed_intake_store(struct feed_intake *run, const struct feed_store *order, bool *ret_done,
		       struct feed_intake_counts *ret, struct error *err)
{
	struct storing *storing = &run->storing;
	*ret_done = run->is_held;
	if (run->is_held)
		return store_held(run, order->got, order->state, ret, err);
	if (storing->appending == NULL && !begin_append(run, err))
		return false;
	return stage_appending_step(storing->appending, order->limit_rows, ret_done, err) &&
	       (!*ret_done || store_rest(run, order->got, order->state, ret, err));
}

/* All of it, in the caller's transaction. */
static bool store_all(struct feed_intake *run, const struct feed_got *got, struct feed_state *state,
		      struct feed_intake_counts *ret, struct error *err)
{
	const struct feed_store order = {got, state, SIZE_MAX};
	bool is_done = false;
	while (!is_done)
		if (!feed_intake_store(run, &order, &is_done, ret, err))
			return false;
	return true;
}

bool feed_intake_end(struct feed_intake *run, const struct feed_got *got, struct feed_state *state,
		     struct feed_intake_counts *ret, const char **ret_cause, struct error *err)
{
	struct ledger *ledger = run->intake->apply.ledger;
	if (!feed_intake_settle(run, ret_cause, err))
		return false;
	if (run->is_dry)
		return store_all(run, got, state, ret, err);
	bool done = ledger_begin(ledger, err) && store_all(run, got, state, ret, err) &&
		    ledger_commit(ledger, err);
	feed_intake_store_stop(run);
	if (!done)
		ledger_rollback(ledger);
	return done;
}
