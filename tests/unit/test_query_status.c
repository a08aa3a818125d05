/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "query/gaps.h"
#include "query/status.h"
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

static char *status(struct query_world *world, struct query_filter filter,
		    enum report_format format, int width)
{
	struct report *report = NULL;
	struct error err = {0};
	if (!query_status(&world->query, &filter, &report, &err))
		fail_msg("%s", err.text);
	return query_world_render(report, format, width);
}

static char *gaps(struct query_world *world, enum report_format format)
{
	struct report *report = NULL;
	struct error err = {0};
	const struct query_filter filter = {0};
	if (!query_gaps(&world->query, &filter, &report, &err))
		fail_msg("%s", err.text);
	return query_world_render(report, format, 100);
}

/* The one row of a target as of the day; counts as failed when there is not exactly one. */
static struct query_row row_of(struct query_world *world, const char *target, bool all)
{
	struct error err = {0};
	AUTO_QUERY_ROWS struct query_rows rows = {0};
	const struct query_filter filter = {.target = target, .all = all};
	if (!query_rows_read(&world->query, &filter, &rows, &err))
		fail_msg("%s", err.text);
	assert_int_equal(rows.count, 1);
	return rows.items[0];
}

static void at_the_end_of_2021_nine_months_stand_in_and_exceed(void **state)
{
	struct query_world *world = *state;
	query_world_as_of(world, "2021-12-31", false);
	AUTO_FREE char *table = status(world, (struct query_filter){0}, REPORT_TABLE, 100);
	/* 91.7 is beyond 91 by more than half of its last digit; 87.2 > 87; 85 >= 85. */
	assert_says(table, "about 91 %  91.7 % e (2021-01..09)  -        met, exceeded (estimate)");
	assert_says(table, ">87 %  87.2 % e (2021-01..09)  -        met, exceeded (estimate)");
	assert_says(table, ">=85 %  85.0 % e (2021)         -        met (estimate)");
	assert_says(table, "e estimate");
	/* Adopted later, or no longer judged. */
	assert_lacks(table, "  2026  ");
	assert_lacks(table, "South-East");
}

static void once_the_year_is_known_it_is_met_and_not_exceeded(void **state)
{
	struct query_row row = row_of(*state, "ip-2021", true);
	assert_int_equal(row.verdict.state, STATE_MET);
	assert_false(row.verdict.exceeded);
	assert_true(row.verdict.final);
	assert_measure(row.verdict.value, 91);
	assert_string_equal(row.row.source, "gso");
	assert_false(row.stand_in);
}

static void the_heading_counts_and_the_rest_fits_a_hundred_columns(void **state)
{
	AUTO_FREE char *table = status(*state, (struct query_filter){0}, REPORT_TABLE, 100);
	assert_says(table, "As of 2026-11-22 · 10 targets · 2 met, 1 on track, 1 off track, "
			   "1 worsening, 5 cannot be judged\n");
	for (const char *line = table; line != NULL && *line != '\0';) {
		const char *end = strchr(line, '\n');
		assert_true(end - line <= 110); /* bytes; a few characters have two or three */
		line = end + 1;
	}
	assert_says(table, "\nIndustrial parks (ip_cwwt)\n");
	assert_says(table, "\nDust (dust, site=a)\n");
	assert_says(table, "nearly 95 % (2025)  -         met so far");
	/* 95 + 5 * (95 - 85) / 7 = 102.1, and no share is above 100. */
	assert_says(table, "5 pts     on track: ~100");
	assert_says(table, "Viet Nam *");
	assert_says(table, "* reference: The region's levels held against the country\n");
	assert_says(table, "55 µg/m3 p (2025)");
	assert_says(table, "off track: ~50\n");
	assert_says(table, "\"envgap show trees VN\" for one series\n");
}

static void what_is_not_known_is_never_called_a_shortfall(void **state)
{
	AUTO_FREE char *table = status(*state, (struct query_filter){0}, REPORT_TABLE, 200);
	assert_says(table, "too few values, overdue 4 periods");
	assert_says(table, "no figures");
	assert_says(table, "no data");
	assert_says(table, "target has no number");
	assert_says(table, "dust-2030"); /* a wide terminal has room for ids */
	assert_lacks(table, "missed");
}

