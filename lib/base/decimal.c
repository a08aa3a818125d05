/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/decimal.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	DECIMAL_TEXT_MAX_BYTES = 4096,
	CLIP_BYTES = 60,
	EXACT_POWER_MAX = 22,  /* 10^22 is the largest power of ten that a double holds exactly */
	EXPONENT_MAX = 100000, /* beyond every double, far from overflow */
	HEAD_DIGITS = 40,      /* more than decide which double is nearest, but for a tie */
};

/* Between these 15 digits are got by multiplying whole numbers of 128 bits. */
static const double usual_least = 1e-4;
static const double usual_limit = 1e14;
static const uint64_t mantissa_limit = 1000000000000000; /* 10^DECIMAL_DIGITS */

/* A walk over the text of a number. */
struct scan {
	struct span text;
	size_t at;
	uint64_t mantissa;
	int exponent;
	int seen;		    /* significant digits so far */
	int last_nonzero;	    /* the place among them of the last that is not 0 */
	char head[HEAD_DIGITS + 2]; /* the first significant digits, and a 1 for any behind them */
	int decimals;
};

struct span decimal_clip(struct span text)
{
	if (text.len <= CLIP_BYTES)
		return text;
	size_t len = CLIP_BYTES;
	while (len > 0 && ((unsigned char)text.start[len] & 0xC0) == 0x80)
		len--;
	return (struct span){text.start, len};
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char peek(const struct scan *scan)
{
	return scan->at < scan->text.len ? scan->text.start[scan->at] : '\0';
}

static void take_digit(struct scan *scan, int digit, bool fraction)
{
	scan->decimals += fraction;
	if (scan->seen == 0 && digit == 0) {
		scan->exponent -= fraction;
		return;
	}
	if (scan->seen < HEAD_DIGITS)
		scan->head[scan->seen] = (char)('0' + digit);
	else if (digit != 0)
		scan->head[HEAD_DIGITS] = '1';
	scan->seen++;
	if (digit != 0)
		scan->last_nonzero = scan->seen;
	if (scan->seen <= DECIMAL_DIGITS) {
		scan->mantissa = scan->mantissa * 10 + (uint64_t)digit;
		scan->exponent -= fraction;
	} else {
		scan->exponent += !fraction;
	}
}

static bool scan_digits(struct scan *scan, bool fraction)
{
	size_t begin = scan->at;
	for (; is_digit(peek(scan)); scan->at++)
		take_digit(scan, peek(scan) - '0', fraction);
	return scan->at > begin;
}

static bool scan_exponent(struct scan *scan)
{
	scan->at++;
	bool negative = peek(scan) == '-';
	if (negative || peek(scan) == '+')
		scan->at++;
	size_t begin = scan->at;
	int exponent = 0;
	for (; is_digit(peek(scan)); scan->at++) {
		if (exponent < EXPONENT_MAX)
			exponent = exponent * 10 + (peek(scan) - '0');
	}
	exponent = negative ? -exponent : exponent;
	scan->exponent += exponent;
	scan->decimals -= exponent;
	return scan->at > begin;
}

static bool scan_number(struct scan *scan, bool exponents)
{
	if (peek(scan) == '-' || peek(scan) == '+')
		scan->at++;
	if (!scan_digits(scan, false))
		return false;
	if (peek(scan) == '.') {
		scan->at++;
		if (!scan_digits(scan, true))
			return false;
	}
	if (exponents && (peek(scan) == 'e' || peek(scan) == 'E') && !scan_exponent(scan))
		return false;
	return scan->at == scan->text.len;
}

/* Say which character is the trouble. */
static bool refuse(const struct scan *scan, struct span shown, struct error *err)
{
	struct span text = decimal_clip(shown);
	if (shown.len == 0)
		return error_set(err, ERROR_INPUT, "'' is not a number");
	if (scan->at >= scan->text.len)
		return error_set(err, ERROR_INPUT,
				 "'%.*s' is not a number: a digit is missing at "
				 "its end",
				 SPAN_ARGS(text));
	const char *bad = scan->text.start + scan->at;
	if (*bad == '.' && (scan->at == 0 || (scan->at == 1 && !is_digit(scan->text.start[0]))))
		return error_set(err, ERROR_INPUT,
				 "'%.*s' is not a number: a digit is missing "
				 "before its decimal sign",
				 SPAN_ARGS(text));
	size_t len = 1;
	while (scan->at + len < scan->text.len && ((unsigned char)bad[len] & 0xC0) == 0x80)
		len++;
	return error_set(err, ERROR_INPUT, "'%.*s' is not a number: '%.*s' has no place in it",
			 SPAN_ARGS(text), (int)len, bad);
}

static int at_least(int value, int least)
{
	return value < least ? least : value;
}

/* Round as %.15g of the nearest double does, so that a table and a document of doubles that print
 * the same number agree in the last digit.  Beyond the doubles it stays cut off. */
static void round_digits(const struct scan *scan, struct decimal *decimal)
{
	char text[HEAD_DIGITS + NUMBER_BYTES];
	int cut = (int)strlen(scan->head) - DECIMAL_DIGITS;
	(void)snprintf(text, sizeof text, "%se%d", scan->head, scan->exponent - cut);
	double value = strtod(text, NULL);
	if (!isfinite(value) || value < DBL_MIN)
		return;
	struct decimal rounded = decimal_of(value);
	decimal->mantissa = rounded.mantissa;
	decimal->exponent = rounded.exponent;
}

/* Rounded: what counts as printed is what is left. */
static void drop_noise(struct decimal *decimal)
{
	decimal->digits = DECIMAL_DIGITS;
	while (decimal->mantissa % 10 == 0) {
		decimal->mantissa /= 10;
		decimal->exponent++;
		decimal->digits = at_least(decimal->digits - 1, 1);
	}
	decimal->decimals = at_least(-decimal->exponent, 0);
}

bool decimal_read(struct span text, struct span shown, bool exponents, struct decimal *ret,
		  struct error *err)
{
	if (text.len > DECIMAL_TEXT_MAX_BYTES)
		return error_set(err, ERROR_INPUT, "'%.*s...' is too long for a number",
				 SPAN_ARGS(decimal_clip(shown)));
	struct scan scan = {.text = text};
	if (!scan_number(&scan, exponents))
		return refuse(&scan, shown, err);

