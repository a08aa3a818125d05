/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Straight lines by least squares, written out. */

#include "assess/forecast.h"
#include "query/working.h"

struct fit_question {
	struct samples samples;
	const struct logit_scale *scale; /* NULL: none */
	double due, base;		 /* years */
	struct measure base_value;	 /* that the target names */
};

struct fit_answer {
	struct measure predicted, base;
};

/* The weighted line carried on to the due year, and the base value from the series, the target or
 * the plain line. */
void explain_forecast(const struct working *working, const struct fit_question *question,
		      struct fit_answer *ret);

/* The plain line at a year with its 90 % prediction interval, as `fit` has it. */
void explain_interval(const struct working *working, const struct samples *samples,
		      const struct trend_fit *fit, double at);
