/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "intake/document.h"
#include "ledger/fetch_log.h"
#include "tests/unit/desk_world.h"

/* A feed in two documents, one in one, and one that is complete. */
static const char feeds[] =
	"feeds = (\n"
	"{ id = \"bank\"; url = \"https://x.example/{page}\"; source = \"gso\"; indicator = "
	"\"usw\";\n"
	"  areas = ( [ \"VNM\", \"VN\" ] ); read = { format = \"worldbank\"; }; },\n"
	"{ id = \"table\"; url = \"https://x.example/t\"; source = \"gso\"; indicator = \"usw\";\n"
	"  published = \"2022-03\";\n"
	"  read = { format = \"csv\"; fields = { area = \"a\"; period = \"p\"; value = \"v\"; };\n"
	"    periods = { patterns = [ \"YYYY\" ]; }; numbers = { decimal = \".\"; }; }; },\n"
	"{ id = \"whole\"; url = \"https://x.example/w\"; source = \"gso\"; indicator = \"usw\";\n"
	"  complete = true;\n"
	"  read = { format = \"csv\"; fields = { area = \"a\"; period = \"p\"; value = \"v\"; };\n"
	"    periods = { patterns = [ \"YYYY\" ]; }; numbers = { decimal = \".\"; }; }; }\n"
	");\n";

static const char first_page[] =
	"[{\"page\":1,\"pages\":2,\"per_page\":2,\"total\":3},["
	"{\"indicator\":{\"id\":\"X\"},\"countryiso3code\":\"VNM\",\"date\":\"2021\",\"value\":87},"
	"{\"indicator\":{\"id\":\"X\"},\"countryiso3code\":\"VNM\",\"date\":\"2020\",\"value\":86}]"
	"]";
static const char second_page[] = "[{\"page\":2,\"pages\":2,\"per_page\":2,\"total\":3},["
				  "{\"indicator\":{\"id\":\"X\"},\"countryiso3code\":\"VNM\","
				  "\"date\":\"2019\",\"value\":85}]]";

static const struct feed_got got = {.url = "https://x.example/", .http_status = 200};

static int set_up(void **state)
{
	if (desk_world_set_up(state) != 0)
		return -1;
	struct desk_world *world = *state;
	desk_world_write(world, "feeds.conf", feeds);
	desk_world_reload(world, DESK_WORLD_NOW);
	return 0;
}

#define WITH_FEEDS(test) cmocka_unit_test_setup_teardown(test, set_up, desk_world_tear_down)

static const struct config_feed *feed_of(const struct desk_world *world, const char *id)
{
	return config_feed_find(world->desk.setup->config, span_of(id));
}

static struct feed_intake *begin(struct desk_world *world, const char *id)
{
	struct feed_intake *run = NULL;
	desk_world_must(world, feed_intake_new(&world->intake, feed_of(world, id), false, &run,
					       &world->err));
	return run;
}

static void give(struct desk_world *world, struct feed_intake *run, const char *document)
{
	const char *cause = "";
	assert_non_null(feed_intake_wants(run));
	desk_world_must(world, feed_intake_document(run, span_of(document), &cause, &world->err));
}

/* A whole run of one document. */
static struct feed_intake_counts take_in(struct desk_world *world, const char *id,
					 const char *document, struct feed_state *state)
{
	AUTO_FEED_INTAKE struct feed_intake *run = begin(world, id);
	struct feed_intake_counts counts;
	const char *cause = "";
	give(world, run, document);
	assert_null(feed_intake_wants(run));
	desk_world_must(world, feed_intake_end(run, &got, state, &counts, &cause, &world->err));
	return counts;
}

static void two_documents_are_one_run_and_one_load(void **state)
{
	struct desk_world *world = *state;
	AUTO_FEED_INTAKE struct feed_intake *run = begin(world, "bank");
	struct feed_state remembered = {0};
	struct feed_intake_counts counts;
	const char *cause = "";
	give(world, run, first_page);
	assert_int_equal(feed_intake_wants(run)->page, 2);
	assert_int_equal(desk_world_rows(world), 0);
	give(world, run, second_page);
	assert_null(feed_intake_wants(run));
	assert_int_equal(desk_world_rows(world), 0);
	desk_world_must(world,
			feed_intake_end(run, &got, &remembered, &counts, &cause, &world->err));
	assert_int_equal(counts.rows, 3);
	assert_int_equal(counts.taken, 3);
	assert_int_equal(counts.appended, 3);
	assert_int_equal(desk_world_rows(world), 3);
	desk_world_asserts(
		world, "SELECT count(*) FROM load WHERE kind = 'poll' AND feed_id = 'bank'", "1");
	desk_world_asserts(world, "SELECT outcome || appended || refused FROM fetch", "new30");
	assert_string_equal(remembered.feed, "bank");
	assert_int_equal(remembered.rows, 3);
	assert_int_equal(remembered.new_rows, 3);
	assert_int_equal(remembered.last_change, DESK_WORLD_NOW);
}

