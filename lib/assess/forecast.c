/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/forecast.h"

#include <math.h>

#include "assess/window.h"

static const struct {
	bool of_logits, weighted;
	enum forecast_form otherwise; /* where logits do not fit */
} forms[] = {
	[FORECAST_LINEAR] = {false, false, FORECAST_LINEAR},
	[FORECAST_LOGIT] = {true, false, FORECAST_LINEAR},
	[FORECAST_LINEAR_WEIGHTED] = {false, true, FORECAST_LINEAR_WEIGHTED},
	[FORECAST_LOGIT_WEIGHTED] = {true, true, FORECAST_LINEAR_WEIGHTED},
	[FORECAST_GEOMETRIC] = {false, false, FORECAST_GEOMETRIC},
	[FORECAST_LOGIT_CHANGE] = {true, false, FORECAST_LINEAR},
};

static struct samples before(const struct samples *samples, double due)
{
	struct samples known = *samples;
	while (known.count > 0 && known.times[known.count - 1] >= due)
		known.count--;
	size_t left_out = known.count > TREND_VALUES_MAX ? known.count - TREND_VALUES_MAX : 0;
	return (struct samples){known.times + left_out, known.values + left_out,
				known.count - left_out};
}

static bool has_bound(const struct samples *samples, const struct logit_scale *scale)
{
	for (size_t i = 0; i < samples->count; i++) {
		if (samples->values[i] == scale->low || samples->values[i] == scale->high)
			return true;
	}
	return false;
}

static void fit(const struct samples *samples, bool weighted, double due, struct trend_line *ret)
{
	UNINITIALISED double weights[TREND_VALUES_MAX];
	for (size_t i = 0; i < samples->count; i++)
		weights[i] = (due - samples->times[0]) / (due - samples->times[i]);
	trend_line_fit(samples, weighted ? weights : NULL, ret);
}

static struct measure mean_change(const struct samples *samples)
{
	double sum = 0;
	for (size_t i = 1; i < samples->count; i++)
		sum += (samples->values[i] - samples->values[i - 1]) /
		       (samples->times[i] - samples->times[i - 1]);
	return measure_of(sum / (double)(samples->count - 1));
}

static struct measure growth(const struct samples *samples)
{
	size_t last = samples->count - 1;
	return growth_rate(samples->values[0], samples->values[last],
			   samples->times[last] - samples->times[0]);
}

void forecast_prepare(enum forecast_form form, const struct samples *samples,
		      const struct logit_scale *scale, double due, struct forecast *ret)
{
	struct samples known = before(samples, due);
	*ret = (struct forecast){.form = form, .count = known.count};
	if (known.count < 2)
		return;
	UNINITIALISED double values[TREND_VALUES_MAX];
	struct samples logits = {known.times, values, known.count};
	bool fits = scale != NULL && trend_to_logit(&known, scale, values);
	ret->scale = fits ? scale : NULL;
	ret->form = fits ? form : forms[form].otherwise;
	fit(fits ? &logits : &known, false, due, &ret->plain);

	bool of_logits = forms[ret->form].of_logits;
	const struct samples *used = of_logits ? &logits : &known;
	ret->at_bound = fits && of_logits && has_bound(&known, scale);
	fit(used, forms[ret->form].weighted, due, &ret->line);
	ret->last_time = used->times[used->count - 1];
	ret->last = used->values[used->count - 1];
	ret->rate = of_logits ? mean_change(used) : growth(used);
}

static struct measure back(const struct logit_scale *scale, struct measure value)
{
	if (!value.is_set || scale == NULL)
		return value;
	return measure_of(trend_from_logit(scale, value.value));
}

/* From the last value on. */
static struct measure carry(const struct forecast *forecast, double at)
{
	double years = at - forecast->last_time;
	if (!forecast->rate.is_set)
		return forecast->rate;
	if (forecast->form == FORECAST_GEOMETRIC)
		return measure_of(forecast->last * pow(1 + forecast->rate.value, years));
	return back(forecast->scale, measure_of(forecast->last + forecast->rate.value * years));
}

struct measure forecast_at(const struct forecast *forecast, double at)
{
	if (forecast->form == FORECAST_GEOMETRIC || forecast->form == FORECAST_LOGIT_CHANGE)
		return carry(forecast, at);
	bool of_logits = forms[forecast->form].of_logits;
	return back(of_logits ? forecast->scale : NULL, trend_line_at(&forecast->line, at));
}

struct measure forecast_plain_at(const struct forecast *forecast, double at)
{
	return back(forecast->scale, trend_line_at(&forecast->plain, at));
}
