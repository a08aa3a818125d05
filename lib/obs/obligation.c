/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "obs/obligation.h"

/* How far a deadline can lie from the end of its period: a year before ("in 02"), or many after;
 * a shift may move it. */
enum { BEFORE_DAYS = 400, AFTER_DAYS = DEADLINE_DAYS_AFTER_MAX + 400 };

static bool holds(const struct duty *duty, const char *family, int32_t day)
{
	return strcmp(duty_family(duty), family) == 0 &&
	       area_valid_on(duty->valid_from, duty->valid_to, day);
}

const struct duty *duty_version(const struct catalogue *catalogue, const char *family, int32_t day)
{
	for (size_t i = 0; i < catalogue->duty_count; i++)
		if (holds(&catalogue->duties[i], family, day))
			return &catalogue->duties[i];
	return NULL;
}

const struct duty_office *office_answering(const struct catalogue *catalogue,
					   const struct duty_office *office, int32_t day)
{
	size_t left = catalogue->office_count;
	while (office != NULL && left-- > 0 && !area_valid_on(DAY_NONE, office->valid_to, day))
		office = catalogue_office(catalogue, span_of(office->successor));
	return office;
}

/* The tables were checked when they were read; a failure is of a ledger that was not. */
static bool work_out(const struct catalogue *catalogue, const struct duty *duty,
		     struct period period, struct obligation *ret, struct error *err)
{
	struct rhythm rhythm;
	struct deadline deadline;
	const struct calendar calendar = catalogue_calendar(catalogue);
	if (!rhythm_parse(span_of(duty->rhythm), &rhythm, err) ||
	    !deadline_parse(span_of(duty->deadline), &rhythm, &deadline, err))
		return error_within(err, "duty '%s'", duty->id);
	struct obligation found = {duty, period, deadline_due(&deadline, period), 0, 0};
	found.latest = calendar_shift(&calendar, found.due.latest, duty->shift);
	found.in_time = found.latest + duty->grace_days;
	*ret = found;
	return true;
}

static bool refuse_period(const struct duty *duty, struct period period, struct error *err)
{
	char said[PERIOD_BYTES];
	bool is_once = span_starts(span_of(duty->rhythm), "once:");
	return error_set(err, ERROR_INPUT, "duty '%s' is owed %s %s, not for %s", duty->id,
			 is_once ? "once, for" : "for each",
			 is_once ? duty->rhythm + strlen("once:") : duty->rhythm,
			 period_print(period, said));
}

bool obligation_find(const struct catalogue *catalogue, const char *family, struct period period,
		     struct obligation *ret, struct error *err)
{
	char said[PERIOD_BYTES];
	struct rhythm rhythm;
	const struct duty *duty = duty_version(catalogue, family, period_last_day(period));
	if (duty == NULL)
		return error_set(err, ERROR_NOT_FOUND, "duty '%s' does not hold for %s", family,
				 period_print(period, said));
	if (!rhythm_parse(span_of(duty->rhythm), &rhythm, err))
		return error_within(err, "duty '%s'", duty->id);
	if (!rhythm_has(&rhythm, period))
		return refuse_period(duty, period, err);
	return work_out(catalogue, duty, period, ret, err);
}

/* Going through the periods of a version. */
struct walk {
	const struct catalogue *catalogue;
	const struct duty *duty;
	struct period within;
	obligation_fn *take;
	void *self;
};

static bool take_period(const struct walk *walk, struct period period, struct error *err)
{
	struct obligation obligation;
	int32_t last = period_last_day(period);
	if (!area_valid_on(walk->duty->valid_from, walk->duty->valid_to, last))
		return true;
	if (!work_out(walk->catalogue, walk->duty, period, &obligation, err))
		return false;
	if (obligation.latest < walk->within.from || obligation.latest >= walk->within.to)
		return true;
	return walk->take(walk->self, &obligation, err);
}

