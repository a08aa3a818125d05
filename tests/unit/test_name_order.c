/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "query/name_order.h"

static const char *name_at(const void *self, size_t at)
{
	const char *const *names = self;
	return names[at];
}

static void names_stand_as_in_a_dictionary_and_equal_ones_as_they_were(void **state)
{
	(void)state;
	/* a ă d đ; tones after letters: Hà before Hạ, both before Hải, whose third letter decides.
	 */
	static const char *const names[] = {"Đồng Nai", "Hạ", "Hải", "Dak Lak",
					    "An Giang", "Ăn", "Hà",  "Hà"};
	static const size_t expected[] = {4, 5, 3, 0, 6, 7, 1, 2};
	struct error err = {0};
	AUTO_FREE size_t *order = NULL;
	assert_true(name_order(names, COUNT_OF(names), name_at, &order, &err));
	for (size_t i = 0; i < COUNT_OF(names); i++)
		assert_int_equal(order[i], expected[i]);
}

static void no_name_at_all_is_in_order(void **state)
{
	(void)state;
	struct error err = {0};
	AUTO_FREE size_t *order = NULL;
	assert_true(name_order(NULL, 0, name_at, &order, &err));
}

static void a_name_that_is_no_text_is_refused(void **state)
{
	(void)state;
	static const char *const names[] = {"\xff"};
	struct error err = {0};
	size_t *order = NULL;
	assert_false(name_order(names, 1, name_at, &order, &err));
	assert_int_equal(err.code, ERROR_INPUT);
	assert_null(order);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_stand_as_in_a_dictionary_and_equal_ones_as_they_were),
		cmocka_unit_test(no_name_at_all_is_in_order),
		cmocka_unit_test(a_name_that_is_no_text_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
