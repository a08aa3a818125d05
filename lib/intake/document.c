/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/document.h"

#include <stdio.h>
#include <stdlib.h>

#include "feed/answer.h"
#include "feed/pick.h"
#include "intake/hold.h"
#include "intake/lint.h"
#include "intake/reading.h"
#include "intake/settings.h"
#include "ledger/archive.h"
#include "ledger/archive_pack.h"
#include "ledger/fetch_log.h"

struct feed_intake {
	const struct intake *intake;
	const struct intake *binding; /* the same, or `then` */
	struct intake then;	      /* when the documents of a replay came */
	const struct config_feed *feed;
	bool is_dry;
	struct sha256 mapping;
	struct sha256 settings; /* mapping and catalogue: on both depends what a document says */
	struct feed_run run;
	struct feed_pick pick;
	struct feed_sink sink;	 /* into the pick */
	struct reading *reading; /* the document that is being read; NULL: none */
	struct stage *stage;
	struct sha256 *pages;
	size_t page_count, page_room;
	struct refusals refusals;
	size_t refused, ignored; /* when binding */
	enum feed_purpose purpose;
	int64_t received; /* when the documents came */
	struct stage *before;
	struct shape shape;
	feed_record_fn *watch;
	void *watcher;
};

static const enum stage_duplicates policies[] = {
	[FEED_DUPLICATES_REFUSE] = STAGE_DUPLICATES_REFUSE,
	[FEED_DUPLICATES_FIRST] = STAGE_DUPLICATES_FIRST,
	[FEED_DUPLICATES_LAST] = STAGE_DUPLICATES_LAST,
	[FEED_DUPLICATES_SAME] = STAGE_DUPLICATES_SAME,
};

void feed_intake_free(struct feed_intake **slot)
{
	struct feed_intake *run = *slot;
	*slot = NULL;
	if (run == NULL)
		return;
	reading_free(&run->reading);
	feed_pick_done(&run->pick);
	stage_free(&run->stage);
	free(run->pages);
	refusals_done(&run->refusals);
	free(run);
}

void feed_intake_for(struct feed_intake *run, enum feed_purpose purpose, int64_t received)
{
	run->purpose = purpose;
	run->received = received;
	if (purpose != FEED_REPLAYED)
		return;
	run->then = *run->intake;
	run->then.apply.now = received;
	run->binding = &run->then;
}

void feed_intake_compare(struct feed_intake *run, const struct feed_intake *before)
{
	run->before = before->stage;
}

void feed_intake_goes_on(struct feed_intake *run)
{
	if (run->run.style == FEED_PAGING_LINK)
		(void)snprintf(run->run.link_url, sizeof run->run.link_url, "archive:%zu",
			       run->page_count);
}

void feed_intake_watch(struct feed_intake *run, feed_record_fn *take, void *self)
{
	run->watch = take;
	run->watcher = self;
}

const struct feed_run *feed_intake_wants(const struct feed_intake *run)
{
	return feed_run_wants(&run->run) ? &run->run : NULL;
}

bool feed_intake_may_skip(const struct feed_intake *run, const struct feed_state *state)
{
	return run->page_count == 0 && state->last_success != 0 &&
	       sha256_equal(&run->settings, &state->mapping);
}

static bool take_refusal(void *self, const struct feed_refusal *refusal, struct error *err)
{
	struct feed_intake *run = self;
	return refusals_keep(&run->refusals, refusal, err);
}

static bool stage_record(struct feed_intake *run, const struct feed_record *record,
			 const struct bound *bound, struct error *err)
{
	char raw[FEED_FOUND_BYTES];
	const struct series_key key = {bound->indicator->id, bound->breakdown, bound->area->id};
	(void)snprintf(raw, sizeof raw, "%.*s", SPAN_ARGS(record->value));
	const struct provenance from = {record->place, raw, NULL};
	return stage_add(run->stage, &key, &bound->obs, &from, err);
}

/* It is there, although it cannot be read: not gone, where that would be a withdrawal. */
static bool mention(struct feed_intake *run, const struct bound *bound, struct error *err)
{
	if (bound->area == NULL)
		return true;
	const struct series_key key = {bound->indicator->id, bound->breakdown, bound->area->id};
	return stage_mention(run->stage, &key, bound->obs.period, run->feed->source, err);
}

static bool take_record(void *self, const struct feed_record *record, struct error *err)
{
	struct feed_intake *run = self;
	struct bound bound;
	char why[FEED_WHY_BYTES];
	shape_note_record(&run->shape, record);
	enum bind_result result = bind_record(run->binding, run->feed, record, &bound, why);
	if (result == BIND_NO_MEMORY)
		return error_memory(err);
	if (run->watch != NULL &&
	    !run->watch(run->watcher, record, result == BIND_DONE ? &bound : NULL, err))
		return false;
	switch (result) {
	case BIND_DONE:
		return stage_record(run, record, &bound, err);
	case BIND_REFUSED:
		run->refused++;
		return refusals_keep_record(&run->refusals, record, why, err) &&
		       mention(run, &bound, err);
	case BIND_IGNORED:
	case BIND_NO_MEMORY:
		break;
	}
	run->ignored++;
	return true;
}

