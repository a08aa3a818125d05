/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/jmp.h"

#include <math.h>

enum { LINE_SPAN_YEARS = 5, LINE_REACH_YEARS = 2, REACH_YEARS = 6 };

static double mean_of(const struct samples *samples)
{
	double sum = 0;
	for (size_t i = 0; i < samples->count; i++)
		sum += samples->values[i];
	return sum / (double)samples->count;
}

struct measure jmp_estimate(const struct samples *samples, double at)
{
	size_t n = samples->count;
	if (n == 0 || n > TREND_VALUES_MAX)
		return (struct measure){0};
	double first = samples->times[0], last = samples->times[n - 1];
	if (at < first - REACH_YEARS || at > last + REACH_YEARS)
		return (struct measure){0};
	struct measure level = measure_of(mean_of(samples));
	if (last - first >= LINE_SPAN_YEARS) {
		struct trend_line line;
		trend_line_fit(samples, NULL, &line);
		level = trend_line_at(
			&line, fmin(fmax(at, first - LINE_REACH_YEARS), last + LINE_REACH_YEARS));
	}
	if (level.is_set)
		level.value = fmin(fmax(level.value, 0), 100);
	return level;
}

const char *jmp_category(struct measure estimate)
{
	return estimate.is_set ? "estimate" : "no estimate";
}
