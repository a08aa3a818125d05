/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/events.h"

#include <stdio.h>

#include "ledger/event.h"
#include "obs/instant.h"
#include "query/heading.h"
#include "query/phrase.h"
#include "query/said_events.h"

enum { SHOWN_BYTES = 16, HOUR_S = 3600, MINUTE_S = 60 };

/* Going through the events twice: to count them, and to show the last of them. */
struct walk {
	const struct query *query;
	const struct query_events_filter *filter;
	const char *area;
	struct said_events said;    /* go in between by their time */
	size_t at;		    /* the next of them */
	struct report_table *table; /* NULL: count only */
	size_t count, skip;
};

static void walk_done(struct walk *walk)
{
	said_events_done(&walk->said);
}

/* One row: an event, and when it is a note or a delivery what was said. */
struct happening {
	const struct event *event;
	const struct said_event *said;	   /* NULL: of the table of events */
	const char *indicator, *breakdown; /* NULL: none */
};

static const struct query_column columns[] = {
	{"shown_when", WORD_H_WHEN, COLUMN_HUMAN, 0},
	{"shown_target", WORD_H_TARGET, COLUMN_HUMAN, 0},
	{"shown_area", WORD_H_AREA, COLUMN_HUMAN, 0},
	{"shown_change", WORD_H_CHANGE, COLUMN_HUMAN | COLUMN_WRAP, 0},
	{"shown_cause", WORD_H_CAUSE, COLUMN_HUMAN | COLUMN_WRAP, 0},
	{"shown_actor", WORD_H_BY, COLUMN_HUMAN, 1},
	{"shown_method", WORD_H_METHOD, COLUMN_HUMAN, COLUMN_EXTRA},
	{"id", WORD_NONE, COLUMN_MACHINE, 0},
	{"at", WORD_NONE, COLUMN_MACHINE, 0},
	{"kind", WORD_NONE, COLUMN_MACHINE, 0},
	{"actor", WORD_NONE, COLUMN_MACHINE, 0},
	{"target", WORD_NONE, COLUMN_MACHINE, 0},
	{"indicator", WORD_NONE, COLUMN_MACHINE, 0},
	{"breakdown", WORD_NONE, COLUMN_MACHINE, 0},
	{"area", WORD_NONE, COLUMN_MACHINE, 0},
	{"feed", WORD_NONE, COLUMN_MACHINE, 0},
	{"duty", WORD_NONE, COLUMN_MACHINE, 0},
	{"old_state", WORD_NONE, COLUMN_MACHINE, 0},
	{"new_state", WORD_NONE, COLUMN_MACHINE, 0},
	{"reason", WORD_NONE, COLUMN_MACHINE, 0},
	{"cause", WORD_NONE, COLUMN_MACHINE, 0},
	{"row", WORD_NONE, COLUMN_MACHINE, 0},
	{"method", WORD_NONE, COLUMN_MACHINE, 0},
	{"symbol", WORD_NONE, COLUMN_MACHINE, 0},
	{"value", WORD_NONE, COLUMN_MACHINE, 0},
	{"target_value", WORD_NONE, COLUMN_MACHINE, 0},
	{"measure", WORD_NONE, COLUMN_MACHINE, 0},
	{"values_used", WORD_NONE, COLUMN_MACHINE, 0},
	{"used", WORD_NONE, COLUMN_MACHINE, 0},
	{"until", WORD_NONE, COLUMN_MACHINE, 0},
	{"note", WORD_NONE, COLUMN_MACHINE, 0},
	{"remedy", WORD_NONE, COLUMN_MACHINE, 0},
	{"period", WORD_NONE, COLUMN_MACHINE, 0},
	{"owner", WORD_NONE, COLUMN_MACHINE, 0},
	{"day", WORD_NONE, COLUMN_MACHINE, 0},
};

static bool is_ack(const struct event *event)
{
	return strcmp(event->kind, "ack") == 0;
}

static bool is_duty(const struct event *event)
{
	return strcmp(event->kind, "duty") == 0;
}

