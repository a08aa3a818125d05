/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/read_file.h"
#include "config/catalogue_load.h"
#include "obs/area.h"
#include "obs/target.h"

/* The catalogues that come with the program: conf/catalogue. */

enum { FILE_MAX_BYTES = 1 << 20, COLUMNS_MAX = 40, HEADING_BYTES = 64 };

static const char *path_of(const char *name, char ret[512])
{
	const char *root = getenv("SRC");
	(void)snprintf(ret, 512, "%s/conf/%s", root != NULL ? root : ".", name);
	return ret;
}

struct world {
	struct catalogue *catalogue;
	struct config_files files;
	struct problems problems;
};

static struct catalogue *load(struct world *world, const char *directory)
{
	char path[512];
	char more[512];
	unsigned partial = 99;
	struct error err = {0};
	char *more_items[] = {more};
	const struct key_texts others = {.items = more_items, .count = 1};
	const struct catalogue_place place = {path_of(directory, path), &others};
	(void)path_of("feeds.d/catalogue", more);
	*world = (struct world){0};
	assert_true(catalogue_load(&place, &world->files, &world->catalogue, &partial,
				   &world->problems, &err));
	assert_int_equal(partial, 0);
	assert_int_equal(world->problems.errors, 0);
	return world->catalogue;
}

static void drop(struct world *world)
{
	catalogue_free(&world->catalogue);
	config_files_done(&world->files);
	problems_done(&world->problems);
}

static int32_t day_of(const char *text)
{
	int32_t day = DAY_NONE;
	assert_true(day_parse(span_of(text), &day, NULL));
	return day;
}

static int count_of(const struct catalogue *catalogue, const char *kind, const char *day)
{
	int count = 0;
	for (size_t i = 0; i < catalogue->area_count; i++)
		count += strcmp(catalogue->areas[i].kind, kind) == 0 &&
			 area_is_valid(&catalogue->areas[i], day_of(day)) &&
			 catalogue_is_member(catalogue, catalogue->areas[i].id, "VN", day_of(day));
	return count;
}

/* 63 units; 23 of the 34 that follow were made by merging, 11 stayed as they were. */
static void provinces_and_regions_are_counted_on_each_day(void **state)
{
	static const struct {
		const char *day, *kind;
		int count;
		const char *why;
	} cases[] = {
		{"2024-12-31", "province", 63, "before Huế became a city"},
		{"2025-06-30", "province", 63, "the last day of the old map"},
		{"2025-07-01", "province", 34, "Resolution 202/2025/QH15"},
		{"2026-04-30", "province", 34, "Đồng Nai becomes a city"},
		{"2025-10-04", "region", 6, "the old regions"},
		{"2025-10-05", "region", 6, "Resolution 306/NQ-CP"},
	};
	struct world world;
	(void)state;
	const struct catalogue *catalogue = load(&world, "catalogue/vietnam");
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(count_of(catalogue, cases[i].kind, cases[i].day), cases[i].count);
	drop(&world);
}

static void twenty_three_units_were_merged_and_eleven_kept(void **state)
{
	struct world world;
	int merged = 0;
	int kept = 0;
	(void)state;
	const struct catalogue *catalogue = load(&world, "catalogue/vietnam");
	for (size_t i = 0; i < catalogue->area_count; i++) {
		const struct area *area = &catalogue->areas[i];
		if (strcmp(area->kind, "province") != 0 ||
		    !area_is_valid(area, day_of("2025-07-01")))
			continue;
		merged += area->valid_from == day_of("2025-07-01");
		kept += area_is_valid(area, day_of("2025-06-30"));
	}
	assert_int_equal(merged, 23);
	assert_int_equal(kept, 11);
	drop(&world);
}

/* Every province is in the country and in one region at most, on every day that changes something.
 */
static void every_province_is_in_the_country_on_every_day(void **state)
{
	static const char *const days[] = {"2024-12-31", "2025-01-01", "2025-06-30", "2025-07-01",
					   "2025-10-04", "2025-10-05", "2026-04-30"};
	struct world world;
	(void)state;
	const struct catalogue *catalogue = load(&world, "catalogue/vietnam");
	for (size_t d = 0; d < COUNT_OF(days); d++) {
		for (size_t i = 0; i < catalogue->area_count; i++) {
			const struct area *area = &catalogue->areas[i];
			if (strcmp(area->kind, "province") == 0 &&
			    area_is_valid(area, day_of(days[d])))
				assert_true(catalogue_is_member(catalogue, area->id, "VN",
								day_of(days[d])));
		}
	}
	drop(&world);
}

