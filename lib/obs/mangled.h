/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What spreadsheets make of codes: times, dates, powers of ten and error values. */

#include "base/text.h"

enum { MANGLED_BYTES = 32 };

struct mangled {
	const char *what;	      /* "a time", "a date" ... */
	char original[MANGLED_BYTES]; /* what it may have been, or "" */
};

/* Is this a cell that a spreadsheet has turned into something else?  *ret only when it is. */
bool mangled_recognise(struct span text, struct mangled *ret);
