/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "ledger/derived.h"
#include "ledger/rrd_dirty.h"
#include "ledger/total.h"
#include "tests/unit/ledger_world.h"

static struct standing_row standing(const char *period, int64_t seq, bool stand_in)
{
	struct standing_row row = {.seq = seq, .stand_in = stand_in};

	assert_true(period_parse(span_of(period), &row.reporting, NULL));
	return row;
}

static bool put(struct ledger_world *world, int64_t series, const struct standing_row *rows,
		size_t count)
{
	bool changed;

	ledger_world_must(world,
			  standing_put(world->ledger, series, rows, count, &changed, &world->err));
	return changed;
}

static void assert_standing(struct ledger_world *world, int64_t series,
			    const struct standing_row *rows, size_t count)
{
	AUTO_STANDING_ROWS struct standing_rows read = {0};

	ledger_world_must(world, standing_read(world->ledger, series, &read, &world->err));
	assert_int_equal(read.count, count);
	for (size_t i = 0; i < count; i++) {
		assert_true(period_equal(read.items[i].reporting, rows[i].reporting));
		assert_int_equal(read.items[i].seq, rows[i].seq);
		assert_int_equal(read.items[i].stand_in, rows[i].stand_in);
	}
}

static void what_stands_is_replaced_where_it_differs(void **state)
{
	struct ledger_world *world = *state;
	const struct standing_row first[] = {standing("2019", 1, false), standing("2020", 2, false),
					     standing("2021", 3, true)};
	const struct standing_row then[] = {standing("2020", 5, false), standing("2021", 3, true),
					    standing("2022", 6, false)};

	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	assert_false(put(world, 7, NULL, 0));
	assert_true(put(world, 7, first, 3));
	assert_standing(world, 7, first, 3);
	assert_false(put(world, 7, first, 3));
	assert_true(put(world, 7, then, 3));
	assert_standing(world, 7, then, 3);
	assert_standing(world, 8, NULL, 0);
	assert_true(put(world, 7, NULL, 0));
	assert_standing(world, 7, NULL, 0);
	/* One comes in before, one behind it goes. */
	assert_true(put(world, 7, &first[1], 2));
	const struct standing_row mixed[] = {standing("2019", 1, false), standing("2021", 3, true)};
	assert_true(put(world, 7, mixed, 2));
	assert_standing(world, 7, mixed, 2);
	ledger_world_must(world, standing_put(world->ledger, 7, first, 1, NULL, &world->err));
}

static void what_stands_is_read_with_its_values(void **state)
{
	struct ledger_world *world = *state;
	AUTO_STANDING_VALUES struct standing_values values = {0};
	struct observation missing = ledger_world_value("2020", 0, "2021-06-01");
	missing.status = OBS_MISSING;
	missing.has_value = false;

	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	int64_t load = ledger_world_load(world, LOAD_POLL, "f");
	int64_t series = ledger_world_series(world, "VN");
	struct observation first = ledger_world_value("2019", 85.5, "2020-06-01");
	first.series = missing.series = series;
	first.load = missing.load = load;
	assert_int_equal(ledger_world_append(world, &missing), APPEND_NEW); /* row 1 */
	assert_int_equal(ledger_world_append(world, &first), APPEND_NEW);   /* row 2 */
	const struct standing_row rows[] = {standing("2019", 2, false), standing("2020", 1, false)};
	assert_true(put(world, series, rows, 2));

	for (int again = 0; again < 2; again++) {
		ledger_world_must(
			world, standing_values_read(world->ledger, series, &values, &world->err));
		assert_int_equal(values.count, 2);
		assert_int_equal(values.items[0].from_day, ledger_world_day("2019-01-01"));
		assert_true(values.items[0].is_set);
		assert_true(values.items[0].value == 85.5);
		assert_int_equal(values.items[1].from_day, ledger_world_day("2020-01-01"));
		assert_false(values.items[1].is_set);
	}
	ledger_world_must(world,
			  standing_values_read(world->ledger, series + 1, &values, &world->err));
	assert_int_equal(values.count, 0);
}

