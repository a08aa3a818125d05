/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Targets and their operators. */

#include "obs/ids.h"
#include "obs/period.h"

struct indicator;

enum target_op {
	TARGET_AT_LEAST, /* >= */
	TARGET_ABOVE,	 /* >  */
	TARGET_AT_MOST,	 /* <= */
	TARGET_BELOW,	 /* <  */
	TARGET_ABOUT,	 /* about */
	TARGET_RANGE,	 /* range: value..value_high */
	TARGET_KEEP,	 /* keep: hold every period */
	TARGET_BETTER,	 /* better than the baseline */
	TARGET_NONE,	 /* named without a number */
};

struct milestone {
	struct period period;
	double value;
	int line;
};

struct target {
	char id[ID_BYTES], act[ID_BYTES], indicator[ID_BYTES], area[ID_BYTES];
	char breakdown[BREAKDOWN_BYTES];
	char each_kind[ID_BYTES]; /* not "": every member of this kind of `area` on member_day */
	int32_t member_day;	  /* the day of adoption unless said otherwise */
	enum target_op op;
	bool has_value, has_high, has_tolerance, has_base, relative;
	double value, value_high, tolerance, base_value;
	int decimals;		      /* of value as printed */
	struct period base_period;    /* from == to: none */
	struct period period;	      /* the reference period that is judged; due is its last day */
	char method[ID_BYTES];	      /* "" is weather */
	char *text, *place;	      /* the wording as printed, the page */
	struct milestone *milestones; /* ascending */
	size_t milestone_count;
	int line;
};

/* Read one of the codes >= > <= < about range keep better none. */
MUST_CHECK bool target_op_parse(struct span text, enum target_op *ret, struct error *err);
/* Its code. */
const char *target_op_code(enum target_op op);

/* The day by which it is due: the last day of its period. */
int32_t target_due(const struct target *target);

/* Which way is better for this target: +1 or -1, from the operator, else from the indicator; 0 when
 * neither is (direction range). */
int target_sense(const struct target *target, const struct indicator *indicator);
