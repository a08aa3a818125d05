/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "query/check.h"
#include "query/export.h"
#include "query/graph.h"
#include "query/show.h"
#include "tests/unit/figures.h"
#include "tests/unit/query_world.h"

static int open_world(void **state)
{
	struct query_world *world = calloc(1, sizeof *world);
	query_world_open(world);
	*state = world;
	return 0;
}

static int close_world(void **state)
{
	query_world_close(*state);
	free(*state);
	return 0;
}

static struct query_series find(struct query_world *world, const char *indicator, const char *area,
				const char *breakdown)
{
	struct query_series series;
	struct error err = {0};
	if (!query_find_series(&world->query,
			       &(struct query_written){indicator, area, breakdown, NULL}, &series,
			       &err))
		fail_msg("%s", err.text);
	return series;
}

static char *show(struct query_world *world, const struct query_series *series, bool has_about,
		  enum report_format format)
{
	struct report *report = NULL;
	struct error err = {0};
	if (!query_show(&world->query, series, has_about, &report, &err))
		fail_msg("%s", err.text);
	return query_world_render(report, format, 120);
}

static void one_series_says_all_that_is_known(void **state)
{
	const struct query_series series = find(*state, "ip_cwwt", "VN", NULL);
	AUTO_FREE char *text = show(*state, &series, true, REPORT_TABLE);
	static const char *const pieces[] = {
		"Industrial parks, Viet Nam (ip_cwwt) · As of 2026-11-22\n",
		"%, higher is better, 0..100 · yearly · sources: Ministry of Environment, "
		"Statistics "
		"Office, National Assembly\n",
		"Definition: parks with a plant that works\n",
		"Formula: with / all\n",
		/* eight levels from 63 to 95: (73 - 63) / 32 * 7 = 2.2, so the third */
		"2013 ▃     2015 ▁         2018 ▆ 2019 ▆ 2020 ▇ 2021 ▇     2023 ▇     2025 █\n",
		"91.7 % 2021-01..09 monre (2021-10-08)",
		"89.6 % monre (2021)",
		"nearly 95 %  National Assembly",
		"Publishers differ on 2020: Statistics Office 89 %, Ministry of Environment 89.6 "
		"%\n",
		"Break on 2015-01-01: values before and after it do not compare: another "
		"publisher\n",
		"ip-2021   2021-12-31  about 91 %",
		"ip-ref *  2030-12-31     >=100 %  5 pts         +1    +1.43  on track: ~100",
		/* 2025 + (100 - 95) / (10 / 7) = 2028.5: a yearly figure shows it in 2029 */
		"ip-ref: at this pace it is reached in 2029\n",
		/* miss = (100 - 95 - 5 * 10 / 7) / 5 = -0.43 */
		"weather (default)  43 % of the way to spare ",
		"Evidence: 7 values since 2015, Theil-Sen ",
		/* 2 of the 7! orders of seven values are as clear */
		"Mann-Kendall p <0.001",
		"chance to reach >=100 % in 2030: ",
	};
	for (size_t i = 0; i < COUNT_OF(pieces); i++)
		assert_says(text, pieces[i]);
}

static void the_way_from_the_baseline_is_told_for_what_is_not_reached(void **state)
{
	const struct query_series series = find(*state, "dust", "VN", "site=a");
	AUTO_FREE char *text = show(*state, &series, false, REPORT_TABLE);
	AUTO_FREE char *json = show(*state, &series, false, REPORT_JSON);
	/* (55 - 60) / (40 - 60) = 0.25; one less each year: 2025 + (55 - 40) / 1 = 2040;
	 * (40 - 60) / (2030 - 2020) = -2 */
	assert_says(text, "dust-2030: 25 % of the way from 60 µg/m3 is done, at this pace it is "
			  "reached in 2040\n");
	assert_says(json, "\"required_from_base\": -2.0");
	assert_says(json, "\"share_done\": 0.25");
	assert_says(json, "\"year_reached\": 2040.0");
}

