/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/scale.h"

#include "base/number.h"
#include "obs/shape.h"

enum { POWER_MAX = 15, TEN = 10 };

static bool read_factor(struct span text, double *ret, struct error *err)
{
	struct number number;
	if (!number_read_json(text, &number, NULL) || number.value == 0)
		return error_set(err, ERROR_INPUT,
				 "'%.*s' is not a factor: a number other than 0, or a word of "
				 "numbers.scale_words",
				 shape_clip(text), text.start);
	*ret = number.value;
	return true;
}

static bool read_power(struct span text, double *ret, struct error *err)
{
	struct number number;
	double factor = 1;
	if (!number_read_json(text, &number, NULL) || number.value < -POWER_MAX ||
	    number.value > POWER_MAX || number.value != (double)(int)number.value)
		return error_set(
			err, ERROR_INPUT,
			"'%.*s' is not a power of ten: a whole number from -%d to %d, or a "
			"word of numbers.scale_words",
			shape_clip(text), text.start, POWER_MAX, POWER_MAX);
	int power = (int)number.value;
	for (int i = 0; i < (power < 0 ? -power : power); i++)
		factor *= TEN;
	*ret = power < 0 ? 1 / factor : factor;
	return true;
}

bool feed_scale_read(const struct feed_numbers *numbers, bool has_powers, struct span text,
		     double *ret, struct error *err)
{
	const char *word = key_map_get(&numbers->scale_words, text);
	bool is_power = numbers->scale_as == FEED_SCALE_POWER ||
			(numbers->scale_as == FEED_SCALE_FORMAT && has_powers);
	if (word != NULL)
		return read_factor(span_of(word), ret, err);
	if (text.len == 0) {
		*ret = 1;
		return true;
	}
	return is_power ? read_power(text, ret, err) : read_factor(text, ret, err);
}

bool feed_scale_check(const struct key_pair *word, struct error *err)
{
	double factor;
	return read_factor(span_of(word->value), &factor, err) ||
	       error_within(err, "numbers.scale_words '%s'", word->name);
}
