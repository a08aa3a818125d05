/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "obs/area_lookup.h"

#include "apply/note.h"
#include "tests/unit/desk_world.h"

/* Code 02 of scheme gso was P2 until 2025-06-30 and is P3 since; "Harbour" moved with it. */
static void set_up_names(struct desk_world *world)
{
	desk_world_write(world, "catalogue/areas.csv",
			 "id,kind,name,name_vi,valid_from,valid_to\n"
			 "VN,country,Viet Nam,Việt Nam,,\n"
			 "P1,province,Hill,Đồi,,\n"
			 "P2,province,Harbour,Cảng,,2025-07-01\n"
			 "P3,province,Harbour,Cảng,2025-07-01,\n"
			 "P4,province,River,Harbour West,,\n");
	desk_world_write(world, "catalogue/area_codes.csv",
			 "area,scheme,code,valid_from,valid_to\n"
			 "P1,gso,01,,\nP2,gso,02,,2025-07-01\nP3,gso,02,2025-07-01,\n"
			 "P4,iso,01,,\nP4,name,Old River,,2020-01-01\n");
	desk_world_reload(world, DESK_WORLD_NOW);
}

static const struct {
	const char *why, *written, *period, *found; /* found: an id, or how it is refused */
} cases[] = {
	{"an id needs no time", "P2", "2026", "P2"},
	{"a code before it changed", "02", "2024", "P2"},
	{"and after", "02", "2026", "P3"},
	{"without the zeros in front", "2", "2026", "P3"},
	{"the last day before", "02", "2025-06-30", "P2"},
	{"the first day after", "02", "2025-07-01", "P3"},
	{"the half before", "02", "2025-S1", "P2"},
	{"a year in which it changed", "02", "2025",
	 "'02' is carried by more than one area in 2025: P2 (until 2025-06-30), P3 (from "
	 "2025-07-01); write the id of the one that is meant"},
	{"a name before", "Harbour", "2024", "P2"},
	{"a name after, folded", "hàrBOUR", "2026", "P3"},
	{"the other name", "cang", "2024", "P2"},
	{"a code in two schemes", "01", "2024",
	 "'01' is carried by more than one area in 2024: P1, P4; write the id of the one that is "
	 "meant"},
	{"its scheme said", "gso:01", "2024", "P1"},
	{"the other scheme", "iso:01", "2024", "P4"},
	{"an old name in its time", "old river", "2019", "P4"},
	{"an old name later", "Old River", "2021",
	 "no area carries 'Old River' in 2021; at another time it is that of P4: write the id that "
	 "is meant"},
	{"nobody", "Atlantis", "2021", "area 'Atlantis' is not in the catalogue"},
	{"no such scheme", "xyz:01", "2021", "area 'xyz:01' is not in the catalogue"},
	{"nothing", "", "2021", "area '' is not in the catalogue"},
};

static void codes_and_names_are_looked_up_with_the_period(void **state)
{
	struct desk_world *world = *state;
	set_up_names(world);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct error err = {0};
		struct period period;
		const struct area *area = NULL;
		assert_true(period_parse(span_of(cases[i].period), &period, NULL));
		bool done = area_lookup(world->desk.setup->catalogue, span_of(cases[i].written),
					period, &area, &err);
		const char *got = done ? area->id : err.text;
		if (strcmp(got, cases[i].found) != 0)
			print_error("%s: %s\n", cases[i].why, got);
		assert_string_equal(got, cases[i].found);
	}
}

static void an_area_is_called_what_it_carries_then(void **state)
{
	struct desk_world *world = *state;
	set_up_names(world);
	const struct catalogue *catalogue = world->desk.setup->catalogue;
	const struct area *area = catalogue_area(catalogue, span_of("P2"));
	struct period before, after;
	bool is_called = false;
	assert_true(period_parse(span_of("2024"), &before, NULL));
	assert_true(period_parse(span_of("2026"), &after, NULL));
	assert_true(area_is_called(catalogue, area, span_of("2"), before, &is_called, NULL));
	assert_true(is_called);
	assert_true(area_is_called(catalogue, area, span_of("2"), after, &is_called, NULL));
	assert_false(is_called);
	assert_true(area_is_called(catalogue, area, span_of("P2"), after, &is_called, NULL));
	assert_true(is_called);
}

static struct figure_result record(struct desk_world *world, const char *area, const char *period)
{
	const struct figure figure = {
		.indicator = "usw", .area = area, .period = period, .value = "80", .source = "gso"};
	struct figure_result result = {0};
	desk_world_must(world, figure_record(&world->intake, &figure, &result, &world->err));
	return result;
}

static void a_figure_goes_to_the_area_that_carried_the_code_then(void **state)
{
	struct desk_world *world = *state;
	set_up_names(world);
	assert_string_equal(record(world, "02", "2024").area->id, "P2");
	assert_string_equal(record(world, "Harbour", "2025-S2").area->id, "P3");
	desk_world_asserts(world,
			   "SELECT group_concat(area_id, ' ') FROM (SELECT area_id FROM "
			   "observation JOIN series USING (series_id) ORDER BY seq)",
			   "P2 P3");
}

static void a_note_about_a_year_is_about_who_carried_the_name_then(void **state)
{
	struct desk_world *world = *state;
	AUTO_TEXT struct text out = text_with_limit(1000);
	struct note_said said = {
		.what = "usw", .area = "Harbour", .year = "2024", .cause = "storm"};
	set_up_names(world);
	desk_world_must(world, apply_note(&world->intake.apply, &said, &out, &world->err));
	assert_string_equal(out.data, "usw P2, 2024: noted\n");
	text_clear(&out);
	said.year = NULL; /* today */
	desk_world_must(world, apply_note(&world->intake.apply, &said, &out, &world->err));
	assert_string_equal(out.data, "usw P3: noted\n");
	said.year = "2025";
	desk_world_refuses(
		world, apply_note(&world->intake.apply, &said, &out, &world->err), ERROR_REFUSED,
		"'Harbour' is carried by more than one area in 2025: P2 (until 2025-06-30), P3 "
		"(from 2025-07-01); write the id of the one that is meant");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_DESK(codes_and_names_are_looked_up_with_the_period),
		WITH_DESK(an_area_is_called_what_it_carries_then),
		WITH_DESK(a_figure_goes_to_the_area_that_carried_the_code_then),
		WITH_DESK(a_note_about_a_year_is_about_who_carried_the_name_then),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
