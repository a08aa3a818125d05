/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "tests/unit/ledger_world.h"

/* Every test begins in a transaction, with a load and a series. */
struct log_world {
	struct ledger_world *world;
	int64_t load, series;
};

static struct log_world begin(void **state)
{
	struct log_world log = {.world = *state};

	ledger_world_must(log.world, ledger_begin(log.world->ledger, &log.world->err));
	log.load = ledger_world_load(log.world, LOAD_IMPORT, "");
	log.series = ledger_world_series(log.world, "VN");
	return log;
}

static enum append_result append(struct log_world *log, struct observation obs)
{
	obs.series = log->series;
	obs.load = log->load;
	return ledger_world_append(log->world, &obs);
}

struct seen_series {
	size_t count;
	int64_t ids[8];
};

static bool see_series(void *self, const struct series *series, struct error *err)
{
	struct seen_series *seen = self;

	(void)err;
	assert_true(seen->count < COUNT_OF(seen->ids));
	seen->ids[seen->count++] = series->id;
	return true;
}

static void series_are_found_by_what_they_are(void **state)
{
	struct log_world log = begin(state);
	struct ledger_world *world = log.world;
	struct series_key sex = {"usw", "sex=f", "VN"}, other = {"hw", "", "VN"};
	struct seen_series seen = {0};
	struct series series;
	int64_t id, count_of;

	ledger_world_must(world, series_find(world->ledger, &sex, &id, &world->err));
	assert_int_equal(id, 0);
	ledger_world_must(world, series_ensure(world->ledger, &sex, &id, &world->err));
	assert_int_not_equal(id, log.series);
	ledger_world_must(world, series_ensure(world->ledger, &other, &id, &world->err));
	assert_int_equal(ledger_world_series(world, "VN"), log.series);
	ledger_world_must(world, series_read(world->ledger, 2, &series, &world->err));
	assert_string_equal(series.breakdown, "sex=f");
	ledger_world_expect(world, series_read(world->ledger, 9, &series, &world->err),
			    ERROR_NOT_FOUND, "no series 9");
	ledger_world_must(world, series_count(world->ledger, &count_of, &world->err));
	assert_int_equal(count_of, 3);
	ledger_world_must(world, series_each(world->ledger, "usw", see_series, &seen, &world->err));
	assert_int_equal(seen.count, 2);
	ledger_world_must(world, series_each(world->ledger, NULL, see_series, &seen, &world->err));
	assert_int_equal(seen.count, 5);
	assert_int_equal(seen.ids[2], 3); /* hw before usw */
}

static void changed_series_are_those_with_later_rows(void **state)
{
	struct log_world log = begin(state);
	struct ledger_world *world = log.world;
	struct seen_series seen = {0};

	(void)append(&log, ledger_world_value("2021", 1, "2022-01-31"));
	log.series = ledger_world_series(world, "P63:75");
	(void)append(&log, ledger_world_value("2021", 2, "2022-01-31"));
	(void)append(&log, ledger_world_value("2022", 2, "2023-01-31"));
	ledger_world_must(world,
			  series_each_changed(world->ledger, 0, 0, see_series, &seen, &world->err));
	assert_int_equal(seen.count, 2);
	ledger_world_must(world,
			  series_each_changed(world->ledger, 0, 1, see_series, &seen, &world->err));
	assert_int_equal(seen.count, 3);
	ledger_world_must(world,
			  series_each_changed(world->ledger, 1, 0, see_series, &seen, &world->err));
	assert_int_equal(seen.count, 4);
	assert_int_equal(seen.ids[3], 2);
	log.series = 1;
	(void)append(&log, ledger_world_value("2022", 3, "2023-01-31"));
	ledger_world_must(world,
			  series_each_changed(world->ledger, 1, 0, see_series, &seen, &world->err));
	assert_int_equal(seen.count, 6);
	ledger_rollback(world->ledger);
	ledger_world_must(world,
			  series_each_changed(world->ledger, 1, 0, see_series, &seen, &world->err));
	assert_int_equal(seen.count, 6);
}

static bool see_load(void *self, const struct load *load, struct error *err)
{
	int64_t *sum = self;

	(void)err;
	*sum += load->id;
	return true;
}

static void loads_say_who_brought_what(void **state)
{
	struct log_world log = begin(state);
	struct ledger_world *world = log.world;
	struct load poll = {.kind = LOAD_POLL,
			    .received = 1234567890,
			    .actor = "envgapd",
			    .feed = "wb",
			    .document = sha256_of(span_of("document")),
			    .mapping = sha256_of(span_of("mapping"))};
	struct load read;
	int64_t id, sum = 0;

	ledger_world_must(world, load_add(world->ledger, &poll, &id, &world->err));
	(void)ledger_world_load(world, LOAD_POLL, "other");
	ledger_world_must(world, load_read(world->ledger, id, &read, &world->err));
	assert_int_equal(read.received, 1234567890);
	assert_string_equal(read.actor, "envgapd");
	assert_true(sha256_equal(&read.document, &poll.document));
	assert_true(sha256_equal(&read.mapping, &poll.mapping));
	ledger_world_must(world, load_last(world->ledger, LOAD_POLL, "wb", &read, &world->err));
	assert_int_equal(read.id, id);
	ledger_world_must(world, load_last(world->ledger, LOAD_POLL, NULL, &read, &world->err));
	assert_int_equal(read.id, id + 1);
	ledger_world_must(world, load_last(world->ledger, LOAD_REPLAY, NULL, &read, &world->err));
	assert_int_equal(read.id, 0);
	ledger_world_must(world, load_each(world->ledger, see_load, &sum, &world->err));
	assert_int_equal(sum, 1 + 2 + 3);
	poll.actor[0] = '\0';
	ledger_world_expect(world, load_add(world->ledger, &poll, &id, &world->err), ERROR_REFUSED,
			    "CHECK");
	ledger_world_expect(world, load_read(world->ledger, 9, &read, &world->err), ERROR_NOT_FOUND,
			    "no load 9");
}

#define TEST(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, ledger_world_set_up, ledger_world_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(series_are_found_by_what_they_are),
		TEST(changed_series_are_those_with_later_rows),
		TEST(loads_say_who_brought_what),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
