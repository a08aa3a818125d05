/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: figures that were delivered because they are in the log. */

#include "judge/duty.h"

/* Put into *owner how many of the duty's indicators have a figure for the period and the owner's
 * area from its publisher, and, when all have one, the day on which the last of them was known. */
MUST_CHECK bool figures_find(const struct judge *judge, const struct obligation *obligation,
			     struct judged_owner *owner, struct error *err);
