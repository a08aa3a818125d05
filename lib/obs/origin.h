/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What an area was made of before it began. */

#include "obs/catalogue.h"

enum { ORIGIN_AREAS_MAX = 512 };

struct origin {
	const struct area *areas[ORIGIN_AREAS_MAX];
	size_t count;
	bool is_same; /* one area, the same territory under another id or with another status */
};

/* The areas that on this day, before it began, made up exactly its territory.  False when that
 * cannot be said: a part of one went elsewhere, only a part of one came, or nothing is known. */
bool area_origin(const struct catalogue *catalogue, const struct area *area, int32_t day,
		 struct origin *ret);

/* The change that stands in the way; NULL when there is none. */
const struct area_change *area_origin_barrier(const struct catalogue *catalogue,
					      const struct area *area, int32_t day);

/* Did `area`, at any depth, go into `into`? */
bool area_went_into(const struct catalogue *catalogue, const char *area, const char *into);
