/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <math.h>

#include "rrd/curves.h"

/* 2019 .. 2022 */
static const struct rrd_point four[] = {
	{49, 80, false, 0}, {50, 91, false, 0}, {51, 91.5, true, 1}, {52, 92, false, 1}};

static struct rrd_graph yearly(void)
{
	return (struct rrd_graph){.frequency = FREQUENCY_YEAR,
				  .points = four,
				  .point_count = COUNT_OF(four),
				  .width = 800,
				  .height = 400};
}

/* -- axes ---------------------------------------------------------------------------------------*/

static void expect_near(double got, double want)
{
	if (fabs(got - want) > 1e-9)
		fail_msg("%f is not %f", got, want);
}

static void the_y_axis_shows_everything_with_a_little_room(void **state)
{
	(void)state;
	/* 400 - 150 pixels at 42 a line are 5 lines. */
	struct rrd_graph graph = yearly();
	/* 80 .. 92: 12 / 5 = 2.4, so a step of 5; 80 lies on a line, so 0.3 steps below it. */
	struct rrd_scale scale = rrd_scale_choose(&graph);
	expect_near(scale.step, 5);
	expect_near(scale.low, 78.5);
	expect_near(scale.high, 95);
	assert_int_equal(scale.decimals, 0);

	/* A projection to 120 ends at the bound of 100: 80 .. 100 is 4 a line, step 5. */
	graph.has_bounds = true;
	graph.bound_high = 100;
	graph.projection = (struct rrd_projection){true, true, {52, 92}, {60, 120}, 85, 130};
	scale = rrd_scale_choose(&graph);
	expect_near(scale.high, 101.5);

	struct rrd_point small[] = {{1, 0.31, false, 0}, {2, 0.52, false, 0}};
	graph = yearly();
	graph.points = small;
	graph.point_count = 2;
	/* 0.21 / 5 = 0.042, so a step of 0.05 with two decimals. */
	scale = rrd_scale_choose(&graph);
	expect_near(scale.step, 0.05);
	assert_int_equal(scale.decimals, 2);
	expect_near(scale.low, 0.3);
	expect_near(scale.high, 0.55);

	small[0].value = 0.1; /* less than a third of the greatest: from zero */
	scale = rrd_scale_choose(&graph);
	expect_near(scale.low, 0);

	small[0].value = small[1].value = 0;
	scale = rrd_scale_choose(&graph);
	assert_true(scale.low < 0 && scale.high > 0);

	graph.has_range = true;
	graph.low = 10;
	graph.high = 20;
	scale = rrd_scale_choose(&graph);
	expect_near(scale.low, 10);
	expect_near(scale.high, 20);
	expect_near(scale.step, 2);
}

static void the_x_axis_ends_with_the_due_period(void **state)
{
	(void)state;
	struct rrd_graph graph = yearly();
	graph.has_due = true;
	graph.due = 60;
	struct rrd_span span;
	assert_true(rrd_span_choose(&graph, &span, NULL));
	/* 2019-01-01 and 2031-01-01: date -u -d 2031-01-01 +%s */
	assert_int_equal(span.from_s, 1546300800);
	assert_int_equal(span.to_s, 1924992000);
	assert_false(span.is_cut);

	struct rrd_graph alone = {.frequency = FREQUENCY_YEAR, .points = four, .point_count = 1};
	assert_true(rrd_span_choose(&alone, &span, NULL));
	assert_int_equal(span.from_s, 1483228800); /* two years on either side: 2017-01-01 */

	static const struct rrd_point old[] = {{1, 1, false, 0}, {20, 2, false, 0}};
	struct rrd_graph early = {.frequency = FREQUENCY_YEAR, .points = old, .point_count = 2};
	assert_true(rrd_span_choose(&early, &span, NULL));
	assert_int_equal(span.from_s, 315532800); /* 1980-01-01 */
	assert_true(span.is_cut);
	early.point_count = 1;
	struct error err = {0};
	assert_false(rrd_span_choose(&early, &span, &err));
	assert_string_equal(err.text, "everything lies before 1980; such years cannot be drawn");
}

