/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/explain_fit.h"

#include <math.h>

/* A line as sums: what stands below a fraction is never 0, the times differ. */
struct line {
	double mean_t, mean_y, slope, squares; /* squares: of t from its mean, weighed */
};

enum { FIT_VALUES_MAX = TREND_VALUES_MAX };

/* What is fitted. */
struct points {
	const double *times;
	double y[FIT_VALUES_MAX], w[FIT_VALUES_MAX];
	size_t count;
	bool is_plain; /* all weights are 1, and not written */
};

static const char *plus(size_t i)
{
	return i > 0 ? " + " : "";
}

/* name = (w1 * a1 + w2 * a2 ...) / W */
static double add_mean(const struct working *working, const char *name, const struct points *points,
		       const double *values)
{
	AUTO_TEXT struct text expression = text_with_limit(WORKING_STEP_BYTES);
	double sum = 0, weight = 0;
	text_add_char(&expression, '(');
	for (size_t i = 0; i < points->count; i++) {
		text_add_string(&expression, plus(i));
		if (!points->is_plain)
			working_fill(&expression, "{} * ", &points->w[i], 1);
		working_fill(&expression, "{}", &values[i], 1);
		sum += points->w[i] * values[i];
		weight += points->w[i];
	}
	working_fill(&expression, ") / {}", &weight, 1);
	working_step(working, name, &expression, measure_of(sum / weight));
	return sum / weight;
}

static void add_weights(const struct working *working, const struct points *points)
{
	AUTO_TEXT struct text expression = text_with_limit(WORKING_STEP_BYTES);
	double weight = 0;
	for (size_t i = 0; i < points->count; i++) {
		text_add_string(&expression, plus(i));
		working_number(&expression, points->w[i]);
		weight += points->w[i];
	}
	working_step(working, "W", &expression, measure_of(weight));
}

static void add_squares(const struct working *working, const struct points *points,
			struct line *line)
{
	AUTO_TEXT struct text squares = text_with_limit(WORKING_STEP_BYTES);
	AUTO_TEXT struct text products = text_with_limit(WORKING_STEP_BYTES);
	double product = 0;
	for (size_t i = 0; i < points->count; i++) {
		double dt = points->times[i] - line->mean_t, dy = points->y[i] - line->mean_y;
		const double all[] = {points->w[i], points->times[i], line->mean_t, points->y[i],
				      line->mean_y};
		text_add_string(&squares, plus(i));
		text_add_string(&products, plus(i));
		if (!points->is_plain) {
			working_fill(&squares, "{} * ", all, 1);
			working_fill(&products, "{} * ", all, 1);
		}
		working_fill(&squares, "({} - {})^2", all + 1, 2);
		working_fill(&products, "({} - {}) * ({} - {})", all + 1, COUNT_OF(all) - 1);
		line->squares += points->w[i] * dt * dt;
		product += points->w[i] * dt * dy;
	}
	working_step(working, "Q", &squares, measure_of(line->squares));
	working_step(working, "R", &products, measure_of(product));
	line->slope = product / line->squares;
	working_add(working, "b", measure_of(line->slope), "{} / {}", product, line->squares);
}

static void add_line(const struct working *working, const struct points *points, struct line *ret)
{
	struct line line = {0};
	if (!points->is_plain)
		add_weights(working, points);
	line.mean_t = add_mean(working, "tm", points, points->times);
	line.mean_y = add_mean(working, "ym", points, points->y);
	add_squares(working, points, &line);
	*ret = line;
}

/* The line at a time, brought back from logits; under this name. */
static struct measure add_at(const struct working *working, const struct line *line, double at,
			     const struct logit_scale *scale, const char *name)
{
	double y = line->mean_y + line->slope * (at - line->mean_t);
	const double numbers[] = {line->mean_y, line->slope, at, line->mean_t};
	struct measure level = measure_of(y);
	working_put(working, scale == NULL ? name : "y", level, "{} + {} * ({} - {})", numbers,
		    COUNT_OF(numbers));
	if (scale == NULL)
		return level;
	struct measure back = measure_of(trend_from_logit(scale, y));
	working_add(working, name, back, "{} + ({} - {}) / (1 + exp(-{}))", scale->low, scale->high,
		    scale->low, y);
	return back;
}

