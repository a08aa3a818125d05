/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>

#include "assess/freshness.h"
#include "assess/series.h"
#include "tests/unit/figures.h"

static void assert_stands(const struct figures *figures, size_t index, const char *reporting,
			  const char *observed, double value)
{
	char buffer[PERIOD_BYTES];
	assert_true(index < figures->standing.count);
	const struct standing_point *point = &figures->standing.points[index];
	assert_string_equal(period_print(point->reporting, buffer), reporting);
	assert_true(period_equal(point->row->period, figures_period(observed)));
	assert_near(point->row->value, value);
}

static void only_what_was_known_on_the_day_stands(void **state)
{
	struct figures *figures = *state;
	figures_add(figures, "2020", 89, "gso", "2021-03-01");
	figures_add(figures, "2020", 89.6, "gso", "2021-06-30");
	figures_stand(figures, "2021-02-28");
	assert_int_equal(figures->standing.count, 0);
	figures_stand(figures, "2021-03-01");
	assert_stands(figures, 0, "2020", "2020", 89);
	figures_stand(figures, "2021-06-30");
	assert_stands(figures, 0, "2020", "2020", 89.6);
	assert_int_equal(figures->standing.count, 1);
}

static void by_receipt_counts_what_this_office_had(void **state)
{
	struct figures *figures = *state;
	figures_add(figures, "2020", 89, "gso", "2021-03-01");
	figures_add(figures, "2021", 91, "gso", "2022-03-01");
	figures->received_days[0] = figures_day("2023-01-01");
	struct standing_input input = {.indicator = &figures->indicator,
				       .rows = figures->rows,
				       .count = figures->count,
				       .received_days = figures->received_days,
				       .as_of = {figures_day("2022-12-31"), .by_receipt = true}};
	assert_true(standing_build(&input, &figures->standing, NULL));
	assert_int_equal(figures->standing.count, 1);
	assert_stands(figures, 0, "2021", "2021", 91);
}

static void the_latest_known_is_in_force_whatever_the_order_of_the_log(void **state)
{
	struct figures *figures = *state;
	figures_add(figures, "2020", 90, "gso", "2022-01-01");
	figures_add(figures, "2020", 80, "gso", "2021-01-01"); /* an old one, entered late */
	figures_stand(figures, "2023-01-01");
	assert_stands(figures, 0, "2020", "2020", 90);

	figures_add(figures, "2020", 91, "gso", "2022-01-01"); /* same day: the higher seq */
	figures_stand(figures, "2023-01-01");
	assert_stands(figures, 0, "2020", "2020", 91);
}

static void a_withdrawal_leaves_the_next_source(void **state)
{
	struct figures *figures = *state;
	figures_add(figures, "2020", 90, "gso", "2021-01-01");
	figures_add(figures, "2020", 80, "monre", "2020-12-01");
	struct observation *row = figures_add(figures, "2020", 0, "gso", "2022-01-01");
	row->status = OBS_WITHDRAWN;
	row->has_value = false;
	figures_stand(figures, "2021-12-31");
	assert_stands(figures, 0, "2020", "2020", 90);
	figures_stand(figures, "2022-01-01");
	assert_stands(figures, 0, "2020", "2020", 80);
}

static void sources_stand_in_order_of_preference_then_the_latest(void **state)
{
	struct figures *figures = *state;
	char preference[][ID_BYTES] = {"gso", "monre"};
	figures->indicator.preference = preference;
	figures->indicator.preference_count = 2;
	figures_add(figures, "2020", 1, "press", "2022-01-01");
	figures_add(figures, "2020", 2, "na", "2022-02-01");
	figures_stand(figures, "2023-01-01");
	assert_stands(figures, 0, "2020", "2020", 2); /* both unlisted: the latest known */
	figures_add(figures, "2020", 3, "monre", "2021-01-01");
	figures_stand(figures, "2023-01-01");
	assert_stands(figures, 0, "2020", "2020", 3);
	figures_add(figures, "2020", 4, "gso", "2020-12-31");
	figures_stand(figures, "2023-01-01");
	assert_stands(figures, 0, "2020", "2020", 4);
}

