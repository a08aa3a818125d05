/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"

#include <stddef.h>
#include <time.h>

static int64_t real_now(void *self)
{
	(void)self;
	struct timespec at;
	return clock_gettime(CLOCK_REALTIME, &at) == 0 ? (int64_t)at.tv_sec : 0;
}

static int64_t real_elapsed_ms(void *self)
{
	(void)self;
	struct timespec at;
	if (clock_gettime(CLOCK_MONOTONIC, &at) != 0)
		return 0;
	return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

struct clock clock_real(void)
{
	return (struct clock){.now = real_now, .elapsed_ms = real_elapsed_ms, .self = NULL};
}
