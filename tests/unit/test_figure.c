/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "tests/unit/desk_world.h"

static const struct figure good = {.indicator = "usw",
				   .area = "VN",
				   .period = "2021",
				   .value = "87.2",
				   .source = "gso",
				   .published = "2022-03"};

/* The office's today is 2026-11-22. */
static const struct {
	struct figure figure;
	enum error_code code;
	const char *text;
} mistakes[] = {
#define BASE .indicator = "usw", .area = "VN", .period = "2021", .value = "87.2", .source = "gso"
	{{.area = "VN", .period = "2021", .value = "1", .source = "gso"},
	 ERROR_INPUT,
	 "the indicator is missing"},
	{{.indicator = "uswx", .area = "VN", .period = "2021", .value = "1"},
	 ERROR_NOT_FOUND,
	 "indicator 'uswx' is not in indicators.csv; did you mean 'usw'?"},
	{{.indicator = "usw", .area = "XX", .period = "2021", .value = "1"},
	 ERROR_NOT_FOUND,
	 "area 'XX' is not in areas.csv"},
	{{.indicator = "usw", .area = "VN", .period = "2021", .value = "1"},
	 ERROR_INPUT,
	 "the source is missing: who publishes this figure?"},
	{{.indicator = "usw", .area = "VN", .period = "2021", .source = "mor"},
	 ERROR_NOT_FOUND,
	 "source 'mor' is not in sources.csv"},
	{{BASE, .breakdown = "sex"}, ERROR_INPUT, "breakdown 'sex': 'sex' is not DIMENSION=CODE"},
	{{BASE, .status = "X"},
	 ERROR_INPUT,
	 "'X' is not a status; use A (normal), P (provisional), E (estimated), F "
	 "(forecast) or M (missing)"},
	{{BASE, .status = "W"},
	 ERROR_INPUT,
	 "status 'W' is for withdrawals: use 'envgap withdraw'"},
	{{BASE, .qualifier = "perhaps"},
	 ERROR_INPUT,
	 "'perhaps' is not a qualifier; use ~ (about), < (nearly, under), > (over) or "
	 "nothing"},
	{{.indicator = "usw", .area = "VN", .period = "21", .source = "gso"},
	 ERROR_INPUT,
	 "period: '21' is not a period such as 2021, 2021-S1, 2021-Q3, 2021-07, 2021-W05, "
	 "2021-10-08 or 2021-01/2021-09"},
	{{.indicator = "usw", .area = "VN", .period = "2027", .value = "1", .source = "gso"},
	 ERROR_INPUT,
	 "period '2027' has not begun (today is 2026-11-22); only a forecast (status F) "
	 "can be "
	 "about it"},
	{{.indicator = "usw", .area = "P2", .period = "2026", .value = "1", .source = "gso"},
	 ERROR_INPUT,
	 "area 'P2' (River) did not exist in 2026: it ended on 2025-06-30 and became P3 (Coast)"},
	{{.indicator = "usw", .area = "P3", .period = "2024", .value = "1", .source = "gso"},
	 ERROR_INPUT,
	 "area 'P3' (Coast) did not exist in 2024: it began on 2025-07-01 and came from P2 "
	 "(River)"},
	{{BASE, .unit = "t"}, ERROR_INPUT, "unit 't' is not that of usw: '%'"},
	{{BASE, .num = "many"},
	 ERROR_INPUT,
	 "numerator: 'many' is not a number: 'm' has no place in it"},
	{{BASE, .num = "1", .den = "0"}, ERROR_INPUT, "denominator is 0"},
	{{.indicator = "usw", .area = "VN", .period = "2021", .source = "gso"},
	 ERROR_INPUT,
	 "the value is missing; a figure that its publisher says to be missing has status "
	 "M"},
	{{.indicator = "usw", .area = "VN", .period = "2021", .num = "3", .source = "gso"},
	 ERROR_INPUT,
	 "the value is missing; a figure that its publisher says to be missing has status "
	 "M"},
	{{.indicator = "usw", .area = "VN", .period = "2021", .value = "87,2", .source = "gso"},
	 ERROR_INPUT,
	 "value '87,2' has a comma; write 87.2 with a decimal point, if that is meant"},
	{{.indicator = "usw", .area = "VN", .period = "2021", .value = "1,036", .source = "gso"},
	 ERROR_INPUT,
	 "value '1,036' has a comma; write 1036 or 1.036, whichever is meant"},
	{{.indicator = "usw", .area = "VN", .period = "2021", .value = ",036", .source = "gso"},
	 ERROR_INPUT,
	 "value: ',036' is not a number: ',' is neither the decimal sign '.' nor a declared "
	 "grouping"},
	{{.indicator = "usw", .area = "VN", .period = "2021", .value = "87.2 %", .source = "gso"},
	 ERROR_INPUT,
	 "value '87.2 %' has a percent sign; write 87.2"},
	{{.indicator = "usw", .area = "VN", .period = "2021", .value = "many%", .source = "gso"},
	 ERROR_INPUT,
	 "value: 'many%' is not a number: 'm' has no place in it"},
	{{.indicator = "usw", .area = "VN", .period = "2021", .value = "-1", .source = "gso"},
	 ERROR_INPUT,
	 "value -1 is below what usw can be: at least 0 %"},
	{{.indicator = "usw", .area = "VN", .period = "2021", .value = "100.1", .source = "gso"},
	 ERROR_INPUT,
	 "value 100.1 is above what usw can be: at most 100 %"},
	{{BASE, .status = "M"},
	 ERROR_INPUT,
	 "a figure of status M (missing) has no value, but '87.2' is given"},
	{{BASE, .published = "soon"},
	 ERROR_INPUT,
	 "published: 'soon' is not a date such as 2025, 2025-01 or 2025-01-06"},
	{{BASE, .published = "2026-11-23"},
	 ERROR_INPUT,
	 "published '2026-11-23' is after today (2026-11-22)"},
	{{BASE, .published = "2027"}, ERROR_INPUT, "published '2027' is after today (2026-11-22)"},
	{{BASE, .published = "2020-12-31"},
	 ERROR_INPUT,
	 "published '2020-12-31' is before the period '2021' began; only a forecast "
	 "(status F) "
	 "can be"},
#undef BASE
};