/* What it is about. */
static const char *subject_of(const struct happening *happening)
{
	const struct event *event = happening->event;
	if (event->duty[0] != '\0')
		return event->duty;
	if (event->target[0] != '\0')
		return event->target;
	return happening->said != NULL ? happening->said->indicator : event->feed;
}

static bool is_unack(const struct event *event)
{
	return strcmp(event->kind, "unack") == 0;
}

/* The state of an event in words; its own when this program does not use it. */
static void add_state(const struct language *language, const char *state, const char *reason,
		      struct text *out)
{
	struct verdict verdict = {0};
	if (!assess_state_parse(span_of(state), &verdict.state, NULL)) {
		text_add_string(out, state);
		return;
	}
	if (!assess_reason_find(reason, &verdict.reason))
		verdict.reason = REASON_NONE;
	text_add_string(out, word_of(language, phrase_state_word(&verdict)));
}

static void add_when(const struct query *query, int64_t at, struct text *out)
{
	char clock[SHOWN_BYTES];
	const struct zone *zone = query->judge.zone;
	int32_t second = zone_second_of_day(zone, at);
	tell_day(out, query->language, zone_day(zone, at));
	(void)snprintf(clock, sizeof clock, " %02d:%02d", second / HOUR_S,
		       second % HOUR_S / MINUTE_S);
	text_add_string(out, clock);
}

static void add_said(const struct language *language, const struct said_event *said,
		     struct text *out)
{
	AUTO_TEXT struct text day = TELL_TEXT;
	if (said->day != DAY_NONE) {
		tell_day(&day, language, said->day);
		word_add(out, language,
			 said->is_removal ? WORD_EVENT_DELIVERY_REMOVED : WORD_EVENT_DELIVERED,
			 said->period, text_part(&day, out));
	} else if (said->is_removal) {
		text_add_string(out, word_of(language, WORD_EVENT_NOTE_REMOVED));
	} else if (said->period[0] != '\0') {
		word_add(out, language, WORD_EVENT_NOTED_YEAR, said->period);
	} else {
		text_add_string(out, word_of(language, WORD_EVENT_NOTED));
	}
}

static void add_change(const struct language *language, const struct event *event, struct text *out)
{
	AUTO_TEXT struct text state = TELL_TEXT;
	AUTO_TEXT struct text day = TELL_TEXT;
	if (is_duty(event)) {
		text_add_string(out, word_of(language, WORD_DUTY_NOT_DONE));
		return;
	}
	add_state(language, event->new_state, event->reason, &state);
	if (is_unack(event)) {
		text_add_string(out, word_of(language, WORD_ACK_REMOVED));
	} else if (!is_ack(event)) {
		if (event->old_state[0] != '\0')
			add_state(language, event->old_state, "", out);
		text_add_string(out, event->old_state[0] ? " -> " : "");
		text_add_string(out, text_part(&state, out));
	} else if (event->until_day == DAY_NONE) {
		word_add(out, language, WORD_ACK_UNTIL_CLEAR, text_part(&state, out));
	} else {
		tell_day(&day, language, event->until_day);
		word_add(out, language, WORD_ACK_UNTIL, text_part(&state, out),
			 text_part(&day, out));
	}
}

static const struct {
	const char *cause;
	enum word word;
} causes[] = {
	{"new_value", WORD_CAUSE_NEW},
	{"revision", WORD_CAUSE_REVISION},
	{"members_changed", WORD_CAUSE_MEMBERS},
	{"correction", WORD_CAUSE_CORRECTION},
	{"break", WORD_CAUSE_BREAK},
	{"time_passed", WORD_CAUSE_TIME},
	{"target_changed", WORD_CAUSE_TARGET},
};

static const struct indicator *find_indicator(const struct query *query,
					      const struct happening *happening)
{
	return happening->indicator == NULL
		       ? NULL
		       : catalogue_indicator(query->judge.catalogue, span_of(happening->indicator));
}

