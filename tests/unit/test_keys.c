/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/keys.h"

enum { COLOUR_RED = 3, COLOUR_BLUE = 7 };

struct inner {
	char *name;
	long age_s;
};

struct record {
	char *text;
	struct key_texts list;
	struct key_map map;
	long integer, duration_s, size_bytes;
	struct key_number number;
	bool flag;
	int colour;
	struct inner group;
	struct key_list inners;
};

static const struct key_choice colours[] = {{"red", COLOUR_RED}, {"blue", COLOUR_BLUE}, {0}};
static const struct key inner_keys[] = {
	{"name", KEY_TEXT, offsetof(struct inner, name), 0, 0, "nobody", 0, NULL, NULL, 0, ""},
	{"age", KEY_DURATION_S, offsetof(struct inner, age_s), 0, 0, "2m", 0, NULL, NULL, 0, ""},
	{0},
};

#define ROW(name, type, field, min, max, fallback)                                                 \
	{                                                                                          \
		name, type, offsetof(struct record, field), min, max, fallback, 0, colours,        \
			inner_keys, sizeof(struct inner), ""                                       \
	}

static const struct key keys[] = {
	ROW("text", KEY_TEXT, text, 1, 5, "a"),
	ROW("list", KEY_TEXT_LIST, list, 0, 0, NULL),
	ROW("map", KEY_MAP, map, 0, 0, NULL),
	ROW("integer", KEY_INTEGER, integer, -5, 10, "7"),
	ROW("number", KEY_NUMBER, number, -0.5, 0.5, NULL),
	ROW("flag", KEY_SWITCH, flag, 0, 0, "yes"),
	ROW("duration", KEY_DURATION_S, duration_s, 60, 7 * 86400, "90s"),
	ROW("size", KEY_SIZE_BYTES, size_bytes, 0, 1 << 30, "3K"),
	ROW("colour", KEY_CHOICE, colour, 0, 0, "blue"),
	ROW("group", KEY_GROUP, group, 0, 0, NULL),
	ROW("inners", KEY_GROUP_LIST, inners, 0, 0, NULL),
	{0},
};

static bool set(struct record *record, const char *name, const char *written, struct error *err)
{
	return key_set_text(keys_find(keys, name), record, span_of(written), err);
}

static void fallbacks_are_set_in_groups_as_well(void **state)
{
	(void)state;
	struct record record = {0};
	assert_true(keys_set_fallbacks(keys, &record, NULL));
	assert_string_equal(record.text, "a");
	assert_int_equal(record.integer, 7);
	assert_false(record.number.is_set);
	assert_true(record.flag);
	assert_int_equal(record.duration_s, 90);
	assert_int_equal(record.size_bytes, 3 * 1024);
	assert_int_equal(record.colour, COLOUR_BLUE);
	assert_string_equal(record.group.name, "nobody");
	assert_int_equal(record.group.age_s, 120);
	keys_free(keys, &record);
	assert_null(record.text);
	assert_null(record.group.name);
}

