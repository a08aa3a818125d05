/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Carrying a series on to a year, in the forms that the United Nations' regional commissions use.
 */

#include "assess/trend.h"

enum forecast_form {
	FORECAST_LINEAR, /* a straight line through all values */
	FORECAST_LOGIT,	 /* the same on the logit scale */
	FORECAST_LINEAR_WEIGHTED,
	FORECAST_LOGIT_WEIGHTED,
	FORECAST_GEOMETRIC,    /* growth from the first to the last value, from the last on */
	FORECAST_LOGIT_CHANGE, /* the mean, over neighbours, of change of logits per year, likewise
				*/
};

/* A series that is ready to be carried on.  A logit form becomes linear when there is no scale or
 * the values do not fit on it (trend_to_logit). */
struct forecast {
	enum forecast_form form; /* as it came out */
	size_t count;		 /* values that were used; for fewer than two nothing is known */
	struct trend_line line;	 /* of values, or of logits; geometric: none */
	struct trend_line plain; /* the same without weights, of logits wherever they fit */
	const struct logit_scale *scale; /* NULL: they do not fit */
	double last_time, last;		 /* the last value, or its logit */
	struct measure rate;		 /* growth, or change of logits, per year */
	bool at_bound; /* logits of values at a bound were taken half a unit inside */
};

/* Prepare by the values before the due time (the last TREND_VALUES_MAX of them); scale may be NULL.
 * Weights are (due - t1) / (due - ti), t1 the first time. */
void forecast_prepare(enum forecast_form form, const struct samples *samples,
		      const struct logit_scale *scale, double due, struct forecast *ret);

/* The value at a time by the form, and by the plain line. */
struct measure forecast_at(const struct forecast *forecast, double at);
struct measure forecast_plain_at(const struct forecast *forecast, double at);
