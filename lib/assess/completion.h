/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How much of what a target asks for is done, as accounts of a year print it. */

#include "assess/measure.h"

enum completion_basis {
	COMPLETION_NONE,  /* it cannot be said */
	COMPLETION_WAY,	  /* share of the way from the start to the target */
	COMPLETION_LEVEL, /* the value as a share of the target; where less is better the target as
			     a share of the value */
	COMPLETION_HELD,  /* what is to be kept is; there is no share of that */
	COMPLETION_NOT_HELD,
};

struct completion_input {
	int sense;	      /* +1: more is better, -1: less, 0: neither */
	bool is_met;	      /* the verdict says so */
	struct measure start; /* the value at adoption; unset: not known, or does not join */
	struct measure now, target;
	bool is_kept; /* the target asks to keep a level, not to reach it */
};

struct completion {
	enum completion_basis basis;
	struct measure share; /* 1 is all; below 0: moved away; of a way or a level alone */
};

/* The way where the start is known and falls short of the target, else the level, for values above
 * 0.  What is met (also within a tolerance) is never below 1, what is not never 1 or above; where
 * neither more nor less is better only what is met has a share, 1. */
struct completion assess_completion(const struct completion_input *input);

/* "way", "level", "held", "not_held"; NULL for NONE. */
const char *completion_basis_name(enum completion_basis basis);