static bool take_version(const struct walk *walk, struct error *err)
{
	struct rhythm rhythm;
	if (!rhythm_parse(span_of(walk->duty->rhythm), &rhythm, err))
		return error_within(err, "duty '%s'", walk->duty->id);
	if (rhythm.frequency == FREQUENCY_NONE)
		return take_period(walk, rhythm.once, err);
	int32_t first = period_index(rhythm.frequency, walk->within.from - AFTER_DAYS);
	int32_t last = period_index(rhythm.frequency, walk->within.to + BEFORE_DAYS);
	if (last - first > OBLIGATION_PERIODS_MAX)
		return error_set(err, ERROR_LIMIT, "duty '%s' has more than %d periods",
				 walk->duty->id, OBLIGATION_PERIODS_MAX);
	for (int32_t i = first; i <= last; i++)
		if (!take_period(walk, period_at_index(rhythm.frequency, i), err))
			return false;
	return true;
}

bool obligation_each(const struct catalogue *catalogue, const char *family, struct period within,
		     obligation_fn *take, void *self, struct error *err)
{
	for (size_t i = 0; i < catalogue->duty_count; i++) {
		const struct walk walk = {catalogue, &catalogue->duties[i], within, take, self};
		if (strcmp(duty_family(walk.duty), family) == 0 && !take_version(&walk, err))
			return false;
	}
	return true;
}

/* The one office of an area that exists on the day; NULL when there is none, or more than one. */
static const struct duty_office *office_of(const struct catalogue *catalogue, const char *area,
					   int32_t day)
{
	const struct duty_office *found = NULL;
	for (size_t i = 0; i < catalogue->office_count; i++) {
		const struct duty_office *office = &catalogue->offices[i];
		if (strcmp(office->area, area) != 0 ||
		    !area_valid_on(office->valid_from, office->valid_to, day))
			continue;
		if (found != NULL)
			return NULL;
		found = office;
	}
	return found;
}

static struct obliged of_area(const struct catalogue *catalogue,
			      const struct obligation *obligation, const struct area *area)
{
	const struct duty_office *office = office_of(catalogue, area->id, obligation->latest);
	if (office == NULL)
		office = office_of(catalogue, area->id, period_last_day(obligation->period));
	return (struct obliged){area->id, area, office,
				office_answering(catalogue, office, obligation->latest)};
}

static bool each_member(const struct catalogue *catalogue, const struct obligation *obligation,
			obliged_fn *take, void *self, struct error *err)
{
	const struct duty *duty = obligation->duty;
	int32_t day = duty->member_day != DAY_NONE ? duty->member_day
						   : period_last_day(obligation->period);
	for (size_t i = 0; i < catalogue->area_count; i++) {
		const struct area *area = &catalogue->areas[i];
		if (strcmp(area->kind, duty->each_kind) != 0 || !area_is_valid(area, day) ||
		    !catalogue_is_member(catalogue, area->id, duty->area, day))
			continue;
		const struct obliged obliged = of_area(catalogue, obligation, area);
		if (!take(self, &obliged, err))
			return false;
	}
	return true;
}

bool obliged_each(const struct catalogue *catalogue, const struct obligation *obligation,
		  obliged_fn *take, void *self, struct error *err)
{
	const struct duty *duty = obligation->duty;
	const struct area *area = catalogue_area(catalogue, span_of(duty->area));
	const struct duty_office *office = catalogue_office(catalogue, span_of(duty->owner));
	if (duty->each_kind[0] != '\0')
		return each_member(catalogue, obligation, take, self, err);
	if (office == NULL && area == NULL)
		return true;
	if (office == NULL) {
		const struct obliged alone = of_area(catalogue, obligation, area);
		return take(self, &alone, err);
	}
	if (area == NULL)
		area = catalogue_area(catalogue, span_of(office->area));
	const struct obliged obliged = {office->id, area, office,
					office_answering(catalogue, office, obligation->latest)};
	return take(self, &obliged, err);
}

bool obliged_is_area(const struct obliged *obliged)
{
	return obliged->area != NULL && strcmp(obliged->key, obliged->area->id) == 0;
}

bool obliged_is(const struct catalogue *catalogue, const struct obliged *obliged, const char *id)
{
	const struct duty_office *office = obliged->office;
	size_t left = catalogue->office_count;
	if (strcmp(obliged->key, id) == 0)
		return true;
	while (office != NULL && left-- > 0) {
		if (strcmp(office->id, id) == 0)
			return true;
		if (office == obliged->answers)
			return false;
		office = catalogue_office(catalogue, span_of(office->successor));
	}
	return false;
}
