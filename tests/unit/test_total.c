/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "assess/total.h"

static const struct area places[12] = {{.id = "a"}, {.id = "b"}, {.id = "c"}, {.id = "d"}};
static const struct period year = {19358, 19723}; /* 2023 */

/* A member in few words; den 0: no parts, status 0: no figure at all, weight < 0: unknown. */
struct member {
	double value, num, den, weight;
	char status;
};

static struct total add_up(const struct total_rule *rule, const struct member *members,
			   size_t count)
{
	struct total_sum sum = {0};
	struct total total;
	for (size_t i = 0; i < count; i++) {
		const struct total_figure figure = {
			.value = members[i].value,
			.num = members[i].num,
			.den = members[i].den,
			.has_parts = members[i].den > 0,
			.status = members[i].status,
			.known_day = (int32_t)(100 + i),
		};
		const struct total_member member = {
			.area = &places[i],
			.figure = members[i].status != 0 ? &figure : NULL,
			.weight = {members[i].weight >= 0, members[i].weight},
		};
		(void)total_add(rule, &sum, &member);
	}
	total_close(rule, &sum, year, &total);
	return total;
}

static const struct row {
	const char *why;
	struct total_rule rule;
	struct member members[4];
	size_t count;
	enum total_fault fault;
	double value;
	char status;
} rows[] = {
	{"41 of 43 parks: (31 + 10) / (32 + 11) = 95.3488372093023 %",
	 {TOTAL_RATIO, 100, 1, false, {0}},
	 {{0, 31, 32, -1, 'A'}, {0, 10, 11, -1, 'A'}},
	 2,
	 TOTAL_FINE,
	 95.3488372093023,
	 'A'},
	{"a share without parts cannot be added",
	 {TOTAL_RATIO, 100, 1, false, {0}},
	 {{96.9, 0, 0, -1, 'A'}, {0, 10, 11, -1, 'A'}},
	 2,
	 TOTAL_LACKS_MEMBERS,
	 0,
	 'A'},
	{"(80 x 100 + 90 x 300) / 400 = 87.5, not the plain 85",
	 {TOTAL_WEIGHTED, 1, 1, true, {0}},
	 {{80, 0, 0, 100, 'A'}, {90, 0, 0, 300, 'P'}},
	 2,
	 TOTAL_FINE,
	 87.5,
	 'P'},
	{"3 of 4 members, but 10 of 100 of the weight",
	 {TOTAL_WEIGHTED, 1, 0.75, true, {0}},
	 {{1, 0, 0, 3, 'A'}, {2, 0, 0, 3, 'A'}, {3, 0, 0, 4, 'A'}, {0, 0, 0, 90, 0}},
	 4,
	 TOTAL_LACKS_WEIGHT,
	 0,
	 'A'},
	{"of a member without weight nobody knows how much is missing",
	 {TOTAL_WEIGHTED, 1, 0.5, true, {0}},
	 {{1, 0, 0, 3, 'A'}, {0, 0, 0, -1, 0}},
	 2,
	 TOTAL_WEIGHT_UNKNOWN,
	 0,
	 'A'},
	{"0.1 + 0.2 = 0.3, with an estimate",
	 {TOTAL_SUM, 1, 1, false, {0}},
	 {{0.1, 0, 0, -1, 'A'}, {0.2, 0, 0, -1, 'E'}},
	 2,
	 TOTAL_FINE,
	 0.3,
	 'E'},
	{"a preliminary figure before an official one",
	 {TOTAL_SUM, 1, 1, false, {0}},
	 {{1, 0, 0, -1, 'P'}, {2, 0, 0, -1, 'A'}},
	 2,
	 TOTAL_FINE,
	 3,
	 'P'},
	{"2 of 3 is the coverage that is asked for: 2/3",
	 {TOTAL_SUM, 1, 2.0 / 3, false, {0}},
	 {{1, 0, 0, -1, 'A'}, {2, 0, 0, -1, 'A'}, {0, 0, 0, -1, 0}},
	 3,
	 TOTAL_FINE,
	 3,
	 'A'},
	{"a member with a figure whose weight nobody knows",
	 {TOTAL_WEIGHTED, 1, 0.5, true, {0}},
	 {{1, 0, 0, 3, 'A'}, {2, 0, 0, -1, 'A'}},
	 2,
	 TOTAL_WEIGHT_UNKNOWN,
	 0,
	 'A'},
	{"0 of 0 is nothing",
	 {TOTAL_WEIGHTED, 1, 1, true, {0}},
	 {{1, 0, 0, 0, 'A'}},
	 1,
	 TOTAL_NOTHING_TO_DIVIDE,
	 0,
	 'A'},
};

static void a_total_is_what_its_members_add_up_to(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct row *row = &rows[i];
		const struct total total = add_up(&row->rule, row->members, row->count);
		bool right = total.fault == row->fault &&
			     total.value.is_set == (row->fault == TOTAL_FINE) &&
			     (!total.value.is_set || (total.value.value == row->value &&
						      (char)total.status == row->status));
		if (!right)
			fail_msg("%s: fault %d, value %.15g", row->why, (int)total.fault,
				 total.value.value);
	}
}

