/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "ledger/feed_state.h"
#include "ledger/fetch_log.h"
#include "obs/instant.h"
#include "query/feeds.h"
#include "query/moment.h"
#include "tests/unit/query_world.h"

static const struct query_feed items[] = {
	{"good",
	 "A good feed",
	 "https://example.org/a?key={key}",
	 true,
	 3600,
	 {"https://example.org/doc", "CC BY 4.0", "Good office", "one a day", "never polled live"}},
	{"broken", NULL, "https://example.org/b", true, 3600, {0}},
	{"off", NULL, "https://example.org/c", false, 3600, {0}},
	{"new", NULL, "https://example.org/d", true, 3600, {0}},
};
static const struct query_feeds feeds = {items, COUNT_OF(items)};

static int64_t at(const char *text)
{
	int64_t instant = 0;
	assert_true(instant_parse(span_of(text), &instant, NULL));
	return instant;
}

static void put(struct ledger *ledger, struct feed_state state)
{
	assert_true(feed_state_put(ledger, &state, NULL));
}

static void remember(struct ledger *ledger)
{
	int64_t run = 0;
	put(ledger, (struct feed_state){.feed = "good",
					.last_success = at("2026-11-22T06:00:00Z"),
					.last_try = at("2026-11-22T06:00:00Z"),
					.next_due = at("2026-11-23T06:00:00Z"),
					.note = "unchanged (304)",
					.rows = 62,
					.new_rows = 3,
					.refused = 1});
	put(ledger, (struct feed_state){.feed = "broken",
					.last_success = at("2026-11-19T06:00:00Z"),
					.last_try = at("2026-11-21T23:59:00Z"),
					.next_due = at("2026-11-22T11:00:00Z"),
					.failures = 4,
					.cause = "html",
					.error = "HTTP 200, but an HTML page"});
	put(ledger,
	    (struct feed_state){.feed = "gone", .last_success = at("2026-01-02T06:00:00Z")});
	const struct fetch_row row = {.at = at("2026-11-22T06:00:00Z"),
				      .feed = "good",
				      .outcome = "refused",
				      .url = "https://example.org/a?key={key}",
				      .http_status = 200,
				      .rows = 62,
				      .appended = 2,
				      .revised = 1,
				      .refused = 1};
	assert_true(fetch_append(ledger, &row, &run, NULL));
	const struct reject_row reject = {.fetch = run,
					  .at = row.at,
					  .feed = "good",
					  .locator = "line 9",
					  .raw = "1.234",
					  .cause = "ambiguous",
					  .text = "can be 1.234 or 1234"};
	assert_true(reject_append(ledger, &reject, NULL));
}

static int open_world(void **state)
{
	struct query_world *world = calloc(1, sizeof *world);
	struct error err = {0};
	struct writer_lock *lock = NULL;
	struct ledger *writer = NULL;
	const struct ledger_build build = {"test", at("2026-11-22T06:00:00Z")};
	query_world_open(world);
	ledger_end_read(world->ledger);
	if (!writer_lock_take(world->directory, 1000, &lock, &err) ||
	    !ledger_open_writer(lock, &build, &writer, &err) || !ledger_begin(writer, &err))
		fail_msg("%s", err.text);
	remember(writer);
	assert_true(ledger_commit(writer, NULL));
	ledger_close(&writer);
	writer_lock_free(&lock);
	assert_true(ledger_begin_read(world->ledger, NULL));
	*state = world;
	return 0;
}

static int close_world(void **state)
{
	query_world_close(*state);
	free(*state);
	return 0;
}

static void each_feed_says_when_it_worked_and_why_not(void **state)
{
	struct query_world *world = *state;
	struct report *report = NULL;
	assert_true(query_feeds(&world->query, &feeds, &report, NULL));
	AUTO_FREE char *text = query_world_render(report, REPORT_TABLE, 120);
	assert_says(text,
		    "good    today 06:00   today 06:00      tomorrow 06:00    62    3        1"
		    "  unchanged (304); 1 refused: --rejects\n");
	assert_says(text, "broken  3 days ago    yesterday 23:59  now ");
	assert_says(text, "HTTP 200, but an HTML page (failed 4 times)\n");
	assert_says(text,
		    "off     never         never            -                  -    -        -"
		    "  switched off\n");
	assert_says(text, "gone    2026-01-02 ");
	assert_says(text, "no longer configured\n");
	assert_says(text, "new     never         never            now ");
}

