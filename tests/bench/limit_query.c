/* SPDX-License-Identifier: GPL-3.0-or-later */

/* limit_query LEDGER FILE: the least that an answer from the ledger can cost.  Runs the statement
 * in FILE and prints what it finds with tabs between. */

#include <fcntl.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

enum { EXIT_UNABLE = 3, STATEMENT_BYTES = 8192, BUFFER_BYTES = 1 << 16 };

static void print_column(sqlite3_stmt *statement, int column)
{
	switch (sqlite3_column_type(statement, column)) {
	case SQLITE_INTEGER:
		(void)printf("%lld", (long long)sqlite3_column_int64(statement, column));
		break;
	case SQLITE_FLOAT:
		(void)printf("%.15g", sqlite3_column_double(statement, column));
		break;
	case SQLITE_TEXT:
		(void)fputs((const char *)sqlite3_column_text(statement, column), stdout);
		break;
	default:
		break;
	}
}

static void print_row(sqlite3_stmt *statement)
{
	int count = sqlite3_column_count(statement);
	for (int i = 0; i < count; i++) {
		if (i > 0)
			(void)putc_unlocked('\t', stdout);
		print_column(statement, i);
	}
	(void)putc_unlocked('\n', stdout);
}

static bool print_all(sqlite3 *db, const char *text)
{
	sqlite3_stmt *statement = NULL;
	if (sqlite3_prepare_v2(db, text, -1, &statement, NULL) != SQLITE_OK)
		return false;
	int status;
	while ((status = sqlite3_step(statement)) == SQLITE_ROW)
		print_row(statement);
	(void)sqlite3_finalize(statement);
	return status == SQLITE_DONE;
}

int main(int argc, char **argv)
{
	static char buffer[BUFFER_BYTES];
	char text[STATEMENT_BYTES] = "";
	sqlite3 *db = NULL;
	int file = argc == 3 ? open(argv[2], O_RDONLY | O_CLOEXEC) : -1;
	if (file < 0 || read(file, text, sizeof text - 1) <= 0 ||
	    sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		return EXIT_UNABLE;
	(void)setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
	bool done = print_all(db, text);
	if (!done)
		(void)fprintf(stderr, "limit_query: %s\n", sqlite3_errmsg(db));
	(void)sqlite3_close(db);
	return done && fflush(stdout) == 0 ? 0 : EXIT_UNABLE;
}