/* "new value 95 %", or what somebody wrote. */
static void add_cause(const struct language *language, const struct event *event,
		      const struct indicator *indicator, struct text *out)
{
	if (strcmp(event->kind, "state") != 0) {
		const char *cause = is_duty(event) ? "" : event->cause;
		text_addf(out, "%s%s%s", cause, cause[0] && event->note[0] ? "; " : "",
			  event->note);
		return;
	}
	const char *said = event->cause;
	for (size_t i = 0; i < COUNT_OF(causes); i++)
		if (strcmp(causes[i].cause, event->cause) == 0)
			said = word_of(language, causes[i].word);
	text_add_string(out, said);
	if (!event->value.is_set || indicator == NULL)
		return;
	text_add_string(out, ": ");
	tell_amount(out, language, indicator, event->value.value, TELL_AS_IS);
}

/* What somebody wrote, one after the other. */
static void add_texts(const struct said_event *said, struct text *out)
{
	const char *const texts[] = {said->event.cause, said->remedy, said->event.note};
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		if (texts[i][0] != '\0')
			text_addf(out, "%s%s", out->len > 0 ? "; " : "", texts[i]);
}

static void add_words(const struct walk *walk, const struct happening *happening,
		      struct report_table *table)
{
	const struct query *query = walk->query;
	const struct event *event = happening->event;
	const struct said_event *said = happening->said;
	AUTO_TEXT struct text text = TELL_TEXT;
	add_when(query, event->at, &text);
	cell_take(table, &text);
	cell_text(table, subject_of(happening));
	cell_text(table, said != NULL && said->owner[0] != '\0' ? said->owner : event->area);
	if (said != NULL)
		add_said(query->language, said, &text);
	else
		add_change(query->language, event, &text);
	cell_take(table, &text);
	if (said != NULL)
		add_texts(said, &text);
	else
		add_cause(query->language, event, find_indicator(query, happening), &text);
	cell_take(table, &text);
	cell_text(table, event->actor);
	cell_text(table, event->method);
}

static void add_word(struct report_table *table, const char *word)
{
	cell_text(table, word != NULL && word[0] != '\0' ? word : NULL);
}

static void add_inputs(const struct event *event, struct report_table *table)
{
	char used[PERIOD_BYTES];
	bool has_window = event->used_count > 0;
	const struct period window = {event->used_from, event->used_to};
	cell_integer(table, event->seq != 0, (long)event->seq);
	add_word(table, event->method);
	add_word(table, event->symbol);
	cell_number(table, event->value.is_set, event->value.value);
	cell_number(table, event->target_value.is_set, event->target_value.value);
	cell_number(table, event->measure.is_set, event->measure.value);
	cell_integer(table, has_window, (long)event->used_count);
	cell_text(table, has_window ? period_print(window, used) : NULL);
}

static void add_members(const struct happening *happening, struct report_table *table)
{
	char at[INSTANT_BYTES], day[DAY_BYTES];
	const struct event *event = happening->event;
	const char *const words[] = {event->kind, event->actor, event->target,
				     happening->indicator};
	const char *const more[] = {
		event->area,	  event->feed,	 event->duty,  event->old_state,
		event->new_state, event->reason, event->cause,
	};
	cell_integer(table, true, (long)event->id);
	cell_text(table, instant_print(event->at, at));
	for (size_t i = 0; i < COUNT_OF(words); i++)
		add_word(table, words[i]);
	cell_text(table, happening->breakdown);
	for (size_t i = 0; i < COUNT_OF(more); i++)
		add_word(table, more[i]);
	add_inputs(event, table);
	cell_text(table, event->until_day == DAY_NONE ? NULL : day_print(event->until_day, day));
	add_word(table, event->note);
}

static void add_said_members(const struct said_event *said, struct report_table *table)
{
	char day[DAY_BYTES];
	add_word(table, said != NULL ? said->remedy : NULL);
	add_word(table, said != NULL ? said->period : NULL);
	add_word(table, said != NULL ? said->owner : NULL);
	cell_text(table, said != NULL && said->day != DAY_NONE ? day_print(said->day, day) : NULL);
}

static bool passes(const struct walk *walk, const struct happening *happening)
{
	const struct query_events_filter *filter = walk->filter;
	int32_t day = zone_day(walk->query->judge.zone, happening->event->at);
	if (day > walk->query->judge.as_of.day)
		return false;
	if (filter->indicator != NULL &&
	    (happening->indicator == NULL || strcmp(happening->indicator, filter->indicator) != 0))
		return false;
	return (filter->since == DAY_NONE || day >= filter->since) &&
	       (filter->until == DAY_NONE || day <= filter->until);
}