static void json_of_a_series_has_its_lists(void **state)
{
	const struct query_series series = find(*state, "ip_cwwt", "VN", "");
	AUTO_FREE char *json = show(*state, &series, false, REPORT_JSON);
	static const char *const pieces[] = {
		"\"indicator\": \"ip_cwwt\"",
		"\"area_name\": \"Viet Nam\"",
		"\"direction\": \"up\"",
		"\"basis\": \"end\"",
		"\"frequency\": \"year\"",
		"\"definition\": \"parks with a plant that works\"",
		"\"values\": [",
		"\"vintages\": [",
		"\"breaks\": [",
		"\"targets\": [",
		"\"methods\": [",
		"\"num\": 141.0",
		"\"trend_values\": 7",
		"\"chance_target\": \"ip-ref\"",
		"\"received\": \"2026-11-20T10:00:00Z\"",
	};
	for (size_t i = 0; i < COUNT_OF(pieces); i++)
		assert_says(json, pieces[i]);
}

static void a_series_as_of_a_day_knows_nothing_later(void **state)
{
	struct query_world *world = *state;
	const struct query_series series = find(world, "ip_cwwt", "VN", NULL);
	query_world_as_of(world, "2021-12-31", false);
	AUTO_FREE char *text = show(world, &series, false, REPORT_TABLE);
	query_world_as_of(world, "2026-11-22", false);
	assert_says(text, "2021-01..09  91.7 % e  Ministry of Environment  2021-10-08");
	assert_lacks(text, "2025-01");
	assert_lacks(text, "ip-2026"); /* adopted in 2025 */
	assert_lacks(text, "National Assembly");
}

static void an_empty_series_says_so(void **state)
{
	const struct query_series series = find(*state, "ip_cwwt", "DNB", NULL);
	AUTO_FREE char *text = show(*state, &series, false, REPORT_TABLE);
	assert_says(text, "No figure has come for this series.\n");
	assert_says(text, "No target is set for this series.\n");
}

