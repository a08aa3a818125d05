/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Ids of the catalogue and breakdowns. */

#include "base/text.h"

enum { ID_BYTES = 64, BREAKDOWN_BYTES = 256, BREAKDOWN_DIMENSIONS_MAX = 16 };

/* A letter first (a spreadsheet turns 34:01 into a time), then letters, digits and _ - . : ; at
 * most 63 bytes of ASCII.  The message names `what`; a cell that a spreadsheet has mangled is named
 * as such with its likely original ("34:01:00" may have been "34:01", "Mar-75" may have been
 * "MAR75"). */
MUST_CHECK bool id_check(struct span text, const char *what, struct error *err);

/* Put "dim=code;dim=code" in canonical order; "" is the total.  Dimensions are ids, codes have the
 * characters of ids but may begin with any of them (age=15-24).  Duplicate dimensions and bad ids
 * are ERROR_INPUT. */
MUST_CHECK bool breakdown_normalise(struct span text, char ret[BREAKDOWN_BYTES], struct error *err);
