/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "daemon/store.h"

#include <poll.h>
#include <stdio.h>

#include "daemon/daemon.h"
#include "ledger/sql.h"
#include "tests/unit/office.h"

/* Three small feeds and one of 12 288 rows: three slices of 4096, and a fourth call that finds the
 * end of them. */
enum { LARGE_ROWS = 3 * STORE_ROWS_MAX, FIRST_DAY_YEAR = 1980, TURNS_MAX = 10000 };

struct world {
	struct office office;
	struct daemon daemon;
	int64_t elapsed_ms;
};

static int64_t now_of(void *self)
{
	(void)self;
	return OFFICE_NOW;
}

static int64_t elapsed_of(void *self)
{
	const struct world *world = self;
	return world->elapsed_ms;
}

#define FEED(id, file, indicator, pattern)                                                         \
	"{ id = \"" id "\"; url = \"file:" file                                                    \
	"\"; every = \"1d\"; jitter = 0; source = \"stat\";\n"                                     \
	"  indicator = \"" indicator "\"; area_scheme = \"id\"; read = { format = \"csv\";\n"      \
	"  fields = { area = \"Area\"; period = \"Period\"; value = \"Value\"; };\n"               \
	"  periods = { patterns = [ \"" pattern "\" ]; }; numbers = { decimal = \".\"; }; }; }"

static const char feeds[] =
	FEED("a", "a.csv", "usw", "YYYY") ",\n" FEED("b", "b.csv", "usw", "YYYY") ",\n" FEED(
		"c", "c.csv", "pm25", "YYYY") ",\n" FEED("large", "large.csv", "pm25",
							 "YYYY-MM-DD") "\n";

static void write_large(struct office *office)
{
	AUTO_TEXT struct text table = text_with_limit(1 << 20);
	text_add_string(&table, "Area,Period,Value\n");
	for (int i = 0; i < LARGE_ROWS; i++)
		text_addf(&table, "VN,%d-%02d-%02d,%d\n", FIRST_DAY_YEAR + i / 336, i / 28 % 12 + 1,
			  i % 28 + 1, i % 50);
	assert_false(table.failed);
	office_write(office, "documents/large.csv", table.data);
}

static void open_world(struct world *world)
{
	struct error err = {0};
	*world = (struct world){.elapsed_ms = 1000};
	office_open(&world->office);
	office_write(&world->office, "documents/a.csv", "Area,Period,Value\nVN,2023,80.5\n");
	office_write(&world->office, "documents/b.csv", "Area,Period,Value\nVN,2024,66\n");
	office_write(&world->office, "documents/c.csv", "Area,Period,Value\nVN,2025,30\n");
	write_large(&world->office);
	office_configure(&world->office, feeds);
	world->daemon = (struct daemon){.clock = {now_of, elapsed_of, world}, .log = {.level = 0}};
	if (!daemon_open(&world->daemon, world->office.path, &err))
		fail_msg("%s", err.text);
}

static void close_world(struct world *world)
{
	daemon_close(&world->daemon);
	office_close(&world->office);
}

static struct job *job_of(struct world *world, const char *feed)
{
	struct job *job = poller_find(&world->daemon.poller, feed);
	assert_non_null(job);
	return job;
}

static int64_t rows_of(struct world *world)
{
	return office_rows(&world->daemon.desk);
}

static void turn(struct world *world)
{
	struct error err = {0};
	struct poller *poller = &world->daemon.poller;
	struct pollfd ready = {.fd = fetcher_fd(poller->fetcher), .events = POLLIN};
	poller_start_due(poller);
	if (poller->running > 0)
		(void)poll(&ready, 1, 1);
	if (!poller_turn(poller, &err))
		fail_msg("%s", err.text);
}

static bool is_busy(const struct world *world)
{
	return store_is_busy(&world->daemon.poller);
}

/* Until the large run has begun to be stored. */
static void turn_until_busy(struct world *world)
{
	for (int turns = 0; !is_busy(world); turns++) {
		assert_true(turns < TURNS_MAX);
		turn(world);
		world->elapsed_ms++;
	}
}

static void turn_until_all_ran(struct world *world)
{
	static const char *const names[] = {"a", "b", "c", "large"};
	for (size_t i = 0, turns = 0; i < COUNT_OF(names); turns++) {
		assert_true(turns < TURNS_MAX);
		turn(world);
		world->elapsed_ms++;
		if (!is_busy(world) && job_of(world, names[i])->runs > 0)
			i++;
	}
}

