/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <string.h>

#include "assess/backtest.h"
#include "assess/evidence.h"
#include "tests/unit/figures.h"
#include "tests/unit/torture.h"

/* A verdict with all that stands beside it, from the rows of the figures. */
static bool judge(void *self, struct error *err)
{
	struct figures *figures = self;
	struct standing_input rows = {.indicator = &figures->indicator,
				      .rows = figures->rows,
				      .count = figures->count,
				      .as_of = {.day = figures_day("2023-06-01")}};
	AUTO_STANDING struct standing standing = {0};
	if (!standing_build(&rows, &standing, err))
		return false;
	struct assess_input input = {.catalogue = &figures->catalogue,
				     .indicator = &figures->indicator,
				     .target = &figures->target,
				     .area = &figures->area,
				     .standing = &standing,
				     .today = figures_day("2023-06-01")};
	struct verdict verdict;
	struct evidence evidence;
	struct method_result result;
	return assess_target(&input, &verdict, err) && assess_evidence(&input, &evidence, err) &&
	       assess_by_method(&input, method_find("escap"), &result, err) &&
	       verdict.state == STATE_OFF_TRACK && evidence.count == 6 &&
	       strcmp(result.category, "accelerate") == 0;
}

static void a_verdict_and_its_evidence(void **state)
{
	/* 2 a year, and 6 years to 2028: 92 of 100; the logit line bends before that */
	static const double values[] = {70, 72, 74, 76, 78, 80};
	struct figures *figures = *state;
	figures_add_years(figures, 2017, values, 6);
	figures->target.value = 100;
	figures->target.period = figures_period("2028");
	torture(&(struct torture){.what = "a verdict", .run = judge, .self = figures});
}

static bool ask_all(void *self, struct error *err)
{
	struct figures *figures = self;
	struct assess_input input = {.catalogue = &figures->catalogue,
				     .indicator = &figures->indicator,
				     .target = &figures->target,
				     .area = &figures->area,
				     .standing = &figures->standing,
				     .today = figures_day("2023-06-01")};
	const struct backtest_input past = {.assess = input,
					    .past = {.indicator = &figures->indicator,
						     .rows = figures->rows,
						     .count = figures->count,
						     .as_of = {.day = input.today}},
					    .years = 2};
	struct panel panel;
	struct backtest sum = {0};
	return assess_panel(&input, &panel, err) && backtest_target(&past, &sum, err) &&
	       panel.count == 6 && sum.questions == 4;
}

/* 2017 to 2020 have a value two years on. */
static void all_methods_and_a_look_back(void **state)
{
	static const double values[] = {70, 72, 74, 76, 78, 80};
	struct figures *figures = *state;
	figures_add_years(figures, 2017, values, 6);
	figures->target.value = 100;
	figures->target.period = figures_period("2028");
	figures_stand(figures, "2023-06-01");
	torture(&(struct torture){.what = "all methods", .run = ask_all, .self = figures});
}

static bool find_path(void *self, struct error *err)
{
	struct figures *figures = self;
	struct assess_input input = {.catalogue = &figures->catalogue,
				     .indicator = &figures->indicator,
				     .target = &figures->target,
				     .area = &figures->area,
				     .standing = &figures->standing};
	struct measure path;
	return assess_path(&input, 2020, &path, err) && path.is_set && path.value == 60;
}

static void a_path(void **state)
{
	struct figures *figures = *state;
	figures->target.has_base = true;
	figures->target.base_value = 40;
	figures->target.base_period = figures_period("2010");
	figures->target.value = 80;
	figures->target.period = figures_period("2030");
	figures_stand(figures, "2023-06-01");
	torture(&(struct torture){.what = "a path", .run = find_path, .self = figures});
}

static bool fit_logits(void *self, struct error *err)
{
	static const double times[] = {2015, 2020, 2025}, values[] = {50, 60, 70};
	static const struct logit_scale percent = {.low = 0, .high = 100, .step = 0.1};
	struct samples samples = {times, values, COUNT_OF(times)};
	struct trend_fit fit;
	(void)self;
	return trend_fit_logit(&samples, &percent, 2030, &fit, err) && fit.is_set;
}

static void a_fit_of_logits(void **state)
{
	(void)state;
	torture(&(struct torture){.what = "a fit of logits", .run = fit_logits});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FIGURES(a_verdict_and_its_evidence),
		WITH_FIGURES(all_methods_and_a_look_back),
		WITH_FIGURES(a_path),
		cmocka_unit_test(a_fit_of_logits),
	};
	torture_prepare();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
