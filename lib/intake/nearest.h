/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* "did you mean": the catalogue's id nearest to one that is not there. */

#include "obs/catalogue.h"

enum nearest_kind { NEAREST_INDICATOR, NEAREST_AREA, NEAREST_SOURCE };

/* Say that there is no such id, and which one may have been meant.  ERROR_NOT_FOUND; always false.
 */
bool nearest_fail(const struct catalogue *catalogue, enum nearest_kind kind, struct span id,
		  struct error *err);