static bool see_series(void *self, int64_t series, const struct standing_rows *rows,
		       struct error *err)
{
	int64_t *seen = self;

	(void)err;
	assert_int_equal(rows->count, series);
	seen[0]++;
	seen[series] += rows->items[0].seq;
	return true;
}

static bool stop(void *self, int64_t series, const struct standing_rows *rows, struct error *err)
{
	(void)self, (void)series, (void)rows;
	return error_set(err, ERROR_LIMIT, "enough");
}

static void all_that_stands_comes_series_by_series(void **state)
{
	struct ledger_world *world = *state;
	const struct standing_row rows[] = {standing("2020", 10, false),
					    standing("2021", 11, false)};
	int64_t seen[3] = {0};

	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	ledger_world_must(world, standing_each(world->ledger, see_series, seen, &world->err));
	assert_int_equal(seen[0], 0);
	assert_true(put(world, 2, rows, 2));
	assert_true(put(world, 1, rows, 1));
	ledger_world_must(world, standing_each(world->ledger, see_series, seen, &world->err));
	assert_int_equal(seen[0], 2);
	assert_int_equal(seen[1], 10);
	assert_int_equal(seen[2], 10);
	ledger_world_expect(world, standing_each(world->ledger, stop, NULL, &world->err),
			    ERROR_LIMIT, "enough");
	ledger_world_must(world, derived_clear(world->ledger, &world->err));
	assert_standing(world, 2, NULL, 0);
}

static struct assessment_row verdict(const char *target)
{
	struct assessment_row row = {
		.area = "VN",
		.day = 19000,
		.state = "met",
		.reason = "no_change",
		.method = "weather",
		.symbol = "sun",
		.exceeded = true,
		.provisional = true,
		.seq = 1,
		.stand_in = true,
		.target_value = {true, 91},
		.gap = {true, 0},
		.gap_to_path = {true, -0.7},
		.actual_change = {true, 1.25},
		.projected_raw = {true, 101.5},
		.band_high = {true, 103},
		.measure = {true, 1.0 / 3},
		.used_count = 4,
		.used_from = 17000,
		.used_to = 18000,
	};

	assert_true(span_copy(span_of(target), row.target, sizeof row.target));
	return row;
}

static void a_verdict_comes_back_as_it_was_put(void **state)
{
	struct ledger_world *world = *state;
	struct assessment_row row = verdict("t1"), read;

	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	ledger_world_must(world, assessment_put(world->ledger, &row, &world->err));
	row.is_final = true; /* in its place */
	ledger_world_must(world, assessment_put(world->ledger, &row, &world->err));
	ledger_world_must(world, assessment_read(world->ledger, "t1", "VN", &read, &world->err));
	assert_true(assessment_equal(&row, &read));
	assert_int_equal(read.day, 19000);
	assert_true(read.is_final);
	assert_false(read.late);
	assert_false(read.base_value.is_set);
	assert_true(read.gap.is_set);
	assert_true(read.gap_to_path.value == -0.7);
	assert_string_equal(read.symbol, "sun");
	ledger_world_must(world, assessment_remove(world->ledger, "t1", "VN", &world->err));
	ledger_world_must(world, assessment_remove(world->ledger, "t1", "VN", &world->err));
	ledger_world_must(world, assessment_read(world->ledger, "t1", "VN", &read, &world->err));
	assert_string_equal(read.target, "");
}

static void verdicts_differ_when_anything_but_the_day_does(void **state)
{
	const struct assessment_row a = verdict("t1");
	struct assessment_row b[6] = {a, a, a, a, a, a};

	(void)state;
	b[0].day++;
	b[1].gap.is_set = false;
	b[2].measure.value = 0.333333333333333; /* the same at 15 digits */
	b[3].measure.value = 0.33;
	memcpy(b[4].state, "missed", sizeof "missed");
	b[5].late = true;
	assert_true(assessment_equal(&a, &b[0]));
	assert_false(assessment_equal(&a, &b[1]));
	assert_true(assessment_equal(&a, &b[2]));
	assert_false(assessment_equal(&a, &b[3]));
	assert_false(assessment_equal(&a, &b[4]));
	assert_false(assessment_equal(&a, &b[5]));
}

