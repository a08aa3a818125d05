/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The standing values of a series as methods want them: one comparable run, one value a year. */

#include "assess/standing.h"

/* Where a series belongs. */
struct series_place {
	const struct catalogue *catalogue; /* its breaks */
	const struct indicator *indicator;
	const char *area;
	struct period
		judged; /* the period that is judged: a year from its months, or months alone */
};

/* times, values and points have count elements; points are indices of standing->points. */
struct yearly {
	double *times, *values;
	size_t *points;
	size_t count;
	size_t first;	 /* the first point of the run */
	size_t left_out; /* usable points before it, beyond a break */
};

#define AUTO_YEARLY AUTO(yearly_done)

/* The run of usable points that ends with the last one: a break in the catalogue (for the source of
 * either neighbour) or a row that is marked as a break begins a new run; days compared are the last
 * ones observed.
 *
 * Then one value a year.  Yearly: the points.  Below a year, basis `end`: the last period of each
 * year, and in the run's last year the latest one.  Basis `mean` or `sum`: the mean (all periods
 * weigh the same) or sum of the years that are complete; or, when the judged period is some months
 * of a year, of the same months of each year.  The time of a value is that of the
 * last reporting period in it.  Only memory can fail. */
MUST_CHECK bool yearly_build(const struct series_place *place, const struct standing *standing,
			     struct yearly *ret, struct error *err);
void yearly_done(struct yearly *yearly);

/* A value for a period. */
struct period_value {
	double value;
	size_t point;  /* the last one in it */
	bool official; /* all normal (A), of whole periods */
};

/* The value of any period from the usable points: of the reporting period that contains it, or, of
 * a longer one, by the basis from all the reporting periods in it (`end`: from the last).  False
 * when what it needs is not there. */
bool series_value(const struct indicator *indicator, const struct standing *standing,
		  struct period period, struct period_value *ret);

/* The first value of a later period of the same kind. */
bool series_later_value(const struct indicator *indicator, const struct standing *standing,
			struct period period, struct period_value *ret);

/* period_time of the reporting period that contains the day: the clock of all methods. */
double series_time(const struct indicator *indicator, int32_t day);

/* Is there a break between two points of one series, the earlier first? */
bool series_breaks(const struct series_place *place, const struct standing_point *before,
		   const struct standing_point *after);
