/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "assess/evidence.h"
#include "assess/method.h"
#include "tests/unit/figures.h"

enum { ROUNDS = 3000 };

/* Numerical Recipes' generator: small, and the same everywhere. */
static unsigned draw(uint64_t *seed, unsigned below)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return below == 0 ? 0 : (unsigned)((*seed >> 33) % below);
}

/* A made-up series and target; the seed alone decides. */
static void make(struct figures *figures, uint64_t seed)
{
	static const enum target_op ops[] = {TARGET_AT_LEAST, TARGET_ABOVE, TARGET_ABOUT,
					     TARGET_RANGE,    TARGET_KEEP,  TARGET_BETTER};
	static const enum obs_status statuses[] = {OBS_NORMAL, OBS_NORMAL, OBS_ESTIMATED,
						   OBS_FORECAST};
	figures_done(figures);
	figures_init(figures);
	figures->indicator.has_low = figures->indicator.has_high = false;
	int year = 2005;
	unsigned count = draw(&seed, 12);
	for (unsigned i = 0; i < count; i++) {
		char period[16], published[16];
		year += 1 + (draw(&seed, 4) == 0);
		snprintf(period, sizeof period, "%d", year);
		snprintf(published, sizeof published, "%d", year + 1);
		/* Steps of 0.25 are exact in doubles, so that a mirror image is exact too. */
		double value = 40 + 0.25 * draw(&seed, 80);
		figures_add(figures, period, value, "gso", published)->status =
			statuses[draw(&seed, COUNT_OF(statuses))];
	}
	struct target *target = &figures->target;
	target->op = ops[draw(&seed, COUNT_OF(ops))];
	target->value = 40 + 0.25 * draw(&seed, 80);
	target->has_high = target->op == TARGET_RANGE;
	target->value_high = target->value + 2;
	target->has_base = draw(&seed, 2) == 0;
	target->base_value = 40 + 0.25 * draw(&seed, 80);
	if (draw(&seed, 2) == 0)
		target->base_period = figures_period("2010");
	char due[16];
	snprintf(due, sizeof due, "%u", 2012 + draw(&seed, 20));
	target->period = figures_period(due);
	size_t methods = 0;
	while (method_at(methods) != NULL)
		methods++;
	assert_true(span_copy(span_of(method_at(draw(&seed, (unsigned)methods))->name),
			      target->method, ID_BYTES));
}

static enum target_op mirrored(enum target_op op)
{
	if (op == TARGET_AT_LEAST)
		return TARGET_AT_MOST;
	return op == TARGET_ABOVE ? TARGET_BELOW : op;
}

/* Turn everything upside down around 0. */
static void mirror(struct figures *figures)
{
	for (size_t i = 0; i < figures->count; i++)
		figures->rows[i].value = -figures->rows[i].value;
	struct target *target = &figures->target;
	double low = target->value;
	target->value = target->has_high ? -target->value_high : -low;
	target->value_high = -low;
	target->base_value = -target->base_value;
	target->op = mirrored(target->op);
	figures->indicator.direction = DIRECTION_DOWN;
}

static void assert_same(struct measure a, struct measure b, double sign, uint64_t seed)
{
	if (a.is_set != b.is_set || (a.is_set && fabs(a.value - sign * b.value) > 1e-9))
		fail_msg("seed %llu: %g, %g", (unsigned long long)seed, a.value, b.value);
}

static void less_is_better_is_the_mirror_of_more_is_better(void **state)
{
	struct figures *figures = *state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		make(figures, seed);
		struct verdict up = figures_judge(figures, "2022-06-01");
		mirror(figures);
		struct verdict down = figures_judge(figures, "2022-06-01");
		if (up.state != down.state || up.reason != down.reason ||
		    up.exceeded != down.exceeded || up.late != down.late)
			fail_msg("seed %llu: %s, mirrored %s", (unsigned long long)seed,
				 assess_state_name(up.state), assess_state_name(down.state));
		assert_string_equal(up.symbol, down.symbol);
		assert_same(up.gap, down.gap, 1, seed);
		assert_same(up.gap_to_path, down.gap_to_path, 1, seed);
		assert_same(up.projected_gap, down.projected_gap, 1, seed);
		assert_same(up.actual_change, down.actual_change, -1, seed);
		assert_same(up.required_change, down.required_change, -1, seed);
		assert_same(up.projected, down.projected, -1, seed);
		assert_same(up.band_low, down.band_high, -1, seed);
	}
}