static void a_whole_period_stands_before_a_part_of_a_better_source(void **state)
{
	struct figures *figures = *state;
	char preference[][ID_BYTES] = {"gso"};
	figures->indicator.preference = preference;
	figures->indicator.preference_count = 1;
	figures_add(figures, "2021-01/2021-09", 91.7, "gso", "2021-10-08");
	figures_stand(figures, "2023-01-01");
	assert_stands(figures, 0, "2021", "2021-01/2021-09", 91.7);
	assert_true(figures->standing.points[0].stand_in);
	assert_true(figures->standing.points[0].usable);
	assert_near(figures->standing.points[0].time, 2021);

	figures_add(figures, "2021-01/2021-12", 91, "monre", "2021-10-08"); /* is 2021 */
	figures_stand(figures, "2023-01-01");
	assert_stands(figures, 0, "2021", "2021", 91);
	assert_false(figures->standing.points[0].stand_in);
}

static void parts_stand_in_by_the_basis_of_the_indicator(void **state)
{
	static const struct {
		enum time_basis basis;
		int months;
		const char *part;
		bool stands;
		const char *why;
	} cases[] = {
		{BASIS_END, 0, "2021-06", true, "a level at any date in the year"},
		{BASIS_END, 0, "2021-07-15", true, "a single day"},
		{BASIS_END, 0, "2021-07/2022-06", false, "over the edge of the year"},
		{BASIS_END, 0, "2021/2022", false, "longer than the year"},
		{BASIS_MEAN, 9, "2021-01/2021-09", true, "nine months from the start"},
		{BASIS_MEAN, 9, "2021-01/2021-08", false, "one month short"},
		{BASIS_MEAN, 9, "2021-02/2021-12", false, "not from the start"},
		{BASIS_MEAN, 0, "2021-01/2021-11", false, "parts never stand in"},
		{BASIS_SUM, 6, "2021-01/2021-11", false, "a sum of a part is too small"},
		{BASIS_SUM, 6, "2021", true, "the whole"},
	};
	struct figures *figures = *state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		figures->count = 0;
		figures->indicator.basis = cases[i].basis;
		figures->indicator.stand_in_months = cases[i].months;
		figures_add(figures, cases[i].part, 50, "gso", "2023-01-01");
		figures_stand(figures, "2023-01-01");
		if (figures->standing.count != cases[i].stands)
			fail_msg("%s: %s", cases[i].part, cases[i].why);
	}
}

static void forecasts_and_missing_are_kept_but_never_used(void **state)
{
	struct figures *figures = *state;
	figures_add(figures, "2020", 88, "gso", "2021-01-01")->status = OBS_PROVISIONAL;
	figures_add(figures, "2021", 89, "gso", "2021-01-01")->status = OBS_ESTIMATED;
	figures_add(figures, "2022", 90, "gso", "2021-01-01")->status = OBS_FORECAST;
	struct observation *missing = figures_add(figures, "2023", 0, "gso", "2021-01-01");
	missing->status = OBS_MISSING;
	missing->has_value = false;
	figures_stand(figures, "2023-01-01");
	assert_int_equal(figures->standing.count, 4);
	assert_true(figures->standing.points[0].usable);
	assert_true(figures->standing.points[1].usable);
	assert_false(figures->standing.points[2].usable);
	assert_false(figures->standing.points[3].usable);
	assert_int_equal(standing_last_usable(&figures->standing), 1);
}

static void a_reported_part_stands_before_a_forecast_of_the_whole(void **state)
{
	struct figures *figures = *state;
	struct observation *missing = figures_add(figures, "2021", 0, "gso", "2022-05-01");
	missing->status = OBS_MISSING;
	missing->has_value = false;
	figures_add(figures, "2021", 95, "mpi", "2020-12-01")->status = OBS_FORECAST;
	figures_stand(figures, "2023-01-01");
	assert_stands(figures, 0, "2021", "2021", 95);
	figures_add(figures, "2021-01/2021-09", 91.7, "monre", "2021-10-08");
	figures_stand(figures, "2023-01-01");
	assert_stands(figures, 0, "2021", "2021-01/2021-09", 91.7);
}

