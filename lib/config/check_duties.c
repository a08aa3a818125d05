/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/check_duties.h"

#include <stdio.h>

enum { WHO_BYTES = ID_BYTES + 16 };

static void check_contact(const struct raw *raw, const struct duty_office *office)
{
	const char *contact = office->contact;
	const char *at = contact != NULL ? strchr(contact, '@') : NULL;
	if (contact == NULL || contact[0] == '\0')
		return;
	bool is_address = at != NULL && at != contact && at[1] != '\0' &&
			  strchr(at + 1, '@') == NULL && strpbrk(contact, " \t,;<>") == NULL;
	if (!is_address)
		raw_problem(raw, PROBLEM_ERROR, TABLE_OFFICES, office->line,
			    "office '%s': contact '%s' is not one mail address such as "
			    "office@example.org",
			    office->id, contact);
}

static void check_office(const struct raw *raw, const struct duty_office *office)
{
	char who[WHO_BYTES];
	(void)snprintf(who, sizeof who, "office '%s': ", office->id);
	const struct raw_reference refs[] = {
		{TABLE_OFFICES, office->line, who, "successor", office->successor, TABLE_OFFICES},
		{TABLE_OFFICES, office->line, who, "area", office->area, TABLE_AREAS},
		{TABLE_OFFICES, office->line, who, "publisher", office->publisher, TABLE_SOURCES},
	};
	for (size_t i = 0; i < COUNT_OF(refs); i++)
		(void)raw_refer(raw, &refs[i]);
	(void)raw_check_validity(raw, TABLE_OFFICES, office->line, office->valid_from,
				 office->valid_to);
	if (office->successor[0] != '\0' && office->valid_to == DAY_NONE)
		raw_problem(raw, PROBLEM_ERROR, TABLE_OFFICES, office->line,
			    "%sit has a successor but no valid_to; say from which day on the "
			    "successor answers",
			    who);
	check_contact(raw, office);
}

static void check_when(const struct raw *raw, const struct duty *duty, const char *who)
{
	struct rhythm rhythm;
	struct deadline deadline;
	struct error why = {0};
	if (!rhythm_parse(span_of(duty->rhythm), &rhythm, &why)) {
		raw_problem(raw, PROBLEM_ERROR, TABLE_DUTIES, duty->line, "%speriod: %s", who,
			    why.text);
		return;
	}
	if (!deadline_parse(span_of(duty->deadline), &rhythm, &deadline, &why))
		raw_problem(raw, PROBLEM_ERROR, TABLE_DUTIES, duty->line, "%sdeadline: %s", who,
			    why.text);
}

static void check_kind(const struct raw *raw, const struct duty *duty, const char *who)
{
	const struct table_rows *rows = &raw->rows[TABLE_AREAS];
	const struct area *areas = rows->items;
	size_t i = 0;
	if (duty->each_kind[0] == '\0' || rows->is_partial)
		return;
	while (i < rows->count && strcmp(areas[i].kind, duty->each_kind) != 0)
		i++;
	if (i == rows->count)
		raw_problem(raw, PROBLEM_ERROR, TABLE_DUTIES, duty->line,
			    "%seach_kind '%s' is no kind of areas.csv", who, duty->each_kind);
}

_Static_assert((int)DUTY_INDICATORS_MAX >= (int)COLUMN_IDS_MAX, "bits");

static bool has_figure_area(const struct raw *raw, const struct duty *duty)
{
	const struct duty_office *owner = raw_find(raw, TABLE_OFFICES, duty->owner);
	return duty->area[0] != '\0' || owner == NULL || owner->area[0] != '\0';
}

static void check_owner(const struct raw *raw, const struct duty *duty, const char *who)
{
	const char *why = NULL;
	bool has_figures = duty->deliver == DELIVER_FIGURES;
	if (duty->owner[0] == '\0' && duty->area[0] == '\0')
		why = "nobody owes it; name an owner, or an area (with each_kind: its members)";
	else if (duty->owner[0] != '\0' && duty->each_kind[0] != '\0')
		why = "it has an owner and each_kind; name one of them";
	else if (has_figures && duty->indicator_count == 0)
		why = "it delivers figures; name their indicators";
	else if (!has_figures && duty->indicator_count > 0)
		why = "it delivers a document but has indicators; write figures under deliver";
	else if (has_figures && !has_figure_area(raw, duty))
		why = "of which area are its figures? Name it under area, here or with the owner";
	if (why != NULL)
		raw_problem(raw, PROBLEM_ERROR, TABLE_DUTIES, duty->line, "%s%s", who, why);
}

