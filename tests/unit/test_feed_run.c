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
		const struct feed_url url = {cases[i].pattern, &variables, &secrets, 3, 50, 100, 0};
		AUTO_TEXT struct text filled = text_with_limit(FEED_URL_BYTES);
		AUTO_TEXT struct text shown = text_with_limit(FEED_URL_BYTES);
		assert_true(feed_url_fill(&url, &filled, NULL));
		assert_true(feed_url_show(&url, &shown, NULL));
		assert_true(span_is(text_span(&filled), cases[i].filled));
		assert_true(span_is(text_span(&shown), cases[i].shown));
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
		cmocka_unit_test(a_sink_that_fails_stops_the_reading),
		cmocka_unit_test(a_document_over_the_limit_is_named),
		cmocka_unit_test(long_places_and_texts_are_cut_between_characters),
		cmocka_unit_test(causes_and_formats_have_their_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