static void a_second_document_that_is_no_answer_leaves_nothing(void **state)
{
	static const struct {
		const char *document, *cause;
	} cases[] = {
		{"<html>", "markup"},
		{"[{\"message\":[{\"id\":\"1\",\"value\":\"no\"}]}]", "error_body"},
		{"[{\"page\":2,\"pages\":2,\"per_page\":2,\"total\":3},[{\"date\":", "truncated"},
		{first_page, "paging"},
	};
	struct desk_world *world = *state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_FEED_INTAKE struct feed_intake *run = begin(world, "bank");
		const char *cause = "";
		give(world, run, first_page);
		assert_false(
			feed_intake_document(run, span_of(cases[i].document), &cause, &world->err));
		assert_string_equal(cause, cases[i].cause);
		assert_int_equal(desk_world_rows(world), 0);
		world->err = (struct error){0};
	}
	desk_world_asserts(world, "SELECT count(*) FROM load WHERE kind = 'poll'", "0");
}

static void fewer_records_than_announced_leave_nothing(void **state)
{
	struct desk_world *world = *state;
	AUTO_FEED_INTAKE struct feed_intake *run = begin(world, "bank");
	struct feed_state remembered = {.feed = "as it was"};
	struct feed_intake_counts counts = {.rows = 77};
	const char *cause = "";
	give(world, run,
	     "[{\"page\":1,\"pages\":2,\"per_page\":2,\"total\":3},["
	     "{\"indicator\":{\"id\":\"X\"},\"countryiso3code\":\"VNM\",\"date\":\"2021\","
	     "\"value\":87}]]");
	give(world, run, second_page);
	assert_false(feed_intake_end(run, &got, &remembered, &counts, &cause, &world->err));
	assert_string_equal(cause, "paging");
	assert_int_equal(desk_world_rows(world), 0);
	assert_int_equal(counts.rows, 77);
	assert_string_equal(remembered.feed, "as it was");
}

static void bad_records_are_kept_with_place_and_reason_and_the_rest_is_taken(void **state)
{
	struct desk_world *world = *state;
	struct feed_state remembered = {0};
	struct feed_intake_counts counts =
		take_in(world, "table",
			"a,p,v\nVN,2019,85\nVN,2020,many\nXX,2020,86\nVN,2021,870\nVN,2022,\n",
			&remembered);
	assert_int_equal(counts.rows, 5);
	assert_int_equal(counts.taken, 2);
	assert_int_equal(counts.refused, 3);
	assert_int_equal(counts.appended, 2);
	assert_int_equal(remembered.refused, 3);
	desk_world_asserts(world, "SELECT group_concat(locator, '|') FROM reject",
			   "line 3, column 'v'|line 4, column 'v'|line 5, column 'v'");
	desk_world_asserts(
		world, "SELECT group_concat(text, '|') FROM reject WHERE reject_id < 3",
		"'many' is not a number: 'm' has no place in it; numbers.missing lists what says "
		"that there is no value, numbers.zero what says 0|area 'XX' has no counterpart "
		"in the catalogue");
	desk_world_asserts(world, "SELECT text FROM reject WHERE reject_id = 3",
			   "value 870 is above what usw can be: at most 100 %; is a decimal sign "
			   "lost, and 87 meant?");
	desk_world_asserts(world, "SELECT raw FROM reject WHERE reject_id = 3", "usw VN 2021 870");
}

static void one_value_twice_in_a_document_is_refused_both_times(void **state)
{
	struct desk_world *world = *state;
	struct feed_state remembered = {0};
	struct feed_intake_counts counts =
		take_in(world, "table", "a,p,v\nVN,2019,85\nVN,2020,86\nVN,2020,87\n", &remembered);
	assert_int_equal(counts.refused, 2);
	assert_int_equal(counts.appended, 1);
	desk_world_asserts(world, "SELECT text FROM reject ORDER BY reject_id LIMIT 1",
			   "the same series and period stand at line 4, column 'v' too, with '87'");
}

