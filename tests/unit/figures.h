/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A small made-up series with its indicator, target and area, for tests of judging. */

#include "assess/assess.h"

enum { FIGURES_MAX = 800, FIGURES_BREAKS_MAX = 4 };

struct figures {
	struct indicator indicator; /* yearly, up, basis end, 0..100, lag of 365 days */
	struct target target;	    /* >= 92 in 2025 */
	struct area area;	    /* VN, without end */
	struct catalogue catalogue; /* holds only the breaks */
	struct series_break breaks[FIGURES_BREAKS_MAX];
	struct observation rows[FIGURES_MAX];
	int32_t received_days[FIGURES_MAX];
	size_t count;
	struct standing standing;
};

/* For a test that is handed a fresh one as *state. */
#define WITH_FIGURES(test) cmocka_unit_test_setup_teardown(test, figures_set_up, figures_tear_down)
int figures_set_up(void **state);
int figures_tear_down(void **state);

void figures_init(struct figures *figures);
void figures_done(struct figures *figures);

/* Add a normal whole row of a source; published and received on the last day of `published`. */
struct observation *figures_add(struct figures *figures, const char *period, double value,
				const char *source, const char *published);

/* Add a row a year from the first year on, published the day after the year's end. */
void figures_add_years(struct figures *figures, int first_year, const double *values, size_t count);

void figures_add_break(struct figures *figures, const char *day, const char *source);
struct period figures_period(const char *text);
int32_t figures_day(const char *text);

/* Let the rows stand as of the day. */
void figures_stand(struct figures *figures, const char *day);

/* Let them stand and judge. */
struct verdict figures_judge(struct figures *figures, const char *day);

/* Fail unless state and reason are these; why is printed. */
void assert_state(const struct verdict *verdict, enum assess_state state, enum assess_reason reason,
		  const char *why);

/* Fail, with both numbers, unless they are within 1e-9 (absolute, or relative to the larger). */
#define assert_near(a, b) figures_assert_near((a), (b), __FILE__, __LINE__)
void figures_assert_near(double a, double b, const char *file, int line);

/* Fail unless the measure is there and near; or unless it is not there. */
#define assert_measure(measure, want) figures_assert_measure((measure), (want), __FILE__, __LINE__)
void figures_assert_measure(struct measure measure, double want, const char *file, int line);
#define assert_unset(measure) assert_false((measure).is_set)