static void nothing_is_divided_by_nothing(void **state)
{
	(void)state;
	const struct total_rule rule = {TOTAL_RATIO, 100, 1, false, {0}};
	const struct total_figure figure = {.has_parts = true, .status = 'A'};
	const struct total_member member = {.area = &places[0], .figure = &figure};
	struct total_sum sum = {0};
	struct total total;
	assert_int_equal(total_add(&rule, &sum, &member), PART_USED);
	total_close(&rule, &sum, year, &total);
	assert_int_equal(total.fault, TOTAL_NOTHING_TO_DIVIDE);
	assert_false(total.value.is_set);
}

static void counting_needs_a_target_to_hold_members_against(void **state)
{
	(void)state;
	const struct catalogue none = {0};
	const struct indicator indicator = {
		.unit = "%", .total = TOTAL_COUNT, .total_target = "nobody-set-it"};
	struct total_rule rule = {.form = TOTAL_SUM};
	assert_false(total_rule_of(&none, &indicator, &rule));
	assert_int_equal(rule.form, TOTAL_SUM);
	/* one that names no number asks nothing that can be counted */
	struct indicator counted = {.id = "park", .unit = "%", .direction = DIRECTION_UP};
	struct target target = {
		.id = "nobody-set-it", .indicator = "park", .op = TARGET_NONE, .period = year};
	const struct catalogue one = {.indicators = &counted,
				      .indicator_count = 1,
				      .targets = &target,
				      .target_count = 1};
	assert_false(total_rule_of(&one, &indicator, &rule));
	target.op = TARGET_AT_LEAST; /* relative to a base that nobody knows */
	target.has_value = target.relative = true;
	assert_false(total_rule_of(&one, &indicator, &rule));
	target.relative = false;
	target.value = 90;
	assert_true(total_rule_of(&one, &indicator, &rule));
	assert_int_equal(rule.form, TOTAL_COUNT);
}

static void a_qualifier_of_any_part_makes_the_total_about(void **state)
{
	(void)state;
	const struct total_rule rule = {TOTAL_SUM, 1, 1, false, {0}};
	const struct total_figure figures[] = {
		{.value = 1, .status = 'A', .qualifier = QUALIFIER_NONE},
		{.value = 2, .status = 'A', .qualifier = QUALIFIER_ABOVE}};
	struct total_sum sum = {0};
	struct total total;
	for (size_t i = 0; i < COUNT_OF(figures); i++) {
		const struct total_member member = {.area = &places[i], .figure = &figures[i]};
		assert_int_equal(total_add(&rule, &sum, &member), PART_USED);
	}
	total_close(&rule, &sum, year, &total);
	assert_int_equal(total.qualifier, QUALIFIER_ABOUT);
	assert_true(total.value.value == 3);
}

static void who_is_missing_is_named_in_order_and_counted_beyond(void **state)
{
	(void)state;
	const struct total_rule rule = {TOTAL_SUM, 1, 0.1, false, {0}};
	struct member members[12] = {{.value = 1, .status = 'A', .weight = -1}};
	const struct total total = add_up(&rule, members, 12);
	assert_int_equal(total.expected, 12);
	assert_int_equal(total.used, 1);
	assert_ptr_equal(total.missing[0].area, &places[1]);
	assert_ptr_equal(total.missing[7].area, &places[8]);
}

static void what_an_area_was_made_of_is_its_figure_when_all_of_it_is_there(void **state)
{
	(void)state;
	const struct total_rule rule = {TOTAL_RATIO, 100, 1, false, {0}};
	const struct member all[] = {{0, 31, 32, -1, 'A'}, {0, 10, 11, -1, 'P'}};
	const struct member some[] = {{0, 31, 32, -1, 'A'}, {90.9, 0, 0, -1, 'A'}};
	struct total_figure figure = {0};
	struct total total = add_up(&rule, some, 2);
	assert_false(total_figure_from(&rule, &total, &figure));
	assert_ptr_equal(total.missing[0].area, &places[1]);
	assert_int_equal(total.missing[0].part, PART_NO_PARTS);
	total = (struct total){0};
	assert_false(total_figure_from(&rule, &total, &figure));
	/* 31 + 10 of 32 + 11, known when the second was */
	total = add_up(&rule, all, 2);
	assert_true(total_figure_from(&rule, &total, &figure));
	assert_true(figure.has_parts && figure.num == 41 && figure.den == 43);
	assert_true(figure.status == 'P' && figure.known_day == 101);
}