static void a_code_and_a_name_mean_another_province_after_the_merger(void **state)
{
	static const struct {
		const char *scheme, *code, *day, *area;
	} cases[] = {
		{"gso", "80", "2025-06-30", "P63:80"},
		{"gso", "80", "2025-07-01", "P34:80"},
		{"name_vi", "Tây Ninh", "2025-06-30", "P63:72"},
		{"name_vi", "Tây Ninh", "2025-07-01", "P34:80"},
		{"gso", "75", "2026-04-29", "P34:75"},
		{"gso", "75", "2026-04-30", "P34b:75"},
		{"name_vi", "Đông Nam Bộ", "2025-10-04", "R63:DNB"},
		{"name_vi", "Đông Nam Bộ", "2025-10-05", "R34:DNB"},
		{"name", "Hanoi", "2020-01-01", "P34:01"},
		{"name_vi", "Thanh Hoá", "2020-01-01", "P34:38"},
		{"iso", "VN-25", "2020-01-01", "P63:45"},
	};
	struct world world;
	(void)state;
	const struct catalogue *catalogue = load(&world, "catalogue/vietnam");
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct area *area = NULL;
		struct error err = {0};
		assert_true(catalogue_area_by_code(catalogue, cases[i].scheme,
						   span_of(cases[i].code), day_of(cases[i].day),
						   &area, &err));
		assert_string_equal(area->id, cases[i].area);
	}
	drop(&world);
}

static void the_targets_of_the_plans_are_there(void **state)
{
	static const struct {
		const char *id, *op;
		double value;
	} cases[] = {
		{"dnb-2030-ip", ">=", 100},	{"dnb-2030-usw", ">=", 95},
		{"dnb-2030-hw", ">=", 98},	{"na-2021-ip", "about", 91},
		{"na-2021-usw", ">", 87},	{"plan-2025-uwater", "range", 95},
		{"congress-2030-mpa", ">=", 6}, {"air-2030-phu-tho", "<=", -10},
		{"monre-2021-ip", "none", 0},	{"air-2030-hcmc", "better", 0},
	};
	struct world world;
	(void)state;
	const struct catalogue *catalogue = load(&world, "catalogue/vietnam");
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct target *target = catalogue_target(catalogue, span_of(cases[i].id));
		assert_non_null(target);
		assert_string_equal(target_op_code(target->op), cases[i].op);
		assert_float_equal(target->value, cases[i].value, 0);
	}
	drop(&world);
}

/* -- what every row of every table has ----------------------------------------------------- */

struct sheet {
	const char *name;
	const char *origin; /* the column that says where a row comes from */
	size_t count;
	size_t origin_at;	  /* from 1 */
	size_t pair[COLUMNS_MAX]; /* of a column X: that of X_vi, from 1; 0: none */
	char headings[COLUMNS_MAX][HEADING_BYTES];
	int rows;
};

static size_t find_heading(const struct sheet *sheet, const char *heading)
{
	for (size_t i = 0; i < sheet->count; i++)
		if (strcmp(sheet->headings[i], heading) == 0)
			return i + 1;
	return 0;
}

static void take_headings(struct sheet *sheet, const struct csv_row *row)
{
	assert_in_range(row->count, 1, COLUMNS_MAX);
	sheet->count = row->count;
	for (size_t i = 0; i < row->count; i++)
		(void)snprintf(sheet->headings[i], HEADING_BYTES, "%s", row->cells[i].start);
	for (size_t i = 0; i < row->count; i++) {
		char other[HEADING_BYTES + 4];
		(void)snprintf(other, sizeof other, "%s_vi", sheet->headings[i]);
		sheet->pair[i] = find_heading(sheet, other);
	}
	sheet->origin_at = find_heading(sheet, sheet->origin);
	assert_int_not_equal(sheet->origin_at, 0);
}

static bool take_row(void *self, const struct csv_row *row, struct error *err)
{
	struct sheet *sheet = self;
	(void)err;
	if (sheet->rows++ == 0) {
		take_headings(sheet, row);
		return true;
	}
	assert_int_equal(row->count, sheet->count);
	if (row->cells[sheet->origin_at - 1].len == 0)
		fail_msg("%s:%d has no source", sheet->name, row->line);
	for (size_t i = 0; i < row->count; i++)
		if (sheet->pair[i] != 0 &&
		    (row->cells[i].len == 0) != (row->cells[sheet->pair[i] - 1].len == 0))
			fail_msg("%s:%d: %s is in one language only", sheet->name, row->line,
				 sheet->headings[i]);
	return true;
}

