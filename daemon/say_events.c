/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/say_events.h"

struct saying {
	const struct log *log;
	const struct catalogue *catalogue;
	int64_t last;
};

static bool note_last(void *self, const struct event *event, struct error *err)
{
	(void)err;
	*(int64_t *)self = event->id;
	return true;
}

bool events_last(struct ledger *ledger, int64_t *ret, struct error *err)
{
	const struct event_filter filter = {.last = 1};
	*ret = 0;
	return event_each(ledger, &filter, note_last, ret, err);
}

static bool say_one(void *self, const struct event *event, struct error *err)
{
	struct saying *saying = self;
	(void)err;
	saying->last = event->id;
	const struct target *target = catalogue_target(saying->catalogue, span_of(event->target));
	const struct log_subject subject = {.target = event->target,
					    .area = event->area,
					    .indicator = target ? target->indicator : NULL};
	if (strcmp(event->kind, "state") == 0)
		log_say(saying->log, LOG_LEVEL_NOTICE, &subject, "target '%s' in %s: %s%s%s (%s)",
			event->target, event->area, event->old_state,
			event->old_state[0] ? " -> " : "", event->new_state, event->cause);
	if (strcmp(event->kind, "duty") == 0)
		log_say(saying->log, LOG_LEVEL_NOTICE, &subject, "duty '%s' is overdue: %s",
			event->duty, event->note);
	return true;
}

void say_events(const struct log *log, const struct desk *desk, int64_t *last)
{
	struct error err = {0};
	struct saying saying = {log, desk->setup->catalogue, *last};
	const struct event_filter filter = {.after = *last};
	if (!event_each(desk->ledger, &filter, say_one, &saying, &err))
		log_say(log, LOG_LEVEL_WARNING, NULL, "cannot read the events: %s", err.text);
	*last = saying.last;
}