/* Weights and, on the logit scale, y of each value. */
static void add_points(const struct working *working, const struct fit_question *question,
		       struct points *points)
{
	const double *times = question->samples.times;
	for (size_t i = 0; i < points->count; i++) {
		double x = question->samples.values[i];
		double w = (question->due - times[0]) / (question->due - times[i]);
		points->w[i] = w;
		working_add(working, "w", measure_of(w), "({} - {}) / ({} - {})", question->due,
			    times[0], question->due, times[i]);
		if (question->scale == NULL) {
			points->y[i] = x;
			continue;
		}
		const struct logit_scale *scale = question->scale;
		double inside =
			fmin(fmax(x, scale->low + scale->step / 2), scale->high - scale->step / 2);
		working_add(working, "y", measure_of(points->y[i]), "ln(({} - {}) / ({} - {}))",
			    inside, scale->low, scale->high, inside);
	}
}

static struct measure find_value(const struct samples *samples, double time)
{
	for (size_t i = 0; i < samples->count; i++)
		if (samples->times[i] == time)
			return measure_of(samples->values[i]);
	return (struct measure){0};
}

static void explain_base(const struct working *working, const struct fit_question *question,
			 struct points *points, const struct logit_scale *scale,
			 struct fit_answer *ret)
{
	struct line line;
	ret->base = find_value(&question->samples, question->base);
	if (!ret->base.is_set)
		ret->base = question->base_value;
	if (ret->base.is_set) {
		working_let(working, (const char *const[]){"x0"}, &ret->base.value, 1);
		return;
	}
	points->is_plain = true;
	for (size_t i = 0; i < points->count; i++)
		points->w[i] = 1;
	add_line(working, points, &line);
	ret->base = add_at(working, &line, question->base, scale, "x0");
}

void explain_forecast(const struct working *working, const struct fit_question *question,
		      struct fit_answer *ret)
{
	*ret = (struct fit_answer){.predicted = find_value(&question->samples, question->due)};
	struct fit_question known = *question;
	while (known.samples.count > 0 &&
	       known.samples.times[known.samples.count - 1] >= question->due)
		known.samples.count--;
	struct points points = {.times = known.samples.times, .count = known.samples.count};
	if (points.count < 2 || points.count > FIT_VALUES_MAX)
		return;
	if (known.scale != NULL && !trend_to_logit(&known.samples, known.scale, points.y))
		known.scale = NULL;
	struct line line;
	add_points(working, &known, &points);
	add_line(working, &points, &line);
	struct measure carried = add_at(working, &line, question->due, known.scale, "p");
	if (!ret->predicted.is_set)
		ret->predicted = carried;
	explain_base(working, question, &points, known.scale, ret);
}

/* Sum of squared distances from the line. */
static double add_rest(const struct working *working, const struct points *points,
		       const struct line *line)
{
	AUTO_TEXT struct text expression = text_with_limit(WORKING_STEP_BYTES);
	double sum = 0;
	for (size_t i = 0; i < points->count; i++) {
		double rest = points->y[i] - line->mean_y -
			      line->slope * (points->times[i] - line->mean_t);
		const double all[] = {points->y[i], line->mean_y, line->slope, points->times[i],
				      line->mean_t};
		text_add_string(&expression, plus(i));
		working_fill(&expression, "({} - {} - {} * ({} - {}))^2", all, COUNT_OF(all));
		sum += rest * rest;
	}
	working_step(working, "E", &expression, measure_of(sum));
	return sum;
}

void explain_interval(const struct working *working, const struct samples *samples,
		      const struct trend_fit *fit, double at)
{
	struct points points = {.times = samples->times, .count = samples->count, .is_plain = true};
	struct line line;
	if (!fit->is_set || points.count > FIT_VALUES_MAX || !(fit->se_value > 0))
		return;
	for (size_t i = 0; i < points.count; i++) {
		points.y[i] = samples->values[i];
		points.w[i] = 1;
	}
	add_line(working, &points, &line);
	struct measure level = add_at(working, &line, at, NULL, "f");
	double rest = add_rest(working, &points, &line);
	double n = (double)points.count;
	working_add(working, "se", measure_of(fit->se_value),
		    "sqrt({} / ({} - 2) * (1 + 1 / {} + ({} - {})^2 / {}))", rest, n, n, at,
		    line.mean_t, line.squares);
	double quantile = (fit->high - fit->value) / fit->se_value;
	working_let(working, (const char *const[]){"t95"}, &quantile, 1);
	working_add(working, "low", measure_of(fit->low), "{} - {} * {}", level.value, quantile,
		    fit->se_value);
	working_add(working, "high", measure_of(fit->high), "{} + {} * {}", level.value, quantile,
		    fit->se_value);
}
