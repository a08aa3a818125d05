/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/feeds.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"
#include "base/unicode.h"
#include "ledger/feed_document.h"
#include "ledger/feed_state.h"
#include "ledger/fetch_log.h"
#include "obs/instant.h"
#include "query/heading.h"
#include "query/moment.h"
#include "query/warnings.h"

enum { FETCHES_SHOWN = 20 };

static const struct query_column feed_columns[] = {
	{"feed", WORD_H_FEED, COLUMN_BOTH, 0},
	{"shown_success", WORD_H_LAST_SUCCESS, COLUMN_HUMAN, 0},
	{"shown_try", WORD_H_LAST_TRY, COLUMN_HUMAN, 1},
	{"shown_next", WORD_H_NEXT, COLUMN_HUMAN, 0},
	{"rows", WORD_H_ROWS, COLUMN_BOTH | COLUMN_RIGHT, 3},
	{"new", WORD_H_NEW, COLUMN_BOTH | COLUMN_RIGHT, 2},
	{"refused", WORD_H_REFUSED, COLUMN_BOTH | COLUMN_RIGHT, 0},
	{"shown_note", WORD_H_NOTE, COLUMN_HUMAN | COLUMN_WRAP, 0},
	{"name", WORD_NONE, COLUMN_MACHINE, 0},
	{"url", WORD_NONE, COLUMN_MACHINE, 0},
	{"configured", WORD_NONE, COLUMN_MACHINE, 0},
	{"enabled", WORD_NONE, COLUMN_MACHINE, 0},
	{"every_s", WORD_NONE, COLUMN_MACHINE, 0},
	{"last_success", WORD_NONE, COLUMN_MACHINE, 0},
	{"last_try", WORD_NONE, COLUMN_MACHINE, 0},
	{"last_change", WORD_NONE, COLUMN_MACHINE, 0},
	{"next_due", WORD_NONE, COLUMN_MACHINE, 0},
	{"failures", WORD_NONE, COLUMN_MACHINE, 0},
	{"cause", WORD_NONE, COLUMN_MACHINE, 0},
	{"error", WORD_NONE, COLUMN_MACHINE, 0},
	{"note", WORD_NONE, COLUMN_MACHINE, 0},
	{"held", WORD_NONE, COLUMN_MACHINE, 0},
	{"held_since", WORD_NONE, COLUMN_MACHINE, 0},
	{"documentation", WORD_NONE, COLUMN_MACHINE, 0},
	{"licence", WORD_NONE, COLUMN_MACHINE, 0},
	{"attribution", WORD_NONE, COLUMN_MACHINE, 0},
	{"limits", WORD_NONE, COLUMN_MACHINE, 0},
	{"verified", WORD_NONE, COLUMN_MACHINE, 0},
};

struct listing {
	const struct query *query;
	const struct query_feeds *feeds;
	struct report *report;
	struct report_table *table;
};

/* What the ledger remembers of a feed. */
struct remembered {
	struct feed_state state;
	struct feed_held held; /* held.feed "": nothing */
};

static void add_separator(struct text *out)
{
	text_add_string(out, out->len > 0 ? "; " : "");
}

/* How the last run went: by failing while something is held back, both are said. */
static void phrase_run(struct text *out, const struct language *language,
		       const struct remembered *remembered)
{
	const struct feed_state *state = &remembered->state;
	char failures[16];
	AUTO_TEXT struct text said = TELL_TEXT;
	(void)snprintf(failures, sizeof failures, "%d", state->failures);
	if (remembered->held.feed[0] != '\0') {
		add_separator(out);
		word_add(out, language, WORD_HELD_BACK,
			 word_message(language, remembered->held.why, &said));
	}
	if (state->failures > 0) {
		add_separator(out);
		word_add(out, language, WORD_FAILED_TIMES,
			 word_message(language, state->error, &said), failures);
	} else if (state->note[0] != '\0') {
		add_separator(out);
		text_add_string(out, word_message(language, state->note, &said));
	}
}