static void labels_of_the_x_axis_never_stand_closer_than_they_are_wide(void **state)
{
	(void)state;
	static const struct {
		enum frequency frequency;
		int32_t first, last;
		const char *grid, *why;
	} cases[] = {
		{FREQUENCY_YEAR, 49, 60, "YEAR:1:YEAR:1:YEAR:1:31557600:%Y", "12 * 46 <= 710"},
		{FREQUENCY_YEAR, 42, 60, "YEAR:1:YEAR:2:YEAR:2:31557600:%Y", "19 * 46 > 710"},
		{FREQUENCY_YEAR, 20, 60, "YEAR:1:YEAR:5:YEAR:5:31557600:%Y", "20 * 46 > 710"},
		{FREQUENCY_YEAR, 20, 250, "YEAR:5:YEAR:20:YEAR:20:31557600:%Y",
		 "as far as it goes"},
		{FREQUENCY_MONTH, 612, 620, "MONTH:1:MONTH:1:MONTH:1:2629800:%m/%Y", "9 months"},
		{FREQUENCY_MONTH, 612, 671, "MONTH:3:MONTH:6:MONTH:6:2629800:%m/%Y", "60 months"},
		{FREQUENCY_MONTH, 480, 671, "YEAR:1:YEAR:2:YEAR:2:31557600:%Y", "16 years"},
		{FREQUENCY_QUARTER, 204, 219, "MONTH:3:MONTH:6:MONTH:6:2629800:%m/%Y", "16"},
		{FREQUENCY_DAY, 19000, 19009, "DAY:1:DAY:1:DAY:1:86400:%d/%m", "10 days"},
		{FREQUENCY_WEEK, 2700, 2705, "DAY:1:WEEK:1:WEEK:1:0:%d/%m/%Y", "6 weeks"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct rrd_point points[] = {{cases[i].first, 1, false, 0},
						   {cases[i].last, 1, false, 0}};
		struct rrd_graph graph = {.frequency = cases[i].frequency,
					  .points = points,
					  .point_count = 2,
					  .width = 800};
		struct rrd_span span;
		assert_true(rrd_span_choose(&graph, &span, NULL));
		assert_string_equal(rrd_span_grid(&graph, span), cases[i].grid);
	}
}

/* -- curves -------------------------------------------------------------------------------------*/

enum { COLUMNS = 120 };

/* Ten columns a year of 36.525 days from 2018-12-31 on: the middle of 2019 is 183.5 days later, in
 * column 183.5 / 36.525 = 5.02; of 2020 in 15.03, 2021 in 25.04, 2022 in 35.03, 2030 in 115.03. */
static const struct rrd_columns ten_a_year = {1546300800 - 86400, 3155760, COLUMNS};

static struct rrd_graph full(void)
{
	struct rrd_graph graph = yearly();
	graph.has_due = true;
	graph.due = 60;
	graph.has_bounds = true;
	graph.bound_high = 100;
	graph.target_count = 1;
	graph.targets[0] = (struct rrd_target){95, 51, 60, "t"};
	graph.path_count = 2;
	graph.path[0] = (struct rrd_vertex){51, 91};
	graph.path[1] = (struct rrd_vertex){60, 95};
	graph.projection = (struct rrd_projection){true, true, {52, 92}, {60, 98}, 90, 106};
	return graph;
}

static void columns_cover_the_span_on_a_grid_of_their_step(void **state)
{
	(void)state;
	const int64_t at = 3000000000;
	struct rrd_columns columns = rrd_columns_over((struct rrd_span){at, at + 1000, false}, 300);
	/* 1000 seconds over 298 columns: 4 each, 200 to spare in 300, half of it in front. */
	assert_int_equal(columns.step_s, 4);
	assert_int_equal(columns.start_s, at - 100);
	assert_int_equal(columns.count, 300);
	assert_int_equal(rrd_columns_over((struct rrd_span){at, at + 10, false}, 300).step_s, 1);
	/* 998 seconds over 500 columns: 3 each even though 2 would nearly do. */
	columns = rrd_columns_over((struct rrd_span){at + 1, at + 1000, false}, 500);
	assert_int_equal(columns.step_s, 3);
	assert_true(columns.start_s <= at + 1 && columns.start_s % 3 == 0);
	assert_true(columns.start_s + 1500 >= at + 1000);
	/* Fifty years from 1980 on: not a column before it. */
	struct rrd_span early = {RRD_FIRST_DRAWN_S, RRD_FIRST_DRAWN_S + 1577880000, true};
	columns = rrd_columns_over(early, 700);
	assert_true(columns.start_s >= early.from_s);
	assert_true(columns.start_s + INT64_C(700) * columns.step_s >= early.to_s);
}

static void every_curve_that_is_needed_is_listed_in_drawing_order(void **state)
{
	(void)state;
	static const struct rrd_curve want[] = {
		{RRD_CURVE_BAND_LOW, 0}, {RRD_CURVE_BAND_HIGH, 0},  {RRD_CURVE_TARGET, 0},
		{RRD_CURVE_PATH, 0},	 {RRD_CURVE_PROJECTION, 0}, {RRD_CURVE_LINE, 0},
		{RRD_CURVE_LINE, 1},	 {RRD_CURVE_MARKER, 0},	    {RRD_CURVE_MARKER, 1},
		{RRD_CURVE_HOLLOW, 0},
	};
	struct rrd_graph graph = full();
	struct rrd_curve got[RRD_CURVES_MAX];
	assert_int_equal(rrd_curves_list(&graph, got), COUNT_OF(want));
	for (size_t i = 0; i < COUNT_OF(want); i++) {
		assert_int_equal(got[i].kind, want[i].kind);
		assert_int_equal(got[i].which, want[i].which);
	}
}

static int drawn(const double *out)
{
	int count = 0;
	for (int i = 0; i < COLUMNS; i++)
		count += !isnan(out[i]);
	return count;
}

static void a_line_goes_through_its_values_and_not_over_gaps_or_breaks(void **state)
{
	(void)state;
	struct rrd_graph graph = full();
	struct rrd_columns columns = ten_a_year;
	double out[COLUMNS];
	/* The first publisher's line goes from 2019 (80) to 2020 (91), columns 5 to 15. */
	rrd_curve_fill(&graph, (struct rrd_curve){RRD_CURVE_LINE, 0}, &columns, out, 1);
	assert_true(isnan(out[4]) && isnan(out[16]));
	/* (10.5 - 5.02) / (15.03 - 5.02) = 0.547 of the way: 80 + 11 * 0.547 = 86.02 */
	assert_true(fabs(out[10] - 86.02) < 0.01);
	expect_near(out[5], 80);
	expect_near(out[15], 91);
	/* The second's from 2020 over 2021 to 2022. */
	rrd_curve_fill(&graph, (struct rrd_curve){RRD_CURVE_LINE, 1}, &columns, out, 1);
	assert_true(!isnan(out[15]));
	assert_true(!isnan(out[34]));

	graph.breaks[0] = 50;
	graph.break_count = 1;
	rrd_curve_fill(&graph, (struct rrd_curve){RRD_CURVE_LINE, 0}, &columns, out, 1);
	assert_int_equal(drawn(out), 0);

	graph.breaks[0] = 49; /* before the first value: nothing to part */
	rrd_curve_fill(&graph, (struct rrd_curve){RRD_CURVE_LINE, 0}, &columns, out, 1);
	assert_int_equal(drawn(out), 11);

	struct rrd_point gap[] = {{49, 80, false, 0}, {51, 90, false, 0}};
	graph.break_count = 0;
	graph.points = gap;
	graph.point_count = 2;
	rrd_curve_fill(&graph, (struct rrd_curve){RRD_CURVE_LINE, 0}, &columns, out, 1);
	assert_int_equal(drawn(out), 0);
}

static void every_value_has_a_marker_and_estimates_a_hollow_one(void **state)
{
	(void)state;
	struct rrd_graph graph = full();
	struct rrd_columns columns = ten_a_year;
	double out[COLUMNS];
	rrd_curve_fill(&graph, (struct rrd_curve){RRD_CURVE_MARKER, 0}, &columns, out, 1);
	assert_int_equal(drawn(out), 4); /* two values, two columns each */
	expect_near(out[5], 80);
	rrd_curve_fill(&graph, (struct rrd_curve){RRD_CURVE_HOLLOW, 0}, &columns, out, 1);
	assert_int_equal(drawn(out), 2);
	expect_near(out[25], 91.5);
	expect_near(rrd_marker_size(&graph, &columns), 5); /* ten pixels apart: small */
}

static void what_was_revised_is_marked_where_it_was_first(void **state)
{
	(void)state;
	struct rrd_graph graph = full();
	struct rrd_columns columns = ten_a_year;
	struct rrd_curve got[RRD_CURVES_MAX];
	int before = rrd_curves_list(&graph, got);
	double out[COLUMNS];
	graph.earlier[0] = (struct rrd_vertex){graph.points[0].index, 71.5};
	graph.earlier_count = 1;
	assert_int_equal(rrd_curves_list(&graph, got), before + 1);
	rrd_curve_fill(&graph, (struct rrd_curve){RRD_CURVE_EARLIER, 0}, &columns, out, 1);
	assert_int_equal(drawn(out), 2); /* one value, two columns */
	expect_near(out[5], 71.5);	 /* the middle of the first of ten columns a year */
}

static void where_values_stand_close_only_lonely_ones_and_estimates_have_markers(void **state)
{
	(void)state;
	static const struct rrd_point points[] = {{19000, 1, false, 0}, {19001, 1, false, 0},
						  {19002, 1, true, 0},	{19003, 1, false, 0},
						  {19300, 1, false, 0}, {19400, 1, false, 0}};
	struct rrd_graph graph = {.frequency = FREQUENCY_DAY,
				  .points = points,
				  .point_count = COUNT_OF(points),
				  .width = 800};
	/* 401 days over 120 columns. */
	const struct rrd_columns columns = {19000 * INT64_C(86400), 401 * 86400 / COLUMNS, COLUMNS};
	double out[COLUMNS];
	rrd_curve_fill(&graph, (struct rrd_curve){RRD_CURVE_MARKER, 0}, &columns, out, 1);
	/* the estimate (in the first column, so the next one too), day 19300, day 19400 */
	assert_int_equal(drawn(out), 6);
}

static void a_target_spans_its_periods_and_a_path_and_projection_their_vertices(void **state)
{
	(void)state;
	struct rrd_graph graph = full();
	struct rrd_columns columns = ten_a_year;
	double out[COLUMNS];
	rrd_curve_fill(&graph, (struct rrd_curve){RRD_CURVE_TARGET, 0}, &columns, out, 1);
	assert_true(isnan(out[18]));
	expect_near(out[21], 95);
	expect_near(out[COLUMNS - 1], 95);
	rrd_curve_fill(&graph, (struct rrd_curve){RRD_CURVE_PATH, 0}, &columns, out, 1);
	assert_true(isnan(out[23]) && isnan(out[117]));
	expect_near(out[25], 91);
	rrd_curve_fill(&graph, (struct rrd_curve){RRD_CURVE_PROJECTION, 0}, &columns, out, 1);
	/* from the middle of 2022 (column 35) to that of 2030 (115); half way 95 */
	assert_in_range((int)(out[75] * 10), 948, 952);
	expect_near(out[115], 98);
}

static void the_band_opens_from_the_last_value_and_ends_at_the_bounds(void **state)
{
	(void)state;
	struct rrd_graph graph = full();
	struct rrd_columns columns = ten_a_year;
	double low[COLUMNS], high[COLUMNS];
	rrd_curve_fill(&graph, (struct rrd_curve){RRD_CURVE_BAND_LOW, 0}, &columns, low, 1);
	rrd_curve_fill(&graph, (struct rrd_curve){RRD_CURVE_BAND_HIGH, 0}, &columns, high, 1);
	assert_true(fabs(high[35] - low[35]) < 0.2);
	expect_near(low[115], 90);
	expect_near(high[115], 100); /* 106, but no share is over 100 */
	assert_int_equal(drawn(low), drawn(high));
}

static void curves_stand_beside_each_other_by_their_stride(void **state)
{
	(void)state;
	struct rrd_graph graph = full();
	struct rrd_columns columns = ten_a_year;
	double out[2 * COLUMNS];
	rrd_curve_fill(&graph, (struct rrd_curve){RRD_CURVE_TARGET, 0}, &columns, out + 1, 2);
	expect_near(out[2 * 50 + 1], 95);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_y_axis_shows_everything_with_a_little_room),
		cmocka_unit_test(the_x_axis_ends_with_the_due_period),
		cmocka_unit_test(labels_of_the_x_axis_never_stand_closer_than_they_are_wide),
		cmocka_unit_test(columns_cover_the_span_on_a_grid_of_their_step),
		cmocka_unit_test(every_curve_that_is_needed_is_listed_in_drawing_order),
		cmocka_unit_test(a_line_goes_through_its_values_and_not_over_gaps_or_breaks),
		cmocka_unit_test(every_value_has_a_marker_and_estimates_a_hollow_one),
		cmocka_unit_test(what_was_revised_is_marked_where_it_was_first),
		cmocka_unit_test(
			where_values_stand_close_only_lonely_ones_and_estimates_have_markers),
		cmocka_unit_test(
			a_target_spans_its_periods_and_a_path_and_projection_their_vertices),
		cmocka_unit_test(the_band_opens_from_the_last_value_and_ends_at_the_bounds),
		cmocka_unit_test(curves_stand_beside_each_other_by_their_stride),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