static void each_mistake_is_refused_with_what_would_be_right(void **state)
{
	struct desk_world *world = *state;
	for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
		struct checked_figure checked = {.obs.seq = 7};
		bool done =
			figure_check(&world->intake, &mistakes[i].figure, &checked, &world->err);
		assert_false(done);
		assert_int_equal(world->err.code, mistakes[i].code);
		assert_string_equal(world->err.text, mistakes[i].text);
		assert_int_equal(checked.obs.seq, 7); /* left alone */
		world->err = (struct error){0};
	}
}

static void a_good_figure_becomes_an_observation(void **state)
{
	struct desk_world *world = *state;
	struct checked_figure checked;
	struct figure figure = good;
	figure.breakdown = "site=b;kind=a";
	figure.qualifier = "~";
	figure.status = "E";
	figure.unit = "%";
	desk_world_must(world, figure_check(&world->intake, &figure, &checked, &world->err));
	assert_string_equal(checked.indicator->id, "usw");
	assert_string_equal(checked.area->id, "VN");
	assert_string_equal(checked.breakdown, "kind=a;site=b");
	assert_true(checked.obs.has_value);
	assert_true(checked.obs.value == 87.2);
	assert_int_equal(checked.obs.decimals, 1);
	assert_int_equal(checked.obs.status, OBS_ESTIMATED);
	assert_int_equal(checked.obs.qualifier, QUALIFIER_ABOUT);
	assert_string_equal(checked.obs.source, "gso");
	assert_string_equal(checked.obs.published, "2022-03");
	/* 2022-03-31: 52 years with 13 leap days are 18993 days to 2022-01-01, and 89 more */
	assert_int_equal(checked.obs.known_day, 18993 + 89);
	assert_string_equal(checked.warning, "");
}

static void without_a_date_of_publication_it_is_known_from_today(void **state)
{
	struct desk_world *world = *state;
	struct checked_figure checked;
	struct figure figure = good;
	figure.published = NULL;
	desk_world_must(world, figure_check(&world->intake, &figure, &checked, &world->err));
	assert_int_equal(checked.obs.known_day, intake_day(&world->intake));
	/* 1795348800 s are 20779.5 days */
	assert_int_equal(checked.obs.known_day, 20779);
}

