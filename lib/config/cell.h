/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What spreadsheets make of cells.  Each function says true when the cell looks untouched, and
 * otherwise what it may have been: "'44477' is a spreadsheet's number of a day; it may have been
 * 2021-10-08". */

#include "base/text.h"

/* "#N/A", "#REF!", "####" and so on, in any column. */
MUST_CHECK bool cell_check_any(struct span cell, struct error *err);

/* Day numbers ("44477"), dates with a time of day. */
MUST_CHECK bool cell_check_day(struct span cell, struct error *err);

/* Day numbers, "Oct-21". */
MUST_CHECK bool cell_check_period(struct span cell, struct error *err);

/* "91,7", "91.7%", "1.23E+05", dates. */
MUST_CHECK bool cell_check_number(struct span cell, struct error *err);
