/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which area is meant by what a person writes: an id, a code of any scheme, or a name. */

#include "obs/catalogue.h"
#include "obs/period.h"

/* The area of this id; else the only one that carries the code or name (compared folded) on a day
 * of the period; "gso:80" looks at the codes of one scheme.  What several carry then is
 * ERROR_REFUSED, also when one follows the other within the period; what is carried at another time
 * only is ERROR_INPUT: both with the areas and their days.  ERROR_NOT_FOUND
 * when nobody ever carries it. */
MUST_CHECK bool area_lookup(const struct catalogue *catalogue, struct span written,
			    struct period period, const struct area **ret, struct error *err);

/* Does the area carry this code or name (or id) on a day of the period? */
MUST_CHECK bool area_is_called(const struct catalogue *catalogue, const struct area *area,
			       struct span written, struct period period, bool *ret,
			       struct error *err);
