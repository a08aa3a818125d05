/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mo.h"
#include "base/read_file.h"
#include "base/sentence.h"
#include "base/tongue.h"
#include "tests/unit/mo_maker.h"

enum { SAID_BYTES = 1 << 14 };

static const struct mo_pair pairs[] = {
	{"", "Language: vi\n"},
	{"'%s' is not a date", "'%s' không phải là ngày"},
	{"'%s' is not a date such as %s", "'%s' không phải là ngày, như %s"},
	{"feed '%s'", "nguồn '%s'"},
	{"line %d", "dòng %d"},
	{"warning", "cảnh báo"},
	{"year", "năm"},
	{"%s has %d rows", "có %2$d dòng trong %1$s"},
	{"only %zu of %ld came\n", "chỉ nhận được %zu/%ld\n"},
	{"byte 0x%02X at '%c'", "byte 0x%02X ở '%c'"},
	{"'%.*s' is owed for each %s", "'%.*s' phải nộp mỗi %s"},
	{"100 %% of %s", "100 %% của %s"},
	{"%s: %s", "%s: %s"},
	{"no option '--%s'", "không có tuỳ chọn '--%s'"},
	{"area", "địa bàn"},
	{"%s (until %s)", "%s (đến %s)"},
	{"%s (from %s until %s)", "%s (từ %s đến %s)"},
	{"it is that of %s: write one", "đó là của %s: hãy ghi một"},
};

static char *say(const struct tongue *tongue, const char *english)
{
	struct text out = text_with_limit(SAID_BYTES);
	tongue_say(tongue, span_of(english), &out);
	char *said = text_take(&out);
	assert_non_null(said);
	return said;
}

static void messages_are_said_in_the_language(void **state)
{
	static const struct {
		const char *english, *own, *why;
	} cases[] = {
		{"'x' is not a date", "'x' không phải là ngày", "a whole message"},
		{"'x' is not a date such as 2023", "'x' không phải là ngày, như 2023",
		 "of two that fit the one that says more"},
		{"feed 'a': line 3: 'x' is not a date", "nguồn 'a': dòng 3: 'x' không phải là ngày",
		 "what stands before it"},
		{"a.csv:3: warning: 'x' is not a date", "a.csv:3: cảnh báo: 'x' không phải là ngày",
		 "places are no words"},
		{"'a: b' is not a date", "'a: b' không phải là ngày", "a value with a joint"},
		{"feed 'a: b; c': line 1", "nguồn 'a: b; c': dòng 1", "a context with joints"},
		{"'it's' is not a date", "'it's' không phải là ngày", "a value with a quote"},
		{"T has 3 rows", "có 3 dòng trong T", "values change places"},
		{"x: T has 3 rows", "x: có 3 dòng trong T", "a context is no value"},
		{"only 2 of -7 came", "chỉ nhận được 2/-7", "integers of any type"},
		{"byte 0xFE at 'é'", "byte 0xFE ở 'é'", "hexadecimal, a character"},
		{"'d' is owed for each year", "'d' phải nộp mỗi năm", "a value that is a word"},
		{"'year' is owed for each x", "'year' phải nộp mỗi x", "what is quoted stays"},
		{"100 % of it", "100 % của it", "a percent sign"},
		{"line 3\nline 4\n", "dòng 3\ndòng 4\n", "line by line"},
		{"line three", "line three", "a number is wanted"},
		{"line -", "line -", "a sign is no number"},
		{"nobody knows this: line 4", "nobody knows this: dòng 4",
		 "what is not known stays"},
		{"'open: line 4", "'open: line 4", "a quotation that does not end"},
		{"no option '--area'", "không có tuỳ chọn '--area'", "an option is to be typed"},
		{"it is that of A (until 2024): write one", "đó là của A (đến 2024): hãy ghi một",
		 "a value with words of its own"},
		{"it is that of A (until 2024), C (from 2 until 3): write one",
		 "đó là của A (đến 2024), C (từ 2 đến 3): hãy ghi một", "a list of them"},
		{"op 'x' is not a date", "op 'x' không phải là ngày", "a name before it"},
		{"op 'x' is unknown", "op 'x' is unknown", "a name before what is not known"},
	};
	AUTO_TONGUE struct tongue *tongue = mo_make_tongue(pairs, COUNT_OF(pairs));
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_FREE char *said = say(tongue, cases[i].english);
		if (strcmp(said, cases[i].own) != 0)
			fail_msg("%s: '%s', not '%s'", cases[i].why, said, cases[i].own);
	}
}