/* Is the document known?  Otherwise it was read. */
static bool is_known(struct desk_world *world, struct feed_intake *run, const char *document,
		     const struct feed_state *remembered)
{
	AUTO_SPOOL struct spool spool = {0};
	enum reading_state state = READING_GOES_ON;
	const char *cause = "";
	desk_world_must(world, spool_init(&spool, NULL, 1000, &world->err));
	desk_world_must(world, spool_add(&spool, span_of(document), &world->err));
	desk_world_must(world, feed_intake_open(run, &spool, remembered, &world->err));
	desk_world_must(world, feed_intake_step(run, SIZE_MAX, &state, &cause, &world->err));
	assert_int_not_equal(state, READING_GOES_ON);
	return state == READING_IS_KNOWN;
}

static void the_same_document_again_is_known_until_settings_or_catalogue_change(void **state)
{
	static const char document[] = "a,p,v\nVN,2019,85\nXX,2020,86\n";
	struct desk_world *world = *state;
	struct feed_state remembered = {0};
	struct feed_intake_counts counts = take_in(world, "table", document, &remembered);
	remembered.last_success = DESK_WORLD_NOW;
	assert_int_equal(counts.appended, 1);
	struct feed_intake *run = begin(world, "table");
	assert_true(feed_intake_may_skip(run, &remembered));
	assert_true(is_known(world, run, document, &remembered));
	assert_false(is_known(world, run, "a,p,v\nVN,2018,1\n", &remembered));
	feed_intake_free(&run);

	desk_world_write(
		world, "catalogue/areas.csv",
		"id,kind,name,valid_from,valid_to\nVN,country,Viet Nam,,\nXX,country,Other,,\n"
		"P1,province,Hill,,\nP2,province,River,,2025-07-01\n"
		"P3,province,Coast,2025-07-01,\n");
	desk_world_reload(world, DESK_WORLD_NOW);
	run = begin(world, "table");
	assert_false(feed_intake_may_skip(run, &remembered));
	assert_false(is_known(world, run, document, &remembered));
	feed_intake_free(&run);
	counts = take_in(world, "table", document, &remembered);
	assert_int_equal(counts.appended, 1);
	assert_int_equal(counts.unchanged, 1);

	remembered.last_success = DESK_WORLD_NOW;
	desk_world_write(
		world, "feeds.conf",
		"feeds = ( { id = \"table\"; url = \"https://x.example/t\"; source = \"gso\";\n"
		" indicator = \"usw\"; published = \"2022-04\"; read = { format = \"csv\";\n"
		" fields = { area = \"a\"; period = \"p\"; value = \"v\"; };\n"
		" periods = { patterns = [ \"YYYY\" ]; }; numbers = { decimal = \".\"; }; }; } "
		");\n");
	desk_world_reload(world, DESK_WORLD_NOW);
	run = begin(world, "table");
	assert_false(feed_intake_may_skip(run, &remembered));
	feed_intake_free(&run);
}

static void what_is_gone_from_a_complete_document_is_withdrawn(void **state)
{
	struct desk_world *world = *state;
	struct feed_state remembered = {0};
	(void)take_in(world, "whole", "a,p,v\nVN,2019,85\nVN,2020,86\nP1,2020,80\n", &remembered);
	struct feed_intake_counts counts =
		take_in(world, "whole", "a,p,v\nVN,2019,85\nP1,2020,81\n", &remembered);
	assert_int_equal(counts.withdrawn, 1);
	assert_int_equal(counts.revised, 1);
	assert_int_equal(counts.unchanged, 1);
	desk_world_asserts(
		world,
		"SELECT group_concat(status || known_day, ' ') FROM observation WHERE seq > 3 "
		"AND status = 'W'",
		"W20779"); /* the day on which it was gone */
	desk_world_asserts(world, "SELECT withdrawn FROM fetch ORDER BY fetch_id DESC LIMIT 1",
			   "1");
}