static int read_sheet(const char *name, const char *origin)
{
	char path[512];
	size_t len = 0;
	AUTO_FREE char *bytes = NULL;
	struct error err = {0};
	struct sheet sheet = {.name = name, .origin = origin};
	const struct csv_dialect dialect = {.delimiter = ','};
	int fd = open(path_of(name, path), O_RDONLY | O_CLOEXEC);
	assert_in_range(fd, 0, 1024);
	assert_true(read_file(fd, FILE_MAX_BYTES, &bytes, &len, &err));
	assert_int_equal(close(fd), 0);
	assert_true(csv_read((struct span){bytes, len}, &dialect, take_row, &sheet, &err));
	return sheet.rows - 1;
}

static void every_row_says_where_it_comes_from_in_both_languages(void **state)
{
	static const struct {
		const char *name, *origin;
		int least;
	} sheets[] = {
		{"catalogue/vietnam/areas.csv", "#source", 101},
		{"catalogue/vietnam/area_codes.csv", "#source", 160},
		{"catalogue/vietnam/area_members.csv", "#source", 99},
		{"catalogue/vietnam/area_changes.csv", "source", 53},
		{"catalogue/vietnam/sources.csv", "#source", 16},
		{"catalogue/vietnam/indicators.csv", "#source", 40},
		{"catalogue/vietnam/acts.csv", "#source", 40},
		{"catalogue/vietnam/targets.csv", "place", 104},
		{"catalogue/vietnam/breaks.csv", "#source", 3},
		{"catalogue/vietnam/offices.csv", "source", 10},
		{"catalogue/vietnam/duties.csv", "source", 14},
		{"catalogue/vietnam/figures.csv", "place", 100},
		{"catalogue/sdg/areas.csv", "#source", 17},
		{"catalogue/sdg/area_codes.csv", "#source", 20},
		{"catalogue/sdg/area_members.csv", "#source", 19},
		{"catalogue/sdg/sources.csv", "#source", 1},
		{"catalogue/sdg/indicators.csv", "#source", 1},
		{"catalogue/sdg/acts.csv", "#source", 1},
		{"catalogue/sdg/targets.csv", "place", 7},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(sheets); i++)
		assert_true(read_sheet(sheets[i].name, sheets[i].origin) >= sheets[i].least);
}

static void everything_that_has_a_name_has_one_in_vietnamese(void **state)
{
	struct world world;
	(void)state;
	const struct catalogue *catalogue = load(&world, "catalogue/vietnam");
	for (size_t i = 0; i < catalogue->indicator_count; i++)
		assert_int_not_equal(catalogue->indicators[i].name_vi[0], '\0');
	for (size_t i = 0; i < catalogue->area_count; i++)
		assert_int_not_equal(catalogue->areas[i].name_vi[0], '\0');
	for (size_t i = 0; i < catalogue->source_count; i++)
		assert_int_not_equal(catalogue->sources[i].name_vi[0], '\0');
	for (size_t i = 0; i < catalogue->act_count; i++)
		assert_int_not_equal(catalogue->acts[i].title_vi[0], '\0');
	for (size_t i = 0; i < catalogue->office_count; i++)
		assert_int_not_equal(catalogue->offices[i].name_vi[0], '\0');
	for (size_t i = 0; i < catalogue->duty_count; i++)
		assert_int_not_equal(catalogue->duties[i].title_vi[0], '\0');
	drop(&world);
}

/* 11 countries of South-eastern Asia and 5 of Eastern Asia, each held against the 2030 Agenda. */
static void the_second_catalogue_has_nothing_of_one_country(void **state)
{
	struct world world;
	(void)state;
	const struct catalogue *catalogue = load(&world, "catalogue/sdg");
	int members = 0;
	for (size_t i = 0; i < catalogue->area_count; i++)
		members += catalogue_is_member(catalogue, catalogue->areas[i].id, "M49:001",
					       day_of("2026-01-01")) &&
			   strcmp(catalogue->areas[i].kind, "country") == 0;
	assert_int_equal(members, 16);
	const struct target *target = catalogue_target(catalogue, span_of("agenda-6-2-each"));
	assert_non_null(target);
	assert_string_equal(target->each_kind, "country");
	assert_int_equal(target->member_day, day_of("2015-09-25"));
	assert_int_equal(world.problems.count, 0);
	drop(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(provinces_and_regions_are_counted_on_each_day),
		cmocka_unit_test(twenty_three_units_were_merged_and_eleven_kept),
		cmocka_unit_test(every_province_is_in_the_country_on_every_day),
		cmocka_unit_test(a_code_and_a_name_mean_another_province_after_the_merger),
		cmocka_unit_test(the_targets_of_the_plans_are_there),
		cmocka_unit_test(every_row_says_where_it_comes_from_in_both_languages),
		cmocka_unit_test(everything_that_has_a_name_has_one_in_vietnamese),
		cmocka_unit_test(the_second_catalogue_has_nothing_of_one_country),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