static void too_many_rows_are_refused_by_name(void **state)
{
	struct figures *figures = *state;
	struct error err = {0};
	struct standing_input input = {.indicator = &figures->indicator,
				       .rows = figures->rows,
				       .count = STANDING_VINTAGES_MAX + 1};
	struct standing standing = {0};
	assert_false(standing_build(&input, &standing, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
}

static void freshness_counts_whole_periods_whose_lag_is_over(void **state)
{
	/* Yearly, last value 2021, a lag of 365 days: 2022 ends 2022-12-31 and may come until
	 * 2023-12-31, 2023 until 2024-12-30 (leap year), 2024 until 2025-12-31. */
	static const struct {
		const char *today;
		enum freshness want;
		int periods;
	} cases[] = {
		{"2022-12-31", FRESH, 0},
		{"2023-01-01", FRESHNESS_DUE, 0},
		{"2023-12-31", FRESHNESS_DUE, 0},
		{"2024-01-01", FRESHNESS_OVERDUE, 1},
		{"2024-12-30", FRESHNESS_OVERDUE, 1},
		{"2024-12-31", FRESHNESS_OVERDUE, 2},
		{"2026-11-22", FRESHNESS_OVERDUE, 3},
	};
	struct figures *figures = *state;
	figures_add(figures, "2021", 85, "monre", "2021-10-08")->status = OBS_ESTIMATED;
	figures_add(figures, "2030", 90, "monre", "2021-10-08")->status = OBS_FORECAST;
	figures_stand(figures, "2022-01-01");
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		int periods = -1;
		enum freshness got = assess_freshness(&figures->indicator, &figures->standing,
						      figures_day(cases[i].today), &periods);
		if (got != cases[i].want || periods != cases[i].periods)
			fail_msg("%s: %s, %d periods", cases[i].today, freshness_name(got),
				 periods);
	}
}

static void nothing_reported_has_no_freshness(void **state)
{
	struct figures *figures = *state;
	int periods = -1;
	figures_stand(figures, "2022-01-01");
	assert_int_equal(assess_freshness(&figures->indicator, &figures->standing, 0, &periods),
			 FRESHNESS_NONE);
	assert_int_equal(periods, 0);
	assert_string_equal(freshness_name(FRESHNESS_NONE), "none");
}

static struct yearly build_yearly(struct figures *figures, const char *judged)
{
	struct series_place place = {&figures->catalogue, &figures->indicator, "VN",
				     figures_period(judged)};
	struct yearly yearly;
	assert_true(yearly_build(&place, &figures->standing, &yearly, NULL));
	return yearly;
}

/* Months of 2020 without November, all of 2021, and January to March of 2022, valued 1, 2, ... */
static void add_months(struct figures *figures)
{
	figures->indicator.frequency = FREQUENCY_MONTH;
	for (int month = 0; month < 27; month++) {
		char period[16];
		snprintf(period, sizeof period, "%d-%02d", 2020 + month / 12, month % 12 + 1);
		if (month != 10)
			figures_add(figures, period, month + 1, "gso", "2022-05-01");
	}
	figures_stand(figures, "2023-01-01");
}

static void months_become_one_value_a_year_by_the_basis(void **state)
{
	static const struct {
		enum time_basis basis;
		const char *judged;
		size_t count;
		double values[3], first_time;
		const char *why;
	} cases[] = {
		{BASIS_END, "2025", 3, {12, 24, 27}, 2020 + 11 / 12.0, "December, then the latest"},
		{BASIS_MEAN, "2025", 1, {18.5}, 2021 + 11 / 12.0, "13..24; 2020 lacks November"},
		{BASIS_SUM, "2025", 1, {222}, 2021 + 11 / 12.0, "12 * 18.5"},
		{BASIS_SUM, "2025-Q1", 3, {6, 42, 78}, 2020 + 2 / 12.0, "the same quarter a year"},
		{BASIS_MEAN, "2025-11", 1, {23}, 2021 + 10 / 12.0, "the same month; 2020 lacks it"},
	};
	struct figures *figures = *state;
	add_months(figures);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		figures->indicator.basis = cases[i].basis;
		AUTO_YEARLY struct yearly yearly = build_yearly(figures, cases[i].judged);
		if (yearly.count != cases[i].count)
			fail_msg("%zu values: %s", yearly.count, cases[i].why);
		for (size_t k = 0; k < yearly.count; k++)
			assert_near(yearly.values[k], cases[i].values[k]);
		assert_near(yearly.times[0], cases[i].first_time);
	}
}

static void weeks_make_the_year_of_their_thursdays(void **state)
{
	struct figures *figures = *state;
	figures->indicator.frequency = FREQUENCY_WEEK;
	figures->indicator.basis = BASIS_SUM;
	/* 2020 has 53 weeks from 2019-12-30 on, 2021 has 52 from 2021-01-04 on. */
	for (int week = 1; week <= 105; week++) {
		char period[16];
		snprintf(period, sizeof period, "%d-W%02d", week > 53 ? 2021 : 2020,
			 week > 53 ? week - 53 : week);
		figures_add(figures, period, 1, "gso", "2022-02-01");
	}
	figures_stand(figures, "2023-01-01");
	AUTO_YEARLY struct yearly yearly = build_yearly(figures, "2025");
	assert_int_equal(yearly.count, 2);
	assert_near(yearly.values[0], 53);
	assert_near(yearly.values[1], 52);
}

