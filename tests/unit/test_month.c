/* SPDX-License-Identifier: GPL-3.0-or-later */
/* timeout: 120 s */
#include "tests/unit/unit.h"

#include "daemon/daemon.h"

#include <poll.h>
#include <stdio.h>

#include "intake/figure.h"
#include "ledger/event.h"
#include "tests/unit/office.h"

/* Weeks and years of the daemon's work under a clock that is moved by hand; documents are files. */
enum { HOUR_S = 3600, DAY_S = 24 * HOUR_S, STEPS_MAX = 100000 };

struct world {
	struct office office;
	struct daemon daemon;
	int64_t now, elapsed_ms;
};

static int64_t now_of(void *self)
{
	const struct world *world = self;
	return world->now;
}

static int64_t elapsed_of(void *self)
{
	const struct world *world = self;
	return world->elapsed_ms;
}

static const char feeds[] =
	"{ id = \"six\"; url = \"file:a.csv\"; every = \"6h\"; jitter = 0; source = \"stat\";\n"
	"  indicator = \"usw\"; area_scheme = \"id\"; read = { format = \"csv\"; fields = {\n"
	"  area = \"Area\"; period = \"Year\"; value = \"Value\"; };\n"
	"  periods = { patterns = [ \"YYYY\" ]; }; numbers = { decimal = \".\"; }; }; },\n"
	"{ id = \"daily\"; url = \"file:a.csv\"; every = \"1d\"; jitter = 0; source = \"env\";\n"
	"  indicator = \"usw\"; area_scheme = \"id\"; read = { format = \"csv\"; fields = {\n"
	"  area = \"Area\"; period = \"Year\"; value = \"Value\"; };\n"
	"  periods = { patterns = [ \"YYYY\" ]; }; numbers = { decimal = \".\"; }; }; },\n"
	"{ id = \"weekly\"; url = \"file:a.csv\"; every = \"7d\"; jitter = 0; source = \"env\";\n"
	"  indicator = \"pm25\"; area_scheme = \"id\"; read = { format = \"csv\"; fields = {\n"
	"  area = \"Area\"; period = \"Year\"; value = \"Value\"; };\n"
	"  periods = { patterns = [ \"YYYY\" ]; }; numbers = { decimal = \".\"; }; }; }\n";

static void open_daemon(struct world *world)
{
	struct error err = {0};
	world->daemon = (struct daemon){.clock = {now_of, elapsed_of, world}, .log = {.level = 0}};
	if (!daemon_open(&world->daemon, world->office.path, &err))
		fail_msg("%s", err.text);
}

static void open_world(struct world *world, int64_t now)
{
	*world = (struct world){.now = now, .elapsed_ms = 1000};
	office_open(&world->office);
	office_write(&world->office, "documents/a.csv", "Area,Year,Value\nVN,2025,80.5\n");
	office_configure(&world->office, feeds);
	open_daemon(world);
}

static void close_world(struct world *world)
{
	daemon_close(&world->daemon);
	office_close(&world->office);
}

/* What the daemon's loop does at this moment, until nothing is left to do. */
static void work_off(struct world *world)
{
	struct daemon *daemon = &world->daemon;
	struct error err = {0};
	for (int step = 0;; step++) {
		assert_true(step < STEPS_MAX);
		poller_start_due(&daemon->poller);
		if (!poller_turn(&daemon->poller, &err))
			fail_msg("%s", err.text);
		daemon_work(daemon);
		if (daemon->poller.running == 0 && daemon_wait_ms(daemon) > 0 &&
		    poller_wait_ms(&daemon->poller) > 0)
			return;
		struct pollfd ready = {.fd = fetcher_fd(daemon->poller.fetcher), .events = POLLIN};
		if (daemon->poller.running > 0)
			(void)poll(&ready, 1, 1);
	}
}

/* Both clocks go on; the loop wakes every 20 minutes. */
static void live(struct world *world, int64_t for_s)
{
	const int64_t step_s = HOUR_S / 3;
	for (int64_t lived_s = 0; lived_s < for_s; lived_s += step_s) {
		world->now += step_s;
		world->elapsed_ms += step_s * 1000;
		work_off(world);
	}
}

static uint64_t runs_of(struct world *world, const char *feed)
{
	const struct job *job = poller_find(&world->daemon.poller, feed);
	assert_non_null(job);
	assert_false(job->has_failed);
	return job->runs;
}

static void assert_runs(struct world *world, uint64_t six, uint64_t daily, uint64_t weekly)
{
	assert_int_equal(runs_of(world, "six"), six);
	assert_int_equal(runs_of(world, "daily"), daily);
	assert_int_equal(runs_of(world, "weekly"), weekly);
}

