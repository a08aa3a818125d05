/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A level that counts as reached from one side. */

#include <stdbool.h>

struct mark {
	int sense;	  /* +1: higher is better, -1: lower is better */
	double value;	  /* T */
	double tolerance; /* how far short of T still counts as reached */
	bool strict;	  /* T itself does not count */
};

/* Is x at or beyond the mark?  Without a tolerance the comparison is on unrounded doubles, with
 * one on 15 digits, so that 91.05 is within 0.05 of 91.1. */
bool mark_reached(const struct mark *mark, double x);

/* Is x strictly better than the mark, by more than `beyond`? */
bool mark_passed(const struct mark *mark, double beyond, double x);