static void without_a_language_messages_are_english(void **state)
{
	(void)state;
	AUTO_FREE char *said = say(NULL, "line 3\nline 4");
	assert_string_equal(said, "line 3\nline 4");
	assert_string_equal(tongue_text(NULL, "year"), "year");
}

static void texts_of_tables_are_looked_up_as_they_are(void **state)
{
	AUTO_TONGUE struct tongue *tongue = mo_make_tongue(pairs, COUNT_OF(pairs));
	(void)state;
	assert_string_equal(tongue_text(tongue, "year"), "năm");
	assert_string_equal(tongue_text(tongue, "%s: %s"), "%s: %s");
	assert_string_equal(tongue_text(tongue, "years"), "years");
	assert_string_equal(tongue_text(tongue, "yea"), "yea");
	assert_string_equal(tongue_text(tongue, "zzz"), "zzz");
	assert_string_equal(tongue_text(tongue, ""), "");
}

/* Many %s in a row could be tried in very many ways. */
static void a_hostile_message_is_given_up(void **state)
{
	static const struct mo_pair many[] = {
		{"%s-%s-%s-%s-%s-%s-%s-%s-%s ab", "%s-%s-%s-%s-%s-%s-%s-%s-%s xy"}};
	AUTO_TONGUE struct tongue *tongue = mo_make_tongue(many, COUNT_OF(many));
	char hostile[400];
	(void)state;
	memset(hostile, '-', sizeof hostile - 1);
	hostile[sizeof hostile - 1] = '\0';
	AUTO_FREE char *said = say(tongue, hostile);
	assert_string_equal(said, hostile);
}

static void many_contexts_are_all_said(void **state)
{
	AUTO_TONGUE struct tongue *tongue = mo_make_tongue(pairs, COUNT_OF(pairs));
	AUTO_TEXT struct text deep = text_with_limit(SAID_BYTES);
	AUTO_TEXT struct text want = text_with_limit(SAID_BYTES);
	(void)state;
	for (int i = 0; i < 40; i++) {
		text_add_string(&deep, "line 1: ");
		text_add_string(&want, "dòng 1: ");
	}
	text_add_string(&deep, "x");
	text_add_string(&want, "x");
	AUTO_FREE char *said = say(tongue, deep.data);
	assert_string_equal(said, want.data);
}

/* "there is no ledger yet" is not "there is no ", and something. */
static void a_format_of_few_letters_takes_only_words_and_what_is_known(void **state)
{
	static const struct mo_pair few[] = {
		{"there is no %s", "không có %s"},
		{"no '%s' in %s", "không có '%s' trong %s"},
		{"the unit", "đơn vị tính"},
		{"is it so: or not", "có phải thế không"},
	};
	static const struct {
		const char *english, *own;
	} cases[] = {
		{"there is no value", "không có value"},
		{"there is no the unit", "không có đơn vị tính"},
		{"there is no ledger yet", "there is no ledger yet"},
		{"no 'a b' in c", "không có 'a b' trong c"},
		{"no 'a b' in c d", "no 'a b' in c d"},
		{"is it so: or not: 85", "có phải thế không: 85"},
		{"x: is it so: or not: 85", "x: có phải thế không: 85"},
	};
	AUTO_TONGUE struct tongue *tongue = mo_make_tongue(few, COUNT_OF(few));
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_FREE char *said = say(tongue, cases[i].english);
		assert_string_equal(said, cases[i].own);
	}
}

