/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "tests/unit/desk_world.h"

#include <stdio.h>
#include <stdlib.h>

enum { DAY_S = 86400, STEPS_MAX = 100 };

static const char targets_of_2026[] = "id,act,indicator,area,op,value,period\n"
				      "usw-2021,plan,usw,VN,>=,87,2021\n"
				      "usw-2026,plan,usw,VN,>=,90,2026\n";

/* The last event of a target, as "old -> new (cause, reason) row". */
static void assert_event(const struct desk_world *world, const char *target, const char *want)
{
	char sql[512];
	(void)snprintf(
		sql, sizeof sql,
		"SELECT ifnull(old_state, '') || ' -> ' || new_state || ' (' || cause || ', ' "
		"|| ifnull(reason, '') || ') ' || ifnull(seq, 0) FROM event WHERE target_id = "
		"'%s' ORDER BY event_id DESC LIMIT 1",
		target);
	desk_world_asserts(world, sql, want);
}

static void a_target_without_a_value_is_judged_when_it_comes_into_force(void **state)
{
	struct desk_world *world = *state;
	desk_world_apply(world);
	desk_world_asserts(world, "SELECT count(*) FROM event", "3");
	assert_event(world, "usw-2021", " -> no_data (target_changed, no_observation) 0");
	desk_world_asserts(world, "SELECT group_concat(DISTINCT actor) FROM event", "tester");
}

/* 88 is at least 87; 86 is not. */
static void an_event_says_what_changed_the_state(void **state)
{
	struct desk_world *world = *state;
	struct figure_result result;
	const struct figure correction = {.indicator = "usw",
					  .area = "VN",
					  .period = "2021",
					  .value = "89",
					  .source = "gso",
					  .is_correction = true};
	desk_world_apply(world);
	(void)desk_world_record(world, "2021", "88", "gso", "2022-03");
	desk_world_apply(world);
	assert_event(world, "usw-2021", "no_data -> met (new_value, ) 1");
	assert_event(world, "usw-2030",
		     "no_data -> insufficient_data (new_value, too_few_values) 1");

	(void)desk_world_record(world, "2021", "86", "gso", "2023-03");
	desk_world_apply(world);
	assert_event(world, "usw-2021", "met -> missed (revision, ) 2");

	desk_world_must(world, figure_record(&world->intake, &correction, &result, &world->err));
	desk_world_apply(world);
	assert_event(world, "usw-2021", "missed -> met (correction, ) 3");

	desk_world_must(world,
			figure_withdraw(&world->intake, &correction, "why", &result, &world->err));
	desk_world_apply(world);
	assert_event(world, "usw-2021", "met -> no_data (revision, no_observation) 0");
	desk_world_asserts(world, "SELECT count(*) FROM event WHERE target_id = 'usw-p1'", "1");
}

static void a_value_that_leaves_the_state_as_it_is_makes_no_event(void **state)
{
	struct desk_world *world = *state;
	(void)desk_world_record(world, "2021", "88", "gso", "2022-03");
	desk_world_apply(world);
	desk_world_asserts(world, "SELECT count(*) FROM event", "3");
	(void)desk_world_record(world, "2021", "88.5", "gso", "2022-06");
	desk_world_apply(world);
	desk_world_asserts(world, "SELECT count(*) FROM event", "3");
	desk_world_asserts(world, "SELECT seq FROM assessment WHERE target_id = 'usw-2021'", "2");
}

static void another_target_value_changes_the_state(void **state)
{
	struct desk_world *world = *state;
	(void)desk_world_record(world, "2021", "88", "gso", "2022-03");
	desk_world_apply(world);
	desk_world_write(
		world, "catalogue/targets.csv",
		"id,act,indicator,area,op,value,period\nusw-2021,plan,usw,VN,>=,90,2021\n");
	desk_world_reload(world, DESK_WORLD_NOW);
	desk_world_apply(world);
	assert_event(world, "usw-2021", "met -> missed (target_changed, ) 1");
	desk_world_asserts(world, "SELECT group_concat(target_id) FROM assessment", "usw-2021");
}

/* 2026 is over on 31 December, its lag of 180 days on 29 June 2027: no figure for it is due before
 * 30 June.  DESK_WORLD_NOW is 22 November 2026, 219 days before 29 June 2027. */
