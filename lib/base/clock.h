/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Time as something that is handed in.  Only programs make a real clock; rooms take one, or take a
 * time as an argument. */

#include <stdint.h>

#include "base/error.h"

struct clock {
	int64_t (*now)(void *self);	   /* unix seconds, UTC */
	int64_t (*elapsed_ms)(void *self); /* monotonic milliseconds */
	void *self;
};

/* The machine's clocks. */
struct clock clock_real(void);

/* A time zone by its IANA name, from the machine's zoneinfo. */
struct zone;

/* ERROR_INPUT when there is no zone of this name.  "UTC" is always there.  Process-wide TZ is not
 * touched. */
MUST_CHECK bool zone_open(const char *name, struct zone **ret, struct error *err);
void zone_free(struct zone *zone);

/* The civil day (1970-01-01 = 0) and the seconds since its midnight at this instant. */
int32_t zone_day(const struct zone *zone, int64_t at);
int32_t zone_second_of_day(const struct zone *zone, int64_t at);
