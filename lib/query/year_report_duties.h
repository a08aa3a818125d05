/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Who had to deliver in the year, and who did. */

#include "judge/duty.h"
#include "query/year_report.h"
#include "report/page.h"

/* Go through the duties that were due in the year for the area, for areas within it, or by an act
 * that is accounted for; and through those of no area where the report is about an area that is
 * part of no other.  Owners are in the order of their names. */
MUST_CHECK bool year_report_each_duty(const struct year_report *report, judged_duty_fn *take,
				      void *self, struct error *err);

/* Add a table of them: how many delivered, how many of them late, and who is missing. */
MUST_CHECK bool year_report_add_duties(const struct year_report *report, struct page *page,
				       struct error *err);
