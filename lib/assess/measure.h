/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* A number that may not be there; null in JSON, "-" in tables.  Never NaN or infinite when is_set.
 */
struct measure {
	bool is_set;
	double value;
};

/* The number, or an unset measure when it is not finite. */
struct measure measure_of(double value);

/* a / b; unset when b is 0 or the quotient is not finite. */
struct measure measure_ratio(double a, double b);
