/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <math.h>

#include "assess/completion.h"

static const struct measure none = {0};

static struct measure of(double value)
{
	return (struct measure){true, value};
}

/* What was worked out by hand stands in the row. */
static void the_share_is_of_the_way_or_of_the_level(void **state)
{
	const struct {
		struct completion_input input;
		const char *basis;
		double share;
		const char *why;
	} cases[] = {
		{{1, false, of(60), of(90), of(100), false}, "way", 0.75, "30 of 40"},
		{{-1, false, of(40), of(30), of(20), false}, "way", 0.5, "10 of 20 down"},
		{{1, false, of(60), of(50), of(100), false}, "way", -0.25, "moved 10 of 40 away"},
		{{-1, false, of(40), of(44), of(20), false},
		 "way",
		 -0.2,
		 "less is better and it grew"},
		{{1, true, of(60), of(110), of(100), false}, "way", 1.25, "exceeded: 50 of 40"},
		{{1, false, none, of(91), of(100), false}, "level", 0.91, "no start: 91 of 100"},
		{{-1, false, none, of(25), of(20), false},
		 "level",
		 0.8,
		 "less is better: 20 of 25"},
		{{-1, true, none, of(16), of(20), false},
		 "level",
		 1.25,
		 "less is better: 20 of 16"},
		{{1, true, of(97), of(98), of(95), false}, "level", 98.0 / 95, "good at the start"},
		{{1, false, of(97), of(94), of(95), false},
		 "level",
		 94.0 / 95,
		 "good at the start, lost"},
		{{1, true, of(60), of(90.5), of(91), false}, "level", 1, "within a tolerance"},
		{{0, true, none, of(7), of(6), false}, "level", 1, "in a range"},
		{{0, false, of(5), of(9), of(8), false}, NULL, 0, "outside a range: no way"},
		{{1, false, none, of(0), of(0), false}, NULL, 0, "above 0: nothing to divide by"},
		{{-1, false, none, of(3), of(0), false}, NULL, 0, "down to 0 without a start"},
		{{-1, false, of(12), of(3), of(0), false}, "way", 0.75, "down to 0: 9 of 12"},
		{{1, false, none, of(-2), of(4), false}, NULL, 0, "a share below 0 says nothing"},
		{{1, false, of(1), none, of(2), false}, NULL, 0, "no value"},
		{{1, false, of(1), of(2), none, false}, NULL, 0, "no target"},
		{{1, false, none, of(100), of(100), false},
		 NULL,
		 0,
		 "more than 100 asked, not met"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct completion got = assess_completion(&cases[i].input);
		const char *basis = completion_basis_name(got.basis);
		print_message("%s\n", cases[i].why);
		assert_true(got.share.is_set == (cases[i].basis != NULL));
		if (cases[i].basis == NULL) {
			assert_null(basis);
			continue;
		}
		assert_string_equal(basis, cases[i].basis);
		assert_true(fabs(got.share.value - cases[i].share) < 1e-12);
	}
}

/* A forest that is to stay at 42 % and grew to 49.56 % is held, not done to 118 %. */
static void what_is_to_be_kept_is_held_or_not_and_has_no_share(void **state)
{
	struct completion_input input = {1, true, of(40), of(49.56), of(42), true};
	(void)state;
	struct completion got = assess_completion(&input);
	assert_string_equal(completion_basis_name(got.basis), "held");
	assert_false(got.share.is_set);
	input.is_met = false;
	input.now = of(41);
	got = assess_completion(&input);
	assert_string_equal(completion_basis_name(got.basis), "not_held");
	assert_false(got.share.is_set);
	input.now = none;
	assert_null(completion_basis_name(assess_completion(&input).basis));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_share_is_of_the_way_or_of_the_level),
		cmocka_unit_test(what_is_to_be_kept_is_held_or_not_and_has_no_share),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
