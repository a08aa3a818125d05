/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside the schema only: what keeps a table append-only.  `same` says when a row of the table is
 * the NEW one.  The third guard is for INSERT OR REPLACE, which deletes without asking the second
 * one unless the connection has recursive triggers on. */

#define GUARD(table, same)                                                                         \
	"CREATE TRIGGER " table "_no_update BEFORE UPDATE ON " table                               \
	" BEGIN SELECT raise(ABORT, 'the log is append-only: no " table " may be changed'); END;"  \
	"CREATE TRIGGER " table "_no_delete BEFORE DELETE ON " table                               \
	" BEGIN SELECT raise(ABORT, 'the log is append-only: no " table " may be removed'); END;"  \
	"CREATE TRIGGER " table "_no_repeat BEFORE INSERT ON " table                               \
	" WHEN EXISTS (SELECT 1 FROM " table " WHERE " same ")"                                    \
	" BEGIN SELECT raise(ABORT, 'the log is append-only: this " table                          \
	" is there already'); END;"
