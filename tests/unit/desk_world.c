/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "tests/unit/desk_world.h"

#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { FILES_OPEN = 8 };

static const struct {
	const char *name, *text;
} files[] = {
	{"envgap.conf", "state_dir = \"state\";\nrun_dir = \"run\";\ncatalogue = \"catalogue\";\n"
			"min_free_space = \"1M\";\nrrd = false;\ninclude = [ \"feeds.conf\" ];\n"},
	{"feeds.conf", "feeds = ();\n"},
	{"catalogue/sources.csv", "id,name\ngso,Statistics\nmonre,Ministry\n"},
	{"catalogue/indicators.csv",
	 "id,name,unit,direction,low,high,frequency,release_lag_days,basis,stand_in_months,"
	 "preference\n"
	 "usw,Urban waste,%,up,0,100,year,180,mean,9,gso;monre\n"
	 "pm25,Fine dust,µg/m3,down,0,,month,30,mean,0,\n"
	 "forest,Forest,ha,up,,,year,60,end,0,\n"},
	{"catalogue/areas.csv", "id,kind,name,valid_from,valid_to\n"
				"VN,country,Viet Nam,,\n"
				"P1,province,Hill,,\n"
				"P2,province,River,,2025-07-01\n"
				"P3,province,Coast,2025-07-01,\n"},
	{"catalogue/area_codes.csv", "area,scheme,code,valid_from,valid_to\n"
				     "P1,gso,01,,\nP2,gso,02,,2025-07-01\nP3,gso,02,2025-07-01,\n"},
	{"catalogue/area_changes.csv", "day,from,to,kind\n2025-07-01,P2,P3,status\n"},
	{"catalogue/acts.csv", "id,title,adopter,adopted\nplan,Plan,Assembly,2020-11-11\n"},
	{"catalogue/targets.csv", "id,act,indicator,area,op,value,period\n"
				  "usw-2021,plan,usw,VN,>=,87,2021\n"
				  "usw-2030,plan,usw,VN,>=,95,2030\n"
				  "usw-p1,plan,usw,P1,>=,80,2030\n"},
};

void desk_world_must(struct desk_world *world, bool done)
{
	if (!done)
		print_error("%s\n", world->err.text);
	assert_true(done);
}

void desk_world_refuses(struct desk_world *world, bool done, enum error_code code, const char *text)
{
	assert_false(done);
	assert_string_equal(world->err.text, text);
	assert_int_equal(world->err.code, code);
	world->err = (struct error){0};
}

void desk_world_write(const struct desk_world *world, const char *name, const char *text)
{
	char path[192];
	(void)snprintf(path, sizeof path, "%s/%s", world->directory, name);
	FILE *file = fopen(path, "we");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void make_directory(const struct desk_world *world, const char *name)
{
	char path[128];
	(void)snprintf(path, sizeof path, "%s/%s", world->directory, name);
	assert_int_equal(mkdir(path, 0700), 0);
}

void desk_world_set_time(struct desk_world *world, int64_t now)
{
	world->intake = desk_intake(&world->desk, now, "tester");
}

void desk_world_reopen(struct desk_world *world)
{
	desk_close(&world->desk);
	desk_world_must(world, desk_open(world->path, DESK_WORLD_NOW, "tester", &world->desk,
					 &world->problems, &world->err));
	desk_world_set_time(world, DESK_WORLD_NOW);
}

int desk_world_set_up(void **state)
{
	struct desk_world *world = calloc(1, sizeof *world);
	if (world == NULL)
		return -1;
	*state = world;
	(void)snprintf(world->directory, sizeof world->directory, "/tmp/envgap-desk-XXXXXX");
	if (mkdtemp(world->directory) == NULL)
		return -1;
	(void)snprintf(world->path, sizeof world->path, "%s/envgap.conf", world->directory);
	make_directory(world, "state");
	make_directory(world, "catalogue");
	for (size_t i = 0; i < COUNT_OF(files); i++)
		desk_world_write(world, files[i].name, files[i].text);
	desk_world_reopen(world);
	return 0;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *where)
{
	(void)status;
	(void)kind;
	(void)where;
	return remove(path);
}

int desk_world_tear_down(void **state)
{
	struct desk_world *world = *state;
	desk_close(&world->desk);
	problems_done(&world->problems);
	int status = nftw(world->directory, remove_one, FILES_OPEN, FTW_DEPTH | FTW_PHYS);
	free(world);
	return status;
}

void desk_world_reload(struct desk_world *world, int64_t now)
{
	bool changed = false;
	desk_world_must(world, desk_reload(&world->desk, now, "tester", &world->problems, &changed,
					   &world->err));
	desk_world_set_time(world, now);
}

struct figure_result desk_world_record(struct desk_world *world, const char *period,
				       const char *value, const char *source, const char *published)
{
	struct figure_result result = {0};
	const struct figure figure = {.indicator = "usw",
				      .area = "VN",
				      .period = period,
				      .value = value,
				      .source = source,
				      .published = published};
	desk_world_must(world, figure_record(&world->intake, &figure, &result, &world->err));
	return result;
}

void desk_world_apply(struct desk_world *world)
{
	desk_world_must(world, apply_all(&world->intake.apply, NULL, &world->err));
}

int64_t desk_world_rows(struct desk_world *world)
{
	int64_t rows = 0;
	desk_world_must(world, log_count(world->desk.ledger, &rows, &world->err));
	return rows;
}

static sqlite3 *open_beside(const struct desk_world *world)
{
	char path[128];
	sqlite3 *db = NULL;
	(void)snprintf(path, sizeof path, "%s/state/ledger.db", world->directory);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	return db;
}

void desk_world_ask(const struct desk_world *world, const char *sql, char answer[256])
{
	sqlite3 *db = open_beside(world);
	sqlite3_stmt *statement = NULL;
	int status = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
	if (status != SQLITE_OK)
		print_error("%s: %s\n", sql, sqlite3_errmsg(db));
	assert_int_equal(status, SQLITE_OK);
	const unsigned char *text =
		sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_text(statement, 0) : NULL;
	(void)snprintf(answer, 256, "%s", text ? (const char *)text : "");
	(void)sqlite3_finalize(statement);
	(void)sqlite3_close(db);
}

void desk_world_asserts(const struct desk_world *world, const char *sql, const char *answer)
{
	char got[256];
	desk_world_ask(world, sql, got);
	assert_string_equal(got, answer);
}

void desk_world_damage(const struct desk_world *world, const char *sql)
{
	sqlite3 *db = open_beside(world);
	int status = sqlite3_exec(db, sql, NULL, NULL, NULL);
	if (status != SQLITE_OK)
		print_error("%s: %s\n", sql, sqlite3_errmsg(db));
	assert_int_equal(status, SQLITE_OK);
	(void)sqlite3_close(db);
}