static void a_run_ends_at_a_break_of_either_source(void **state)
{
	struct figures *figures = *state;
	figures_add(figures, "2010", 60, "monre", "2011-01-01");
	figures_add(figures, "2011", 63, "gso", "2012-01-01");
	figures_add(figures, "2012", 70, "gso", "2013-01-01");
	figures_stand(figures, "2023-01-01");
	figures_add_break(figures, "2011-01-01", "monre");
	{
		AUTO_YEARLY struct yearly yearly = build_yearly(figures, "2025");
		assert_int_equal(yearly.count, 2);
		assert_int_equal(yearly.first, 1);
		assert_int_equal(yearly.left_out, 1);
	}
	figures_add_break(figures, "2012-12-31", "gso"); /* from the last day of 2012 on */
	{
		AUTO_YEARLY struct yearly yearly = build_yearly(figures, "2025");
		assert_int_equal(yearly.count, 1);
	}
	figures->catalogue.break_count = 0;
	figures->rows[1].is_break = true;
	AUTO_YEARLY struct yearly yearly = build_yearly(figures, "2025");
	assert_int_equal(yearly.count, 2);
	const struct series_place place = {.catalogue = &figures->catalogue,
					   .indicator = &figures->indicator,
					   .area = figures->area.id};
	const struct standing_point *points = figures->standing.points;
	assert_true(series_breaks(&place, &points[0], &points[1]));
	assert_false(series_breaks(&place, &points[1], &points[2]));
}

static void values_of_longer_periods_need_all_their_parts(void **state)
{
	static const struct {
		enum time_basis basis;
		const char *period;
		bool found;
		double value;
		const char *later;
	} cases[] = {
		{BASIS_END, "2020", true, 12, "2021-01"},
		{BASIS_MEAN, "2020", false, 0, "2021"},
		{BASIS_SUM, "2021", true, 222, NULL},
		{BASIS_END, "2022", false, 0, NULL},
		{BASIS_SUM, "2020-Q2", true, 15, "2020-Q3"},
		{BASIS_MEAN, "2020-S2", false, 0, "2021-S1"},
		{BASIS_MEAN, "2020-11", false, 0, "2020-12"},
		{BASIS_MEAN, "2020-10-05", true, 10, "2020-12"},
	};
	struct figures *figures = *state;
	add_months(figures);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		figures->indicator.basis = cases[i].basis;
		struct period period = figures_period(cases[i].period);
		struct period_value value = {0};
		bool found = series_value(&figures->indicator, &figures->standing, period, &value);
		if (found != cases[i].found || (found && value.value != cases[i].value))
			fail_msg("%s: %g", cases[i].period, value.value);

		bool has_later =
			series_later_value(&figures->indicator, &figures->standing, period, &value);
		if (has_later != (cases[i].later != NULL))
			fail_msg("%s: later %g", cases[i].period, value.value);
		if (!has_later)
			continue;
		struct period_value want = {0};
		assert_true(series_value(&figures->indicator, &figures->standing,
					 figures_period(cases[i].later), &want));
		assert_near(value.value, want.value);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FIGURES(only_what_was_known_on_the_day_stands),
		WITH_FIGURES(by_receipt_counts_what_this_office_had),
		WITH_FIGURES(the_latest_known_is_in_force_whatever_the_order_of_the_log),
		WITH_FIGURES(a_withdrawal_leaves_the_next_source),
		WITH_FIGURES(sources_stand_in_order_of_preference_then_the_latest),
		WITH_FIGURES(a_whole_period_stands_before_a_part_of_a_better_source),
		WITH_FIGURES(parts_stand_in_by_the_basis_of_the_indicator),
		WITH_FIGURES(forecasts_and_missing_are_kept_but_never_used),
		WITH_FIGURES(a_reported_part_stands_before_a_forecast_of_the_whole),
		WITH_FIGURES(too_many_rows_are_refused_by_name),
		WITH_FIGURES(freshness_counts_whole_periods_whose_lag_is_over),
		WITH_FIGURES(nothing_reported_has_no_freshness),
		WITH_FIGURES(months_become_one_value_a_year_by_the_basis),
		WITH_FIGURES(weeks_make_the_year_of_their_thursdays),
		WITH_FIGURES(a_run_ends_at_a_break_of_either_source),
		WITH_FIGURES(values_of_longer_periods_need_all_their_parts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
