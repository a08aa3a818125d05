/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>

#include "config/config.h"
#include "intake/reread.h"
#include "ledger/archive.h"
#include "ledger/archive_expire.h"
#include "tests/unit/desk_world.h"

enum { PAIRS = 16, DAY_S = 86400, DOCUMENT_BYTES = 4096, FEED_TEXT_BYTES = 2048 };

static const struct feed_got got = {.url = "https://x.example/"};

/* A generator of its own, so that a failure comes again. */
static void next(unsigned *seed)
{
	*seed = *seed * 1103515245U + 12345U;
}

/* The number below `below` that `what` has now: arguments of a call are worked out in any order. */
static unsigned draw(const unsigned *seed, char what, unsigned below)
{
	unsigned mixed = (*seed ^ (unsigned)what * 2654435761U) * 2246822519U;
	return (mixed >> 16) % below;
}

static const char *pick(const unsigned *seed, char what, const char *const *items, size_t count)
{
	return items[draw(seed, what, (unsigned)count)];
}

/* A table of areas and years with two columns of values, some empty, some that cannot be read, some
 * of areas that nobody knows, some twice. */
static void make_document(unsigned *seed, char document[DOCUMENT_BYTES])
{
	static const char *const areas[] = {"VN", "P1", "P2", "XX"};
	static const char *const values[] = {"12.5", "40", "", "99.25", "n/a", "7"};
	static const char *const marks[] = {"", "e", "p"};
	size_t len = (size_t)snprintf(document, DOCUMENT_BYTES, "a,p,v,w,s,d\n");
	unsigned rows = 5 + draw(seed, 'r', 15);
	for (unsigned i = 0; i < rows; i++) {
		next(seed);
		len += (size_t)snprintf(
			document + len, DOCUMENT_BYTES - len, "%s,%u,%s,%s,%s,202%u-0%u\n",
			pick(seed, 'a', areas, COUNT_OF(areas)), 2014 + draw(seed, 'p', 6),
			pick(seed, 'v', values, COUNT_OF(values)),
			pick(seed, 'w', values, COUNT_OF(values)),
			pick(seed, 's', marks, COUNT_OF(marks)), 1 + draw(seed, 'y', 3),
			1 + draw(seed, 'm', 9));
	}
}

/* One of some thousand ways to read it. */
static void make_feed(unsigned *seed, char feed[FEED_TEXT_BYTES])
{
	static const char *const columns[] = {"v", "w"};
	static const char *const indicators[] = {"usw", "pm25", "forest"};
	static const char *const scales[] = {"", "scale = 0.5;", "max = 50.0;"};
	static const char *const missing[] = {"", "missing = [ \"n/a\" ];"};
	static const char *const duplicates[] = {"refuse", "first", "last", "same"};
	static const char *const published[] = {"", "published = \"2022-03\";"};
	static const char *const fields[] = {"", "published = \"d\";"};
	static const char *const filters[] = {
		"", "filters = ( { field = \"a\"; is_not = [ \"P1\" ]; } );"};
	static const char *const areas[] = {"", "areas = ( [ \"P1\", \"P3\" ] );",
					    "areas = ( [ \"XX\", \"P1\" ] );"};
	static const char *const unknown[] = {"", "unknown_area = \"ignore\";"};
	static const char *const estimated[] = {"e", "p"};
	static const char *const ignored[] = {"p", "e"};
	unsigned status = draw(seed, 't', 2);
	next(seed);
	(void)snprintf(
		feed, FEED_TEXT_BYTES,
		"feeds = ( { id = \"f\"; url = \"https://x.example/\"; source = \"gso\";\n"
		"indicator = \"%s\"; %s %s %s\n"
		"read = { format = \"csv\"; duplicates = \"%s\"; %s\n"
		"fields = { area = \"a\"; period = \"p\"; value = \"%s\"; status = \"s\"; %s };\n"
		"status = { estimated = [ \"%s\" ]; ignored = [ \"%s\" ]; };\n"
		"periods = { patterns = [ \"YYYY\" ]; };\n"
		"numbers = { decimal = \".\"; %s %s }; }; } );\n",
		pick(seed, 'b', indicators, COUNT_OF(indicators)),
		pick(seed, 'c', published, COUNT_OF(published)),
		pick(seed, 'd', areas, COUNT_OF(areas)),
		pick(seed, 'e', unknown, COUNT_OF(unknown)),
		pick(seed, 'f', duplicates, COUNT_OF(duplicates)),
		pick(seed, 'g', filters, COUNT_OF(filters)),
		pick(seed, 'h', columns, COUNT_OF(columns)),
		pick(seed, 'i', fields, COUNT_OF(fields)), estimated[status], ignored[status],
		pick(seed, 'j', scales, COUNT_OF(scales)),
		pick(seed, 'k', missing, COUNT_OF(missing)));
}

static const struct config_feed *feed_of(const struct desk_world *world)
{
	const struct config_feed *feed = config_feed_find(world->desk.setup->config, span_of("f"));
	assert_non_null(feed);
	return feed;
}

