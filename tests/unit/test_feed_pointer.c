/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <jansson.h>

#include "feed/field.h"
#include "feed/pointer.h"

/* The document and the pointers of RFC 6901, section 5. */
static const char document[] =
	"{\"foo\":[\"bar\",\"baz\"],\"\":0,\"a/b\":1,\"c%d\":2,\"e^f\":3,\"g|h\":4,"
	"\"i\\\\j\":5,\"k\\\"l\":6,\" \":7,\"m~n\":8}";

static void the_pointers_of_the_rfc_find_their_values(void **state)
{
	(void)state;
	static const struct {
		const char *pointer;
		int want;
	} cases[] = {{"/", 0},	   {"/a~1b", 1}, {"/c%d", 2}, {"/e^f", 3}, {"/g|h", 4},
		     {"/i\\j", 5}, {"/k\"l", 6}, {"/ ", 7},   {"/m~0n", 8}};
	json_auto_t *top = json_loads(document, 0, NULL);
	assert_ptr_equal(feed_pointer_get(top, span_of("")), top);
	assert_int_equal(json_array_size(feed_pointer_get(top, span_of("/foo"))), 2);
	assert_string_equal(json_string_value(feed_pointer_get(top, span_of("/foo/0"))), "bar");
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const json_t *got = feed_pointer_get(top, span_of(cases[i].pointer));
		assert_true(json_is_integer(got));
		assert_int_equal(json_integer_value(got), cases[i].want);
	}
}

static void what_is_not_there_is_not_found(void **state)
{
	(void)state;
	static const struct {
		const char *pointer, *why;
	} cases[] = {
		{"/bar", "no such member"},
		{"/foo/2", "beyond the array"},
		{"/foo/00", "leading zeros are no index (RFC 6901, 4)"},
		{"/foo/-", "the element after the last"},
		{"/foo/x", "no index"},
		{"/foo/0/x", "into a text"},
		{"foo", "no pointer"},
	};
	json_auto_t *top = json_loads(document, 0, NULL);
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		if (feed_pointer_get(top, span_of(cases[i].pointer)) != NULL)
			fail_msg("%s: %s", cases[i].pointer, cases[i].why);
}

static void a_pointer_that_is_none_is_refused(void **state)
{
	(void)state;
	static const char *const bad[] = {"a", "a/b", "/a~", "/a~2b", "#/a"};
	static const char *const good[] = {"", "/", "/a~0~1", "//"};
	char longest[FEED_FIELD_BYTES + 2] = "/";
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct error err = {0};
		assert_false(feed_pointer_check(span_of(bad[i]), "records", &err));
		assert_non_null(strstr(err.text, "records"));
		assert_non_null(strstr(err.text, bad[i]));
	}
	for (size_t i = 0; i < COUNT_OF(good); i++)
		assert_true(feed_pointer_check(span_of(good[i]), "records", NULL));
	memset(longest + 1, 'x', FEED_FIELD_BYTES);
	struct error err = {0};
	assert_false(feed_pointer_check(span_of(longest), "records", &err));
	assert_int_equal(err.code, ERROR_LIMIT);
}

