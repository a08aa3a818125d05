/* SPDX-License-Identifier: GPL-3.0-or-later */
/* timeout: 240 s */
#include "tests/unit/unit.h"

#include "apply/apply.h"
#include "intake/desk.h"
#include "query/areas.h"
#include "query/duties.h"
#include "query/show.h"
#include "query/status.h"
#include "query/totals.h"
#include "tests/unit/torture_query.h"

enum { RUNS_MAX = 400 };

/* Of members, of what went into members, refused, weighted, and counted. */
static bool ask_totals(const struct query_world *world, struct text *out, struct error *err)
{
	static const struct query_written wanted[] = {
		{"ip", "R1", NULL, "2023"},    {"ip", "R2", NULL, "2023"},
		{"ip", "R2", NULL, "2024"},    {"usw", "R1", NULL, "2023"},
		{"reach", "R1", NULL, NULL},   {"usw", "R2", NULL, "2023"},
		{"reach", "R2", NULL, "2023"},
	};
	for (size_t i = 0; i < COUNT_OF(wanted); i++) {
		AUTO_REPORT struct report *report = NULL;
		struct query_series series;
		if (!query_find_series(&world->query, &wanted[i], &series, err) ||
		    !query_totals(&world->query, &series, wanted[i].period, &report, err) ||
		    !torture_render(report, out, err))
			return false;
	}
	return true;
}

static bool ask_areas(const struct query_world *world, struct text *out, struct error *err)
{
	static const char *const wanted[] = {NULL, "80", "dong nai", "R2"};
	for (size_t i = 0; i < COUNT_OF(wanted); i++) {
		AUTO_REPORT struct report *report = NULL;
		if (!query_areas(&world->query, wanted[i], &report, err) ||
		    !torture_render(report, out, err))
			return false;
	}
	return true;
}

static bool ask_show(const struct query_world *world, struct text *out, struct error *err)
{
	AUTO_REPORT struct report *report = NULL;
	const struct query_written wanted = {"ip", "R2", NULL, NULL};
	struct query_series series;
	return query_find_series(&world->query, &wanted, &series, err) &&
	       query_show(&world->query, &series, true, &report, err) &&
	       torture_render(report, out, err);
}

static bool ask_status(const struct query_world *world, struct text *out, struct error *err)
{
	AUTO_REPORT struct report *report = NULL;
	const struct query_filter filter = {.all = true};
	return query_status(&world->query, &filter, &report, err) &&
	       torture_render(report, out, err);
}

static bool remind(const struct query_world *world, struct text *out, struct error *err)
{
	const struct duties_question all = {.due_before = DAY_NONE};
	AUTO_REPORT struct report *report = NULL;
	enum check_status status;
	return query_duties_reminders(&world->query, &all, &report, err) &&
	       torture_render(report, out, err) &&
	       query_duties_check(&world->query, &all, out, &status, err);
}

static const struct torture_question of_totals[] = {
	{"totals", ask_totals},
	{"areas", ask_areas},
	{"show", ask_show},
	{"status", ask_status},
};

static const struct torture_question of_duties[] = {{"reminders", remind}};

static void ask_all(enum torture_whose whose)
{
	struct query_world totals, duties;
	query_world_open_from(&totals, "tests/totals");
	torture_questions(&totals, of_totals, COUNT_OF(of_totals), whose, RUNS_MAX);
	query_world_close(&totals);
	query_world_open(&duties);
	torture_questions(&duties, of_duties, COUNT_OF(of_duties), whose, RUNS_MAX);
	query_world_close(&duties);
}

static void our_memory(void **state)
{
	(void)state;
	ask_all(TORTURE_OURS);
}

static void memory_of_libraries(void **state)
{
	(void)state;
	ask_all(TORTURE_LIBRARIES);
}

/* A writer beside the reader. */
struct work {
	struct desk desk;
	int64_t now;
};

static bool rebuild(void *self, struct error *err)
{
	struct work *work = self;
	const struct intake intake = desk_intake(&work->desk, work->now, "tester");
	struct apply_counts counts = {0};
	return apply_rebuild(&intake.apply, &counts, err) && counts.assessments > 0;
}

static bool verify(void *self, struct error *err)
{
	struct work *work = self;
	const struct intake intake = desk_intake(&work->desk, work->now, "tester");
	AUTO_PROBLEMS struct problems findings = {0};
	return apply_verify(&intake.apply, &findings, err) && problems_ok(&findings, err);
}

/* Another day, so that everything is judged again. */
static bool apply_next_day(void *self, struct error *err)
{
	enum { DAY_S = 86400 };
	struct work *work = self;
	const struct intake intake = desk_intake(&work->desk, work->now + DAY_S, "tester");
	if (!apply_all(&intake.apply, NULL, err))
		return false;
	work->now += DAY_S;
	return true;
}

static void the_appliers_keep_totals_or_nothing(void **state)
{
	static const struct {
		const char *what;
		bool (*run)(void *self, struct error *err);
	} scenes[] = {{"rebuild", rebuild}, {"verify", verify}, {"next day", apply_next_day}};
	struct query_world world;
	struct work work = {0};
	struct error err = {0};
	AUTO_PROBLEMS struct problems problems = {0};
	(void)state;
	query_world_open_from(&world, "tests/totals");
	work.now = world.query.now;
	if (!desk_open(world.path, work.now, "tester", &work.desk, &problems, &err))
		fail_msg("%s", err.text);
	for (size_t i = 0; i < COUNT_OF(scenes); i++)
		torture(&(struct torture){.what = scenes[i].what,
					  .whose = TORTURE_OURS,
					  .run = scenes[i].run,
					  .self = &work,
					  .runs_max = RUNS_MAX});
	assert_true(verify(&work, &err));
	desk_close(&work.desk);
	query_world_close(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(our_memory),
		cmocka_unit_test(memory_of_libraries),
		cmocka_unit_test(the_appliers_keep_totals_or_nothing),
	};
	return cmocka_run_group_tests(tests, torture_set_up, NULL);
}