/* 28 days after the first round: 28 * 4, 28 and 4 more. */
static void in_four_weeks_every_feed_is_polled_as_often_as_it_should_be(void **state)
{
	struct world world;
	(void)state;
	open_world(&world, OFFICE_NOW);
	work_off(&world);
	assert_runs(&world, 1, 1, 1);
	live(&world, 28 * DAY_S);
	assert_runs(&world, 113, 29, 5);
	/* the same document again and again: one row from each feed */
	assert_int_equal(office_rows(&world.daemon.desk), 3);
	close_world(&world);
}

/* What fell due meanwhile is polled once; then the rhythm goes on from there. */
static void a_clock_put_forward_ten_days_starts_every_feed_once(void **state)
{
	struct world world;
	(void)state;
	open_world(&world, OFFICE_NOW);
	work_off(&world);
	live(&world, DAY_S);
	assert_runs(&world, 5, 2, 1);
	world.now += 10 * DAY_S;
	work_off(&world);
	assert_runs(&world, 6, 3, 2);
	live(&world, 7 * DAY_S);
	assert_runs(&world, 6 + 28, 3 + 7, 2 + 1);
	close_world(&world);
}

/* Due times were up to 17 days ahead; nobody waits for them, and nobody is polled before its time.
 */
static void a_clock_put_back_ten_days_changes_no_rhythm(void **state)
{
	struct world world;
	(void)state;
	open_world(&world, OFFICE_NOW);
	work_off(&world);
	live(&world, DAY_S);
	world.now -= 10 * DAY_S;
	work_off(&world);
	assert_runs(&world, 5, 2, 1);
	live(&world, 6 * DAY_S);
	assert_runs(&world, 5 + 24, 2 + 6, 1 + 1);
	live(&world, 7 * DAY_S);
	assert_runs(&world, 29 + 28, 8 + 7, 2 + 1);
	close_world(&world);
}

/* The ledger remembers tries of a time to come: they count for nothing, and each feed is polled. */
static void a_clock_put_back_while_it_was_stopped_starts_every_feed_once(void **state)
{
	struct world world;
	(void)state;
	open_world(&world, OFFICE_NOW + 10 * DAY_S);
	work_off(&world);
	daemon_close(&world.daemon);
	world.now -= 10 * DAY_S;
	open_daemon(&world);
	work_off(&world);
	assert_runs(&world, 1, 1, 1);
	live(&world, DAY_S);
	assert_runs(&world, 5, 2, 1);
	close_world(&world);
}

static void due_times_survive_a_restart(void **state)
{
	struct world world;
	(void)state;
	open_world(&world, OFFICE_NOW);
	work_off(&world);
	live(&world, 3 * HOUR_S);
	daemon_close(&world.daemon);
	open_daemon(&world);
	work_off(&world);
	assert_runs(&world, 0, 0, 0);
	live(&world, 3 * HOUR_S);
	assert_runs(&world, 1, 0, 0);
	close_world(&world);
}

/* 1970 on a running daemon: nothing is polled or judged, and when the time is back all goes on. */
static void while_the_clock_is_wrong_nothing_happens(void **state)
{
	struct world world;
	(void)state;
	open_world(&world, OFFICE_NOW);
	work_off(&world);
	int32_t day = world.daemon.day;
	world.now = 100;
	assert_false(daemon_knows_time(&world.daemon));
	live(&world, 3 * DAY_S);
	poller_hurry(poller_find(&world.daemon.poller, "six"));
	work_off(&world);
	assert_runs(&world, 1, 1, 1);
	assert_int_equal(world.daemon.day, day);
	world.now = OFFICE_NOW + 3 * DAY_S;
	work_off(&world);
	assert_runs(&world, 2, 2, 1);
	close_world(&world);
}

static void without_the_time_no_ledger_is_begun(void **state)
{
	struct world world = {.now = 100};
	struct error err = {0};
	(void)state;
	office_open(&world.office);
	world.daemon = (struct daemon){.clock = {now_of, elapsed_of, &world}};
	assert_false(daemon_open(&world.daemon, world.office.path, &err));
	assert_int_equal(err.code, ERROR_SYSTEM);
	assert_string_equal(err.text, "the clock says 1970-01-01T00:01:40Z, before this program "
				      "was made; set it before figures are received");
	close_world(&world);
}

/* -- days and years -- */

struct seen {
	int64_t at;
	char state[EVENT_NAME_BYTES], cause[EVENT_NAME_BYTES];
};

static bool remember_last(void *self, const struct event *event, struct error *err)
{
	struct seen *seen = self;
	(void)err;
	seen->at = event->at;
	(void)snprintf(seen->state, sizeof seen->state, "%s", event->new_state);
	(void)snprintf(seen->cause, sizeof seen->cause, "%s", event->cause);
	return true;
}

static struct seen last_event(struct world *world, const char *target)
{
	const struct event_filter filter = {.kind = "state", .target = target, .area = "VN"};
	struct seen seen = {0};
	assert_true(event_each(world->daemon.desk.ledger, &filter, remember_last, &seen, NULL));
	return seen;
}