/* feed NULL: not configured. */
static void phrase_note(struct text *out, const struct language *language,
			const struct query_feed *feed, const struct remembered *remembered)
{
	if (feed == NULL || !feed->is_enabled)
		text_add_string(out, word_of(language,
					     feed == NULL ? WORD_NOT_CONFIGURED : WORD_NOT_POLLED));
	phrase_run(out, language, remembered);
	if (remembered->state.refused > 0) {
		AUTO_TEXT struct text count = text_with_limit(32);
		text_addf(&count, "%lld", (long long)remembered->state.refused);
		add_separator(out);
		word_add(out, language, WORD_REFUSED_RECORDS, text_part(&count, out));
	}
}

static void add_instant(struct report_table *table, int64_t at)
{
	char text[INSTANT_BYTES];
	cell_text(table, at > 0 ? instant_print(at, text) : NULL);
}

static void add_machine_cells(const struct query_feed *feed, const struct remembered *remembered,
			      struct report_table *table)
{
	const struct feed_state *state = &remembered->state;
	cell_text(table, feed != NULL ? feed->name : NULL);
	cell_text(table, feed != NULL ? feed->url : NULL);
	cell_switch(table, feed != NULL);
	cell_switch(table, feed != NULL && feed->is_enabled);
	cell_integer(table, feed != NULL, feed != NULL ? feed->every_s : 0);
	add_instant(table, state->last_success);
	add_instant(table, state->last_try);
	add_instant(table, state->last_change);
	add_instant(table, state->next_due);
	cell_integer(table, true, state->failures);
	cell_text(table, state->cause[0] ? state->cause : NULL);
	cell_text(table, state->error[0] ? state->error : NULL);
	cell_text(table, state->note[0] ? state->note : NULL);
	cell_text(table, remembered->held.feed[0] ? remembered->held.why : NULL);
	add_instant(table, remembered->held.feed[0] ? remembered->held.received : 0);
	cell_text(table, feed != NULL ? feed->about.documentation : NULL);
	cell_text(table, feed != NULL ? feed->about.licence : NULL);
	cell_text(table, feed != NULL ? feed->about.attribution : NULL);
	cell_text(table, feed != NULL ? feed->about.limits : NULL);
	cell_text(table, feed != NULL ? feed->about.verified : NULL);
}

static void say_next(const struct query *query, enum word word, const char *feed,
		     struct report *report)
{
	AUTO_TEXT struct text next = TELL_TEXT;
	word_add(&next, query->language, word, feed);
	report_words(report, &next);
}

/* In full, below the table, where there is room. */
static void say_held(const struct query *query, const struct feed_held *held, struct report *report)
{
	AUTO_TEXT struct text line = TELL_TEXT;
	AUTO_TEXT struct text said = TELL_TEXT;
	text_addf(&line, "%s: ", held->feed);
	word_add(&line, query->language, WORD_HELD_BACK,
		 word_message(query->language, held->why, &said));
	report_words(report, &line);
	say_next(query, WORD_NEXT_ACCEPT, held->feed, report);
}

static void add_feed(const struct listing *listing, const char *id, const struct query_feed *feed,
		     const struct remembered *remembered)
{
	const struct query *query = listing->query;
	struct report_table *table = listing->table;
	const struct feed_state *state = &remembered->state;
	AUTO_TEXT struct text text = TELL_TEXT;
	const int64_t counts[] = {state->rows, state->new_rows, state->refused};
	bool is_polled = feed != NULL && feed->is_enabled;
	cell_text(table, id);
	moment_tell(&text, query, state->last_success);
	cell_take(table, &text);
	moment_tell(&text, query, state->last_try);
	cell_take(table, &text);
	if (!is_polled)
		text_add_string(&text, "-");
	else if (state->next_due <= query->now)
		text_add_string(&text, word_of(query->language, WORD_NOW));
	else
		moment_tell(&text, query, state->next_due);
	cell_take(table, &text);
	for (size_t i = 0; i < COUNT_OF(counts); i++)
		cell_integer(table, state->last_success > 0, (long)counts[i]);
	phrase_note(&text, query->language, feed, remembered);
	cell_take(table, &text);
	add_machine_cells(feed, remembered, table);
	table_end_row(table);
	if (remembered->held.feed[0] != '\0')
		say_held(query, &remembered->held, listing->report);
}

