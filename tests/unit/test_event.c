/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <sqlite3.h>
#include <stdio.h>

#include "ledger/event.h"
#include "ledger/feed_state.h"
#include "ledger/fetch_log.h"
#include "tests/unit/ledger_world.h"

static int64_t add(struct ledger_world *world, const struct event *event)
{
	int64_t id;

	ledger_world_must(world, event_append(world->ledger, event, &id, &world->err));
	return id;
}

/* Ids of what was seen, as text: "1 2 3 ". */
struct seen {
	char ids[64];
};

static void note_id(struct seen *seen, int64_t id)
{
	size_t len = strlen(seen->ids);

	(void)snprintf(seen->ids + len, sizeof seen->ids - len, "%lld ", (long long)id);
}

static bool see_event(void *self, const struct event *event, struct error *err)
{
	(void)err;
	note_id(self, event->id);
	assert_non_null(event->note);
	return true;
}

static void assert_events(struct ledger_world *world, struct event_filter filter, const char *ids)
{
	struct seen seen = {0};

	ledger_world_must(world, event_each(world->ledger, &filter, see_event, &seen, &world->err));
	assert_string_equal(seen.ids, ids);
}

static void events_are_found_by_what_they_are_about(void **state)
{
	struct ledger_world *world = *state;
	struct event state_event = {.kind = "state",
				    .actor = "envgapd",
				    .target = "t1",
				    .area = "VN",
				    .new_state = "met",
				    .until_day = DAY_NONE};
	struct event note = {
		.kind = "note", .actor = "lan", .feed = "wb", .note = "seen", .until_day = 19000};

	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	(void)add(world, &state_event);
	(void)add(world, &note);
	state_event.area = "P63:75";
	(void)add(world, &state_event);
	assert_events(world, (struct event_filter){0}, "1 2 3 ");
	assert_events(world, (struct event_filter){.kind = "state"}, "1 3 ");
	assert_events(world, (struct event_filter){.target = "t1", .area = "VN"}, "1 ");
	assert_events(world, (struct event_filter){.feed = "wb"}, "2 ");
	assert_events(world, (struct event_filter){.after = 1}, "2 3 ");
	assert_events(world, (struct event_filter){.last = 2}, "2 3 ");
	assert_events(world, (struct event_filter){.kind = "ack"}, "");
}

static bool keep_whole(void *self, const struct event *event, struct error *err)
{
	(void)self, (void)err;
	assert_int_equal(event->at, 123);
	assert_string_equal(event->kind, "state");
	assert_string_equal(event->actor, "envgapd");
	assert_string_equal(event->old_state, "on_track");
	assert_string_equal(event->new_state, "met");
	assert_string_equal(event->reason, "");
	assert_string_equal(event->cause, "new_value");
	assert_string_equal(event->duty, "");
	assert_int_equal(event->seq, 5);
	assert_int_equal(event->until_day, DAY_NONE);
	return error_set(err, ERROR_LIMIT, "seen");
}

static void an_event_comes_back_whole(void **state)
{
	struct ledger_world *world = *state;
	struct event event = {.at = 123,
			      .kind = "state",
			      .actor = "envgapd",
			      .target = "t1",
			      .area = "VN",
			      .old_state = "on_track",
			      .new_state = "met",
			      .cause = "new_value",
			      .seq = 5,
			      .until_day = DAY_NONE};
	struct event_filter all = {0};

	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	(void)add(world, &event);
	ledger_world_expect(world, event_each(world->ledger, &all, keep_whole, NULL, &world->err),
			    ERROR_LIMIT, "seen");
}

static void the_last_state_is_that_of_this_target_and_area(void **state)
{
	struct ledger_world *world = *state;
	struct event event = {.at = 1,
			      .kind = "state",
			      .actor = "envgapd",
			      .target = "t1",
			      .area = "VN",
			      .new_state = "met",
			      .seq = 4,
			      .until_day = DAY_NONE};
	struct event_state last;

	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	ledger_world_must(world, event_last_state(world->ledger, "t1", "VN", &last, &world->err));
	assert_int_equal(last.id, 0);
	(void)add(world, &event);
	event.new_state = "missed";
	event.reason = "stale";
	event.at = 2;
	int64_t id = add(world, &event);
	event.kind = "ack";
	(void)add(world, &event);
	event.kind = "state";
	event.area = "KH";
	(void)add(world, &event);
	ledger_world_must(world, event_last_state(world->ledger, "t1", "VN", &last, &world->err));
	assert_int_equal(last.id, id);
	assert_int_equal(last.at, 2);
	assert_int_equal(last.seq, 4);
	assert_string_equal(last.state, "missed");
	assert_string_equal(last.reason, "stale");
}

static void an_event_needs_a_kind_an_actor_and_short_names(void **state)
{
	struct ledger_world *world = *state;
	struct event event = {.kind = "state", .until_day = DAY_NONE};
	int64_t id;

	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	ledger_world_expect(world, event_append(world->ledger, &event, &id, &world->err),
			    ERROR_REFUSED, "event.actor");
	event.actor = "x";
	event.new_state = "a state that nobody would ever think of";
	ledger_world_expect(world, event_append(world->ledger, &event, &id, &world->err),
			    ERROR_LIMIT, "longer than 31 bytes");
}