static bool see_verdict(void *self, const struct assessment_row *row,
			const struct observation *deciding, struct error *err)
{
	int *seen = self;

	(void)err;
	assert_string_equal(row->target, *seen == 0 ? "t1" : "t2");
	assert_int_equal(deciding != NULL, *seen == 0);
	if (deciding != NULL) {
		assert_true(deciding->value == 91.7);
		assert_int_equal(deciding->received, LEDGER_WORLD_NOW);
	}
	++*seen;
	return true;
}

static void verdicts_come_with_the_row_that_decides(void **state)
{
	struct ledger_world *world = *state;
	struct assessment_row with = verdict("t1"), without = verdict("t2");
	struct observation obs = ledger_world_value("2021-01/2021-09", 91.7, "2021-12-31");
	int seen = 0;

	without.seq = 0;
	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	obs.series = ledger_world_series(world, "VN");
	obs.load = ledger_world_load(world, LOAD_RECORD, "");
	(void)ledger_world_append(world, &obs);
	ledger_world_must(world, assessment_put(world->ledger, &without, &world->err));
	ledger_world_must(world, assessment_put(world->ledger, &with, &world->err));
	ledger_world_must(world, assessment_each(world->ledger, see_verdict, &seen, &world->err));
	assert_int_equal(seen, 2);
}

static struct assessment_total member_total(const char *target)
{
	struct assessment_total row = {
		.area = "VN",
		.decides = true,
		.period = {19358, 19723},
		.expected = 63,
		.used = 61,
		.rebuilt = 2,
		.weight_share = {true, 0.97},
		.value = {true, 95.3488372093023},
		.num = {true, 41},
		.den = {true, 43},
		.status = OBS_ESTIMATED,
		.known_day = 19800,
		.decimals = 2,
		.missing = "P1//no_value P2/P3/no_parts",
	};

	assert_true(span_copy(span_of(target), row.target, sizeof row.target));
	return row;
}

static void the_total_of_a_verdict_comes_back_and_goes_with_it(void **state)
{
	struct ledger_world *world = *state;
	struct assessment_total row = member_total("t1"), refused = member_total("t2"), read;
	const struct assessment_row of = verdict("t1");

	refused.decides = false;
	refused.value.is_set = false;
	memcpy(refused.fault, "members_missing", sizeof "members_missing");
	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	ledger_world_must(world, assessment_put(world->ledger, &of, &world->err));
	ledger_world_must(world, assessment_total_put(world->ledger, &refused, &world->err));
	ledger_world_must(world, assessment_total_put(world->ledger, &row, &world->err));
	row.used = 62; /* in its place */
	ledger_world_must(world, assessment_total_put(world->ledger, &row, &world->err));
	ledger_world_must(world,
			  assessment_total_read(world->ledger, "t1", "VN", &read, &world->err));
	assert_true(assessment_total_equal(&row, &read));
	assert_int_equal(read.used, 62);
	assert_int_equal(read.qualifier, QUALIFIER_NONE);
	assert_true(read.num.value == 41 && read.den.value == 43);
	assert_string_equal(read.missing, "P1//no_value P2/P3/no_parts");
	assert_false(assessment_total_equal(&row, &refused));
	ledger_world_must(world, assessment_remove(world->ledger, "t1", "VN", &world->err));
	ledger_world_must(world,
			  assessment_total_read(world->ledger, "t1", "VN", &read, &world->err));
	assert_string_equal(read.target, "");
	ledger_world_must(world,
			  assessment_total_read(world->ledger, "t2", "VN", &read, &world->err));
	assert_string_equal(read.fault, "members_missing");
	assert_false(read.value.is_set);
	ledger_world_must(world, assessment_totals_clear(world->ledger, &world->err));
	ledger_world_must(world,
			  assessment_total_read(world->ledger, "t2", "VN", &read, &world->err));
	assert_string_equal(read.target, "");
}

