/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A way on which only so many jobs may be at once; the others are parked beside it, in the order in
 * which they came, and take no place from jobs that go elsewhere. */

#include <stdbool.h>
#include <stddef.h>

struct job;

struct lane {
	size_t in, max;
	struct job *first, *last; /* parked; chained by job->next_parked */
};

/* May no more go on it? */
bool lane_is_full(const struct lane *lane);

/* Park a job that is not parked yet. */
void lane_park(struct lane *lane, struct job *job);

/* A job comes onto it. */
void lane_join(struct lane *lane);

/* A job leaves it: the first that is parked becomes due again. */
void lane_leave(struct lane *lane);
