/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/phrase_duty.h"

#include "query/tell.h"

const char *phrase_duty_title(const struct query *query, const struct duty *duty)
{
	return query_name(query, duty->title, duty->title_vi);
}

void phrase_due(struct text *out, const struct language *language,
		const struct obligation *obligation)
{
	const struct due_days *due = &obligation->due;
	AUTO_TEXT struct text first = TELL_TEXT;
	AUTO_TEXT struct text named = TELL_TEXT;
	bool is_moved = obligation->latest != due->latest;
	/* before day 31 of a month that has 30 days is its last day */
	bool is_strict =
		due->word == DEADLINE_BEFORE && !is_moved && obligation->latest < due->named;
	tell_day(&named, language, is_strict ? due->named : obligation->latest);
	if (due->first == DAY_NONE) {
		word_add(out, language, is_strict ? WORD_DUE_BEFORE : WORD_DUE_BY,
			 text_part(&named, out));
		return;
	}
	tell_day(&first, language, due->first);
	word_add(out, language, WORD_DUE_WINDOW, text_part(&first, out), text_part(&named, out));
}

void phrase_office(struct text *out, const struct query *query, const struct duty_office *office,
		   int32_t day)
{
	AUTO_TEXT struct text last = TELL_TEXT;
	const struct duty_office *answers = office_answering(query->judge.catalogue, office, day);
	const char *name = query_name(query, office->name, office->name_vi);
	if (answers == office) {
		text_add_string(out, name);
		return;
	}
	tell_day(&last, query->language, office->valid_to - 1);
	if (answers == NULL)
		word_add(out, query->language, WORD_OFFICE_NO_SUCCESSOR, name,
			 text_part(&last, out));
	else
		word_add(out, query->language, WORD_OFFICE_SUCCESSOR, name, text_part(&last, out),
			 query_name(query, answers->name, answers->name_vi));
}

/* The first area that the ended one became. */
static bool note_successor(void *self, const struct area_change *change)
{
	*(const char **)self = change->to;
	return false;
}

static void add_area(struct text *out, const struct query *query, const struct area *area,
		     int32_t day)
{
	AUTO_TEXT struct text last = TELL_TEXT;
	const struct catalogue *catalogue = query->judge.catalogue;
	const char *to = NULL;
	const char *name = query_name(query, area->name, area->name_vi);
	if (area->valid_to == DAY_NONE || day < area->valid_to) {
		text_add_string(out, name);
		return;
	}
	(void)area_successors(catalogue, area->id, note_successor, &to);
	const struct area *next = to != NULL ? catalogue_area(catalogue, span_of(to)) : NULL;
	tell_day(&last, query->language, area->valid_to - 1);
	if (next == NULL)
		word_add(out, query->language, WORD_OFFICE_NO_SUCCESSOR, name,
			 text_part(&last, out));
	else
		word_add(out, query->language, WORD_OFFICE_SUCCESSOR, name, text_part(&last, out),
			 query_name(query, next->name, next->name_vi));
}

int32_t phrase_office_day(const struct query *query, const struct obligation *obligation,
			  bool is_missing)
{
	return is_missing ? query->judge.as_of.day : obligation->latest;
}

const char *phrase_owner_name(const struct query *query, const struct judged_owner *owner)
{
	const struct area *area = owner->obliged.area;
	const struct duty_office *office = owner->obliged.office;
	return obliged_is_area(&owner->obliged) ? query_name(query, area->name, area->name_vi)
						: query_name(query, office->name, office->name_vi);
}

void phrase_owner(struct text *out, const struct query *query, const struct obligation *obligation,
		  const struct judged_owner *owner)
{
	int32_t day = phrase_office_day(query, obligation, owner->state == DUTY_MISSING);
	if (obliged_is_area(&owner->obliged))
		add_area(out, query, owner->obliged.area, day);
	else
		phrase_office(out, query, owner->obliged.office, day);
}

void phrase_duty(struct text *out, const struct query *query, const struct obligation *obligation,
		 bool is_missing)
{
	AUTO_TEXT struct text recipient = TELL_TEXT;
	const struct duty *duty = obligation->duty;
	const char *title = phrase_duty_title(query, duty);
	const struct duty_office *office =
		catalogue_office(query->judge.catalogue, span_of(duty->recipient));
	if (office == NULL) {
		text_addf(out, "%s [%s]", title, duty_family(duty));
		return;
	}
	phrase_office(&recipient, query, office, phrase_office_day(query, obligation, is_missing));
	word_add(out, query->language, WORD_DUTY_TO, title, duty_family(duty),
		 text_part(&recipient, out));
}

static void add_days(struct text *out, const struct language *language, enum word one,
		     enum word many, long days)
{
	word_add_count(out, language, one, many, days);
}

static void add_due_in(struct text *out, const struct language *language, long days)
{
	if (days < 0)
		text_add_string(out, word_of(language, WORD_DUTY_GRACE));
	else if (days == 0)
		text_add_string(out, word_of(language, WORD_DUTY_TODAY));
	else
		add_days(out, language, WORD_DUTY_IN_ONE, WORD_DUTY_IN, days);
}

void phrase_missing(struct text *out, const struct duty *duty, const struct judged_owner *owner,
		    const char *between)
{
	const char *before = "";
	for (size_t i = 0; i < duty->indicator_count; i++) {
		if (!judged_owner_lacks(owner, i))
			continue;
		text_addf(out, "%s%s", before, duty->indicators[i]);
		before = between;
	}
}

static void add_missing(struct text *out, const struct language *language, const struct duty *duty,
			const struct judged_owner *owner)
{
	AUTO_TEXT struct text ids = TELL_TEXT;
	phrase_missing(&ids, duty, owner, ", ");
	word_add(out, language, WORD_DUTY_FIGURES, text_part(&ids, out));
}

void phrase_owner_state(struct text *out, const struct query *query,
			const struct obligation *obligation, const struct judged_owner *owner)
{
	const struct language *language = query->language;
	switch (owner->state) {
	case DUTY_ON_TIME:
		text_add_string(out, word_of(language, WORD_DUTY_ON_TIME));
		return;
	case DUTY_LATE:
		add_days(out, language, WORD_DUTY_LATE_ONE, WORD_DUTY_LATE, owner->late_days);
		return;
	case DUTY_MISSING:
		add_days(out, language, WORD_DUTY_OVERDUE_ONE, WORD_DUTY_OVERDUE, owner->late_days);
		break;
	case DUTY_DUE_SOON:
	case DUTY_AWAITED:
		add_due_in(out, language, obligation->latest - query->judge.as_of.day);
		break;
	}
	if (owner->indicators > 0) {
		text_add_string(out, "; ");
		add_missing(out, language, obligation->duty, owner);
	}
}
