/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What is common to all that people say about series and targets. */

#include "apply/apply.h"

/* The area of this id, or of a code or name that only one area carries in that year; 0: today. */
MUST_CHECK bool said_find_area(const struct apply *apply, const char *written, int year,
			       const struct area **ret, struct error *err);

/* Is it one line of text in UTF-8, shorter than so many bytes?  NULL is. */
MUST_CHECK bool said_check_line(const char *what, const char *text, int bytes, struct error *err);