/* It is there, but what it says cannot be: that is not the same as gone. */
static void what_is_refused_is_not_withdrawn(void **state)
{
	static const struct {
		const char *document;
		size_t withdrawn;
		const char *note, *why;
	} cases[] = {
		{"a,p,v\nVN,2019,85\nVN,2020,860\n", 0, "", "too large a value"},
		{"a,p,v\nVN,2019,85\nVN,2020,many\n", 0,
		 "1 record could not be read, so nothing counts as withdrawn", "no number"},
		{"a,p,v\nVN,2019,85\nVN,soon,86\n", 0,
		 "1 record could not be read, so nothing counts as withdrawn", "no period"},
		{"a,p,v\nVN,2019,85\nVN,2020,86\nVN,2020,87\n", 0, "", "twice"},
		{"a,p,v\nVN,2019,85\nXX,2020,86\n", 1, "", "another area"},
	};
	struct desk_world *world = *state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct feed_state remembered = {0};
		(void)take_in(world, "whole", "a,p,v\nVN,2019,85\nVN,2020,86\n", &remembered);
		remembered.note[0] = '\0';
		struct feed_intake_counts counts =
			take_in(world, "whole", cases[i].document, &remembered);
		if (counts.withdrawn != cases[i].withdrawn)
			print_error("%s\n", cases[i].why);
		assert_int_equal(counts.withdrawn, cases[i].withdrawn);
		assert_string_equal(remembered.note, cases[i].note);
	}
}

static void a_dry_run_counts_and_writes_nothing(void **state)
{
	struct desk_world *world = *state;
	AUTO_FEED_INTAKE struct feed_intake *run = NULL;
	struct feed_state remembered = {0};
	struct feed_intake_counts counts;
	const char *cause = "";
	(void)desk_world_record(world, "2019", "84", "gso", "2022-03");
	desk_world_must(world, feed_intake_new(&world->intake, feed_of(world, "table"), true, &run,
					       &world->err));
	give(world, run, "a,p,v\nVN,2019,85\nVN,2020,86\n");
	desk_world_must(world,
			feed_intake_end(run, &got, &remembered, &counts, &cause, &world->err));
	assert_int_equal(counts.appended, 2);
	assert_int_equal(counts.revised, 1);
	assert_int_equal(counts.load, 0);
	assert_int_equal(desk_world_rows(world), 1);
	assert_string_equal(remembered.feed, "");
	desk_world_asserts(world, "SELECT count(*) FROM fetch", "0");
}

static bool count_bound(void *self, const struct feed_record *record, const struct bound *bound,
			struct error *err)
{
	int *counts = self;
	(void)err;
	counts[bound == NULL]++;
	assert_true(record->value.len > 0);
	return true;
}

static void who_watches_sees_every_record(void **state)
{
	struct desk_world *world = *state;
	AUTO_FEED_INTAKE struct feed_intake *run = begin(world, "table");
	int counts[2] = {0};
	feed_intake_watch(run, count_bound, counts);
	give(world, run, "a,p,v\nVN,2019,85\nXX,2020,86\nVN,2021,87\n");
	assert_int_equal(counts[0], 2);
	assert_int_equal(counts[1], 1);
	const struct feed_refusal *refusals = NULL;
	assert_int_equal(feed_intake_refusals(run, &refusals), 1);
	assert_string_equal(refusals[0].place, "line 3, column 'v'");
}

static void a_failure_is_noted_with_its_cause(void **state)
{
	struct desk_world *world = *state;
	struct feed_state remembered = {.feed = "table", .cause = "timeout", .failures = 2};
	struct feed_state read;
	int64_t id = 0;
	struct ledger *ledger = world->desk.ledger;
	desk_world_must(world, ledger_begin(ledger, &world->err) &&
				       feed_failure_put(&world->intake, &got, &remembered, &id,
							&world->err) &&
				       ledger_commit(ledger, &world->err));
	desk_world_must(world, feed_state_read(world->desk.ledger, "table", &read, &world->err));
	assert_string_equal(read.cause, "timeout");
	assert_int_equal(read.failures, 2);
	desk_world_asserts(world, "SELECT outcome || cause FROM fetch", "failedtimeout");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FEEDS(two_documents_are_one_run_and_one_load),
		WITH_FEEDS(a_second_document_that_is_no_answer_leaves_nothing),
		WITH_FEEDS(fewer_records_than_announced_leave_nothing),
		WITH_FEEDS(bad_records_are_kept_with_place_and_reason_and_the_rest_is_taken),
		WITH_FEEDS(one_value_twice_in_a_document_is_refused_both_times),
		WITH_FEEDS(the_same_document_again_is_known_until_settings_or_catalogue_change),
		WITH_FEEDS(what_is_gone_from_a_complete_document_is_withdrawn),
		WITH_FEEDS(what_is_refused_is_not_withdrawn),
		WITH_FEEDS(a_dry_run_counts_and_writes_nothing),
		WITH_FEEDS(who_watches_sees_every_record),
		WITH_FEEDS(a_failure_is_noted_with_its_cause),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
