/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Decimal digits, the inside of base/number.h; nothing else should need it. */

#include <stdint.h>

#include "base/number.h"

enum { DECIMAL_DIGITS = 15 };

/* mantissa * 10^exponent, the mantissa at most 10^15. */
struct decimal {
	bool negative;
	bool rounded; /* digits that are not zero were cut off */
	uint64_t mantissa;
	int exponent;
	int printed_digits; /* significant ones in the text */
	int digits;	    /* the same, or what is left after rounding; 1 for zero */
	int decimals;	    /* digits after the decimal sign, likewise */
};

/* The head of the text that is short enough for a message. */
struct span decimal_clip(struct span text);

/* Read sign, digits, '.', digits and, where allowed, an exponent, rounding to 15
 * significant digits as %.15g of the nearest double does.  ERROR_INPUT shows `shown`, which is how
 * the source wrote it. */
MUST_CHECK bool decimal_read(struct span text, struct span shown, bool exponents,
			     struct decimal *ret, struct error *err);

/* The nearest double; false when it is out of the range of normal doubles. */
MUST_CHECK bool decimal_value(uint64_t mantissa, int exponent, double *ret);

/* The 15 significant digits of a finite number; mantissa 0 for zero. */
struct decimal decimal_of(double value);

/* Without the last `drop` digits, rounded half up. */
uint64_t decimal_shorten(uint64_t mantissa, int drop);
