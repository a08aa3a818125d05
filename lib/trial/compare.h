/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: what differs between two lots of rows. */

#include "trial/rows.h"

/* Name every difference; `path` is the table of the expected ones.  Both are sorted by this, and
 * lose the rows that are in both. */
void rows_compare(const struct rows_kind *kind, const char *path, struct rows *expected,
		  struct rows *got, struct trial_findings *findings);
