/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The picture of a target in the account of a year, and the numbers in it. */

#include "query/graph.h"
#include "query/year_report.h"
#include "report/page.h"

/* Append a picture of the target's series up to the year with what it is held against, and its last
 * values as a table; nothing when there are not two values.  `number` tells pictures of a page
 * apart. */
MUST_CHECK bool year_report_add_chart(const struct year_report *report,
				      const struct year_item *item, size_t number,
				      struct page *page, struct error *err);

/* A picture of any such scene as SVG.  The last period shown is `last`. */
MUST_CHECK bool year_chart_write(const struct query *query, const struct query_graph *scene,
				 int32_t last, const char *id, struct text *out, struct error *err);