static void filters_narrow_down(void **state)
{
	static const struct {
		const char *why;
		struct query_filter filter;
		const char *heading;
	} cases[] = {
		{"indicator", {.indicator = "hw"}, "2 targets"},
		{"area by name", {.area = "south-east"}, "1 target ·"},
		{"area by local name", {.area = "Đông Nam Bộ"}, "1 target ·"},
		{"act", {.act = "plan-2026"}, "6 targets"},
		{"target", {.target = "ip-ref"}, "1 target · 1 on track"},
		{"state", {.state = "met"}, "2 targets · 2 met\n"},
		{"breakdown", {.breakdown = "site=a"}, "1 target · 1 off track"},
		{"due", {.due_year = 2030}, "6 targets"},
		{"all", {.all = true}, "13 targets"},
		{"nothing left", {.due_year = 2099}, "no targets\n"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_FREE char *table = status(*state, cases[i].filter, REPORT_TABLE, 100);
		print_message("%s\n", cases[i].why);
		assert_says(table, cases[i].heading);
	}
}

static void wrong_ids_are_named_with_the_nearest(void **state)
{
	static const struct {
		struct query_filter filter;
		const char *text;
	} cases[] = {
		{{.indicator = "ip_cwt"},
		 "indicator 'ip_cwt' is not in the catalogue; did you "
		 "mean 'ip_cwwt'?"},
		{{.area = "DNC"}, "area 'DNC' is not in the catalogue; did you mean 'DNB'?"},
		{{.target = "ip-2012"}, "target 'ip-2012' is not in the catalogue; did you mean"},
		{{.act = "plan-2222"}, "act 'plan-2222' is not in the catalogue; did you mean"},
		{{.state = "fine"}, "fine"},
		{{.breakdown = "site"}, "site"},
		{{.indicator = "zzz"}, "indicator 'zzz' is not in the catalogue"},
	};
	struct query_world *world = *state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct report *report = NULL;
		struct error err = {0};
		assert_false(query_status(&world->query, &cases[i].filter, &report, &err));
		assert_null(report);
		assert_says(err.text, cases[i].text);
	}
}

static void json_has_the_members_of_the_contract_in_their_order(void **state)
{
	static const char *const keys[] = {
		"target",
		"name",
		"act",
		"indicator",
		"breakdown",
		"area",
		"due",
		"operator",
		"target_value",
		"target_value_high",
		"unit",
		"period",
		"obs_period",
		"value",
		"obs_status",
		"qualifier",
		"stand_in",
		"source",
		"published",
		"gap",
		"gap_to_path",
		"actual_change",
		"required_change",
		"projected",
		"projected_raw",
		"projected_gap",
		"method",
		"measure",
		"state",
		"exceeded",
		"final",
		"freshness",
		"overdue_periods",
		"reason",
	};
	const struct query_filter filter = {.target = "dust-2030"};
	AUTO_FREE char *json = status(*state, filter, REPORT_JSON, 0);
	assert_says(json, "{\n \"version\": 1,\n \"as_of\": \"2026-11-22\",\n \"targets\": [");
	const char *at = json;
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		char quoted[40];
		(void)snprintf(quoted, sizeof quoted, "\"%s\":", keys[i]);
		const char *found = strstr(at, quoted);
		print_message("%s\n", quoted);
		assert_non_null(found);
		at = found != NULL ? found : at;
	}
}