static void a_day_that_passes_changes_the_state(void **state)
{
	struct desk_world *world = *state;
	desk_world_write(world, "catalogue/targets.csv", targets_of_2026);
	desk_world_reload(world, DESK_WORLD_NOW);
	(void)desk_world_record(world, "2025", "88", "gso", "2026-03");
	desk_world_apply(world);
	assert_event(world, "usw-2026", " -> insufficient_data (new_value, too_few_values) 1");

	desk_world_set_time(world, DESK_WORLD_NOW + INT64_C(219) * DAY_S);
	desk_world_apply(world);
	assert_event(world, "usw-2026", " -> insufficient_data (new_value, too_few_values) 1");
	desk_world_asserts(world, "SELECT count(DISTINCT day) FROM assessment", "1");

	desk_world_set_time(world, DESK_WORLD_NOW + INT64_C(220) * DAY_S);
	desk_world_apply(world);
	assert_event(world, "usw-2026",
		     "insufficient_data -> no_data (time_passed, period_not_reported) 1");
}

static void a_second_time_there_is_nothing_to_do(void **state)
{
	struct desk_world *world = *state;
	struct apply_counts counts = {0};
	bool more = true;
	(void)desk_world_record(world, "2021", "88", "gso", "2022-03");
	desk_world_must(world, apply_all(&world->intake.apply, &counts, &world->err));
	assert_int_equal(counts.series, 1);
	assert_int_equal(counts.events, 3);
	counts = (struct apply_counts){0};
	desk_world_must(world, apply_step(&world->intake.apply, 0, &more, &counts, &world->err));
	assert_false(more);
	assert_int_equal(counts.series + counts.assessments + counts.events, 0);
}

/* -- the same, in slices and across restarts */

static void record_at(struct desk_world *world, const char *indicator, const char *area,
		      const char *period, const char *value)
{
	struct figure_result result;
	const struct figure figure = {indicator, "",   area, period, value, "",	  "",	"gso",
				      "2022",	 NULL, NULL, NULL,   NULL,  NULL, false};
	desk_world_must(world, figure_record(&world->intake, &figure, &result, &world->err));
}

static void record_several(struct desk_world *world)
{
	record_at(world, "usw", "VN", "2019", "84");
	record_at(world, "usw", "P1", "2020", "79");
	record_at(world, "pm25", "VN", "2020-01", "31");
	record_at(world, "forest", "VN", "2020", "14000");
	record_at(world, "usw", "VN", "2021", "88");
	record_at(world, "usw", "VN", "2020", "86");
}

/* 2019 by another publisher too, who comes first from now on. */
static void record_rival(struct desk_world *world)
{
	(void)desk_world_record(world, "2019", "92", "monre", "2022");
}

static void prefer_rival(struct desk_world *world)
{
	desk_world_write(world, "catalogue/indicators.csv",
			 "id,name,unit,direction,frequency,release_lag_days,basis,stand_in_months,"
			 "preference\n"
			 "usw,Urban waste,%,up,year,180,mean,9,monre;gso\n"
			 "pm25,Fine dust,µg/m3,down,month,30,mean,0,\n"
			 "forest,Forest,ha,up,year,60,end,0,\n");
	desk_world_reload(world, DESK_WORLD_NOW);
}

/* Everything that is derived, and the states with their causes. */
static void dump(const struct desk_world *world, char ret[4][256])
{
	static const char *const questions[] = {
		"SELECT group_concat(series_id || ':' || from_day || ':' || seq || stand_in, ' ') "
		"FROM "
		"standing",
		"SELECT group_concat(target_id || area_id || state || ifnull(gap, '-') || "
		"ifnull(seq, 0) || used_count, ' ') FROM assessment",
		"SELECT group_concat(text, ' ') FROM (SELECT target_id || new_state || cause AS "
		"text "
		"FROM event ORDER BY target_id, area_id, event_id)",
		"SELECT group_concat(series_id || ':' || seq, ' ') FROM rrd_dirty",
	};
	for (size_t i = 0; i < COUNT_OF(questions); i++)
		desk_world_ask(world, questions[i], ret[i]);
}

static void assert_same(const struct desk_world *a, const struct desk_world *b)
{
	char said_a[4][256];
	char said_b[4][256];
	dump(a, said_a);
	dump(b, said_b);
	for (size_t i = 0; i < COUNT_OF(said_a); i++)
		assert_string_equal(said_a[i], said_b[i]);
	assert_string_not_equal(said_a[0], "");
}

/* As after a crash between any two slices; returns how many it took. */
static int apply_in_steps(struct desk_world *world)
{
	int steps = 0;
	for (bool more = true; more && steps < STEPS_MAX; steps++) {
		desk_world_must(world,
				apply_step(&world->intake.apply, 1, &more, NULL, &world->err));
		desk_world_reopen(world);
	}
	return steps;
}

static void slices_across_restarts_come_to_the_same(void **state)
{
	struct desk_world *world = *state;
	void *other_state = NULL;
	assert_int_equal(desk_world_set_up(&other_state), 0);
	struct desk_world *other = other_state;
	record_several(world);
	record_several(other);
	desk_world_apply(other);
	/* Four series have rows; then come the verdicts of two series: six slices of one, and one
	 * more to see that nothing is left. */
	assert_in_range(apply_in_steps(world), 6, 8);
	assert_same(world, other);
	desk_world_tear_down(&other_state);
}

