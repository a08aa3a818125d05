/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One figure by hand: `record` and `withdraw`, and the checks that every figure passes. */

#include "assess/lint.h"
#include "intake/intake.h"

enum { FIGURE_WARNING_BYTES = 200 };

/* As typed or as it stood in a row of a table; NULL and "" are the same: not given. */
struct figure {
	const char *indicator, *breakdown, *area, *period, *value, *unit, *status, *source,
		*published;
	const char *num, *den, *qualifier, *place, *raw;
	bool is_correction; /* ours, of the row in force: carries its known day */
};

struct checked_figure {
	struct observation obs;		   /* series and load are 0 */
	const struct indicator *indicator; /* borrowed from the catalogue */
	const struct area *area;
	char breakdown[BREAKDOWN_BYTES];
	char warning[FIGURE_WARNING_BYTES]; /* what its text makes doubtful, as lint_write has it */
};

/* Check it against the catalogue and make an observation of it: ids that exist (did you mean), a
 * period that can be read, a value within the indicator's bounds (91,7 is refused with what would
 * be right), the unit when it is given, value against numerator and denominator, a publication that
 * is not after today, an area that is valid in the period. */
MUST_CHECK bool figure_check(const struct intake *intake, const struct figure *figure,
			     struct checked_figure *ret, struct error *err);

/* Check only which figure is meant: indicator, breakdown, area, period and source. */
MUST_CHECK bool figure_check_key(const struct intake *intake, const struct figure *figure,
				 struct checked_figure *ret, struct error *err);

struct figure_result {
	const struct area *area; /* that was meant; of the catalogue */
	int64_t seq;		 /* of the new row, or of the one that says the same */
	enum append_result result;
	struct observation before;	  /* in force before; seq 0: none */
	int64_t load;			  /* 0: nothing was new */
	char warning[LINT_WARNING_BYTES]; /* of the new row, as lint_write has it */
};

/* Append it as a load of kind `record`. */
MUST_CHECK bool figure_record(const struct intake *intake, const struct figure *figure,
			      struct figure_result *ret, struct error *err);

/* Append a withdrawal of the figure in force (indicator, breakdown, area, period, source); `why` is
 * kept as the raw text.  ERROR_NOT_FOUND when nothing is in force there. */
MUST_CHECK bool figure_withdraw(const struct intake *intake, const struct figure *figure,
				const char *why, struct figure_result *ret, struct error *err);
