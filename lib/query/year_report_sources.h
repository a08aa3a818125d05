/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Where the figures and targets of the account of a year come from. */

#include "query/year_report.h"
#include "report/page.h"

/* Add a table of the deciding figures with publisher, date, document and place, and a list of the
 * acts. */
MUST_CHECK bool year_report_add_sources(const struct year_report *report, struct page *page,
					struct error *err);
