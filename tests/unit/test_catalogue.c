/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "obs/catalogue.h"

static char *dup(const char *text)
{
	char *copy = span_dup(span_of(text));
	assert_non_null(copy);
	return copy;
}

static void set(char id[ID_BYTES], const char *text)
{
	assert_true(span_copy(span_of(text), id, ID_BYTES));
}

static int32_t day(const char *text)
{
	int32_t got = DAY_NONE;
	assert_true(text[0] == '\0' || day_parse(span_of(text), &got, NULL));
	return got;
}

static struct period period(const char *text)
{
	struct period got;
	assert_true(period_parse(span_of(text), &got, NULL));
	return got;
}

struct area_row {
	const char *id, *name, *kind, *from, *to;
};

/* Out of order on purpose.  Two maps: one until 2025-07-01, one from then on; the same names. */
static const struct area_row area_rows[] = {
	{"VN", "Viet Nam", "country", "", ""},
	{"R63:DBSH", "Red River Delta", "region", "", "2025-07-01"},
	{"R34:DBSH", "Red River Delta", "region", "2025-07-01", ""},
	{"P63:17", "Hoa Binh", "province", "1991-10-01", "2025-07-01"},
	{"P63:01", "Ha Noi", "province", "", "2025-07-01"},
	{"P34:01", "Ha Noi", "province", "2025-07-01", ""},
	{"B:RED", "Red River", "basin", "", ""},
};

struct code_row {
	size_t area; /* in area_rows */
	const char *scheme, *code, *from, *to;
};

static const struct code_row code_rows[] = {
	{5, "gso", "01", "", ""},
	{4, "gso", "1", "", ""},
	{3, "gso", "017", "", ""},
	{0, "iso", "VN", "", ""},
	{3, "name_vi",
	 "H\xC3\xB2"
	 "a B\xC3\xACnh",
	 "", ""},
	{3, "name_vi", "Ho\xC3\xA0 B\xC3\xACnh", "", ""},
	{1, "name", "Red River Delta", "", ""},
	{2, "name", "Red River Delta", "", ""},
	{6, "name", "Red", "", "2010-01-01"},
	{1, "m49", "0", "", ""},
	{4, "twice", "X", "", ""},
	{3, "twice", "x", "", ""},
};

static const struct {
	const char *group, *area, *from, *to;
} member_rows[] = {
	{"VN", "R63:DBSH", "", ""},
	{"VN", "R34:DBSH", "", ""},
	{"R63:DBSH", "P63:01", "", "2025-07-01"},
	{"R63:DBSH", "P63:17", "2008-08-01", "2025-07-01"},
	{"R34:DBSH", "P34:01", "2025-07-01", ""},
	{"B:RED", "P63:17", "", ""},
	{"B:RED", "B:RED", "", ""}, /* a loop must not hang anything */
	{"VN", "B:RED", "", ""},
};

static void fill_areas(struct catalogue *catalogue)
{
	catalogue->area_count = COUNT_OF(area_rows);
	catalogue->areas = calloc(COUNT_OF(area_rows), sizeof *catalogue->areas);
	catalogue->code_count = COUNT_OF(code_rows);
	catalogue->codes = calloc(COUNT_OF(code_rows), sizeof *catalogue->codes);
	catalogue->member_count = COUNT_OF(member_rows);
	catalogue->members = calloc(COUNT_OF(member_rows), sizeof *catalogue->members);
	assert_true(catalogue->areas && catalogue->codes && catalogue->members);
	for (size_t i = 0; i < COUNT_OF(area_rows); i++) {
		struct area *area = &catalogue->areas[i];
		set(area->id, area_rows[i].id);
		set(area->kind, area_rows[i].kind);
		area->name = dup(area_rows[i].name);
		area->name_vi = dup("");
		area->valid_from = day(area_rows[i].from);
		area->valid_to = day(area_rows[i].to);
	}
	for (size_t i = 0; i < COUNT_OF(code_rows); i++) {
		struct area_code *code = &catalogue->codes[i];
		code->area = code_rows[i].area;
		set(code->scheme, code_rows[i].scheme);
		code->code = dup(code_rows[i].code);
		code->folded = area_code_fold(span_of(code_rows[i].code), NULL);
		assert_non_null(code->folded);
		code->valid_from = day(code_rows[i].from);
		code->valid_to = day(code_rows[i].to);
	}
	for (size_t i = 0; i < COUNT_OF(member_rows); i++) {
		struct area_member *member = &catalogue->members[i];
		set(member->group, member_rows[i].group);
		set(member->area, member_rows[i].area);
		member->valid_from = day(member_rows[i].from);
		member->valid_to = day(member_rows[i].to);
	}
}

