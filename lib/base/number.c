/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/number.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/decimal.h"
#include "base/numeral.h"

enum { RULE_TEXT_BYTES = 128, NOISE_ZEROS = 1000, NOISE_DIGITS_MAX = 17 };

static int within(int value, int min, int max)
{
	return value < min ? min : value > max ? max : value;
}

/* Take the decimal as it is; `shown` is what the source wrote. */
static bool finish(const struct decimal *decimal, struct span shown, struct number *ret,
		   struct error *err)
{
	double value;
	if (!decimal_value(decimal->mantissa, decimal->exponent, &value))
		return error_set(
			err, ERROR_INPUT,
			"'%.*s' is too large or too small; magnitudes from 1e-307 to 1e308 "
			"can be kept",
			SPAN_ARGS(decimal_clip(shown)));
	*ret = (struct number){
		.value = decimal->negative && decimal->mantissa != 0 ? -value : value,
		.decimals = decimal->decimals,
		.digits = decimal->digits,
	};
	return true;
}

/* Digits 16 and 17 that come from printing a double: what is before them ends in zeros. */
static bool is_noise(const struct decimal *decimal)
{
	uint64_t full = decimal->mantissa;
	for (int digits = decimal->digits; digits < DECIMAL_DIGITS; digits++)
		full *= 10;
	return decimal->printed_digits <= NOISE_DIGITS_MAX && full % NOISE_ZEROS == 0;
}

bool number_read(struct span text, struct number *ret, struct error *err)
{
	struct decimal decimal;
	if (!decimal_read(text, text, true, &decimal, err))
		return false;
	if (decimal.rounded && !is_noise(&decimal))
		return error_set(err, ERROR_INPUT,
				 "'%.*s' has %d significant digits; at most %d can be kept exactly",
				 SPAN_ARGS(decimal_clip(text)), decimal.printed_digits,
				 (int)DECIMAL_DIGITS);
	return finish(&decimal, text, ret, err);
}

bool number_read_json(struct span text, struct number *ret, struct error *err)
{
	struct decimal decimal;
	return decimal_read(text, text, true, &decimal, err) && finish(&decimal, text, ret, err);
}

/* Decimal digits that multiplying by the scale adds (negative: takes away). */
static int scale_decimals(double scale)
{
	struct decimal decimal = decimal_of(scale);
	while (decimal.mantissa != 0 && decimal.mantissa % 10 == 0) {
		decimal.mantissa /= 10;
		decimal.exponent++;
	}
	return -decimal.exponent;
}

static bool scale_number(double scale, struct span shown, struct number *number, struct error *err)
{
	if (scale == 0 || scale == 1)
		return true;
	double value = number_round15(number->value * scale);
	if (!isfinite(value))
		return error_set(err, ERROR_INPUT, "'%.*s' is too large to be scaled",
				 SPAN_ARGS(decimal_clip(shown)));
	int decimals = number->decimals + scale_decimals(scale);
	number->value = value == 0 ? 0 : value;
	number->decimals = within(decimals, 0, DECIMAL_DIGITS);
	return true;
}

bool number_read_by(const struct number_rule *rule, struct span text, struct number *ret,
		    struct error *err)
{
	struct span shown = span_trim(text);
	AUTO_TEXT struct text plain = text_with_limit(RULE_TEXT_BYTES);
	if (!numeral_plain(rule, shown, &plain, err))
		return false;
	if (plain.too_long)
		return error_set(err, ERROR_INPUT, "'%.*s...' is too long for a number",
				 SPAN_ARGS(decimal_clip(shown)));
	if (!text_ok(&plain, "number", err))
		return false;

	struct decimal decimal;
	struct number number;
	if (!decimal_read(text_span(&plain), shown, rule->exponents, &decimal, err) ||
	    !finish(&decimal, shown, &number, err) ||
	    !scale_number(rule->scale, shown, &number, err))
		return false;
	*ret = number;
	return true;
}