bool feed_intake_new(const struct intake *intake, const struct config_feed *feed, bool is_dry,
		     struct feed_intake **ret, struct error *err)
{
	AUTO_FEED_INTAKE struct feed_intake *run = calloc(1, sizeof *run);
	if (run == NULL)
		return error_memory(err);
	run->intake = run->binding = intake;
	run->feed = feed;
	run->is_dry = is_dry;
	run->received = intake->apply.now;
	run->mapping = settings_section(intake, feed);
	const struct feed_sink sink = {take_record, take_refusal, run};
	feed_pick_begin(&run->pick, &feed->mapping, &sink);
	run->sink = feed_pick_sink(&run->pick);
	feed_run_begin(&run->run, &feed->mapping);
	if (!settings_hash(intake, feed, &run->settings, err) ||
	    !stage_new(intake->apply.ledger, &run->stage, err))
		return false;
	*ret = ptr_take(&run);
	return true;
}

static bool note_page(struct feed_intake *run, struct error *err)
{
	if (!array_grow(&run->pages, &run->page_room, run->page_count, sizeof *run->pages,
			ARCHIVE_PAGES_MAX, "pages", err))
		return false;
	run->pages[run->page_count++] = reading_hash(run->reading);
	return true;
}

/* What is held back since it was read with these settings. */
static bool find_held(const struct feed_intake *run, struct sha256 *ret, struct error *err)
{
	struct feed_held held = {0};
	if (!feed_held_read(run->intake->apply.ledger, run->feed->id, &held, err))
		return false;
	if (held.feed[0] != '\0' && sha256_equal(&held.settings, &run->settings))
		*ret = held.document;
	return true;
}

bool feed_intake_open(struct feed_intake *run, struct spool *document,
		      const struct feed_state *state, struct error *err)
{
	struct ledger *ledger = run->intake->apply.ledger;
	struct reading_order order = {
		.state_dir = run->is_dry ? NULL : ledger_directory(ledger),
		.mapping = &run->feed->mapping,
		.sink = &run->sink,
	};
	/* what is behind a Link header is not in these bytes */
	if (state != NULL && run->run.style != FEED_PAGING_LINK && feed_intake_may_skip(run, state))
		order.known = state->content;
	if (state != NULL && run->page_count == 0 && !find_held(run, &order.held, err))
		return false;
	reading_free(&run->reading); /* of one that was known */
	return reading_new(&order, document, &run->reading, err);
}

/* Did the document before say the same, with records in it? */
static bool is_again(const struct feed_intake *run)
{
	size_t count = run->page_count;
	return count > 1 && reading_page(run->reading)->rows > 0 &&
	       sha256_equal(&run->pages[count - 1], &run->pages[count - 2]);
}

/* The document is read as a whole: what it says about the run. */
static bool end_document(struct feed_intake *run, const char **ret_cause, struct error *err)
{
	if (!note_page(run, err))
		return false;
	if (is_again(run)) {
		*ret_cause = feed_cause_name(FEED_CAUSE_PAGING);
		return error_set(
			err, ERROR_INPUT,
			"page %zu is byte for byte the one before: the server does not heed "
			"which page it is asked for",
			run->page_count);
	}
	if (!feed_run_page(&run->run, reading_page(run->reading), err)) {
		*ret_cause = feed_cause_name(run->run.cause);
		return false;
	}
	shape_note_page(&run->shape, reading_page(run->reading));
	reading_free(&run->reading);
	return true;
}

bool feed_intake_step(struct feed_intake *run, size_t limit_bytes, enum reading_state *ret,
		      const char **ret_cause, struct error *err)
{
	*ret_cause = feed_cause_name(FEED_CAUSE_INTERNAL);
	stage_batch_begin(run->stage);
	bool done = reading_step(run->reading, limit_bytes, ret, err);
	if (!stage_batch_end(run->stage, err) || !done) {
		enum feed_cause cause = reading_page(run->reading)->cause;
		if (cause != FEED_CAUSE_NONE)
			*ret_cause = feed_cause_name(cause);
		return false;
	}
	return *ret != READING_DONE || end_document(run, ret_cause, err);
}

bool feed_intake_head(struct feed_intake *run, const struct feed_head *head, const char **ret_cause,
		      struct error *err)
{
	*ret_cause = feed_cause_name(FEED_CAUSE_TYPE);
	if (!feed_answer_check_type(&run->feed->mapping.answer, span_of(head->content_type), err))
		return false;
	*ret_cause = feed_cause_name(FEED_CAUSE_LIMIT);
	if (head->is_link_too_long && run->run.style == FEED_PAGING_LINK)
		return error_set(err, ERROR_LIMIT,
				 "the Link header is too long to be read, so that the next page "
				 "cannot be found");
	return feed_run_link(&run->run, span_of(head->link), err);
}

