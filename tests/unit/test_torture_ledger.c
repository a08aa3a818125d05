/* SPDX-License-Identifier: GPL-3.0-or-later */
/* timeout: 240 s */
#include "tests/unit/unit.h"

#include "ledger/archive.h"
#include "ledger/catalogue_mirror.h"
#include "ledger/check.h"
#include "ledger/derived.h"
#include "ledger/event.h"
#include "ledger/fetch_log.h"
#include "ledger/rrd_dirty.h"
#include "ledger/stage.h"
#include "tests/unit/ledger_world.h"
#include "tests/unit/torture.h"

enum { LIBRARY_RUNS_MAX = 400 };

struct scene {
	struct ledger_world *world;
	int64_t rows;
};

/* A transaction that did not end well has left nothing behind. */
static void look_at_log(void *self, bool done)
{
	struct scene *scene = self;
	int64_t rows = -1;
	/* SQLite may have had no memory for a rollback either: the next transaction begins with it
	 */
	if (ledger_in_transaction(scene->world->ledger)) {
		assert_true(ledger_begin(scene->world->ledger, NULL));
		ledger_rollback(scene->world->ledger);
	}
	assert_false(ledger_in_transaction(scene->world->ledger));
	assert_true(log_count(scene->world->ledger, &rows, NULL));
	if (!done)
		assert_int_equal(rows, scene->rows);
	scene->rows = rows;
}

static bool run_in_transaction(struct ledger *ledger,
			       bool (*change)(struct ledger *ledger, struct error *err),
			       struct error *err)
{
	if (!ledger_begin(ledger, err))
		return false;
	bool done = change(ledger, err);
	/* torn down again, so that the next run finds what this one found */
	ledger_rollback(ledger);
	return done;
}

static bool open_all(void *self, struct error *err)
{
	const struct scene *scene = self;
	const struct ledger_build build = {"envgap test", LEDGER_WORLD_NOW};
	AUTO_WRITER_LOCK struct writer_lock *lock = NULL;
	AUTO_LEDGER struct ledger *ledger = NULL;
	int64_t rows = -1;
	return writer_lock_take(scene->world->directory, 0, &lock, err) &&
	       ledger_open_writer(lock, &build, &ledger, err) && log_count(ledger, &rows, err) &&
	       rows == 0;
}

static bool open_to_read(void *self, struct error *err)
{
	const struct scene *scene = self;
	AUTO_LEDGER struct ledger *ledger = NULL;
	int64_t rows = -1;
	return ledger_open_reader(scene->world->directory, &ledger, err) &&
	       ledger_begin_read(ledger, err) && log_count(ledger, &rows, err) && rows == 0;
}

static bool append_some(struct ledger *ledger, struct error *err)
{
	const struct series_key key = {"usw", "", "VN"};
	const struct load load = {
		.kind = LOAD_RECORD, .received = LEDGER_WORLD_NOW, .actor = "tester"};
	const struct provenance from = {"page 1", "91,7", "doubtful"};
	struct observation obs = ledger_world_value("2021", 91.7, "2022-01-05");
	enum append_result result;
	int64_t seq;
	if (!load_add(ledger, &load, &obs.load, err) ||
	    !series_ensure(ledger, &key, &obs.series, err) ||
	    !log_append(ledger, &obs, &from, &result, &seq, err) ||
	    !rrd_dirty_mark(ledger, (struct rrd_dirty){obs.series, seq}, err))
		return false;
	return result == APPEND_NEW;
}

static bool append(void *self, struct error *err)
{
	struct scene *scene = self;
	return run_in_transaction(scene->world->ledger, append_some, err);
}

