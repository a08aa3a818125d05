/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/hold.h"

#include <stdio.h>
#include <stdlib.h>

#include "ledger/event.h"
#include "ledger/fetch_log.h"

enum { REQUEST_BYTES = 1 << 20 };

static void free_good(struct feed_good **good)
{
	free(*good);
}

#define AUTO_GOOD AUTO(free_good)

/* With its length in front, so that two texts are not one longer one. */
static void add_part(struct text *out, const char *part)
{
	struct span span = span_of(part);
	text_addf(out, "%zu:%.*s,", span.len, SPAN_ARGS(span));
}

static void add_map(struct text *out, const struct key_map *map)
{
	text_addf(out, "%zu;", map->count);
	for (size_t i = 0; i < map->count; i++) {
		add_part(out, map->items[i].name);
		add_part(out, map->items[i].value);
	}
}

bool hold_request(const struct config_feed *feed, struct sha256 *ret, struct error *err)
{
	AUTO_TEXT struct text out = text_with_limit(REQUEST_BYTES);
	const struct key_map *const maps[] = {&feed->headers, &feed->variables};
	text_addf(&out, "%d;", feed->method);
	add_part(&out, feed->url);
	add_part(&out, feed->body);
	add_part(&out, feed->content_type);
	add_part(&out, feed->accept);
	for (size_t i = 0; i < COUNT_OF(maps); i++)
		add_map(&out, maps[i]);
	if (!text_ok(&out, "a request", err))
		return false;
	*ret = sha256_of(text_span(&out));
	return true;
}

static bool new_good(struct feed_good **ret, struct error *err)
{
	*ret = calloc(1, sizeof **ret);
	return *ret != NULL || error_memory(err);
}

bool hold_is_needed(const struct hold_case *subject, bool *ret, char why[FEED_HELD_WHY_BYTES],
		    struct error *err)
{
	AUTO_GOOD struct feed_good *good = NULL;
	struct sha256 request;
	if (!new_good(&good, err) ||
	    !feed_good_read(subject->intake->apply.ledger, subject->feed->id, good, err) ||
	    !hold_request(subject->feed, &request, err))
		return false;
	const struct shape_question question = {
		.feed = subject->feed,
		.before = &good->look,
		.now = subject->look,
		.is_same_mapping = sha256_equal(&good->settings, &subject->settings),
	};
	*ret = good->feed[0] != '\0' && sha256_equal(&good->request, &request) &&
	       shape_differs(&question, why);
	return true;
}

static bool log_held(const struct hold_case *subject, const struct feed_got *got, const char *why,
		     int64_t *ret_fetch, struct error *err)
{
	const struct fetch_row row = {
		.at = subject->intake->apply.now,
		.feed = subject->feed->id,
		.outcome = HOLD_CAUSE,
		.cause = HOLD_CAUSE,
		.text = why,
		.url = got->url,
		.http_status = got->http_status,
		.bytes = got->bytes,
		.duration_ms = got->duration_ms,
		.rows = subject->look->rows,
	};
	return fetch_append(subject->intake->apply.ledger, &row, ret_fetch, err);
}

static bool put_held(const struct hold_case *subject, const struct feed_got *got, const char *why,
		     struct error *err)
{
	struct feed_held held = {
		.document = subject->document,
		.section = subject->section,
		.settings = subject->settings,
		.received = subject->received,
		.rows = subject->look->rows,
	};
	(void)snprintf(held.feed, sizeof held.feed, "%s", subject->feed->id);
	(void)snprintf(held.why, sizeof held.why, "%s", why);
	(void)snprintf(held.url, sizeof held.url, "%.*s", (int)sizeof held.url - 1,
		       got->url ? got->url : "");
	return feed_held_put(subject->intake->apply.ledger, &held, err);
}

void hold_note_state(const char *why, struct feed_state *state)
{
	state->failures = 0;
	state->note[0] = '\0';
	(void)snprintf(state->cause, sizeof state->cause, "%s", HOLD_CAUSE);
	(void)snprintf(state->error, sizeof state->error, "%s", why);
}

/* What is remembered stays, but for what this run says about trying. */
static void note_state(const struct feed_state *run, const char *feed, const char *why,
		       struct feed_state *kept)
{
	(void)snprintf(kept->feed, sizeof kept->feed, "%s", feed);
	memcpy(kept->etag, run->etag, sizeof kept->etag);
	memcpy(kept->last_modified, run->last_modified, sizeof kept->last_modified);
	kept->last_try = run->last_try;
	kept->next_due = run->next_due;
	hold_note_state(why, kept);
}

bool hold_back(const struct hold_case *subject, const struct feed_got *got, const char *why,
	       struct feed_state *state, int64_t *ret_fetch, struct error *err)
{
	struct ledger *ledger = subject->intake->apply.ledger;
	struct feed_held held = {0};
	struct feed_state kept = {0};
	*ret_fetch = 0;
	if (!feed_held_read(ledger, subject->feed->id, &held, err) ||
	    !feed_state_read(ledger, subject->feed->id, &kept, err))
		return false;
	note_state(state, subject->feed->id, why, &kept);
	*state = kept;
	if (!feed_state_put(ledger, state, err))
		return false;
	if (held.feed[0] != '\0' && sha256_equal(&held.document, &subject->document) &&
	    sha256_equal(&held.settings, &subject->settings))
		return true;
	return put_held(subject, got, why, err) && log_held(subject, got, why, ret_fetch, err);
}

bool hold_note_good(const struct hold_case *subject, struct error *err)
{
	struct ledger *ledger = subject->intake->apply.ledger;
	AUTO_GOOD struct feed_good *good = NULL;
	if (!new_good(&good, err) || !hold_request(subject->feed, &good->request, err))
		return false;
	(void)snprintf(good->feed, sizeof good->feed, "%s", subject->feed->id);
	good->document = subject->document;
	good->section = subject->section;
	good->settings = subject->settings;
	good->received = subject->received;
	good->look = *subject->look;
	return feed_good_put(ledger, good, err) && feed_held_remove(ledger, subject->feed->id, err);
}

bool hold_note_accepted(const struct hold_case *subject, struct error *err)
{
	const struct apply *apply = &subject->intake->apply;
	struct feed_held held = {0};
	int64_t id = 0;
	if (!feed_held_read(apply->ledger, subject->feed->id, &held, err))
		return false;
	const struct event event = {
		.at = apply->now,
		.kind = "accept",
		.actor = apply->actor,
		.feed = subject->feed->id,
		.note = held.why,
	};
	return event_append(apply->ledger, &event, &id, err) && hold_note_good(subject, err);
}

bool hold_end(const struct intake *intake, const char *feed, struct error *err)
{
	struct ledger *ledger = intake->apply.ledger;
	bool done = ledger_begin(ledger, err) && feed_held_remove(ledger, feed, err) &&
		    ledger_commit(ledger, err);
	if (!done)
		ledger_rollback(ledger);
	return done;
}
