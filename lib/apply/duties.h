/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Duties that nobody did in time are events. */

#include "apply/apply.h"

/* Append an event of the kind "duty" for everything whose last day in time was `since` or later and
 * before `today`, and that is missing; in the caller's transaction. */
MUST_CHECK bool apply_duties_late(const struct apply *apply, int32_t since, int32_t today,
				  size_t *ret_events, struct error *err);
