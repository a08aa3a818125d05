/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a total in the account of a year rests on. */

#include "query/year_report.h"

/* Is the deciding value computed from members, so that no row of the log has it? */
bool year_item_is_computed(const struct year_item *item);

/* Say of the last total of the item's series up to the year from how many members it was computed,
 * and which are missing; appends nothing when there can be none. */
MUST_CHECK bool year_report_tell_coverage(const struct year_report *report,
					  const struct year_item *item, struct text *out,
					  struct error *err);