static void what_is_published_this_month_or_year_is_known_from_today(void **state)
{
	static const char *const dates[] = {"2026", "2026-11", "2026-11-22"};
	struct desk_world *world = *state;
	for (size_t i = 0; i < COUNT_OF(dates); i++) {
		struct checked_figure checked;
		struct figure figure = good;
		figure.published = dates[i];
		desk_world_must(world,
				figure_check(&world->intake, &figure, &checked, &world->err));
		assert_int_equal(checked.obs.known_day, 20779);
	}
}

/* 100 * 2 / 3 = 66.666..., of a quantity without percent 2 / 3; each at 15 digits. */
static void a_value_is_computed_from_its_parts(void **state)
{
	static const struct {
		const char *indicator, *num, *den;
		double want;
	} cases[] = {
		{"usw", "2", "3", 66.6666666666667},
		{"usw", "251", "280", 89.6428571428571},
		{"usw", "1", "1", 100},
		{"pm25", "2", "3", 0.666666666666667},
		{"forest", "-1", "8", -0.125},
	};
	struct desk_world *world = *state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct checked_figure checked;
		struct figure figure = good;
		figure.indicator = cases[i].indicator;
		figure.value = "";
		figure.num = cases[i].num;
		figure.den = cases[i].den;
		desk_world_must(world,
				figure_check(&world->intake, &figure, &checked, &world->err));
		assert_true(checked.obs.value == cases[i].want);
		assert_int_equal(checked.obs.decimals, -1);
		assert_true(checked.obs.has_num && checked.obs.has_den);
	}
}

static void a_forecast_may_be_about_the_future_and_published_before(void **state)
{
	struct desk_world *world = *state;
	struct checked_figure checked;
	struct figure figure = good;
	figure.period = "2030";
	figure.status = "F";
	desk_world_must(world, figure_check(&world->intake, &figure, &checked, &world->err));
	assert_int_equal(checked.obs.status, OBS_FORECAST);
}

static void a_value_that_is_said_to_be_missing_has_none(void **state)
{
	struct desk_world *world = *state;
	struct checked_figure checked;
	struct figure figure = good;
	figure.value = NULL;
	figure.status = "M";
	desk_world_must(world, figure_check(&world->intake, &figure, &checked, &world->err));
	assert_false(checked.obs.has_value);
	assert_int_equal(checked.obs.status, OBS_MISSING);
}

static void an_area_is_there_in_a_period_that_it_saw_a_part_of(void **state)
{
	struct desk_world *world = *state;
	struct checked_figure checked;
	struct figure figure = good;
	figure.area = "P2"; /* until 2025-07-01 */
	figure.period = "2025";
	figure.published = NULL;
	desk_world_must(world, figure_check(&world->intake, &figure, &checked, &world->err));
	figure.area = "P3"; /* from 2025-07-01 */
	desk_world_must(world, figure_check(&world->intake, &figure, &checked, &world->err));
	figure.period = "2025-07";
	desk_world_must(world, figure_check(&world->intake, &figure, &checked, &world->err));
	figure.period = "2025-06";
	desk_world_refuses(world, figure_check(&world->intake, &figure, &checked, &world->err),
			   ERROR_INPUT,
			   "area 'P3' (Coast) did not exist in 2025-06: it began on 2025-07-01 and "
			   "came from P2 (River)");
}

/* -- record and withdraw */

static void the_same_figure_again_adds_no_row_and_no_load(void **state)
{
	struct desk_world *world = *state;
	struct figure_result first = desk_world_record(world, "2021", "87.2", "gso", "2022-03");
	assert_int_equal(first.result, APPEND_NEW);
	assert_int_equal(first.seq, 1);
	assert_int_equal(first.load, 2); /* the first one brought the catalogue */
	struct figure_result again = desk_world_record(world, "2021", "87.20", "gso", "2022-03");
	assert_int_equal(again.result, APPEND_UNCHANGED);
	assert_int_equal(again.seq, 1);
	assert_int_equal(again.load, 0);
	assert_int_equal(desk_world_rows(world), 1);
	desk_world_asserts(world, "SELECT count(*) FROM load", "2");
}

