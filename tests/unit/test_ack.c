/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "judge/ack.h"

static const char *holds(enum assess_state acknowledged, enum assess_state now)
{
	struct ack one = {.target = "t", .area = "VN", .state = acknowledged};
	const struct acks acks = {.items = &one, .count = 1};
	return acks_find(&acks, "t", "VN", now) != NULL ? "holds" : "ends";
}

static void one_holds_until_the_state_is_clear_or_worse(void **state)
{
	static const struct {
		enum assess_state acknowledged, now;
		const char *want, *why;
	} cases[] = {
		{STATE_OFF_TRACK, STATE_OFF_TRACK, "holds", "as it was"},
		{STATE_OFF_TRACK, STATE_NEARLY_ON_TRACK, "holds", "less bad"},
		{STATE_OFF_TRACK, STATE_ON_TRACK, "ends", "clear"},
		{STATE_OFF_TRACK, STATE_MET, "ends", "clear"},
		{STATE_OFF_TRACK, STATE_WORSENING, "ends", "worse"},
		{STATE_WORSENING, STATE_MISSED, "ends", "worse"},
		{STATE_MISSED, STATE_WORSENING, "holds", "less bad"},
		{STATE_OFF_TRACK, STATE_NO_DATA, "holds", "not to know is no news"},
		{STATE_NO_DATA, STATE_INSUFFICIENT_DATA, "holds", "both are not to know"},
		{STATE_NOT_ASSESSABLE, STATE_NO_DATA, "holds", "both are not to know"},
		{STATE_NO_DATA, STATE_NEARLY_ON_TRACK, "ends", "now it is known to be bad"},
		{STATE_INSUFFICIENT_DATA, STATE_MISSED, "ends", "now it is known to be bad"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		print_message("%s -> %s: %s\n", assess_state_name(cases[i].acknowledged),
			      assess_state_name(cases[i].now), cases[i].why);
		assert_string_equal(holds(cases[i].acknowledged, cases[i].now), cases[i].want);
	}
}

static void one_is_about_its_target_and_area(void **state)
{
	struct ack both[] = {{.target = "a", .area = "P1", .state = STATE_MISSED},
			     {.target = "a", .area = "P2", .state = STATE_MISSED}};
	const struct acks acks = {.items = both, .count = COUNT_OF(both)};
	(void)state;
	assert_ptr_equal(acks_find(&acks, "a", "P1", STATE_MISSED), &both[0]);
	assert_ptr_equal(acks_find(&acks, "a", "P2", STATE_MISSED), &both[1]);
	assert_null(acks_find(&acks, "a", "P3", STATE_MISSED));
	assert_null(acks_find(&acks, "b", "P1", STATE_MISSED));
	assert_null(acks_find(&(struct acks){0}, "a", "P1", STATE_MISSED));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_holds_until_the_state_is_clear_or_worse),
		cmocka_unit_test(one_is_about_its_target_and_area),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
