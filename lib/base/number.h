/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The one place where decimal numbers are read and written.  Locale never matters: no strtod,
 * atof or printf("%g") elsewhere. */

#include <stdint.h>

#include "base/text.h"

enum { NUMBER_BYTES = 40 };

/* A number as it was written. */
struct number {
	double value;
	int decimals; /* digits after the decimal sign as printed: 91.70 has 2 */
	int digits;   /* significant digits as printed */
};

/* A grouping by ',' into three digits and, in front of them, two and two: 1,23,456. */
enum { NUMBER_GROUPS_INDIAN = 'i' };

/* How numbers are written in one source.  What the rule does not allow is refused, never
 * guessed. */
struct number_rule {
	char decimal;  /* '.' or ','; 0: not declared, so that one separator followed by exactly
			* three  digits ('1.234') is refused as ambiguous */
	char grouping; /* '.', ',', ' ' or '\''; 0: none.  ' ' also takes U+00A0, U+202F and U+2009,
			* '\'' also U+2019.  Groups are of three digits, unless it is
			* NUMBER_GROUPS_INDIAN */
	double scale;  /* multiply by; 0 counts as 1 */
	bool exponents; /* allow 1.5e3 */
};

/* Read a plain number: optional sign, digits, '.', digits, optional exponent.  No blanks, no
 * hex, no nan or inf, finite, at most 15 significant digits (more is ERROR_INPUT: it would not be
 * kept exactly) unless the digits beyond the 15th are a float's noise, see number_read_json. */
MUST_CHECK bool number_read(struct span text, struct number *ret, struct error *err);

/* As number_read, but accepts any number of digits and rounds to 15 significant ones, as
 * documents that print doubles need (19.300000000000004 becomes 19.3). */
MUST_CHECK bool number_read_json(struct span text, struct number *ret, struct error *err);

/* Read by a source's rule.  The message of an ambiguous text shows both readings. */
MUST_CHECK bool number_read_by(const struct number_rule *rule, struct span text, struct number *ret,
			       struct error *err);

/* Shortest decimal that reads back equal at 15 significant digits (%.15g), '.' as decimal sign,
 * -0 as 0.  Returns buffer. */
const char *number_print(double value, char buffer[NUMBER_BYTES]);

/* A whole number.  Returns buffer. */
const char *number_print_integer(int64_t value, char buffer[NUMBER_BYTES]);

/* With a fixed count of decimals (0..15) and the given decimal sign.  Returns buffer. */
const char *number_print_fixed(double value, int decimals, char decimal, char buffer[NUMBER_BYTES]);

/* Whole numbers: digits, within [min, max], with a '-' in front where min allows one; the message
 * names the bounds. */
MUST_CHECK bool number_read_integer(struct span text, int64_t min, int64_t max, int64_t *ret,
				    struct error *err);

/* Rounded to 15 significant decimal digits, so that equal texts are equal doubles. */
double number_round15(double value);

/* a - b, without the noise that doubles leave behind: 42 - 41.89 is 0.11.  Digits beyond the 15th
 * of the greater of both are rounded away. */
double number_difference(double a, double b);

/* Equal at 15 significant digits? */
bool number_equal(double a, double b);