static void a_correction_carries_the_day_and_date_of_what_it_corrects(void **state)
{
	struct desk_world *world = *state;
	struct figure_result result;
	struct figure figure = good;
	(void)desk_world_record(world, "2021", "87.2", "gso", "2022-03");
	figure.value = "87.3";
	figure.published = NULL;
	figure.is_correction = true;
	desk_world_must(world, figure_record(&world->intake, &figure, &result, &world->err));
	assert_int_equal(result.result, APPEND_REVISED);
	assert_int_equal(result.before.seq, 1);
	desk_world_asserts(world,
			   "SELECT known_day || ' ' || published FROM observation WHERE seq = 2",
			   "19082 2022-03");
	figure.period = "2020";
	desk_world_refuses(world, figure_record(&world->intake, &figure, &result, &world->err),
			   ERROR_NOT_FOUND,
			   "there is no figure of usw VN 2020 from gso to correct");
}

static void a_withdrawal_needs_a_figure_and_a_reason(void **state)
{
	struct desk_world *world = *state;
	struct figure_result result;
	struct figure figure = good;
	desk_world_refuses(
		world, figure_withdraw(&world->intake, &figure, "why", &result, &world->err),
		ERROR_NOT_FOUND, "there is no figure of usw VN 2021 from gso to withdraw");
	(void)desk_world_record(world, "2021", "87.2", "gso", "2022-03");
	desk_world_refuses(world,
			   figure_withdraw(&world->intake, &figure, "", &result, &world->err),
			   ERROR_INPUT, "a withdrawal says why (--why TEXT)");
	desk_world_must(world,
			figure_withdraw(&world->intake, &figure, "why", &result, &world->err));
	assert_int_equal(result.seq, 2);
	desk_world_asserts(world, "SELECT raw FROM observation WHERE seq = 2", "why");
	desk_world_refuses(
		world, figure_withdraw(&world->intake, &figure, "why", &result, &world->err),
		ERROR_NOT_FOUND, "there is no figure of usw VN 2021 from gso to withdraw");
	figure.is_correction = true;
	desk_world_refuses(world, figure_record(&world->intake, &figure, &result, &world->err),
			   ERROR_NOT_FOUND,
			   "there is no figure of usw VN 2021 from gso to correct");
}

/* What the catalogue says today about the area does not matter for what was recorded before. */
static void a_figure_of_an_area_that_was_closed_can_be_withdrawn(void **state)
{
	struct desk_world *world = *state;
	struct figure_result result;
	struct figure figure = good;
	figure.area = "P1";
	desk_world_must(world, figure_record(&world->intake, &figure, &result, &world->err));
	desk_world_write(world, "catalogue/areas.csv",
			 "id,kind,name,valid_from,valid_to\nVN,country,Viet Nam,,\n"
			 "P1,province,Hill,,2015-01-01\nP2,province,River,,2025-07-01\n"
			 "P3,province,Coast,2025-07-01,\n");
	desk_world_reload(world, DESK_WORLD_NOW);
	desk_world_must(world,
			figure_withdraw(&world->intake, &figure, "wrong", &result, &world->err));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_DESK(each_mistake_is_refused_with_what_would_be_right),
		WITH_DESK(a_good_figure_becomes_an_observation),
		WITH_DESK(without_a_date_of_publication_it_is_known_from_today),
		WITH_DESK(what_is_published_this_month_or_year_is_known_from_today),
		WITH_DESK(a_value_is_computed_from_its_parts),
		WITH_DESK(a_forecast_may_be_about_the_future_and_published_before),
		WITH_DESK(a_value_that_is_said_to_be_missing_has_none),
		WITH_DESK(an_area_is_there_in_a_period_that_it_saw_a_part_of),
		WITH_DESK(the_same_figure_again_adds_no_row_and_no_load),
		WITH_DESK(a_correction_carries_the_day_and_date_of_what_it_corrects),
		WITH_DESK(a_withdrawal_needs_a_figure_and_a_reason),
		WITH_DESK(a_figure_of_an_area_that_was_closed_can_be_withdrawn),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
