/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Random JSON from a seed: well formed for the most part, with all that makes a reader stumble. */

#include <stdint.h>

#include "base/text.h"

struct json_maker {
	uint64_t seed;
	struct text out;
};

/* A number below `sides`. */
unsigned json_maker_roll(struct json_maker *maker, unsigned sides);

/* Append one of the texts. */
void json_maker_put_one_of(struct json_maker *maker, const char *const *texts, size_t count);

/* Append a list of up to four records, most of which have the members a, p, s, v and c. */
void json_maker_put_records(struct json_maker *maker);

/* Now and then lose a byte, change it, or cut the end off. */
void json_maker_damage(struct json_maker *maker);