static bool poll_once(struct desk_world *world, const char *document)
{
	AUTO_FEED_INTAKE struct feed_intake *run = NULL;
	struct feed_intake_counts counts;
	struct feed_state state = {.last_success = world->intake.apply.now};
	const char *cause = "";
	desk_world_must(world,
			feed_intake_new(&world->intake, feed_of(world), false, &run, &world->err));
	return feed_intake_document(run, span_of(document), &cause, &world->err) &&
	       feed_intake_end(run, &got, &state, &counts, &cause, &world->err);
}

static bool replay(struct desk_world *world, struct feed_intake_counts *ret)
{
	const struct reread_order order = {&world->intake, feed_of(world), world->desk.before};
	return reread_replay(&order, ret, &world->err);
}

static void use(struct desk_world *world, const char *feed, int64_t now)
{
	desk_world_write(world, "feeds.conf", feed);
	desk_world_reload(world, now);
}

/* The n-th line of what stands. */
static void standing_line(const struct desk_world *world, size_t n, char line[256])
{
	char sql[512];
	(void)snprintf(sql, sizeof sql,
		       "SELECT s.indicator_id || ' ' || s.area_id || ' ' || o.from_day || ' ' ||"
		       " o.to_day || ' ' || coalesce(o.value, '-') || o.status || o.qualifier"
		       " FROM standing t JOIN observation o ON o.seq = t.seq"
		       " JOIN series s ON s.series_id = o.series_id"
		       " ORDER BY 1 LIMIT 1 OFFSET %zu",
		       n);
	desk_world_ask(world, sql, line);
}

/* *ret_rows: how many stand. */
static void assert_same_standing(struct desk_world *a, struct desk_world *b, size_t *ret_rows)
{
	char of_a[256] = "-", of_b[256];
	desk_world_apply(a);
	desk_world_apply(b);
	for (size_t i = 0; of_a[0] != '\0'; i++) {
		standing_line(a, i, of_a);
		standing_line(b, i, of_b);
		assert_string_equal(of_a, of_b);
		*ret_rows = i;
	}
}

struct tally {
	size_t compared, rows, corrected, withdrawn;
};

static struct desk_world *new_world(void)
{
	void *state = NULL;
	assert_int_equal(desk_world_set_up(&state), 0);
	return state;
}

static void compare_pair(unsigned *seed, struct tally *tally)
{
	char document[DOCUMENT_BYTES], before[FEED_TEXT_BYTES], after[FEED_TEXT_BYTES];
	struct desk_world *old = new_world(), *fresh = new_world();
	struct feed_intake_counts counts = {0};
	size_t rows = 0;
	void *states[] = {old, fresh};
	make_document(seed, document);
	make_feed(seed, before);
	make_feed(seed, after);
	use(old, before, DESK_WORLD_NOW);
	use(fresh, after, DESK_WORLD_NOW);
	desk_world_must(old, poll_once(old, document));
	desk_world_must(fresh, poll_once(fresh, document));
	use(old, after, DESK_WORLD_NOW + DAY_S);
	desk_world_must(old, replay(old, &counts));
	assert_same_standing(old, fresh, &rows);
	tally->compared++;
	tally->rows += rows;
	tally->corrected += counts.revised;
	tally->withdrawn += counts.withdrawn;
	/* A second time there is nothing left to be done. */
	desk_world_must(old, replay(old, &counts));
	assert_int_equal(counts.appended + counts.withdrawn, 0);
	assert_int_equal(desk_world_tear_down(&states[0]), 0);
	assert_int_equal(desk_world_tear_down(&states[1]), 0);
}

static void a_replay_leaves_what_an_empty_ledger_would_have(void **state)
{
	unsigned seed = 20261122;
	struct tally tally = {0};
	(void)state;
	for (int i = 0; i < PAIRS; i++)
		compare_pair(&seed, &tally);
	assert_int_equal(tally.compared, PAIRS);
	/* The pairs are different enough to mean something. */
	assert_true(tally.rows > 2 * PAIRS);
	assert_true(tally.corrected > PAIRS);
	assert_true(tally.withdrawn > PAIRS);
}

static const char plain[] =
	"feeds = ( { id = \"f\"; url = \"https://x.example/\"; source = \"gso\"; indicator = "
	"\"usw\"; read = { format = \"csv\"; fields = { area = \"a\"; period = \"p\"; value = "
	"\"%s\"; };\n periods = { patterns = [ \"YYYY\" ]; }; numbers = { decimal = \".\"; }; }; "
	"} );\n";

static void use_column(struct desk_world *world, const char *column, int64_t now)
{
	char text[FEED_TEXT_BYTES];
	(void)snprintf(text, sizeof text, plain, column);
	use(world, text, now);
}

