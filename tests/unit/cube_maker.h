/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Random documents of the formats whose cells are read where they stand: JSON-stat, PX-Web, OpenAQ,
 * SDMX-JSON. */

#include "tests/unit/json_maker.h"

/* Make another one, now and then a damaged one; is_deeper: the data set of JSON-stat is in the
 * member `set`, that of SDMX-JSON in the member `data`. */
void cube_maker_put(struct json_maker *maker, int format, bool is_deeper);
