/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/figures.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/unit.h"

struct period figures_period(const char *text)
{
	struct period period = {0, 0};
	assert_true(period_parse(span_of(text), &period, NULL));
	return period;
}

int32_t figures_day(const char *text)
{
	int32_t day = 0;
	assert_true(day_parse_published(span_of(text), &day, NULL));
	return day;
}

void figures_init(struct figures *figures)
{
	*figures = (struct figures){
		.indicator = {.id = "ip_cwwt",
			      .unit = "%",
			      .direction = DIRECTION_UP,
			      .has_low = true,
			      .has_high = true,
			      .low = 0,
			      .high = 100,
			      .frequency = FREQUENCY_YEAR,
			      .release_lag_days = 365,
			      .basis = BASIS_END},
		.target = {.id = "t",
			   .indicator = "ip_cwwt",
			   .area = "VN",
			   .op = TARGET_AT_LEAST,
			   .has_value = true,
			   .value = 92,
			   .period = figures_period("2025")},
		.area = {.id = "VN", .valid_from = DAY_NONE, .valid_to = DAY_NONE},
	};
	figures->catalogue.breaks = figures->breaks;
}

int figures_set_up(void **state)
{
	struct figures *figures = calloc(1, sizeof *figures);
	if (figures == NULL)
		return -1;
	figures_init(figures);
	*state = figures;
	return 0;
}

int figures_tear_down(void **state)
{
	figures_done(*state);
	free(*state);
	return 0;
}

void figures_done(struct figures *figures)
{
	standing_done(&figures->standing);
}

struct observation *figures_add(struct figures *figures, const char *period, double value,
				const char *source, const char *published)
{
	assert_true(figures->count < FIGURES_MAX);
	size_t index = figures->count++;
	struct observation *row = &figures->rows[index];
	*row = (struct observation){.seq = (int64_t)index + 1,
				    .period = figures_period(period),
				    .has_value = true,
				    .value = value,
				    .status = OBS_NORMAL,
				    .known_day = figures_day(published)};
	snprintf(row->source, sizeof row->source, "%s", source);
	figures->received_days[index] = row->known_day;
	return row;
}

void figures_add_years(struct figures *figures, int first_year, const double *values, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char year[32], next[32];
		snprintf(year, sizeof year, "%d", first_year + (int)i);
		snprintf(next, sizeof next, "%d-01-01", first_year + (int)i + 1);
		figures_add(figures, year, values[i], "gso", next);
	}
}

void figures_add_break(struct figures *figures, const char *day, const char *source)
{
	struct series_break *added = &figures->breaks[figures->catalogue.break_count++];
	*added = (struct series_break){.indicator = "ip_cwwt", .day = figures_day(day)};
	snprintf(added->source, sizeof added->source, "%s", source);
}

void figures_stand(struct figures *figures, const char *day)
{
	standing_done(&figures->standing);
	struct standing_input input = {.indicator = &figures->indicator,
				       .rows = figures->rows,
				       .count = figures->count,
				       .as_of = {.day = figures_day(day)}};
	assert_true(standing_build(&input, &figures->standing, NULL));
}

struct verdict figures_judge(struct figures *figures, const char *day)
{
	figures_stand(figures, day);
	struct assess_input input = {.catalogue = &figures->catalogue,
				     .indicator = &figures->indicator,
				     .target = &figures->target,
				     .area = &figures->area,
				     .standing = &figures->standing,
				     .today = figures_day(day)};
	struct verdict verdict;
	assert_true(assess_target(&input, &verdict, NULL));
	return verdict;
}

void assert_state(const struct verdict *verdict, enum assess_state state, enum assess_reason reason,
		  const char *why)
{
	if (verdict->state != state || verdict->reason != reason)
		fail_msg("%s: %s %s", why, assess_state_name(verdict->state),
			 assess_reason_name(verdict->reason));
}

void figures_assert_near(double a, double b, const char *file, int line)
{
	if (fabs(a - b) <= 1e-9 * fmax(1, fmax(fabs(a), fabs(b))))
		return;
	print_error("%.12g is not %.12g\n", a, b);
	_fail(file, line);
}

void figures_assert_measure(struct measure measure, double want, const char *file, int line)
{
	if (!measure.is_set) {
		print_error("there is no number, where %.12g was expected\n", want);
		_fail(file, line);
	}
	figures_assert_near(measure.value, want, file, line);
}
