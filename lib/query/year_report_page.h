/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The account of a year as a document for people. */

#include "query/year_report.h"
#include "report/page.h"

/* Append the whole document; `language` is its code, "en" or "vi". */
MUST_CHECK bool year_report_page(const struct year_report *report, enum page_format format,
				 const char *language, struct text *out, struct error *err);
