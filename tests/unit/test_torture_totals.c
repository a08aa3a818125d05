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
#include "query/year_report_page.h"
#include "tests/unit/query_world.h"
#include "tests/unit/torture.h"

enum { RUNS_MAX = 400, ANSWER_BYTES = 1 << 20 };

static bool render(const struct report *report, struct error *err)
{
	static const enum report_format formats[] = {REPORT_TABLE, REPORT_JSON, REPORT_CSV};
	const struct report_look look = {.width = 80};
	for (size_t i = 0; i < COUNT_OF(formats); i++) {
		AUTO_TEXT struct text out = text_with_limit(ANSWER_BYTES);
		if (!report_render(report, formats[i], &look, &out, err) || out.len == 0)
			return false;
	}
	return true;
}

/* Of members, of what went into members, refused, weighted, and counted. */
static bool ask_totals(void *self, struct error *err)
{
	static const struct query_written wanted[] = {
		{"ip", "R1", NULL, "2023"},    {"ip", "R2", NULL, "2023"},
		{"ip", "R2", NULL, "2024"},    {"usw", "R1", NULL, "2023"},
		{"reach", "R1", NULL, NULL},   {"usw", "R2", NULL, "2023"},
		{"reach", "R2", NULL, "2023"},
	};
	const struct query_world *world = self;
	for (size_t i = 0; i < COUNT_OF(wanted); i++) {
		AUTO_REPORT struct report *report = NULL;
		struct query_series series;
		if (!query_find_series(&world->query, &wanted[i], &series, err) ||
		    !query_totals(&world->query, &series, wanted[i].period, &report, err) ||
		    !render(report, err))
			return false;
	}
	return true;
}

static bool ask_areas(void *self, struct error *err)
{
	static const char *const wanted[] = {NULL, "80", "dong nai", "R2"};
	const struct query_world *world = self;
	for (size_t i = 0; i < COUNT_OF(wanted); i++) {
		AUTO_REPORT struct report *report = NULL;
		if (!query_areas(&world->query, wanted[i], &report, err) || !render(report, err))
			return false;
	}
	return true;
}

static bool ask_show(void *self, struct error *err)
{
	const struct query_world *world = self;
	AUTO_REPORT struct report *report = NULL;
	const struct query_written wanted = {"ip", "R2", NULL, NULL};
	struct query_series series;
	return query_find_series(&world->query, &wanted, &series, err) &&
	       query_show(&world->query, &series, true, &report, err) && render(report, err);
}

static bool ask_status(void *self, struct error *err)
{
	const struct query_world *world = self;
	AUTO_REPORT struct report *report = NULL;
	const struct query_filter filter = {.all = true};
	return query_status(&world->query, &filter, &report, err) && render(report, err);
}

static bool print_page(const struct year_report *year, enum page_format format, struct error *err)
{
	AUTO_TEXT struct text out = text_with_limit(ANSWER_BYTES);
	return year_report_page(year, format, "en", &out, err) && text_ok(&out, "the page", err) &&
	       out.len > 0;
}

static bool report_year(const struct query_world *world, const char *area, int year,
			struct error *err)
{
	AUTO_YEAR_REPORT struct year_report report = {0};
	AUTO_REPORT struct report *table = NULL;
	const struct year_question question = {.area = area, .year = year};
	return year_report_read(&world->query, &question, &report, err) &&
	       print_page(&report, PAGE_HTML, err) && print_page(&report, PAGE_MARKDOWN, err) &&
	       year_report_table(&report, REPORT_JSON, &table, err) && render(table, err);
}

static bool report_region(void *self, struct error *err)
{
	return report_year(self, "R1", 2023, err);
}

static bool report_country(void *self, struct error *err)
{
	return report_year(self, "VN", 2021, err);
}

static bool remind(void *self, struct error *err)
{
	const struct query_world *world = self;
	const struct duties_question all = {.due_before = DAY_NONE};
	AUTO_REPORT struct report *report = NULL;
	AUTO_TEXT struct text line = text_with_limit(ANSWER_BYTES);
	enum check_status status;
	return query_duties_reminders(&world->query, &all, &report, err) && render(report, err) &&
	       query_duties_check(&world->query, &all, &line, &status, err) &&
	       text_ok(&line, "the line", err) && line.len > 0;
}

static void torture_question(struct query_world *world, const char *what,
			     bool (*run)(void *self, struct error *err), enum torture_whose whose)
{
	torture(&(struct torture){.what = what,
				  .whose = whose,
				  .run = run,
				  .self = world,
				  .copes = whose == TORTURE_LIBRARIES,
				  .runs_max = RUNS_MAX});
}

static void ask_all(enum torture_whose whose)
{
	struct query_world totals, duties;
	query_world_open_from(&totals, "tests/totals");
	torture_question(&totals, "totals", ask_totals, whose);
	torture_question(&totals, "areas", ask_areas, whose);
	torture_question(&totals, "show", ask_show, whose);
	torture_question(&totals, "status", ask_status, whose);
	torture_question(&totals, "report on totals", report_region, whose);
	query_world_close(&totals);
	query_world_open(&duties);
	torture_question(&duties, "report", report_country, whose);
	torture_question(&duties, "reminders", remind, whose);
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

static int prepare(void **state)
{
	(void)state;
	torture_prepare();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(our_memory),
		cmocka_unit_test(memory_of_libraries),
		cmocka_unit_test(the_appliers_keep_totals_or_nothing),
	};
	return cmocka_run_group_tests(tests, prepare, NULL);
}