static void fill_rest(struct catalogue *catalogue)
{
	catalogue->sources = calloc(2, sizeof *catalogue->sources);
	catalogue->indicators = calloc(2, sizeof *catalogue->indicators);
	catalogue->acts = calloc(2, sizeof *catalogue->acts);
	catalogue->targets = calloc(2, sizeof *catalogue->targets);
	catalogue->breaks = calloc(2, sizeof *catalogue->breaks);
	assert_true(catalogue->sources && catalogue->indicators && catalogue->acts &&
		    catalogue->targets && catalogue->breaks);
	catalogue->source_count = catalogue->indicator_count = catalogue->act_count = 2;
	catalogue->target_count = catalogue->break_count = 2;
	set(catalogue->sources[0].id, "wb");
	set(catalogue->sources[1].id, "gso");
	set(catalogue->indicators[0].id, "usw");
	set(catalogue->indicators[1].id, "hw");
	catalogue->indicators[0].preference = calloc(1, ID_BYTES);
	set(catalogue->acts[0].id, "qd450");
	set(catalogue->acts[1].id, "nq29");
	set(catalogue->targets[0].id, "t2");
	set(catalogue->targets[1].id, "t1");
	struct milestone *milestones = calloc(2, sizeof *milestones);
	assert_non_null(milestones);
	milestones[0].period = period("2028");
	milestones[1].period = period("2026");
	catalogue->targets[0].milestones = milestones;
	catalogue->targets[0].milestone_count = 2;
	set(catalogue->breaks[0].indicator, "usw");
	catalogue->breaks[0].day = day("2020-01-01");
	set(catalogue->breaks[0].source, "gso");
	set(catalogue->breaks[1].indicator, "hw");
	catalogue->breaks[1].day = day("2015-01-01");
	set(catalogue->breaks[1].area, "VN");
	catalogue->breaks[1].note = dup("a new definition");
}

static struct catalogue *make(void)
{
	struct catalogue *catalogue = catalogue_new();
	assert_non_null(catalogue);
	fill_areas(catalogue);
	fill_rest(catalogue);
	catalogue_sort(catalogue);
	return catalogue;
}

static void everything_is_found_by_its_id_and_nothing_else_is(void **state)
{
	(void)state;
	AUTO_CATALOGUE struct catalogue *catalogue = make();
	assert_string_equal(catalogue_source(catalogue, span_of("gso"))->id, "gso");
	assert_string_equal(catalogue_indicator(catalogue, span_of("usw"))->id, "usw");
	assert_string_equal(catalogue_act(catalogue, span_of("nq29"))->id, "nq29");
	assert_string_equal(catalogue_target(catalogue, span_of("t1"))->id, "t1");
	for (size_t i = 0; i < COUNT_OF(area_rows); i++) {
		const struct area *area = catalogue_area(catalogue, span_of(area_rows[i].id));
		assert_string_equal(area->name, area_rows[i].name);
	}
	assert_null(catalogue_source(catalogue, span_of("")));
	assert_null(catalogue_indicator(catalogue, span_of("us")));
	assert_null(catalogue_act(catalogue, span_of("nq299")));
	assert_null(catalogue_target(catalogue, span_of("t3")));
	char endless[200];
	memset(endless, 'x', sizeof endless);
	assert_null(catalogue_area(catalogue, (struct span){endless, sizeof endless}));
}

