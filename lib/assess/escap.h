/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The progress assessment of UN ESCAP and the other regional commissions: current status, and the
 * progress anticipated by a regression in which recent years weigh more. */

#include "assess/forecast.h"
#include "assess/method.h"

extern const struct method escap_method;

/* What the assessment finds.  Numbers in the unit of the indicator unless said otherwise. */
struct escap_outlook {
	struct forecast forecast;
	struct measure predicted;   /* at the due year: the value itself where there is one, else
				       by the form; not clipped */
	struct measure base;	    /* x(base) */
	struct measure status;	    /* CS, 0 to 10 and beyond: tenths of the way that are done */
	struct measure anticipated; /* AP: tenths of the way that will be done */
	struct measure gap_pct;	    /* P = 100 - 10 AP: percent of the way that will be left */
};

/* The rule (UN ESCAP, Asia and the Pacific SDG Progress Report, technical notes; ESCAP Statistics
 * Division working papers SD/WP/04 and 05, 2017).
 *
 * The base is the value of the base year (2015 when the target has none); where the series has
 * none, the one that the target names, else what the plain line says of that year.
 * CS = 10 s (x(t1) - x(base)) / |T - x(base)|, AP the same with the predicted value; 10 where T is
 * reached; neither for T = x(base) otherwise.  Fewer than two values before the due year and none
 * in it, or no target: nothing. */
void escap_assess(const struct method_call *call, enum forecast_form form,
		  struct escap_outlook *ret);

/* By P: up to 10 maintain, up to 100 accelerate, above reverse (the trend).  The form is the
 * weighted one, of logits where the indicator has two bounds.  measure is AP, score is CS. */
void escap_judge(const struct method_call *call, struct method_result *ret);

/* The category for a progress gap. */
const char *escap_category(struct measure gap_pct);
