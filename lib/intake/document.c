/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/document.h"

#include <stdio.h>
#include <stdlib.h>

#include "feed/answer.h"
#include "intake/document_run.h"
#include "intake/settings.h"
#include "ledger/archive.h"

void feed_intake_free(struct feed_intake **slot)
{
	struct feed_intake *run = *slot;
	*slot = NULL;
	if (run == NULL)
		return;
	reading_free(&run->reading);
	feed_pick_done(&run->pick);
	feed_intake_store_stop(run);
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

const struct feed_format *feed_intake_guess(const struct feed_intake *run)
{
	return run->reading != NULL ? reading_guess(run->reading) : NULL;
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

size_t feed_intake_unseen(const struct feed_intake *run, enum feed_slot ret[FEED_SLOTS])
{
	return shape_unseen(&run->shape, &run->feed->mapping, ret);
}

const char *feed_intake_unread(const struct feed_intake *run)
{
	return run->shape.unread;
}

size_t feed_intake_refusals(const struct feed_intake *run, const struct feed_refusal **ret)
{
	*ret = run->refusals.items;
	return run->refusals.count;
}
