/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "apply/duties.h"

#include "apply/derive.h"
#include "judge/duty.h"
#include "ledger/event.h"

enum { NOTE_BYTES = 512 };

struct late {
	const struct apply *apply;
	int32_t since, today;
	size_t events;
};

static bool append(struct late *late, const struct judged_duty *duty,
		   const struct judged_owner *owner, struct error *err)
{
	char period[PERIOD_BYTES];
	int64_t id = 0;
	const struct obliged *obliged = &owner->obliged;
	AUTO_TEXT struct text note = text_with_limit(NOTE_BYTES);
	text_addf(&note, "%s %s (%s)", period_print(duty->obligation.period, period), obliged->key,
		  duty->obligation.duty->deadline);
	const struct event event = {
		.at = late->apply->now,
		.kind = "duty",
		.actor = late->apply->actor,
		.area = obliged->area ? obliged->area->id : NULL,
		.duty = duty_family(duty->obligation.duty),
		.new_state = duty_state_name(owner->state),
		.cause = "time_passed",
		.until_day = DAY_NONE,
		.note = text_part(&note, &note),
		.used_from = DAY_NONE,
		.used_to = DAY_NONE,
	};
	late->events++;
	return event_append(late->apply->ledger, &event, &id, err);
}

static bool take(void *self, const struct judged_duty *duty, struct error *err)
{
	struct late *late = self;
	int32_t last = duty->obligation.in_time;
	if (last < late->since || last >= late->today)
		return true;
	for (size_t i = 0; i < duty->count; i++) {
		const struct judged_owner *owner = &duty->owners[i];
		if (owner->state == DUTY_MISSING && !append(late, duty, owner, err))
			return false;
	}
	return true;
}

bool apply_duties_late(const struct apply *apply, int32_t since, int32_t today, size_t *ret_events,
		       struct error *err)
{
	const struct judge judge = apply_judge(apply);
	const struct duty_filter filter = {.due_before = today};
	struct late late = {apply, since, today, 0};
	if (!judge_each_duty(&judge, &filter, take, &late, err))
		return false;
	*ret_events = late.events;
	return true;
}
