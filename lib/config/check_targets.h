/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Targets and milestones: do they point at something, can they be judged, and are they likely? */

#include "config/raw.h"

/* Also puts the day of adoption into an empty member_day.  false: memory. */
MUST_CHECK bool check_targets(const struct raw *raw, struct error *err);