static void appliers_remember_how_far_they_are(void **state)
{
	struct ledger_world *world = *state;
	int64_t seq = 9;

	ledger_world_must(world, applied_read(world->ledger, "standing", &seq, &world->err));
	assert_int_equal(seq, 0);
	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	ledger_world_must(world, applied_put(world->ledger, "standing", 17, &world->err));
	ledger_world_must(world, applied_put(world->ledger, "standing", 18, &world->err));
	ledger_world_must(world, applied_read(world->ledger, "standing", &seq, &world->err));
	assert_int_equal(seq, 18);
	ledger_world_must(world, applied_read(world->ledger, "assessment", &seq, &world->err));
	assert_int_equal(seq, 0);
}

static void a_mark_goes_when_its_file_has_caught_up(void **state)
{
	struct ledger_world *world = *state;
	struct rrd_dirty marks[2];
	size_t count;
	int64_t all;

	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	for (int64_t series = 1; series <= 3; series++)
		ledger_world_must(world, rrd_dirty_mark(world->ledger,
							(struct rrd_dirty){series, 10 * series},
							&world->err));
	ledger_world_must(world, rrd_dirty_mark(world->ledger, (struct rrd_dirty){3, 5},
						&world->err)); /* an older row: 30 stays */
	ledger_world_must(world, rrd_dirty_list(world->ledger, 0, marks, 2, &count, &world->err));
	assert_int_equal(count, 2);
	ledger_world_must(world, rrd_dirty_list(world->ledger, marks[1].series, marks, 2, &count,
						&world->err));
	assert_int_equal(count, 1);
	assert_int_equal(marks[0].seq, 30);
	ledger_world_must(world, rrd_dirty_clear(world->ledger, (struct rrd_dirty){3, 29},
						 &world->err)); /* a row came while drawing */
	ledger_world_must(world,
			  rrd_dirty_clear(world->ledger, (struct rrd_dirty){2, 20}, &world->err));
	ledger_world_must(world, rrd_dirty_count(world->ledger, &all, &world->err));
	assert_int_equal(all, 2);
}

static void all_series_can_be_marked(void **state)
{
	struct ledger_world *world = *state;
	struct observation obs = ledger_world_value("2021", 1, "2021-12-31");
	struct rrd_dirty marks[4];
	size_t count;

	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	obs.load = ledger_world_load(world, LOAD_RECORD, "");
	obs.series = ledger_world_series(world, "VN");
	(void)ledger_world_append(world, &obs);
	obs.value = 2;
	(void)ledger_world_append(world, &obs);
	obs.series = ledger_world_series(world, "P63:75");
	(void)ledger_world_append(world, &obs);
	ledger_world_must(world, rrd_dirty_mark_all(world->ledger, &world->err));
	ledger_world_must(world, rrd_dirty_mark_all(world->ledger, &world->err));
	ledger_world_must(world, rrd_dirty_list(world->ledger, 0, marks, 4, &count, &world->err));
	assert_int_equal(count, 2);
	assert_int_equal(marks[0].seq, 2);
	assert_int_equal(marks[1].seq, 3);
}

#define TEST(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, ledger_world_set_up, ledger_world_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_stands_is_replaced_where_it_differs),
		TEST(what_stands_is_read_with_its_values),
		TEST(all_that_stands_comes_series_by_series),
		TEST(a_verdict_comes_back_as_it_was_put),
		TEST(verdicts_differ_when_anything_but_the_day_does),
		TEST(verdicts_come_with_the_row_that_decides),
		TEST(the_total_of_a_verdict_comes_back_and_goes_with_it),
		TEST(appliers_remember_how_far_they_are),
		TEST(a_mark_goes_when_its_file_has_caught_up),
		TEST(all_series_can_be_marked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
