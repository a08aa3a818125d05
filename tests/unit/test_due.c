/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "daemon/due.h"

static void nothing_is_due_at_first(void **state)
{
	struct due due = {0};
	(void)state;
	assert_null(due_first(&due));
	due_done(&due);
}

static void the_earliest_comes_first_whatever_the_order_of_pushing(void **state)
{
	static const int64_t pushed[] = {50, 10, 40, 10, 30, 20, 60, 5};
	static const int64_t popped[] = {5, 10, 10, 20, 30, 40, 50, 60};
	struct due due = {0};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(pushed); i++)
		assert_true(due_push(&due, pushed[i], i, NULL));
	for (size_t i = 0; i < COUNT_OF(popped); i++) {
		assert_int_equal(due_first(&due)->at, popped[i]);
		due_pop(&due);
	}
	assert_null(due_first(&due));
	due_done(&due);
}

/* A hundred thousand random times come out ascending, and none is lost. */
static void many_times_come_out_in_order(void **state)
{
	enum { COUNT = 100000 };
	struct due due = {0};
	unsigned seed = 7;
	int64_t pushed = 0;
	int64_t popped = 0;
	(void)state;
	for (size_t i = 0; i < COUNT; i++) {
		int64_t at = rand_r(&seed) % 1000;
		pushed += at;
		assert_true(due_push(&due, at, i, NULL));
	}
	int64_t last = -1;
	for (size_t i = 0; i < COUNT; i++) {
		int64_t at = due_first(&due)->at;
		assert_true(at >= last);
		popped += at;
		last = at;
		due_pop(&due);
	}
	assert_int_equal(pushed, popped);
	due_done(&due);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_due_at_first),
		cmocka_unit_test(the_earliest_comes_first_whatever_the_order_of_pushing),
		cmocka_unit_test(many_times_come_out_in_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
