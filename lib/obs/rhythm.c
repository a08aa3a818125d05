/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "obs/rhythm.h"

#include "obs/shape.h"

static const char once_prefix[] = "once:";

static bool refuse(struct span text, struct error *err)
{
	return error_set(err, ERROR_INPUT,
			 "'%.*s' is not year, half, quarter, month or once:PERIOD, such as "
			 "once:2023",
			 shape_clip(text), text.start);
}

static bool is_rhythm(enum frequency frequency)
{
	return frequency == FREQUENCY_YEAR || frequency == FREQUENCY_HALF ||
	       frequency == FREQUENCY_QUARTER || frequency == FREQUENCY_MONTH;
}

bool rhythm_parse(struct span text, struct rhythm *ret, struct error *err)
{
	struct rhythm rhythm = {0};
	size_t skip = sizeof once_prefix - 1;
	if (span_starts(text, once_prefix)) {
		struct span rest = span_behind(text, skip);
		if (!period_parse(span_trim(rest), &rhythm.once, err))
			return error_within(err, "once");
	} else if (!frequency_parse(text, &rhythm.frequency, NULL) ||
		   !is_rhythm(rhythm.frequency)) {
		return refuse(text, err);
	}
	*ret = rhythm;
	return true;
}

bool rhythm_has(const struct rhythm *rhythm, struct period period)
{
	return rhythm->frequency == FREQUENCY_NONE ? period_equal(rhythm->once, period)
						   : period_frequency(period) == rhythm->frequency;
}