static void an_empty_catalogue_has_nothing(void **state)
{
	(void)state;
	AUTO_CATALOGUE struct catalogue *catalogue = catalogue_new();
	catalogue_sort(catalogue);
	assert_null(catalogue_area(catalogue, span_of("VN")));
	const struct area *area;
	struct error err = {0};
	assert_false(catalogue_area_by_code(catalogue, "gso", span_of("1"), 0, &area, &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
	struct catalogue *none = NULL;
	catalogue_free(&none);
}

static void sorting_keeps_codes_with_their_areas_and_milestones_in_order(void **state)
{
	(void)state;
	AUTO_CATALOGUE struct catalogue *catalogue = make();
	catalogue_sort(catalogue); /* once more changes nothing */
	for (size_t i = 0; i < catalogue->code_count; i++) {
		const struct area_code *code = &catalogue->codes[i];
		bool found = false;
		for (size_t k = 0; k < COUNT_OF(code_rows); k++)
			found |= strcmp(code_rows[k].scheme, code->scheme) == 0 &&
				 strcmp(code_rows[k].code, code->code) == 0 &&
				 strcmp(area_rows[code_rows[k].area].id,
					catalogue->areas[code->area].id) == 0;
		assert_true(found);
	}
	const struct target *target = catalogue_target(catalogue, span_of("t2"));
	assert_true(period_equal(target->milestones[0].period, period("2026")));
}

static void codes_are_compared_folded_and_without_leading_zeros(void **state)
{
	(void)state;
	static const struct {
		const char *code, *want;
	} cases[] = {
		{"004", "4"},	{"4", "4"},	  {"000", "0"}, {"0", "0"},	{"", ""},
		{"0A4", "0a4"}, {" 0010 ", "10"}, {"VN", "vn"}, {"4.0", "4.0"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_FREE char *folded = area_code_fold(span_of(cases[i].code), NULL);
		assert_string_equal(folded, cases[i].want);
	}
	struct error err = {0};
	assert_null(area_code_fold(span_of("\xFF"), &err));
	assert_int_equal(err.code, ERROR_INPUT);
}

static void a_code_names_the_area_that_carries_it_on_the_day(void **state)
{
	(void)state;
	AUTO_CATALOGUE struct catalogue *catalogue = make();
	static const struct {
		const char *scheme, *code, *day, *want, *why;
	} cases[] = {
		{"id", "P63:01", "2030-01-01", "P63:01", "an id needs no day"},
		{"iso", "vn", "2020-01-01", "VN", "case does not matter"},
		{"gso", "1", "2025-06-30", "P63:01", "the old map"},
		{"gso", "01", "2025-07-01", "P34:01", "the new map"},
		{"gso", "00017", "2000-01-01", "P63:17", "padding does not matter"},
		{"gso", "17", "1991-10-01", "P63:17", "its first day"},
		{"name", "RED  RIVER DELTA", "2020-01-01", "R63:DBSH", "the same name before"},
		{"name", "Red River Delta", "2026-01-01", "R34:DBSH", "and after"},
		{"name_vi", "Ho\xC3\xA0 B\xC3\xACnh", "2020-01-01", "P63:17",
		 "two spellings, one area"},
		{"name", "red", "2009-12-31", "B:RED", "a code's last day"},
		{"m49", "000", "2009-12-31", "R63:DBSH", "nought"},
		{"gso", "17", "", "P63:17", "any day"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct area *area = NULL;
		struct error err = {0};
		if (!catalogue_area_by_code(catalogue, cases[i].scheme, span_of(cases[i].code),
					    day(cases[i].day), &area, &err))
			fail_msg("%s: %s", cases[i].why, err.text);
		if (strcmp(area->id, cases[i].want) != 0)
			fail_msg("%s: %s", cases[i].why, area->id);
	}
}

static void a_code_that_names_none_or_several_is_refused(void **state)
{
	(void)state;
	AUTO_CATALOGUE struct catalogue *catalogue = make();
	static const struct {
		const char *scheme, *code, *day;
		enum error_code want;
		const char *message;
	} cases[] = {
		{"id", "P99", "2020-01-01", ERROR_NOT_FOUND, "no area has the id 'P99'"},
		{"gso", "99", "2020-01-01", ERROR_NOT_FOUND,
		 "no area carries '99' in scheme 'gso'"},
		{"iso", "1", "2020-01-01", ERROR_NOT_FOUND, "no area carries '1' in scheme 'iso'"},
		{"gso", "17", "1991-09-30", ERROR_NOT_FOUND,
		 "no area carries '17' in scheme 'gso' on 1991-09-30; at another time it is that "
		 "of P63:17 (from 1991-10-01 until 2025-06-30): write the id that is meant"},
		{"name", "red", "2010-01-01", ERROR_NOT_FOUND,
		 "no area carries 'red' in scheme 'name' on 2010-01-01; at another time it is that "
		 "of B:RED: write the id that is meant"},
		{"twice", "X", "2020-01-01", ERROR_REFUSED,
		 "'X' is carried by more than one area: P63:01 (until 2025-06-30), P63:17 (from "
		 "1991-10-01 until 2025-06-30); write the id of one"},
		{"gso", "1", "", ERROR_REFUSED,
		 "'1' is carried by more than one area: P34:01 (from 2025-07-01), P63:01 (until "
		 "2025-06-30); write the id of one"},
		{"gso", "\xFF", "", ERROR_INPUT, "not UTF-8 text"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct area *area = NULL;
		struct error err = {0};
		assert_false(catalogue_area_by_code(catalogue, cases[i].scheme,
						    span_of(cases[i].code), day(cases[i].day),
						    &area, &err));
		assert_int_equal(err.code, cases[i].want);
		assert_string_equal(err.text, cases[i].message);
		assert_null(area);
	}
}

static void members_of_members_are_members_while_all_of_it_lasts(void **state)
{
	(void)state;
	AUTO_CATALOGUE struct catalogue *catalogue = make();
	static const struct {
		const char *area, *group, *day;
		bool want;
		const char *why;
	} cases[] = {
		{"P63:01", "R63:DBSH", "2020-01-01", true, "directly"},
		{"P63:01", "VN", "2020-01-01", true, "through the region"},
		{"P63:01", "R34:DBSH", "2020-01-01", false, "another group"},
		{"P63:01", "VN", "2025-07-01", false, "it has ended"},
		{"P63:17", "R63:DBSH", "2008-07-31", false, "the day before it joined"},
		{"P63:17", "R63:DBSH", "2008-08-01", true, "the day it joined"},
		{"P63:17", "VN", "2000-01-01", true, "through the basin then"},
		{"P34:01", "VN", "2025-07-01", true, "the new map"},
		{"B:RED", "R63:DBSH", "2020-01-01", false, "round the loop and out of it"},
		{"VN", "VN", "2020-01-01", false, "nothing is a member of itself"},
		{"X", "VN", "2020-01-01", false, "nobody knows it"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		if (catalogue_is_member(catalogue, cases[i].area, cases[i].group,
					day(cases[i].day)) != cases[i].want)
			fail_msg("%s", cases[i].why);
	}
}

static bool list(void *self, const struct area *area)
{
	struct text *out = self;
	text_addf(out, "%s ", area->id);
	return true;
}

static bool stop(void *self, const struct area *area)
{
	(void)list(self, area);
	return false;
}

static void a_target_is_about_its_area_or_each_member_of_a_kind(void **state)
{
	(void)state;
	AUTO_CATALOGUE struct catalogue *catalogue = make();
	static const struct {
		const char *area, *each_kind, *day, *want, *why;
	} cases[] = {
		{"VN", "", "2020-01-01", "VN ", "its own"},
		{"P63:01", "", "2030-01-01", "P63:01 ", "its own, though it has ended"},
		{"VN", "province", "2022-01-01", "P63:01 P63:17 ", "each once, by id"},
		{"VN", "province", "2026-01-01", "P34:01 P63:17 ", "as they were on another day"},
		{"R63:DBSH", "province", "2000-01-01", "P63:01 ", "before the other joined"},
		{"VN", "region", "2022-01-01", "R34:DBSH R63:DBSH ", "regions"},
		{"VN", "district", "2022-01-01", "", "none"},
		{"X", "", "2022-01-01", "", "no such area"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct target target = {.member_day = day(cases[i].day)};
		set(target.area, cases[i].area);
		set(target.each_kind, cases[i].each_kind);
		AUTO_TEXT struct text out = text_with_limit(1000);
		text_add_string(&out, "");
		assert_true(catalogue_target_areas(catalogue, &target, list, &out));
		if (strcmp(out.data, cases[i].want) != 0)
			fail_msg("%s: %s", cases[i].why, out.data);
	}
	struct target target = {.member_day = day("2022-01-01"), .area = "VN"};
	AUTO_TEXT struct text out = text_with_limit(1000);
	assert_false(catalogue_target_areas(catalogue, &target, stop, &out));
	set(target.each_kind, "province");
	assert_false(catalogue_target_areas(catalogue, &target, stop, &out));
	assert_string_equal(out.data, "VN P63:01 ");
}

static void operators_read_print_and_say_which_way_is_better(void **state)
{
	(void)state;
	static const struct {
		const char *code;
		enum target_op op;
		int up, range; /* sense with an indicator that should rise, or stay in a range */
	} cases[] = {
		{">=", TARGET_AT_LEAST, 1, 1},	{">", TARGET_ABOVE, 1, 1},
		{"<=", TARGET_AT_MOST, -1, -1}, {"<", TARGET_BELOW, -1, -1},
		{"about", TARGET_ABOUT, 1, 0},	{"range", TARGET_RANGE, 1, 0},
		{"keep", TARGET_KEEP, 1, 0},	{"better", TARGET_BETTER, 1, 0},
		{"none", TARGET_NONE, 1, 0},
	};
	const struct indicator up = {.direction = DIRECTION_UP};
	const struct indicator down = {.direction = DIRECTION_DOWN};
	const struct indicator range = {.direction = DIRECTION_RANGE};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct target target = {0};
		struct error err = {0};
		assert_true(target_op_parse(span_of(cases[i].code), &target.op, &err));
		assert_int_equal(target.op, cases[i].op);
		assert_string_equal(target_op_code(target.op), cases[i].code);
		assert_int_equal(target_sense(&target, &up), cases[i].up);
		assert_int_equal(target_sense(&target, &range), cases[i].range);
		assert_int_equal(target_sense(&target, NULL), cases[i].range);
		if (cases[i].range == 0)
			assert_int_equal(target_sense(&target, &down), -1);
	}
	enum target_op op = TARGET_KEEP;
	struct error err = {0};
	assert_false(target_op_parse(span_of("=>"), &op, &err));
	assert_string_equal(err.text,
			    "'=>' is not an operator; use >= > <= < about range keep better "
			    "or none");
	assert_int_equal(op, TARGET_KEEP);
	assert_string_equal(target_op_code((enum target_op)99), "");
	const struct target odd = {.op = (enum target_op)99};
	assert_int_equal(target_sense(&odd, NULL), 0);
}

static void a_target_is_due_on_the_last_day_of_its_period(void **state)
{
	(void)state;
	const struct target target = {.period = period("2030")};
	assert_int_equal(target_due(&target), day("2030-12-31"));
}

static void a_break_parts_the_days_before_it_from_its_own_on(void **state)
{
	(void)state;
	AUTO_CATALOGUE struct catalogue *catalogue = make();
	static const struct {
		const char *indicator, *area, *source, *before, *after;
		bool want;
		const char *why;
	} cases[] = {
		{"usw", "VN", "gso", "2019-12-31", "2020-01-01", true, "across"},
		{"usw", "P63:01", "gso", "2019-12-31", "2020-12-31", true, "any area"},
		{"usw", "VN", "gso", "2020-01-01", "2020-12-31", false, "both behind it"},
		{"usw", "VN", "gso", "2018-01-01", "2019-12-31", false, "both before it"},
		{"usw", "VN", "wb", "2019-12-31", "2020-01-01", false, "another source"},
		{"hw", "VN", "wb", "2014-12-31", "2015-12-31", true, "any source"},
		{"hw", "P63:01", "wb", "2014-12-31", "2015-12-31", false, "another area"},
		{"x", "VN", "gso", "1990-01-01", "2030-01-01", false, "another indicator"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		if (catalogue_breaks_between(catalogue, cases[i].indicator, cases[i].area,
					     cases[i].source, day(cases[i].before),
					     day(cases[i].after)) != cases[i].want)
			fail_msg("%s", cases[i].why);
	}
}

static void validity_is_half_open_and_open_where_nothing_is_said(void **state)
{
	(void)state;
	assert_true(area_valid_on(DAY_NONE, DAY_NONE, 5));
	assert_true(area_valid_on(5, 6, 5));
	assert_false(area_valid_on(5, 6, 6));
	assert_false(area_valid_on(5, 6, 4));
	assert_true(area_valid_on(5, 6, DAY_NONE));
	const struct area area = {.valid_from = DAY_NONE, .valid_to = 3};
	assert_true(area_is_valid(&area, 2));
	assert_false(area_is_valid(&area, 3));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_is_found_by_its_id_and_nothing_else_is),
		cmocka_unit_test(an_empty_catalogue_has_nothing),
		cmocka_unit_test(sorting_keeps_codes_with_their_areas_and_milestones_in_order),
		cmocka_unit_test(codes_are_compared_folded_and_without_leading_zeros),
		cmocka_unit_test(a_code_names_the_area_that_carries_it_on_the_day),
		cmocka_unit_test(a_code_that_names_none_or_several_is_refused),
		cmocka_unit_test(members_of_members_are_members_while_all_of_it_lasts),
		cmocka_unit_test(a_target_is_about_its_area_or_each_member_of_a_kind),
		cmocka_unit_test(operators_read_print_and_say_which_way_is_better),
		cmocka_unit_test(a_target_is_due_on_the_last_day_of_its_period),
		cmocka_unit_test(a_break_parts_the_days_before_it_from_its_own_on),
		cmocka_unit_test(validity_is_half_open_and_open_where_nothing_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
