/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a duty comes to for one period: which version holds, until when, and who owes it. */

#include "obs/catalogue.h"

/* A duty for one period.  Borrows from the catalogue. */
struct obligation {
	const struct duty *duty; /* the version that holds */
	struct period period;
	struct due_days due; /* as the rule says it */
	int32_t latest;	     /* due.latest on a working day, where the duty asks for that */
	int32_t in_time;     /* the last day in time: latest and the days of grace */
};

/* One who owes it. */
struct obliged {
	const char *key;		   /* id of the office or area, as deliveries name it */
	const struct area *area;	   /* of the figures; NULL: none */
	const struct duty_office *office;  /* as the rule names it; NULL: the area itself owes */
	const struct duty_office *answers; /* the office, or who answers for it on the due day;
					    * NULL: nobody is known */
};

/* Does the area itself owe it, whoever answers for it? */
bool obliged_is_area(const struct obliged *obliged);

enum { OBLIGATION_PERIODS_MAX = 20000 };

/* The version of a duty (by the id that its versions share) that holds for a period that ends on
 * that day; NULL: none. */
const struct duty *duty_version(const struct catalogue *catalogue, const char *family, int32_t day);

/* The office itself when it exists on the day, else the first of its successors that does; NULL
 * when none is known. */
const struct duty_office *office_answering(const struct catalogue *catalogue,
					   const struct duty_office *office, int32_t day);

/* The duty for that period.  ERROR_NOT_FOUND when there is no such duty or no version holds;
 * ERROR_INPUT when it is not owed for periods of this kind. */
MUST_CHECK bool obligation_find(const struct catalogue *catalogue, const char *family,
				struct period period, struct obligation *ret, struct error *err);

/* Called for each; false stops, err says why. */
typedef bool obligation_fn(void *self, const struct obligation *obligation, struct error *err);

/* All periods of a duty whose `latest` lies `within`, by version and period. */
MUST_CHECK bool obligation_each(const struct catalogue *catalogue, const char *family,
				struct period within, obligation_fn *take, void *self,
				struct error *err);

/* Called for each; false stops, err says why. */
typedef bool obliged_fn(void *self, const struct obliged *obliged, struct error *err);

/* Everybody who owes it, by id. */
MUST_CHECK bool obliged_each(const struct catalogue *catalogue, const struct obligation *obligation,
			     obliged_fn *take, void *self, struct error *err);

/* Does the id name this owner: its key, its office, or a successor up to who answers? */
bool obliged_is(const struct catalogue *catalogue, const struct obliged *obliged, const char *id);
