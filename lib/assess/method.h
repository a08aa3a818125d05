/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The table of assessment methods.  A method is a pure function of year:value pairs and a target;
 * everything that a person wants to know about it stands in its row. */

#include "assess/mark.h"
#include "assess/measure.h"
#include "assess/state.h"

struct logit_scale;

enum method_kind {
	METHOD_BY_YEAR,	  /* reach the mark by a year */
	METHOD_HOLD,	  /* be at the mark in every year */
	METHOD_DIRECTION, /* move the right way; there is no mark */
};

/* One call.  Times are years (2021.0; for other frequencies see period_time), ascending, one value
 * each, all of one comparable run. */
struct method_call {
	enum method_kind kind;
	struct mark mark; /* direction: only its sense counts */
	const double *times, *values;
	size_t count;
	double due;		/* the year by which the mark is to be reached; by year only */
	struct measure horizon; /* project to this year */
	struct measure base_time, base_value; /* where the way to the target began */
	struct measure limit;		      /* what the indicator cannot go beyond */
	const struct logit_scale *scale;      /* its two bounds and printed unit; NULL: none */
};

struct method_result {
	const char *category;	 /* static; the method's own word, never NULL */
	enum assess_state state; /* by the category; never met or missed: that is decided before */
	enum assess_reason reason;
	struct measure measure;	  /* the method's own number */
	struct measure slope;	  /* change per year that it goes by */
	struct measure projected; /* at the horizon, not clipped */
	struct measure score;	  /* its second number, where it has one */
	size_t used;		  /* the last `used` values were looked at */
	const char *note;	  /* static; what was done to the values; NULL: nothing */
};

struct method_threshold {
	const char *name; /* NULL ends the list */
	double value;
};

/* What the letters of formulas mean. */
#define METHOD_LETTERS                                                                             \
	"x and t are a value and its year: x0 the first of the window or that of the base, x1 "    \
	"the last; T is the target, tT its year; s is 1 where more is better, -1 where less is"

struct method {
	const char *name;
	const char *title;
	const char *needs;  /* what it asks of a series, in words */
	size_t min_values;  /* with fewer there is no category */
	size_t sure_values; /* with fewer the category is provisional */
	bool warns_of_loss; /* a target that is reached but would be lost is nearly on track */
	void (*judge)(const struct method_call *call, struct method_result *ret);
	const char *const *categories;	 /* best first, NULL at the end */
	const enum assess_state *states; /* of each category; NULL: it says nothing of a target */
	const struct method_threshold *thresholds;
	const char *formula;   /* in the letters that METHOD_LETTERS explains */
	const char *measure;   /* what its number means */
	const char *score;     /* what its second number means; NULL when it has none */
	const char *citation;  /* where the rule was published */
	const char *paragraph; /* the rule in plain words, for the manual and `show` */
};

/* The row of this name; "" is the default, weather; NULL when there is none. */
const struct method *method_find(const char *name);

/* The rows in the order in which they are shown, the default first; NULL beyond the last. */
const struct method *method_at(size_t index);

/* Their names alone, for checks of what a target names. */
const char *method_name_at(size_t index);
