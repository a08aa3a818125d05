/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "judge/duty.h"

#include <limits.h>
#include <stdlib.h>

#include "judge/figures.h"

static const char *const state_names[DUTY_STATES] = {
	[DUTY_ON_TIME] = "on_time",   [DUTY_LATE] = "late",	  [DUTY_MISSING] = "missing",
	[DUTY_DUE_SOON] = "due_soon", [DUTY_AWAITED] = "awaited",
};

const char *duty_state_name(enum duty_state state)
{
	return state_names[state];
}

bool duty_state_parse(struct span text, enum duty_state *ret, struct error *err)
{
	for (int i = 0; i < DUTY_STATES; i++) {
		if (!span_is(text, state_names[i]))
			continue;
		*ret = (enum duty_state)i;
		return true;
	}
	return error_set(err, ERROR_INPUT,
			 "'%.*s' is not one of on_time, late, missing, due_soon, awaited",
			 SPAN_ARGS(text));
}

bool duty_is_received(enum duty_state state)
{
	return state == DUTY_ON_TIME || state == DUTY_LATE;
}

bool judged_owner_lacks(const struct judged_owner *owner, size_t indicator)
{
	return (owner->missing[indicator / CHAR_BIT] >> indicator % CHAR_BIT & 1) != 0;
}

void judged_duty_done(struct judged_duty *duty)
{
	free(duty->owners);
	*duty = (struct judged_duty){0};
}

/* One duty that is being judged. */
struct judging {
	const struct judge *judge;
	struct judged_duty *duty;
};

static bool add_owner(void *self, const struct obliged *obliged, struct error *err)
{
	struct judging *judging = self;
	struct judged_duty *duty = judging->duty;
	if (!array_grow(&duty->owners, &duty->room, duty->count, sizeof *duty->owners,
			DUTY_OWNERS_MAX, "owners of a duty", err))
		return false;
	duty->owners[duty->count] = (struct judged_owner){.obliged = *obliged, .day = DAY_NONE};
	if (duty->obligation.duty->deliver == DELIVER_FIGURES &&
	    !figures_find(judging->judge, &duty->obligation, &duty->owners[duty->count], err))
		return false;
	duty->count++;
	return true;
}

/* Does it count as of the day? */
static bool counts(const struct judge *judge, const struct delivery *delivery)
{
	int32_t day = judge->as_of.day;
	if (!judge->as_of.by_receipt)
		return delivery->day <= day && delivery->withdrawn == 0;
	bool is_withdrawn =
		delivery->withdrawn != 0 && zone_day(judge->zone, delivery->withdrawn_at) <= day;
	return zone_day(judge->zone, delivery->received) <= day && !is_withdrawn;
}

/* The earliest delivery counts; what comes later adds to it. */
static bool take_delivery(void *self, const struct delivery *delivery, struct error *err)
{
	struct judging *judging = self;
	(void)err;
	if (!counts(judging->judge, delivery))
		return true;
	for (size_t i = 0; i < judging->duty->count; i++) {
		struct judged_owner *owner = &judging->duty->owners[i];
		bool is_first = owner->day == DAY_NONE || delivery->day < owner->day;
		if (!is_first ||
		    !obliged_is(judging->judge->catalogue, &owner->obliged, delivery->owner))
			continue;
		owner->day = delivery->day;
		owner->delivery = delivery->id;
		owner->document = delivery->document;
	}
	return true;
}

/* What is missing is asked of whoever answers today. */
static void decide(const struct catalogue *catalogue, const struct obligation *obligation,
		   int32_t today, struct judged_owner *owner)
{
	int32_t day = owner->day != DAY_NONE ? owner->day : today;
	bool is_late = day > obligation->in_time;
	owner->late_days = is_late ? day - obligation->latest : 0;
	if (owner->day != DAY_NONE)
		owner->state = is_late ? DUTY_LATE : DUTY_ON_TIME;
	else if (is_late)
		owner->state = DUTY_MISSING;
	else
		owner->state =
			obligation->latest - today <= DUTY_SOON_DAYS ? DUTY_DUE_SOON : DUTY_AWAITED;
	if (owner->state == DUTY_MISSING)
		owner->obliged.answers = office_answering(catalogue, owner->obliged.office, today);
}

bool judge_duty(const struct judge *judge, const struct obligation *obligation,
		struct judged_duty *ret, struct error *err)
{
	struct judging judging = {judge, ret};
	const struct catalogue *catalogue = judge->catalogue;
	ret->obligation = *obligation;
	ret->count = 0;
	memset(ret->by_state, 0, sizeof ret->by_state);
	if (!obliged_each(catalogue, obligation, add_owner, &judging, err) ||
	    !delivery_each(judge->ledger, duty_family(obligation->duty), obligation->period,
			   take_delivery, &judging, err))
		return false;
	for (size_t i = 0; i < ret->count; i++) {
		decide(catalogue, obligation, judge->as_of.day, &ret->owners[i]);
		ret->by_state[ret->owners[i].state]++;
	}
	return true;
}
