/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/explain_method.h"

#include <math.h>

#include "assess/escap.h"
#include "assess/window.h"
#include "query/explain_fit.h"

/* The window of a method as its result tells it. */
struct ends {
	size_t first, last;
	double t0, x0, t1, x1;
	double s, target, due;
};

struct explained explained_of(const struct judgement *judgement)
{
	const struct yearly *yearly = &judgement->yearly;
	double last = yearly->count > 0 ? yearly->values[yearly->count - 1] : 0;
	struct explained explained = {
		.judgement = judgement,
		.indicator = judgement->in->indicator,
		.mark = aim_mark(&judgement->aim, last),
		.due = judgement->aim.due_time,
	};
	const struct milestone *milestone = judgement->milestone;
	if (milestone == NULL)
		return explained;
	explained.mark.value = aim_level(judgement->in->target, &judgement->aim, milestone->value);
	explained.due = series_time(explained.indicator, period_last_day(milestone->period));
	return explained;
}

static struct ends ends_of(const struct explained *explained)
{
	const struct yearly *yearly = &explained->judgement->yearly;
	size_t used = explained->judgement->result.used, last = yearly->count - 1;
	size_t first = yearly->count - used;
	return (struct ends){
		.first = first,
		.last = last,
		.t0 = yearly->times[first],
		.x0 = yearly->values[first],
		.t1 = yearly->times[last],
		.x1 = yearly->values[last],
		.s = explained->mark.sense,
		.target = explained->mark.value,
		.due = explained->due,
	};
}

static bool has_target(const struct explained *explained)
{
	return explained->judgement->aim.kind != METHOD_DIRECTION;
}

static void let_ends(const struct working *working, const struct ends *ends)
{
	static const char *const names[] = {"x0", "t0", "x1", "t1"};
	working_let(working, names, (const double[]){ends->x0, ends->t0, ends->x1, ends->t1},
		    COUNT_OF(names));
}

static void add_change(const struct working *working, const struct ends *ends)
{
	double a = (ends->x1 - ends->x0) / (ends->t1 - ends->t0);
	working_add(working, "a", measure_of(a), "({} - {}) / ({} - {})", ends->x1, ends->x0,
		    ends->t1, ends->t0);
}

static double change_of(const struct ends *ends)
{
	return (ends->x1 - ends->x0) / (ends->t1 - ends->t0);
}

static void explain_weather(const struct working *working, const struct explained *explained,
			    const struct ends *ends)
{
	const struct method_result *result = &explained->judgement->result;
	double a = change_of(ends), p = ends->x1 + a * (ends->due - ends->t1);
	add_change(working, ends);
	if (!has_target(explained)) {
		double before = explained->judgement->yearly.values[ends->last - 1];
		working_add(working, "d", measure_of(ends->x1 - before), "{} - {}", ends->x1,
			    before);
		return;
	}
	if (explained->judgement->aim.kind == METHOD_HOLD || ends->due <= ends->t1)
		return;
	working_add(working, "p", measure_of(p), "{} + {} * ({} - {})", ends->x1, a, ends->due,
		    ends->t1);
	bool is_share = result->measure.is_set && result->measure.value != a;
	if (is_share)
		working_add(working, "measure", result->measure, "{} * ({} - {}) / |{} - {}|",
			    ends->s, ends->target, p, ends->target, ends->x1);
}

static struct measure add_growth(const struct working *working, const char *name,
				 const double from_to[2], double years, const double times[2])
{
	struct measure rate = growth_rate(from_to[0], from_to[1], years);
	working_add(working, name, rate, "({} / {})^(1 / ({} - {})) - 1", from_to[1], from_to[0],
		    times[1], times[0]);
	return rate;
}

/* Eurostat and Open SDG. */
static void explain_growth(const struct working *working, const struct explained *explained,
			   const struct ends *ends)
{
	const struct measure *measure = &explained->judgement->result.measure;
	double x0 = ends->x0, target = ends->target;
	if (explained->judgement->result.note != NULL) {
		x0 = x0 == 0 ? 0.001 : x0;
		target = target == 0 ? 0.001 : target;
	}
	struct measure g = add_growth(working, "g", (const double[]){x0, ends->x1},
				      ends->t1 - ends->t0, (const double[]){ends->t0, ends->t1});
	double s = ends->x0 < 0 ? -ends->s : ends->s;
	if (!g.is_set || !measure->is_set)
		return;
	if (!has_target(explained)) {
		working_add(working, "measure", *measure, "{} * {}", s, g.value);
		return;
	}
	struct measure r = add_growth(working, "r", (const double[]){x0, target},
				      ends->due - ends->t0, (const double[]){ends->t0, ends->due});
	working_add(working, "measure", *measure, "{} * {} / |{}|", s, g.value,
		    r.is_set ? r.value : 0);
}

