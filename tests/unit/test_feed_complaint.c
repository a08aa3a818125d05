/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "tests/unit/counted.h"

static char *copy(const char *text)
{
	char *made = span_dup(span_of(text));
	assert_non_null(made);
	return made;
}

/* Lines and columns are counted by hand: of the last character of what stands wrong. */
struct broken {
	struct span document;
	enum feed_cause cause;
	const char *why;
};

#define BROKEN(document, cause, why)                                                               \
	{                                                                                          \
		{document, sizeof(document) - 1}, FEED_CAUSE_##cause, why                          \
	}

static void assert_complaint(const struct broken *item, bool is_lines)
{
	AUTO_FEED_MAPPING struct feed_mapping mapping = {0};
	AUTO_FEED_PAGE struct feed_page page = {0};
	struct counted counted;
	struct feed_sink sink = counted_begin(&counted);
	struct error err = {0};
	assert_true(feed_mapping_init(&mapping, NULL));
	mapping.format = FEED_JSON;
	mapping.is_lines = is_lines;
	mapping.records = is_lines ? NULL : copy("/r");
	mapping.fields.area = copy("/a");
	mapping.fields.period = copy("/p");
	mapping.fields.series = copy("=X");
	mapping.fields.value = copy("/v");
	assert_false(feed_decode(&mapping, item->document, &sink, &page, &err));
	assert_string_equal(err.text, item->why);
	assert_int_equal(page.cause, item->cause);
}

#define NUMBER                                                                                     \
	"this is no number: it begins with a digit or '-', has no 0 before other digits, and has " \
	"digits on both sides of its point"
#define VALUE                                                                                      \
	"this is no value: a text or name stands in double quotes, and what does not is a "        \
	"number, true, false or null"
#define NO_NUMBER " is not a JSON number; null says that there is none"

static const struct broken documents[] = {
	BROKEN("{\"r\":[\n{\"a\":\"V\\u0000N\"}]}", SYNTAX,
	       "line 2, column 15: not JSON at '\"V\\u0000N\"': there is a \\u0000 in a "
	       "text, "
	       "a character that no text may have; it has to be left out"),
	BROKEN("{\"r\":[\n{\"a\":\"Viet Nam and more\\u0000\"}]}", SYNTAX,
	       "line 2, column 30: not JSON: there is a \\u0000 in a text, a character "
	       "that "
	       "no text may have; it has to be left out"),
	BROKEN("{\"r\\u0000\":[]}", SYNTAX,
	       "line 1, column 10: not JSON at '\"r\\u0000\"': there is a \\u0000 in a "
	       "name, a "
	       "character that no name may have; it has to be left out"),
	BROKEN("{\"r\":[],\"r\":[]}", SYNTAX,
	       "line 1, column 11: not JSON at '\"r\"': this name is there twice in one "
	       "object, and which one is meant cannot be known"),
	BROKEN("{\"r\":[\"a\nb\"]}", SYNTAX,
	       "line 1, column 8: not JSON at '\"a': a text goes on in the next line: its "
	       "closing quote is missing, or a line break that is written \\n in a text"),
	BROKEN("{\"r\":[\"a\tb\"]}", SYNTAX,
	       "line 1, column 8: not JSON at '\"a': there is a control character in a "
	       "text, "
	       "where a tab is written \\t and others \\u with four digits"),
	BROKEN("{\"r\":[\"a\\x\"]}", SYNTAX,
	       "line 1, column 10: not JSON at '\"a\\x': behind a backslash in a text "
	       "stands "
	       "one of \" \\ / b f n r t, or u with four hexadecimal digits"),
	BROKEN("{\"r\":[\"\\ud800\"]}", SYNTAX,
	       "line 1, column 14: not JSON at '\"\\ud800\"': there is half of a character "
	       "in "
	       "a text: \\ud800 to \\udbff needs one of \\udc00 to \\udfff behind it"),
	BROKEN("{\"r\":[01]}", SYNTAX, "line 1, column 7: not JSON at '0': " NUMBER),
	BROKEN("{\"r\":[.5]}", SYNTAX, "line 1, column 7: not JSON at '.': " NUMBER),
	BROKEN("{\"r\":[NaN]}", SYNTAX, "line 1, column 9: NaN" NO_NUMBER),
	BROKEN("{\"r\":[-inf]}", SYNTAX,
	       "line 1, column 7: a '-' without digits, as in -Infinity," NO_NUMBER),
	BROKEN("{\"r\":[None]}", SYNTAX, "line 1, column 10: not JSON at 'None': " VALUE),
	BROKEN("{\"r\":['a']}", SYNTAX, "line 1, column 7: not JSON at ''': " VALUE),
	BROKEN("{\"r\":[],}", SYNTAX,
	       "line 1, column 9: not JSON at '}': behind the last member of an object "
	       "stands no comma"),
	BROKEN("{r:[]}", SYNTAX,
	       "line 1, column 2: not JSON at 'r': the name of a member is missing, which "
	       "stands in double quotes"),
	BROKEN("{\"r\" []}", SYNTAX,
	       "line 1, column 6: not JSON at '[': a ':' is missing between a name and its "
	       "value"),
	BROKEN("{\"r\":[] \"s\":1}", SYNTAX,
	       "line 1, column 11: not JSON at '\"s\"': a comma or '}' is missing before "
	       "it"),
	BROKEN("{\"r\":[true false]}", SYNTAX,
	       "line 1, column 16: not JSON at 'false': a comma or ']' is missing before "
	       "it"),
	BROKEN("{\"r\":[}", SYNTAX,
	       "line 1, column 7: not JSON at '}': a value is missing before it"),
	BROKEN("{\"r\":[true,]}", SYNTAX,
	       "line 1, column 12: not JSON at ']': behind the last value of a list stands "
	       "no comma"),
	BROKEN("busy", SYNTAX,
	       "line 1, column 4: not JSON at 'busy': a document begins with '{' or '['"),
	BROKEN("{\"r\":[]}\n{\"r\":[]}", SYNTAX,
	       "line 2, column 1: not JSON at '{': the document ended before it; records "
	       "on "
	       "lines of their own are read with lines = true"),
	BROKEN("{\"r\":[tru", TRUNCATED,
	       "the document is cut off: it ends after 9 bytes inside the JSON"),
	BROKEN("{\"r\":[\"a\\", TRUNCATED,
	       "the document is cut off: it ends after 9 bytes inside the JSON"),
	BROKEN("{\"r\":[true,", TRUNCATED,
	       "the document is cut off: it ends after 11 bytes inside the JSON"),
};

static void what_is_no_json_is_said_in_plain_words_with_its_place(void **state)
{
	(void)state;

	for (size_t i = 0; i < COUNT_OF(documents); i++)
		assert_complaint(&documents[i], false);
}

/* They are read as one list, whose bracket and commas are not theirs. */
static void columns_of_json_lines_are_those_of_the_line(void **state)
{
	(void)state;
	static const struct broken cases[] = {
		BROKEN("{\"a\":None}\n", SYNTAX, "line 1, column 9: not JSON at 'None': " VALUE),
		BROKEN("{\"a\":1}\n{\"a\":None}\n", SYNTAX,
		       "line 2, column 9: not JSON at 'None': " VALUE),
		BROKEN("{\"a\":1}\n{\"a\":1,", TRUNCATED,
		       "the document is cut off: its line 2 ends inside the JSON"),
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_complaint(&cases[i], true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_no_json_is_said_in_plain_words_with_its_place),
		cmocka_unit_test(columns_of_json_lines_are_those_of_the_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