static void a_file_that_is_no_table_is_refused(void **state)
{
	AUTO_TEXT struct text whole = text_with_limit(SAID_BYTES);
	struct tongue *tongue = NULL;
	struct error err = {0};
	(void)state;
	mo_make(&whole, pairs, COUNT_OF(pairs));
	for (size_t len = 0; len < whole.len; len++) {
		AUTO_FREE char *bytes = malloc(len + 1);
		assert_non_null(bytes);
		memcpy(bytes, whole.data, len);
		assert_false(tongue_new((struct span){bytes, len}, &tongue, NULL));
	}
	assert_false(tongue_new((struct span){"", 0}, &tongue, &err));
	assert_string_equal(err.text, "not a table of messages (MO, revision 0)");
	err = (struct error){0};
	whole.data[whole.len - 1] = 'x';
	assert_false(tongue_new(text_span(&whole), &tongue, &err));
	assert_string_equal(err.text, "damaged table of messages");
	err = (struct error){0};
	assert_false(tongue_new((struct span){"", MO_BYTES + 1}, &tongue, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
	tongue_free(NULL);
}

/* -- every message of the real table */

static void write_value(void *self, struct span value, struct text *out)
{
	(void)self;
	text_add(out, value.start, value.len);
}

static void a_width_given_as_an_argument_is_counted(void **state)
{
	struct sentence_values values;
	(void)state;
	assert_true(sentence_match("%.*s of %*d", span_of("abc of 12"), &values));
	assert_int_equal(values.count, 4);
	assert_true(span_is(values.items[1], "abc"));
	assert_true(span_is(values.items[3], "12"));
	AUTO_TEXT struct text out = text_with_limit(SAID_BYTES);
	sentence_fill("%4$d: '%2$.*1$s'", &values, write_value, NULL, &out);
	assert_string_equal(out.data, "12: 'abc'");
}

/* What printf could have made of a format: a digit fits every directive; a text where one fits. */
static void fill_samples(const char *format, struct sentence_values *values)
{
	static const char digits[] = "1234567891234567";
	static const char texts[] = "Q1Q2Q3Q4Q5Q6Q7Q8Q9Q1Q2Q3Q4Q5Q6Q7";
	*values = (struct sentence_values){.count = SENTENCE_VALUES};
	for (size_t i = 0; i < SENTENCE_VALUES; i++)
		values->items[i] = (struct span){digits + i, 1};
	for (size_t i = 0; i < SENTENCE_VALUES; i++) {
		AUTO_TEXT struct text said = text_with_limit(SAID_BYTES);
		struct sentence_values found;
		values->items[i] = (struct span){texts + 2 * i, 2};
		sentence_fill(format, values, write_value, NULL, &said);
		if (!sentence_match(format, text_span(&said), &found))
			values->items[i] = (struct span){digits + i, 1};
	}
}

static const char *open_table(char path[PATH_MAX])
{
	const char *out = getenv("OUT");
	(void)snprintf(path, PATH_MAX, "%s/../locale/vi/LC_MESSAGES/envgap.mo",
		       out != NULL ? out : "build/release");
	return path;
}

/* Of two formats that fit the same text the result has to be the same, whichever is taken. */
static bool check_message(const struct tongue *tongue, const char *id, const char *text)
{
	struct sentence_values values;
	AUTO_TEXT struct text english = text_with_limit(SAID_BYTES);
	AUTO_TEXT struct text own = text_with_limit(SAID_BYTES);
	AUTO_TEXT struct text said = text_with_limit(SAID_BYTES);
	fill_samples(id, &values);
	sentence_fill(id, &values, write_value, NULL, &english);
	sentence_fill(text, &values, write_value, NULL, &own);
	tongue_say(tongue, text_span(&english), &said);
	if (!span_equal(text_span(&said), text_span(&own)))
		print_error("'%s' is said as '%s', not '%s'\n", english.data, said.data, own.data);
	return span_equal(text_span(&said), text_span(&own));
}

static void every_message_is_recognised_by_what_it_says(void **state)
{
	char path[PATH_MAX];
	struct error err = {0};
	AUTO_FREE char *bytes = NULL;
	size_t len = 0;
	struct mo mo;
	int wrong = 0;
	AUTO_TONGUE struct tongue *tongue = NULL;
	(void)state;
	int fd = open(open_table(path), O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_true(read_file(fd, MO_BYTES, &bytes, &len, &err));
	assert_int_equal(close(fd), 0);
	assert_true(mo_read((struct span){bytes, len}, &mo, &err));
	assert_true(tongue_new((struct span){bytes, len}, &tongue, &err));
	for (uint32_t i = 0; i < mo.count; i++) {
		const char *id = mo_id(&mo, i);
		if (sentence_letters(id) >= 2 && strchr(id, '\n') == NULL)
			wrong += !check_message(tongue, id, mo_text(&mo, i));
	}
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages_are_said_in_the_language),
		cmocka_unit_test(without_a_language_messages_are_english),
		cmocka_unit_test(texts_of_tables_are_looked_up_as_they_are),
		cmocka_unit_test(a_hostile_message_is_given_up),
		cmocka_unit_test(many_contexts_are_all_said),
		cmocka_unit_test(a_format_of_few_letters_takes_only_words_and_what_is_known),
		cmocka_unit_test(a_file_that_is_no_table_is_refused),
		cmocka_unit_test(a_width_given_as_an_argument_is_counted),
		cmocka_unit_test(every_message_is_recognised_by_what_it_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