static void a_series_that_does_not_exist_is_refused(void **state)
{
	struct query_world *world = *state;
	struct query_series series;
	struct error err = {0};
	assert_false(query_find_series(
		&world->query, &(struct query_written){"dust", "VN", "site", NULL}, &series, &err));
	assert_int_equal(err.code, ERROR_INPUT);
	err = (struct error){0};
	assert_false(query_find_series(&world->query,
				       &(struct query_written){"dust", "Atlantis", "", NULL},
				       &series, &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
}

struct check_case {
	const char *why, *indicator, *area, *breakdown, *target;
	enum check_status status;
	const char *line;
};

static void the_line_for_monitoring_is_about_the_worst_target(void **state)
{
	static const struct check_case cases[] = {
		{"the one due last among the good ones", "ip_cwwt", "VN", NULL, NULL, CHECK_OK,
		 "ENVGAP OK - ip_cwwt VN nearly 95 % (2025), on track for >=100 by 2030 | "
		 "value=95%;;;0;100 gap=5 projected=100\n"},
		{"one target", "ip_cwwt", "VN", NULL, "ip-2021", CHECK_OK,
		 "ENVGAP OK - ip_cwwt VN 91 % (2021), met for about 91 by 2021 | "
		 "value=91%;;;0;100 gap=0\n"},
		{"unknown", "hw", "VN", NULL, NULL, CHECK_UNKNOWN,
		 "ENVGAP UNKNOWN - hw VN 85.0 % estimate (2021), overdue 4 periods, too few "
		 "values: cannot judge >=98 by 2030 | value=85%;;;0;100 gap=13\n"},
		{"nothing at all", "hw", "DNB", NULL, NULL, CHECK_UNKNOWN,
		 "ENVGAP UNKNOWN - hw DNB no figures, no data: cannot judge >=98 by 2030\n"},
		{"bad beats what nobody can judge", "trees", "VN", NULL, NULL, CHECK_CRITICAL,
		 "ENVGAP CRITICAL - trees VN 42.4 % (2025), worsening for 45..47 by 2028 | "
		 "value=42.4%;;;0;100 gap=2.6 projected=40.8\n"},
		{"another unit has none in performance data", "dust", "VN", "site=a", NULL,
		 CHECK_CRITICAL,
		 "ENVGAP CRITICAL - dust site=a VN 55 µg/m3 provisional (2025), off track for <40 "
		 "by 2030 | value=55;;;0; gap=15 projected=50\n"},
	};
	struct query_world *world = *state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct check_case *test = &cases[i];
		const struct query_series series =
			find(world, test->indicator, test->area, test->breakdown);
		AUTO_TEXT struct text out = text_with_limit(1000);
		struct error err = {0};
		enum check_status status = CHECK_OK;
		print_message("%s\n", test->why);
		const struct check_options options = {.target = test->target};
		if (!query_check(&world->query, &series, &options, &out, &status, &err))
			fail_msg("%s", err.text);
		assert_string_equal(out.data, test->line);
		assert_int_equal(status, test->status);
	}
}

static void without_a_target_there_is_nothing_to_check(void **state)
{
	struct query_world *world = *state;
	const struct query_series series = find(world, "ip_cwwt", "DNB", NULL);
	AUTO_TEXT struct text out = text_with_limit(1000);
	struct error err = {0};
	enum check_status status = CHECK_OK;
	assert_false(query_check(&world->query, &series, &(struct check_options){0}, &out, &status,
				 &err));
	assert_string_equal(err.text, "ip_cwwt DNB: no target is in force");
}

static bool collect(void *self, struct span piece, struct error *err)
{
	(void)err;
	text_add(self, piece.start, piece.len);
	return true;
}

static void an_export_has_every_row_as_it_came(void **state)
{
	struct query_world *world = *state;
	AUTO_TEXT struct text out = text_with_limit(1 << 20);
	assert_true(query_export(&world->query, collect, &out, NULL));
	static const char heading[] =
		"indicator,breakdown,area,period,value,unit,status,source,published,num,den,"
		"qualifier,place,raw,seq,known,received,actor,load,load_kind,feed,document,mapping,"
		"break,warning,decimals\n";
	assert_int_equal(strncmp(out.data, heading, strlen(heading)), 0);
	assert_says(out.data, "\nip_cwwt,,VN,2013,73,%,A,monre,2013-12-27,141,194,,");
	assert_says(out.data, "\nhw,,VN,2021,85.0,%,E,monre,2021-10-08,,,,");
	assert_says(out.data, "\nip_cwwt,,VN,2021-01/2021-09,91.7,%,A,monre,2021-10-08,,,,");
	assert_says(out.data, "\"đạt 91,7\",7,2021-10-08,2026-11-20T10:00:00Z,tester,2,import,,");
	assert_says(out.data, ",<,");
	assert_says(out.data, "\ntrees,,VN,2025,42.4,%,A,monre,2026-03,");
	size_t lines = 0;
	for (size_t i = 0; i < out.len; i++)
		lines += out.data[i] == '\n';
	assert_int_equal(lines, 24); /* the heading, 22 rows and a later one */
}

static bool refuse(void *self, struct span piece, struct error *err)
{
	(void)self;
	(void)piece;
	return error_set(err, ERROR_SYSTEM, "the disk is full");
}

static void an_export_that_cannot_be_written_fails(void **state)
{
	struct query_world *world = *state;
	struct error err = {0};
	assert_false(query_export(&world->query, refuse, NULL, &err));
	assert_string_equal(err.text, "the disk is full");
}

static void a_picture_shows_the_target_that_is_due_last(void **state)
{
	struct query_world *world = *state;
	const struct query_series series = find(world, "ip_cwwt", "VN", NULL);
	AUTO_QUERY_GRAPH struct query_graph picture = {0};
	struct error err = {0};
	if (!query_graph(&world->query, &series, NULL, &picture, &err))
		fail_msg("%s", err.text);
	const struct rrd_graph *graph = &picture.graph;
	assert_string_equal(graph->title, "Industrial parks – Viet Nam");
	assert_string_equal(graph->unit, "%");
	assert_int_equal(graph->point_count, 8);
	assert_int_equal(graph->points[0].index, 2013 - 1970);
	assert_string_equal(graph->publishers[0], "Ministry of Environment");
	assert_string_equal(graph->publishers[1], "Statistics Office");
	assert_string_equal(graph->publishers[2], "National Assembly");
	assert_int_equal(graph->points[7].publisher, 2);
	assert_int_equal(graph->break_count, 1);
	assert_int_equal(graph->breaks[0], 2015 - 1970);
	assert_int_equal(graph->target_count, 1);
	assert_near(graph->targets[0].value, 100);
	assert_string_equal(graph->targets[0].text, "Reference 2030, not an act: >=100 %");
	assert_true(graph->has_due);
	assert_int_equal(graph->due, 2030 - 1970);
	assert_true(graph->projection.is_set);
	assert_int_equal(graph->projection.from.index, 2025 - 1970);
	assert_near(graph->projection.from.value, 95);
	assert_near(graph->projection.to.value, 95 + 5 * 10 / 7.0);
	assert_true(graph->projection.has_band);
	assert_int_equal(graph->path_count, 0);
	assert_string_equal(graph->notes[0], "Latest: nearly 95 % (2025), National Assembly, "
					     "published 2025-10-28");
	assert_string_equal(graph->notes[1], "As of 2026-11-22");
	assert_true(graph->has_bounds);
}

static void a_picture_has_the_path_from_the_baseline(void **state)
{
	struct query_world *world = *state;
	const struct query_series series = find(world, "dust", "VN", "site=a");
	AUTO_QUERY_GRAPH struct query_graph picture = {0};
	struct error err = {0};
	if (!query_graph(&world->query, &series, NULL, &picture, &err))
		fail_msg("%s", err.text);
	const struct rrd_graph *graph = &picture.graph;
	assert_int_equal(graph->path_count, 2);
	assert_int_equal(graph->path[0].index, 2020 - 1970);
	assert_near(graph->path[0].value, 60);
	assert_int_equal(graph->path[1].index, 2030 - 1970);
	assert_near(graph->path[1].value, 40);
	assert_string_equal(graph->subtitle, "site=a");
	assert_false(graph->has_bounds); /* there is no highest dust */
}

static void a_range_is_two_levels_and_a_chosen_target_is_drawn(void **state)
{
	struct query_world *world = *state;
	const struct query_series series = find(world, "trees", "VN", NULL);
	struct error err = {0};
	AUTO_QUERY_GRAPH struct query_graph picture = {0};
	assert_true(query_graph(&world->query, &series, "trees-2028", &picture, &err));
	assert_int_equal(picture.graph.target_count, 2);
	assert_near(picture.graph.targets[1].value, 47);
	assert_null(picture.graph.targets[1].text);
	AUTO_QUERY_GRAPH struct query_graph none = {0};
	assert_false(query_graph(&world->query, &series, "trees-none", &none, &err));
	assert_says(err.text, "target 'trees-none' has no level that could be drawn");
}

static void without_values_a_picture_has_its_target_or_is_refused(void **state)
{
	struct query_world *world = *state;
	struct error err = {0};
	const struct query_series region = find(world, "hw", "DNB", NULL);
	AUTO_QUERY_GRAPH struct query_graph picture = {0};
	assert_true(query_graph(&world->query, &region, NULL, &picture, &err));
	assert_int_equal(picture.graph.point_count, 0);
	assert_int_equal(picture.graph.target_count, 1);
	const struct query_series nothing = find(world, "ip_cwwt", "DNB", NULL);
	AUTO_QUERY_GRAPH struct query_graph none = {0};
	assert_false(query_graph(&world->query, &nothing, NULL, &none, &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_series_says_all_that_is_known),
		cmocka_unit_test(the_way_from_the_baseline_is_told_for_what_is_not_reached),
		cmocka_unit_test(json_of_a_series_has_its_lists),
		cmocka_unit_test(a_series_as_of_a_day_knows_nothing_later),
		cmocka_unit_test(an_empty_series_says_so),
		cmocka_unit_test(a_series_that_does_not_exist_is_refused),
		cmocka_unit_test(the_line_for_monitoring_is_about_the_worst_target),
		cmocka_unit_test(without_a_target_there_is_nothing_to_check),
		cmocka_unit_test(an_export_has_every_row_as_it_came),
		cmocka_unit_test(an_export_that_cannot_be_written_fails),
		cmocka_unit_test(a_picture_shows_the_target_that_is_due_last),
		cmocka_unit_test(a_picture_has_the_path_from_the_baseline),
		cmocka_unit_test(a_range_is_two_levels_and_a_chosen_target_is_drawn),
		cmocka_unit_test(without_values_a_picture_has_its_target_or_is_refused),
	};
	return cmocka_run_group_tests(tests, open_world, close_world);
}