/* The digits without zeros at the end; returns how many. */
static int write_digits(uint64_t number, char digits[NUMBER_BYTES])
{
	char reversed[NUMBER_BYTES];
	int len = 0;
	do {
		reversed[len++] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	for (int i = 0; i < len; i++)
		digits[i] = reversed[len - 1 - i];
	digits[len] = '\0';
	return len;
}

static int shortest_digits(uint64_t mantissa, char digits[NUMBER_BYTES])
{
	int len = write_digits(mantissa, digits);
	while (len > 1 && digits[len - 1] == '0')
		digits[--len] = '\0';
	return len;
}

static char *put(char *to, const char *bytes, int len)
{
	memcpy(to, bytes, (size_t)len);
	return to + len;
}

static char *put_zeros(char *to, int count)
{
	for (int i = 0; i < count; i++)
		*to++ = '0';
	return to;
}

/* `point`: how many digits stand before the decimal sign; at most 15 either way. */
static char *put_plain(char *to, const char *digits, int len, int point)
{
	if (point <= 0) {
		to = put_zeros(put(to, "0.", 2), -point);
		return put(to, digits, len);
	}
	if (point >= len)
		return put_zeros(put(to, digits, len), point - len);
	to = put(put(to, digits, point), ".", 1);
	return put(to, digits + point, len - point);
}

static char *put_scientific(char *to, const char *digits, int len, int power)
{
	to = put(to, digits, 1);
	if (len > 1)
		to = put(put(to, ".", 1), digits + 1, len - 1);
	char exponent[16];
	int exponent_len =
		snprintf(exponent, sizeof exponent, "e%c%02d", power < 0 ? '-' : '+', abs(power));
	return put(to, exponent, exponent_len);
}

static const char *print_special(double value, char buffer[NUMBER_BYTES])
{
	const char *name = isnan(value) ? "nan" : value > 0 ? "inf" : value < 0 ? "-inf" : "0";
	*put(buffer, name, (int)strlen(name)) = '\0';
	return buffer;
}

const char *number_print(double value, char buffer[NUMBER_BYTES])
{
	if (!isfinite(value) || value == 0)
		return print_special(value, buffer);

	struct decimal decimal = decimal_of(value);
	char digits[NUMBER_BYTES];
	int len = shortest_digits(decimal.mantissa, digits);
	char *to = put(buffer, "-", decimal.negative);
	int power = decimal.exponent + DECIMAL_DIGITS - 1; /* of the first digit */
	if (power >= -4 && power < DECIMAL_DIGITS)
		to = put_plain(to, digits, len, power + 1);
	else
		to = put_scientific(to, digits, len, power);
	*to = '\0';
	return buffer;
}

const char *number_print_integer(int64_t value, char buffer[NUMBER_BYTES])
{
	uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	(void)write_digits(magnitude, put(buffer, "-", value < 0));
	return buffer;
}

/* The digits with `decimals` of them behind the sign; as many zeros are added as they lack. */
static char *put_fixed(char *to, struct span digits, int decimals, char sign, int added)
{
	int len = (int)digits.len;
	int whole = len + added - decimals; /* at most len */
	to = whole > 0 ? put(to, digits.start, whole) : put(to, "0", 1);
	if (decimals == 0)
		return to;
	to = put(to, &sign, 1);
	if (whole < 0)
		to = put_zeros(to, -whole);
	int used = whole > 0 ? whole : 0;
	to = put(to, digits.start + used, len - used);
	return put_zeros(to, added);
}

const char *number_print_fixed(double value, int decimals, char decimal, char buffer[NUMBER_BYTES])
{
	struct decimal parts = decimal_of(value);
	if (!isfinite(value) || parts.exponent > 0)
		return number_print(value, buffer);

	decimals = within(decimals, 0, DECIMAL_DIGITS);
	int cut = -parts.exponent - decimals;
	uint64_t mantissa = cut > 0 ? decimal_shorten(parts.mantissa, cut) : parts.mantissa;
	int added = cut < 0 && mantissa != 0 ? -cut : 0;
	char digits[NUMBER_BYTES];
	int len = write_digits(mantissa, digits);
	char *to = put(buffer, "-", parts.negative && mantissa != 0);
	*put_fixed(to, (struct span){digits, (size_t)len}, decimals, decimal, added) = '\0';
	return buffer;
}

static bool read_digits(struct span text, int64_t *ret)
{
	bool negative = span_starts(text, "-");
	int64_t value = 0;
	if (text.len == (size_t)negative)
		return false;
	for (size_t i = negative; i < text.len; i++) {
		int digit = text.start[i] - '0';
		if (digit < 0 || digit > 9 || __builtin_mul_overflow(value, 10, &value) ||
		    __builtin_sub_overflow(value, digit, &value))
			return false;
	}
	if (!negative && value == INT64_MIN)
		return false;
	*ret = negative ? value : -value;
	return true;
}

bool number_read_integer(struct span text, int64_t min, int64_t max, int64_t *ret,
			 struct error *err)
{
	int64_t value;
	bool has_sign = text.len > 0 && text.start[0] == '-'; /* -0 is no 0 of a date */
	if (!read_digits(text, &value) || value < min || value > max || (has_sign && min >= 0))
		return error_set(err, ERROR_INPUT,
				 "'%.*s' is not a whole number from %" PRId64 " to %" PRId64,
				 SPAN_ARGS(decimal_clip(text)), min, max);
	*ret = value;
	return true;
}

double number_round15(double value)
{
	if (!isfinite(value) || fabs(value) < DBL_MIN)
		return value;
	struct decimal decimal = decimal_of(value);
	double rounded;
	if (!decimal_value(decimal.mantissa, decimal.exponent, &rounded))
		return value;
	return decimal.negative ? -rounded : rounded;
}

double number_difference(double a, double b)
{
	double difference = a - b;
	double greater = fmax(fabs(a), fabs(b));
	if (!isfinite(difference) || difference == 0 || greater < DBL_MIN)
		return difference;
	int decimals = DECIMAL_DIGITS - 1 - (int)floor(log10(greater));
	if (decimals < 0 || decimals > DECIMAL_DIGITS)
		return number_round15(difference);
	double unit = pow(10, decimals);
	return number_round15(round(difference * unit) / unit);
}

bool number_equal(double a, double b)
{
	return a == b || number_round15(a) == number_round15(b);
}
