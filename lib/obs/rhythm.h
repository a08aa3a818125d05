/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How often something is owed: for every period of a kind, or once. */

#include "obs/period.h"

struct rhythm {
	enum frequency frequency; /* FREQUENCY_NONE: once */
	struct period once;
};

/* Read "year", "half", "quarter", "month" or "once:PERIOD", as in "once:2023-08". */
MUST_CHECK bool rhythm_parse(struct span text, struct rhythm *ret, struct error *err);

/* Is this a period of the rhythm? */
bool rhythm_has(const struct rhythm *rhythm, struct period period);
