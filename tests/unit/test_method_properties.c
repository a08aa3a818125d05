/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <math.h>
#include <string.h>

#include "assess/escap.h"
#include "assess/jmp.h"

enum { ROUNDS = 4000, VALUES_MAX = 14 };

/* Knuth's generator: small, and the same everywhere. */
static unsigned draw(uint64_t *seed, unsigned below)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)((*seed >> 33) % below);
}

/* A made-up call with what it points to; the seed alone decides.  Values are multiples of 1/4
 * above 0 and below 100, so that turning, moving and doubling them is exact. */
struct made {
	struct method_call call;
	double times[VALUES_MAX], values[VALUES_MAX];
	struct logit_scale scale;
};

static double draw_value(uint64_t *seed)
{
	return 1 + 0.25 * draw(seed, 390);
}

static void make(struct made *ret, uint64_t seed)
{
	*ret = (struct made){.scale = {0, 100, 0.25}};
	struct method_call *call = &ret->call;
	double time = 2005 + draw(&seed, 12);
	call->count = draw(&seed, VALUES_MAX);
	for (size_t i = 0; i < call->count; i++) {
		ret->times[i] = time;
		ret->values[i] = draw_value(&seed);
		time += draw(&seed, 3) == 0 ? 0.25 * (1 + draw(&seed, 20)) : 1;
	}
	static const enum method_kind kinds[] = {METHOD_BY_YEAR, METHOD_BY_YEAR, METHOD_HOLD,
						 METHOD_DIRECTION};
	call->kind = kinds[draw(&seed, COUNT_OF(kinds))];
	call->mark = (struct mark){.sense = draw(&seed, 2) ? 1 : -1,
				   .value = draw_value(&seed),
				   .strict = draw(&seed, 4) == 0};
	call->times = ret->times;
	call->values = ret->values;
	call->due = 2015 + draw(&seed, 20);
	call->horizon = measure_of(call->due + draw(&seed, 5));
	if (draw(&seed, 4) > 0)
		call->base_time = measure_of(2006 + draw(&seed, 16));
	if (draw(&seed, 4) == 0)
		call->base_value = measure_of(draw_value(&seed));
	if (draw(&seed, 2))
		call->limit = measure_of(draw(&seed, 2) ? 100 : 0.25);
	if (draw(&seed, 2))
		call->scale = &ret->scale;
}

static struct method_result judge(const struct method *method, const struct made *made)
{
	struct method_result result;
	method->judge(&made->call, &result);
	return result;
}

static bool same(struct measure a, struct measure b, double factor, double offset)
{
	if (!a.is_set || !b.is_set)
		return a.is_set == b.is_set;
	double want = a.value * factor + offset;
	return fabs(want - b.value) <= 1e-6 * fmax(1, fabs(want));
}

/* Values became v * factor + offset; a number of the method either keeps or follows. */
static void compare(const char *name, uint64_t seed, const struct method_result *before,
		    const struct method_result *after, const double change[2])
{
	bool measure = same(before->measure, after->measure, 1, 0) ||
		       same(before->measure, after->measure, change[0], 0);
	if (strcmp(before->category, after->category) != 0 || before->state != after->state ||
	    before->reason != after->reason || before->used != after->used || !measure ||
	    !same(before->score, after->score, 1, 0) ||
	    !same(before->slope, after->slope, change[0], 0) ||
	    !same(before->projected, after->projected, change[0], change[1]))
		fail_msg("%s, seed %llu: %s %.10g, then %s %.10g", name, (unsigned long long)seed,
			 before->category, before->measure.value, after->category,
			 after->measure.value);
}

/* Every level of a call becomes v * factor + offset. */
static void change_levels(struct made *made, double factor, double offset)
{
	struct method_call *call = &made->call;
	for (size_t i = 0; i < call->count; i++)
		made->values[i] = made->values[i] * factor + offset;
	call->mark.value = call->mark.value * factor + offset;
	call->base_value.value = call->base_value.value * factor + offset;
	call->limit.value = call->limit.value * factor + offset;
	double low = made->scale.low * factor + offset, high = made->scale.high * factor + offset;
	made->scale = (struct logit_scale){fmin(low, high), fmax(low, high),
					   made->scale.step * fabs(factor)};
}

static bool promises_shift(const struct method *method)
{
	static const char *const names[] = {"weather", "sdr", "escap"};
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (strcmp(method->name, names[i]) == 0)
			return true;
	}
	return false;
}

/* On its 0 to 100, unchart lets a point pass: not in another unit. */
static bool is_percent_rule(const struct method *method, const struct made *made)
{
	return strcmp(method->name, "unchart") == 0 && made->call.scale != NULL;
}

static void hold_under(bool (*promises)(const struct method *method), double factor, double offset,
		       int turn)
{
	const double change[2] = {factor, offset};
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		for (size_t i = 0; method_at(i) != NULL; i++) {
			struct made made;
			make(&made, seed);
			if (is_percent_rule(method_at(i), &made) ||
			    (promises != NULL && !promises(method_at(i))))
				continue;
			struct method_result before = judge(method_at(i), &made);
			change_levels(&made, factor, offset);
			made.call.mark.sense *= turn;
			struct method_result after = judge(method_at(i), &made);
			compare(method_at(i)->name, seed, &before, &after, change);
		}
	}
}