static void json_says_what_was_worked_out_by_hand(void **state)
{
	const struct query_filter filter = {.target = "dust-2030"};
	AUTO_FREE char *json = status(*state, filter, REPORT_JSON, 0);
	/* 60, 59 ... 55 from 2020 to 2025: -1 a year; 55 - 5 = 50 in 2030, 10 above 40.
	 * Needed: (40 - 55) / 5 = -3 a year.  Path: 60 in 2020, 40 in 2030, so 50 in 2025: 5
	 * behind. Missed: 10 of 15. */
	static const char *const lines[] = {
		"\"due\": \"2030-12-31\"",
		"\"operator\": \"<\"",
		"\"target_value\": 40.0",
		"\"target_value_high\": null",
		"\"unit\": \"µg/m3\"",
		"\"breakdown\": \"site=a\"",
		"\"value\": 55.0",
		"\"obs_status\": \"P\"",
		"\"qualifier\": null",
		"\"stand_in\": false",
		"\"published\": \"2026-02\"",
		"\"gap\": 15.0",
		"\"gap_to_path\": 5.0",
		"\"actual_change\": -1.0",
		"\"required_change\": -3.0",
		"\"projected\": 50.0",
		"\"projected_raw\": 50.0",
		"\"projected_gap\": 10.0",
		"\"method\": \"weather\"",
		"\"measure\": 0.666666666666667",
		"\"state\": \"off_track\"",
		"\"exceeded\": false",
		"\"final\": false",
		"\"freshness\": \"fresh\"",
		"\"overdue_periods\": 0",
		"\"reason\": null",
		"\"reference\": false",
		"\"symbol\": \"cloud\"",
	};
	for (size_t i = 0; i < COUNT_OF(lines); i++)
		assert_says(json, lines[i]);
}

static void json_of_an_unknown_value_has_nulls(void **state)
{
	const struct query_filter filter = {.target = "hw-region"};
	AUTO_FREE char *json = status(*state, filter, REPORT_JSON, 0);
	assert_says(json, "\"period\": null");
	assert_says(json, "\"value\": null");
	assert_says(json, "\"source\": null");
	assert_says(json, "\"gap\": null");
	assert_says(json, "\"state\": \"no_data\"");
	assert_says(json, "\"freshness\": \"none\"");
	const struct query_filter relative = {.target = "dust-rel"};
	AUTO_FREE char *other = status(*state, relative, REPORT_JSON, 0);
	/* -20 is a change in percent and no level; the base is not known. */
	assert_says(other, "\"target_value\": null");
	AUTO_FREE char *table = status(*state, relative, REPORT_TABLE, 100);
	assert_says(table, "-20 % on base");
}

static void csv_and_tsv_have_a_heading_and_a_row_each(void **state)
{
	const struct query_filter filter = {.target = "ip-ref"};
	AUTO_FREE char *csv = status(*state, filter, REPORT_CSV, 0);
	assert_int_equal(strncmp(csv, "target,name,act,indicator,breakdown,area,due,operator,", 54),
			 0);
	assert_says(csv,
		    "\nip-ref,Industrial parks,reference,ip_cwwt,,VN,2030-12-31,>=,100,,%,2025,"
		    "2025,95,A,nearly,false,na,2025-10-28,5,,");
	AUTO_FREE char *tsv = status(*state, filter, REPORT_TSV, 0);
	assert_says(tsv, "\nip-ref\tIndustrial parks\treference\tip_cwwt\t\tVN\t");
}

static void another_language_changes_tables_only(void **state)
{
	struct query_world *world = *state;
	const struct query_filter filter = {.indicator = "usw", .all = true};
	AUTO_FREE char *before = status(world, filter, REPORT_JSON, 0);
	query_world_speak_otherwise(world);
	AUTO_FREE char *after = status(world, filter, REPORT_JSON, 0);
	AUTO_FREE char *table = status(world, filter, REPORT_TABLE, 100);
	assert_string_equal(before, after);
	assert_says(table, "As of 22/11/2026");
	assert_says(table, "\nChất thải đô thị (usw)\n");
	assert_says(table, "Việt Nam");
	assert_says(table, "87,2 %");
	world->language = (struct language){0};
}