static void take_happening(struct walk *walk, const struct happening *happening)
{
	if (!passes(walk, happening) || walk->count++ < walk->skip || walk->table == NULL)
		return;
	add_words(walk, happening, walk->table);
	add_members(happening, walk->table);
	add_said_members(happening->said, walk->table);
	table_end_row(walk->table);
}

static bool is_asked(const char *wanted, const char *found)
{
	return wanted == NULL || strcmp(wanted, found) == 0;
}

/* The owner's area is that of a delivery. */
static bool is_asked_said(const struct walk *walk, const struct said_event *said)
{
	const struct query_events_filter *filter = walk->filter;
	const char *area = said->day == DAY_NONE ? said->event.area : said->owner;
	return filter->feed == NULL && filter->state == NULL &&
	       is_asked(filter->target, said->event.target) && is_asked(walk->area, area);
}

/* What was said up to then. */
static void take_said(struct walk *walk, int64_t before)
{
	while (walk->at < walk->said.count && walk->said.items[walk->at].event.at < before) {
		const struct said_event *said = &walk->said.items[walk->at++];
		const bool has_series = said->indicator[0] != '\0';
		const struct happening happening = {&said->event, said,
						    has_series ? said->indicator : NULL,
						    has_series ? said->breakdown : NULL};
		if (is_asked_said(walk, said))
			take_happening(walk, &happening);
	}
}

static bool take(void *self, const struct event *event, struct error *err)
{
	struct walk *walk = self;
	const struct catalogue *catalogue = walk->query->judge.catalogue;
	const struct target *target = catalogue_target(catalogue, span_of(event->target));
	const struct happening happening = {event, NULL, target ? target->indicator : NULL,
					    target ? target->breakdown : NULL};
	(void)err;
	take_said(walk, event->at);
	take_happening(walk, &happening);
	return true;
}

static bool go(struct walk *walk, struct error *err)
{
	const struct query_events_filter *filter = walk->filter;
	const struct event_filter which = {
		.target = filter->target,
		.area = walk->area,
		.feed = filter->feed,
		.state = filter->state,
	};
	walk->count = 0;
	walk->at = 0;
	if (!event_each(walk->query->judge.ledger, &which, take, walk, err))
		return false;
	take_said(walk, INT64_MAX);
	return true;
}

/* Ids that are not in the catalogue may still be in the log: only a state is checked. */
static bool check(struct walk *walk, struct error *err)
{
	const struct query_events_filter *filter = walk->filter;
	enum assess_state state;
	const struct area *area = NULL;
	const struct indicator *indicator;
	if (filter->state != NULL && !assess_state_parse(span_of(filter->state), &state, err))
		return false;
	if (filter->indicator != NULL &&
	    !query_find_indicator(walk->query, filter->indicator, &indicator, err))
		return false;
	if (filter->area != NULL && !query_find_area(walk->query, filter->area, &area, err))
		return false;
	walk->area = area ? area->id : NULL;
	return true;
}

bool query_events(const struct query *query, const struct query_events_filter *filter,
		  struct report **ret, struct error *err)
{
	AUTO_REPORT struct report *report = report_new_for(query->format);
	AUTO(walk_done) struct walk walk = {.query = query, .filter = filter};
	if (report == NULL)
		return error_memory(err);
	if (!check(&walk, err) || !said_events_read(query->judge.ledger, &walk.said, err) ||
	    (filter->last > 0 && !go(&walk, err)))
		return false;
	walk.skip = filter->last > 0 && walk.count > filter->last ? walk.count - filter->last : 0;
	query_add_day(query, report);
	walk.table = query_add_table(query, report, "events", columns, COUNT_OF(columns));
	if (!go(&walk, err))
		return false;
	if (walk.count == 0)
		report_line(report, "%s", word_of(query->language, WORD_NO_EVENTS));
	*ret = ptr_take(&report);
	return true;
}
