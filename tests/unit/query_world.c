/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "tests/unit/query_world.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "intake/desk.h"
#include "intake/import.h"
#include "ledger/catalogue_mirror.h"
#include "obs/instant.h"

enum { DOCUMENT_BYTES = 1 << 16 };

static int64_t instant(const char *text)
{
	int64_t at = 0;
	assert_true(instant_parse(span_of(text), &at, NULL));
	return at;
}

static void write_config(struct query_world *world, const char *tables)
{
	char here[512];
	assert_non_null(getcwd(here, sizeof here));
	(void)snprintf(world->path, sizeof world->path, "%s/envgap.conf", world->directory);
	FILE *file = fopen(world->path, "w");
	assert_non_null(file);
	(void)fprintf(file,
		      "state_dir = \"%s\";\nrun_dir = \"%s\";\n"
		      "catalogue = \"%s/%s/catalogue\";\ntimezone = \"UTC\";\n"
		      "min_free_space = 0;\n",
		      world->directory, world->directory, here, tables);
	assert_int_equal(fclose(file), 0);
}

static void import(struct desk *desk, const char *tables, const char *name, int64_t now)
{
	char document[DOCUMENT_BYTES];
	char path[256];
	(void)snprintf(path, sizeof path, "%s/%s", tables, name);
	struct error err = {0};
	struct import_counts counts;
	AUTO_PROBLEMS struct problems findings = {0};
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	size_t len = fread(document, 1, sizeof document, file);
	assert_int_equal(fclose(file), 0);
	const struct intake intake = desk_intake(desk, now, "tester");
	if (!import_table(&intake, path, (struct span){document, len}, &counts, &findings, &err) ||
	    !apply_all(&intake.apply, NULL, &err))
		fail_msg("%s: %s", path, err.text);
}

static void fill(const struct query_world *world, const char *tables)
{
	struct error err = {0};
	AUTO_PROBLEMS struct problems problems = {0};
	struct desk desk = {0};
	int64_t now = instant("2026-11-20T10:00:00Z");
	if (!desk_open(world->path, now, "tester", &desk, &problems, &err))
		fail_msg("%s", err.text);
	import(&desk, tables, "figures.csv", now);
	import(&desk, tables, "later.csv", instant("2026-11-21T10:00:00Z"));
	desk_close(&desk);
}

void query_world_open(struct query_world *world)
{
	query_world_open_from(world, "tests/query");
}

void query_world_open_from(struct query_world *world, const char *tables)
{
	struct error err = {0};
	*world = (struct query_world){.directory = "/tmp/envgap-query-XXXXXX"};
	assert_non_null(mkdtemp(world->directory));
	write_config(world, tables);
	fill(world, tables);
	if (!ledger_open_reader(world->directory, &world->ledger, &err) ||
	    !ledger_begin_read(world->ledger, &err) ||
	    !ledger_catalogue_read(world->ledger, &world->catalogue, &err) ||
	    !zone_open("UTC", &world->zone, &err))
		fail_msg("%s", err.text);
	world->query = (struct query){
		.judge = {.ledger = world->ledger,
			  .catalogue = world->catalogue,
			  .zone = world->zone},
		.language = &world->language,
		.now = instant("2026-11-22T12:00:00Z"),
	};
	query_world_as_of(world, "2026-11-22", false);
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
	(void)status;
	(void)kind;
	(void)walk;
	return remove(path);
}

void query_world_close(struct query_world *world)
{
	ledger_end_read(world->ledger);
	ledger_close(&world->ledger);
	catalogue_free(&world->catalogue);
	zone_free_slot(&world->zone);
	(void)nftw(world->directory, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

void query_world_as_of(struct query_world *world, const char *day, bool by_receipt)
{
	world->query.judge.as_of.by_receipt = by_receipt;
	assert_true(day_parse(span_of(day), &world->query.judge.as_of.day, NULL));
}

void query_world_speak_otherwise(struct query_world *world)
{
	world->language = (struct language){
		.has_local_names = true, .has_decimal_comma = true, .is_day_first = true};
}

char *query_world_render(struct report *report, enum report_format format, int width)
{
	struct error err = {0};
	const struct report_look look = {.width = width};
	struct text out = text_with_limit(REPORT_OUTPUT_BYTES);
	if (!report_render(report, format, &look, &out, &err))
		fail_msg("%s", err.text);
	report_free(&report);
	return text_take(&out);
}

void query_world_assert_says(const char *text, const char *piece, bool wanted, const char *file,
			     int line)
{
	if ((strstr(text, piece) != NULL) == wanted)
		return;
	print_error("%s '%s':\n%s\n", wanted ? "does not say" : "says", piece, text);
	_fail(file, line);
}