/* 2020-01-01 is day 18262; DESK_WORLD_NOW is 2026-11-22, day 20779. */
static void what_was_known_stays_known_by_receipt_and_is_corrected_as_of(void **state)
{
	struct desk_world *world = *state;
	struct feed_intake_counts counts = {0};
	use_column(world, "v", DESK_WORLD_NOW);
	desk_world_must(world, poll_once(world, "a,p,v,w\nVN,2020,80,90\n"));
	use_column(world, "w", DESK_WORLD_NOW + 10 * DAY_S);
	desk_world_must(world, replay(world, &counts));
	assert_int_equal(counts.revised, 1);
	desk_world_asserts(world, "SELECT group_concat(known_day) FROM observation", "20779,20779");
	/* as of the day of the poll: what the document said, as it is read now */
	desk_world_asserts(world,
			   "SELECT value FROM observation WHERE known_day <= 20779"
			   " ORDER BY known_day DESC, seq DESC LIMIT 1",
			   "90.0");
	/* received by then: what the office believed */
	desk_world_asserts(
		world,
		"SELECT value FROM observation JOIN load USING (load_id)"
		" WHERE received <= 1795348800 ORDER BY known_day DESC, seq DESC LIMIT 1",
		"80.0");
	desk_world_asserts(world, "SELECT kind FROM load ORDER BY load_id DESC LIMIT 1", "replay");
}

static void history_that_the_last_document_does_not_have_stays(void **state)
{
	struct desk_world *world = *state;
	struct feed_intake_counts counts = {0};
	use_column(world, "v", DESK_WORLD_NOW);
	desk_world_must(world, poll_once(world, "a,p,v,w\nVN,2019,70,71\nVN,2020,80,90\n"));
	desk_world_must(world, poll_once(world, "a,p,v,w\nVN,2020,80,90\nVN,2021,82,92\n"));
	use_column(world, "w", DESK_WORLD_NOW + DAY_S);
	desk_world_must(world, replay(world, &counts));
	desk_world_apply(world);
	desk_world_asserts(world,
			   "SELECT group_concat(value) FROM (SELECT value FROM standing"
			   " JOIN observation USING (seq) ORDER BY observation.from_day)",
			   "70.0,90.0,92.0");
	assert_int_equal(counts.withdrawn, 0);
}

static void a_feed_without_a_good_document_cannot_be_replayed(void **state)
{
	struct desk_world *world = *state;
	struct feed_intake_counts counts = {0};
	use_column(world, "v", DESK_WORLD_NOW);
	desk_world_refuses(world, replay(world, &counts), ERROR_NOT_FOUND,
			   "feed 'f' has no last good document");
	desk_world_refuses(world, reread_accept(&world->intake, "f", &counts, &world->err),
			   ERROR_NOT_FOUND, "nothing of feed 'f' is held back");
}

static bool is_kept(const struct desk_world *world, const char *document)
{
	const struct sha256 hash = sha256_of(span_of(document));
	return archive_has(ledger_directory(world->desk.ledger), &hash);
}

/* Files are dated by the machine's clock, so "before" is said in its time: all of them are older
 * than the year 2100. */
static void only_documents_that_nobody_needs_expire(void **state)
{
	static const char first[] = "a,p,v,w\nVN,2020,80,90\nVN,2019,70,70\n";
	static const char second[] = "a,p,v,w\nVN,2019,70,70\nVN,2020,80,90\n";
	static const char held[] = "a,p,w\nVN,2020,80\n";
	static const char third[] = "w,a,p,v\n70,VN,2019,70\n90,VN,2020,80\n";
	struct desk_world *world = *state;
	size_t removed = 0;
	use_column(world, "v", DESK_WORLD_NOW);
	desk_world_must(world, poll_once(world, first));
	desk_world_must(world, poll_once(world, second));
	desk_world_must(world, poll_once(world, third));
	assert_int_equal(desk_world_rows(world), 2);
	use_column(world, "w", DESK_WORLD_NOW);
	desk_world_must(world, poll_once(world, held));
	desk_world_must(world, archive_expire(world->desk.ledger, INT64_C(4102444800), &removed,
					      &world->err));
	assert_true(is_kept(world, first));   /* rows came from it */
	assert_false(is_kept(world, second)); /* nothing came from it, and it is not the last */
	assert_true(is_kept(world, third)); /* nothing came from it, but it is the last good one */
	assert_true(is_kept(world, held));  /* somebody may accept it */
}

static void young_documents_stay_in_any_case(void **state)
{
	static const char first[] = "a,p,v,w\nVN,2020,80,90\n";
	static const char second[] = "w,a,p,v\n90,VN,2020,80\n";
	struct desk_world *world = *state;
	size_t removed = 77;
	use_column(world, "v", DESK_WORLD_NOW);
	desk_world_must(world, poll_once(world, first));
	desk_world_must(world, poll_once(world, second));
	desk_world_must(world, poll_once(world, first));
	desk_world_must(world, archive_expire(world->desk.ledger, 1, &removed, &world->err));
	assert_int_equal(removed, 0);
	assert_true(is_kept(world, second));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_replay_leaves_what_an_empty_ledger_would_have),
		WITH_DESK(what_was_known_stays_known_by_receipt_and_is_corrected_as_of),
		WITH_DESK(history_that_the_last_document_does_not_have_stays),
		WITH_DESK(a_feed_without_a_good_document_cannot_be_replayed),
		WITH_DESK(only_documents_that_nobody_needs_expire),
		WITH_DESK(young_documents_stay_in_any_case),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