static const struct query_feed *find_feed(const struct query_feeds *feeds, const char *id)
{
	for (size_t i = 0; i < feeds->count; i++)
		if (strcmp(feeds->items[i].id, id) == 0)
			return &feeds->items[i];
	return NULL;
}

/* What is remembered of feeds that are configured no more. */
static bool take_forgotten(void *self, const struct feed_state *state, struct error *err)
{
	const struct listing *listing = self;
	struct remembered remembered = {.state = *state};
	if (find_feed(listing->feeds, state->feed) != NULL)
		return true;
	if (!feed_held_read(listing->query->judge.ledger, state->feed, &remembered.held, err))
		return false;
	add_feed(listing, state->feed, NULL, &remembered);
	return true;
}

static bool read_remembered(const struct query *query, const char *id, struct remembered *ret,
			    struct error *err)
{
	return feed_state_read(query->judge.ledger, id, &ret->state, err) &&
	       feed_held_read(query->judge.ledger, id, &ret->held, err);
}

static bool add_configured(const struct listing *listing, const struct query_feed *feed,
			   struct error *err)
{
	struct remembered remembered = {0};
	if (!read_remembered(listing->query, feed->id, &remembered, err))
		return false;
	add_feed(listing, feed->id, feed, &remembered);
	return true;
}

bool query_feeds(const struct query *query, const struct query_feeds *feeds, struct report **ret,
		 struct error *err)
{
	AUTO_REPORT struct report *report = report_new();
	if (report == NULL)
		return error_memory(err);
	struct listing listing = {
		query, feeds, report,
		query_add_table(query, report, "feeds", feed_columns, COUNT_OF(feed_columns))};
	for (size_t i = 0; i < feeds->count; i++)
		if (!add_configured(&listing, &feeds->items[i], err))
			return false;
	if (!feed_state_each(query->judge.ledger, take_forgotten, &listing, err))
		return false;
	if (table_rows(listing.table) == 0)
		report_line(report, "%s", word_of(query->language, WORD_NO_FEEDS));
	*ret = ptr_take(&report);
	return true;
}

/* Is it configured or at least remembered? */
static bool check_feed(const struct query *query, const struct query_feeds *feeds, const char *id,
		       struct error *err)
{
	struct feed_state state = {0};
	if (find_feed(feeds, id) != NULL)
		return true;
	if (!feed_state_read(query->judge.ledger, id, &state, err))
		return false;
	if (state.feed[0] != '\0')
		return true;
	AUTO_FREE const char **ids = calloc(feeds->count + 1, sizeof *ids);
	if (ids == NULL)
		return error_memory(err);
	for (size_t i = 0; i < feeds->count; i++)
		ids[i] = feeds->items[i].id;
	const char *nearest = unicode_nearest(span_of(id), ids, feeds->count);
	if (nearest != NULL)
		return error_set(err, ERROR_NOT_FOUND,
				 "feed '%s' is not configured; did you mean '%s'?", id, nearest);
	return error_set(err, ERROR_NOT_FOUND, "feed '%s' is not configured", id);
}

static enum word outcome_word(const char *outcome)
{
	static const struct {
		const char *outcome;
		enum word word;
	} words[] = {
		{"new", WORD_OUTCOME_NEW},
		{"failed", WORD_OUTCOME_FAILED},
		{"held", WORD_OUTCOME_HELD},
	};
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (strcmp(outcome, words[i].outcome) == 0)
			return words[i].word;
	return WORD_OUTCOME_REFUSED;
}

