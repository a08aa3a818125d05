/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Who had to deliver in the year, and who did. */

#include "query/year_report.h"
#include "report/page.h"

/* Add a table of the duties that were due in the year for the area, for areas within it, or by an
 * act that is accounted for: how many delivered, how many of them late, and who is missing. */
MUST_CHECK bool year_report_add_duties(const struct year_report *report, struct page *page,
				       struct error *err);
