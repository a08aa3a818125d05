/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What is shown beside a verdict: the other methods' answers and the trend of the series. */

#include "assess/assess.h"
#include "assess/method.h"
#include "assess/trend.h"

/* Over all yearly values of the comparable run, the last TREND_VALUES_MAX of them. */
struct evidence {
	size_t count;
	struct sen_line sen;
	struct measure sen_projected; /* the last value carried on by the Theil-Sen slope to the due
					 date, not clipped; unset once the date is reached */
	struct mann_kendall mann_kendall;
	struct trend_fit line;	   /* least squares at the due date; shown from five values on */
	struct measure attainment; /* probability that the target is met then, by that line */
};

/* Only memory can fail. */
MUST_CHECK bool assess_evidence(const struct assess_input *input, struct evidence *ret,
				struct error *err);

/* What a method of the table says about the target, whichever method the target names; category ""
 * when it cannot be asked (no value, nothing to hold values against).  Only memory can fail. */
MUST_CHECK bool assess_by_method(const struct assess_input *input, const struct method *method,
				 struct method_result *ret, struct error *err);

enum { PANEL_METHODS_MAX = 16 };

/* One method's answer, and what the target's state would be if it named that method. */
struct panel_answer {
	const struct method *method;
	struct method_result result;
	enum assess_state state;
	enum assess_reason reason;
};

/* The verdict, its evidence and all methods in the order of method_at, at the price of one look at
 * the series. */
struct panel {
	struct verdict verdict;
	struct evidence evidence;
	struct panel_answer answers[PANEL_METHODS_MAX];
	size_t count;
};

/* Only memory can fail. */
MUST_CHECK bool assess_panel(const struct assess_input *input, struct panel *ret,
			     struct error *err);
