/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Offices, and what they owe: which figures or which document, for which period, to whom, by when.
 * A milestone of work is a duty that delivers a document once. */

#include "obs/calendar.h"
#include "obs/deadline.h"
#include "obs/ids.h"

struct catalogue;

struct duty_office {
	char id[ID_BYTES];
	char *name, *name_vi;	      /* name never NULL; name_vi may be "" */
	int32_t valid_from, valid_to; /* half-open; DAY_NONE: open */
	char successor[ID_BYTES];     /* an office; "": none is known */
	char area[ID_BYTES];	      /* that it answers for; "": none */
	char publisher[ID_BYTES];     /* source under which its figures come; "": any */
	char *contact;		      /* a mail address, or "" */
	char *origin;		      /* where that stands */
	int line;
};

enum { DUTY_INDICATORS_MAX = 256 };

enum duty_delivery { DELIVER_DOCUMENT, DELIVER_FIGURES };

/* One version of a duty. */
struct duty {
	char id[ID_BYTES];
	char version_of[ID_BYTES]; /* the duty of which this is another version; "": itself */
	char *title, *title_vi;
	char act[ID_BYTES]; /* "": none */
	enum duty_delivery deliver;
	char (*indicators)[ID_BYTES]; /* of figures */
	size_t indicator_count;
	char area[ID_BYTES];	  /* of the figures; with each_kind: whose members owe */
	char each_kind[ID_BYTES]; /* each member of this kind owes it; "": the owner */
	int32_t member_day;	  /* when members are counted; DAY_NONE: the end of the period */
	char owner[ID_BYTES];	  /* an office; "": the area itself, or its members */
	char recipient[ID_BYTES]; /* an office; "": not said */
	char rhythm[ID_BYTES];	  /* as rhythm_parse reads it */
	char deadline[ID_BYTES];  /* as deadline_parse reads it */
	int grace_days;		  /* after the deadline, that are still in time */
	enum day_shift shift;
	int32_t valid_from, valid_to; /* by the end of a period: for which it holds */
	char *text, *place;	      /* the wording as printed, the page */
	char *origin;		      /* where it stands */
	int line;
};

/* The id that all versions of a duty share. */
const char *duty_family(const struct duty *duty);

/* By id; borrowed; NULL when there is none. */
const struct duty_office *catalogue_office(const struct catalogue *catalogue, struct span id);
/* Likewise, of one version. */
const struct duty *catalogue_duty(const struct catalogue *catalogue, struct span id);

/* The working days of the catalogue; borrows. */
struct calendar catalogue_calendar(const struct catalogue *catalogue);

/* For catalogue_free() and catalogue_sort(). */
void duties_free(struct catalogue *catalogue);
void duties_sort(struct catalogue *catalogue);