static void a_mean_of_what_an_area_was_made_of_needs_every_weight(void **state)
{
	(void)state;
	static const struct {
		const char *why;
		struct member before[2];
		bool is_figure;
		double value;
	} means[] = {
		{"(97 x 500 + 80 x 100) / 600 = 56500 / 600",
		 {{97, 0, 0, 500, 'A'}, {80, 0, 0, 100, 'A'}},
		 true,
		 94.1666666666667},
		{"one weighs nothing: it is the other's",
		 {{97, 0, 0, 500, 'A'}, {80, 0, 0, 0, 'A'}},
		 true,
		 97},
		{"nobody knows what one weighs",
		 {{97, 0, 0, 500, 'A'}, {80, 0, 0, -1, 'A'}},
		 false,
		 0},
		{"all weigh nothing", {{97, 0, 0, 0, 'A'}, {80, 0, 0, 0, 'A'}}, false, 0},
	};
	for (size_t i = 0; i < COUNT_OF(means); i++) {
		const struct total_rule rule = {TOTAL_WEIGHTED, 1, 1, true, {0}};
		const struct total total = add_up(&rule, means[i].before, 2);
		struct total_figure figure = {0};
		bool is_figure = total_figure_from(&rule, &total, &figure);
		if (is_figure != means[i].is_figure || figure.value != means[i].value)
			fail_msg("%s: %d %.15g", means[i].why, is_figure, figure.value);
		assert_false(figure.has_parts);
	}
}

static void a_member_that_is_rebuilt_is_counted_and_one_that_cannot_be_says_why(void **state)
{
	(void)state;
	const struct total_rule rule = {TOTAL_RATIO, 100, 0.5, false, {0}};
	const struct total_figure figure = {.num = 41, .den = 43, .has_parts = true, .status = 'A'};
	const struct total_member whole = {
		.area = &places[0], .figure = &figure, .is_rebuilt = true};
	const struct total_member lacking = {.area = &places[1],
					     .gap = {&places[1], &places[2], PART_NO_PARTS}};
	struct total_sum sum = {0};
	struct total total;
	assert_int_equal(total_add(&rule, &sum, &whole), PART_REBUILT);
	assert_int_equal(total_add(&rule, &sum, &lacking), PART_NO_VALUE);
	total_close(&rule, &sum, year, &total);
	assert_int_equal(total.rebuilt, 1);
	assert_true(total.num.value == 41 && total.den.value == 43);
	assert_ptr_equal(total.missing[0].lacks, &places[2]);
	assert_int_equal(total.missing[0].part, PART_NO_PARTS);
}

static void sums_keep_what_doubles_lose(void **state)
{
	(void)state;
	/* 1 + 1e100 + 1 - 1e100 = 2 (Neumaier's example) */
	struct exact_sum sum = {0};
	exact_add(&sum, 1);
	exact_add(&sum, 1e100);
	exact_add(&sum, 1);
	exact_add(&sum, -1e100);
	assert_true(exact_value(&sum) == 2);
}

static void a_figure_agrees_within_half_of_its_last_digit(void **state)
{
	(void)state;
	/* 21562 / 21810 = 98.86290... */
	assert_true(total_agrees(98.86, 2, 98.8629069234296));
	assert_false(total_agrees(4.3, 1, 4.5));
	assert_true(total_agrees(95, 0, 95.5));
	assert_false(total_agrees(95, 0, 95.51));
	assert_true(total_agrees(1.0 / 3, -1, 0.333333333333333));
}

static void what_is_published_stands_before_what_is_computed(void **state)
{
	(void)state;
	const struct indicator indicator = {.frequency = FREQUENCY_YEAR};
	const struct period before = {18993, 19358};
	const struct observation published = {.seq = 1, .has_value = true, .value = 5};
	const struct observation rows_of[] = {{.period = before, .value = 1},
					      {.period = year, .value = 2}};
	struct standing standing = {calloc(1, sizeof(struct standing_point)), 1};
	assert_non_null(standing.points);
	standing.points[0] =
		(struct standing_point){.reporting = year, .row = &published, .usable = true};
	assert_true(standing_add_totals(&standing, &indicator, rows_of, 2, NULL));
	assert_int_equal(standing.count, 2);
	assert_true(standing.points[0].computed);
	assert_true(standing.points[0].row->value == 1);
	assert_false(standing.points[1].computed);
	assert_true(standing.points[1].row->value == 5);
	standing.points[1].usable = false; /* said to be missing */
	assert_true(standing_add_totals(&standing, &indicator, rows_of, 2, NULL));
	assert_int_equal(standing.count, 2);
	assert_true(standing.points[1].computed);
	standing_done(&standing);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_total_is_what_its_members_add_up_to),
		cmocka_unit_test(nothing_is_divided_by_nothing),
		cmocka_unit_test(counting_needs_a_target_to_hold_members_against),
		cmocka_unit_test(a_qualifier_of_any_part_makes_the_total_about),
		cmocka_unit_test(who_is_missing_is_named_in_order_and_counted_beyond),
		cmocka_unit_test(what_an_area_was_made_of_is_its_figure_when_all_of_it_is_there),
		cmocka_unit_test(a_mean_of_what_an_area_was_made_of_needs_every_weight),
		cmocka_unit_test(
			a_member_that_is_rebuilt_is_counted_and_one_that_cannot_be_says_why),
		cmocka_unit_test(sums_keep_what_doubles_lose),
		cmocka_unit_test(a_figure_agrees_within_half_of_its_last_digit),
		cmocka_unit_test(what_is_published_stands_before_what_is_computed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