static void add_fetch_note(const struct query *query, const struct fetch_row *row,
			   struct report_table *table)
{
	const char *outcome = word_of(query->language, outcome_word(row->outcome));
	AUTO_TEXT struct text said = TELL_TEXT;
	if (row->text[0] != '\0')
		cell_textf(table, "%s: %s", outcome,
			   word_message(query->language, row->text, &said));
	else
		cell_text(table, outcome);
}

static bool take_fetch(void *self, const struct fetch_row *row, struct error *err)
{
	const struct listing *listing = self;
	struct report_table *table = listing->table;
	AUTO_TEXT struct text text = TELL_TEXT;
	(void)err;
	moment_tell(&text, listing->query, row->at);
	cell_take(table, &text);
	cell_integer(table, true, (long)row->rows);
	cell_integer(table, true, (long)(row->appended + row->revised));
	cell_integer(table, true, (long)row->refused);
	add_fetch_note(listing->query, row, table);
	add_instant(table, row->at);
	cell_text(table, row->outcome);
	cell_text(table, row->cause[0] ? row->cause : NULL);
	cell_text(table, row->text[0] ? row->text : NULL);
	cell_text(table, row->url[0] ? row->url : NULL);
	cell_integer(table, row->http_status > 0, row->http_status);
	cell_integer(table, true, (long)row->bytes);
	cell_integer(table, true, (long)row->duration_ms);
	cell_integer(table, true, (long)row->withdrawn);
	cell_integer(table, row->load > 0, (long)row->load);
	table_end_row(table);
	return true;
}

static const struct query_column fetch_columns[] = {
	{"shown_when", WORD_H_WHEN, COLUMN_HUMAN, 0},
	{"rows", WORD_H_ROWS, COLUMN_BOTH | COLUMN_RIGHT, 0},
	{"new", WORD_H_NEW, COLUMN_BOTH | COLUMN_RIGHT, 0},
	{"refused", WORD_H_REFUSED, COLUMN_BOTH | COLUMN_RIGHT, 0},
	{"shown_note", WORD_H_NOTE, COLUMN_HUMAN | COLUMN_WRAP, 0},
	{"at", WORD_NONE, COLUMN_MACHINE, 0},
	{"outcome", WORD_NONE, COLUMN_MACHINE, 0},
	{"cause", WORD_NONE, COLUMN_MACHINE, 0},
	{"text", WORD_NONE, COLUMN_MACHINE, 0},
	{"url", WORD_NONE, COLUMN_MACHINE, 0},
	{"http_status", WORD_NONE, COLUMN_MACHINE, 0},
	{"bytes", WORD_NONE, COLUMN_MACHINE, 0},
	{"duration_ms", WORD_NONE, COLUMN_MACHINE, 0},
	{"withdrawn", WORD_NONE, COLUMN_MACHINE, 0},
	{"load", WORD_NONE, COLUMN_MACHINE, 0},
};

/* Whose figures they are, and what is known of the source. */
static void tell_about(const struct language *language, const struct query_feed_about *about,
		       struct report *report)
{
	const struct {
		enum word word;
		const char *text;
	} lines[] = {
		{WORD_FEED_ATTRIBUTION, about->attribution},
		{WORD_FEED_LICENCE, about->licence},
		{WORD_FEED_DOCUMENTATION, about->documentation},
		{WORD_FEED_LIMITS, about->limits},
		{WORD_FEED_VERIFIED, about->verified},
	};
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		AUTO_TEXT struct text line = TELL_TEXT;
		if (lines[i].text == NULL)
			continue;
		word_add(&line, language, lines[i].word, lines[i].text);
		report_words(report, &line);
	}
}

