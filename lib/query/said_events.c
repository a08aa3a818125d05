/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/said_events.h"

#include <stdio.h>
#include <stdlib.h>

#include "ledger/delivery.h"
#include "ledger/note.h"

enum { TEXTS_MAX = 8 };

void said_events_done(struct said_events *events)
{
	for (size_t i = 0; i < events->count; i++)
		free(events->items[i].texts);
	free(events->items);
	*events = (struct said_events){0};
}

static struct event bare_event(int64_t id, int64_t at, const char *kind)
{
	return (struct event){.id = id,
			      .at = at,
			      .kind = kind,
			      .feed = "",
			      .target = "",
			      .area = "",
			      .duty = "",
			      .old_state = "",
			      .new_state = "",
			      .reason = "",
			      .cause = "",
			      .note = "",
			      .method = "",
			      .symbol = "",
			      .until_day = DAY_NONE,
			      .used_from = DAY_NONE,
			      .used_to = DAY_NONE};
}

/* Put the borrowed texts into memory of its own. */
static bool own(struct said_event *item, struct error *err)
{
	const char **const texts[TEXTS_MAX] = {
		&item->event.actor, &item->event.target, &item->event.area, &item->event.duty,
		&item->event.cause, &item->event.note,	 &item->remedy,	    &item->owner,
	};
	size_t len = 0;
	for (size_t i = 0; i < TEXTS_MAX; i++)
		len += strlen(*texts[i]) + 1;
	item->texts = malloc(len);
	if (item->texts == NULL)
		return error_memory(err);
	char *to = item->texts;
	for (size_t i = 0; i < TEXTS_MAX; i++) {
		size_t bytes = strlen(*texts[i]) + 1;
		memcpy(to, *texts[i], bytes);
		*texts[i] = to;
		to += bytes;
	}
	return true;
}

static bool keep(struct said_events *events, struct said_event *item, struct error *err)
{
	if (!array_grow(&events->items, &events->room, events->count, sizeof *events->items,
			SAID_EVENTS_MAX, "notes and deliveries", err) ||
	    !own(item, err))
		return false;
	events->items[events->count++] = *item;
	return true;
}

static bool take_note(void *self, const struct note *note, struct error *err)
{
	struct said_event item = {.event = bare_event(note->id, note->at, "note"),
				  .remedy = note->remedy,
				  .owner = "",
				  .day = DAY_NONE,
				  .is_removal = note->is_removal};
	item.event.actor = note->actor;
	item.event.target = note->target;
	item.event.area = note->area;
	item.event.cause = note->cause;
	item.event.note = note->text;
	memcpy(item.indicator, note->indicator, sizeof item.indicator);
	memcpy(item.breakdown, note->breakdown, sizeof item.breakdown);
	if (note->year != 0)
		(void)snprintf(item.period, sizeof item.period, "%04d", note->year);
	return keep(self, &item, err);
}

static bool take_delivery(void *self, const struct delivery *delivery, struct error *err)
{
	struct said_event item = {.event = bare_event(delivery->id, delivery->received, "delivery"),
				  .remedy = "",
				  .owner = delivery->owner,
				  .day = delivery->day,
				  .is_removal = delivery->withdraws != 0};
	item.event.actor = delivery->actor;
	item.event.duty = delivery->duty;
	item.event.note = delivery->note;
	(void)period_print(delivery->period, item.period);
	return keep(self, &item, err);
}

static int compare(const void *left, const void *right)
{
	const struct said_event *a = left;
	const struct said_event *b = right;
	if (a->event.at != b->event.at)
		return a->event.at < b->event.at ? -1 : 1;
	int order = strcmp(a->event.kind, b->event.kind);
	return order != 0 ? order : (a->event.id > b->event.id) - (a->event.id < b->event.id);
}

bool said_events_read(struct ledger *ledger, struct said_events *ret, struct error *err)
{
	AUTO_SAID_EVENTS struct said_events events = {0};
	if (!note_each(ledger, take_note, &events, err) ||
	    !delivery_each_said(ledger, take_delivery, &events, err))
		return false;
	if (events.count > 1)
		qsort(events.items, events.count, sizeof *events.items, compare);
	*ret = events;
	events = (struct said_events){0};
	return true;
}