static void explain_sdr(const struct working *working, const struct explained *explained,
			const struct ends *ends)
{
	const struct measure *measure = &explained->judgement->result.measure;
	double a = change_of(ends);
	add_change(working, ends);
	if (!has_target(explained) || !measure->is_set)
		return;
	double r = (ends->target - ends->x0) / (ends->due - ends->t0);
	working_add(working, "r", measure_of(r), "({} - {}) / ({} - {})", ends->target, ends->x0,
		    ends->due, ends->t0);
	working_add(working, "measure", *measure, "{} / {}", a, r);
}

static void explain_unchart(const struct working *working, const struct explained *explained,
			    const struct ends *ends)
{
	const struct yearly *yearly = &explained->judgement->yearly;
	const struct measure *measure = &explained->judgement->result.measure;
	struct ends known = *ends;
	while (has_target(explained) && known.last > known.first &&
	       yearly->times[known.last] > known.due)
		known.last--;
	known.t1 = yearly->times[known.last];
	known.x1 = yearly->values[known.last];
	if (known.last == known.first)
		return;
	struct measure g = add_growth(working, "g", (const double[]){known.x0, known.x1},
				      known.t1 - known.t0, (const double[]){known.t0, known.t1});
	if (!g.is_set || !measure->is_set || !has_target(explained))
		return;
	double e = known.x1 * pow(1 + g.value, known.due - known.t1);
	working_add(working, "e", measure_of(e), "{} * (1 + {})^({} - {})", known.x1, g.value,
		    known.due, known.t1);
	working_add(working, "measure", *measure, "({} - {}) / ({} - {})", e, known.x0,
		    known.target, known.x0);
}

static void explain_escap(const struct working *working, const struct explained *explained,
			  const struct ends *ends)
{
	const struct yearly *yearly = &explained->judgement->yearly;
	const struct aim *aim = &explained->judgement->aim;
	const struct measure *measure = &explained->judgement->result.measure;
	struct method_call call = {.mark = explained->mark};
	struct logit_scale scale;
	judgement_bounds(explained->indicator, &call, &scale);
	struct fit_question question = {
		.samples = {yearly->times, yearly->values, yearly->count},
		.scale = call.scale,
		.due = explained->due,
		.base = aim->base_time.is_set ? aim->base_time.value : WINDOW_BASE_YEAR,
		.base_value = aim->base_value,
	};
	struct fit_answer answer;
	explain_forecast(working, &question, &answer);
	if (!has_target(explained) || !measure->is_set || !answer.predicted.is_set ||
	    !answer.base.is_set)
		return;
	if (mark_reached(&explained->mark, answer.predicted.value))
		return;
	working_add(working, "measure", *measure, "10 * {} * ({} - {}) / |{} - {}|", ends->s,
		    answer.predicted.value, answer.base.value, ends->target, answer.base.value);
	working_add(working, "P", measure_of(100 - 10 * measure->value), "100 - 10 * {}",
		    measure->value);
}

typedef void explain_fn(const struct working *working, const struct explained *explained,
			const struct ends *ends);

static const struct {
	const char *method;
	explain_fn *explain;
	bool has_ends; /* it looks at the first and the last value only */
} explainers[] = {
	{"weather", explain_weather, true}, {"eurostat", explain_growth, true},
	{"opensdg", explain_growth, true},  {"sdr", explain_sdr, true},
	{"escap", explain_escap, false},    {"unchart", explain_unchart, true},
};

void explain_method(const struct working *working, const struct explained *explained)
{
	const struct judgement *judgement = explained->judgement;
	if (judgement->result.used < 2 || judgement->result.used < judgement->method->min_values)
		return;
	struct ends ends = ends_of(explained);
	for (size_t i = 0; i < COUNT_OF(explainers); i++) {
		if (strcmp(explainers[i].method, judgement->method->name) != 0)
			continue;
		if (explainers[i].has_ends)
			let_ends(working, &ends);
		explainers[i].explain(working, explained, &ends);
	}
}
