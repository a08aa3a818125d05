/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "daemon/job.h"

enum { JOBS = 4 };

/* A poller with some jobs that are idle and due at 10, 11 ... */
struct yard {
	struct poller poller;
	struct job jobs[JOBS];
};

static int set_up(void **state)
{
	struct yard *yard = calloc(1, sizeof *yard);
	assert_non_null(yard);
	yard->poller.jobs = yard->jobs;
	yard->poller.count = JOBS;
	for (size_t i = 0; i < JOBS; i++)
		yard->jobs[i] = (struct job){
			.poller = &yard->poller, .state = JOB_IDLE, .due = 10 + (int64_t)i};
	*state = yard;
	return 0;
}

static int tear_down(void **state)
{
	struct yard *yard = *state;
	due_done(&yard->poller.due);
	free(yard);
	return 0;
}

static void a_lane_is_full_with_as_many_as_it_takes(void **state)
{
	struct lane lane = {.max = 2};
	(void)state;
	lane_join(&lane);
	assert_false(lane_is_full(&lane));
	lane_join(&lane);
	assert_true(lane_is_full(&lane));
	lane_leave(&lane);
	assert_false(lane_is_full(&lane));
}

static void who_is_parked_becomes_due_in_turn_as_others_leave(void **state)
{
	struct yard *yard = *state;
	struct lane lane = {.max = 1};
	lane_join(&lane);
	lane_park(&lane, &yard->jobs[2]);
	lane_park(&lane, &yard->jobs[0]);
	assert_true(yard->jobs[2].is_parked && yard->jobs[0].is_parked);
	assert_null(due_first(&yard->poller.due));
	lane_leave(&lane);
	assert_false(yard->jobs[2].is_parked);
	assert_true(yard->jobs[0].is_parked);
	assert_int_equal(due_first(&yard->poller.due)->what, 2);
	assert_int_equal(due_first(&yard->poller.due)->at, 12);
	lane_join(&lane);
	lane_leave(&lane);
	assert_false(yard->jobs[0].is_parked);
	assert_int_equal(due_first(&yard->poller.due)->what, 0);
	assert_null(lane.first);
	assert_null(lane.last);
}

static void a_job_that_was_switched_off_meanwhile_stays_off(void **state)
{
	struct yard *yard = *state;
	struct lane lane = {.max = 1};
	lane_join(&lane);
	lane_park(&lane, &yard->jobs[1]);
	yard->jobs[1].state = JOB_OFF;
	lane_leave(&lane);
	assert_false(yard->jobs[1].is_parked);
	assert_null(due_first(&yard->poller.due));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_lane_is_full_with_as_many_as_it_takes),
		cmocka_unit_test_setup_teardown(who_is_parked_becomes_due_in_turn_as_others_leave,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_job_that_was_switched_off_meanwhile_stays_off,
						set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