bool feed_intake_document(struct feed_intake *run, struct span document, const char **ret_cause,
			  struct error *err)
{
	AUTO_SPOOL struct spool spool = {0};
	enum reading_state state;
	*ret_cause = feed_cause_name(FEED_CAUSE_INTERNAL);
	return spool_init(&spool, NULL, document.len, err) && spool_add(&spool, document, err) &&
	       feed_intake_open(run, &spool, NULL, err) &&
	       feed_intake_step(run, SIZE_MAX, &state, ret_cause, err);
}

size_t feed_intake_refusals(const struct feed_intake *run, const struct feed_refusal **ret)
{
	*ret = run->refusals.items;
	return run->refusals.count;
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

static bool append(struct feed_intake *run, const struct sha256 *document, struct stage_counts *ret,
		   struct error *err)
{
	AUTO_LINT_WATCH struct lint_watch watch = {.intake = run->intake};
	struct load load;
	bool is_replay = run->purpose == FEED_REPLAYED;
	if (!intake_load(run->intake, is_replay ? LOAD_REPLAY : LOAD_POLL, &load, err))
		return false;
	load.document = *document;
	load.mapping = run->mapping;
	if (!span_copy(span_of(run->feed->id), load.feed, sizeof load.feed))
		return error_set(err, ERROR_INPUT, "the feed's id is too long");
	const struct stage_order order = {
		.load = &load,
		.complete = is_replay || is_complete(run),
		.replayed = is_replay ? document : NULL,
		.before = run->before,
		.withdrawn_day = is_replay ? DAY_NONE : intake_day(run->intake),
		.dry_run = run->is_dry,
		.look = lint_watch_look(&watch),
	};
	return stage_append(run->stage, &order, ret, err);
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

/* Everything that the run leaves behind; in the caller's transaction. */
static bool store(struct feed_intake *run, const struct feed_got *got, struct feed_state *state,
		  struct feed_intake_counts *ret, struct error *err)
{
	struct sha256 document;
	struct stage_counts staged = {0};
	if (!run_document(run, &document, err) || !append(run, &document, &staged, err))
		return false;
	*ret = counts_of(run, &staged);
	if (run->is_dry)
		return true;
	note_state(run, &document, ret, state);
	const struct hold_case subject = case_of(run, &document);
	return log_fetch(run, got, ret, err) &&
	       (run->purpose == FEED_ACCEPTED ? hold_note_accepted(&subject, err)
					      : hold_note_good(&subject, err)) &&
	       feed_state_put(run->intake->apply.ledger, state, err);
}

/* The same when the documents are held back. */
static bool store_held(struct feed_intake *run, const struct feed_got *got, const char *why,
		       struct feed_state *state, struct feed_intake_counts *ret, struct error *err)
{
	struct sha256 document;
	const struct stage_counts nothing = {0};
	if (!run_document(run, &document, err))
		return false;
	*ret = counts_of(run, &nothing);
	ret->is_held = true;
	const struct hold_case subject = case_of(run, &document);
	return hold_back(&subject, got, why, state, &ret->fetch, err);
}

/* Only what is polled is held back: what is accepted or read again was looked at. */
static bool is_to_be_held(struct feed_intake *run, bool *ret, char why[FEED_HELD_WHY_BYTES],
			  struct error *err)
{
	static const struct sha256 none;
	const struct hold_case subject = case_of(run, &none);
	*ret = false;
	return run->is_dry || run->purpose != FEED_POLLED ||
	       hold_is_needed(&subject, ret, why, err);
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

bool feed_intake_end(struct feed_intake *run, const struct feed_got *got, struct feed_state *state,
		     struct feed_intake_counts *ret, const char **ret_cause, struct error *err)
{
	struct ledger *ledger = run->intake->apply.ledger;
	size_t refused = 0;
	char why[FEED_HELD_WHY_BYTES];
	bool is_held = false;
	*ret_cause = feed_cause_name(FEED_CAUSE_INTERNAL);
	if (!feed_run_end(&run->run, err)) {
		*ret_cause = feed_cause_name(run->run.cause);
		return false;
	}
	if (!pick(run, err) ||
	    !stage_duplicates(run->stage, policies[run->feed->mapping.duplicates], refuse_duplicate,
			      run, &refused, err) ||
	    !archive_mapping(run, err) || !is_to_be_held(run, &is_held, why, err))
		return false;
	if (run->is_dry)
		return store(run, got, state, ret, err);
	bool done = ledger_begin(ledger, err) &&
		    (is_held ? store_held(run, got, why, state, ret, err)
			     : store(run, got, state, ret, err)) &&
		    ledger_commit(ledger, err);
	if (!done)
		ledger_rollback(ledger);
	return done;
}