static void less_is_better_is_the_mirror_of_more_is_better(void **state)
{
	(void)state;
	hold_under(NULL, -1, 0, -1);
}

static void no_method_depends_on_the_unit(void **state)
{
	(void)state;
	hold_under(NULL, 8, 0, 1);
	hold_under(NULL, 1.0 / 16, 0, 1);
}

static void linear_methods_do_not_depend_on_where_0_is(void **state)
{
	(void)state;
	hold_under(promises_shift, 1, 64, 1);
	hold_under(promises_shift, 1, -256, 1);
}

static void no_method_depends_on_the_calendar(void **state)
{
	(void)state;
	static const double nothing[2] = {1, 0};
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		for (size_t i = 0; method_at(i) != NULL; i++) {
			struct made made;
			make(&made, seed);
			made.call.base_time = measure_of(2010);
			struct method_result before = judge(method_at(i), &made);
			for (size_t k = 0; k < made.call.count; k++)
				made.times[k] += 32;
			made.call.due += 32;
			made.call.base_time.value += 32;
			made.call.horizon.value += 32;
			struct method_result after = judge(method_at(i), &made);
			compare(method_at(i)->name, seed, &before, &after, nothing);
		}
	}
}

/* From the worst to the best; nothing can be said in between. */
static void raise_last_value(const struct method *method, struct made *made, uint64_t seed)
{
	int before = -1;
	for (int step = 0; step < 100; step++) {
		made->values[made->call.count - 1] =
			made->call.mark.sense > 0 ? 1 + step : 100 - step;
		struct method_result got = judge(method, made);
		int rank = assess_state_rank(got.state);
		if (rank > assess_state_rank(STATE_MET))
			continue;
		if (rank < before)
			fail_msg("%s, seed %llu: %g is worse: %s", method->name,
				 (unsigned long long)seed, made->values[made->call.count - 1],
				 got.category);
		before = rank;
	}
}

static void a_better_last_value_never_gives_a_worse_category(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		for (size_t i = 0; method_at(i) != NULL; i++) {
			struct made made;
			make(&made, seed);
			if (made.call.count < 2)
				continue;
			/* The base is another value than the last. */
			made.call.base_time = measure_of(made.times[0]);
			raise_last_value(method_at(i), &made, seed);
		}
	}
}

static void assert_sound(const struct method *method, const struct method_result *got,
			 uint64_t seed, size_t count)
{
	const struct measure measures[] = {got->measure, got->slope, got->projected, got->score};
	bool is_word = false, has_number = true;
	for (size_t i = 0; method->categories[i] != NULL; i++)
		is_word = is_word || strcmp(method->categories[i], got->category) == 0;
	for (size_t i = 0; i < COUNT_OF(measures); i++)
		has_number = has_number && isfinite(measures[i].value);
	if (!is_word || !has_number || got->used > count || got->state == STATE_MET ||
	    got->state == STATE_MISSED || (method->score == NULL && got->score.is_set))
		fail_msg("%s, seed %llu: '%s'", method->name, (unsigned long long)seed,
			 got->category);
}

static void no_number_that_leaves_is_nan_or_infinite(void **state)
{
	(void)state;
	static const double wild[] = {0,	  1e308,   -1e308, 1e-308,	0x1p-1074,
				      1e300,	  -1e-300, 1,	   (double)NAN, (double)INFINITY,
				      -0x1p-1074, 100,	   50,	   -0.0};
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		for (size_t i = 0; method_at(i) != NULL; i++) {
			struct made made;
			uint64_t more = seed * 77;
			make(&made, seed);
			for (size_t k = 0; k < made.call.count; k++)
				made.values[k] = wild[draw(&more, COUNT_OF(wild))];
			made.call.mark.value = wild[draw(&more, 8)];
			made.call.limit.value = wild[draw(&more, 8)];
			made.call.base_value.value = wild[draw(&more, 8)];
			made.call.due += draw(&more, 3) == 0 ? -40 : 0;
			struct method_result got = judge(method_at(i), &made);
			assert_sound(method_at(i), &got, seed, made.call.count);
		}
	}
}

static void no_estimate_leaves_its_scale(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		struct made made;
		make(&made, seed);
		struct samples samples = {made.times, made.values, made.call.count};
		struct measure level = jmp_estimate(&samples, made.call.due);
		assert_true(!level.is_set || (level.value >= 0 && level.value <= 100));
		struct forecast forecast;
		forecast_prepare(FORECAST_LOGIT_WEIGHTED, &samples, &made.scale, 2040, &forecast);
		struct measure far = forecast_at(&forecast, 2040);
		assert_int_equal(far.is_set, made.call.count >= 2);
		assert_true(!far.is_set || (far.value >= 0 && far.value <= 100));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(less_is_better_is_the_mirror_of_more_is_better),
		cmocka_unit_test(no_method_depends_on_the_unit),
		cmocka_unit_test(linear_methods_do_not_depend_on_where_0_is),
		cmocka_unit_test(no_method_depends_on_the_calendar),
		cmocka_unit_test(a_better_last_value_never_gives_a_worse_category),
		cmocka_unit_test(no_number_that_leaves_is_nan_or_infinite),
		cmocka_unit_test(no_estimate_leaves_its_scale),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