/* From bad to good; what is not known yet can only become met. */
static int progress(struct figures *figures)
{
	struct verdict verdict = figures_judge(figures, "2022-06-01");
	int rank = assess_state_rank(verdict.state);
	return rank > assess_state_rank(STATE_MET) ? 0 : rank;
}

static void raise_last_value(struct figures *figures, uint64_t seed)
{
	figures_stand(figures, "2022-06-01");
	size_t last = standing_last_usable(&figures->standing);
	if (last == figures->standing.count)
		return;
	struct observation *row =
		&figures->rows[figures->standing.points[last].row - figures->rows];
	int before = 0;
	for (int step = 0; step < 68; step++) {
		row->value = 30 + 0.75 * step;
		int now = progress(figures);
		if (now < before)
			fail_msg("seed %llu: %g is worse", (unsigned long long)seed, row->value);
		before = now;
	}
}

static void a_better_last_value_never_gives_a_worse_state(void **state)
{
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		struct figures *figures = *state;
		make(figures, seed);
		figures->target.has_base = true; /* or the last value might be the base itself */
		raise_last_value(figures, seed);
	}
}

static void assert_finite(const struct verdict *verdict, uint64_t seed)
{
	const struct measure measures[] = {
		verdict->value,		verdict->target_value,	  verdict->target_value_high,
		verdict->gap,		verdict->gap_to_path,	  verdict->base_value,
		verdict->actual_change, verdict->required_change, verdict->required_from_base,
		verdict->projected,	verdict->projected_raw,	  verdict->projected_gap,
		verdict->band_low,	verdict->band_high,	  verdict->measure,
	};
	for (size_t i = 0; i < COUNT_OF(measures); i++) {
		if (measures[i].is_set && !isfinite(measures[i].value))
			fail_msg("seed %llu: measure %zu", (unsigned long long)seed, i);
	}
}

static void no_number_that_leaves_is_nan_or_infinite(void **state)
{
	static const double wild[] = {0,     1e308,   -1e308, 1e-308,	   0x1p-1074,
				      1e300, -1e-300, 1,      (double)NAN, (double)INFINITY};
	struct figures *figures = *state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		make(figures, seed);
		uint64_t more = seed * 77;
		for (size_t i = 0; i < figures->count; i++)
			figures->rows[i].value = wild[draw(&more, COUNT_OF(wild))];
		figures->target.value = wild[draw(&more, 8)];
		figures->target.base_value = wild[draw(&more, 8)];
		figures->target.relative = draw(&more, 3) == 0;
		struct verdict verdict = figures_judge(figures, "2022-06-01");
		assert_finite(&verdict, seed);
		assert_in_range(verdict.used_count, 0, figures->count);
		if (verdict.has_point)
			assert_true(verdict.point < figures->standing.count);
	}
}

static struct panel ask_all(struct figures *figures, const struct assess_input **ret_input)
{
	static struct assess_input input;
	struct panel panel = {0};
	figures_stand(figures, "2022-06-01");
	input = (struct assess_input){.catalogue = &figures->catalogue,
				      .indicator = &figures->indicator,
				      .target = &figures->target,
				      .area = &figures->area,
				      .standing = &figures->standing,
				      .today = figures_day("2022-06-01")};
	assert_true(assess_panel(&input, &panel, NULL));
	*ret_input = &input;
	return panel;
}