static void a_catalogue_that_changes_in_the_middle_is_applied_to_everything(void **state)
{
	struct desk_world *world = *state;
	void *other_state = NULL;
	bool more = false;
	assert_int_equal(desk_world_set_up(&other_state), 0);
	struct desk_world *other = other_state;
	record_several(world);
	record_several(other);
	record_rival(world);
	record_rival(other);
	/* two of four series under the old preference of publishers */
	for (int i = 0; i < 2; i++)
		desk_world_must(world,
				apply_step(&world->intake.apply, 1, &more, NULL, &world->err));
	desk_world_write(world, "catalogue/targets.csv", targets_of_2026);
	desk_world_write(other, "catalogue/targets.csv", targets_of_2026);
	prefer_rival(world);
	prefer_rival(other);
	desk_world_apply(other);
	assert_in_range(apply_in_steps(world), 1, STEPS_MAX - 1);
	desk_world_asserts(world, "SELECT group_concat(target_id) FROM assessment",
			   "usw-2021,usw-2026");
	desk_world_asserts(
		world,
		"SELECT count(*) FROM standing JOIN observation USING (seq) WHERE source_id = "
		"'monre'",
		"1");
	char said[4][256];
	char wanted[4][256];
	dump(world, said);
	dump(other, wanted);
	assert_string_equal(said[0], wanted[0]);
	assert_string_equal(said[1], wanted[1]);
	desk_world_tear_down(&other_state);
}

static void a_day_that_passes_in_the_middle_is_the_day_of_all_verdicts(void **state)
{
	struct desk_world *world = *state;
	bool more = true;
	record_several(world);
	desk_world_apply(world);
	desk_world_set_time(world, DESK_WORLD_NOW + DAY_S);
	desk_world_must(world, apply_step(&world->intake.apply, 1, &more, NULL, &world->err));
	assert_true(more);
	desk_world_set_time(world, DESK_WORLD_NOW + 2 * DAY_S);
	for (int steps = 0; more && steps < STEPS_MAX; steps++)
		desk_world_must(world,
				apply_step(&world->intake.apply, 1, &more, NULL, &world->err));
	assert_false(more);
	/* 2026-11-24 is day 20781: 2026-11-22 12:00 is 1795348800 s = 20779.5 days */
	desk_world_asserts(world, "SELECT min(day) || ' ' || max(day) FROM assessment",
			   "20781 20781");
}

/* -- rebuild and verify */

static size_t verify(struct desk_world *world)
{
	AUTO_PROBLEMS struct problems findings = {0};
	desk_world_must(world, apply_verify(&world->intake.apply, &findings, &world->err));
	return findings.errors;
}

/* The only finding. */
static void assert_finding(struct desk_world *world, const char *text)
{
	AUTO_PROBLEMS struct problems findings = {0};
	desk_world_must(world, apply_verify(&world->intake.apply, &findings, &world->err));
	assert_int_equal(findings.errors, 1);
	assert_string_equal(findings.items[0].text, text);
}

/* Of four series and three targets: a row of P1, which has one; then one of VN, which has two; one
 * that no target is about; and nothing. */
static void only_what_has_a_new_row_is_judged_again(void **state)
{
	static const struct {
		const char *indicator, *area;
		size_t series, assessments;
	} cases[] = {{"usw", "P1", 1, 1}, {"usw", "VN", 1, 2}, {"forest", "VN", 1, 0}};
	struct desk_world *world = *state;
	record_several(world);
	desk_world_apply(world);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct apply_counts counts = {0};
		record_at(world, cases[i].indicator, cases[i].area, "2018", "70");
		desk_world_must(world, apply_all(&world->intake.apply, &counts, &world->err));
		assert_int_equal(counts.series, cases[i].series);
		assert_int_equal(counts.assessments, cases[i].assessments);
	}
	struct apply_counts counts = {0};
	desk_world_must(world, apply_all(&world->intake.apply, &counts, &world->err));
	assert_int_equal(counts.series + counts.assessments, 0);
}

static void what_was_applied_agrees_with_the_log(void **state)
{
	struct desk_world *world = *state;
	assert_int_equal(verify(world), 0);
	record_several(world);
	assert_int_equal(verify(world), 0);
	desk_world_apply(world);
	assert_int_equal(verify(world), 0);
}