static void fields_are_taken_apart(void **state)
{
	(void)state;
	static const struct {
		const char *written;
		bool is_json;
		size_t count;
		enum feed_piece_kind kind; /* of the last piece */
		const char *text;
	} cases[] = {
		{"/a/b", true, 1, FEED_PIECE_POINTER, "/a/b"},
		{"^/0/updated", true, 1, FEED_PIECE_TOP, "/0/updated"},
		{"{}", true, 1, FEED_PIECE_POINTER, ""},
		{"../id", true, 1, FEED_PIECE_PARENT, "/id"},
		{"../../id", true, 1, FEED_PIECE_PARENT, "/id"},
		{"{..}", true, 1, FEED_PIECE_PARENT, ""},
		{"{/a}{?/b}", true, 2, FEED_PIECE_POINTER, "/b"},
		{"{?../b}", true, 1, FEED_PIECE_PARENT, "/b"},
		{"=VN", true, 1, FEED_PIECE_CONSTANT, "VN"},
		{"=", true, 1, FEED_PIECE_CONSTANT, ""},
		{"={x}", true, 1, FEED_PIECE_CONSTANT, "{x}"},
		{"{/a}-{/b}", true, 3, FEED_PIECE_POINTER, "/b"},
		{"{{{/a}}", true, 3, FEED_PIECE_CONSTANT, "}"},
		{"a{{b", true, 2, FEED_PIECE_CONSTANT, "b"},
		{"Year", false, 1, FEED_PIECE_COLUMN, "Year"},
		{"/a", false, 1, FEED_PIECE_COLUMN, "/a"},
		{"#3", false, 1, FEED_PIECE_NUMBER, "#3"},
		{"#tag", false, 1, FEED_PIECE_COLUMN, "#tag"},
		{"{=odd}", false, 1, FEED_PIECE_COLUMN, "=odd"},
		{"{Series}/{#2}", false, 3, FEED_PIECE_NUMBER, "#2"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct feed_field field;
		struct error err = {0};
		if (!feed_field_parse(cases[i].written, cases[i].is_json, "f", &field, &err))
			fail_msg("%s: %s", cases[i].written, err.text);
		assert_int_equal(field.count, cases[i].count);
		const struct feed_piece *last = &field.pieces[field.count - 1];
		assert_int_equal(last->kind, cases[i].kind);
		assert_true(span_is(last->text, cases[i].text));
	}
}

static void a_field_that_cannot_be_read_says_why(void **state)
{
	(void)state;
	static const struct {
		const char *written;
		bool is_json;
		const char *says;
	} cases[] = {
		{"value", true, "begins with '/'"},
		{"", true, "the record itself is '{}'"},
		{"", false, "names no column"},
		{"{/a", true, "without its '}'"},
		{"{a}", true, "begins with '/'"},
		{"{a}{b}{c}{d}{e}{f}{g}{h}{i}{j}{k}{l}{m}{n}{o}{p}{q}{r}{s}{t}{u}{v}{w}{x}{y}{z}"
		 "{A}{B}{C}{D}{E}{F}{G}",
		 false, "more than 32 parts"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct feed_field field = {.count = 77};
		struct error err = {0};
		assert_false(
			feed_field_parse(cases[i].written, cases[i].is_json, "f", &field, &err));
		if (strstr(err.text, cases[i].says) == NULL)
			fail_msg("'%s' does not say '%s'", err.text, cases[i].says);
		assert_int_equal(field.count, 77);
	}
}

static void columns_are_found_by_name_and_number(void **state)
{
	(void)state;
	const struct span header[] = {span_of("Code"), span_of(" Year "), span_of("Year"),
				      span_of("Value")};
	struct feed_field field;
	assert_true(feed_field_parse("{Code}{#4}", false, "f", &field, NULL));
	assert_true(feed_field_bind(&field, header, COUNT_OF(header), NULL));
	assert_int_equal(field.pieces[0].column, 0);
	assert_int_equal(field.pieces[1].column, 3);
	static const struct {
		const char *written;
		enum error_code code;
	} bad[] = {{"Year", ERROR_REFUSED}, {"code", ERROR_NOT_FOUND}, {"#5", ERROR_NOT_FOUND}};
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct error err = {0};
		assert_true(feed_field_parse(bad[i].written, false, "f", &field, NULL));
		assert_false(feed_field_bind(&field, header, COUNT_OF(header), &err));
		assert_int_equal(err.code, bad[i].code);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_pointers_of_the_rfc_find_their_values),
		cmocka_unit_test(what_is_not_there_is_not_found),
		cmocka_unit_test(a_pointer_that_is_none_is_refused),
		cmocka_unit_test(fields_are_taken_apart),
		cmocka_unit_test(a_field_that_cannot_be_read_says_why),
		cmocka_unit_test(columns_are_found_by_name_and_number),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
