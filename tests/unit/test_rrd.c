/* SPDX-License-Identifier: GPL-3.0-or-later */
/* timeout: 120 s; drawing under a sanitizer takes its time */
#include "tests/unit/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rrd/layout.h"
#include "tests/unit/rrd_world.h"

#define UNKNOWN ((double)NAN)

/* -- helpers ------------------------------------------------------------------------------------*/

static size_t put(struct rrd_world *world, int64_t series, enum frequency frequency,
		  const struct rrd_rows *rows)
{
	struct error err = {0};
	size_t left_out = 0;
	if (!rrd_client_put(world->client, series, frequency, rows, &left_out, &err))
		fail_msg("%s", err.text);
	return left_out;
}

static struct rrd_rows get(struct rrd_world *world, int64_t series, enum frequency frequency)
{
	struct error err = {0};
	struct rrd_rows rows = {0};
	if (!rrd_client_get(world->client, series, frequency, &rows, &err))
		fail_msg("%s", err.text);
	return rows;
}

static void expect_rows(struct rrd_world *world, int64_t series, enum frequency frequency,
			const struct rrd_rows *want)
{
	AUTO_RRD_ROWS struct rrd_rows got = get(world, series, frequency);
	int32_t index;
	if (!rrd_rows_equal(want, &got, &index))
		fail_msg("%c: period %d differs", (char)frequency, index);
}

static void path_of(struct rrd_world *world, int64_t series, enum frequency frequency,
		    char path[RRD_PATH_BYTES])
{
	assert_true(
		rrd_path_of_series(world->state, rrd_layout_find(frequency), series, path, NULL));
}

/* 15 digits that look like nothing, from a fixed seed (Knuth's MMIX constants), in sizes from 1e-6
 * to 1e12; every seventh row is unknown. */
static void fill(struct rrd_rows *rows)
{
	uint64_t seed = 42;
	for (size_t i = 0; i < rows->count; i++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		double digits = (double)(seed >> 14); /* below 2^50, some 1.1e15 */
		double value = digits / pow(10, (double)(3 + (seed % 19)));
		rows->values[i] = i % 7 == 3 ? UNKNOWN : number_round15(value);
	}
}

static const enum frequency all[] = {FREQUENCY_YEAR,  FREQUENCY_HALF, FREQUENCY_QUARTER,
				     FREQUENCY_MONTH, FREQUENCY_WEEK, FREQUENCY_DAY};

/* -- files --------------------------------------------------------------------------------------*/

static void values_of_every_frequency_come_back_at_15_digits(void **state)
{
	struct rrd_world *world = *state;
	for (size_t i = 0; i < COUNT_OF(all); i++) {
		const struct rrd_layout *layout = rrd_layout_find(all[i]);
		AUTO_RRD_ROWS struct rrd_rows rows = {0};
		int32_t first = layout->last - layout->rows + 1;
		first = first < layout->first ? layout->first : first;
		assert_true(rrd_rows_init(&rows, first, (size_t)(layout->last - first + 1), NULL));
		fill(&rows);
		assert_int_equal(put(world, 300, all[i], &rows), 0);
		expect_rows(world, 300, all[i], &rows);
	}
}

static void extreme_values_come_back_too(void **state)
{
	struct rrd_world *world = *state;
	double values[] = {0,
			   -1,
			   1e-9,
			   123456789012345,
			   -0.000123456789012345,
			   1e22,
			   1e100,
			   5e-100,
			   0.1,
			   999999999999999,
			   1.1e-15,
			   -1e-5};
	struct rrd_rows rows = {20, COUNT_OF(values), values};
	assert_int_equal(put(world, 1, FREQUENCY_YEAR, &rows), 0);
	expect_rows(world, 1, FREQUENCY_YEAR, &rows);
}

/* One line of `rrdtool fetch`: "TIME: VALUE" with eleven digits. */
static void expect_fetched(const struct rrd_layout *layout, const struct rrd_rows *want,
			   struct span line)
{
	int64_t at_s;
	struct span time = span_cut(&line, ':'), value = span_trim(line);
	assert_true(number_read_integer(span_trim(time), 0, INT64_MAX, &at_s, NULL));
	double known = want->values[at_s / layout->step_s - 1 - want->first];
	struct number got;
	if (isnan(known)) {
		assert_true(span_is(value, "nan") || span_is(value, "-nan"));
		return;
	}
	assert_true(number_read_json(value, &got, NULL));
	assert_true(fabs(got.value - known) <= fabs(known) * 5.1e-11);
}