static bool stage_some(struct ledger *ledger, struct error *err)
{
	AUTO_STAGE struct stage *stage = NULL;
	const struct series_key key = {"usw", "", "VN"};
	const struct load load = {.kind = LOAD_POLL,
				  .received = LEDGER_WORLD_NOW,
				  .actor = "envgapd",
				  .feed = "waste"};
	const struct stage_order order = {
		.load = &load, .complete = true, .withdrawn_day = DAY_NONE};
	const struct provenance from = {"/1", "1", NULL};
	struct stage_counts counts;
	size_t refused = 0;
	if (!stage_new(ledger, &stage, err))
		return false;
	for (int year = 2000; year < 2020; year++) {
		struct observation obs = ledger_world_value("2021", year, "2022-01-05");
		obs.period.from += 366 * (year - 2000);
		obs.period.to += 366 * (year - 2000);
		if (!stage_add(stage, &key, &obs, &from, err))
			return false;
	}
	return stage_duplicates(stage, STAGE_DUPLICATES_SAME, NULL, NULL, &refused, err) &&
	       stage_append(stage, &order, &counts, err) && counts.appended == 20;
}

static bool stage(void *self, struct error *err)
{
	struct scene *scene = self;
	return run_in_transaction(scene->world->ledger, stage_some, err);
}

static bool count_row(void *self, const struct log_row *row, struct error *err)
{
	(void)row;
	(void)err;
	++*(size_t *)self;
	return true;
}

static bool read_some(struct ledger *ledger, struct error *err)
{
	AUTO_VINTAGES struct vintages vintages = {0};
	size_t rows = 0;
	return append_some(ledger, err) && vintages_read(ledger, 1, DAY_NONE, &vintages, err) &&
	       log_each(ledger, 0, count_row, &rows, err) && rows == 1 && vintages.count == 1;
}

static bool read(void *self, struct error *err)
{
	struct scene *scene = self;
	return run_in_transaction(scene->world->ledger, read_some, err);
}

static bool take_event(void *self, const struct event *event, struct error *err)
{
	(void)event;
	(void)err;
	++*(size_t *)self;
	return true;
}

static bool take_reject(void *self, const struct reject_row *row, struct error *err)
{
	(void)row;
	(void)err;
	++*(size_t *)self;
	return true;
}

static bool note_some(struct ledger *ledger, struct error *err)
{
	const struct event event = {
		.at = LEDGER_WORLD_NOW, .kind = "note", .actor = "tester", .note = "seen"};
	const struct fetch_row fetch = {
		.at = LEDGER_WORLD_NOW, .feed = "waste", .outcome = "refused", .refused = 1};
	struct reject_row reject = {.at = LEDGER_WORLD_NOW,
				    .feed = "waste",
				    .locator = "line 2",
				    .raw = "x",
				    .cause = "record",
				    .text = "no number"};
	const struct event_filter all = {0};
	size_t events = 0, rejects = 0;
	int64_t id;
	return event_append(ledger, &event, &id, err) && fetch_append(ledger, &fetch, &id, err) &&
	       (reject.fetch = id, reject_append(ledger, &reject, err)) &&
	       event_each(ledger, &all, take_event, &events, err) &&
	       reject_each_last(ledger, "waste", take_reject, &rejects, err) && events == 1 &&
	       rejects == 1;
}

static bool note(void *self, struct error *err)
{
	struct scene *scene = self;
	return run_in_transaction(scene->world->ledger, note_some, err);
}

static bool derive_some(struct ledger *ledger, struct error *err)
{
	AUTO_STANDING_ROWS struct standing_rows rows = {0};
	struct standing_row row = {.seq = 1};
	struct assessment_row verdict = {.target = "t",
					 .area = "VN",
					 .state = "met",
					 .method = "weather",
					 .target_value = {true, 92}};
	struct assessment_row again;
	if (!append_some(ledger, err) || !period_parse(span_of("2021"), &row.reporting, err))
		return false;
	return standing_put(ledger, 1, &row, 1, NULL, err) &&
	       standing_read(ledger, 1, &rows, err) && assessment_put(ledger, &verdict, err) &&
	       assessment_read(ledger, "t", "VN", &again, err) && rows.count == 1 &&
	       assessment_equal(&verdict, &again);
}

static bool derive(void *self, struct error *err)
{
	struct scene *scene = self;
	return run_in_transaction(scene->world->ledger, derive_some, err);
}

