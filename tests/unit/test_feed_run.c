/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "feed/run.h"
#include "feed/url.h"

static char value_area[] = "JPN;USA", value_date[] = "2000:2020&x", value_key[] = "s3cr t";
static char name_area[] = "area", name_date[] = "date", name_key[] = "key";
static struct key_pair variable_items[] = {{name_area, value_area}, {name_date, value_date}};
static struct key_pair secret_items[] = {{name_key, value_key}};
static const struct key_map variables = {variable_items, 2}, secrets = {secret_items, 1};

static void a_url_is_filled_and_shown_without_its_secrets(void **state)
{
	(void)state;
	static const struct {
		const char *pattern, *filled, *shown;
	} cases[] = {
		{"https://e.org/{area}?date={date}", "https://e.org/JPN;USA?date=2000:2020%26x",
		 "https://e.org/JPN;USA?date=2000:2020%26x"},
		{"https://e.org/?{+date}", "https://e.org/?2000:2020&x",
		 "https://e.org/?2000:2020&x"},
		{"https://e.org/?k={key}&page={page}&n={per_page}",
		 "https://e.org/?k=s3cr%20t&page=3&n=50", "https://e.org/?k={key}&page=3&n=50"},
		{"file:a.csv", "file:a.csv", "file:a.csv"},
		{"https://e.org/?from={offset}", "https://e.org/?from=100",
		 "https://e.org/?from=100"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct feed_url url = {
			cases[i].pattern, &variables, &secrets, 3, 50, 100, NULL, 0};
		AUTO_TEXT struct text filled = text_with_limit(FEED_URL_BYTES);
		AUTO_TEXT struct text shown = text_with_limit(FEED_URL_BYTES);
		assert_true(feed_url_fill(&url, &filled, NULL));
		assert_true(feed_url_show(&url, &shown, NULL));
		assert_true(span_is(text_span(&filled), cases[i].filled));
		assert_true(span_is(text_span(&shown), cases[i].shown));
	}
}

static void the_first_request_leaves_out_a_parameter_that_is_only_a_cursor(void **state)
{
	(void)state;
	static const struct {
		const char *pattern, *cursor, *url;
	} cases[] = {
		{"https://e.org/r?after={cursor}&n=2", "", "https://e.org/r?n=2"},
		{"https://e.org/r?n=2&after={cursor}", "", "https://e.org/r?n=2"},
		{"https://e.org/r?a=1&after={cursor}&n=2", "", "https://e.org/r?a=1&n=2"},
		{"https://e.org/r?after={cursor}", "", "https://e.org/r"},
		{"https://e.org/r?from=x{cursor}&n=2", "", "https://e.org/r?from=x&n=2"},
		{"https://e.org/r/{cursor}", "", "https://e.org/r/"},
		{"https://e.org/r?after={cursor}&n=2",
		 "b/2=", "https://e.org/r?after=b%2F2%3D&n=2"},
		{"https://e.org/r?after={+cursor}", "b/2=", "https://e.org/r?after=b/2="},
		{"https://e.org/r?after={cursor}", NULL, "https://e.org/r?after={cursor}"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct feed_url url = {.pattern = cases[i].pattern,
					     .cursor = cases[i].cursor};
		AUTO_TEXT struct text out = text_with_limit(FEED_URL_BYTES);
		assert_true(feed_url_fill(&url, &out, NULL));
		if (!span_is(text_span(&out), cases[i].url))
			fail_msg("'%.*s' is not '%s'", SPAN_ARGS(text_span(&out)), cases[i].url);
	}
}

static void a_body_has_its_cursor_as_its_kind_wants_it(void **state)
{
	(void)state;
	static const struct {
		const char *pattern;
		enum feed_body_kind kind;
		const char *cursor, *body;
	} cases[] = {
		{"after={cursor}&n=2", FEED_BODY_FORM, "", "n=2"},
		{"after={cursor}&n=2", FEED_BODY_FORM, "a&b", "after=a%26b&n=2"},
		{"{\"after\": \"{cursor}\"}", FEED_BODY_JSON, "", "{\"after\": \"\"}"},
		{"{\"after\": \"{cursor}\"}", FEED_BODY_JSON, "a\"b", "{\"after\": \"a\\\"b\"}"},
		{"after={cursor}", FEED_BODY_PLAIN, "", "after="},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct feed_url url = {.pattern = cases[i].pattern,
					     .cursor = cases[i].cursor};
		AUTO_TEXT struct text out = text_with_limit(FEED_URL_BYTES);
		assert_true(feed_body_fill(&url, cases[i].kind, &out, NULL));
		if (!span_is(text_span(&out), cases[i].body))
			fail_msg("'%.*s' is not '%s'", SPAN_ARGS(text_span(&out)), cases[i].body);
	}
}

static void a_url_that_cannot_be_filled_says_why(void **state)
{
	(void)state;
	static const struct {
		const char *pattern, *says;
	} cases[] = {{"https://e.org/{nobody}", "{nobody}"},
		     {"https://e.org/{area", "without its '}'"},
		     {"https://e.org/{}", "not a name"},
		     {"https://e.org/{a b}", "not a name"}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct feed_url url = {.pattern = cases[i].pattern};
		AUTO_TEXT struct text out = text_with_limit(FEED_URL_BYTES);
		struct error err = {0};
		assert_false(feed_url_fill(&url, &out, &err));
		assert_non_null(strstr(err.text, cases[i].says));
	}
	const struct feed_url url = {.pattern = "https://example.org/"};
	AUTO_TEXT struct text small = text_with_limit(8);
	struct error err = {0};
	assert_false(feed_url_fill(&url, &small, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
}

/* A World Bank run of which each document has `rows` records. */
static struct feed_page page_of(int64_t page, int64_t pages, int64_t total, size_t rows)
{
	return (struct feed_page){
		.page = page, .pages = pages, .total = total, .rows = rows, .taken = rows};
}

static void a_run_wants_pages_until_the_last(void **state)
{
	(void)state;
	AUTO_FEED_MAPPING struct feed_mapping mapping = {0};
	assert_true(feed_mapping_init(&mapping, NULL));
	mapping.format = FEED_WORLDBANK;
	struct feed_run run;
	feed_run_begin(&run, &mapping);
	for (int64_t number = 1; number <= 3; number++) {
		assert_true(feed_run_wants(&run));
		assert_int_equal(run.page, number);
		struct feed_page page = page_of(number, 3, 5, number < 3 ? 2 : 1);
		assert_true(feed_run_page(&run, &page, NULL));
	}
	assert_false(feed_run_wants(&run));
	assert_true(feed_run_end(&run, NULL));
	assert_int_equal(run.taken, 5);
	assert_int_equal(run.pages_read, 3);
}

static void a_run_that_has_failed_stays_failed(void **state)
{
	(void)state;
	AUTO_FEED_MAPPING struct feed_mapping mapping = {0};
	assert_true(feed_mapping_init(&mapping, NULL));
	mapping.format = FEED_WORLDBANK;
	struct feed_run run;
	struct error err = {0};
	struct feed_page first = page_of(1, 3, 6, 2);
	struct feed_page again = page_of(1, 3, 6, 2);
	feed_run_begin(&run, &mapping);
	assert_true(feed_run_page(&run, &first, NULL));
	assert_false(feed_run_page(&run, &again, &err));
	assert_int_equal(run.cause, FEED_CAUSE_PAGING);
	assert_false(feed_run_wants(&run));
	assert_false(feed_run_end(&run, NULL));
}

static void a_run_has_its_ceilings(void **state)
{
	(void)state;
	AUTO_FEED_MAPPING struct feed_mapping mapping = {0};
	assert_true(feed_mapping_init(&mapping, NULL));
	mapping.format = FEED_JSON;
	mapping.paging.style = FEED_PAGING_NEXT;
	mapping.paging.max_pages = 2;
	struct feed_run run;
	struct error err = {0};
	feed_run_begin(&run, &mapping);
	for (int number = 1; number <= 2; number++) {
		struct feed_page page = page_of(-1, -1, -1, 1);
		snprintf(page.next_url, sizeof page.next_url, "https://e.org/?p=%d", number);
		assert_int_equal(feed_run_page(&run, &page, &err), number == 1);
	}
	assert_int_equal(run.cause, FEED_CAUSE_LIMIT);
	assert_int_equal(err.code, ERROR_LIMIT);

	struct feed_page many = page_of(-1, -1, -1, (size_t)FEED_ROWS_MAX + 1);
	feed_run_begin(&run, &mapping);
	assert_false(feed_run_page(&run, &many, NULL));
	assert_int_equal(run.cause, FEED_CAUSE_LIMIT);
}

/* One document of a run that goes on by marks. */
struct marked {
	const char *mark;
	size_t rows;
	bool wants_more;
};

static void run_by_marks(int until, const struct marked *documents, size_t count)
{
	AUTO_FEED_MAPPING struct feed_mapping mapping = {0};
	assert_true(feed_mapping_init(&mapping, NULL));
	mapping.format = FEED_JSON;
	mapping.paging.style = FEED_PAGING_CURSOR;
	mapping.paging.until = until;
	mapping.paging.size = 2;
	struct feed_run run;
	feed_run_begin(&run, &mapping);
	assert_string_equal(run.next, "");
	for (size_t i = 0; i < count; i++) {
		struct feed_page page = page_of(-1, -1, -1, documents[i].rows);
		snprintf(page.next_url, sizeof page.next_url, "%s", documents[i].mark);
		assert_true(feed_run_page(&run, &page, NULL));
		assert_int_equal(feed_run_wants(&run), documents[i].wants_more);
		if (documents[i].wants_more)
			assert_string_equal(run.next, documents[i].mark);
	}
	assert_true(feed_run_end(&run, NULL));
}

static void marks_are_given_back_as_they_are_until_there_is_none(void **state)
{
	(void)state;
	/* no URL: "../2" stays, and is not seen from where the last one was */
	static const struct marked to_the_end[] = {
		{"a/1", 2, true}, {"../2", 0, true}, {"", 1, false}};
	static const struct marked to_an_empty_one[] = {
		{"1", 2, true}, {"2", 1, true}, {"3", 0, false}};
	static const struct marked to_a_short_one[] = {{"1", 2, true}, {"2", 1, false}};
	run_by_marks(FEED_UNTIL_COUNT, to_the_end, COUNT_OF(to_the_end));
	run_by_marks(FEED_UNTIL_EMPTY, to_an_empty_one, COUNT_OF(to_an_empty_one));
	run_by_marks(FEED_UNTIL_SHORT, to_a_short_one, COUNT_OF(to_a_short_one));
}

struct sink {
	size_t left; /* calls until it fails */
	size_t taken, refused;
};

static bool take(void *self, const struct feed_record *record, struct error *err)
{
	struct sink *sink = self;
	(void)record;
	if (sink->left == 0)
		return error_set(err, ERROR_SYSTEM, "the disk is full");
	sink->left--;
	sink->taken++;
	return true;
}

static bool refuse(void *self, const struct feed_refusal *refusal, struct error *err)
{
	struct sink *sink = self;
	assert_true(strlen(refusal->found) < FEED_FOUND_BYTES);
	if (sink->left == 0)
		return error_set(err, ERROR_SYSTEM, "the disk is full");
	sink->left--;
	sink->refused++;
	return true;
}

static bool decode(const char *document, struct sink *sink, struct feed_page *page,
		   struct error *err)
{
	AUTO_FEED_MAPPING struct feed_mapping mapping = {0};
	const struct feed_sink to = {take, refuse, sink};
	assert_true(feed_mapping_init(&mapping, NULL));
	mapping.format = FEED_WORLDBANK;
	return feed_decode(&mapping, span_of(document), &to, page, err);
}

#define RECORD(area, value)                                                                        \
	"{\"countryiso3code\":\"" area "\",\"indicator\":{\"id\":\"X\"},\"date\":\"2020\","        \
	"\"value\":" value "}"
#define DOCUMENT                                                                                   \
	"[{\"total\":3}, [" RECORD("VNM", "1") "," RECORD("THA", "[]") "," RECORD("A", "2") "]]"

static void a_sink_that_fails_stops_the_reading(void **state)
{
	(void)state;
	for (size_t left = 0; left <= 3; left++) {
		AUTO_FEED_PAGE struct feed_page page = {0};
		struct sink sink = {.left = left};
		struct error err = {0};
		assert_int_equal(decode(DOCUMENT, &sink, &page, &err), left == 3);
		assert_int_equal(page.cause, left == 3 ? FEED_CAUSE_NONE : FEED_CAUSE_INTERNAL);
		assert_int_equal(err.code, left == 3 ? ERROR_NONE : ERROR_SYSTEM);
		assert_int_equal(sink.taken + sink.refused, left);
	}
}

static void a_document_over_the_limit_is_named(void **state)
{
	(void)state;
	size_t len = (size_t)FEED_DOCUMENT_MAX_BYTES + 1;
	AUTO_FREE char *document = malloc(len + 1);
	assert_non_null(document);
	memset(document, ' ', len);
	document[len] = '\0';
	document[0] = '[';
	AUTO_FEED_PAGE struct feed_page page = {0};
	struct sink sink = {.left = 1};
	struct error err = {0};
	assert_false(decode(document, &sink, &page, &err));
	assert_int_equal(page.cause, FEED_CAUSE_LIMIT);
	assert_int_equal(err.code, ERROR_LIMIT);
	assert_non_null(strstr(err.text, "67108864"));
}

static void long_places_and_texts_are_cut_between_characters(void **state)
{
	(void)state;
	AUTO_TEXT struct text document = text_with_limit(1 << 16);
	text_add_string(&document, "[{\"total\":1},[{\"countryiso3code\":\"VNM\",\"indicator\":"
				   "{\"id\":\"X\"},\"date\":\"x");
	for (int i = 0; i < 400; i++)
		text_add_string(&document, "\u00e9");
	text_add_string(&document, "\",\"value\":1}]]");
	AUTO_FEED_PAGE struct feed_page page = {0};
	struct sink sink = {.left = 1};
	assert_true(decode(document.data, &sink, &page, NULL));
	assert_int_equal(sink.refused, 1);
}

static void causes_and_formats_have_their_names(void **state)
{
	(void)state;
	for (int cause = FEED_CAUSE_NONE; cause <= FEED_CAUSE_INTERNAL; cause++)
		assert_non_null(feed_cause_name((enum feed_cause)cause));
	const struct key_choice *choices = keys_find(feed_mapping_keys, "format")->choices;
	size_t i = 0;
	for (; feed_formats[i].id != 0; i++) {
		assert_string_equal(feed_formats[i].name, choices[i].name);
		assert_int_equal(feed_formats[i].id, choices[i].value);
		assert_non_null(feed_formats[i].help);
	}
	assert_null(choices[i].name);
	assert_null(feed_format_find(0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_url_is_filled_and_shown_without_its_secrets),
		cmocka_unit_test(a_url_that_cannot_be_filled_says_why),
		cmocka_unit_test(a_run_wants_pages_until_the_last),
		cmocka_unit_test(a_run_that_has_failed_stays_failed),
		cmocka_unit_test(a_run_has_its_ceilings),
		cmocka_unit_test(marks_are_given_back_as_they_are_until_there_is_none),
		cmocka_unit_test(the_first_request_leaves_out_a_parameter_that_is_only_a_cursor),
		cmocka_unit_test(a_body_has_its_cursor_as_its_kind_wants_it),
		cmocka_unit_test(a_sink_that_fails_stops_the_reading),
		cmocka_unit_test(a_document_over_the_limit_is_named),
		cmocka_unit_test(long_places_and_texts_are_cut_between_characters),
		cmocka_unit_test(causes_and_formats_have_their_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
