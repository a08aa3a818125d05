/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The progress measure of Open SDG, as Statistics Canada uses it: Eurostat's ratio with its own
 * thresholds without a target, a natural limit, and points. */

#include "assess/method.h"

extern const struct method opensdg_method;

/* The rule (Open SDG documentation, "Progress measure methodology"; sdg-build 2.4).
 *
 * t0 is the base year (2015 when the target has none) or the next one that has a value.  A base or
 * target of 0 counts as 0.001.
 *
 * With a target: achieved, whatever the rest, also by a single value.  Otherwise v =
 * progress_ratio: from 0.95 substantial, from 0.6 moderate, from 0 limited progress, below 0
 * deterioration. T = x(t0): no measure; deterioration with -5 points (unless T itself is to be
 * passed and nothing moved: limited, -2.5). Without: v = progress of growth; substantial from 0.015
 * C, moderate from 0.005 C, limited from 0, below deterioration.  C makes room near a limit L on
 * the better side of the base b (both without sign): 1 for b >= 2 L, 1 - (b / L)^4.44 for b <= L,
 * else 1 - ((2 L - b) / L)^4.44; 1 without one. Fewer than two values, values or target of
 * different signs: not_available, without points.
 *
 * measure is v.  score: 5 when achieved; with a target progress_ratio_score; without: below 0
 * 125 v - 2.5, at the limit 5, else by class 500 v / C - 5, 250 v / C - 1.25, 500 v / C - 2.5. */
void opensdg_judge(const struct method_call *call, struct method_result *ret);

/* A series of an indicator that has several. */
struct opensdg_series {
	struct measure score; /* unset: not available, it does not count */
	bool is_achieved;
	int part; /* series of one part (a sub-indicator) are averaged first; < 0: of none */
};

/* The indicator's score, and its category by it: from 2.5 substantial, from 0 moderate, from -2.5
 * limited, below deterioration; target_achieved only when every series that counts is.  The score
 * is the mean of its parts and single series; unset and not_available when none counts. */
const char *opensdg_combine(const struct opensdg_series *series, size_t count,
			    struct measure *ret_score);
