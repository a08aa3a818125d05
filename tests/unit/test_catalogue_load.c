/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/catalogue_load.h"
#include "obs/area.h"
#include "obs/target.h"

/* What tests/config/good/catalogue holds. */
struct fixture {
	struct catalogue *catalogue;
	struct config_files files;
	struct problems problems;
};

static int load_from(struct fixture *fixture, const char *directory)
{
	char path[512];
	unsigned partial = 99;
	struct error err = {0};
	const char *root = getenv("SRC");
	(void)snprintf(path, sizeof path, "%s/%s", root != NULL ? root : ".", directory);
	const struct key_texts none = {0};
	const struct catalogue_place place = {path, &none};
	if (!catalogue_load(&place, &fixture->files, &fixture->catalogue, &partial,
			    &fixture->problems, &err))
		return -1;
	return partial == 0 && fixture->problems.errors == 0 ? 0 : -1;
}

static void drop(struct fixture *fixture)
{
	catalogue_free(&fixture->catalogue);
	config_files_done(&fixture->files);
	problems_done(&fixture->problems);
}

static int load_good(void **state)
{
	struct fixture *fixture = calloc(1, sizeof *fixture);
	*state = fixture;
	return fixture == NULL ? -1 : load_from(fixture, "tests/config/good/catalogue");
}

static int drop_good(void **state)
{
	drop(*state);
	free(*state);
	return 0;
}

static int32_t day_of(const char *text)
{
	int32_t day = DAY_NONE;
	assert_true(day_parse(span_of(text), &day, NULL));
	return day;
}

static const char *area_by(const struct fixture *fixture, const char *scheme, const char *code,
			   const char *day)
{
	const struct area *area = NULL;
	struct error err = {0};
	if (!catalogue_area_by_code(fixture->catalogue, scheme, span_of(code), day_of(day), &area,
				    &err))
		return err.code == ERROR_NOT_FOUND ? "none" : "several";
	return area->id;
}

static void indicators_have_their_bounds_basis_and_preference(void **state)
{
	const struct fixture *fixture = *state;
	const struct indicator *usw = catalogue_indicator(fixture->catalogue, span_of("usw"));
	assert_non_null(usw);
	assert_string_equal(usw->definition, "share collected, and treated to standard");
	assert_string_equal(usw->unit, "%");
	assert_int_equal(usw->direction, DIRECTION_UP);
	assert_true(usw->has_low && usw->has_high && usw->low == 0 && usw->high == 100);
	assert_int_equal(usw->frequency, FREQUENCY_YEAR);
	assert_int_equal(usw->basis, BASIS_MEAN);
	assert_int_equal(usw->release_lag_days, 90);
	assert_int_equal(usw->stand_in_months, 9);
	assert_int_equal(usw->preference_count, 2);
	assert_string_equal(usw->preference[0], "stat");
	assert_string_equal(usw->preference[1], "env");
	const struct indicator *dust = catalogue_indicator(fixture->catalogue, span_of("pm25"));
	assert_int_equal(dust->direction, DIRECTION_DOWN);
	assert_true(dust->has_low && !dust->has_high);
	assert_int_equal(dust->decimals, -1);
}

static void a_code_belongs_to_the_area_that_had_it_on_the_day(void **state)
{
	const struct fixture *fixture = *state;
	/* 02 was River's until River went, and is Coast's since */
	assert_string_equal(area_by(fixture, "gso", "02", "2025-06-30"), "P2");
	assert_string_equal(area_by(fixture, "gso", "02", "2025-07-01"), "P3");
	assert_string_equal(area_by(fixture, "gso", "01", "2030-01-01"), "P1");
	assert_string_equal(area_by(fixture, "gso", "03", "2030-01-01"), "none");
}

static void names_are_codes_whatever_their_case_and_accents(void **state)
{
	const struct fixture *fixture = *state;
	assert_string_equal(area_by(fixture, "name", "viet NAM", "2020-01-01"), "VN");
	assert_string_equal(area_by(fixture, "name_vi", "doi", "2020-01-01"), "P1");
	assert_string_equal(area_by(fixture, "name_vi", "Đồi cao", "2020-01-01"), "P1");
	/* the two regions called South follow one another */
	assert_string_equal(area_by(fixture, "name", "South", "2025-06-30"), "R1");
	assert_string_equal(area_by(fixture, "name", "South", "2025-07-01"), "R2");
}

static void targets_carry_their_act_base_and_milestones_in_order(void **state)
{
	const struct fixture *fixture = *state;
	const struct target *target = catalogue_target(fixture->catalogue, span_of("usw-2030"));
	assert_non_null(target);
	assert_int_equal(target->op, TARGET_AT_LEAST);
	assert_true(target->has_value && target->value == 95);
	assert_int_equal(target->decimals, 1); /* printed as 95.0 */
	assert_true(target->has_base && target->base_value == 80.5);
	assert_int_equal(target_due(target), day_of("2030-12-31"));
	assert_string_equal(target->method, "weather");
	assert_string_equal(target->each_kind, "province");
	assert_int_equal(target->member_day, day_of("2024-02-01")); /* its act was adopted then */
	assert_int_equal(target->milestone_count, 2);
	assert_true(target->milestones[0].value == 88.5); /* 2025 before 2027 */
	assert_true(target->milestones[1].value == 91);
	const struct target *about = catalogue_target(fixture->catalogue, span_of("forest-about"));
	assert_true(about->has_tolerance && about->tolerance == 0.5);
	const struct target *cut = catalogue_target(fixture->catalogue, span_of("dust-cut"));
	assert_true(cut->relative);
	assert_string_equal(cut->breakdown, "station=all");
}

