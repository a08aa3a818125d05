/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: the tables, as steps from one version to the next. */

#include <sqlite3.h>

#include "ledger/ledger.h"

enum { SCHEMA_APPLICATION_ID = 0x45474150 }; /* "EGAP" in the file's head */

/* A step is a list of scripts, ended by NULL, that takes a ledger to the next version; steps are
 * never edited once released. */
struct schema {
	const char *const *const *steps;
	int count; /* the version after all of them */
};

/* The schema of this program. */
struct schema schema_present(void);

/* Bring an empty or older database up, each step in a transaction of its own.  ERROR_VERSION when
 * it is newer; ERROR_SYSTEM when it is somebody else's database. */
MUST_CHECK bool schema_migrate(sqlite3 *db, struct schema schema, const struct ledger_build *build,
			       struct error *err);

/* Is it exactly of this version?  ERROR_VERSION otherwise. */
MUST_CHECK bool schema_check(sqlite3 *db, struct schema schema, struct error *err);
