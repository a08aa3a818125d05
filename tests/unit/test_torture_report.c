/* SPDX-License-Identifier: GPL-3.0-or-later */
/* timeout: 240 s */
#include "tests/unit/unit.h"

#include "query/year_report_page.h"
#include "tests/unit/torture_query.h"

enum { RUNS_MAX = 400 };

/* As a page, as text, and as tables. */
static bool report_year(const struct query_world *world, const struct year_question *question,
			struct text *out, struct error *err)
{
	AUTO_YEAR_REPORT struct year_report year = {0};
	AUTO_REPORT struct report *table = NULL;
	return year_report_read(&world->query, question, &year, err) &&
	       year_report_page(&year, PAGE_HTML, "en", out, err) &&
	       year_report_page(&year, PAGE_MARKDOWN, "vi", out, err) &&
	       year_report_table(&year, REPORT_CSV, &table, err) && torture_render(table, out, err);
}

static bool report_region(const struct query_world *world, struct text *out, struct error *err)
{
	return report_year(world, &(struct year_question){"R1", 2023, NULL}, out, err);
}

/* With the figures of what went into its members. */
static bool report_redrawn(const struct query_world *world, struct text *out, struct error *err)
{
	return report_year(world, &(struct year_question){"R2", 2025, NULL}, out, err);
}

static bool report_group(const struct query_world *world, struct text *out, struct error *err)
{
	return report_year(world, &(struct year_question){"VN", 2024, NULL}, out, err);
}

static bool report_country(const struct query_world *world, struct text *out, struct error *err)
{
	return report_year(world, &(struct year_question){"VN", 2021, NULL}, out, err);
}

static bool report_last_year(const struct query_world *world, struct text *out, struct error *err)
{
	return report_year(world, &(struct year_question){"VN", 2025, NULL}, out, err);
}

static const struct torture_question of_totals[] = {
	{"report on a region", report_region},
	{"report on a redrawn region", report_redrawn},
	{"report on all members", report_group},
};

static const struct torture_question of_duties[] = {
	{"report with estimates", report_country},
	{"report with duties", report_last_year},
};

static void report_all(enum torture_whose whose)
{
	struct query_world totals, duties;
	query_world_open_from(&totals, "tests/totals");
	torture_questions(&totals, of_totals, COUNT_OF(of_totals), whose, RUNS_MAX);
	query_world_close(&totals);
	query_world_open(&duties);
	query_world_speak_otherwise(&duties);
	torture_questions(&duties, of_duties, COUNT_OF(of_duties), whose, RUNS_MAX);
	query_world_close(&duties);
}

static void a_report_is_whole_or_fails_for_want_of_our_memory(void **state)
{
	(void)state;
	report_all(TORTURE_OURS);
}

static void a_report_is_whole_or_fails_for_want_of_memory_of_libraries(void **state)
{
	(void)state;
	report_all(TORTURE_LIBRARIES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_report_is_whole_or_fails_for_want_of_our_memory),
		cmocka_unit_test(a_report_is_whole_or_fails_for_want_of_memory_of_libraries),
	};
	return cmocka_run_group_tests(tests, torture_set_up, NULL);
}