static void durations_and_sizes_take_a_letter_or_none(void **state)
{
	(void)state;
	static const struct {
		const char *key, *written;
		long want;
		const char *why;
	} cases[] = {
		{"duration", "60", 60, "seconds, and the least"},
		{"duration", "90s", 90, "seconds by name"},
		{"duration", "15m", 900, "15 * 60"},
		{"duration", "6h", 21600, "6 * 3600"},
		{"duration", "7d", 604800, "7 * 86400, and the most"},
		{"size", "0", 0, "nothing"},
		{"size", "64K", 65536, "64 * 1024"},
		{"size", "16M", 16777216, "16 * 1024 * 1024"},
		{"size", "1G", 1073741824, "1024 * 1024 * 1024, and the most"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct record record = {0};
		print_message("%s\n", cases[i].why);
		assert_true(set(&record, cases[i].key, cases[i].written, NULL));
		assert_int_equal(record.duration_s + record.size_bytes, cases[i].want);
	}
}

static void what_is_not_right_is_refused_with_what_would_be(void **state)
{
	(void)state;
	static const struct {
		const char *key, *written, *want;
	} cases[] = {
		{"text", "", "text must not be empty"},
		{"text", "abcdef", "text is 6 bytes long; at most 5 are taken"},
		{"integer", "1.5", "integer '1.5' is not a whole number"},
		{"integer", "", "integer '' is not a whole number"},
		{"integer", "11", "integer '11' is not within -5..10"},
		{"integer", "-6", "integer '-6' is not within -5..10"},
		{"number", "x", "number 'x' is not a number such as 12 or 0.5"},
		{"number", "0.6", "number '0.6' is not within -0.5..0.5"},
		{"flag", "maybe", "flag 'maybe' is not true or false"},
		{"duration", "1w", "duration '1w' is not a duration such as 90s, 15m, 6h or 7d"},
		{"duration", "-1d", "duration '-1d' is not a duration such as 90s, 15m, 6h or 7d"},
		{"duration", "59", "duration '59' is not within 1m..7d"},
		{"duration", "99999999999999999d",
		 "duration '99999999999999999d' is not a duration such as 90s, 15m, 6h or 7d"},
		{"size", "2G", "size '2G' is not within 0..1G"},
		{"size", "1T", "size '1T' is not a size such as 64K, 16M or 1G"},
		{"colour", "bleu", "colour 'bleu' is not one of red, blue"},
		{"colour", "blues", "colour 'blues' is not known; did you mean 'blue'?"},
		{"list", "a", "list is not a single value"},
		{"group", "a", "group is not a single value"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct record record = {.integer = 1, .duration_s = 2, .size_bytes = 3};
		struct error err = {0};
		assert_false(set(&record, cases[i].key, cases[i].written, &err));
		assert_string_equal(err.text, cases[i].want);
		assert_null(record.text);
		assert_int_equal(record.integer, 1);
		assert_int_equal(record.duration_s, 2);
		assert_int_equal(record.size_bytes, 3);
	}
}

static void the_last_value_of_a_key_is_the_one_that_is_kept(void **state)
{
	(void)state;
	struct record record = {0};
	assert_true(set(&record, "text", "one", NULL));
	assert_true(set(&record, "text", "two", NULL));
	assert_true(set(&record, "number", "-0.25", NULL));
	assert_true(set(&record, "flag", "on", NULL));
	assert_true(set(&record, "flag", "false", NULL));
	assert_true(set(&record, "colour", "red", NULL));
	assert_string_equal(record.text, "two");
	assert_true(record.number.is_set);
	assert_true(record.number.value == -0.25);
	assert_false(record.flag);
	assert_int_equal(record.colour, COLOUR_RED);
	keys_free(keys, &record);
}

static void a_nul_inside_a_text_is_refused(void **state)
{
	(void)state;
	struct record record = {0};
	struct error err = {0};
	assert_false(
		key_set_text(keys_find(keys, "text"), &record, (struct span){"a\0b", 3}, &err));
	assert_string_equal(err.text, "text has a NUL byte inside");
}

static void lists_and_maps_are_freed_with_what_they_hold(void **state)
{
	(void)state;
	struct record record = {0};
	struct inner *inners = calloc(2, sizeof *inners);
	record.inners = (struct key_list){inners, 2};
	assert_true(keys_set_fallbacks(inner_keys, &inners[0], NULL));
	assert_true(keys_set_fallbacks(inner_keys, &inners[1], NULL));
	record.list = (struct key_texts){calloc(1, sizeof(char *)), 1};
	record.list.items[0] = strdup("x");
	record.map = (struct key_map){calloc(1, sizeof(struct key_pair)), 1};
	record.map.items[0] = (struct key_pair){strdup("name"), strdup("value")};
	assert_string_equal(key_map_get(&record.map, span_of("name")), "value");
	assert_null(key_map_get(&record.map, span_of("nam")));
	keys_free(keys, &record);
	assert_int_equal(record.inners.count + record.list.count + record.map.count, 0);
}

static void a_key_is_found_by_its_whole_name_and_suggested_by_a_near_one(void **state)
{
	(void)state;
	assert_ptr_equal(keys_find(keys, "text"), &keys[0]);
	assert_null(keys_find(keys, "tex"));
	assert_string_equal(keys_nearest(keys, "durations"), "duration");
	assert_null(keys_nearest(keys, "something"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fallbacks_are_set_in_groups_as_well),
		cmocka_unit_test(durations_and_sizes_take_a_letter_or_none),
		cmocka_unit_test(what_is_not_right_is_refused_with_what_would_be),
		cmocka_unit_test(the_last_value_of_a_key_is_the_one_that_is_kept),
		cmocka_unit_test(a_nul_inside_a_text_is_refused),
		cmocka_unit_test(lists_and_maps_are_freed_with_what_they_hold),
		cmocka_unit_test(a_key_is_found_by_its_whole_name_and_suggested_by_a_near_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
