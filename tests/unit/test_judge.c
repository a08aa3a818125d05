/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "judge/items.h"
#include "tests/unit/desk_world.h"

enum { NAMES_BYTES = 1024 };

/* One plan that is superseded, one that ends, one without a date, one of later. */
static const char acts[] = "id,title,adopter,adopted,ends,superseded_by\n"
			   "old,Old,A,2019-01-01,,new\n"
			   "new,New,A,2024-06-01,,\n"
			   "ended,Ended,A,2019-01-01,2022-01-01,\n"
			   "undated,Undated,A,,,\n"
			   "late,Late,A,2030-01-01,,old\n";
static const char targets[] =
	"id,act,indicator,area,op,value,period,breakdown,each_kind,member_day\n"
	"n-usw,new,usw,VN,>=,95,2030,,,\n"
	"o-usw,old,usw,VN,>=,90,2030,,,\n"
	"e-usw,ended,usw,VN,>=,85,2028,,,\n"
	"u-pm,undated,pm25,VN,<=,25,2027,,,\n"
	"u-part,undated,usw,VN,>=,80,2030,kind=a,,\n"
	"past,undated,usw,VN,>=,80,2021,,,\n"
	"recent,undated,usw,VN,>=,80,2025,,,\n"
	"p1,new,usw,P1,>=,80,2030,,,\n";

static int set_up(void **state)
{
	if (desk_world_set_up(state) != 0)
		return -1;
	struct desk_world *world = *state;
	desk_world_write(world, "catalogue/acts.csv", acts);
	desk_world_write(world, "catalogue/targets.csv", targets);
	desk_world_reload(world, DESK_WORLD_NOW);
	return 0;
}

#define WITH_PLANS(test) cmocka_unit_test_setup_teardown(test, set_up, desk_world_tear_down)

static int32_t day_of(const char *text)
{
	int32_t day = DAY_NONE;
	assert_true(day_parse(span_of(text), &day, NULL));
	return day;
}

static struct judge judge_as_of(const struct desk_world *world, const char *day, bool by_receipt)
{
	return (struct judge){.ledger = world->desk.ledger,
			      .catalogue = world->desk.setup->catalogue,
			      .zone = world->desk.zone,
			      .as_of = {.day = day_of(day), .by_receipt = by_receipt}};
}

static bool add_name(void *self, const struct judged_target *judged, struct error *err)
{
	struct text *names = self;
	(void)err;
	text_addf(names, "%s%s", names->len ? " " : "", judged->target->id);
	return true;
}

static void assert_judged(struct desk_world *world, const struct judge_filter *filter,
			  const char *day, const char *want)
{
	AUTO_TEXT struct text names = text_with_limit(NAMES_BYTES);
	const struct judge judge = judge_as_of(world, day, false);
	desk_world_must(world, judge_each(&judge, filter, add_name, &names, &world->err));
	assert_string_equal(names.data ? names.data : "", want);
}

static void a_target_is_in_force_while_its_act_is(void **state)
{
	static const struct {
		const char *target, *day;
		bool want;
		const char *why;
	} cases[] = {
		{"o-usw", "2018-12-31", false, "not adopted"},
		{"o-usw", "2019-01-01", true, "adopted on this day"},
		{"o-usw", "2024-05-31", true, "its successor is not adopted yet"},
		{"o-usw", "2024-06-01", false, "its successor is"},
		{"n-usw", "2024-06-01", true, "the successor"},
		{"e-usw", "2021-12-31", true, "the last day"},
		{"e-usw", "2022-01-01", false, "ended"},
		{"u-pm", "1990-01-01", true, "adopted at a time that nobody knows"},
	};
	struct desk_world *world = *state;
	const struct catalogue *catalogue = world->desk.setup->catalogue;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct target *target = catalogue_target(catalogue, span_of(cases[i].target));
		bool got = judge_in_force(catalogue, target, day_of(cases[i].day));
		if (got != cases[i].want)
			print_error("%s\n", cases[i].why);
		assert_int_equal(got, cases[i].want);
	}
}

/* By indicator, breakdown, area, then due day, then id. */
static void targets_are_judged_by_series_then_due_day(void **state)
{
	const struct judge_filter all = {.all = true};
	assert_judged(*state, &all, "2026-11-22", "u-pm p1 past recent e-usw n-usw o-usw u-part");
}

static void without_all_only_what_is_in_force_and_not_long_past_is_judged(void **state)
{
	const struct judge_filter in_force = {0};
	assert_judged(*state, &in_force, "2026-11-22", "u-pm p1 recent n-usw u-part");
	/* due on 2025-12-31: shown for 365 days, until 2026-12-31 */
	assert_judged(*state, &in_force, "2026-12-31", "u-pm p1 recent n-usw u-part");
	assert_judged(*state, &in_force, "2027-01-01", "u-pm p1 n-usw u-part");
	assert_judged(*state, &in_force, "2020-06-30", "u-pm past recent e-usw o-usw u-part");
}

