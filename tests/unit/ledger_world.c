/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "tests/unit/ledger_world.h"

#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

void ledger_world_must(struct ledger_world *world, bool done)
{
	if (!done)
		print_error("%s\n", world->err.text);
	assert_true(done);
}

void ledger_world_expect(struct ledger_world *world, bool done, enum error_code code,
			 const char *words)
{
	assert_false(done);
	if (strstr(world->err.text, words) == NULL)
		print_error("'%s' is not in '%s'\n", words, world->err.text);
	assert_non_null(strstr(world->err.text, words));
	assert_int_equal(world->err.code, code);
	world->err = (struct error){0};
}

void ledger_world_open(struct ledger_world *world)
{
	struct ledger_build build = {"envgap test", LEDGER_WORLD_NOW};

	ledger_world_must(world, writer_lock_take(world->directory, 0, &world->lock, &world->err));
	ledger_world_must(world,
			  ledger_open_writer(world->lock, &build, &world->ledger, &world->err));
}

void ledger_world_close(struct ledger_world *world)
{
	ledger_close(&world->ledger);
	writer_lock_free(&world->lock);
}

int ledger_world_set_up(void **state)
{
	struct ledger_world *world = calloc(1, sizeof *world);

	if (world == NULL)
		return -1;
	(void)snprintf(world->directory, sizeof world->directory, "/tmp/envgap-ledger-XXXXXX");
	if (mkdtemp(world->directory) == NULL)
		return -1;
	ledger_world_open(world);
	*state = world;
	return 0;
}

static int make_writable(const char *path, const struct stat *info, int kind, struct FTW *at)
{
	(void)info, (void)at;
	return kind == FTW_D ? chmod(path, 0755) : 0;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *at)
{
	(void)info, (void)kind, (void)at;
	return remove(path);
}

int ledger_world_tear_down(void **state)
{
	enum { OPEN_MAX_AT_ONCE = 16 };
	struct ledger_world *world = *state;
	int status;

	ledger_world_close(world);
	status = nftw(world->directory, make_writable, OPEN_MAX_AT_ONCE, FTW_PHYS);
	if (status == 0)
		status = nftw(world->directory, remove_one, OPEN_MAX_AT_ONCE, FTW_DEPTH | FTW_PHYS);
	free(world);
	return status;
}

int32_t ledger_world_day(const char *day)
{
	int32_t ret;

	assert_true(day_parse(span_of(day), &ret, NULL));
	return ret;
}

struct observation ledger_world_value(const char *period, double value, const char *known)
{
	struct observation obs = {
		.source = "gso",
		.has_value = true,
		.value = value,
		.decimals = 1,
		.status = OBS_NORMAL,
		.known_day = ledger_world_day(known),
	};

	assert_true(period_parse(span_of(period), &obs.period, NULL));
	return obs;
}

int64_t ledger_world_load(struct ledger_world *world, enum load_kind kind, const char *feed)
{
	struct load load = {.kind = kind, .received = LEDGER_WORLD_NOW, .actor = "tester"};
	int64_t id;

	assert_true(span_copy(span_of(feed), load.feed, sizeof load.feed));
	ledger_world_must(world, load_add(world->ledger, &load, &id, &world->err));
	return id;
}

int64_t ledger_world_series(struct ledger_world *world, const char *area)
{
	struct series_key key = {"usw", "", area};
	int64_t id;

	ledger_world_must(world, series_ensure(world->ledger, &key, &id, &world->err));
	return id;
}

enum append_result ledger_world_append(struct ledger_world *world, const struct observation *obs)
{
	struct provenance from = {0};
	enum append_result result;
	int64_t seq;

	ledger_world_must(world, log_append(world->ledger, obs, &from, &result, &seq, &world->err));
	return result;
}

void ledger_world_append_year(struct ledger_world *world, int year, double value)
{
	char period[16];
	struct observation obs;

	(void)snprintf(period, sizeof period, "%d", year);
	obs = ledger_world_value(period, value, "2023-01-31");
	obs.series = ledger_world_series(world, "VN");
	obs.load = ledger_world_load(world, LOAD_RECORD, "");
	(void)ledger_world_append(world, &obs);
}

void ledger_world_commit_year(struct ledger_world *world, int year, double value)
{
	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	ledger_world_append_year(world, year, value);
	ledger_world_must(world, ledger_commit(world->ledger, &world->err));
}

int64_t ledger_world_count(struct ledger *ledger)
{
	struct error err = {0};
	int64_t rows = -1;

	if (!log_count(ledger, &rows, &err))
		print_error("%s\n", err.text);
	return rows;
}

int ledger_world_sql(const struct ledger_world *world, const char *sql, char words[128])
{
	char path[96];
	sqlite3 *db;
	int status;

	(void)snprintf(path, sizeof path, "%s/ledger.db", world->directory);
	status = sqlite3_open(path, &db);
	if (status == SQLITE_OK)
		status = sqlite3_exec(db, sql, NULL, NULL, NULL);
	if (words != NULL)
		(void)snprintf(words, 128, "%s", sqlite3_errmsg(db));
	(void)sqlite3_close(db);
	return status;
}