	struct decimal decimal = {
		.negative = span_starts(text, "-"),
		.rounded = scan.last_nonzero > DECIMAL_DIGITS,
		.mantissa = scan.mantissa,
		.exponent = scan.exponent,
		.printed_digits = scan.seen,
		.digits = at_least(scan.seen, 1),
		.decimals = at_least(scan.decimals, 0),
	};
	if (decimal.rounded) {
		round_digits(&scan, &decimal);
		drop_noise(&decimal);
	}
	*ret = decimal;
	return true;
}

bool decimal_value(uint64_t mantissa, int exponent, double *ret)
{
	static const double powers[EXACT_POWER_MAX + 1] = {
		1e0,  1e1,  1e2,  1e3,	1e4,  1e5,  1e6,  1e7,	1e8,  1e9,  1e10, 1e11,
		1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
	};
	if (mantissa == 0 || (exponent >= -EXACT_POWER_MAX && exponent <= EXACT_POWER_MAX)) {
		/* Both operands are exact, so the one rounding of the operation is the only one. */
		double whole = (double)mantissa;
		*ret = mantissa == 0  ? 0
		       : exponent < 0 ? whole / powers[-exponent]
				      : whole * powers[exponent];
		return true;
	}
	/* Without a decimal sign in the text strtod has nothing to ask the locale for. */
	char text[NUMBER_BYTES];
	(void)snprintf(text, sizeof text, "%" PRIu64 "e%d", mantissa, exponent);
	double value = strtod(text, NULL);
	if (!isfinite(value) || value < DBL_MIN)
		return false;
	*ret = value;
	return true;
}

/* magnitude * 10^power for a usual magnitude and a power from 0 to 19, exact but for the last step:
 * rounded to a whole number as printf does, a tie to the even one, or cut off. */
static uint64_t scale(double magnitude, int power, bool round)
{
	uint64_t factor = 1;
	int exponent;
	uint64_t bits = (uint64_t)ldexp(frexp(magnitude, &exponent), DBL_MANT_DIG);
	int shift = DBL_MANT_DIG - exponent; /* magnitude = bits / 2^shift */
	for (int i = 0; i < power; i++)
		factor *= 10;
	__extension__ const unsigned __int128 one = 1;
	__extension__ const unsigned __int128 product = (unsigned __int128)bits * factor;
	uint64_t whole = (uint64_t)(product >> shift);
	if (!round)
		return whole;
	__extension__ const unsigned __int128 rest = product & ((one << shift) - 1);
	__extension__ const unsigned __int128 half = one << (shift - 1);
	return whole + (rest > half || (rest == half && whole % 2 == 1));
}

/* How many places the first digit is before the decimal point, for a usual magnitude. */
static int whole_digits(double magnitude)
{
	int digits = -3; /* usual_least has its first digit four places behind it */
	uint64_t whole = scale(magnitude, 4, false);
	for (; whole >= 10; whole /= 10)
		digits++;
	return digits;
}

/* Whatever the locale puts behind the first digit is stepped over. */
static void digits_by_printf(double magnitude, struct decimal *decimal)
{
	char text[NUMBER_BYTES];
	(void)snprintf(text, sizeof text, "%.*e", (int)DECIMAL_DIGITS - 1, magnitude);
	const char *at = text;
	for (; *at != 'e'; at++) {
		if (is_digit(*at))
			decimal->mantissa = decimal->mantissa * 10 + (uint64_t)(*at - '0');
	}
	decimal->exponent = (int)strtol(at + 1, NULL, 10) - (DECIMAL_DIGITS - 1);
}

struct decimal decimal_of(double value)
{
	double magnitude = fabs(value);
	struct decimal decimal = {.negative = signbit(value) != 0, .decimals = 0};
	if (value == 0 || !isfinite(value))
		return decimal;
	if (magnitude < usual_least || magnitude >= usual_limit) {
		digits_by_printf(magnitude, &decimal);
		return decimal;
	}
	/* By whole numbers: printf takes ten times as long. */
	int power = DECIMAL_DIGITS - whole_digits(magnitude);
	decimal.mantissa = scale(magnitude, power, true);
	decimal.exponent = -power;
	if (decimal.mantissa == mantissa_limit) {
		decimal.mantissa /= 10;
		decimal.exponent++;
	}
	return decimal;
}

uint64_t decimal_shorten(uint64_t mantissa, int drop)
{
	if (drop > DECIMAL_DIGITS + 1)
		return 0;
	uint64_t power = 1;
	for (int i = 0; i < drop; i++)
		power *= 10;
	return (mantissa + power / 2) / power;
}