static void all_at_once_say_what_each_says_alone(void **state)
{
	struct figures *figures = *state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		make(figures, seed);
		const struct assess_input *input;
		struct panel panel = ask_all(figures, &input);
		struct verdict verdict;
		struct evidence evidence;
		assert_true(assess_target(input, &verdict, NULL));
		assert_true(assess_evidence(input, &evidence, NULL));
		assert_int_equal(panel.verdict.state, verdict.state);
		assert_same(panel.verdict.band_low, verdict.band_low, 1, seed);
		assert_same(panel.verdict.gap, verdict.gap, 1, seed);
		assert_same(panel.evidence.sen.slope, evidence.sen.slope, 1, seed);
		assert_same(panel.evidence.attainment, evidence.attainment, 1, seed);
		for (size_t i = 0; i < panel.count; i++) {
			const struct panel_answer *answer = &panel.answers[i];
			struct method_result alone;
			assert_true(assess_by_method(input, method_at(i), &alone, NULL));
			assert_ptr_equal(answer->method, method_at(i));
			assert_string_equal(answer->result.category, alone.category);
			assert_same(answer->result.measure, alone.measure, 1, seed);
			assert_true(span_copy(span_of(answer->method->name), figures->target.method,
					      ID_BYTES));
			assert_true(assess_target(input, &verdict, NULL));
			assert_int_equal(answer->state, verdict.state);
			assert_int_equal(answer->reason, verdict.reason);
		}
		assert_null(method_at(panel.count));
	}
}

static void evidence_has_its_mirror_image_too(void **state)
{
	struct figures *figures = *state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		make(figures, seed);
		const struct assess_input *input;
		struct evidence up = ask_all(figures, &input).evidence;
		mirror(figures);
		struct evidence down = ask_all(figures, &input).evidence;
		assert_same(up.sen.slope, down.sen.slope, -1, seed);
		assert_same(up.sen.intercept, down.sen.intercept, -1, seed);
		assert_same(up.sen_projected, down.sen_projected, -1, seed);
		assert_same(up.attainment, down.attainment, 1, seed);
		assert_same(up.mann_kendall.p_normal, down.mann_kendall.p_normal, 1, seed);
		assert_same(up.mann_kendall.p_exact, down.mann_kendall.p_exact, 1, seed);
		assert_true(up.mann_kendall.s == -down.mann_kendall.s);
		assert_same(measure_of(up.line.low), measure_of(down.line.high), -1, seed);
	}
}

static void assert_sound_evidence(const struct evidence *evidence, uint64_t seed)
{
	const struct measure measures[] = {
		evidence->sen.slope,	       evidence->sen.intercept,
		evidence->sen_projected,       evidence->attainment,
		evidence->mann_kendall.tau,    evidence->mann_kendall.p_normal,
		evidence->mann_kendall.p_exact};
	const double numbers[] = {
		evidence->line.slope,	  evidence->line.se_slope,  evidence->line.value,
		evidence->line.low,	  evidence->line.high,	    evidence->line.se_value,
		evidence->mann_kendall.s, evidence->mann_kendall.z, evidence->mann_kendall.var_s};
	bool is_sound = true;
	for (size_t i = 0; i < COUNT_OF(measures); i++)
		is_sound = is_sound && isfinite(measures[i].value);
	for (size_t i = 0; i < COUNT_OF(numbers); i++)
		is_sound = is_sound && isfinite(numbers[i]);
	for (size_t i = 3; i < COUNT_OF(measures); i++)
		is_sound = is_sound && measures[i].value >= -1 && measures[i].value <= 1;
	if (!is_sound)
		fail_msg("seed %llu", (unsigned long long)seed);
}

static void evidence_is_finite_for_any_values(void **state)
{
	static const double wild[] = {0,     1e308,   -1e308, 1e-308,	   0x1p-1074,
				      1e300, -1e-300, 1,      (double)NAN, (double)INFINITY};
	struct figures *figures = *state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		make(figures, seed);
		uint64_t more = seed * 77;
		for (size_t i = 0; i < figures->count; i++)
			figures->rows[i].value = wild[draw(&more, COUNT_OF(wild))];
		figures->target.value = wild[draw(&more, 8)];
		const struct assess_input *input;
		struct panel panel = ask_all(figures, &input);
		assert_sound_evidence(&panel.evidence, seed);
		assert_finite(&panel.verdict, seed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FIGURES(less_is_better_is_the_mirror_of_more_is_better),
		WITH_FIGURES(a_better_last_value_never_gives_a_worse_state),
		WITH_FIGURES(no_number_that_leaves_is_nan_or_infinite),
		WITH_FIGURES(all_at_once_say_what_each_says_alone),
		WITH_FIGURES(evidence_has_its_mirror_image_too),
		WITH_FIGURES(evidence_is_finite_for_any_values),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