static bool check(void *self, struct error *err)
{
	const struct scene *scene = self;
	AUTO_PROBLEMS struct problems findings = {0};
	return ledger_check(scene->world->ledger, &findings, err) && problems_ok(&findings, err);
}

static bool archive(void *self, struct error *err)
{
	const struct scene *scene = self;
	const char *directory = scene->world->directory;
	AUTO_TEXT struct text bytes = text_with_limit(1000);
	AUTO_FREE struct sha256 *pages = NULL;
	struct sha256 hashes[2], list;
	size_t count;
	return archive_put(directory, span_of("first"), &hashes[0], err) &&
	       archive_put(directory, span_of("second"), &hashes[1], err) &&
	       archive_put_pages(directory, hashes, 2, &list, err) &&
	       archive_get_pages(directory, &list, &pages, &count, err) && count == 2 &&
	       archive_get(directory, &pages[1], &bytes, err) &&
	       span_is(text_span(&bytes), "second");
}

/* An indicator with a preference. */
static void fill(struct catalogue *catalogue)
{
	static char office[] = "Office", waste[] = "Waste";
	static struct source sources[] = {{.id = "gso", .name = office}};
	static char preference[1][ID_BYTES] = {"gso"};
	static struct indicator indicators[] = {{.id = "usw",
						 .name = waste,
						 .unit = "%",
						 .frequency = FREQUENCY_YEAR,
						 .preference = preference,
						 .preference_count = 1}};
	*catalogue = (struct catalogue){.sources = sources,
					.source_count = 1,
					.indicators = indicators,
					.indicator_count = 1};
}

static bool mirror_some(struct ledger *ledger, struct error *err)
{
	AUTO_CATALOGUE struct catalogue *read = NULL;
	struct catalogue catalogue;
	const struct load load = {
		.kind = LOAD_CATALOGUE, .received = LEDGER_WORLD_NOW, .actor = "tester"};
	int64_t id;
	fill(&catalogue);
	return load_add(ledger, &load, &id, err) &&
	       ledger_catalogue_replace(ledger, &catalogue, err) &&
	       ledger_catalogue_read(ledger, &read, err) && read->indicator_count == 1 &&
	       read->source_count == 1;
}

static bool mirror(void *self, struct error *err)
{
	struct scene *scene = self;
	return run_in_transaction(scene->world->ledger, mirror_some, err);
}

static const struct {
	const char *what;
	bool (*run)(void *self, struct error *err);
	bool is_closed; /* it opens the ledger itself */
} scenes[] = {
	{"open", open_all, true},    {"open to read", open_to_read, true},
	{"append", append, false},   {"stage", stage, false},
	{"read", read, false},	     {"note", note, false},
	{"derive", derive, false},   {"mirror", mirror, false},
	{"archive", archive, false}, {"check", check, false},
};

static void play_all(struct ledger_world *world, enum torture_whose whose)
{
	struct scene scene = {.world = world};
	for (size_t i = 0; i < COUNT_OF(scenes); i++) {
		if (scenes[i].is_closed)
			ledger_world_close(world);
		const struct torture all = {
			.what = scenes[i].what,
			.whose = whose,
			.run = scenes[i].run,
			.settle = scenes[i].is_closed ? NULL : look_at_log,
			.self = &scene,
			/* clearing a stage may fail: its rows die with the ledger */
			.copes = whose == TORTURE_LIBRARIES,
			.runs_max = whose == TORTURE_LIBRARIES ? LIBRARY_RUNS_MAX : 0,
		};
		torture(&all);
		if (scenes[i].is_closed)
			ledger_world_open(world);
	}
}

static void our_memory(void **state)
{
	play_all(*state, TORTURE_OURS);
}

static void memory_of_sqlite(void **state)
{
	play_all(*state, TORTURE_LIBRARIES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(our_memory, ledger_world_set_up,
						ledger_world_tear_down),
		cmocka_unit_test_setup_teardown(memory_of_sqlite, ledger_world_set_up,
						ledger_world_tear_down),
	};
	return cmocka_run_group_tests(tests, torture_set_up, NULL);
}
