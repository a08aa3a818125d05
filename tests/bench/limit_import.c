/* SPDX-License-Identifier: GPL-3.0-or-later */

/* limit_import LEDGER FIGURES: the least that filling the log can cost.  Splits the lines of a
 * table without quotes and inserts them into the tables, indexes and triggers of an empty ledger:
 * nothing is checked, staged, compared, archived or judged. */

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS = 7, EXIT_UNABLE = 3 };
enum cell { INDICATOR, BREAKDOWN, AREA, PERIOD, VALUE, SOURCE, PUBLISHED };

static const char settings[] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
			       "PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON;"
			       "PRAGMA cache_size = -32768; BEGIN IMMEDIATE;"
			       "INSERT INTO load (load_id, kind, received, actor)"
			       " VALUES (1000, 'import', 1, 'limit')";
static const char add_series[] =
	"INSERT INTO series (indicator_id, breakdown, area_id) VALUES (?, ?, ?)";
static const char add_row[] =
	"INSERT INTO observation (seq, series_id, load_id, source_id, from_day, to_day, value,"
	" decimals, num, den, qualifier, status, is_break, published, known_day, locator, raw,"
	" warning) VALUES (NULL, ?, 1000, ?, ?, ?, ?, 1, NULL, NULL, '', 'A', 0, ?, ?, ?, NULL,"
	" NULL)";

struct import {
	sqlite3 *db;
	sqlite3_stmt *series, *row;
	char last[256]; /* indicator, breakdown and area of the last line */
	sqlite3_int64 series_id;
	long line;
};

static void check(const struct import *import, int status)
{
	if (status == SQLITE_OK || status == SQLITE_DONE)
		return;
	(void)fprintf(stderr, "limit_import: %s\n", sqlite3_errmsg(import->db));
	exit(EXIT_UNABLE);
}

static void run(const struct import *import, sqlite3_stmt *statement)
{
	check(import, sqlite3_step(statement));
	(void)sqlite3_reset(statement);
}

static void enter_series(struct import *import, char *const cells[CELLS])
{
	char key[sizeof import->last];
	(void)snprintf(key, sizeof key, "%s,%s,%s", cells[INDICATOR], cells[BREAKDOWN],
		       cells[AREA]);
	if (strcmp(key, import->last) == 0)
		return;
	memcpy(import->last, key, sizeof key);
	for (int i = 0; i < 3; i++)
		check(import,
		      sqlite3_bind_text(import->series, i + 1, cells[i], -1, SQLITE_STATIC));
	run(import, import->series);
	import->series_id = sqlite3_last_insert_rowid(import->db);
}

/* Days from 1970 to the first of January: leap years by 4 are enough for the years 1901 to 2099. */
static int first_day(int year)
{
	return (year - 1970) * 365 + (year - 1901) / 4 - 17;
}

static void add(struct import *import, char *const cells[CELLS])
{
	char place[64];
	int year = (int)strtol(cells[PERIOD], NULL, 10);
	int len = snprintf(place, sizeof place, "figures.csv line %ld", import->line);
	sqlite3_stmt *row = import->row;
	enter_series(import, cells);
	(void)sqlite3_bind_int64(row, 1, import->series_id);
	(void)sqlite3_bind_text(row, 2, cells[SOURCE], -1, SQLITE_STATIC);
	(void)sqlite3_bind_int(row, 3, first_day(year));
	(void)sqlite3_bind_int(row, 4, first_day(year + 1));
	(void)sqlite3_bind_double(row, 5, strtod(cells[VALUE], NULL));
	(void)sqlite3_bind_text(row, 6, cells[PUBLISHED], -1, SQLITE_STATIC);
	(void)sqlite3_bind_int(row, 7, first_day(year + 1) + 180);
	(void)sqlite3_bind_text(row, 8, place, len, SQLITE_STATIC);
	run(import, row);
}

static void take_line(struct import *import, char *line)
{
	char *cells[CELLS];
	line[strcspn(line, "\n")] = '\0';
	for (int i = 0; i < CELLS; i++) {
		cells[i] = strsep(&line, ",");
		if (cells[i] == NULL)
			exit(EXIT_UNABLE);
	}
	if (import->line++ > 0)
		add(import, cells);
}

int main(int argc, char **argv)
{
	struct import import = {0};
	FILE *figures = argc == 3 ? fopen(argv[2], "r") : NULL;
	char *line = NULL;
	size_t room = 0;
	if (figures == NULL || sqlite3_open(argv[1], &import.db) != SQLITE_OK)
		return EXIT_UNABLE;
	check(&import, sqlite3_exec(import.db, settings, NULL, NULL, NULL));
	check(&import, sqlite3_prepare_v2(import.db, add_series, -1, &import.series, NULL));
	check(&import, sqlite3_prepare_v2(import.db, add_row, -1, &import.row, NULL));
	while (getline(&line, &room, figures) > 0)
		take_line(&import, line);
	check(&import, sqlite3_exec(import.db, "COMMIT", NULL, NULL, NULL));
	(void)sqlite3_finalize(import.series);
	(void)sqlite3_finalize(import.row);
	check(&import, sqlite3_close(import.db));
	free(line);
	return fclose(figures) == 0 ? 0 : EXIT_UNABLE;
}
