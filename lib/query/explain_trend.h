/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How the evidence beside a verdict was come to: Theil-Sen, Mann-Kendall, and the straight line
 * with its interval and the chance to reach the target.  Formulas as in assess/trend.h. */

#include "assess/evidence.h"
#include "assess/judgement.h"
#include "query/working.h"

/* The steps, for three values or more. */
void explain_trend(const struct working *working, const struct judgement *judgement,
		   const struct evidence *evidence);
