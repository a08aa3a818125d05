/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A record's own multiplier: SDMX's UNIT_MULT, "Unit multiplier" and the like. */

#include "feed/mapping.h"

/* The factor that the text of fields.scale means; an empty one is 1.  ERROR_INPUT when it is
 * neither one of the mapping's words nor a number that can be a factor. */
MUST_CHECK bool feed_scale_read(const struct feed_numbers *numbers, bool has_powers,
				struct span text, double *ret, struct error *err);

/* Is the factor of a word a number other than 0? */
MUST_CHECK bool feed_scale_check(const struct key_pair *word, struct error *err);
