/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Time as something that is handed in.  Only programs make a real clock; rooms take one, or take a
 * time as an argument. */

#include <stdint.h>

#include "base/zone.h"

struct clock {
	int64_t (*now)(void *self);	   /* unix seconds, UTC */
	int64_t (*elapsed_ms)(void *self); /* monotonic milliseconds */
	void *self;
};

/* The machine's clocks. */
struct clock clock_real(void);