static void nobody_changes_events(void **state)
{
	struct ledger_world *world = *state;
	struct event event = {.kind = "note", .actor = "x", .until_day = DAY_NONE};

	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	(void)add(world, &event);
	ledger_world_must(world, ledger_commit(world->ledger, &world->err));
	assert_int_equal(ledger_world_sql(world, "UPDATE event SET actor = 'y'", NULL),
			 SQLITE_CONSTRAINT);
	assert_int_equal(ledger_world_sql(world, "DELETE FROM event", NULL), SQLITE_CONSTRAINT);
	assert_int_equal(ledger_world_sql(world, "REPLACE INTO event SELECT * FROM event", NULL),
			 SQLITE_CONSTRAINT);
}

static bool see_state(void *self, const struct feed_state *feed, struct error *err)
{
	struct seen *seen = self;

	(void)err;
	note_id(seen, feed->rows);
	return true;
}

static void the_state_of_a_feed_is_replaced(void **state)
{
	struct ledger_world *world = *state;
	struct feed_state feed = {.feed = "wb",
				  .etag = "\"abc\"",
				  .last_success = 5,
				  .last_try = 6,
				  .next_due = 7,
				  .failures = 2,
				  .cause = "http",
				  .error = "HTTP 503",
				  .rows = 10,
				  .new_rows = 3,
				  .refused = 1};
	struct feed_state read;
	struct seen seen = {0};

	feed.content = sha256_of(span_of("x"));
	ledger_world_must(world, feed_state_read(world->ledger, "wb", &read, &world->err));
	assert_string_equal(read.feed, "");
	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	ledger_world_must(world, feed_state_put(world->ledger, &feed, &world->err));
	feed.failures = 3;
	ledger_world_must(world, feed_state_put(world->ledger, &feed, &world->err));
	ledger_world_must(world, feed_state_read(world->ledger, "wb", &read, &world->err));
	assert_int_equal(read.failures, 3);
	assert_string_equal(read.etag, "\"abc\"");
	assert_string_equal(read.error, "HTTP 503");
	assert_true(sha256_equal(&read.content, &feed.content));
	assert_false(sha256_is_set(&read.mapping));
	assert_int_equal(read.next_due, 7);
	memcpy(feed.feed, "aa", sizeof "aa");
	feed.rows = 20;
	ledger_world_must(world, feed_state_put(world->ledger, &feed, &world->err));
	ledger_world_must(world, feed_state_each(world->ledger, see_state, &seen, &world->err));
	assert_string_equal(seen.ids, "20 10 ");
	ledger_world_must(world, feed_state_remove(world->ledger, "aa", &world->err));
	ledger_world_must(world, feed_state_each(world->ledger, see_state, &seen, &world->err));
	assert_string_equal(seen.ids, "20 10 10 ");
}

static bool see_fetch(void *self, const struct fetch_row *row, struct error *err)
{
	(void)err;
	note_id(self, row->at);
	assert_string_equal(row->cause, "");
	return true;
}

static bool see_reject(void *self, const struct reject_row *row, struct error *err)
{
	(void)err;
	note_id(self, row->fetch * 100 + row->at);
	assert_string_equal(row->raw, "1,234");
	return true;
}

static void add_run(struct ledger_world *world, const char *feed, int64_t at, int rejects)
{
	struct fetch_row fetch = {.at = at,
				  .feed = feed,
				  .outcome = "new",
				  .http_status = 200,
				  .rows = 5,
				  .load = at};
	struct reject_row reject = {.at = at,
				    .feed = feed,
				    .raw = "1,234",
				    .locator = "7:2",
				    .cause = "number",
				    .text = "ambiguous"};

	ledger_world_must(world, fetch_append(world->ledger, &fetch, &reject.fetch, &world->err));
	for (int i = 0; i < rejects; i++)
		ledger_world_must(world, reject_append(world->ledger, &reject, &world->err));
}

static void runs_and_refusals_are_kept_for_a_while(void **state)
{
	struct ledger_world *world = *state;
	struct seen all = {0}, last = {0}, rejects = {0}, last_rejects = {0}, left = {0};

	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	add_run(world, "wb", 10, 2);
	add_run(world, "other", 11, 1);
	add_run(world, "wb", 12, 1);
	add_run(world, "wb", 13, 0);
	ledger_world_must(world, fetch_each(world->ledger, NULL, 0, see_fetch, &all, &world->err));
	assert_string_equal(all.ids, "10 11 12 13 ");
	ledger_world_must(world, fetch_each(world->ledger, "wb", 2, see_fetch, &last, &world->err));
	assert_string_equal(last.ids, "12 13 ");
	ledger_world_must(world,
			  reject_each(world->ledger, "wb", see_reject, &rejects, &world->err));
	assert_string_equal(rejects.ids, "110 110 312 ");
	ledger_world_must(world, reject_each_last(world->ledger, "wb", see_reject, &last_rejects,
						  &world->err));
	assert_string_equal(last_rejects.ids, "312 ");
	ledger_world_must(world, fetch_expire(world->ledger, 12, 12, &world->err));
	ledger_world_must(world, fetch_each(world->ledger, NULL, 0, see_fetch, &left, &world->err));
	ledger_world_must(world,
			  reject_each(world->ledger, "other", see_reject, &left, &world->err));
	assert_string_equal(left.ids, "12 13 ");
}

#define TEST(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, ledger_world_set_up, ledger_world_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(events_are_found_by_what_they_are_about),
		TEST(an_event_comes_back_whole),
		TEST(the_last_state_is_that_of_this_target_and_area),
		TEST(an_event_needs_a_kind_an_actor_and_short_names),
		TEST(nobody_changes_events),
		TEST(the_state_of_a_feed_is_replaced),
		TEST(runs_and_refusals_are_kept_for_a_while),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