static void a_filter_keeps_what_it_names(void **state)
{
	const struct judge_filter by_indicator = {.indicator = "pm25", .all = true};
	const struct judge_filter by_area = {.area = "P1", .all = true};
	const struct judge_filter by_breakdown = {.breakdown = "kind=a", .all = true};
	const struct judge_filter by_target = {.target = "past", .all = true};
	const struct judge_filter by_act = {.act = "new", .all = true};
	const struct judge_filter by_nothing = {.act = "new", .indicator = "pm25", .all = true};
	assert_judged(*state, &by_indicator, "2026-11-22", "u-pm");
	assert_judged(*state, &by_area, "2026-11-22", "p1");
	assert_judged(*state, &by_breakdown, "2026-11-22", "u-part");
	assert_judged(*state, &by_target, "2026-11-22", "past");
	assert_judged(*state, &by_act, "2026-11-22", "p1 n-usw");
	assert_judged(*state, &by_nothing, "2026-11-22", "");
}

static bool stop(void *self, const struct judged_target *judged, struct error *err)
{
	(void)self;
	return error_set(err, ERROR_REFUSED, "%s", judged->target->id);
}

static void who_is_told_can_stop(void **state)
{
	struct desk_world *world = *state;
	const struct judge judge = judge_as_of(world, "2026-11-22", false);
	desk_world_refuses(world, judge_each(&judge, NULL, stop, NULL, &world->err), ERROR_REFUSED,
			   "u-pm");
}

static enum assess_state state_of(struct desk_world *world, const struct judge *judge,
				  const char *id)
{
	AUTO_JUDGED_SERIES struct judged_series series = {0};
	const struct catalogue *catalogue = world->desk.setup->catalogue;
	const struct target *target = catalogue_target(catalogue, span_of(id));
	const struct series_key key = {"usw", "", "VN"};
	struct verdict verdict;
	desk_world_must(world, judge_series(judge, &key, &series, &world->err));
	desk_world_must(world, judge_target(judge, &series, target,
					    catalogue_area(catalogue, span_of("VN")), &verdict,
					    &world->err));
	return verdict.state;
}

/* 82 is published in March 2022 and corrected by its publisher to 79 in March 2023; both were
 * received on 2026-11-22. */
static void what_was_known_on_a_day_decides(void **state)
{
	static const struct {
		const char *day;
		bool by_receipt;
		enum assess_state want;
	} cases[] = {
		{"2022-03-30", false, STATE_NO_DATA}, {"2022-03-31", false, STATE_MET},
		{"2023-03-30", false, STATE_MET},     {"2023-03-31", false, STATE_MISSED},
		{"2026-11-21", true, STATE_NO_DATA},  {"2026-11-22", true, STATE_MISSED},
	};
	struct desk_world *world = *state;
	(void)desk_world_record(world, "2021", "82", "gso", "2022-03");
	(void)desk_world_record(world, "2021", "79", "gso", "2023-03");
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct judge judge = judge_as_of(world, cases[i].day, cases[i].by_receipt);
		assert_int_equal(state_of(world, &judge, "past"), cases[i].want);
	}
}

static void a_series_of_no_indicator_cannot_be_read(void **state)
{
	struct desk_world *world = *state;
	AUTO_JUDGED_SERIES struct judged_series series = {0};
	const struct judge judge = judge_as_of(world, "2026-11-22", false);
	const struct series_key key = {"nothing", "", "VN"};
	desk_world_refuses(world, judge_series(&judge, &key, &series, &world->err), ERROR_NOT_FOUND,
			   "there is no indicator 'nothing' in the catalogue");
}

/* The same memory for one series after the other: nothing of the first is left. */
static void a_series_can_be_read_into_the_place_of_another(void **state)
{
	struct desk_world *world = *state;
	AUTO_JUDGED_SERIES struct judged_series series = {0};
	const struct judge judge = judge_as_of(world, "2026-11-22", false);
	const struct series_key full = {"usw", "", "VN"};
	const struct series_key empty = {"usw", "", "P2"};
	(void)desk_world_record(world, "2021", "82", "gso", "2022-03");
	desk_world_must(world, judge_series(&judge, &full, &series, &world->err));
	assert_int_equal(series.vintages.count, 1);
	assert_int_equal(series.standing.count, 1);
	desk_world_must(world, judge_series(&judge, &empty, &series, &world->err));
	assert_int_equal(series.series, 0);
	assert_int_equal(series.vintages.count, 0);
	assert_int_equal(series.standing.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_PLANS(a_target_is_in_force_while_its_act_is),
		WITH_PLANS(targets_are_judged_by_series_then_due_day),
		WITH_PLANS(without_all_only_what_is_in_force_and_not_long_past_is_judged),
		WITH_PLANS(a_filter_keeps_what_it_names),
		WITH_PLANS(who_is_told_can_stop),
		WITH_PLANS(what_was_known_on_a_day_decides),
		WITH_PLANS(a_series_of_no_indicator_cannot_be_read),
		WITH_PLANS(a_series_can_be_read_into_the_place_of_another),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
