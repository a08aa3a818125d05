/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/say_events.h"

#include "apply/derive.h"
#include "judge/ack.h"

struct saying {
	const struct log *log;
	const struct catalogue *catalogue;
	struct judge judge;
	struct acks acks; /* those that hold; read when a state is to be said */
	bool has_acks;
	int64_t last;
};

static void saying_done(struct saying *saying)
{
	acks_done(&saying->acks);
}

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

/* Whoever has seen that a target is in a bad way need not be told again that it still is. */
static bool say_state(struct saying *saying, const struct event *event,
		      const struct log_subject *subject, struct error *err)
{
	enum assess_state state;
	if (!saying->has_acks && !acks_read(&saying->judge, &saying->acks, err))
		return false;
	saying->has_acks = true;
	const struct ack *ack = NULL;
	if (assess_state_parse(span_of(event->new_state), &state, NULL))
		ack = acks_find(&saying->acks, event->target, event->area, state);
	log_say(saying->log, ack != NULL ? LOG_LEVEL_INFO : LOG_LEVEL_NOTICE, subject,
		"target '%s' in %s: %s%s%s (%s)%s%s", event->target, event->area, event->old_state,
		event->old_state[0] ? " -> " : "", event->new_state, event->cause,
		ack != NULL ? ", acknowledged by " : "", ack != NULL ? ack->actor : "");
	return true;
}

static bool say_one(void *self, const struct event *event, struct error *err)
{
	struct saying *saying = self;
	const struct target *target = catalogue_target(saying->catalogue, span_of(event->target));
	const struct log_subject subject = {.target = event->target,
					    .area = event->area,
					    .indicator = target ? target->indicator : NULL};
	if (strcmp(event->kind, "state") == 0 && !say_state(saying, event, &subject, err))
		return false;
	if (strcmp(event->kind, "duty") == 0)
		log_say(saying->log, LOG_LEVEL_NOTICE, &subject, "duty '%s' is overdue: %s",
			event->duty, event->note);
	saying->last = event->id;
	return true;
}

void say_events(const struct log *log, const struct apply *apply, int64_t *last)
{
	struct error err = {0};
	AUTO(saying_done)
	struct saying saying = {.log = log,
				.catalogue = apply->catalogue,
				.judge = apply_judge(apply),
				.last = *last};
	const struct event_filter filter = {.after = *last};
	if (!event_each(apply->ledger, &filter, say_one, &saying, &err))
		log_say(log, LOG_LEVEL_WARNING, NULL, "cannot read the events: %s", err.text);
	*last = saying.last;
}
