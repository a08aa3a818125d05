/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Growth against the growth that a target requires: what Eurostat and Open SDG share. */

#include "assess/window.h"

enum progress_kind {
	PROGRESS_UNDEFINED, /* there is no growth between such values */
	PROGRESS_AT_BASE,   /* the target is where the way began: nothing was required */
	PROGRESS_RATIO,
};

/* v = progress of the observed growth / |growth required|, both from x(t0): 1 is just enough, below
 * 0 is away.  The required growth is (T / x(t0))^(1 / (tT - t0)) - 1.  Where x(t0) is beyond T and
 * the last value short of it, v is below 0.  *ret is unset unless PROGRESS_RATIO. */
enum progress_kind progress_ratio(const struct window *window, double target, double due,
				  struct measure *ret);

/* The shares of the required growth that both name. */
#define PROGRESS_ENOUGH_FROM 0.95
#define PROGRESS_MODERATE_FROM 0.60

/* Points for a ratio, -5 to 5: -5 at -0.6, -2.5 at 0, 0 at 0.6, 5 at 1.3 and beyond. */
double progress_ratio_score(double ratio);

/* Not below -5, not above 5. */
double progress_score_within(double score);
#define PROGRESS_SCORE_MAX 5.0