struct list {
	char ids[64];
};

static bool take_area(void *self, const struct area *area)
{
	struct list *list = self;
	size_t len = strlen(list->ids);
	(void)snprintf(list->ids + len, sizeof list->ids - len, "%s ", area->id);
	return true;
}

static void a_target_of_each_member_means_those_of_the_day_of_adoption(void **state)
{
	const struct fixture *fixture = *state;
	struct list list = {""};
	const struct target *target = catalogue_target(fixture->catalogue, span_of("usw-2030"));
	assert_true(catalogue_target_areas(fixture->catalogue, target, take_area, &list));
	assert_string_equal(list.ids, "P1 P2 "); /* R1 on 2024-02-01 */
}

static void acts_that_are_references_are_marked(void **state)
{
	const struct fixture *fixture = *state;
	assert_true(catalogue_act(fixture->catalogue, span_of("ref-2030"))->reference);
	assert_false(catalogue_act(fixture->catalogue, span_of("plan-2021"))->reference);
	assert_string_equal(catalogue_act(fixture->catalogue, span_of("plan-2030"))->superseded_by,
			    "plan-2030b");
}

static void breaks_separate_what_lies_before_and_after(void **state)
{
	const struct fixture *fixture = *state;
	int32_t before = day_of("2018-12-31");
	int32_t after = day_of("2019-12-31");
	assert_true(
		catalogue_breaks_between(fixture->catalogue, "usw", "VN", "stat", before, after));
	assert_false(
		catalogue_breaks_between(fixture->catalogue, "usw", "VN", "env", before, after));
}

static void every_table_is_there_for_the_archive_with_its_bytes(void **state)
{
	const struct fixture *fixture = *state;
	assert_int_equal(fixture->files.count, TABLE_COUNT);
	for (size_t i = 0; i < fixture->files.count; i++) {
		const struct config_file *file = &fixture->files.items[i];
		assert_string_equal(file->table, config_tables[i].name);
		assert_false(file->is_missing && config_tables[i].is_required);
		assert_int_equal(file->bytes ? strlen(file->bytes) : 0, file->len);
	}
}

static void what_a_spreadsheet_saved_is_the_same_catalogue(void **state)
{
	const struct fixture *good = *state;
	struct fixture other = {0};
	assert_int_equal(load_from(&other, "tests/config/spreadsheets/catalogue"), 0);
	assert_int_equal(other.catalogue->code_count, good->catalogue->code_count);
	assert_int_equal(other.catalogue->target_count, good->catalogue->target_count);
	for (size_t i = 0; i < other.catalogue->target_count; i++) {
		const struct target *a = &good->catalogue->targets[i];
		const struct target *b = &other.catalogue->targets[i];
		assert_string_equal(a->id, b->id);
		assert_string_equal(a->text, b->text);
		assert_true(a->value == b->value);
		assert_true(period_equal(a->period, b->period));
	}
	for (size_t i = 0; i < other.catalogue->code_count; i++)
		assert_string_equal(other.catalogue->codes[i].code, good->catalogue->codes[i].code);
	drop(&other);
}

static void optional_tables_that_are_not_there_are_empty(void **state)
{
	(void)state;
	struct fixture fixture = {0};
	(void)load_from(&fixture, "tests/config/no-catalogue/elsewhere");
	assert_int_equal(fixture.problems.errors, 3); /* the three required tables */
	assert_int_equal(fixture.catalogue->target_count, 0);
	assert_int_equal(fixture.files.count, TABLE_COUNT - 3);
	assert_true(fixture.files.items[0].is_missing);
	drop(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(indicators_have_their_bounds_basis_and_preference),
		cmocka_unit_test(a_code_belongs_to_the_area_that_had_it_on_the_day),
		cmocka_unit_test(names_are_codes_whatever_their_case_and_accents),
		cmocka_unit_test(targets_carry_their_act_base_and_milestones_in_order),
		cmocka_unit_test(a_target_of_each_member_means_those_of_the_day_of_adoption),
		cmocka_unit_test(acts_that_are_references_are_marked),
		cmocka_unit_test(breaks_separate_what_lies_before_and_after),
		cmocka_unit_test(every_table_is_there_for_the_archive_with_its_bytes),
		cmocka_unit_test(what_a_spreadsheet_saved_is_the_same_catalogue),
		cmocka_unit_test(optional_tables_that_are_not_there_are_empty),
	};
	return cmocka_run_group_tests(tests, load_good, drop_good);
}
