/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/explain_trend.h"

#include <math.h>

#include "query/explain_fit.h"

static void add_words(const struct working *working, const char *name, const char *words,
		      struct measure result)
{
	AUTO_TEXT struct text expression = text_with_limit(WORKING_STEP_BYTES);
	text_add_string(&expression, words);
	working_step(working, name, &expression, result);
}

/* The sum of t (t - 1) (2 t + 5) over groups of t equal values, written out; 0 without any. */
static double add_ties(const struct samples *samples, struct text *out)
{
	double sum = 0;
	for (size_t i = 0; i < samples->count; i++) {
		double t = 0;
		bool is_first = true;
		for (size_t j = 0; j < samples->count; j++) {
			t += samples->values[j] == samples->values[i];
			is_first &= j >= i || samples->values[j] != samples->values[i];
		}
		if (!is_first || t < 2)
			continue;
		text_add_string(out, " - ");
		working_fill(out, "{} * ({} - 1) * (2 * {} + 5)", (const double[]){t, t, t}, 3);
		sum += t * (t - 1) * (2 * t + 5);
	}
	return sum;
}

/* Two-sided, from the normal distribution. */
static void explain_p_normal(const struct working *working, const struct samples *samples,
			     const struct mann_kendall *kendall)
{
	AUTO_TEXT struct text expression = text_with_limit(WORKING_STEP_BYTES);
	double n = (double)samples->count;
	text_add_string(&expression, "(");
	working_fill(&expression, "{} * ({} - 1) * (2 * {} + 5)", (const double[]){n, n, n}, 3);
	(void)add_ties(samples, &expression);
	text_add_string(&expression, ") / 18");
	working_step(working, "v", &expression, measure_of(kendall->var_s));
	if (kendall->s != 0)
		working_add(working, "Z", measure_of(kendall->z), "({} - {}) / sqrt({})",
			    kendall->s, copysign(1, kendall->s), kendall->var_s);
	working_add(working, "p", kendall->p_normal, "2 * (1 - Phi({}))", fabs(kendall->z));
}

/* Of the n! orders of n different values, those in which |S| is no smaller. */
static void explain_p_exact(const struct working *working, const struct samples *samples,
			    const struct mann_kendall *kendall)
{
	double orders = tgamma((double)samples->count + 1);
	working_add(working, "p", kendall->p_exact, "{} / {}",
		    round(kendall->p_exact.value * orders), orders);
}

static void explain_order(const struct working *working, const struct samples *samples,
			  const struct mann_kendall *kendall)
{
	double n = (double)samples->count;
	add_words(working, "S", "sum of sign(xj - xi), i < j", measure_of(kendall->s));
	working_add(working, "tau", kendall->tau, "{} / ({} * ({} - 1) / 2)", kendall->s, n, n);
	if (kendall->p_exact.is_set)
		explain_p_exact(working, samples, kendall);
	else
		explain_p_normal(working, samples, kendall);
}

static void explain_chance(const struct working *working, const struct judgement *judgement,
			   const struct evidence *evidence)
{
	const struct trend_fit *line = &evidence->line;
	if (!evidence->attainment.is_set || !(line->se_value > 0))
		return;
	const struct mark mark = aim_mark(&judgement->aim, judgement->value.value);
	double t = mark.sense * (line->value - mark.value) / line->se_value;
	working_add(working, "t", measure_of(t), "{} * ({} - {}) / {}", (double)mark.sense,
		    line->value, mark.value, line->se_value);
	working_add(working, "chance", evidence->attainment, "F({}, {} - 2)", t,
		    (double)evidence->count);
}

void explain_trend(const struct working *working, const struct judgement *judgement,
		   const struct evidence *evidence)
{
	const struct yearly *yearly = &judgement->yearly;
	const struct samples samples = {yearly->times, yearly->values, yearly->count};
	if (evidence->count != yearly->count || evidence->count < 3)
		return;
	add_words(working, "m", "median of (xj - xi) / (tj - ti), i < j", evidence->sen.slope);
	explain_order(working, &samples, &evidence->mann_kendall);
	explain_interval(working, &samples, &evidence->line, judgement->aim.due_time);
	explain_chance(working, judgement, evidence);
}