static void received_by_a_day_is_what_this_office_could_have_known(void **state)
{
	struct query_world *world = *state;
	/* 42.4 for 2025 was published in March and received on 21 November. */
	query_world_as_of(world, "2026-11-20", true);
	struct query_row before = row_of(world, "trees-2028", false);
	assert_measure(before.verdict.value, 42.5);
	AUTO_FREE char *json =
		status(world, (struct query_filter){.target = "trees-2028"}, REPORT_JSON, 0);
	assert_says(json, "\"received_by\": \"2026-11-20\"");
	query_world_as_of(world, "2026-11-21", true);
	struct query_row after = row_of(world, "trees-2028", false);
	assert_measure(after.verdict.value, 42.4);
	query_world_as_of(world, "2026-11-01", true);
	struct query_row never = row_of(world, "trees-2028", false);
	assert_int_equal(never.verdict.state, STATE_NO_DATA);
	query_world_as_of(world, "2026-03-30", false);
	struct query_row published = row_of(world, "trees-2028", false);
	assert_measure(published.verdict.value, 42.5);
}

static void gaps_are_ordered_by_the_share_of_the_way_missed(void **state)
{
	AUTO_FREE char *table = gaps(*state, REPORT_TABLE);
	/* trees: 45 - 42.4 = 2.6 of |45 - 44| = 1; dust: 15 of |40 - 60| = 20. */
	const char *trees = strstr(table, "260 %");
	const char *dust = strstr(table, "75 %");
	assert_non_null(trees);
	assert_non_null(dust);
	assert_true(trees < dust);
	assert_says(table, "45..47 %");
	assert_says(table, "2.6 pts");
	assert_says(table, "15 µg/m3");
	assert_says(table, "worsening (provisional)");
	assert_lacks(table, "ip_cwwt\n");
	assert_says(table, "5 cannot be judged: 1 too few values, 3 no data, 1 target has no "
			   "number\n");
	AUTO_FREE char *json = gaps(*state, REPORT_JSON);
	assert_says(json, "\"missed_share\": 0.75");
	assert_says(json, "\"missed_share\": 2.6");
	assert_says(json, "\"cannot_be_judged\": 5");
}

static void without_gaps_it_says_so(void **state)
{
	struct query_world *world = *state;
	struct report *report = NULL;
	struct error err = {0};
	const struct query_filter filter = {.indicator = "ip_cwwt"};
	assert_true(query_gaps(&world->query, &filter, &report, &err));
	AUTO_FREE char *table = query_world_render(report, REPORT_TABLE, 100);
	assert_says(table, "No target that can be judged is missed or off its track.\n");
}

static void a_share_needs_a_gap_a_level_and_a_way(void **state)
{
	(void)state;
	struct query_row row = {
		.verdict = {.gap = {true, 5}, .target_value = {true, 100}},
		.first = {true, 80},
	};
	assert_measure(gaps_missed_share(&row), 0.25);
	row.verdict.base_value = (struct measure){true, 90};
	assert_measure(gaps_missed_share(&row), 0.5);
	row.verdict.base_value = (struct measure){true, 100};
	assert_unset(gaps_missed_share(&row));
	row.verdict.gap.is_set = false;
	assert_unset(gaps_missed_share(&row));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(at_the_end_of_2021_nine_months_stand_in_and_exceed,
						open_world, close_world),
		cmocka_unit_test_setup_teardown(
			received_by_a_day_is_what_this_office_could_have_known, open_world,
			close_world),
		cmocka_unit_test(a_share_needs_a_gap_a_level_and_a_way),
	};
	static const struct CMUnitTest shared[] = {
		cmocka_unit_test(once_the_year_is_known_it_is_met_and_not_exceeded),
		cmocka_unit_test(the_heading_counts_and_the_rest_fits_a_hundred_columns),
		cmocka_unit_test(what_is_not_known_is_never_called_a_shortfall),
		cmocka_unit_test(filters_narrow_down),
		cmocka_unit_test(wrong_ids_are_named_with_the_nearest),
		cmocka_unit_test(json_has_the_members_of_the_contract_in_their_order),
		cmocka_unit_test(json_says_what_was_worked_out_by_hand),
		cmocka_unit_test(json_of_an_unknown_value_has_nulls),
		cmocka_unit_test(csv_and_tsv_have_a_heading_and_a_row_each),
		cmocka_unit_test(another_language_changes_tables_only),
		cmocka_unit_test(gaps_are_ordered_by_the_share_of_the_way_missed),
		cmocka_unit_test(without_gaps_it_says_so),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	return failed + cmocka_run_group_tests(shared, open_world, close_world);
}