static void rrdtool_reads_the_same_at_11_digits_and_gaps_stay_unknown(void **state)
{
	struct rrd_world *world = *state;
	for (size_t i = 0; i < COUNT_OF(all); i++) {
		const struct rrd_layout *layout = rrd_layout_find(all[i]);
		AUTO_RRD_ROWS struct rrd_rows rows = {0};
		/* 20 periods from 2000 on; rrdtool itself takes no time before 1980. */
		int32_t first = period_index(all[i], 10957);
		assert_true(rrd_rows_init(&rows, first, 20, NULL));
		fill(&rows);
		assert_int_equal(put(world, 7, all[i], &rows), 0);
		char path[RRD_PATH_BYTES], start[NUMBER_BYTES], end[NUMBER_BYTES];
		path_of(world, 7, all[i], path);
		(void)snprintf(start, sizeof start, "%lld", (long long)first * layout->step_s);
		(void)snprintf(end, sizeof end, "%lld",
			       (long long)rrd_time_of_index(layout, first + 19) - 1);
		const char *const words[] = {"fetch", path,    "LAST", "--start",
					     start,   "--end", end,    NULL};
		AUTO_TEXT struct text printed = text_with_limit(1 << 20);
		rrd_world_rrdtool(words, &printed);
		struct span rest = text_span(&printed);
		int lines = 0;
		for (struct span line = span_cut(&rest, '\n'); rest.start != NULL;
		     line = span_cut(&rest, '\n')) {
			if (memchr(line.start, ':', line.len) == NULL)
				continue;
			expect_fetched(layout, &rows, line);
			lines++;
		}
		assert_int_equal(lines, 20);
	}
}

static void a_revision_and_an_earlier_value_make_the_file_anew(void **state)
{
	struct rrd_world *world = *state;
	double first[] = {91.7, UNKNOWN, 85.4}, second[] = {80, 91.7, 88.25, 85.5};
	struct rrd_rows before = {51, 3, first}, after = {50, 4, second};
	(void)put(world, 2, FREQUENCY_YEAR, &before);
	expect_rows(world, 2, FREQUENCY_YEAR, &before);
	(void)put(world, 2, FREQUENCY_YEAR, &after);
	expect_rows(world, 2, FREQUENCY_YEAR, &after);
}

static void what_a_file_cannot_hold_is_left_out_and_counted(void **state)
{
	struct rrd_world *world = *state;
	double values[] = {1, 2, 3, UNKNOWN, 5};
	struct rrd_rows early = {-1, 5, values}; /* 1969, 1970, 1971, -, 1973 */
	assert_int_equal(put(world, 3, FREQUENCY_YEAR, &early), 2);
	AUTO_RRD_ROWS struct rrd_rows got = get(world, 3, FREQUENCY_YEAR);
	assert_int_equal(got.first, 1);
	assert_int_equal(got.count, 3);
}

static void a_series_without_values_has_no_file(void **state)
{
	struct rrd_world *world = *state;
	double value = 5, none = UNKNOWN;
	struct rrd_rows one = {50, 1, &value}, unknown = {50, 1, &none}, empty = {0};
	char path[RRD_PATH_BYTES];
	path_of(world, 4, FREQUENCY_YEAR, path);
	expect_rows(world, 4, FREQUENCY_YEAR, &empty);
	(void)put(world, 4, FREQUENCY_YEAR, &empty);
	(void)put(world, 4, FREQUENCY_YEAR, &one);
	assert_int_equal(access(path, F_OK), 0);
	(void)put(world, 4, FREQUENCY_YEAR, &unknown);
	assert_int_not_equal(access(path, F_OK), 0);
}

static void others_may_not_read_and_nothing_is_left_over(void **state)
{
	struct rrd_world *world = *state;
	double value = 5;
	struct rrd_rows rows = {50, 1, &value};
	(void)put(world, 4127, FREQUENCY_YEAR, &rows);
	char path[RRD_PATH_BYTES];
	struct stat status;
	path_of(world, 4127, FREQUENCY_YEAR, path);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0640);
	assert_int_equal(status.st_size, 1632); /* 584 + 8 * 131 */
	*strrchr(path, '/') = '\0';
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0750);
	(void)snprintf(path, sizeof path, "%s/rrd/tmp", world->state);
	assert_int_equal(rrd_world_entries(path), 0);
}

static void a_scratch_file_of_a_worker_that_was_killed_goes_with_the_next_put(void **state)
{
	struct rrd_world *world = *state;
	char path[RRD_PATH_BYTES];
	(void)snprintf(path, sizeof path, "%s/rrd", world->state);
	assert_int_equal(mkdir(path, 0750), 0);
	(void)snprintf(path, sizeof path, "%s/rrd/tmp", world->state);
	assert_int_equal(mkdir(path, 0750), 0);
	(void)snprintf(path, sizeof path, "%s/rrd/tmp/12.rrd", world->state);
	FILE *file = fopen(path, "we");
	assert_non_null(file);
	assert_int_equal(fclose(file), 0);
	double value = 5;
	struct rrd_rows rows = {50, 1, &value};
	(void)put(world, 5, FREQUENCY_YEAR, &rows);
	assert_int_not_equal(access(path, F_OK), 0);
}

/* A worker whose daemon was killed may still be at work; here it is stuck before a rename. */
static void a_worker_waits_until_the_one_before_it_is_gone(void **state)
{
	struct rrd_world *world = *state;
	double value = 5;
	struct rrd_rows rows = {50, 1, &value};
	(void)put(world, 6, FREQUENCY_YEAR, &rows); /* this one stays */
	AUTO_RRD_CLIENT struct rrd_client *next =
		rrd_world_script(world, "exec \"$WORKER\" \"$@\"", 300, 0);
	struct error err = {0};
	size_t left_out = 0;
	assert_false(rrd_client_put(next, 6, FREQUENCY_YEAR, &rows, &left_out, &err));
	assert_string_equal(err.text, "RRD worker took longer than 300 ms");
	rrd_client_free(world->client);
	world->client = NULL;
	assert_true(rrd_client_put(next, 6, FREQUENCY_YEAR, &rows, &left_out, &err));
}

