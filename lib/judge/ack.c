/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "judge/ack.h"

#include <stdio.h>
#include <stdlib.h>

void acks_done(struct acks *acks)
{
	free(acks->items);
	*acks = (struct acks){0};
}

/* 0: clear; not to know is less than to know that it is bad. */
static int severity(enum assess_state state)
{
	static const int severities[] = {
		[STATE_MET] = 0,       [STATE_ON_TRACK] = 0,	   [STATE_INSUFFICIENT_DATA] = 1,
		[STATE_NO_DATA] = 1,   [STATE_NOT_ASSESSABLE] = 1, [STATE_NEARLY_ON_TRACK] = 2,
		[STATE_OFF_TRACK] = 3, [STATE_WORSENING] = 4,	   [STATE_MISSED] = 5,
	};
	return severities[state];
}

bool ack_is_clear(enum assess_state state)
{
	return severity(state) == 0;
}

static bool ends_with(const struct ack *ack, enum assess_state state)
{
	return ack_is_clear(state) || severity(state) > severity(ack->state);
}

/* Reading: what was acknowledged and not taken back, the last of each target and area. */
struct reading {
	const struct judge *judge;
	struct acks acks;
};

static void reading_done(struct reading *reading)
{
	acks_done(&reading->acks);
}

static int compare_names(const struct ack *ack, const char *target, const char *area)
{
	int order = strcmp(ack->target, target);
	return order != 0 ? order : strcmp(ack->area, area);
}

/* Where it is, or where it belongs. */
static size_t place_of(const struct acks *acks, const char *target, const char *area)
{
	size_t low = 0;
	for (size_t high = acks->count; low < high;) {
		size_t middle = low + (high - low) / 2;
		if (compare_names(&acks->items[middle], target, area) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_at(const struct acks *acks, size_t at, const char *target, const char *area)
{
	return at < acks->count && compare_names(&acks->items[at], target, area) == 0;
}

static void remove_at(struct acks *acks, size_t at)
{
	acks->count--;
	memmove(&acks->items[at], &acks->items[at + 1], (acks->count - at) * sizeof *acks->items);
}

static bool insert_at(struct acks *acks, size_t at, const struct ack *ack, struct error *err)
{
	if (!array_grow(&acks->items, &acks->room, acks->count, sizeof *acks->items, ACKS_MAX,
			"acknowledgements", err))
		return false;
	memmove(&acks->items[at + 1], &acks->items[at], (acks->count - at) * sizeof *acks->items);
	acks->items[at] = *ack;
	acks->count++;
	return true;
}

static struct ack ack_of(const struct event *event)
{
	struct ack ack = {.id = event->id, .at = event->at, .until_day = event->until_day};
	/* A state that another program wrote is held for the least. */
	if (!assess_state_parse(span_of(event->new_state), &ack.state, NULL))
		ack.state = STATE_NO_DATA;
	(void)snprintf(ack.target, sizeof ack.target, "%s", event->target);
	(void)snprintf(ack.area, sizeof ack.area, "%s", event->area);
	(void)snprintf(ack.actor, sizeof ack.actor, "%s", event->actor);
	(void)snprintf(ack.note, sizeof ack.note, "%s", event->note);
	(void)snprintf(ack.cause, sizeof ack.cause, "%s", event->cause);
	return ack;
}

static bool is_known(const struct judge *judge, const struct event *event)
{
	return zone_day(judge->zone, event->at) <= judge->as_of.day;
}

static bool take(void *self, const struct event *event, struct error *err)
{
	struct reading *reading = self;
	struct acks *acks = &reading->acks;
	if (!is_known(reading->judge, event))
		return true;
	size_t at = place_of(acks, event->target, event->area);
	if (is_at(acks, at, event->target, event->area))
		remove_at(acks, at);
	const struct ack ack = ack_of(event);
	return strcmp(event->kind, "ack") != 0 || insert_at(acks, at, &ack, err);
}

/* Following the states since one was made. */
struct following {
	const struct judge *judge;
	const struct ack *ack;
	bool has_ended;
};

static bool follow(void *self, const struct event *event, struct error *err)
{
	struct following *following = self;
	enum assess_state state;
	(void)err;
	if (is_known(following->judge, event) &&
	    assess_state_parse(span_of(event->new_state), &state, NULL))
		following->has_ended |= ends_with(following->ack, state);
	return true;
}

static bool has_ended(const struct judge *judge, const struct ack *ack, bool *ret,
		      struct error *err)
{
	struct following following = {.judge = judge, .ack = ack};
	const struct event_filter filter = {
		.kind = "state", .target = ack->target, .area = ack->area, .after = ack->id};
	if (!event_each(judge->ledger, &filter, follow, &following, err))
		return false;
	*ret = following.has_ended ||
	       (ack->until_day != DAY_NONE && ack->until_day <= judge->as_of.day);
	return true;
}

bool acks_read(const struct judge *judge, struct acks *ret, struct error *err)
{
	AUTO(reading_done) struct reading reading = {.judge = judge};
	struct acks *acks = &reading.acks;
	size_t kept = 0;
	if (!event_each_ack(judge->ledger, take, &reading, err))
		return false;
	for (size_t i = 0; i < acks->count; i++) {
		bool ended = false;
		if (!has_ended(judge, &acks->items[i], &ended, err))
			return false;
		if (!ended)
			acks->items[kept++] = acks->items[i];
	}
	acks->count = kept;
	*ret = *acks;
	*acks = (struct acks){0};
	return true;
}

const struct ack *acks_find(const struct acks *acks, const char *target, const char *area,
			    enum assess_state state)
{
	size_t at = place_of(acks, target, area);
	if (!is_at(acks, at, target, area) || ends_with(&acks->items[at], state))
		return NULL;
	return &acks->items[at];
}