static void a_large_run_is_stored_in_slices_of_one_transaction(void **state)
{
	struct world world;
	int slices = 1;
	(void)state;
	open_world(&world);
	turn_until_busy(&world);
	int64_t before = rows_of(&world);
	assert_true(before <= STORE_ROWS_MAX + 3);
	while (is_busy(&world)) {
		/* nothing of it is seen before all of it is there, and nobody else writes */
		assert_true(ledger_in_transaction(world.daemon.desk.ledger));
		daemon_work(&world.daemon);
		assert_int_equal(job_of(&world, "large")->runs, 0);
		turn(&world);
		int64_t after = rows_of(&world);
		assert_true(after - before <= STORE_ROWS_MAX);
		before = after;
		slices++;
	}
	assert_int_equal(slices, LARGE_ROWS / STORE_ROWS_MAX + 1);
	assert_int_equal(job_of(&world, "large")->runs, 1);
	assert_false(job_of(&world, "large")->has_failed);
	turn_until_all_ran(&world);
	assert_int_equal(rows_of(&world), LARGE_ROWS + 3);
	close_world(&world);
}

static void a_large_run_that_is_broken_off_leaves_nothing_and_comes_again(void **state)
{
	struct world world;
	struct error err = {0};
	(void)state;
	open_world(&world);
	turn_until_busy(&world);
	turn(&world);
	assert_true(is_busy(&world));
	if (!poller_keep(&world.daemon.poller, &err))
		fail_msg("%s", err.text);
	assert_false(is_busy(&world));
	assert_false(ledger_in_transaction(world.daemon.desk.ledger));
	assert_true(rows_of(&world) <= 3);
	assert_int_equal(job_of(&world, "large")->state, JOB_IDLE);
	turn_until_all_ran(&world);
	assert_int_equal(rows_of(&world), LARGE_ROWS + 3);
	assert_int_equal(job_of(&world, "large")->remembered.failures, 0);
	close_world(&world);
}

static void a_stop_while_a_large_run_is_stored_leaves_nothing_of_it(void **state)
{
	struct world world;
	struct error err = {0};
	(void)state;
	open_world(&world);
	turn_until_busy(&world);
	daemon_close(&world.daemon);
	world.daemon = (struct daemon){.clock = {now_of, elapsed_of, &world}, .log = {.level = 0}};
	if (!daemon_open(&world.daemon, world.office.path, &err))
		fail_msg("%s", err.text);
	assert_true(rows_of(&world) <= 3);
	assert_int_equal(job_of(&world, "large")->remembered.last_success, 0);
	close_world(&world);
}

/* All are read in the first turns; whoever ends first waits for the others. */
static void runs_that_end_together_are_stored_together(void **state)
{
	struct world world;
	size_t most = 0;
	(void)state;
	open_world(&world);
	for (int turns = 0; job_of(&world, "a")->runs == 0; turns++) {
		assert_true(turns < TURNS_MAX);
		most = world.daemon.poller.ended_count > most ? world.daemon.poller.ended_count
							      : most;
		turn(&world); /* the clock stands, so that only the others are waited for */
	}
	assert_true(most >= 2 || job_of(&world, "b")->runs == 1);
	turn_until_all_ran(&world);
	assert_int_equal(rows_of(&world), LARGE_ROWS + 3);
	close_world(&world);
}

/* The log refuses the row of one of them: an index that somebody made allows one 66 only. */
static void one_that_cannot_be_stored_does_not_keep_the_others_out(void **state)
{
	struct world world;
	struct error err = {0};
	(void)state;
	open_world(&world);
	office_write(&world.office, "documents/b.csv",
		     "Area,Period,Value\nVN,2023,66\nVN,2024,66\n");
	const struct ledger *ledger = world.daemon.desk.ledger;
	if (ledger == NULL ||
	    !sql_script(ledger->db,
			"CREATE UNIQUE INDEX one ON observation (value) WHERE value = 66", &err))
		fail_msg("%s", err.text);
	turn_until_all_ran(&world);
	assert_true(job_of(&world, "b")->has_failed);
	assert_string_equal(job_of(&world, "b")->remembered.cause, "internal");
	assert_int_equal(job_of(&world, "b")->remembered.failures, 1);
	assert_false(job_of(&world, "a")->has_failed);
	assert_false(job_of(&world, "c")->has_failed);
	assert_int_equal(rows_of(&world), LARGE_ROWS + 2);
	close_world(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_large_run_is_stored_in_slices_of_one_transaction),
		cmocka_unit_test(a_large_run_that_is_broken_off_leaves_nothing_and_comes_again),
		cmocka_unit_test(a_stop_while_a_large_run_is_stored_leaves_nothing_of_it),
		cmocka_unit_test(runs_that_end_together_are_stored_together),
		cmocka_unit_test(one_that_cannot_be_stored_does_not_keep_the_others_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
