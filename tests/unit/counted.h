/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A sink of records that only counts. */

#include "feed/feed.h"

struct counted {
	size_t taken, refused;
};

/* Begins at nothing; counts into `counted`, which must outlive it. */
struct feed_sink counted_begin(struct counted *counted);
