/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Tables of figures: import, and restore of an export. */

#include "base/problem.h"
#include "intake/intake.h"

enum { IMPORT_DOCUMENT_BYTES = 256 << 20, IMPORT_ROWS_MAX = 5000000 };

struct import_counts {
	size_t rows, appended, revised, unchanged;
	int64_t load; /* 0: nothing was new */
};

/* Read a CSV table (columns by header: indicator, breakdown, area, period, value, unit, status,
 * source, published, num, den, qualifier, place, raw, in any order; note and comment are passed
 * over) and append what is new.  Any bad row refuses the whole file: every bad row is a finding
 * with `name` and its line, and nothing is changed.  The document is archived.  When it is the one
 * that changed the log last its rows are only counted. */
MUST_CHECK bool import_table(const struct intake *intake, const char *name, struct span document,
			     struct import_counts *ret, struct problems *findings,
			     struct error *err);

/* What import_table would do and say, without doing it: needs no writer. */
MUST_CHECK bool import_check(const struct intake *intake, const char *name, struct span document,
			     struct import_counts *ret, struct problems *findings,
			     struct error *err);

/* Take in an export, rows and loads under their own numbers, into a ledger whose log is empty. */
MUST_CHECK bool import_restore(const struct intake *intake, const char *name, struct span document,
			       struct import_counts *ret, struct problems *findings,
			       struct error *err);