static void a_damaged_file_is_named_and_put_repairs_it(void **state)
{
	struct rrd_world *world = *state;
	static const struct {
		off_t size;
		const char *says;
	} cases[] = {
		{0, "mmaping file"},
		{100, "reached EOF while loading header"},
		{1000, "is too small"},
	};
	double values[] = {1, 2};
	struct rrd_rows rows = {50, 2, values}, got = {0};
	char path[RRD_PATH_BYTES], want[RRD_PATH_BYTES + 32];
	path_of(world, 6, FREQUENCY_YEAR, path);
	(void)snprintf(want, sizeof want, "file '%s' is damaged: ", path);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		(void)put(world, 6, FREQUENCY_YEAR, &rows);
		assert_int_equal(truncate(path, cases[i].size), 0);
		struct error err = {0};
		assert_false(rrd_client_get(world->client, 6, FREQUENCY_YEAR, &got, &err));
		assert_int_equal(err.code, ERROR_SYSTEM);
		if (strstr(err.text, cases[i].says) == NULL || strstr(err.text, want) == NULL)
			fail_msg("%s", err.text);
		(void)put(world, 6, FREQUENCY_YEAR, &rows);
		expect_rows(world, 6, FREQUENCY_YEAR, &rows);
	}
}

static void a_file_of_another_layout_is_damaged(void **state)
{
	struct rrd_world *world = *state;
	char path[RRD_PATH_BYTES];
	double value = 5;
	struct rrd_rows rows = {50, 1, &value}, got = {0};
	(void)put(world, 8, FREQUENCY_YEAR, &rows);
	path_of(world, 8, FREQUENCY_YEAR, path);
	const char *const words[] = {"create",		path, "--step", "86400", "DS:a:GAUGE:1:U:U",
				     "RRA:LAST:0:1:10", NULL};
	AUTO_TEXT struct text printed = text_with_limit(1 << 20);
	rrd_world_rrdtool(words, &printed);
	struct error err = {0};
	assert_false(rrd_client_get(world->client, 8, FREQUENCY_YEAR, &got, &err));
	assert_non_null(strstr(err.text, "it has 1 data sources and a step of 86400 seconds"));
}

static void a_value_that_librrd_cannot_keep_leaves_the_old_file(void **state)
{
	struct rrd_world *world = *state;
	double value = 5, huge = 1e305; /* times the seconds of a year: beyond any double */
	struct rrd_rows rows = {50, 1, &value}, bad = {50, 1, &huge};
	(void)put(world, 9, FREQUENCY_YEAR, &rows);
	struct error err = {0};
	size_t left_out;
	assert_false(rrd_client_put(world->client, 9, FREQUENCY_YEAR, &bad, &left_out, &err));
	assert_non_null(strstr(err.text, "period 50 did not come back from librrd"));
	expect_rows(world, 9, FREQUENCY_YEAR, &rows);
}

static void a_directory_that_cannot_be_made_is_named(void **state)
{
	struct rrd_world *world = *state;
	char path[RRD_PATH_BYTES];
	(void)snprintf(path, sizeof path, "%s/rrd", world->state);
	FILE *file = fopen(path, "we"); /* a file where a directory should be */
	assert_non_null(file);
	assert_int_equal(fclose(file), 0);
	double value = 5;
	struct rrd_rows rows = {50, 1, &value};
	struct error err = {0};
	size_t left_out;
	assert_false(rrd_client_put(world->client, 9, FREQUENCY_YEAR, &rows, &left_out, &err));
	assert_non_null(strstr(err.text, "Not a directory"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define RRD_TEST(name) cmocka_unit_test_setup_teardown(name, rrd_world_setup, rrd_world_teardown)
		RRD_TEST(values_of_every_frequency_come_back_at_15_digits),
		RRD_TEST(extreme_values_come_back_too),
		RRD_TEST(rrdtool_reads_the_same_at_11_digits_and_gaps_stay_unknown),
		RRD_TEST(a_revision_and_an_earlier_value_make_the_file_anew),
		RRD_TEST(what_a_file_cannot_hold_is_left_out_and_counted),
		RRD_TEST(a_series_without_values_has_no_file),
		RRD_TEST(others_may_not_read_and_nothing_is_left_over),
		RRD_TEST(a_worker_waits_until_the_one_before_it_is_gone),
		RRD_TEST(a_scratch_file_of_a_worker_that_was_killed_goes_with_the_next_put),
		RRD_TEST(a_damaged_file_is_named_and_put_repairs_it),
		RRD_TEST(a_file_of_another_layout_is_damaged),
		RRD_TEST(a_value_that_librrd_cannot_keep_leaves_the_old_file),
		RRD_TEST(a_directory_that_cannot_be_made_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