static void check_family(const struct raw *raw, const struct duty *duty, const char *who)
{
	const struct duty *first =
		raw_refer(raw, &(struct raw_reference){TABLE_DUTIES, duty->line, who, "version_of",
						       duty->version_of, TABLE_DUTIES});
	if (first == duty)
		raw_problem(raw, PROBLEM_ERROR, TABLE_DUTIES, duty->line,
			    "%sit cannot be a version of itself; leave version_of empty", who);
	else if (first != NULL && first->version_of[0] != '\0')
		raw_problem(raw, PROBLEM_ERROR, TABLE_DUTIES, duty->line,
			    "%sversion_of '%s' is itself a version of '%s'; name that", who,
			    first->id, first->version_of);
}

/* The first earlier version that is in force at the same time. */
static void check_overlap(const struct raw *raw, const struct duty *late, size_t count,
			  const char *who)
{
	for (size_t i = 0; i < count; i++) {
		const struct duty *early = raw_row(raw, TABLE_DUTIES, i);
		if (early == NULL || strcmp(duty_family(early), duty_family(late)) != 0 ||
		    strcmp(early->id, late->id) == 0 ||
		    !raw_overlaps(early->valid_from, early->valid_to, late->valid_from,
				  late->valid_to))
			continue;
		raw_problem(raw, PROBLEM_ERROR, TABLE_DUTIES, late->line,
			    "%sit holds at the same time as version '%s' on line %d; close one "
			    "with valid_to",
			    who, early->id, early->line);
		return;
	}
}

static void check_duty(const struct raw *raw, const struct duty *duty, size_t at)
{
	char who[WHO_BYTES];
	(void)snprintf(who, sizeof who, "duty '%s': ", duty->id);
	const struct raw_reference refs[] = {
		{TABLE_DUTIES, duty->line, who, "act", duty->act, TABLE_ACTS},
		{TABLE_DUTIES, duty->line, who, "area", duty->area, TABLE_AREAS},
		{TABLE_DUTIES, duty->line, who, "owner", duty->owner, TABLE_OFFICES},
		{TABLE_DUTIES, duty->line, who, "recipient", duty->recipient, TABLE_OFFICES},
	};
	for (size_t i = 0; i < COUNT_OF(refs); i++)
		(void)raw_refer(raw, &refs[i]);
	for (size_t i = 0; i < duty->indicator_count; i++)
		(void)raw_refer(raw,
				&(struct raw_reference){TABLE_DUTIES, duty->line, who, "indicators",
							duty->indicators[i], TABLE_INDICATORS});
	(void)raw_check_validity(raw, TABLE_DUTIES, duty->line, duty->valid_from, duty->valid_to);
	check_kind(raw, duty, who);
	check_owner(raw, duty, who);
	check_when(raw, duty, who);
	check_family(raw, duty, who);
	check_overlap(raw, duty, at, who);
}

static void check_holidays(const struct raw *raw)
{
	for (size_t i = 0; i < raw->rows[TABLE_HOLIDAYS].count; i++) {
		const struct holiday *late = raw_row(raw, TABLE_HOLIDAYS, i);
		for (size_t j = 0; late != NULL && j < i; j++) {
			const struct holiday *early = raw_row(raw, TABLE_HOLIDAYS, j);
			char day[DAY_BYTES];
			if (early == NULL || early->day != late->day)
				continue;
			raw_problem(raw, PROBLEM_ERROR, TABLE_HOLIDAYS, late->line,
				    "day %s is on line %d already", day_print(late->day, day),
				    early->line);
			break;
		}
	}
}

void check_duties(const struct raw *raw)
{
	for (size_t i = 0; i < raw->rows[TABLE_OFFICES].count; i++) {
		const struct duty_office *office = raw_row(raw, TABLE_OFFICES, i);
		if (office != NULL)
			check_office(raw, office);
	}
	raw_check_cycles(raw, TABLE_OFFICES, offsetof(struct duty_office, successor), "successor");
	for (size_t i = 0; i < raw->rows[TABLE_DUTIES].count; i++) {
		const struct duty *duty = raw_row(raw, TABLE_DUTIES, i);
		if (duty != NULL)
			check_duty(raw, duty, i);
	}
	check_holidays(raw);
}