static bool say_warnings(const struct query *query, const char *id, struct report *report,
			 struct error *err)
{
	const struct warnings_filter filter = {.feed = id};
	long count = 0;
	char number[NUMBER_BYTES];
	AUTO_TEXT struct text line = TELL_TEXT;
	if (!warnings_count(query, &filter, &count, err))
		return false;
	report_field_integer(report, "warnings", count);
	if (count == 0)
		return true;
	word_add(&line, query->language, WORD_NEXT_WARNINGS, number_print_integer(count, number),
		 id);
	report_words(report, &line);
	return true;
}

bool query_feed_runs(const struct query *query, const struct query_feeds *feeds, const char *id,
		     struct report **ret, struct error *err)
{
	struct remembered remembered = {0};
	AUTO_REPORT struct report *report = report_new();
	if (report == NULL)
		return error_memory(err);
	if (!check_feed(query, feeds, id, err) || !read_remembered(query, id, &remembered, err))
		return false;
	const struct query_feed *feed = find_feed(feeds, id);
	struct listing listing = {
		query, feeds, report,
		query_add_table(query, report, "feeds", feed_columns, COUNT_OF(feed_columns))};
	add_feed(&listing, id, feed, &remembered);
	if (feed != NULL)
		report_line(report, "%s", feed->url);
	if (feed != NULL)
		tell_about(query->language, &feed->about, report);
	report_line(report, "%s", "");
	listing.table =
		query_add_table(query, report, "fetches", fetch_columns, COUNT_OF(fetch_columns));
	if (!fetch_each(query->judge.ledger, id, FETCHES_SHOWN, take_fetch, &listing, err))
		return false;
	if (remembered.state.refused > 0)
		say_next(query, WORD_NEXT_REJECTS, id, report);
	if (!say_warnings(query, id, report, err))
		return false;
	*ret = ptr_take(&report);
	return true;
}

static bool take_reject(void *self, const struct reject_row *row, struct error *err)
{
	const struct listing *listing = self;
	struct report_table *table = listing->table;
	bool is_read = listing->query->format == REPORT_TABLE;
	AUTO_TEXT struct text said = TELL_TEXT;
	(void)err;
	cell_text(table, row->feed);
	cell_text(table, row->locator);
	cell_text(table, row->raw);
	cell_text(table,
		  is_read ? word_message(listing->query->language, row->text, &said) : row->text);
	cell_text(table, row->cause[0] ? row->cause : NULL);
	add_instant(table, row->at);
	table_end_row(table);
	return true;
}

bool query_feed_rejects(const struct query *query, const struct query_feeds *feeds, const char *id,
			struct report **ret, struct error *err)
{
	static const struct query_column columns[] = {
		{"feed", WORD_H_FEED, COLUMN_BOTH, 1},
		{"place", WORD_H_PLACE, COLUMN_BOTH | COLUMN_SHRINK, 0},
		{"found", WORD_H_FOUND, COLUMN_BOTH | COLUMN_SHRINK, 0},
		{"why", WORD_H_WHY, COLUMN_BOTH | COLUMN_WRAP, 0},
		{"cause", WORD_NONE, COLUMN_MACHINE, 0},
		{"at", WORD_NONE, COLUMN_MACHINE, 0},
	};
	AUTO_REPORT struct report *report = report_new();
	if (report == NULL)
		return error_memory(err);
	if (id != NULL && !check_feed(query, feeds, id, err))
		return false;
	struct listing listing = {
		query, feeds, report,
		query_add_table(query, report, "rejects", columns, COUNT_OF(columns))};
	const struct query_feed one = {.id = id};
	const struct query_feeds single = {&one, 1};
	const struct query_feeds *asked = id != NULL ? &single : feeds;
	for (size_t i = 0; i < asked->count; i++)
		if (!reject_each_last(query->judge.ledger, asked->items[i].id, take_reject,
				      &listing, err))
			return false;
	if (table_rows(listing.table) == 0)
		report_line(report, "%s", word_of(query->language, WORD_NO_REJECTS));
	*ret = ptr_take(&report);
	return true;
}
