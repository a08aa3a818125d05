/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One line for a monitoring system (the conventions of the Monitoring Plugins). */

#include "query/rows.h"

enum check_status { CHECK_OK, CHECK_WARNING, CHECK_CRITICAL, CHECK_UNKNOWN };

/* "OK", "WARNING", "CRITICAL", "UNKNOWN". */
const char *check_status_name(enum check_status status);

/* How a target is for a monitoring system: met and on_track are OK, a warning when the series is
 * overdue; nearly_on_track is a warning; off_track, worsening and missed are critical; the rest is
 * unknown. */
enum check_status check_status_of(const struct verdict *verdict);

/* What is asked beside the series. */
struct check_options {
	const char *target;   /* this one only; NULL: the worst of those in force */
	bool acknowledged_ok; /* what somebody acknowledged counts as OK */
};

/* The worst target in force on the series (or the one with this id), as one line with LF:
 *
 *   ENVGAP OK - ip_cwwt VN 95 % (2025), on track for >=100 by 2030 | value=95%;;;0;100 gap=5
 *
 * The worst is by status: critical, warning, unknown for want of data, OK, and last what nobody can
 * judge (a target without a number); then by state.  What was acknowledged is said and keeps its
 * status unless acknowledged_ok.  ERROR_NOT_FOUND when there is no target. */
MUST_CHECK bool query_check(const struct query *query, const struct query_series *series,
			    const struct check_options *options, struct text *out,
			    enum check_status *ret, struct error *err);
