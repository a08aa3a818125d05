/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Paragraphs. */

#include "report/report.h"

/* Add a text as lines of at most 78 columns, all but the first behind an indent. */
void wrap_add(struct report *report, const struct text *whole, const char *indent);

/* Append it to a letter as lines of at most 78 columns (one word may be longer), the first behind
 * `first`, the others behind `indent`. */
void wrap_text(struct text *out, const char *first, const char *indent, struct span whole);
