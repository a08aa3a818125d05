/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What is doubtful about a figure, and what cannot be right: one figure beside what is known. */

#include "obs/catalogue.h"

enum lint_rule {
	LINT_PARTS,
	LINT_JUMP,
	LINT_POWER,
	LINT_TARGET,
	LINT_YEAR,
	LINT_EARLY,
	LINT_FUTURE,
	LINT_OLD,
	LINT_TWICE,
	LINT_ENDED,
	LINT_GONE,
	LINT_GROUP,
	LINT_UNIT,
	/* refused */
	LINT_BOUNDS,
	LINT_POINTS,
	LINT_OTHER_UNIT,
	LINT_RULES,
};

struct lint_row {
	const char *code, *says; /* says: English, also the id of translations */
	bool is_refused;
};

/* Its row; one for LINT_RULES too: a warning of another origin, with an empty code. */
const struct lint_row *lint_row(enum lint_rule rule);

enum { LINT_NEAR = 2, LINT_DETAIL_BYTES = 120, LINT_WARNING_BYTES = 1024 };

/* A value of the series for another period of the same length. */
struct lint_value {
	struct period period;
	double value;
	bool has_parts;
	double num, den;
};

/* A figure and what is known about its series; all borrowed. */
struct lint_case {
	const struct indicator *indicator;
	const struct observation *obs;
	int32_t today;
	struct lint_value before[LINT_NEAR], after[LINT_NEAR]; /* the nearest first */
	size_t before_count, after_count;
	const struct target *const *targets; /* on the series */
	size_t target_count;
	const struct observation *others; /* in force for this very period */
	size_t other_count;
	const struct observation *withdrawal; /* in force for its period and source, or NULL */
	const struct area *area;	      /* NULL: not known */
	const char *successors; /* what it became, when it has ended; NULL: nothing known */
	bool is_last;		/* surely nothing newer is there or comes with it */
};

/* Something doubtful: the rule, and numbers, periods and ids that need no translation. */
struct lint_finding {
	enum lint_rule rule;
	char detail[LINT_DETAIL_BYTES];
};

/* Everything that is doubtful, at most one finding a rule; returns how many.  A figure without a
 * value has none. */
size_t lint_look(const struct lint_case *subject, struct lint_finding ret[LINT_RULES]);

/* What can be seen in the text of a figure alone: printed without its unit, digits that can be read
 * in two ways.  `raw` and `unit` as given, "" when they are not; returns how many. */
size_t lint_look_text(const struct indicator *indicator, struct span raw, struct span unit,
		      struct lint_finding ret[LINT_RULES]);

/* As it is kept with the row: "jump: 60; 87.2 (2020) | year: 2021".  Appends to what is there. */
void lint_write(struct text *out, const struct lint_finding *findings, size_t count);

/* The next finding of such a text, cut off *rest; false when there is none.  What has no code is of
 * LINT_RULES and all detail. */
bool lint_read(struct span *rest, struct lint_finding *ret);

/* "the value is the year itself: 2021", in English. */
void lint_say(struct text *out, const struct lint_finding *finding);

/* Is the value within what the indicator can be?  ERROR_INPUT names the bound, and what was
 * perhaps meant: a year, a decimal sign that was lost. */
MUST_CHECK bool lint_check_bounds(const struct indicator *indicator, double value,
				  struct period period, struct error *err);

/* Is the unit that is given with a figure the indicator's?  "" is not given.  ERROR_INPUT; points
 * (of a difference) are told from per cent. */
MUST_CHECK bool lint_check_unit(const struct indicator *indicator, struct span unit,
				struct error *err);