static void verify_finds_each_planted_difference_and_rebuild_repairs_it(void **state)
{
	static const struct {
		const char *damage, *finding;
	} cases[] = {
		{"UPDATE assessment SET state = 'on_track' WHERE target_id = 'usw-2021'",
		 "the assessment of target usw-2021 in VN (on_track) differs from what the log "
		 "says "
		 "(met); run 'envgap rebuild'"},
		{"UPDATE assessment SET gap = gap + 1e-6 WHERE target_id = 'usw-2030'",
		 "the assessment of target usw-2030 in VN (insufficient_data) differs from what "
		 "the "
		 "log says (insufficient_data); run 'envgap rebuild'"},
		{"DELETE FROM assessment WHERE target_id = 'usw-p1'",
		 "target usw-p1 in P1 has no assessment; run 'envgap rebuild'"},
		{"DELETE FROM standing WHERE seq = 6",
		 "standing values of usw VN differ from what the log says; run 'envgap rebuild'"},
		{"UPDATE standing SET stand_in = 1 WHERE seq = 2",
		 "standing values of usw P1 differ from what the log says; run 'envgap rebuild'"},
	};
	struct desk_world *world = *state;
	struct apply_counts counts = {0};
	char events[256];
	record_several(world);
	desk_world_apply(world);
	desk_world_ask(world, "SELECT count(*) FROM event", events);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		desk_world_damage(world, cases[i].damage);
		assert_finding(world, cases[i].finding);
		assert_finding(world, cases[i].finding); /* it repairs nothing */
		counts = (struct apply_counts){0};
		desk_world_must(world, apply_rebuild(&world->intake.apply, &counts, &world->err));
		assert_int_equal(counts.series, 4);
		assert_int_equal(counts.assessments, 3);
		assert_int_equal(counts.events, 0);
		assert_int_equal(verify(world), 0);
	}
	desk_world_asserts(world, "SELECT count(*) FROM event", events);
	desk_world_asserts(world, "SELECT count(*) FROM rrd_dirty", "4");
}

static void a_rebuild_leaves_nothing_to_do_and_tells_no_event_later(void **state)
{
	struct desk_world *world = *state;
	char events[256];
	bool more = true;
	record_several(world);
	desk_world_apply(world);
	desk_world_ask(world, "SELECT count(*) FROM event", events);
	desk_world_must(world, apply_rebuild(&world->intake.apply, NULL, &world->err));
	desk_world_must(world, apply_step(&world->intake.apply, 0, &more, NULL, &world->err));
	assert_false(more);
	desk_world_asserts(world, "SELECT count(*) FROM event", events);
}

static void a_catalogue_that_was_not_applied_yet_is_no_difference_but_said(void **state)
{
	struct desk_world *world = *state;
	AUTO_PROBLEMS struct problems findings = {0};
	record_several(world);
	record_rival(world);
	desk_world_apply(world);
	desk_world_write(world, "catalogue/targets.csv", targets_of_2026);
	prefer_rival(world);
	desk_world_must(world, apply_verify(&world->intake.apply, &findings, &world->err));
	assert_int_equal(findings.errors, 0);
	assert_int_equal(findings.warnings, 1);
	desk_world_apply(world);
	assert_int_equal(verify(world), 0);
}

static void the_same_files_are_no_new_catalogue(void **state)
{
	struct desk_world *world = *state;
	desk_world_asserts(world, "SELECT count(*) FROM load WHERE kind = 'catalogue'", "1");
	desk_world_reopen(world);
	desk_world_reload(world, DESK_WORLD_NOW);
	desk_world_asserts(world, "SELECT count(*) FROM load WHERE kind = 'catalogue'", "1");
	desk_world_write(world, "catalogue/sources.csv", "id,name\ngso,Statistics\nmonre,Other\n");
	desk_world_reload(world, DESK_WORLD_NOW);
	desk_world_asserts(world, "SELECT count(*) FROM load WHERE kind = 'catalogue'", "2");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_DESK(a_target_without_a_value_is_judged_when_it_comes_into_force),
		WITH_DESK(an_event_says_what_changed_the_state),
		WITH_DESK(a_value_that_leaves_the_state_as_it_is_makes_no_event),
		WITH_DESK(another_target_value_changes_the_state),
		WITH_DESK(a_day_that_passes_changes_the_state),
		WITH_DESK(a_second_time_there_is_nothing_to_do),
		WITH_DESK(slices_across_restarts_come_to_the_same),
		WITH_DESK(a_catalogue_that_changes_in_the_middle_is_applied_to_everything),
		WITH_DESK(a_day_that_passes_in_the_middle_is_the_day_of_all_verdicts),
		WITH_DESK(only_what_has_a_new_row_is_judged_again),
		WITH_DESK(what_was_applied_agrees_with_the_log),
		WITH_DESK(verify_finds_each_planted_difference_and_rebuild_repairs_it),
		WITH_DESK(a_rebuild_leaves_nothing_to_do_and_tells_no_event_later),
		WITH_DESK(a_catalogue_that_was_not_applied_yet_is_no_difference_but_said),
		WITH_DESK(the_same_files_are_no_new_catalogue),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
