/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* From the ledger to a verdict: reads the vintages of a series, lets them stand, judges.  The
 * appliers and the questions both go through here, so that what is stored and what is answered as
 * of any day cannot differ. */

#include "assess/assess.h"
#include "base/clock.h"
#include "judge/total.h"
#include "ledger/log.h"

/* Everything that an answer depends on. */
struct judge {
	struct ledger *ledger;
	const struct catalogue *catalogue;
	const struct zone *zone; /* civil days of instants */
	struct as_of as_of;	 /* its day is "today" for every question */
};

/* One series with what is known of it; keeps its memory when it is handed in again. */
struct judged_series {
	const struct indicator *indicator; /* borrowed from the catalogue */
	int64_t series;			   /* 0: no value has ever come */
	struct vintages vintages;	   /* all rows, also those after as_of */
	int32_t *received_days;		   /* of each vintage */
	size_t received_room;
	struct totals totals;	  /* empty where there can be none */
	struct standing standing; /* its points borrow from vintages and totals */
};

#define AUTO_JUDGED_SERIES AUTO(judged_series_done)
/* Free its memory and make it empty again. */
void judged_series_done(struct judged_series *series);

/* Read a series and let what is published stand.  A series without any row gives an empty standing.
 * ERROR_NOT_FOUND when the catalogue has no such indicator. */
MUST_CHECK bool judge_published(const struct judge *judge, const struct series_key *key,
				struct judged_series *ret, struct error *err);

/* Add the totals of members to what judge_published read: they stand where nothing usable is
 * published. */
MUST_CHECK bool judge_add_totals(const struct judge *judge, const struct series_key *key,
				 struct judged_series *ret, struct error *err);

/* Both: what every answer and every verdict rests on. */
MUST_CHECK bool judge_series(const struct judge *judge, const struct series_key *key,
			     struct judged_series *ret, struct error *err);

/* Judge one target in one area on the series that judge_series read for it. */
MUST_CHECK bool judge_target(const struct judge *judge, const struct judged_series *series,
			     const struct target *target, const struct area *area,
			     struct verdict *ret, struct error *err);

/* Of which total the verdict is: the one that decided (*ret_decides), else the refused one that
 * would have helped; expected 0: none. */
void judge_total_of(const struct judged_series *series, const struct target *target,
		    const struct verdict *verdict, struct total *ret, bool *ret_decides);

/* Is the target in force on the day: its act adopted by then (an unknown adoption counts as
 * adopted), not ended, not superseded by an act that was adopted by then? */
bool judge_in_force(const struct catalogue *catalogue, const struct target *target, int32_t day);

/* One target in one area with its verdict. */
struct judged_target {
	const struct target *target;
	const struct area *area;
	const struct indicator *indicator;
	const struct act *act;
	const struct judged_series
		*series; /* NULL: the verdict was stored, see judge_each_latest */
	struct verdict verdict;
	const struct observation *deciding; /* when verdict.has_point */
	struct period reporting;	    /* of it */
	bool stand_in;
	bool computed;	    /* it is a total of members */
	struct total total; /* that one, or the one that was refused; expected 0: none */
};

/* Borrowed until it returns; false stops, err says why. */
typedef bool judged_target_fn(void *self, const struct judged_target *judged, struct error *err);

struct judge_filter {
	const char *indicator, *breakdown, *area, *target, *act; /* NULL: any */
	bool all; /* also targets that are not in force, or due more than a year before */
};

/* Judge every target that passes the filter, in each of its areas, ordered by series (indicator,
 * breakdown, area), then due day; a series is read once for the targets that share it. */
MUST_CHECK bool judge_each(const struct judge *judge, const struct judge_filter *filter,
			   judged_target_fn *take, void *self, struct error *err);

/* The same, but where the appliers have judged everything for this day, what they stored is taken:
 * without a series, without the verdict's point, milestone and used_first. */
MUST_CHECK bool judge_each_latest(const struct judge *judge, const struct judge_filter *filter,
				  judged_target_fn *take, void *self, struct error *err);