static void json_of_feeds_has_instants_and_the_unfilled_url(void **state)
{
	struct query_world *world = *state;
	struct report *report = NULL;
	assert_true(query_feeds(&world->query, &feeds, &report, NULL));
	AUTO_FREE char *json = query_world_render(report, REPORT_JSON, 0);
	assert_says(json, "\"url\": \"https://example.org/a?key={key}\"");
	assert_says(json, "\"next_due\": \"2026-11-23T06:00:00Z\"");
	assert_says(json, "\"last_change\": null");
	assert_says(json, "\"cause\": \"html\"");
	assert_says(json, "\"failures\": 4");
	assert_says(json, "\"configured\": false");
}

static void one_feed_has_its_runs(void **state)
{
	struct query_world *world = *state;
	struct report *report = NULL;
	assert_true(query_feed_runs(&world->query, &feeds, "good", &report, NULL));
	AUTO_FREE char *text = query_world_render(report, REPORT_TABLE, 120);
	assert_says(text, "https://example.org/a?key={key}\n");
	assert_says(text, "Figures of: Good office\n");
	assert_says(text, "Licence: CC BY 4.0\n");
	assert_says(text, "Documentation: https://example.org/doc\n");
	assert_says(text, "Known limits: one a day\n");
	assert_says(text, "Compared with the publication: never polled live\n");
	assert_says(text, "today 06:00    62    3        1  records refused\n");
	assert_says(text, "\"envgap feeds good --rejects\" shows what was refused\n");
	report = NULL;
	assert_true(query_feed_runs(&world->query, &feeds, "gone", &report, NULL));
	AUTO_FREE char *gone = query_world_render(report, REPORT_TABLE, 120);
	assert_says(gone, "no longer configured");
}

static void a_feed_that_there_is_not_is_refused(void **state)
{
	struct query_world *world = *state;
	struct report *report = NULL;
	struct error err = {0};
	assert_false(query_feed_runs(&world->query, &feeds, "brokn", &report, &err));
	assert_string_equal(err.text, "feed 'brokn' is not configured; did you mean 'broken'?");
	err = (struct error){0};
	assert_false(query_feed_rejects(&world->query, &feeds, "zzzzzzzz", &report, &err));
	assert_string_equal(err.text, "feed 'zzzzzzzz' is not configured");
	assert_int_equal(err.code, ERROR_NOT_FOUND);
}

static void refused_records_have_place_and_reason(void **state)
{
	struct query_world *world = *state;
	struct report *report = NULL;
	assert_true(query_feed_rejects(&world->query, &feeds, NULL, &report, NULL));
	AUTO_FREE char *text = query_world_render(report, REPORT_TABLE, 120);
	assert_string_equal(text, "FEED  PLACE   FOUND  WHY\n"
				  "good  line 9  1.234  can be 1.234 or 1234\n");
	report = NULL;
	assert_true(query_feed_rejects(&world->query, &feeds, "broken", &report, NULL));
	AUTO_FREE char *none = query_world_render(report, REPORT_TABLE, 120);
	assert_string_equal(none, "Nothing was refused.\n");
}

static void without_feeds_it_says_so(void **state)
{
	struct query_world *world = *state;
	struct query_world empty;
	struct report *report = NULL;
	(void)world;
	query_world_open(&empty);
	assert_true(query_feeds(&empty.query, &(struct query_feeds){0}, &report, NULL));
	AUTO_FREE char *text = query_world_render(report, REPORT_TABLE, 120);
	query_world_close(&empty);
	assert_string_equal(text, "No feed is configured.\n");
}

static void times_are_told_from_today(void **state)
{
	static const struct {
		const char *at, *want;
	} cases[] = {
		{"2026-11-22T00:00:00Z", "today 00:00"},
		{"2026-11-21T23:59:59Z", "yesterday 23:59"},
		{"2026-11-23T07:05:00Z", "tomorrow 07:05"},
		{"2026-11-20T12:00:00Z", "2 days ago"},
		{"2026-10-23T12:00:00Z", "30 days ago"},
		{"2026-10-22T12:00:00Z", "2026-10-22"},
		{"2026-11-24T12:00:00Z", "2026-11-24"},
	};
	struct query_world *world = *state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_TEXT struct text out = text_with_limit(100);
		moment_tell(&out, &world->query, at(cases[i].at));
		assert_string_equal(out.data, cases[i].want);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_feed_says_when_it_worked_and_why_not),
		cmocka_unit_test(json_of_feeds_has_instants_and_the_unfilled_url),
		cmocka_unit_test(one_feed_has_its_runs),
		cmocka_unit_test(a_feed_that_there_is_not_is_refused),
		cmocka_unit_test(refused_records_have_place_and_reason),
		cmocka_unit_test(without_feeds_it_says_so),
		cmocka_unit_test(times_are_told_from_today),
	};
	return cmocka_run_group_tests(tests, open_world, close_world);
}