static void assert_last(struct world *world, const char *target, const char *what,
			const char *cause)
{
	const struct seen seen = last_event(world, target);
	assert_string_equal(seen.state, what);
	assert_string_equal(seen.cause, cause);
}

static void assert_today(const struct world *world, const char *day)
{
	int32_t wanted = 0;
	assert_true(day_parse(span_of(day), &wanted, NULL));
	assert_int_equal(world->daemon.day, wanted);
	assert_int_equal(daemon_today(&world->daemon), wanted);
}

/* Two targets that are due in 2027 and never get a value for it: `now` may be judged the day after,
 * `later` 90 days after, which is 2028-03-30: 31 + 29 + 30 days. */
static void open_dates(struct world *world, int64_t now)
{
	*world = (struct world){.now = now, .elapsed_ms = 1000};
	office_open(&world->office);
	office_write(&world->office, "catalogue/indicators.csv",
		     "id,name,unit,direction,frequency,release_lag_days,basis\n"
		     "usw,Waste,%,up,year,90,end\nprompt,Prompt,%,up,year,0,end\n"
		     "pm25,Dust,x,down,year,0,end\n");
	office_write(&world->office, "catalogue/targets.csv",
		     "id,act,indicator,area,op,value,period\n"
		     "later,plan,usw,VN,>=,95,2027\nnow,plan,prompt,VN,>=,95,2027\n");
	office_write(&world->office, "catalogue/milestones.csv", "target,period,value\n");
	open_daemon(world);
	static const char *const indicators[] = {"usw", "prompt"};
	for (size_t i = 0; i < COUNT_OF(indicators); i++) {
		const struct intake intake = desk_intake(&world->daemon.desk, world->now, "tester");
		const struct figure figure = {.indicator = indicators[i],
					      .area = "VN",
					      .period = "2026",
					      .value = "80.5",
					      .source = "stat",
					      .published = "2027-02-01"};
		struct figure_result result;
		assert_true(figure_record(&intake, &figure, &result, NULL));
	}
	world->daemon.has_apply_work = true;
	work_off(world);
}

static void tick_to(struct world *world, int64_t now)
{
	world->elapsed_ms += (now - world->now) * 1000;
	world->now = now;
	work_off(world);
}

/* 2027-12-31 17:00 UTC is midnight in Asia/Ho_Chi_Minh (UTC+7, no summer time).
 * date -u -d '2027-12-31 17:00' +%s: 1830272400 */
static void the_year_ends_at_midnight_of_the_time_zone(void **state)
{
	const int64_t midnight = 1830272400;
	struct world world;
	(void)state;
	open_dates(&world, midnight - 30 * DAY_S);
	assert_last(&world, "now", "insufficient_data", "new_value");
	tick_to(&world, midnight - 1);
	assert_today(&world, "2027-12-31");
	assert_last(&world, "now", "insufficient_data", "new_value");
	tick_to(&world, midnight);
	assert_today(&world, "2028-01-01");
	assert_last(&world, "now", "no_data", "time_passed");
	assert_int_equal(last_event(&world, "now").at, midnight);
	assert_last(&world, "later", "insufficient_data", "new_value");
	close_world(&world);
}

/* date -u -d '2028-02-28 17:00' +%s: 1835370000; 30 March 17:00: 1838048400 */
static void a_leap_year_has_a_day_more(void **state)
{
	const int64_t midnight = 1835370000;
	const int64_t lag_is_over = 1838048400;
	struct world world;
	(void)state;
	open_dates(&world, midnight - HOUR_S);
	assert_today(&world, "2028-02-28");
	tick_to(&world, midnight - 1);
	assert_today(&world, "2028-02-28");
	tick_to(&world, midnight);
	assert_today(&world, "2028-02-29");
	tick_to(&world, midnight + DAY_S);
	assert_today(&world, "2028-03-01");
	tick_to(&world, lag_is_over - 1);
	assert_today(&world, "2028-03-30");
	assert_last(&world, "later", "insufficient_data", "new_value");
	tick_to(&world, lag_is_over);
	assert_today(&world, "2028-03-31");
	assert_last(&world, "later", "no_data", "time_passed");
	close_world(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_four_weeks_every_feed_is_polled_as_often_as_it_should_be),
		cmocka_unit_test(a_clock_put_forward_ten_days_starts_every_feed_once),
		cmocka_unit_test(a_clock_put_back_ten_days_changes_no_rhythm),
		cmocka_unit_test(a_clock_put_back_while_it_was_stopped_starts_every_feed_once),
		cmocka_unit_test(due_times_survive_a_restart),
		cmocka_unit_test(while_the_clock_is_wrong_nothing_happens),
		cmocka_unit_test(without_the_time_no_ledger_is_begun),
		cmocka_unit_test(the_year_ends_at_midnight_of_the_time_zone),
		cmocka_unit_test(a_leap_year_has_a_day_more),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
